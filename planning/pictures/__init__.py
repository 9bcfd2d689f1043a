"""Pictures of a plan as SVG text, one in each module; each comes with the table that says the same.

They read stored figures only. A picture whose figures a plan does not hold, or
does not hold in full, is not drawn.
"""

from planning.pictures.drawing import ACCENT, Picture
from planning.pictures.keeps import family_keeps
from planning.pictures.names import NATURALIZATIONS
from planning.pictures.wealth import wealth_over_time

__all__ = ["ACCENT", "NATURALIZATIONS", "Picture", "family_keeps", "wealth_over_time"]
