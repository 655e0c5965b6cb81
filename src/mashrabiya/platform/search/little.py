"""Words by which something is asked or held together, and which say nothing of what: looked for only where nothing else is.

Folded, in Arabic of books and of several regions, and in English. A text is found by them all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

_ARABIC = """
    ما ماذا من متي اين كيف هل لماذا لم كم اي لمن ممن عمن مم بم عم عما ماهو ماهي ماهم ومن وما وهل بماذا مالذي
    التي الذي الذين اللذان اللتان اللتي اللذي اللي هو هي و تم يتم
    معني يعني تعريف الي او ان انه انها قد هذا هذه ذلك تلك
    انا اني انني لاني لانني نحن احنا لي عندي اذا لو ممكن اريد بدي ابغي عايز عايزه
    ايش وش شو شنو شنوه ليش ليه علاش وين فين امتي ايمتي ازاي كيفاش مين شكون ايه
"""
_ENGLISH = """
    what when where who whom whose why how which do does did is are was were
    mean means meaning define definition i me my we us our you your am have has had can could should would if
    im ive dont doesnt didnt cant couldnt wouldnt shouldnt isnt arent wasnt werent havent hasnt hadnt
    whats wheres whens hows whos whys
    the a an of in on at to for by with from and or as be been it its this that there
"""
# An article by itself is no word.
_LITTLE = frozenset([*_ARABIC.split(), *_ENGLISH.split(), "ال"])


def telling(words: Sequence[str]) -> list[str]:
    """Those of the folded words of a question that say what is looked for; all of them where none does."""
    return [word for word in words if word not in _LITTLE] or list(words)
