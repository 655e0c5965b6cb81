"""A thread's page."""

from msgspec import Struct

from mashrabiya.discussions.types.kinds import kinds_in
from mashrabiya.discussions.types.paging import Paging, Sought
from mashrabiya.discussions.types.pictures import PictureRow
from mashrabiya.discussions.types.polls import PollView
from mashrabiya.discussions.types.posts import Fold, PostRow
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.discussions.types.writing import Ways


class ThreadPage(Struct, frozen=True):
    """Everything a thread's page says.

    ``folds`` and ``marked`` are of this reader alone: why which post is folded, and which helped her.
    ``pictures`` stand by the number of their post.
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
    poll: PollView | None = None

    @property
    def opening(self) -> PostRow | None:
        """The first post, where it stands on this page."""
        return self.posts[0] if self.posts and self.posts[0].n == 1 else None

    @property
    def replies(self) -> list[PostRow]:
        return self.posts[1:] if self.opening else self.posts

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
