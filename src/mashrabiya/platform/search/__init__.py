"""How texts are found by their words: one tokeniser, one index and one ranking, the same on both databases.

A *word* is what ``fold`` and a stem leave of it. In the index it stands as a number made from it, so that no words
lie there. A *posting* says in which of 32,768 texts a word stands: numbers, or one bit each where they are many. What is
ranked is read from each text's row of words, in their order; so phrases are found as well.

A question has *ways*: runs of words that stand for some of its own, weigh less, and are bounded to one lookup. Where a
text holds both, it says the thing once.

Everything here is pure: which rows there are, and who may open what, a domain says.
"""
