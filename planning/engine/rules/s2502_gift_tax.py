"""IRC 2502 and 2505: gift tax on a year's taxable gifts, cumulative over all earlier years.

The rates are those of the year's own gift schedule, the credit is the tax on
the year's exclusion for gifts: from 2002 to 2010 it was not that of estates.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planning.engine.law import GIFT_BASIC_EXCLUSION_AMOUNT, Law
from planning.engine.rules.s2010_unified_credit import applicable_credit_amount, applicable_exclusion_amount
from planning.engine.worksheet import Figure, Worksheet, at_least_zero, smaller_of


@dataclass(frozen=True, slots=True)
class GiftTaxOfYear:
    """Gift tax of one year, all USD; `exclusion_remaining` is what the unused credit still shelters."""

    tax: Decimal
    credit: Decimal
    due: Decimal
    exclusion_remaining: Decimal


def gift_tax(
    sheet: Worksheet,
    *,
    taxable_gifts: Figure,
    prior_taxable_gifts: Figure,
    credit_used_before: Figure,
    dsue_amount: Figure,
    law: Law,
) -> GiftTaxOfYear:
    """Write the gift tax of one year and return tax, credit and amount due.

    `law` is the law of the year of the gifts, from 1977 on; `credit_used_before` is the
    credit used in earlier years at today's rates. IRC 2502(a), 2505(a), (c).
    """
    table = law.gift_rate_table
    year = sheet.write("Taxable gifts of the year", taxable_gifts, "IRC 2503(a)")
    prior = sheet.write("Taxable gifts of earlier years", prior_taxable_gifts, "IRC 2502(a)")
    together = sheet.write("All taxable gifts", year + prior, "IRC 2502(a)(1)")
    tax_on_all = sheet.write("Tax on all taxable gifts", table.on(together), *table.citations)
    tax_on_prior = sheet.write("Tax on those of earlier years", table.on(prior), "IRC 2502(a)(2)")
    tax = sheet.write("Gift tax before the credit", tax_on_all - tax_on_prior, "IRC 2502(a)", kind="subtotal")
    exclusion = applicable_exclusion_amount(sheet, law, dsue_amount, law[GIFT_BASIC_EXCLUSION_AMOUNT].on(sheet))
    full_credit = applicable_credit_amount(sheet, table, exclusion)
    used = sheet.write("Credit used in earlier years", credit_used_before, "IRC 2505(a)(2)")
    available = sheet.write("Credit still available", at_least_zero(full_credit - used), "IRC 2505(a)")
    credit = sheet.write("Credit used this year", smaller_of(available, tax), "IRC 2505(c)")
    unused = available.amount - credit.amount
    remaining = exclusion.amount - table.amount_taxed_at(full_credit.amount - unused)
    sheet.write("Gift tax due", tax - credit, "IRC 2502, 2505", kind="result")
    return GiftTaxOfYear(tax.amount, credit.amount, tax.amount - credit.amount, remaining)
