"""The survivor's own estate tax as a number, without a worksheet: for credits and for the picture's path."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import Person
from planning.engine.law import Law
from planning.engine.projection.state import FirstDeath
from planning.engine.rules.s2001_estate_tax import net_estate_tax
from planning.engine.rules.s2101_nonresident import NONRESIDENT_CREDIT, net_nonresident_tax
from planning.engine.worksheet import ZERO, to_cents


class SurvivorTax:
    """The tax of one survivor under 2001, or under 2101 for one who dies domiciled `abroad`; all USD."""

    def __init__(self, person: Person, first: FirstDeath, *, abroad: bool) -> None:
        self.gifts = person.adjusted_taxable_gifts or ZERO
        self.gift_tax_paid = person.gift_tax_paid or ZERO
        self.first, self.abroad = first, abroad

    def before_credits(self, taxable_estate: Decimal, law: Law, dsue: Decimal) -> Decimal:
        """Return the tax after the unified credit, exact. IRC 2001, 2010, 2101."""
        taxable_estate = max(ZERO, taxable_estate)
        if self.abroad:
            return net_nonresident_tax(
                taxable_estate=taxable_estate,
                adjusted_taxable_gifts=self.gifts,
                credit=law[NONRESIDENT_CREDIT].amount,
                law=law,
            )
        return net_estate_tax(
            taxable_estate=taxable_estate,
            adjusted_taxable_gifts=self.gifts,
            gift_tax_payable=self.gift_tax_paid,
            applicable_exclusion_amount=law.basic_exclusion_amount + dsue,
            rate_table=law.rate_table,
        )

    def net(self, law: Law, taxable: Decimal, dsue: Decimal, qdot: Decimal, qdot_taxes: Decimal) -> Decimal:
        """Return the tax after the credit of 2013, in cents.

        `qdot` is what of the QDOT stands in `taxable`, `qdot_taxes` all 2056A tax on it.
        """
        tax = to_cents(self.before_credits(taxable, law, dsue))
        if not tax:
            return tax  # nothing to credit anything against
        if self.first.qdot.amount:
            credit_limit, value = qdot_taxes, qdot
        elif self.first.taxed_transfer is not None and self.first.tax_on_transfer is not None:
            credit_limit, value = self.first.tax_on_transfer.amount, self.first.taxed_transfer.amount
        else:
            return tax
        without = to_cents(self.before_credits(taxable - value, law, dsue))
        return tax - min(credit_limit, max(ZERO, tax - without))
