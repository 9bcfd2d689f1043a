"""What was solved for: the part of the exclusion that a bypass trust takes, and the years of gifts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# Each is named as the assumption that takes the value over; `together` solves both at once.
What = Literal["bypass_percent", "gift_years", "together"]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One place of a curve, USD: what the trust takes at the first death, or all gifts, and what the family keeps.

    `value` is percent or years. `bypass_percent` is that of the point: of a curve of both, the share that
    leaves the family most with so many years of gifts.
    """

    value: Decimal
    bypass_percent: Decimal
    amount: Decimal
    total_tax: Decimal
    family_wealth: Decimal
    unmet_spending: Decimal


@dataclass(frozen=True, slots=True)
class Solved:
    """The value that leaves the family most under the assumptions, in the order that ranks, beside the one assumed.

    `value` and `described` are percent (`bypass_percent`) or years (the others); `bypass_percent` is
    the share that goes with it. `family_wealth` and `unmet_spending` are those of the exact projection there, USD.
    `difference` is what it leaves more than the option as described, spending that is not covered
    taken off both. `line` is the worksheet line the difference stands on.
    """

    what: What
    value: Decimal
    described: Decimal
    bypass_percent: Decimal
    amount: Decimal
    family_wealth: Decimal
    unmet_spending: Decimal
    difference: Decimal
    text: str
    line: str
    curve: tuple[CurvePoint, ...]

    @property
    def assumptions(self) -> dict[str, str]:
        """What to assume so that the plan is computed with it, by name."""
        share, years = {"bypass_percent": f"{self.bypass_percent:f}"}, {"gift_years": f"{self.value:f}"}
        return {"bypass_percent": share, "gift_years": years, "together": {**share, **years}}[self.what]
