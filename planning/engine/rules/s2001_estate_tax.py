"""IRC 2001: the estate tax of a citizen or resident.

(b) taxes the taxable estate on top of adjusted taxable gifts and takes off the
gift tax payable; (c) is the rate schedule; the credit of 2010 comes off last.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law, RateTable
from planning.engine.rules.s2010_unified_credit import applicable_credit_amount, applicable_exclusion_amount
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, smaller_of


def net_estate_tax(
    *,
    taxable_estate: Decimal,
    adjusted_taxable_gifts: Decimal,
    gift_tax_payable: Decimal,
    applicable_exclusion_amount: Decimal,
    rate_table: RateTable,
) -> Decimal:
    """Return the estate tax in USD after the unified credit, without a worksheet. IRC 2001(b), 2010(a), (d)."""
    tentative = rate_table.tax(taxable_estate + adjusted_taxable_gifts)
    return max(ZERO, tentative - gift_tax_payable - rate_table.tax(applicable_exclusion_amount))


def estate_tax(
    sheet: Worksheet,
    *,
    taxable_estate: Figure,
    adjusted_taxable_gifts: Figure,
    gift_tax_payable: Figure,
    dsue_amount: Figure,
    law: Law,
) -> Figure:
    """Write the estate tax after the unified credit and return it, USD in cents.

    `law` is the law of the date of death. Other credits (2013, 2014) are the
    caller's. IRC 2001(b)-(c), 2010; Form 706 part 2.
    """
    total = sheet.write(
        "Taxable estate plus adjusted taxable gifts", taxable_estate + adjusted_taxable_gifts, "IRC 2001(b)(1)"
    )
    tentative = sheet.write("Tentative tax", law.rate_table.on(total), *law.rate_table.citations)
    payable = sheet.write("Gift tax payable on those gifts", gift_tax_payable, "IRC 2001(b)(2), (g)")
    gross_tax = sheet.write("Gross estate tax", at_least_zero(tentative - payable), "IRC 2001(b)", kind="subtotal")
    exclusion = applicable_exclusion_amount(sheet, law, dsue_amount)
    credit = applicable_credit_amount(sheet, law, exclusion)
    allowed = sheet.write("Credit allowed, not above the tax", smaller_of(credit, gross_tax), "IRC 2010(a), (d)")
    return sheet.write(
        "Estate tax after the unified credit", (gross_tax - allowed).cents(), "IRC 2001, 2010", kind="result"
    )
