"""What a rule answers."""

import pytest

from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.verdict import ALLOWED, Denied
from mashrabiya.kernel.viewer import Tongue, Viewer


def test_allowed_raises_nothing() -> None:
    ALLOWED.or_raise()


def test_a_refusal_says_why() -> None:
    with pytest.raises(Refused) as refused:
        Denied("thread.locked").or_raise()
    assert refused.value.why == "thread.locked"


def test_a_hidden_refusal_looks_like_nothing_there() -> None:
    with pytest.raises(NotFound):
        Denied("community.members_only", hidden=True).or_raise()


def test_a_visitor_has_no_name_and_no_token() -> None:
    visitor = Viewer.visitor(Tongue.of("ar"))
    assert (visitor.pid, visitor.token(b"t" * 16), visitor.is_member) == (b"", b"", False)
