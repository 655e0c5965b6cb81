"""What stands in a form before anything is typed: a post to be changed, a note, the one that is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mashrabiya.communities.types import tags_in
from mashrabiya.discussions import rules
from mashrabiya.discussions.types import (
    CHOICES,
    OwnPost,
    PictureRow,
    Poll,
    PostRow,
    ThreadFacts,
    Tongue,
    kinds_in,
)
from mashrabiya.kernel.content import notes_in
from mashrabiya.people.rules.notes import title_and_rest
from mashrabiya.people.types import PrivateNote

QUOTE_LIMIT = 1500
# No name holds it.
NEXT = "/"
CHOICE_FIELDS = [f"choice_{place}" for place in range(1, CHOICES + 1)]


def filled_with(own: OwnPost, hung: Iterable[PictureRow] = ()) -> dict[str, str]:
    """The form for changing a post, as it stands."""
    thread, post = own.thread, own.post
    ticked = {f"note_{int(note)}": "1" for note in notes_in(post.notes)}
    if post.n == 1:
        ticked |= {f"want_{int(kind)}": "1" for kind in kinds_in(thread.wants)}
        ticked |= {f"spare_{int(kind)}": "1" for kind in kinds_in(thread.spare)}
        ticked["answers"] = str(thread.answers)
        ticked |= {f"tag_{tag.n}": tag.shown for tag in tags_in(thread.community.kept_tags, thread.tags)}
        ticked |= polled_with(thread)
    if post.tongue & Tongue.ALONE:
        ticked["alone"] = "1"
    described = {f"alt_{row.place}": row.alt for row in hung}
    said = {"title": thread.title, "body": post.body, "was": NEXT.join(own.names), "mark": own.mark}
    return {**said, **ticked, **described}


def polled_with(thread: ThreadFacts) -> dict[str, str]:
    """The fields of its poll, as it stands."""
    poll = Poll.read(thread.kept_poll)
    if poll is None:
        return {}
    choices = dict(zip(CHOICE_FIELDS, poll.choices, strict=False))
    return choices | {"days": str(rules.days_left(thread))} | ({"several": "1"} if poll.several else {})


def begun_from(note: PrivateNote | None, language: str) -> dict[str, str]:
    """The form for a new thread; where she comes from a private note, with its words, and unnamed."""
    if note is None:
        return {"lang": language}
    title, body = title_and_rest(note.text)
    return {"lang": language, "title": title, "body": body, "unnamed": "1"}


def begun_with(answered: PostRow | None, *, unnamed: bool = False) -> dict[str, str]:
    """The form for a reply to that post; with its words, where they are quoted, and what they are about."""
    begun = {"unnamed": "1"} if unnamed else {}
    if answered is None:
        return begun
    begun["to"] = str(answered.n)
    if answered.source:
        begun["body"] = quote(answered.source) + "\n\n"
        begun["was"] = NEXT.join(answered.names)
        begun |= {f"note_{int(note)}": "1" for note in notes_in(answered.notes)}
    return begun


_FOLDED = ("note_", "spare_", "newcomer", "follow", "alone", "tag_", "choice_", "several")


def says_more(form: Mapping[str, str], language: str = "") -> bool:
    """Whether anything was typed in what a form keeps folded."""
    other = bool(language) and form.get("lang", language) != language
    limited = form.get("answers", "0") != "0"
    typed = [name for name, value in form.items() if value]
    return other or limited or any(name.startswith(_FOLDED) for name in typed)


def quote(source: str) -> str:
    """A text as a quotation, cut at a fair length. What it quotes itself is left out."""
    lines = source.strip().split("\n")
    own = [line for line in lines if not line.lstrip().startswith(">")]
    text = "\n".join(own if any(line.strip() for line in own) else lines).strip()
    if len(text) > QUOTE_LIMIT:
        text = text[: QUOTE_LIMIT - 1].rstrip() + "…"
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
