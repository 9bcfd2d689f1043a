"""IRC 2511: when a gift is complete, and whose gift it is when the property belongs to both.

A gift counts on the day the donor gives up dominion and control. A change of the
marital regime moves half; a gift of community property is half by each spouse.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

Change = Literal[
    "separate_to_community",
    "community_to_spouses_separate",
    "community_to_tenancy_in_common",
    "separate_to_spouses_separate",
]
WHOLE, HALF, NONE = Decimal(1), Decimal("0.5"), Decimal(0)
# The first is Damner, 3 T.C. 638; the others follow from each spouse owning half of the community.
GIVEN_BY_CHANGE: dict[Change, Decimal] = {
    "separate_to_community": HALF,
    "community_to_spouses_separate": HALF,
    "community_to_tenancy_in_common": NONE,
    "separate_to_spouses_separate": WHOLE,
}


def share_given_by_change(change: Change) -> Decimal:
    """Return the fraction of the net value that the donor gives by a change of regime. IRC 2511(a)."""
    return GIVEN_BY_CHANGE[change]


def donors_share(*, community_or_joint: bool) -> Decimal:
    """Return the fraction of a gift that this donor makes: half of what belongs to both. Form 709 instructions."""
    return HALF if community_or_joint else WHOLE


def day_of_check(*, presented_on: date | None, paid_on: date | None, conditions_met: bool) -> date | None:
    """Return the day a gift by check counts; None where that day is not known.

    The day of deposit or presentment, if a gift was meant, delivery was without
    condition, presentment was in time and the bank paid at once while the donor
    lived; else the day the bank paid. Rev. Rul. 96-56; Treas. Reg. 25.2511-2(b).
    """
    return presented_on if conditions_met else paid_on


def day_of_securities(*, delivered_on: date | None, on_books_on: date | None, through_broker: bool) -> date | None:
    """Return the day a gift of securities counts; None where that day is not known.

    Delivery of the endorsed certificate to the donee or the donee's agent; through
    the donor's own broker the transfer on the books. Treas. Reg. 25.2511-2(h).
    """
    return on_books_on if through_broker else delivered_on
