"""What a projection carries from one phase to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from planning.engine.rules.s2056_marital_deduction import MaritalTreatment
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.worksheet import ZERO, Figure, given


@dataclass(slots=True)
class FirstDeath:
    """What the first death leaves behind; USD figures that refer to worksheet lines.

    `taxed_outright` is the part of `outright` that stands in the taxable estate:
    of a nonresident noncitizen only what is situated in the United States.
    `bypass_room` is what a bypass trust could take, `relieved` what a treaty took off it, USD.
    """

    tax: Figure
    base: QdotBase
    outright: Figure
    bypass: Figure
    qdot: Figure
    others: Figure
    treatment: MaritalTreatment
    dsue: Figure
    portable: Decimal
    taxed_outright: Figure
    bypass_room: Figure
    relieved: Decimal = ZERO
    taxed_transfer: Figure | None = None
    tax_on_transfer: Figure | None = None


@dataclass(slots=True)
class Pots:
    """Who holds what in a year of the widowhood."""

    survivor: Figure
    qdot: Figure
    bypass: Figure
    others: Decimal
    taxed: Figure = field(default_factory=lambda: given(ZERO, "nothing taxed before"))
    lifetime_tax: list[Figure] = field(default_factory=list)
