"""Reading the index, and what it leads to."""

from mashrabiya.search.queries.finding import ranked
from mashrabiya.search.queries.leaves import find_leaves
from mashrabiya.search.queries.page import found

__all__ = ["find_leaves", "found", "ranked"]
