"""Safety: what may happen to whom. It takes in reports, and looks words
through before they are posted (``screening``, ``matching``).

*Reach* is what one reader keeps away, opened for one request from the sealed lists of her
personas: blocked and muted personas, muted labels, hidden words. It changes her pages alone.

A *report* says that something is wrong: what (by kind and id), where (the
community, or the house), why (one reason), and in a sealed note whatever the
reporter wants to add. Who reported is not stored: a nullifier made in her own
session lets one person report one thing once. She alone finds what became of her reports: each stands
in one of 48 places that only her session can name. The first report of a thing that waits stands
in the list for all of them. What two people call an outing is hidden at once; nothing else is, by
no number of reports.

An *automatic rule* (``precept`` in code) is made by hosts for the house, or by whoever runs a community for
it: what it looks for in words that are about to be posted, and whether it puts a content note, asks, holds
the post until somebody has read it, or refuses. Those of the house may look at names as well. It removes nothing that is posted. What it looks for lies sealed and is shown to nobody but them;
the rules in force lie ready in memory and cost a post no statement.

Safety knows no domain above it: content is named by a `ContentRef`, and who may
read a report is decided by the desk that shows it.
"""
