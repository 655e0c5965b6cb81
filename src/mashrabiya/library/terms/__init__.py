"""The glossary: concepts, and the words that people have for them in each language.

A *concept* has a meaning in each language and *words*: preferred, used by some, reclaimed, or better avoided and why,
each with the spellings it is met in, in Latin letters too. A word may lead to several concepts. Whoever looks for a word
to avoid is led to its concept, kindly, and to the words that people use for themselves. Nobody's own word for herself is
corrected.

A house begins with the shelf's concepts; its editors (hosts for now) change them, add others, or hide some. What they
changed, no later shelf overwrites. The wording before a change is kept for ninety days. Who changed it is kept nowhere.

All concepts lie in memory, made ready once a process and again when an editor changes one. From there guides ask for
the terms in a text, the search of communities for the words of the other language, and the check before posting for a
word to avoid. That check says one line, once, and never holds anything up twice: the word stays if its author wants. She
can switch it off for herself, and whoever runs a community for that community.

Which word somebody looked up is kept nowhere.
"""
