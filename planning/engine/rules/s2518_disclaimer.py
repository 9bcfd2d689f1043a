"""IRC 2518: what a surviving spouse may disclaim of property held in both names, and until when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months

NINE_MONTHS = 9
FIRST_DAY_OF_RULE = date(1988, 7, 14)
Part = Literal["any_part_included", "one_half"]


def disclaimer_last_day(date_of_death: date) -> date:
    """Return the last day for a written disclaimer: nine months. IRC 2518(b)(2); an act between private persons."""
    return add_months(date_of_death, NINE_MONTHS)


def part_that_can_be_disclaimed(created_on: date, *, spouse_is_us_citizen: bool) -> Part:
    """Return how much of survivorship real property the survivor may disclaim.

    Created since July 14, 1988 with a spouse who is not a citizen: whatever section
    2040 includes, even all; else half. Treas. Reg. 25.2518-2(c)(4)(i)-(ii).
    """
    if created_on >= FIRST_DAY_OF_RULE and not spouse_is_us_citizen:
        return "any_part_included"
    return "one_half"
