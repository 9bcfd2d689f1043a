"""Legal holidays of the District of Columbia, as IRC 7503 counts them.

The engine reads no calendar: it is handed `is_legal_holiday` where a due date
is worked out.
"""

from __future__ import annotations

from datetime import date
from functools import cache


@cache
def _holidays_of(year: int) -> frozenset[date]:
    # The library is read when a due date is first asked for: importing it costs every start of a command.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("US", subdiv="DC", years=year))


def is_legal_holiday(day: date) -> bool:
    """Return whether `day` is a legal holiday in the District of Columbia, observed days included. IRC 7503."""
    return day in _holidays_of(day.year)
