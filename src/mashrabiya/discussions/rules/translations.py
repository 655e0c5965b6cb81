"""Who may translate what, who may wish for it, and what is wrong with a translation. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import CommunityFacts, Power
from mashrabiya.discussions.rules.voices import NOT_THERE, is_author, is_her_voice, may_reply
from mashrabiya.discussions.rules.words import language_of, wrong_body, wrong_title
from mashrabiya.discussions.types import (
    IN_ONE_LANGUAGE,
    LONGER,
    SPARE_LETTERS,
    Judged,
    NewTranslation,
    PostState,
    Speaking,
    ThreadFacts,
    TranslationRow,
)
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer

ALONE = Denied("translation.alone")
_STANDING = frozenset({PostState.SHOWN, PostState.HELD, PostState.HIDDEN})


def may_translate(viewer: Viewer, thread: ThreadFacts, speaking: Speaking, post: Judged) -> Verdict:
    """Translate a post: whoever may answer it by name, the one who wrote it as well. Never without a name:
    what stands beside somebody's words says who answers for it.
    """
    if not post.is_shown or post.original:
        return NOT_THERE
    if post.is_alone:
        return ALONE
    return may_reply(viewer, thread, speaking, unnamed=False)


def may_wish(viewer: Viewer, community: CommunityFacts, post: Judged) -> Verdict:
    """Wish for a translation: whoever reads the post and has an account, where one can still be written."""
    if not viewer.is_member or not post.is_shown or post.original:
        return NOT_THERE
    return ALONE if post.is_alone else community_rules.may_write_in(community)


def may_wish_no_more(viewer: Viewer, post: Judged) -> Verdict:
    """Take a wish back: anywhere and at any time."""
    return ALLOWED if viewer.is_member and post.is_shown and not post.original else NOT_THERE


def may_decide_on_translating(viewer: Viewer, post: Judged) -> Verdict:
    """Say that nobody translates a post, or take one translation away: whoever wrote it. Her word is hers."""
    return ALLOWED if post.is_shown and not post.original and is_author(viewer, post) else NOT_THERE


def may_compare(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Say of translations there that they were compared: whoever cares for the place, or writes its second language."""
    powers = (Power.CASES, Power.TRANSLATE)
    found = [community_rules.may(viewer, community, power) for power in powers]
    if ALLOWED in found:
        return ALLOWED
    return community_rules.OVER if community_rules.OVER in found else NOT_THERE


def may_check_translation(viewer: Viewer, community: CommunityFacts, translation: Judged) -> Verdict:
    """Say that a translation was compared with its original: of nobody's but others'."""
    own = is_her_voice(viewer, translation.pid, translation.tok, translation.home_tid)
    if not translation.is_shown or not translation.original or own:
        return NOT_THERE
    return may_compare(viewer, community)


def wrong_translation(
    post: Judged, new: NewTranslation, *, known: Iterable[str], there: Iterable[Judged], pid: bytes
) -> dict[str, str]:
    """What is wrong with a translation, by field. ``there`` are those that the post has, ``pid`` whoever writes."""
    if new.lang not in known:
        return {"lang": "translation.language_missing"}
    if new.lang == post.lang:
        return {"lang": "translation.same"}
    wrong = {**wrong_body(new.body), **(wrong_title(new.title) if post.n == 1 else {})}
    standing = [one for one in there if one.lang == new.lang and one.state in _STANDING]
    if any(one.pid == pid for one in standing):
        wrong["lang"] = "translation.yours_stands"
    elif len(standing) >= IN_ONE_LANGUAGE:
        wrong["lang"] = "translation.enough"
    return wrong or wrong_words(post, new.body, new.lang)


def wrong_words(post: Judged, body: str, lang: str) -> dict[str, str]:
    """What is wrong with the words of a translation beside those of its original."""
    if " ".join(body.split()) == " ".join(post.source.split()):
        return {"body": "translation.same_words"}
    if len(body) > LONGER * len(post.source) + SPARE_LETTERS:
        return {"body": "translation.too_long"}
    return {"body": "translation.other_letters"} if language_of(body, lang) != lang else {}


def best_first(rows: Iterable[TranslationRow]) -> list[TranslationRow]:
    """Those that were checked, then the newest: numbers of translations fall."""
    return sorted(rows, key=lambda row: (not row.is_checked, row.n))
