"""Care: the desk at which reports are read and decided, and the way to it from the thread.

A *decision* is one act on one thing, from the gentlest: keep, a private word, a wish for a
change, a content note, hold, hide, remove, limit, pause, exclude. It has a reason in words, a length where
it has one, and a way back; `commands.decisions` alone carries out and takes back. It acts only through
the public commands of the domains below. The person concerned reads what was
decided and why, and may object once; another person than whoever decided answers
(decision 0020). Nobody else learns whom it met. Whoever reported reads what became of it.

What is done with a whole thread *in place* (closed to replies, kept on top, slow, noted, moved) is a decision on its
first post, and judges nobody's words (decision 0033).

What takes two people is a *proposal* for three days, until another person agrees:
how unnamed writing is in a community, learning which persona wrote an unnamed post
that is accountable, giving or ending a role in the house, and closing the whole house to
somebody. Nobody is her own second, under whichever name.

A case may be taken for a day, which keeps nobody from deciding. Those who decide on it write notes
to each other, sealed and kept as long as the case; neither is read by anybody else, and neither is in
the log. Of the house's care team those who run a place read what was written for both (decision 0027).

Each decision, each proposal and each role is an entry of the log of acts, made in the same
write. It names neither who decided nor whom it met.

Whoever reads here is cared for too: pictures are covered, she has hours, breaks and a count of
hard cases, all of them hers alone (decision 0026).

Those who run a community decide in that community. House carers decide
everywhere, and alone read what concerns the house.
"""
