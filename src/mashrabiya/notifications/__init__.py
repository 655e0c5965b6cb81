"""Notices: who is told that something happened where she reads or wrote.

A *notice* lies at an *address*: a persona, the token of an unnamed voice in its thread, or the address under
which a persona follows one thread. The last two say nothing of whose they are. It is written from a fact, later than what
it tells of, and keeps the day alone. What goes on in one thread is one notice, however much it is: how
much is new is counted when it is read, of what the reader may read at that moment and wants to meet. So what is
hidden, deleted, moved out of her sight or written by somebody she keeps away is told by nothing, whenever that came to be.

The words are the same whether she opened a thread, wrote in it by name or unnamed, follows it or is mentioned
there: "a reply in: …". Nobody beside her learns from them which it was.

Unnamed voices are recognised by trial, in her own session, under whichever of her names she reads. What is for
another of her names is a number, and in the neutral look not even that.

To *follow* leaves a row beside the thread, ``sub``: written some minutes after the list that lies sealed with her persona,
each by itself. The list is what counts; rows are made good from it.

What she has read, and of what she wants no notices, is one sealed row of her own, ``seen``, for all her names. Reading a
page writes nothing.

On other pages one word says that something is new; what it rests on is looked for at most every five minutes,
beside the requests, and lies in memory. Not in the neutral look, and not in the hours that she keeps quiet.

Nothing leaves the site unless she switches it on for one browser and one of her names, ``push``: then that browser's push service is told, some
minutes later and at most once an hour, that there is something for that name, and nothing else. Of what she follows or wrote
unnamed it is told nothing. The row is sealed with a key of the house, which opens it when she is not there.

Nobody imports this domain.
"""
