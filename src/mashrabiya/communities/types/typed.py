"""What is typed about a community: by whoever founds or edits it, and by whoever looks for one."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.communities.types.doors import Audience

WANTS = ("listening", "experience", "advice", "facts", "news", "talk")
"""What a thread may want and a reply may be, in the order of their bits."""
ALL_WANTS = (1 << len(WANTS)) - 1


def wants_in(bits: int) -> list[str]:
    """The wants among these bits."""
    return [want for place, want in enumerate(WANTS) if bits >> place & 1]


class NewCommunity(Struct, frozen=True, kw_only=True):
    """What founding or editing a community says about it. ``submission`` names the sending of the form."""

    name: str
    about: str = ""
    language: str = "ar"
    audience: Audience = Audience.SIGNED_IN
    retention_days: int = 365
    agreements: str = ""
    topics: int = 0
    wants: int = ALL_WANTS
    submission: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it says, as texts: with them a form sent twice is known again."""
        numbers = (self.audience, self.retention_days, self.topics, self.wants)
        return (self.name, self.about, self.language, self.agreements, *(str(int(one)) for one in numbers))


class Search(Struct, frozen=True, kw_only=True):
    """What somebody looks for. Topics are bits of which one is enough; nothing asked finds everything."""

    words: str = ""
    topics: int = 0
    language: str = ""
    public: bool = False
    archived: bool = False
    after: bytes = b""
