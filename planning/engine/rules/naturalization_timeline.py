"""When the oath can be expected, and whether it comes before the estate tax return is made.

Both due dates are strict: an oath on the due date comes too late. Nothing new is
filed in the month after the citizen's death; an application already filed goes
on under a route that was open on its day. IRC 2056(d)(4), 6075(a), 6081(a);
Treas. Reg. 20.2056A-1(b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from planning.engine.rules.naturalization_routes import Route, RouteName
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
    found = [(route.opens_on, place, route) for place, route in enumerate(routes) if route.opens_on is not None]
    return min(found)[2] if found else None


def pending_under(filed_on: date, applied_for: RouteName, routes: Iterable[Route]) -> Route | None:
    """Return the route under which an application filed on `filed_on` goes on; None: it fails.

    The route applied for, or the general one where that was open on the day of
    filing: so a spouse's case may outlive the citizen. INA 316, 319, 334(a).
    """
    by_name = {route.name: route for route in routes}
    for name in (applied_for, "general"):
        route = by_name.get(name)
        if route is not None and route.opens_on is not None and route.opens_on <= filed_on:
            return route
    return None


def filing_day(opens_on: date, *, as_of: date, date_of_death: date | None) -> date:
    """Return the day of filing: not before today and not in the month after a death."""
    earliest = max(opens_on, as_of)
    return earliest if date_of_death is None else max(earliest, date_of_death + FIRST_MONTH)


def expected_oath(filed_on: date, times: ProcessingTimes, as_of: date) -> Oath:
    """Return the expected days of the oath; where the time has passed already, `as_of`."""
    return Oath(*(max(as_of, after_months(filed_on, months)) for months in (times.low, times.base, times.high)))


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the way to the oath looks: `filed` says that the application was made already and goes on."""

    route: Route
    filing: date
    oath: Oath
    filed: bool


def outlook(
    routes: Sequence[Route],
    times: ProcessingTimes,
    *,
    as_of: date,
    date_of_death: date | None,
    filed_on: date | None,
    applied_for: RouteName,
) -> Outlook | None:
    """Return the way to the oath: the application made already where it goes on, else a new one; None: no route."""
    pending = None if filed_on is None else pending_under(filed_on, applied_for, routes)
    if pending is not None and filed_on is not None:
        return Outlook(pending, filed_on, expected_oath(filed_on, times, as_of), filed=True)
    first = first_open(routes)
    if first is None or first.opens_on is None:
        return None
    filing = filing_day(first.opens_on, as_of=as_of, date_of_death=date_of_death)
    return Outlook(first, filing, expected_oath(filing, times, as_of), filed=False)


def chance_of_death(rates: Sequence[Decimal], years: Decimal) -> Decimal:
    """Return the chance (0 to 1) of dying within `years`, from the yearly `rates` of the ages to come.

    Within a year the chance grows evenly.
    """
    alive, left = Decimal(1), years
    for rate in rates:
        part = min(left, Decimal(1))
        alive *= 1 - rate * part
        left -= part
    return 1 - alive


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
