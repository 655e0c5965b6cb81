"""Guides: what can be done, step by step; and the front page of the library.

A *guide* stands in the library with its topic and its state: a draft, a first edition that nobody has reviewed yet
and that says so, reviewed, due, withdrawn. Its words are *editions*, one row after another in each language; one of
a language is published, what was published before is kept, and a draft waits for the desk. An edition says by which
role it was written and of which edition in the other language it is the translation; never who wrote it.

A house begins with the guides of the *shelf*. What a later shelf says differently lies with the desk as a draft: what a
house reads is changed by its own people alone. An edition's text is in the format of the shelf, with its own small
markup (``reading``); what a page shows of it was made when it was published.

Medical and legal guides begin closed: a host reads them and opens them. Hosts close any guide. To readers a
closed guide is not there, in no list, count, link or note.

That something *helped* is a mark of one person on one guide, counted, not listed. Who says that something is *wrong* need
not be known: the words lie with the desk without a name, for a time.

What somebody writes on the paper for herself stays in her browser; the house is not told that she writes.
"""
