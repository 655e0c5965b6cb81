"""Communities: the places people talk in, and who belongs to them.

A community has a name, a door (its picture), a language, what its members
agreed, and five answers to "who may read": *public page*, *signed-in members*
(the default), *members*, *trusted members*, *hidden*. Larger numbers are narrower.
A place for trusted members is read by its members; whoever enters it, in
whichever way, is trusted by the house under the name in use, at that moment.

Membership belongs to a persona, never to a person: joining with one persona
tells nothing about the others, and reading rights are those of the persona in
use. Unnamed writing alone looks at all sixteen slots of the person, inside her
own request, since an unnamed post must not show which persona belongs here.

How one enters is said before: at once, by questions, by invitation, or by two who vouch (`entering`).

A hidden community does not exist for those outside. Somebody excluded from a
community finds nothing there, with any of her personas: only a public page
stays readable, as it is for everybody, and she cannot write on it.

No act widens old words: threads keep the audience and the retention they were
begun under, and `queries.visible` holds a thread to the narrower of its own
audience and its community's. Retention given here is for threads begun later;
a shorter one holds at once. What once was narrower stays so for threads that
were there: discussions hear of every change and hold them to it.

Unnamed writing is *sealed*: nobody can learn who wrote. Two different people of
its care team may make it *accountable* for threads begun afterwards, one of whom
runs the place, where two at least hold a *care key*, and unless the house has ruled
it out for good. One person holds one key in a place; its other half is derived in
her session and stands nowhere.

Whoever has a persona in an open house may found a community, three at most with
one persona. It says what it is for and what is agreed, has up to four topics,
and names no other that its founder can see, nor looks like one. It is found by
topic, language and words; what is kept for comparing words is made when it is
founded or edited.

Nobody lists the members. Those who run a community are named on its page.
"""
