"""The day of the oath, drawn around the day a couple expects, and what the citizen's death before it does.

The couple's day stands for the likely processing time of Form N-400; how much
sooner or later the oath may come follows from the earliest and the latest time.
The spouse's route ends with the citizen's death before the oath; an application
then goes on only where the general route was open on its day, else a new one is
filed once that route is open (INA 319(a), 316(a); 8 CFR 319.1(b)(2)(i)).
A denial is not drawn.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Couple, Spouse, is_us_citizen
from planning.engine.holdings import other
from planning.engine.projection.vector_money import Numbers, Whole
from planning.engine.results import OathRange
from planning.engine.rules.naturalization_routes import general_route
from planning.engine.rules.naturalization_timeline import DAYS_OF_MONTH, FIRST_MONTH, after_months
from planning.engine.rules.s7503_due_dates import add_months

MEANS_TO = ("planned", "applied")


def oath_range(couple: Couple, spouse: Spouse, assumptions: Assumptions, as_of: date) -> OathRange | None:
    """Return when the oath of `spouse` may come; None where none is expected or the processing times are not known."""
    person = couple.person(spouse)
    expected, months = person.naturalization_expected_on, _months(assumptions)
    if expected is None or months is None or person.naturalization_intent not in MEANS_TO:
        return None
    if is_us_citizen(person) is True:
        return None
    low, likely, high = months
    filing = _before(expected, likely)
    middle = max(as_of, expected)
    since = person.lawful_permanent_resident_since
    opens_again = None
    if since is not None and is_us_citizen(couple.person(other(spouse))) is True:
        general = general_route(since).opens_on
        opens_again = general if general is not None and general > filing else None
    return OathRange(
        earliest=min(middle, max(as_of, after_months(filing, low))),
        likely=middle,
        latest=max(middle, after_months(filing, high)),
        filing=filing,
        opens_again=opens_again,
    )


def _months(assumptions: Assumptions) -> tuple[Decimal, Decimal, Decimal] | None:
    a = assumptions
    if a.oath_months_earliest is None or a.oath_months_likely is None or a.oath_months_latest is None:
        return None
    return a.oath_months_earliest, a.oath_months_likely, a.oath_months_latest


def _before(day: date, months: Decimal) -> date:
    """Return the day `months` earlier, a part of a month in thirtieths, as `after_months` counts."""
    whole = int(months)
    return add_months(day, -whole) - timedelta(days=int((months - whole) * DAYS_OF_MONTH))


def draw_oaths(span: OathRange, draws: Numbers) -> Whole:
    """Return the day (its ordinal) for each of `draws`, numbers from 0 to below 1: triangular over the whole days."""
    first, last = span.earliest.toordinal(), span.latest.toordinal() + 1
    top = span.likely.toordinal()
    rising = (top - first) / (last - first)
    days = np.where(
        draws < rising,
        first + np.sqrt(draws * ((last - first) * (top - first))),
        last - np.sqrt((1 - draws) * ((last - first) * (last - top))),
    )
    return np.floor(days).astype(np.int64)


def after_the_death(span: OathRange, oaths: Whole, deaths: Whole) -> Whole:
    """Return the day of the oath where the other spouse dies on the day of `deaths` (ordinals)."""
    if span.opens_again is None:
        return oaths
    filed_again = np.maximum(span.opens_again.toordinal(), deaths + FIRST_MONTH.days)
    return np.where(oaths > deaths, filed_again + (oaths - span.filing.toordinal()), oaths)
