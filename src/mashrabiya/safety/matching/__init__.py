"""Matching: whether a text holds words that somebody listed, however they are spelled, or a pattern.

A text is read once (``Reading``): folded as search folds, and beside it every word without
what is put inside it to slip past a list (dots, stars, spaces between letters, kashida, repeats,
letters that look alike, digits for letters). Listed words are found in it by one automaton, with
what Arabic writes before and after a word, and typed in Latin letters by their skeleton. Patterns
run on an engine whose time grows with the text and with nothing else.

``contempt`` looks for what is said to hurt people for who they are, and for what reveals them. It
asks whoever writes, once. It refuses nothing and removes nothing, and is silent about the words people use of themselves.

It is pure: nothing here is stored, counted or logged. What matched is never shown.
"""

from mashrabiya.safety.matching.patterns import PatternBook, wrong_pattern
from mashrabiya.safety.matching.reading import Reading
from mashrabiya.safety.matching.words import WordBook

__all__ = ["PatternBook", "Reading", "WordBook", "wrong_pattern"]
