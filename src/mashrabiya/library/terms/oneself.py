"""Whether a word is said of oneself, or told: then nobody speaks of it. As well as that can be told from the words around."""

from __future__ import annotations

import re

_OWN = frozenset(
    [
        "i",
        "im",
        "ive",
        "me",
        "my",
        "myself",
        "mine",
        "we",
        "us",
        "our",
        "ourselves",
        "were",
        "انا",
        "اني",
        "انني",
        "نحن",
        "احنا",
        "اننا",
        "لاني",
        "كوني",
        "بصفتي",
        "نفسي",
        "حالي",
        "عني",
        "فيني",
        "ني",
        "سموني",
        "نادوني",
        "قالولي",
        "قالوا",
        "وصفوني",
    ]
)
_OTHERS = frozenset(
    [
        "he",
        "she",
        "they",
        "you",
        "your",
        "him",
        "her",
        "them",
        "his",
        "their",
        "it",
        "that",
        "who",
        "people",
        "those",
        "these",
        "all",
        "every",
        "everyone",
        "brother",
        "sister",
        "friend",
        "son",
        "daughter",
        "cousin",
        "neighbour",
        "neighbor",
        "colleague",
        "boss",
        "man",
        "guy",
        "woman",
        "person",
        "هو",
        "هي",
        "هم",
        "هن",
        "انت",
        "انتي",
        "انتم",
        "انتو",
        "هذا",
        "هذه",
        "هذي",
        "هاد",
        "هيدا",
        "هؤلاء",
        "الذي",
        "التي",
        "اللي",
        "الي",
        "كلهم",
        "اخي",
        "اختي",
        "صديقي",
        "صديقتي",
        "ابني",
        "بنتي",
        "جاري",
        "زميلي",
        "الناس",
        "رجل",
        "شخص",
        "واحد",
    ]
)
_BACK = 5
"""So many words before it say whose it is."""
_ENDS = re.compile(r"[.!?؟;؛\n]")
_QUOTES = '«»“”"„‟‘'


class Sentences:
    """A text, its words, and who speaks in its sentences."""

    def __init__(self, text: str, words: list[tuple[str, int, int]]) -> None:
        self._text, self._words = text, words

    def is_own(self, first: int, last: int) -> bool:
        """Whether these words are said of whoever writes, or stand in quotation marks."""
        start, end = self._words[first][1], self._words[last][2]
        around = self._text[max(0, start - 1) : start] + self._text[end : end + 1]
        if any(sign in _QUOTES for sign in around if sign):
            return True
        for number in range(first - 1, max(-1, first - 1 - _BACK), -1):
            word, begins, _ = self._words[number]
            if _ENDS.search(self._text, begins, start) or word in _OTHERS:
                return False
            if word in _OWN:
                return True
        return False
