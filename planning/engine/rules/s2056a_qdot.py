"""IRC 2056A(b): the estate tax on what leaves a QDOT.

Each event is taxed as if it had been part of the first decedent's taxable
estate, with that decedent's rates and exclusion of the date of death, on top of
all earlier events: tax = N(prior + amount) - N(prior). The exclusion never grows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal
from types import MappingProxyType

from planning.engine.law import RateTable
from planning.engine.rules.s2001_estate_tax import net_estate_tax
from planning.engine.worksheet import CENT, ZERO, Figure, Worksheet, to_cents

NOTHING_PAID: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class QdotBase:
    """The first decedent's final estate: what every later QDOT tax is computed on. All USD.

    A citizen or resident with the unified credit alone; `QdotBaseWithCredits`
    and `NonresidentQdotBase` are the estates that know more.
    """

    taxable_estate: Decimal
    adjusted_taxable_gifts: Decimal
    gift_tax_payable: Decimal
    applicable_exclusion_amount: Decimal
    rate_table: RateTable
    year: int

    def net_tax(self, added: Decimal) -> Decimal:
        """Return the first decedent's net estate tax if the taxable estate were larger by `added`."""
        return net_estate_tax(
            taxable_estate=self.taxable_estate + added,
            adjusted_taxable_gifts=self.adjusted_taxable_gifts,
            gift_tax_payable=self.gift_tax_payable,
            applicable_exclusion_amount=self.applicable_exclusion_amount,
            rate_table=self.rate_table,
        )

    def net_tax_with_event(self, added: Decimal) -> Decimal:
        """Return the net tax of the first term, the one with the event. IRC 2056A(b)(2)(A)(i)."""
        return self.net_tax(added)

    def tax(self, prior: Decimal, amount: Decimal) -> Decimal:
        """Return the 2056A tax on `amount` after `prior` taxed amounts, exact USD. IRC 2056A(b)(2)(A)."""
        return self.net_tax_with_event(prior + amount) - self.net_tax(prior)

    def exclusion_left(self, prior: Decimal) -> Decimal:
        """Return what still leaves the QDOT without tax after `prior` amounts: the first decedent's unused credit.

        Gift tax payable (2001(b)(2)) shelters as much again as it is worth.
        """
        sheltered = self.applicable_exclusion_amount
        if self.gift_tax_payable:
            sheltered = self.rate_table.amount_taxed_at(self.rate_table.tax(sheltered) + self.gift_tax_payable)
        used = self.taxable_estate + self.adjusted_taxable_gifts + prior
        return max(ZERO, sheltered - used)

    def gross_distribution(self, prior: Decimal, net: Decimal) -> Decimal:
        """Return the distribution that leaves `net` USD after its own tax is withheld, rounded up to a cent.

        The rate is below 100% everywhere, so the amount is found by walking the
        corners of the rate table. Treas. Reg. 20.2056A-5(b)(1).
        """
        corners = sorted(
            {self.exclusion_left(prior)}
            | {row.over - self.taxable_estate - self.adjusted_taxable_gifts - prior for row in self.rate_table.brackets}
        )
        low = ZERO
        for corner in corners:
            if corner <= low:
                continue
            if corner - self.tax(prior, corner) >= net:
                break
            low = corner
        kept = low - self.tax(prior, low)
        slope = self.tax(prior, low + 1) - self.tax(prior, low)
        return (low + (net - kept) / (1 - slope)).quantize(CENT, ROUND_UP)


def gross_up(tax_on: Callable[[Decimal], Decimal], net: Decimal) -> Decimal:
    """Return the smallest amount in whole cents that leaves `net` USD after `tax_on` it is withheld.

    `tax_on` grows by less than a dollar a dollar, so what is left grows too and
    the amount is found by halving. Treas. Reg. 20.2056A-5(b)(1).
    """
    low, high = ZERO, net.quantize(CENT, ROUND_UP)
    while high - tax_on(high) < net:
        low, high = high, high * 2
    while high - low > CENT:
        middle = ((low + high) / 2).quantize(CENT, ROUND_UP)
        low, high = (low, middle) if middle - tax_on(middle) >= net else (middle, high)
    return high


