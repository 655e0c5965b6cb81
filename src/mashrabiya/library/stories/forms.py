"""What comes in by HTML about experiences, and addresses that say nothing of what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from mashrabiya.kernel.content import Note, notes_in
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.library.stories.types import ID_SIZE, PARTS, Layer, Mark, NewQuote, Row, Seek, Situation, Told
from mashrabiya.people.rules.notes import title_and_rest
from mashrabiya.people.types import PrivateNote
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.sought import open_asked, seal_asked
from mashrabiya.platform.web import Form

WORDS = ("question", *PARTS)
"""The fields that others will read."""
STEPS = "steps"
"""The button that shows the steps of the guide that was chosen."""
NOTES = [(f"note_{int(note)}", f"note.{note.code}") for note in Note]
LAYERS = [(f"tick_{int(layer)}", layer.code) for layer in Layer]
ABOUT = [(int(one), one.key) for one in Situation]
_SITUATIONS = [str(int(one)) for one in Situation]
_MARKS = [mark.code for mark in Mark]
_SEALED, _MOST_LETTERS, _MOST_BYTES = 320, 80, 240
_PURPOSE = b"experiences"
_MOST_STEPS = 999


def read_told(form: Form) -> Told:
    """An experience as typed."""
    return Told(
        about=int(form.choice("kind", _SITUATIONS, "0")),
        lang=form.choice("lang", tuple(LANGUAGES)),
        unnamed=form.flag("unnamed"),
        **{name: form.raw(name) for name in WORDS},
        guide=read_guide(form.text("guide")) or None,
        step=_step(form.text("step")),
        country=read_country(form.text("country")),
        notes=sum(int(note) for note in Note if form.flag(f"note_{int(note)}")),
        may=read_layers(form),
        submission=form.submission,
    )


def read_quote(form: Form) -> NewQuote:
    """A passage as an editor asks for it."""
    return NewQuote(read_guide(form.text("guide")), _step(form.text("step")), form.raw("passage"))


def read_layers(form: Form) -> int:
    """What she agrees to, as ticked."""
    return sum(int(layer) for layer in Layer if form.flag(f"tick_{int(layer)}"))


def read_mark(form: Form) -> tuple[Mark, bool] | None:
    """What is said of it, and whether it is said or taken back."""
    for code in _MARKS:
        wish = form.text(code)
        if wish in {"0", "1"}:
            return Mark[code.upper()], wish == "1"
    return None


def begun(note: PrivateNote | None, seek: Seek) -> dict[str, str]:
    """The form before anything is typed: unnamed, for members alone; with the words of a private note, if she brings one."""
    fields = {"unnamed": "1", f"tick_{int(Layer.MEMBERS)}": "1", **tied(seek.guide, seek.step, seek.country)}
    if note is not None:
        question, rest = title_and_rest(note.text)
        fields |= {"question": question, "was": rest}
    return fields


def tied(guide: bytes | None, step: int, country: str) -> dict[str, str]:
    """What it stands with, as fields."""
    fields = {"guide": show_id(guide), "step": str(step)} if guide else {}
    return fields | ({"country": country} if country else {})


def as_typed(story: Row) -> dict[str, str]:
    """The form for changing one, as it stands."""
    ticked = {f"note_{int(note)}": "1" for note in notes_in(story.notes)}
    words = {name: getattr(story, name) for name in WORDS}
    return {**words, **ticked, "kind": str(story.about), "lang": story.lang}


def noted(story: Row) -> dict[str, str]:
    """The boxes that a care team ticked, with their keys."""
    return {f"note_{int(note)}": f"note.{note.code}" for note in notes_in(story.noted)}


def layers_for(story: Row) -> list[tuple[str, str]]:
    """The layers that something uses: none is asked for beside a step where it stands with no guide."""
    return [
        (name, code)
        for name, code in LAYERS
        if story.guide is not None or name != f"tick_{int(Layer.BESIDE)}"
    ]


def layers_typed(story: Row) -> dict[str, str]:
    """What its teller agrees to now, as boxes."""
    return {f"tick_{int(layer)}": "1" for layer in Layer if layer & story.may}


def read_guide(shown: str) -> bytes:
    """The id of a guide, or nothing where it is none."""
    with suppress(NotFound):
        return read_id(shown, ID_SIZE) if shown else b""
    return b""


def read_country(typed: str) -> str:
    """The code of a country, if it looks like one."""
    code = typed.upper()
    return code if code.isascii() and code.replace("-", "").isalnum() and len(code) <= 6 else ""


def _step(typed: str) -> int:
    return min(int(typed), _MOST_STEPS) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def ask(form: Form, keys: ServerKeys) -> str:
    """The address that asks for what was chosen."""
    about = int(form.choice("kind", _SITUATIONS, "0"))
    guide, country = read_guide(form.text("guide")), read_country(form.text("country"))
    # A step is one of the guide that was shown with it.
    step = _step(form.text("step")) if guide and form.text("of") == form.text("guide") else 0
    words = " ".join(form.text("q").split())
    return address(keys, Seek(about, guide, step, country, form.choice("lang", tuple(LANGUAGES)), words))


def address(keys: ServerKeys, seek: Seek, after: str = "") -> str:
    """Where a narrowed list stands: what narrows it lies sealed in the address, which opens today and tomorrow."""
    asked = [f"k={_sealed(keys, seek)}"] if seek.narrows else []
    asked += [f"after={after}"] if after else []
    return f"/y/e?{'&'.join(asked)}" if asked else "/y/e"


def read_seek(asked: Mapping[str, str], keys: ServerKeys) -> Seek:
    """What a list is narrowed to: by a sealed address, or by a guide and its step that link here."""
    if asked["k"]:
        return _opened(keys, asked["k"])
    return Seek(guide=read_guide(asked["g"]), step=_step(asked["s"]), country=read_country(asked["c"]))


def _sealed(keys: ServerKeys, seek: Seek) -> str:
    parts = (
        str(seek.about),
        show_id(seek.guide) if seek.guide else "",
        str(seek.step),
        seek.country,
        seek.lang,
        seek.words[:_MOST_LETTERS].encode()[:_MOST_BYTES].decode("utf-8", "ignore"),
    )
    return seal_asked(keys, "/".join(parts).encode(), purpose=_PURPOSE, size=_SEALED)


def _opened(keys: ServerKeys, shown: str) -> Seek:
    plain = open_asked(keys, shown, purpose=_PURPOSE, size=_SEALED)
    if plain is None:
        return Seek()
    about, guide, step, country, lang, words = plain.decode().split("/", 5)
    return Seek(int(about), read_guide(guide), int(step), country, lang, words)
