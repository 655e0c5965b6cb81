"""Pictures as they stand in a post."""

from msgspec import Struct

from mashrabiya.kernel.ids import show_id


class PictureRow(Struct, frozen=True):
    """A picture of a post: where it is, what it shows in words, and how much room its small size takes."""

    post: bytes
    place: int
    name: bytes
    alt: str
    width: int
    height: int

    @property
    def shown(self) -> str:
        return show_id(self.name)

    @property
    def tiny(self) -> str:
        return f"/m/{show_id(self.name)}.tiny"

    @property
    def small(self) -> str:
        return f"/m/{show_id(self.name)}.small"

    @property
    def large(self) -> str:
        return f"/m/{show_id(self.name)}.large"
