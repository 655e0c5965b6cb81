"""Threads and posts. Random keys; inside a thread the number of a post is its only order."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
)

from mashrabiya.discussions.tables.aside import ANSWERABLE, LEARNED_DAYS, PLANNED, TOLD, VERSION
from mashrabiya.discussions.types.tongues import WISH_DAYS
from mashrabiya.platform.db import ByRule, Expires, index_of_some, table

THREAD = table(
    "thread",
    Column("id", LargeBinary, primary_key=True),
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("lang", Text, nullable=False),
    # Both as they were when the thread was begun: nothing later widens or lengthens them.
    Column("audience", Integer, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("pos", BigInteger, nullable=False),
    # Counters of this thread alone: its posts, and its voices, named or not. A label is the number of a
    # voice, so that a name can be put away and nobody's label changes.
    Column("n", Integer, nullable=False),
    Column("labels", Integer, nullable=False),
    # So many of its numbers stand in other threads now, and the thread in which it began, if it was split from one.
    Column("parted", Integer, nullable=False),
    Column("began", LargeBinary),
    Column("last_day", Integer, nullable=False),
    # Bits of Kind: what helps here, and what does not now. Bits of Note. People helped by the opening.
    Column("wants", Integer, nullable=False),
    Column("spare", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("helped", Integer, nullable=False),
    # Who may answer, as whoever opened it wished.
    Column("answers", Integer, nullable=False),
    # Whether two of the care team could learn who writes unnamed: as its community was when it was begun.
    Column("anon_mode", Integer, nullable=False),
    # What those who care for the place did with the whole thread: nobody answers any more; it stands first in
    # the list of its community; minutes between two answers of one person, and the last day of that; their note.
    Column("shut", Integer, nullable=False),
    Column("top", Integer, nullable=False),
    Column("slow", Integer, nullable=False),
    Column("slow_day", Integer, nullable=False),
    Column("care_note", Text),
    # The number of the reply that whoever opened it needed; nought: none.
    Column("needed", Integer, nullable=False),
    # The last day on which its poll takes votes; 0 where there is none, -1 once it is closed. What can be
    # chosen, and afterwards how often it was: last, since lists do not read that far.
    Column("poll_day", Integer, nullable=False),
    Column("poll", Text, nullable=False),
    # Bits of the tags of its community, by their numbers; and those its author chose, where carers set others.
    Column("tags", BigInteger, nullable=False),
    Column("own_tags", BigInteger),
    expire=ByRule("threads fade"),
)

# Lists run along (pos, id). On SQLite the key is the end of every index; PostgreSQL wants it said.
Index(None, THREAD.c.pos, THREAD.c.id)
Index(None, THREAD.c.cid, THREAD.c.pos, THREAD.c.id)
Index(None, THREAD.c.audience, THREAD.c.pos, THREAD.c.id)
Index(None, THREAD.c.last_day)
# What goes soon, by how long it is kept.
Index(None, THREAD.c.retention_days, THREAD.c.last_day)
_VOTING = THREAD.c.poll_day > 0
index_of_some("thread_poll", THREAD.c.poll_day, where=_VOTING)
_WAITING = THREAD.c.n == 1
# SQLite looks at ``n`` again in each row, so it stands in the index too.
index_of_some(
    "thread_waiting",
    THREAD.c.cid,
    THREAD.c.pos,
    THREAD.c.id,
    THREAD.c.n,
    where=_WAITING,
)
# The newest that wait in her language may be older than all others: in a place of another language, all were looked at.
index_of_some(
    "thread_waiting_here",
    THREAD.c.cid,
    THREAD.c.lang,
    THREAD.c.pos,
    THREAD.c.id,
    THREAD.c.n,
    where=_WAITING,
)
_ON_TOP = THREAD.c.top == 1
index_of_some("thread_top", THREAD.c.cid, where=_ON_TOP)
# What helped most people, among the openings that helped anybody: one run along an index that most threads are not in.
_HELPED = THREAD.c.helped > 0
index_of_some(
    "thread_helped",
    THREAD.c.helped,
    THREAD.c.pos,
    THREAD.c.id,
    where=_HELPED,
)

TAGGED = table(
    "tagged",
    # That a thread has a tag of its community, by number: so that the newest of one tag are one run along an index.
    Column("tid", LargeBinary, nullable=False),
    Column("n", Integer, nullable=False),
    Column("cid", LargeBinary, nullable=False),
    # As the thread's own, and no finer at any time.
    Column("pos", BigInteger, nullable=False),
    PrimaryKeyConstraint("tid", "n"),
    Index(None, "cid", "n", "pos", "tid"),
    expire=ByRule("threads fade"),
)

POST = table(
    "post",
    Column("tid", LargeBinary, ForeignKey("thread.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("id", LargeBinary, nullable=False, unique=True),
    # Where it was written: token, label and the right to edit stay with that, wherever it is moved.
    Column("home_tid", LargeBinary, nullable=False),
    Column("cid", LargeBinary, nullable=False),
    Column("pid", LargeBinary),
    Column("tok", LargeBinary),
    Column("label", Integer),
    # By name, in a thread that was split: the number of its voice where it was written, which can no longer be counted.
    Column("voice", Integer),
    Column("state", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("lang", Text, nullable=False),
    Column("t", BigInteger, nullable=False),
    Column("edited", Integer, nullable=False),
    # The number of the post it answers, in the thread where it was written.
    Column("to_n", Integer),
    Column("notes", Integer, nullable=False),
    # Counts of people, never of points.
    Column("helped", Integer, nullable=False),
    # Ticked "I am new here", and how many have said welcome.
    Column("newcomer", Integer, nullable=False),
    Column("welcomed", Integer, nullable=False),
    # Whether addresses in it lead: they do not where whoever wrote it was new. What is hidden and shown again is as it was.
    Column("links", Integer, nullable=False),
    # Those of its content notes that a care team set: its author's edit leaves them. None on most.
    Column("noted", Integer),
    # What those who care for the place say under it, as they typed it.
    Column("care_note", Text),
    # Bits of Tongue: of a post, whether its author wants no translation and whether one was written; of a
    # translation, which stands beside its post by a number below nought, what became of it since.
    Column("tongue", Integer, nullable=False),
    # The page reads html; the source comes last, so that only editing reads that far.
    Column("html", Text, nullable=False),
    Column("body", Text, nullable=False),
    # A page of a thread is one run along this key.
    PrimaryKeyConstraint("tid", "n"),
    CheckConstraint("(pid IS NULL) <> (tok IS NULL)", name="named_or_unnamed"),
    CheckConstraint("(tok IS NULL) = (label IS NULL)", name="label_with_token"),
    expire=ByRule("threads fade"),
    erases="pid",
)
_NAMED, _UNNAMED = POST.c.pid.is_not(None), POST.c.tok.is_not(None)
index_of_some("post_voice", POST.c.pid, POST.c.tid, where=_NAMED)
# Who speaks in a thread, one after another, whatever was said there.
index_of_some("post_there", POST.c.tid, POST.c.pid, POST.c.n, where=_NAMED)
index_of_some("post_label", POST.c.home_tid, POST.c.tok, where=_UNNAMED)
# The lamp: first words of those who said that they are new.
_NEW = POST.c.newcomer == 1
index_of_some("post_newcomer", POST.c.cid, POST.c.t, where=_NEW)

PARTED = table(
    "parted",
    # A number of a thread that was split, and the post that stood there: so links lead on, and all of it can go back.
    Column("tid", LargeBinary, nullable=False),
    Column("n", Integer, nullable=False),
    Column("post", LargeBinary, nullable=False),
    # The decision by which it went.
    Column("batch", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tid", "n"),
    expire=ByRule("threads fade"),
)
Index(None, PARTED.c.post)
Index(None, PARTED.c.batch, PARTED.c.n)

REACTION = table(
    "reaction",
    Column("post", LargeBinary, nullable=False),
    # One per person and post, whichever persona she uses: nobody can list what somebody found helpful.
    Column("rnull", LargeBinary, nullable=False),
    # Made by somebody established: it counted for trust, and stops to when it is taken back.
    Column("counted", Integer, nullable=False),
    PrimaryKeyConstraint("post", "rnull"),
    expire=ByRule("threads fade"),
)

BALLOT = table(
    "ballot",
    Column("tid", LargeBinary, nullable=False),
    # One per person and poll, whichever persona she uses, and made from what only her session has. It lies
    # in the order of chance, carries no time, and goes when its poll is closed.
    Column("bnull", LargeBinary, nullable=False),
    Column("chosen", Integer, nullable=False),
    PrimaryKeyConstraint("tid", "bnull"),
    expire=ByRule("polls close"),
)

AMENDMENT = table(
    "amendment",
    # The thread that proposes it, by which it is read, moderated and gone: nothing here says whose it is.
    Column("tid", LargeBinary, primary_key=True),
    Column("cid", LargeBinary, nullable=False),
    # The line as it stands and as it would: either may be empty.
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("state", Integer, nullable=False),
    # Why it was declined; and the version that it became.
    Column("said", Text, nullable=False),
    Column("until_day", Integer, nullable=False),
    Column("v", Integer, nullable=False),
    Index(None, "cid"),
    expire=ByRule("threads fade"),
)

WISH = table(
    "wish",
    # That somebody would like to read a post in a language. It goes when that is there, and after thirty days.
    Column("post", LargeBinary, nullable=False),
    Column("lang", Text, nullable=False),
    # One per person and post, whichever persona she uses: nobody can list what somebody cannot read.
    Column("wnull", LargeBinary, nullable=False),
    Column("cid", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    PrimaryKeyConstraint("post", "lang", "wnull"),
    expire=Expires("day", "day", WISH_DAYS),
)
Index(None, WISH.c.cid)

WELCOME = table(
    "welcome",
    # One per pair: from the person who welcomes and the persona, or unnamed voice, that is welcomed.
    Column("tag", LargeBinary, primary_key=True),
    Column("until_q", Integer, nullable=False),
    expire=Expires("until_q", "quarter"),
)

PICTURE = table(
    "picture",
    Column("post", LargeBinary, nullable=False),
    Column("place", Integer, nullable=False),
    # Random, and of nobody: the post is the only thing that leads to the file.
    Column("name", LargeBinary, nullable=False, unique=True),
    Column("alt", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    PrimaryKeyConstraint("post", "place"),
    expire=ByRule("threads fade"),
    files="name",
)

__all__ = [
    "AMENDMENT",
    "ANSWERABLE",
    "BALLOT",
    "LEARNED_DAYS",
    "PARTED",
    "PICTURE",
    "PLANNED",
    "POST",
    "REACTION",
    "TAGGED",
    "THREAD",
    "TOLD",
    "VERSION",
    "WELCOME",
    "WISH",
]
