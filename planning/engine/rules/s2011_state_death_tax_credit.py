"""IRC 2011: the credit for state death taxes of decedents who died before 2005.

(b) allows the tax actually paid, at most what a table gives on the taxable
estate less 60,000; from 2002 to 2004 only a part of that. (e) never lets it
exceed the tax left after the unified credit. From 2005 the tax is deducted
instead (2058).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of


def most_of_state_death_tax(taxable_estate: Decimal, law: Law) -> Decimal:
    """Return the most the credit can be on `taxable_estate` (USD), exact; zero for deaths after 2004. IRC 2011(b)."""
    credit = law.state_death_tax_credit
    if credit is None:
        return ZERO
    return credit.table.tax(taxable_estate - credit.base_reduction) * credit.percent / 100


def lesser_of_paid_and_most(law: Law, taxable_estate: Decimal, paid: Decimal) -> Decimal:
    """Return the credit for `paid` (USD) on a taxable estate, before the limit of the tax itself. IRC 2011(a)-(b).

    `law` is that of the date of death. For the QDOT tax `taxable_estate` is the
    one enlarged by the taxed amounts, `paid` those of both estates: Treas. Reg.
    20.2056A-6(b)(4).
    """
    return min(paid, most_of_state_death_tax(taxable_estate, law))


def write_state_death_tax_credit(
    sheet: Worksheet, *, taxable_estate: Figure, paid: Figure, tax: Figure, law: Law
) -> Figure:
    """Write the credit with its limits and return it, USD in cents. Nothing is written for deaths after 2004.

    `tax` is the estate tax after the unified credit; the other arguments as in
    `lesser_of_paid_and_most`. Form 706 (to 2004) part 2 line 13.
    """
    credit = law.state_death_tax_credit
    if credit is None:
        return given(ZERO, "deducted, not credited")
    adjusted = sheet.write(
        "Adjusted taxable estate",
        at_least_zero(taxable_estate - given(credit.base_reduction, "reduction of IRC 2011(b)")),
        "IRC 2011(b)(3)",
    )
    most = sheet.write("Credit for state death taxes by the table", credit.table.on(adjusted), *credit.citations)
    if credit.percent != 100:  # noqa: PLR2004 - the whole of it
        most = sheet.write(f"Part allowed in {law.year}", most.percent(credit.percent), "IRC 2011(b)(2)")
    return sheet.write(
        "Credit for state death taxes, at most the tax paid and the tax left",
        smaller_of(most, paid, tax).cents(),
        "IRC 2011(a), (e)",
    )
