"""The outbox: facts are kept in the transaction that made them true, and told afterwards.

``Write.record`` puts an event here. Whoever wants to know of it registers with
``listens_to``; the worker tells each listener at least once, in the order in
which events of one kind were recorded. A row holds ids and numbers only, has no
clock, and is gone as soon as all listeners have heard; its number is one more
than the greatest that waits, so that counting begins anew whenever nothing does.
A fact of a kind that nobody listens to is never a row.
"""

from mashrabiya.platform.outbox.delivery import MOST_TRIES, Delivery, append, listens_to
from mashrabiya.platform.outbox.facts import kind_of
from mashrabiya.platform.outbox.rows import OUTBOX, revive

__all__ = ["MOST_TRIES", "OUTBOX", "Delivery", "append", "kind_of", "listens_to", "revive"]
