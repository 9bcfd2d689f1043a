"""How much of its room the bypass trust takes: all of it, or a stated part. IRC 2010(c).

The will may leave the trust less than the exclusion that is left; what it does
not take goes the way of the rest of the spouse's share.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import Figure, Worksheet

WHOLE = Decimal(100)


def held_by_bypass(sheet: Worksheet, room: Figure, percent: Decimal) -> Figure:
    """Return what the trust takes of `room` (USD), to the cent; written only where that is not all of it.

    `percent` is 0 to 100.
    """
    if percent == WHOLE:
        return room
    return sheet.write("Bypass trust: the part of it that is taken", room.percent(percent).cents(), status="assumed")
