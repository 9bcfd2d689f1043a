"""Treaty with Canada, article XXIX-B(3)-(4): a credit for what passes to a spouse who is not a citizen.

It stands beside the unified credit and is the smaller of that credit (before it
is cut by earlier gifts) and the tax that the spouse's property causes. The
executor elects it and gives up the marital deduction, a QDOT with it. The
paragraphs were read, the conditions of residence and citizenship were not:
the figure is an alternative for the attorney, never applied unasked.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.rules.s2101_nonresident import net_nonresident_tax
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of

ARTICLE = "Convention with Canada art. XXIX-B(3)-(4)"


def marital_credit(
    sheet: Worksheet,
    *,
    tax: Figure,
    unified_credit: Figure,
    taxable_estate: Decimal,
    to_spouse: Decimal,
    adjusted_taxable_gifts: Decimal,
    law: Law,
) -> Figure:
    """Write the credit and the nonresident's tax after it, and return that tax, USD in cents.

    `tax` is the tax after every other credit, `unified_credit` the prorated
    credit before gifts cut it, `to_spouse` the US-situs property in
    `taxable_estate` that passes to the spouse. All USD.
    """

    def before_credit(estate: Decimal) -> Decimal:
        return net_nonresident_tax(
            taxable_estate=estate, adjusted_taxable_gifts=adjusted_taxable_gifts, credit=ZERO, law=law
        )

    caused = sheet.write(
        "Tax that the spouse's property causes",
        given(
            before_credit(taxable_estate) - before_credit(max(ZERO, taxable_estate - to_spouse)),
            "tax on the taxable estate less tax on it without that property",
        ),
        ARTICLE,
    )
    credit = sheet.write("Marital credit, if elected", smaller_of(unified_credit, caused), ARTICLE)
    return sheet.write("Estate tax if it is elected", at_least_zero(tax - credit).cents(), ARTICLE, kind="result")
