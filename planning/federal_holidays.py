"""Legal holidays of the District of Columbia, as IRC 7503 counts them.

The engine reads no calendar: it is handed `is_legal_holiday` where a due date
is worked out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

DISTRICT = "DC"


@cache
def _holidays_of(year: int, place: str = DISTRICT) -> frozenset[date]:
    # The library is read when a due date is first asked for: importing it costs every start of a command.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("US", subdiv=place, years=year))


def is_legal_holiday(day: date) -> bool:
    """Return whether `day` is a legal holiday in the District of Columbia, observed days included. IRC 7503."""
    return day in _holidays_of(day.year)


def holidays_with(state: str | None) -> Callable[[date], bool]:
    """Return the test for legal holidays in the District and, where a return goes there, in `state` (two letters).

    Raises `NotImplementedError` for letters that name no state. IRC 7503.
    """
    if state is None:
        return is_legal_holiday
    _holidays_of(2000, state)  # an unknown state fails here and not at the first date
    return lambda day: is_legal_holiday(day) or day in _holidays_of(day.year, state)
