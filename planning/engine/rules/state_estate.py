"""What a state's estate tax is computed from: the estate as that state sees it, as numbers and as worksheet figures.

The taxable estate is taken before any deduction of IRC 2058, which no state
with an estate tax allows, and after the state's own marital deduction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from planning.engine.state_law import Sharing, StateLaw
from planning.engine.worksheet import ZERO, Figure, given

WHOLE = Decimal(1)


class StateEstate(NamedTuple):
    """One estate as one state sees it, amounts in USD.

    `adjusted_taxable_gifts` are all of IRC 2001(b), `addback_gifts` those within
    the state's own window, in Connecticut its taxable gifts since 2005. `share`
    is the part that the state may tax, 0 to 1. `dsue` is the state's own unused
    exclusion of an earlier spouse, `gift_tax_paid` Connecticut's, `inheritance_tax`
    Maryland's, `business_property` what qualifies as a Minnesota farm or business.
    """

    taxable_estate: Decimal
    adjusted_taxable_gifts: Decimal = ZERO
    addback_gifts: Decimal = ZERO
    share: Decimal = WHOLE
    dsue: Decimal = ZERO
    gift_tax_paid: Decimal = ZERO
    inheritance_tax: Decimal = ZERO
    business_property: Decimal = ZERO
    resident: bool = True
    nonresident_noncitizen: bool = False


def nothing() -> Figure:
    """Return a figure for an amount that is not there."""
    return given(ZERO, "none")


def everything() -> Figure:
    """Return the share of an estate that lies wholly in one state."""
    return given(WHOLE, "all of it")


@dataclass(frozen=True, slots=True)
class StateFigures:
    """The same estate as figures that say where each amount comes from."""

    taxable_estate: Figure
    adjusted_taxable_gifts: Figure = field(default_factory=nothing)
    addback_gifts: Figure = field(default_factory=nothing)
    share: Figure = field(default_factory=everything)
    dsue: Figure = field(default_factory=nothing)
    gift_tax_paid: Figure = field(default_factory=nothing)
    inheritance_tax: Figure = field(default_factory=nothing)
    business_property: Figure = field(default_factory=nothing)
    resident: bool = True
    nonresident_noncitizen: bool = False

    def estate(self) -> StateEstate:
        """Return the amounts alone."""
        return StateEstate(
            self.taxable_estate.amount,
            self.adjusted_taxable_gifts.amount,
            self.addback_gifts.amount,
            self.share.amount,
            self.dsue.amount,
            self.gift_tax_paid.amount,
            self.inheritance_tax.amount,
            self.business_property.amount,
            self.resident,
            self.nonresident_noncitizen,
        )


def sharing_of(law: StateLaw, *, resident: bool) -> Sharing:
    """Return what is divided where part of the estate lies outside the state."""
    return law.sharing.resident if resident else law.sharing.nonresident
