"""How unnamed writing is in a community, and who could open it."""

from enum import IntEnum

from msgspec import Struct


class AnonMode(IntEnum):
    """Whether anybody could learn who wrote an unnamed post.

    Sealed: nobody, ever. Accountable: two of the care team together, for so many days.
    """

    SEALED = 0
    ACCOUNTABLE = 1

    @property
    def key(self) -> str:
        """What the catalogues say about it where somebody decides to join."""
        return f"community.unnamed_{self.name.lower()}"


class KeyState(Struct, frozen=True):
    """How unnamed writing is in a community now, and who could open it.

    ``held`` counts people; ``own`` says that the persona in use holds a key, ``kin`` that some name of hers does.
    """

    mode: int
    held: int
    own: int
    kin: int

    @property
    def is_accountable(self) -> bool:
        return self.mode == AnonMode.ACCOUNTABLE

    @property
    def wanted(self) -> AnonMode:
        """What could be proposed: the other one."""
        return AnonMode.SEALED if self.is_accountable else AnonMode.ACCOUNTABLE
