"""When the oath can be expected, and whether it comes before the estate tax return is made.

Both due dates are strict: an oath on the due date comes too late. After the
citizen's death only the general route is left, and nothing is filed in the first
month. IRC 2056(d)(4), 6075(a), 6081(a); Treas. Reg. 20.2056A-1(b).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from planning.engine.rules.naturalization_routes import Route
from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, form_706_due

Result = Literal[
    "comfortable", "feasible with 4768", "at risk: prepare QDOT in parallel", "not in time: QDOT, then CIT-25"
]
DAYS_OF_MONTH = 30
FIRST_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ProcessingTimes:
    """Months from filing to the oath, and where they were read."""

    low: Decimal
    base: Decimal
    high: Decimal
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Oath:
    """The expected days of the oath at the three processing times."""

    low: date
    base: date
    high: date


def after_months(day: date, months: Decimal) -> date:
    """Return the day `months` later; a part of a month counts thirtieths, rounded half up."""
    whole = int(months)
    days = ((months - whole) * DAYS_OF_MONTH).quantize(Decimal(1), ROUND_HALF_UP)
    return add_months(day, whole) + timedelta(days=int(days))


def first_open(routes: Iterable[Route]) -> Route | None:
    """Return the route that opens first; None where none is open."""
    found = [(route.opens_on, route) for route in routes if route.opens_on is not None]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def filing_day(opens_on: date, *, as_of: date, date_of_death: date | None) -> date:
    """Return the day of filing: not before today and not in the month after a death."""
    earliest = max(opens_on, as_of)
    return earliest if date_of_death is None else max(earliest, date_of_death + FIRST_MONTH)


def expected_oath(filed_on: date, times: ProcessingTimes) -> Oath:
    """Return the expected days of the oath."""
    return Oath(*(after_months(filed_on, months) for months in (times.low, times.base, times.high)))


def in_time(oath: date, return_due: date) -> bool:
    """Return whether an oath comes before the return: the due date itself is too late. 20.2056A-1(b)."""
    return oath < return_due


def against_the_return(oath: Oath, date_of_death: date, is_holiday: IsHoliday) -> Result:
    """Return how the expected oath stands to the due dates at nine and fifteen months."""
    nine, fifteen = (form_706_due(date_of_death, is_holiday, extended=extended) for extended in (False, True))
    if in_time(oath.high, nine):
        return "comfortable"
    if in_time(oath.high, fifteen):
        return "feasible with 4768"
    if in_time(oath.base, fifteen):
        return "at risk: prepare QDOT in parallel"
    return "not in time: QDOT, then CIT-25"
