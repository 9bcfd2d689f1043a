"""IRC 2001: the estate tax of a citizen or resident.

(b) taxes the taxable estate on top of adjusted taxable gifts and takes off the
gift tax payable; (c) is the rate schedule of the day of death; the credit of
2010 comes off first, other credits after it.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law, RateTable
from planning.engine.rules.s2010_unified_credit import applicable_credit_amount, applicable_exclusion_amount
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, smaller_of


def tentative_tax(table: RateTable, amount: Figure) -> Figure:
    """Return the tax of the schedule on `amount` (USD), the additional 5% of 1988 to 2001 included. IRC 2001(c)."""
    return table.on(amount)


def less_gift_tax(tentative: Figure, payable: Figure) -> Figure:
    """Return the tax before credits, USD: the gift tax payable on the gifts added comes off. IRC 2001(b)(2)."""
    return at_least_zero(tentative - payable)


def net_estate_tax(
    *,
    taxable_estate: Decimal,
    adjusted_taxable_gifts: Decimal,
    gift_tax_payable: Decimal,
    applicable_exclusion_amount: Decimal,
    rate_table: RateTable,
) -> Decimal:
    """Return the estate tax in USD after the unified credit, without a worksheet. IRC 2001(b), 2010(a), (d)."""
    total = taxable_estate + adjusted_taxable_gifts
    if total <= applicable_exclusion_amount:
        return ZERO  # as below, without the work
    return max(ZERO, rate_table.tax(total) - gift_tax_payable - rate_table.credit_for(applicable_exclusion_amount))


def estate_tax(
    sheet: Worksheet,
    *,
    taxable_estate: Figure,
    adjusted_taxable_gifts: Figure,
    gift_tax_payable: Figure,
    dsue_amount: Figure,
    law: Law,
    basic_exclusion: Figure | None = None,
    credit_reduction: Figure | None = None,
) -> Figure:
    """Write the estate tax after the unified credit and return it, USD in cents.

    `law` is the law of the date of death. `basic_exclusion` is a line that stands
    in place of that law's (anti-clawback), `credit_reduction` what 2010(b) takes
    off the credit. Other credits (2011 to 2014) are the caller's.
    IRC 2001(b)-(c), 2010; Form 706 part 2.
    """
    total = sheet.write(
        "Taxable estate plus adjusted taxable gifts", taxable_estate + adjusted_taxable_gifts, "IRC 2001(b)(1)"
    )
    tentative = sheet.write("Tentative tax", tentative_tax(law.rate_table, total), *law.rate_table.citations)
    payable = sheet.write("Gift tax payable on those gifts", gift_tax_payable, "IRC 2001(b)(2), (g)")
    gross_tax = sheet.write("Gross estate tax", less_gift_tax(tentative, payable), "IRC 2001(b)", kind="subtotal")
    exclusion = applicable_exclusion_amount(sheet, law, dsue_amount, basic_exclusion)
    credit = applicable_credit_amount(sheet, law.rate_table, exclusion)
    if credit_reduction is not None:
        reduction = sheet.write("Reduction for the exemption used late in 1976", credit_reduction, "IRC 2010(b)")
        credit = sheet.write("Credit after this reduction", at_least_zero(credit - reduction), "IRC 2010(b)")
    allowed = sheet.write("Credit allowed, not above the tax", smaller_of(credit, gross_tax), "IRC 2010(a), (d)")
    return sheet.write(
        "Estate tax after the unified credit", (gross_tax - allowed).cents(), "IRC 2001, 2010", kind="result"
    )
