"""A translation as it is typed, as it stands beside a post, and what is wished for."""

from msgspec import Struct

from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.posts import Fold
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.discussions.types.tongues import Tongue, original_of
from mashrabiya.discussions.types.writing import Ways
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id


class NewTranslation(Struct, frozen=True, kw_only=True):
    """A translation as it was typed. ``title`` is that of the thread, with its first post alone."""

    body: str
    lang: str
    title: str = ""
    submission: str = ""


class TranslationRow(Struct, frozen=True):
    """A translation as it stands beside a post. Its text is there where it was asked for.

    ``pid`` and ``home_tid`` say whether the reader wants to meet this voice, and are shown nowhere.
    """

    id: bytes
    n: int
    seed: bytes | None
    html: str
    tongue: int
    notes: int
    state: int
    label: int | None
    name: str | None
    pub: str | None
    lang: str
    edited: int
    mine: int
    pid: bytes | None
    home_tid: bytes
    fold: Fold | None = None

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def original(self) -> int:
        """The number of the post it translates."""
        return original_of(self.n)

    @property
    def kind(self) -> int:
        """It answers nobody, so it is of no kind."""
        return 0

    @property
    def is_stale(self) -> bool:
        return bool(self.tongue & Tongue.STALE)

    @property
    def is_checked(self) -> bool:
        return bool(self.tongue & Tongue.CHECKED)


class Translated(Struct, frozen=True):
    """The translations of one post for one reader: ``here`` in her language, the best first, and ``others`` elsewhere."""

    here: list[TranslationRow] = []
    others: list[TranslationRow] = []


class Translations(Struct, frozen=True):
    """A post with all its translations, and what this person may do with them.

    ``into`` are the languages she could write one in; ``wishes`` counts people by language, ``wished`` are
    those of her own wishes. ``hers``: she wrote the post; ``checks``: she says what was compared.
    """

    thread: ThreadFacts
    post: Judged
    html: str
    rows: list[TranslationRow]
    ways: Ways
    into: tuple[str, ...] = ()
    wishes: dict[str, int] = {}
    wished: frozenset[str] = frozenset()
    hers: bool = False
    checks: bool = False
    fold: Fold | None = None

    @property
    def tongues(self) -> set[str]:
        """The languages in which one stands."""
        return {row.lang for row in self.rows}

    @property
    def yours(self) -> dict[str, str]:
        """By language the translation that the persona in use wrote."""
        return {row.lang: row.shown for row in self.rows if row.mine == 1}


class Wanted(Struct, frozen=True):
    """A post that somebody would like to read in a language, in a list of them: the oldest wish first."""

    tid: bytes
    n: int
    title: str
    excerpt: str
    lang: str
    into: str
    people: int
    notes: int
    pid: bytes | None
    home_tid: bytes
    label: int | None
    hidden: bool = False

    def notes_to_fold(self, shown: int) -> list[str]:
        """Its content notes as keys, where this reader did not choose to see them."""
        return [f"note.{note.code}" for note in notes_in(self.notes)] if self.notes & ~shown else []

    @property
    def address(self) -> str:
        return f"/t/{show_id(self.tid)}/x/{self.n}"
