"""Mortality tables and monthly rates as values. Nothing here reads files; `planning/actuarial.py` does.

How they are used is the rule in `planning/engine/rules/s7520_valuation.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

RateStatus = Literal["official", "unverified", "entered_by_firm"]
Month = tuple[int, int]


# Compared by identity: a table is made once, and is the key of the kept factors.
@dataclass(frozen=True, slots=True, eq=False)
class MortalityTable:
    """How many of those born are alive at each age from 0; nobody at the last age.

    `first` and `last` are the valuation dates it is prescribed for (None: still
    in force); from `electable_from` to `electable_to` it may be chosen beside
    the prescribed one.
    """

    name: str
    alive: tuple[Decimal, ...]
    first: date
    last: date | None
    electable_from: date
    electable_to: date | None
    citations: tuple[str, ...]
    verified: bool
    source: str

    @property
    def oldest(self) -> int:
        """The highest age with a factor."""
        return len(self.alive) - 2


@dataclass(frozen=True, slots=True)
class MonthlyRate:
    """The section 7520 rate of one month, percent a year, with its authority."""

    year: int
    month: int
    rate: Decimal
    citations: tuple[str, ...]
    status: RateStatus = "official"


@dataclass(frozen=True, slots=True)
class ActuarialBook:
    """All mortality tables, newest first, and the rates by (year, month)."""

    tables: tuple[MortalityTable, ...]
    rates: Mapping[Month, MonthlyRate]
