"""Trust: who is established here, and how one becomes so.

Only people make somebody established: different ones, established themselves, who found
what she wrote helpful, over days. How much she writes, and how many marks of new accounts
she gathers, counts for nothing. Ten names of one person are one voice in it.

A *vote* is kept for a persona and a person who was helped, by a nullifier that is made for
this one pair. It says neither who that was nor what she marked, and ties no two votes.
On which *days* and in which communities somebody was helped stands apart from the votes,
of all of them together. Help given unnamed is kept for the voice in that thread alone:
only her own session can tell that it is hers, and nothing of it ever moves to a persona.

Somebody trusted *vouches* for a persona: by a nullifier of this one pair again. Whoever is vouched
for reads that somebody does; the care team reads that one was taken back, and the branch of invitations
it leads to. Neither says whose it was.

A *level* is reckoned when it is needed, in her own session, and is written down nowhere.
What others could see of it (links, pictures) goes by the persona in use; what only she
notices (how much she may write) goes by the best of her names. In words of the house there
are no levels: there is what she can do now, and what comes next.
"""
