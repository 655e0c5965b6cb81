"""Everything the house draws: persona tiles, community doors, the mark, the window, icons, charts.

Pure functions from seeds and names to SVG text; no files, no randomness, no request.
A tile is not an identifier: about 32,000 designs exist, the name always stands beside it.
"""

from mashrabiya.platform.art.columns import bar, columns, top_of
from mashrabiya.platform.art.door import door
from mashrabiya.platform.art.icons import icon, sprite
from mashrabiya.platform.art.tile import light, tile
from mashrabiya.platform.art.window import window

__all__ = ["bar", "columns", "door", "icon", "light", "sprite", "tile", "top_of", "window"]
