"""Services: who helps, what happens when one asks, and when somebody last looked.

An *entry* is one service with its record: how it is reached, for which countries, in which languages, and what it does with whoever
calls. What nobody answered is *unknown*, in three-valued answers, and unknown is said as the worse of both: a service of which
nobody asked whether it calls the police *may call the police*. An *address for being reached* stands only with the day on which its source was
seen; a street only where the law of every country it serves is known to be no danger. Whoever practises "conversion" is never listed.

A *check* is somebody with a role who looked again on a day, by a method. It holds for 90 days where it is about a crisis, else for 180; then the
entry leaves help now at once. A year after the last check it leaves the directory, and stands under "not checked lately" with a warning. That
a service is kind to LGBTQ+ people is said only once two people in two roles have found so.

*Experience* of members is one row a person and service, under a mark that her key alone makes again: five aspects, each by a word. A word for
all is told from five people on, never before. *Doubts* ("this is wrong") open a check.

Which entries are *lines* of help now, ``support`` asks by the room "lines"; neither imports the other. Nothing here knows a number that was not
typed or read in by a host.
"""