@dataclass(frozen=True, slots=True)
class QdotBaseWithCredits(QdotBase):
    """A citizen's or resident's estate with credits beside the unified credit. All USD.

    `credit_cut` is what the pre-1977 exemption takes from the unified credit
    (2010(b)); `other_credits` are those of 2012 and 2013, and of 2014 where only
    its amount is known, as the first estate had them, the same in both terms.
    `state_credit` gives the 2011 credit on a taxable estate for state death
    taxes paid and is None for deaths after 2004; `foreign_credit` the 2014
    credit for amounts added, the tax left and what the survivor's estate paid
    by country, None where it is not recomputed. The survivor's estate's state
    and foreign tax on the QDOT counts in the first term only. Treas. Reg.
    20.2056A-6(a), (b)(4).
    """

    credit_cut: Decimal
    other_credits: Decimal
    state_tax_paid: Decimal
    survivor_state_tax: Decimal
    state_credit: Callable[[Decimal, Decimal], Decimal] | None
    foreign_credit: Callable[[Decimal, Decimal, Mapping[str, Decimal]], Decimal] | None = None
    survivor_foreign_taxes: Mapping[str, Decimal] = field(default_factory=dict)

    def before_state_credit(self, added: Decimal) -> Decimal:
        """Return the tax after the unified credit and before every other one."""
        total = self.taxable_estate + self.adjusted_taxable_gifts + added
        unified = self.rate_table.tax(self.applicable_exclusion_amount) - self.credit_cut
        return max(ZERO, self.rate_table.tax(total) - self.gift_tax_payable - unified)

    def state_credit_allowed(self, added: Decimal, paid: Decimal) -> Decimal:
        """Return the 2011 credit for `paid` on the taxable estate enlarged by `added`, not above the tax."""
        if self.state_credit is None:
            return ZERO
        return min(self.before_state_credit(added), self.state_credit(self.taxable_estate + added, paid))

    def foreign_credit_allowed(self, added: Decimal, paid: Decimal, survivors: Mapping[str, Decimal]) -> Decimal:
        """Return the 2014 credit on the enlarged estate, where it is recomputed, not above the tax."""
        if self.foreign_credit is None:
            return ZERO
        return self.foreign_credit(
            added, self.before_state_credit(added) - self.state_credit_allowed(added, paid), survivors
        )

    def net_after(self, added: Decimal, paid: Decimal, survivors: Mapping[str, Decimal]) -> Decimal:
        """Return the net tax where `paid` of state death tax and the survivor's estate's foreign taxes count."""
        tax = self.before_state_credit(added) - self.state_credit_allowed(added, paid)
        return max(ZERO, tax - self.foreign_credit_allowed(added, paid, survivors) - self.other_credits)

    def net_tax(self, added: Decimal) -> Decimal:
        """Return the net tax with the death taxes of the first estate alone."""
        return self.net_after(added, self.state_tax_paid, NOTHING_PAID)

    def net_tax_with_event(self, added: Decimal) -> Decimal:
        """Return the net tax with the death taxes of both estates."""
        return self.net_after(added, self.state_tax_paid + self.survivor_state_tax, self.survivor_foreign_taxes)

    def gross_distribution(self, prior: Decimal, net: Decimal) -> Decimal:
        """Return the distribution that leaves `net` USD after its own tax is withheld, rounded up to a cent."""
        return gross_up(lambda amount: self.tax(prior, amount), net)


