"""Search: finding what helps, in the language and spelling one has: a thread, a reply, something of the library, a community.

The *index* holds, for each post that stands, a row of its words as numbers, and for each word in which texts it stands.
It follows what happens by facts: a post is found within a second, and not found any more from the moment it is deleted,
hidden or closed to somebody, since what is found is looked up where it stands, for this reader, in the statement that finds it.
Its rows go after it, some at a time.

A new post has no number: it is looked through by itself until the six hours are over in which it was written. Then those
of the same hours are numbered in the order of chance, so that the index tells no more of when something was written than its post.

A *leaf* is one of the library or a community: its row of words, and a row for each of them, have no number and no order. Concepts and
countries lie in memory. Whether somebody may open it, its own room says, in the one statement that finds it. Leaves are ranked together and
stand before threads and replies; each *part* of the house is asked by itself as well.

How often a word is written elsewhere is counted among what the reader may open: nothing closed to her moves what she finds.
A question is widened by the glossary, by Arabic in Latin letters and by other stems, and where little is found by
spellings that sound alike: by public words alone. What may have been meant is a word of the glossary too: no word of a
post is offered, so that nothing tells what a closed place says.

Of more than 2,000 the newest 2,000 are ranked. What was looked for is kept nowhere; in an address it stands sealed, for a day.

Nobody imports this domain.
"""
