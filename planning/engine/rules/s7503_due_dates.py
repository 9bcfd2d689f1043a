"""Due dates: months as in Treas. Reg. 20.6075-1, weekends and holidays as in IRC 7503.

The holidays of the District of Columbia come in as a function: the engine
itself reads no calendar.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

IsHoliday = Callable[[date], bool]
SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_business_day(day: date, is_holiday: IsHoliday) -> date:
    """Return `day`, or the next day that is no Saturday, Sunday or legal holiday. IRC 7503."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def form_706_due(date_of_death: date, is_holiday: IsHoliday, *, extended: bool = False) -> date:
    """Return when Form 706 must be filed: nine months, six more with Form 4768. IRC 6075(a), 6081(a)."""
    return next_business_day(add_months(date_of_death, 15 if extended else 9), is_holiday)


def qdot_election_last_day(date_of_death: date, *, extended: bool) -> date:
    """Return the last day a late first return may still elect: one year after the due date. IRC 2056A(d).

    IRC 7503 is left out on purpose: the day is a bar, so the earlier one is shown.
    """
    return add_months(date_of_death, (15 if extended else 9) + 12)


def form_709_due(year_of_gift: int, is_holiday: IsHoliday) -> date:
    """Return when Form 709 for gifts of `year_of_gift` is due. IRC 6075(b)(1)."""
    return next_business_day(date(year_of_gift + 1, 4, 15), is_holiday)


def form_706_qdt_due_for_distribution(year: int, is_holiday: IsHoliday) -> date:
    """Return when tax on a principal distribution of `year` is due. IRC 2056A(b)(5)(A)."""
    return next_business_day(date(year + 1, 4, 15), is_holiday)


def form_706_qdt_due_for_death(date_of_spouse_death: date, is_holiday: IsHoliday) -> date:
    """Return when the tax at the surviving spouse's death is due: nine months. IRC 2056A(b)(5)(B)."""
    return next_business_day(add_months(date_of_spouse_death, 9), is_holiday)
