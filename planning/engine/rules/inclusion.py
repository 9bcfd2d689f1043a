"""What the gross estate includes of one asset: a percent of its value with reason and authority, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planning.engine.worksheet import Figure

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Percent of the property in the decedent's gross estate, with reason and authority."""

    percent: Decimal
    reason: str
    citations: tuple[str, ...]
    # True where the whole is included only because the survivor's share was not shown.
    presumed: bool = False

    def of(self, value: Figure) -> Figure:
        """Return the included part of `value` in USD, exact."""
        return Figure(
            value.amount * self.percent / 100,
            f"{self.percent.normalize():f}% of {value.how} ({self.reason})",
            compound=True,
        )


@dataclass(frozen=True, slots=True)
class Undecided:
    """The law cannot be applied yet: the facts that are missing, by their names."""

    missing: tuple[str, ...]


Ruling = Inclusion | Undecided


def whole(reason: str, *citations: str) -> Inclusion:
    """Return that all of the property is included, and why."""
    return Inclusion(HUNDRED, reason, citations)


def nothing(reason: str, *citations: str) -> Inclusion:
    """Return that none of the property is included, and why."""
    return Inclusion(HUNDRED * 0, reason, citations)
