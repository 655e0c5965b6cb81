"""The editorial desk: who writes and reads guides before a reader does, and what has to be done next.

An *editorial role* is held by a persona for a term. Hosts give it and take it away; to them alone it is shown who holds
it, everywhere else the role stands by itself. Whoever holds none, and is no host, finds no desk.

What was written and read is kept by *hands*: the mark of one person on one edition, made from her key and that edition.
From it nobody learns who she is, nor that two are hers; but one person cannot read her own words for another, nor
stand for two roles, whichever of her names she uses.

A guide is a draft, then a first edition. It is *reviewed* when each edition it shows was read by both roles that it asks for. A
later wording is a new edition: read before it is put out, the guide stays reviewed; put out unread, it is a first
edition again. When its day has passed it is *due*, and reading begins anew. *Withdrawn*, it says why at its address.

An edition says of which edition in the other language it is the translation. When that one has a later edition, this
one *lags*, until somebody follows the change or says that it changes nothing.

A source is opened by people: the desk fetches nothing. Whoever opened it says on which day, and whether it says what is
cited. What readers find wrong lies here without a name, until it is answered.

The place where experiences are proposed to a guide is asked for by name, ``rooms["proposed"]``; ``stories`` fills it.
"""
