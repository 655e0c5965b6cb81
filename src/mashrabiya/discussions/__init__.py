"""Discussions: threads and the posts in them.

A *thread* stands in one community and has a title; its first post opens it. The
other *posts* are replies: flat, numbered from 2, in the order of writing. A post
is written under a persona, or *unnamed*.

Who may read a thread is who could read it when it was begun, or fewer: no later
act of its community shows it to more people or keeps it longer. What a viewer
may not read is missing, in the same bytes after the same work.

An unnamed post carries a token instead of a persona. The token comes from the
person and the thread the post was written in; it is the same under all her
personas and unlike any other thread's. The *label* shown is the number of her
voice: a thread counts its voices, named or not, as they are first heard, and
whoever opened it has none. A persona that is away stands under the label of its
voice and is told from no unnamed one; what it chose to hide is in no list either.

A thread keeps the way of unnamed writing it was begun under. In a sealed one nothing
depends on which persona was in use. In an accountable one each unnamed post keeps the
persona in use, closed so that only two of the care team open it together, for thirty
days or as long as the post stands, if that is shorter. A voice is learned once, and
whoever it is is told by her token; nothing else of it can be opened from then on.

Those who care for a place may close a thread to answers, keep it on top of its community's own list,
slow it down, set a note beside it, or move it to another community. Nothing that anybody wrote changes by that, nor its
order or whose it is; and a move shows it to nobody new and keeps it no longer.

A person speaks in a thread under one name at most. Under another she is refused,
and only she is told why.

An author edits and deletes what is hers, whichever door she comes through. A
deleted post keeps its place and its number and loses its text; a thread that
holds nothing but deleted posts goes whole. A thread fades whole, so many days
after its last reply.

A thread may say what helps and what does not now, in the kinds its community
speaks of. A reply of an unwanted kind is taken and folded, never refused. A text
under content notes folds for all who did not choose to see them. A reply may name
the post it answers, by number: whose that is, is drawn when it is read.

A text may *mention* somebody who wrote by name in the same community. It keeps an id; the
name of the moment is drawn when it is read, and nobody's where she is away or gone. Who may
not be mentioned stays words, and why is said to nobody.

A post may bring *pictures*, each with words for those who cannot see it. Whoever may
read the post may see them, and nobody else; they stand in no list, and under content
notes they wait with the text. They go with the post: the row at once, the files by
the fact that it is gone.

Whoever opens a thread may ask by a *poll*. One *ballot* a person, under all her names;
nobody learns a count before it is closed, and no ballot is left after that. The poll
stands and goes with the first post.

*Helped* counts people: one mark a person and post, whichever name she uses, and
none under her own. Nobody can list what somebody found helpful.

An edited post keeps how it stood before, twenty wordings at most, and for each the day on which
it was changed. They are read where the post is read, fold as it folds, and go with it; its author
purges them when she likes, and nobody else does. What no reader had seen, since it was held, an
edit does not show. A form for editing says which wording it was made from, by a mark made of the
words: where another stands by then, its author chooses.

What its author takes back goes at once. If she wished so it lies sealed under her persona's own key
for a day, and she can put it back as it was, where she could write now and nobody more reads.

A *translation* is a post by name beside another, under a number below nought that says which. Nothing that
counts or lists the thread meets it; it is read where its original is read, and goes with it. Whoever wrote the
original may want none, and takes away what is said in her words. Readers *wish* for one, counted and never named.

Whoever opened a thread may say which reply she needed. It is the thread's mark: it says of nobody who she is.

Markdown becomes HTML once, when it is written. Times are coarse from the start:
ten minutes for a named post, six hours for an unnamed one. Facts name ids only,
and never the persona of an unnamed post: there is nothing to name it by.

Whoever wants it is told what is new since she was here. Nothing of that is a row of this domain.

Lists go in order of time and can be narrowed; what a reader hides stands in none
of hers. First words whose author ticked that she is new here are shown for two
weeks to those who belong where they stand. A welcome is said once from one person
to one author, and leaves a mark that tells neither.
"""
