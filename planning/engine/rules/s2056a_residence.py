"""Treas. Reg. 20.2056A-2(d)(1)(iv): the exclusion of the spouse's residence from the value to be secured.

The executor may leave out up to 600,000 for the principal and one other
residence with their ordinary furnishings, in the country or abroad, that the
QDOT owns directly, that is there for the spouse at all times and never rented.
Debt on it counts for nothing, and the 35% test knows no such exclusion. A sale
ends it unless the adjusted sales price buys another residence within 12 months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of, opposite
from planning.engine.worksheet import ZERO

EXCLUSION = "qdot_residence_exclusion"
CITATION = "Treas. Reg. 20.2056A-2(d)(1)(iv)"
REINVEST_MONTHS = 12
COMPLY_DAYS = 120

Election = Literal["on_return", "on_form_706_qdt", "none", "cancelled"]
Kind = Literal["principal", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """One residence of the spouse; None is unknown. Values in USD, debt not deducted."""

    value: Decimal
    kind: Kind = "principal"
    furnishings: Decimal = ZERO
    owned_directly: bool | None = None
    available_at_all_times: bool | None = None
    rented: bool | None = None


def is_personal_residence(residence: Residence) -> bool | None:
    """Return whether a residence may be left out: owned directly, always available, never rented. (A), (D)."""
    return all_of(residence.owned_directly, residence.available_at_all_times, opposite(residence.rented))


def value_of_residences(residences: Iterable[Residence]) -> Decimal:
    """Return the value with furnishings, USD, of one principal and one other residence that may qualify. (D), (E).

    What is not known to fail is taken in; the most valuable of each kind counts.
    """
    fit = [residence for residence in residences if is_personal_residence(residence) is not False]
    most: dict[Kind, Decimal] = {}
    for residence in fit:
        most[residence.kind] = max(most.get(residence.kind, ZERO), residence.value + residence.furnishings)
    return sum(most.values(), ZERO)


def counts_for_threshold(election: Election) -> bool:
    """Return whether the exclusion counts in the 2,000,000 test: elected on the estate tax return only. (A)."""
    return election == "on_return"


def counts_for_security(election: Election) -> bool:
    """Return whether it counts for the bond: elected there, or later on Form 706-QDT, and not cancelled. (B)."""
    return election in ("on_return", "on_form_706_qdt")


def exclusion_after_sale(
    *, claimed: Decimal, adjusted_sales_price: Decimal, reinvested: Decimal, other_allocated: Decimal, limit: Decimal
) -> Decimal:
    """Return the exclusion left after a residence was sold, USD. (G).

    `claimed` was excluded for it, `reinvested` bought a new residence within 12
    months, `other_allocated` stands for a residence that still qualifies.
    """
    if reinvested >= adjusted_sales_price:
        return min(claimed + other_allocated, limit)
    return min(reinvested + other_allocated, limit)


def room_for_another_residence(*, other_allocated: Decimal, limit: Decimal) -> Decimal:
    """Return how much may be allocated to another residence of this or another QDOT, USD. (G)."""
    return limit - other_allocated


def reinvest_by(sold_on: date) -> date:
    """Return the last day to buy a new residence with the proceeds. (G)."""
    return add_months(sold_on, REINVEST_MONTHS)


def comply_by(ceased_on: date) -> date:
    """Return the last day to give the security that the lost exclusion calls for. (G)."""
    return ceased_on + timedelta(days=COMPLY_DAYS)
