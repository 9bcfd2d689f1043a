"""Due dates: months as in Treas. Reg. 20.6075-1, weekends and holidays as in IRC 7503.

The holidays of the District of Columbia come in as a function: the engine
itself reads no calendar.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

IsHoliday = Callable[[date], bool]
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Relief:
    """A postponement the firm found: acts due from `first` on may be done until `last`. IRC 7508, 7508A."""

    first: date
    last: date
    authority: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What moves a due date: the holidays of the filing office, and a postponement entered by the firm."""

    is_holiday: IsHoliday
    relief: Relief | None = None

    def due(self, nominal: date) -> date:
        """Return the last day to do what is due on `nominal`. IRC 7503, 7508A."""
        day = next_business_day(nominal, self.is_holiday)
        if self.relief is not None and self.relief.first <= day < self.relief.last:
            return next_business_day(self.relief.last, self.is_holiday)
        return day


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date to keep: `nominal` as counted, `due` after weekends, holidays and relief.

    `plan_for` is the last business day not after `due`. A `private` date is one
    between private persons: IRC 7503 does not move it.
    """

    name: str
    what: str
    nominal: date
    due: date
    plan_for: date
    citations: tuple[str, ...]
    extension: str = ""
    note: str = ""
    private: bool = False


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


def previous_business_day(day: date, is_holiday: IsHoliday) -> date:
    """Return `day`, or the last day before it that is no Saturday, Sunday or legal holiday."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day -= timedelta(days=1)
    return day


def tax_act(
    calendar_of_office: Calendar,
    name: str,
    what: str,
    nominal: date,
    *citations: str,
    not_after: date | None = None,
    extension: str = "",
    note: str = "",
) -> DueDate:
    """Return the date of an act toward the IRS: it moves to the next business day, but not past `not_after`."""
    due = calendar_of_office.due(nominal)
    if not_after is not None:
        due = min(due, not_after)
    return DueDate(name, what, nominal, due, due, (*citations, "IRC 7503"), extension, note)


def private_act(
    calendar_of_office: Calendar, name: str, what: str, nominal: date, *citations: str, note: str = ""
) -> DueDate:
    """Return a date IRC 7503 does not move; the business day to plan for is that day or the one before it."""
    plan_for = previous_business_day(nominal, calendar_of_office.is_holiday)
    return DueDate(name, what, nominal, nominal, plan_for, citations, "", note, private=True)


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
