"""Treaties with France, article 11(2), and Germany, article 10(4): the spouse's property is taken at half.

It is for a decedent domiciled there who was no US citizen, and for property that
the United States tax only because it lies here. Germany's article adds a floor:
the tax is not below that of a decedent domiciled here. Against which estate that
is measured was not read, so the floor stands beside the result and is a
question for the attorney. So is whether half of the spouse's share counts where
only part of the property here passes to the spouse.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.rules.s2001_estate_tax import net_estate_tax
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, to_cents

HALF = Decimal(50)


def left_out(to_spouse: Decimal) -> Decimal:
    """Return what of the spouse's property (USD, after debts) is not taxed, exact."""
    return to_spouse * HALF / 100


def tax_if_domiciled_here(worldwide_estate: Decimal, law: Law) -> Decimal:
    """Return the tax on the worldwide estate (USD) of a decedent domiciled here, nothing deducted for the spouse."""
    return net_estate_tax(
        taxable_estate=worldwide_estate,
        adjusted_taxable_gifts=ZERO,
        gift_tax_payable=ZERO,
        applicable_exclusion_amount=law.basic_exclusion_amount,
        rate_table=law.rate_table,
    )


def held_to_floor(*, tax: Decimal, without: Decimal, floor: Decimal) -> Decimal:
    """Return the tax raised to the floor, but never above that `without` the rule. All USD."""
    return max(tax, min(without, floor))


def write_left_out(sheet: Worksheet, article: str, to_spouse: Figure) -> Figure:
    """Write the half that is not taxed and return it, USD in cents."""
    half = to_spouse.percent(HALF)
    return sheet.write(
        "Half of what passes to the spouse, left out", Figure(left_out(to_spouse.amount), half.how).cents(), article
    )


def write_held_to_floor(
    sheet: Worksheet, article: str, *, tax: Figure, without: Figure, worldwide_estate: Figure, law: Law
) -> Figure:
    """Write the floor on the worldwide estate and the tax if it holds, and return that tax, USD in cents."""
    floor = sheet.write(
        "Tax of a decedent domiciled in the United States, on the worldwide estate",
        given(
            to_cents(tax_if_domiciled_here(worldwide_estate.amount, law)),
            f"tax on {worldwide_estate.how} less the unified credit of {law.year}",
        ),
        "IRC 2001",
        article,
        status="assumed",
    )
    held = held_to_floor(tax=tax.amount, without=without.amount, floor=floor.amount)
    return sheet.write(
        "Estate tax if the floor is so measured",
        Figure(held, f"{tax.how}, not below {floor.how}, not above {without.how}"),
        article,
        status="assumed",
    )
