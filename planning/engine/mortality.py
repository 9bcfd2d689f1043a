"""Life expectancy from a published period table, handed in as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class LifeTable:
    """Probability of death within a year by sex and age (index 0 is age 0)."""

    name: str
    citation: str
    q: Mapping[Sex, tuple[Decimal, ...]]

    def expectancy(self, age: int, sex: Sex | None) -> Decimal:
        """Return the complete period life expectancy in years at `age`; the unisex mean where sex is unknown.

        A period table: it ignores that mortality may improve.
        """
        if sex is None:
            return (self.expectancy(age, "female") + self.expectancy(age, "male")) / 2
        rates = self.q[sex]
        alive, years = Decimal(1), Decimal(0)
        for rate in rates[min(age, len(rates) - 1) :]:
            dying = alive * rate
            years += alive - dying / 2
            alive -= dying
        return years

    def whole_years(self, date_of_birth: date, sex: Sex | None, as_of: date) -> int:
        """Return the life expectancy on `as_of`, rounded to whole years, at least one."""
        expectancy = self.expectancy(age_on(date_of_birth, as_of), sex)
        return max(1, int(expectancy.quantize(Decimal(1), ROUND_HALF_UP)))


def age_on(date_of_birth: date, day: date) -> int:
    """Return the age in whole years at the last birthday on or before `day`."""
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (0 if had_birthday else 1)
