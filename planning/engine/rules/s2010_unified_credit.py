"""IRC 2010: the applicable exclusion amount, the credit it is worth, and what is left for the spouse.

The exclusion is an amount of property; the credit is the tax on that amount.
"""

from __future__ import annotations

from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law
from planning.engine.worksheet import Figure, Worksheet, at_least_zero, smaller_of


def applicable_exclusion_amount(sheet: Worksheet, law: Law, dsue_amount: Figure) -> Figure:
    """Write basic exclusion plus DSUE (USD) and return their sum. IRC 2010(c)(2)."""
    basic = law[BASIC_EXCLUSION_AMOUNT].on(sheet)
    dsue = sheet.write("Deceased spousal unused exclusion amount (DSUE)", dsue_amount, "IRC 2010(c)(4)")
    return sheet.write("Applicable exclusion amount", basic + dsue, "IRC 2010(c)(2)")


def applicable_credit_amount(sheet: Worksheet, law: Law, exclusion: Figure) -> Figure:
    """Write and return the tentative tax on the applicable `exclusion` amount. IRC 2010(c)(1)."""
    return sheet.write("Applicable credit amount", law.rate_table.on(exclusion), "IRC 2010(c)(1)", "IRC 2001(c)")


def unused_exclusion(
    sheet: Worksheet,
    *,
    basic_exclusion: Figure,
    exclusion: Figure,
    taxable_estate: Figure,
    adjusted_taxable_gifts: Figure,
    qdot_amounts_taxed: Figure | None = None,
) -> Figure:
    """Write the DSUE that the decedent leaves and return it, USD, never below zero.

    The smaller of the decedent's basic exclusion and the unused part of the
    applicable exclusion. With a QDOT, every amount on which the 2056A tax was
    imposed counts as used, also where that tax computed to nothing.
    IRC 2010(c)(4); Treas. Reg. 20.2010-2(c)(1), (4).
    """
    used = taxable_estate + adjusted_taxable_gifts
    if qdot_amounts_taxed is not None:
        used = used + qdot_amounts_taxed
    left = sheet.write(
        "Exclusion the decedent did not use",
        at_least_zero(exclusion - used),
        "IRC 2010(c)(4)(B)",
        "Treas. Reg. 20.2010-2(c)(1)",
    )
    return sheet.write(
        "DSUE of the surviving spouse",
        smaller_of(basic_exclusion, left),
        "IRC 2010(c)(4)",
        *(["Treas. Reg. 20.2010-2(c)(4)"] if qdot_amounts_taxed is not None else []),
        kind="subtotal",
    )
