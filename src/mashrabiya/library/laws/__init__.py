"""Countries: what the law of a country or territory is known to say, how sure that is, and what happens in fact.

A *country* here is a country or a territory by its code; its names are CLDR's. Each has a page from the first day on,
whether anything is known or not. Of each there are twenty-two *topics*, and of each topic a *value* out of few.

A *cell* is what a data set says of one topic, with the row it stood in. A *note* is what an editor of this house says
of it: another value, words, a source, that it is disputed, that it was looked at again. A page shows both as one
*fact*: where they disagree, the worse one, and that they disagree.

What is missing, unreadable or older than twelve months is not known, and what is not known never looks, sorts, counts
or filters like what is safe. No law found in either direction is no law that allows. There is no score and no ranking.

Values come by ``mashrabiya library import-laws``; the house ships none but a made-up example that says it is one. An
import keeps what editors wrote. When what is shown changes, that is a fact: what hangs on it is looked at again.
Nobody's reading is kept: not which country was opened, nor what was looked for.
"""
