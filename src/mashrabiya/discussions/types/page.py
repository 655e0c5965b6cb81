"""A thread's page."""

from msgspec import Struct

from mashrabiya.discussions.types.kinds import kinds_in
from mashrabiya.discussions.types.paging import Paging, Sought
from mashrabiya.discussions.types.pictures import PictureRow
from mashrabiya.discussions.types.polls import PollView
from mashrabiya.discussions.types.posts import Fold, PostRow
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.discussions.types.translations import Translated
from mashrabiya.discussions.types.writing import Ways
from mashrabiya.kernel.ids import show_id


class Neighbour(Struct, frozen=True):
    """Another thread that some of this one came from or went to, and how many went; ``hidden``: its title holds a
    word that the reader hides.
    """

    id: bytes
    title: str
    many: int = 0
    hidden: bool = False

    @property
    def path(self) -> str:
        return f"/t/{show_id(self.id)}"


class ThreadPage(Struct, frozen=True):
    """Everything a thread's page says.

    ``folds`` and ``marked`` are of this reader alone: why which post is folded, and which helped her.
    ``pictures`` stand by the number of their post, and so does what the care team says under it: the
    ``care_notes``, of which the first is that of the whole thread. ``opened``: this person opened the
    thread, under whichever name. ``translated`` stands by the number of the original. ``read`` is up to where she
    has read, where that is remembered. It ``began`` in a thread, and some of it ``went`` to others: those that this
    reader may read.
    """

    thread: ThreadFacts
    posts: list[PostRow]
    paging: Paging
    ways: Ways
    sought: Sought = Sought()
    folds: dict[int, Fold] = {}
    marked: frozenset[int] = frozenset()
    pictures: dict[int, list[PictureRow]] = {}
    title_hidden: bool = False
    care_notes: dict[int, str] = {}
    opened: bool = False
    read: int = 0
    poll: PollView | None = None
    began: Neighbour | None = None
    went: tuple[Neighbour, ...] = ()
    translated: dict[int, Translated] = {}

    @property
    def opening(self) -> PostRow | None:
        """The first post, where it stands on this page."""
        return self.posts[0] if self.posts and self.posts[0].n == 1 else None

    @property
    def replies(self) -> list[PostRow]:
        return self.posts[1:] if self.opening else self.posts

    @property
    def seen(self) -> int:
        """Up to where somebody has read who has read this page; nought where it shows only some of the posts."""
        return 0 if self.sought.some else min(self.paging.last, self.thread.n)

    @property
    def new_from(self) -> int:
        """The number of the first post that was written since she read here, but for her own; 0 where there is none."""
        if not self.read:
            return 0
        if self.thread.is_mixed:
            # Numbers have gaps: the first that stands on this page, or the page after begins with it.
            unread = [post.n for post in self.posts if post.n > self.read and not post.mine]
            return unread[0] if unread else self.paging.after
        own = {post.n for post in self.posts if post.mine}
        first = self.read + 1
        while first in own:
            first += 1
        return first if first <= self.thread.n else 0

    @property
    def kinds(self) -> list[int]:
        """The kinds of reply that are spoken of here."""
        return [int(kind) for kind in kinds_in(self.thread.community.wants)]

    @property
    def has_unwanted(self) -> bool:
        """Whether a reply is folded here for its kind."""
        return any(fold.kind for fold in self.folds.values())

    def post(self, number: int) -> PostRow | None:
        """The post of that number, where it stands on this page."""
        return next((post for post in self.posts if post.n == number), None)
