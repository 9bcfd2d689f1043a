"""Pictures of a plan as SVG text, one in each module; each comes with the table that says the same.

They read stored figures only. A picture whose figures a plan does not hold, or
does not hold in full, is not drawn.
"""

from planning.pictures.curves import solved_curves
from planning.pictures.drawing import ACCENT, Picture
from planning.pictures.flip_map import flip_map
from planning.pictures.flows import who_gets_what
from planning.pictures.gift_calendar import gift_calendar
from planning.pictures.keeps import family_keeps
from planning.pictures.names import NATURALIZATIONS
from planning.pictures.ranges import range_chart
from planning.pictures.taxes import tax_now_and_later
from planning.pictures.wealth import wealth_over_time

__all__ = [
    "ACCENT",
    "NATURALIZATIONS",
    "Picture",
    "family_keeps",
    "flip_map",
    "gift_calendar",
    "range_chart",
    "solved_curves",
    "tax_now_and_later",
    "wealth_over_time",
    "who_gets_what",
]
