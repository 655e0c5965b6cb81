"""What is said to hurt people for who they are, and what reveals them."""

from __future__ import annotations

from mashrabiya.safety.matching.contempt.judge import Asks, asks_of, weight_of

__all__ = ["Asks", "asks_of", "weight_of"]
