"""Templates: minijinja, with every text of the reader's language folded in when they are read."""

from mashrabiya.platform.templating.environment import Templates

__all__ = ["Templates"]
