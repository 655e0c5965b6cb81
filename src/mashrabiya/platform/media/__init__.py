"""Pictures: what comes in is decoded far from everything else, drawn anew, and kept small.

A picture somebody sends is the most dangerous thing the house takes. It can attack
the code that decodes it, and it carries more than it shows: where it was taken and
when, which phone took it, an earlier version of itself. So:

- Its first bytes are read before anything decodes it: a known kind, at most
  8 MB, at most 64 megapixels. SVG, PDF and whatever else are refused.
- It is decoded in a process of its own (``draw.py``) with little memory, little
  time, no files and no network, which is gone afterwards.
- Nothing of the file is copied. The turned, shrunk picture is painted on a fresh
  white sheet, and the sheet is written as WebP: no EXIF, XMP, IPTC, colour
  profile, comment, thumbnail, second picture or appended archive, and nothing
  under what is transparent. Of an animation the first frame is kept.
- What comes back is read as if a stranger had sent it: one chunk of picture, and
  nothing else in the file.

The original is kept nowhere. ``store`` keeps the sizes that are shown, under a
random name and with no time finer than a day. What the picture shows remains:
faces, windows, signs. The person who sends it is told so.
"""

from mashrabiya.platform.media.intake import prepare
from mashrabiya.platform.media.types import (
    LONG_SIDES,
    MOST_BYTES,
    MOST_PIXELS,
    Picture,
    Prepared,
    Reason,
    Refused,
)

__all__ = ["LONG_SIDES", "MOST_BYTES", "MOST_PIXELS", "Picture", "Prepared", "Reason", "Refused", "prepare"]