@dataclass(frozen=True, slots=True)
class NonresidentQdotBase(QdotBase):
    """The estate of a first decedent under 2101: the rates on property here, and a credit in place of an exclusion.

    `credit` (USD) is that of 2102(b): 13,000, a treaty's share, or a possession
    citizen's; `other_credits` (USD) that of 2013. `state_credit` gives the
    credit of 2102(b) as in force to 2004 on a taxable estate for state death
    taxes paid, None for later deaths; the survivor's estate's state tax counts
    in the first term only. Treas. Reg. 20.2056A-6(a), (b)(4).
    """

    credit: Decimal
    other_credits: Decimal
    state_tax_paid: Decimal = ZERO
    survivor_state_tax: Decimal = ZERO
    state_credit: Callable[[Decimal, Decimal], Decimal] | None = None

    def before_state_credit(self, added: Decimal) -> Decimal:
        """Return the tax under 2101 after the credit of 2102 and before every other one."""
        gifts = self.adjusted_taxable_gifts
        tax = self.rate_table.tax(self.taxable_estate + added + gifts) - self.rate_table.tax(gifts)
        return max(ZERO, tax - self.credit)

    def state_credit_allowed(self, added: Decimal, paid: Decimal) -> Decimal:
        """Return the credit for `paid` on the taxable estate enlarged by `added`, not above the tax."""
        if self.state_credit is None:
            return ZERO
        return min(self.before_state_credit(added), self.state_credit(self.taxable_estate + added, paid))

    def net_after(self, added: Decimal, paid: Decimal) -> Decimal:
        """Return the net tax where `paid` of state death tax counts."""
        tax = self.before_state_credit(added) - self.state_credit_allowed(added, paid)
        return max(ZERO, tax - self.other_credits)

    def net_tax(self, added: Decimal) -> Decimal:
        """Return the net tax under 2101 if the taxable estate were larger by `added`."""
        return self.net_after(added, self.state_tax_paid)

    def net_tax_with_event(self, added: Decimal) -> Decimal:
        """Return the same with the state tax of both estates."""
        return self.net_after(added, self.state_tax_paid + self.survivor_state_tax)

    def exclusion_left(self, prior: Decimal) -> Decimal:
        """Return what still leaves the QDOT without tax: the property the unused credit covers."""
        gifts = self.adjusted_taxable_gifts
        credits_ = self.credit + self.other_credits
        sheltered = self.rate_table.amount_taxed_at(self.rate_table.tax(gifts) + credits_) - gifts
        return max(ZERO, sheltered - self.taxable_estate - prior)

    def gross_distribution(self, prior: Decimal, net: Decimal) -> Decimal:
        """Return the distribution that leaves `net` USD after its own tax is withheld, rounded up to a cent."""
        return gross_up(lambda amount: self.tax(prior, amount), net)


def qdot_tax(sheet: Worksheet, *, base: QdotBase, prior: Figure, amount: Figure, label: str) -> Figure:
    """Write the tax of one event and return it, USD rounded to cents.

    `prior` are all earlier taxable amounts of all QDOTs of this decedent,
    `amount` includes tax withheld. IRC 2056A(b)(1)-(2); Treas. Reg. 20.2056A-6(a); Form 706-QDT part III.
    """
    before = sheet.write("Amounts taxed before", prior, "IRC 2056A(b)(2)(A)(ii)")
    event = sheet.write(label, amount, "IRC 2056A(b)(1)")
    estate = (
        f"the first decedent's taxable estate of {base.year}"
        f"{' and gifts' if base.adjusted_taxable_gifts else ''}, that year's rates and exclusion"
    )
    with_event = sheet.write(
        "First decedent's tax with this event",
        Figure(
            to_cents(base.net_tax_with_event(before.amount + event.amount)),
            f"tax on {estate}, increased by {before.how} plus {event.how}",
        ),
        "IRC 2056A(b)(2)(A)(i)",
    )
    without = sheet.write(
        "First decedent's tax without it",
        Figure(to_cents(base.net_tax(before.amount)), f"tax on {estate}, increased by {before.how}"),
        "IRC 2056A(b)(2)(A)(ii)",
    )
    return sheet.write("QDOT tax on this event", with_event - without, "IRC 2056A(b)(2)(A)", kind="subtotal")
