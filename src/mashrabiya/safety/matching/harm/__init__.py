"""What says that its author may be about to harm herself, and what describes a way to do it."""

from __future__ import annotations

from mashrabiya.safety.matching.harm.judge import Harm, harm_in

__all__ = ["Harm", "harm_in"]
