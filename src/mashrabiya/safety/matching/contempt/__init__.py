"""What is said to hurt people for who they are, and what reveals them."""

from __future__ import annotations

from mashrabiya.safety.matching.contempt.judge import Asks, Judged, judged

__all__ = ["Asks", "Judged", "judged"]
