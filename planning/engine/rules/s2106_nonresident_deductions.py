"""IRC 2106: what a nonresident noncitizen's estate deducts from its property in the United States.

Expenses, debts and losses in the proportion of US to worldwide gross estate, and
charity to organizations of the United States, both only if the return shows the
property elsewhere (b). The marital deduction takes US-situs property that passes
to the spouse and qualifies under 2056, and needs no such disclosure. State death
taxes in the proportion of the property so taxed: a credit for deaths to 2004, a
deduction from 2005.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.rules.s2011_state_death_tax_credit import most_of_state_death_tax
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of


def disclosure_allows(*, worldwide_estate_disclosed: bool) -> bool:
    """Return whether expenses and charity may be deducted at all. IRC 2106(b); Treas. Reg. 20.2106-1(b)."""
    return worldwide_estate_disclosed


def expenses_allowed(
    sheet: Worksheet, *, expenses: Figure, us_gross_estate: Figure, worldwide_gross_estate: Figure, disclosed: bool
) -> Figure:
    """Write the proportion of expenses, debts and losses that is deducted and return it, USD in cents.

    IRC 2106(a)(1), (b); Treas. Reg. 20.2106-2; Form 706-NA schedule B.
    """
    label, cites = "Deduction for expenses, claims and losses", ("IRC 2106(a)(1)", "IRC 2106(b)")
    if not disclosure_allows(worldwide_estate_disclosed=disclosed):
        return sheet.write(label, given(ZERO, "the return does not show the property elsewhere"), *cites)
    here = sheet.write("Gross estate in the United States", us_gross_estate, "IRC 2103")
    everywhere = sheet.write("Entire gross estate wherever located", worldwide_gross_estate, "IRC 2106(b)")
    all_of_it = sheet.write("Expenses, claims and losses in full", expenses, "IRC 2053, 2054")
    if not everywhere.amount:
        return sheet.write(label, given(ZERO, "no estate at all"), *cites)
    share = Figure(
        all_of_it.amount * here.amount / everywhere.amount,
        f"{all_of_it.how} times {here.how} over {everywhere.how}",
    )
    return sheet.write(label, share.cents(), *cites)


def charity_allowed(sheet: Worksheet, *, to_us_charity: Figure, us_gross_estate: Figure, disclosed: bool) -> Figure:
    """Write what goes from US-situs property to organizations of the United States and return it, USD.

    IRC 2106(a)(2), (b).
    """
    label, cites = "Charitable deduction", ("IRC 2106(a)(2)", "IRC 2106(b)")
    if not disclosure_allows(worldwide_estate_disclosed=disclosed):
        return sheet.write(label, given(ZERO, "the return does not show the property elsewhere"), *cites)
    return sheet.write(label, smaller_of(to_us_charity, us_gross_estate), *cites)


def state_tax_allowed(
    sheet: Worksheet, *, state_tax: Figure, state_taxed_property: Figure, us_gross_estate: Figure
) -> Figure:
    """Write the state death tax in the proportion of the property so taxed to the US gross estate, USD in cents.

    For deaths from 2005. IRC 2106(a)(4).
    """
    label = "Deduction for state death taxes"
    if not us_gross_estate.amount:
        return sheet.write(label, given(ZERO, "no property here"), "IRC 2106(a)(4)")
    taxed = smaller_of(state_taxed_property, us_gross_estate)
    share = Figure(
        state_tax.amount * taxed.amount / us_gross_estate.amount,
        f"{state_tax.how} times {state_taxed_property.how} over {us_gross_estate.how}",
    )
    return sheet.write(label, share.cents(), "IRC 2106(a)(4)")


def state_credit_allowed(
    sheet: Worksheet,
    *,
    taxable: Figure,
    state_tax: Figure,
    state_taxed_property: Figure,
    us_gross_estate: Figure,
    tax: Figure,
    law: Law,
) -> Figure:
    """Write the credit for state death taxes of a death to 2004 and return it, USD in cents.

    The most that 2011(b) gives on the taxable estate, in the proportion of the
    property so taxed to the US gross estate; at most the tax paid and the tax
    left. IRC 2102(b) as in force to 2004.
    """
    cite = "IRC 2102(b) as in force to 2004"
    label = "Credit for state death taxes"
    if not us_gross_estate.amount:
        return sheet.write(label, given(ZERO, "no property here"), cite)
    by_table = sheet.write(
        "Credit for state death taxes by the table",
        Figure(most_of_state_death_tax(taxable.amount, law), f"the table of 2011(b) on {taxable.how} less 60,000"),
        "IRC 2011(b)",
    )
    taxed = smaller_of(state_taxed_property, us_gross_estate)
    most = Figure(
        by_table.amount * taxed.amount / us_gross_estate.amount,
        f"{by_table.how} times {state_taxed_property.how} over {us_gross_estate.how}",
    )
    return sheet.write(label, smaller_of(most, state_tax, tax).cents(), cite)


def lesser_of_paid_and_share(
    law: Law, us_gross_estate: Decimal, state_taxed_property: Decimal, taxable_estate: Decimal, paid: Decimal
) -> Decimal:
    """Return the same credit on a taxable estate of the QDOT tax, exact USD, before the limit of the tax itself.

    `taxable_estate` is enlarged by the taxed amounts, `paid` what both estates
    paid; the proportion is that of the first estate. Treas. Reg. 20.2056A-6(a), (b)(4).
    """
    if not us_gross_estate:
        return ZERO
    taxed = min(state_taxed_property, us_gross_estate)
    return min(paid, most_of_state_death_tax(taxable_estate, law) * taxed / us_gross_estate)


def marital_allowed(sheet: Worksheet, *, qualifying: Figure, us_gross_estate: Figure) -> Figure:
    """Write what passes of US-situs property to the spouse in a form that qualifies and return it, USD.

    IRC 2106(a)(3), 2056, 2056A; Treas. Reg. 20.2106-1(a)(3).
    """
    return sheet.write(
        "Marital deduction", smaller_of(qualifying, us_gross_estate), "IRC 2106(a)(3)", "Treas. Reg. 20.2106-1(a)(3)"
    )


def taxable_estate(sheet: Worksheet, us_gross_estate: Figure, *deductions: Figure) -> Figure:
    """Write the taxable estate of 2106, not below zero, and return it, USD."""
    left = us_gross_estate
    for deduction in deductions:
        left = left - deduction
    return sheet.write("Taxable estate", at_least_zero(left), "IRC 2106(a)", kind="subtotal")
