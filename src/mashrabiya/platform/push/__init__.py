"""A word to the push service of a browser's maker: that there is something, and nothing else.

It is the only thing that this house sends to other machines. It goes to the few services that are known here, by https, to
the address that one look at their name gives, which must be one of the open net; no answer leads anywhere else. There is
nothing in it: no text, no name, no number. What says from whom it comes is a key made from the house's own.
"""

from mashrabiya.platform.push.endpoint import LONGEST, Endpoint, read_endpoint
from mashrabiya.platform.push.outward import DISMISSED, Outward
from mashrabiya.platform.push.vapid import Vapid

__all__ = ["DISMISSED", "LONGEST", "Endpoint", "Outward", "Vapid", "read_endpoint"]
