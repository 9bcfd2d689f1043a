"""IRC 2056A(b): the estate tax on what leaves a QDOT.

Each event is taxed as if it had been part of the first decedent's taxable
estate, with that decedent's rates and exclusion of the date of death, on top of
all earlier events: tax = N(prior + amount) - N(prior). The exclusion never grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from planning.engine.law import RateTable
from planning.engine.rules.s2001_estate_tax import net_estate_tax
from planning.engine.worksheet import CENT, ZERO, Figure, Worksheet, to_cents


@dataclass(frozen=True, slots=True)
class QdotBase:
    """The first decedent's final estate: what every later QDOT tax is computed on. All USD."""

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

    def tax(self, prior: Decimal, amount: Decimal) -> Decimal:
        """Return the 2056A tax on `amount` after `prior` taxed amounts, exact USD. IRC 2056A(b)(2)(A)."""
        return self.net_tax(prior + amount) - self.net_tax(prior)

    def exclusion_left(self, prior: Decimal) -> Decimal:
        """Return what of the first decedent's exclusion still shelters the QDOT after `prior` amounts."""
        used = self.taxable_estate + self.adjusted_taxable_gifts + prior
        return max(ZERO, self.applicable_exclusion_amount - used)

    def gross_distribution(self, prior: Decimal, net: Decimal) -> Decimal:
        """Return the distribution that leaves `net` USD after its own tax is withheld, rounded up to a cent.

        The tax is convex and its rate below 100%, so the amount is found by
        walking the corners of the rate table. Treas. Reg. 20.2056A-5(b)(1).
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
            to_cents(base.net_tax(before.amount + event.amount)),
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


def qdot_tax_before_final_determination(sheet: Worksheet, *, base: QdotBase, amount: Figure) -> Figure:
    """Write the tentative tax at the highest rate, without credit, and return it, USD.

    Due while the first decedent's tax is not finally determined, or where
    several QDOTs have no designated filer. IRC 2056A(b)(2)(B)-(C).
    """
    return sheet.write(
        "Tentative QDOT tax at the highest rate",
        amount.percent(base.rate_table.top_rate, f"highest rate of {base.year}").cents(),
        "IRC 2056A(b)(2)(B)",
        kind="subtotal",
    )
