"""What a place is called in another language, how it receives people, and its picture."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import LargeBinary, bindparam, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.commands.agreements import write_version
from mashrabiya.communities.events import CommunityEdited
from mashrabiya.communities.rules.finding import Said
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import SEED_SIZE, Audience, Power, topics_in
from mashrabiya.communities.types.words import OtherWords, Receiving, Texts
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform import audit, submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.languages import LANGUAGES, catalogue
from mashrabiya.safety.trust.queries import standing_by_name
from mashrabiya.safety.trust.types import Level

_CID = bindparam("cid", type_=LargeBinary)
_OTHER: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values(
        other_tongue=bindparam("new_lang"),
        other_name=bindparam("new_name"),
        other_about=bindparam("new_about"),
        folded=bindparam("new_folded"),
    )
)
_RECEIVING: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values(welcome=bindparam("new_welcome"), notes=bindparam("new_notes"), slow=bindparam("new_slow"))
)
_TEXTS: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values(
        about=bindparam("new_about"),
        agreements=bindparam("new_agreements"),
        welcome=bindparam("new_welcome"),
        wants=bindparam("new_wants"),
        folded=bindparam("new_folded"),
    )
)
_SEED: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == _CID).values(seed=bindparam("new_seed"))
)


def change_other(uow: Write, viewer: Viewer, cid: bytes, new: OtherWords) -> None:
    """What it is called in another language; nothing takes that away again. Twice is once."""
    community, words = queries.get_words(uow, viewer, cid)
    rules.may(viewer, community, Power.TRANSLATE).or_raise()
    wrong = rules.wrong_other(new, words.language)
    if wrong:
        raise Invalid(wrong)
    if new.name and rules.name_line(new.name) != rules.name_line(words.other_name):
        refuse_namesake(uow, viewer, new.name, cid, field="other_name")
    uow.run(
        _OTHER,
        cid=cid,
        new_lang=new.language if new.name else "",
        new_name=new.name,
        new_about=new.about,
        new_folded=fold_words(words, (new.name, new.about)),
    )
    uow.record(CommunityEdited(cid))


def change_texts(uow: Write, viewer: Viewer, cid: bytes, new: Texts) -> None:
    """What it says of itself, what is agreed there and said to whoever joins. Its name and its doors stay.

    The same form sent again, after others have changed it anew, changes nothing.
    """
    community, words = queries.get_words(uow, viewer, cid)
    rules.may(viewer, community, Power.TEXTS).or_raise()
    wrong = rules.wrong_texts(new)
    if wrong:
        raise Invalid(wrong)
    if submissions.claim(uow, new.submission, cid, community.shown, *new.words) is not None:
        return
    if rules.has_changed(community.agreements, new.agreements):
        write_version(uow, cid, new.agreements, Audience(community.audience), told=True)
    said = structs.replace(words, about=new.about)
    uow.run(
        _TEXTS,
        cid=cid,
        new_about=new.about,
        new_agreements=new.agreements,
        new_welcome=new.welcome,
        new_wants=new.wants,
        new_folded=fold_words(said, words.beside(words.language)),
    )
    audit.record(uow, "place:texts", role="community", thing=cid)
    uow.record(CommunityEdited(cid))


def change_receiving(uow: Write, viewer: Viewer, cid: bytes, new: Receiving) -> None:
    """What is said to whoever joins, what threads begun from now on carry, how fast one writes. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_edit(viewer, community).or_raise()
    wrong = rules.wrong_receiving(new)
    if wrong:
        raise Invalid(wrong)
    uow.run(
        _RECEIVING,
        cid=cid,
        new_welcome=new.welcome,
        new_notes=new.notes & ALL_NOTES,
        new_slow=new.slow,
    )
    uow.record(CommunityEdited(cid))


def choose_door(uow: Write, viewer: Viewer, cid: bytes, seed: bytes) -> None:
    """Another picture of those that were drawn for her. Any seed is one: none says anything."""
    rules.may_edit(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    if len(seed) != SEED_SIZE:
        raise Invalid({"door": "door.choose"})
    uow.run(_SEED, cid=cid, new_seed=seed)
    uow.record(CommunityEdited(cid))


def refuse_namesake(uow: Write, viewer: Viewer, name: str, own: bytes = b"", *, field: str = "name") -> None:
    """Two communities of one look would be taken for each other. Hidden ones count for their members only."""
    namesake = queries.find_namesake(uow, viewer, name, own)
    if namesake is not None:
        raise Invalid({field: "community.name_taken"}, namesake=namesake)


def refuse_trusting(uow: Write, viewer: Viewer, audience: int, before: int = 0) -> None:
    """Nobody opens a place for those whom the house trusts without being one of them: she would read them all."""
    if audience != Audience.TRUSTED or audience == before:
        return
    if standing_by_name(uow, viewer).under(viewer.slot) < Level.TRUSTED:
        raise Invalid({"audience": "community.trusted_yourself"})


def fold_words(words: Said, other: tuple[str, str] = ("", "")) -> str:
    """What search compares, with the names of its topics in every language of the software."""
    names = [
        catalogue(language).text(topic.key, Tongue.of(language))
        for topic in topics_in(words.topics)
        for language in LANGUAGES
    ]
    return rules.folded(words, names, other)
