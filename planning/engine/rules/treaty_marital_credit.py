"""Treaty with Canada, article XXIX-B(3)-(4): a credit for what passes to a spouse who is not a citizen.

It stands beside the unified credit and is the smaller of that credit (before
gifts cut it) and the tax that the spouse's property causes. It is not refunded,
and comes after the other credits. The executor elects it and gives up the
marital deduction, a QDOT with it. The measure and the conditions were read in
the text.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, smaller_of


def marital_credit(*, unified_credit: Decimal, tax_caused: Decimal) -> Decimal:
    """Return the credit before it is cut to the tax, USD. Convention with Canada art. XXIX-B(4).

    `unified_credit` is that of the estate before gifts cut it, `tax_caused` the
    tax before credits with the spouse's property less that without it, both USD.
    """
    return max(ZERO, min(unified_credit, tax_caused))


def write_marital_credit(
    sheet: Worksheet, article: str, *, tax: Figure, unified_credit: Figure, tax_caused: Figure
) -> Figure:
    """Write the credit and the tax after it, and return that tax, USD in cents.

    `tax` is the tax after every other credit; the others as in `marital_credit`.
    """
    caused = sheet.write("Tax that the spouse's property causes", tax_caused, article)
    smaller = smaller_of(unified_credit, caused)
    amount = marital_credit(unified_credit=unified_credit.amount, tax_caused=caused.amount)
    credit = sheet.write("Marital credit of the treaty", Figure(amount, smaller.how), article)
    return sheet.write("Estate tax with the treaty's marital credit", at_least_zero(tax - credit).cents(), article)
