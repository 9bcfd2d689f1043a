"""IRC 2010: the applicable exclusion amount, the credit it is worth, and what is left for the spouse.

The exclusion is an amount of property; the credit is the tax on that amount. The
credit is cut for an exemption used on gifts late in 1976 (2010(b)), and the
exclusion is never less than what gifts have used of it (20.2010-1(c)).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, RateTable
from planning.engine.worksheet import Figure, Worksheet, at_least_zero, smaller_of

# 20% of the exemption of old section 2521 used on gifts from September 9 to December 31, 1976; that exemption was
# 30,000, so at most 6,000. IRC 2010(b), 2505(b); United States v. Hemme, 476 U.S. 558 (1986).
EXEMPTION_PERCENT = Decimal(20)
HIGHEST_REDUCTION = Decimal(6_000)


def applicable_exclusion_amount(sheet: Worksheet, law: Law, dsue_amount: Figure, basic: Figure | None = None) -> Figure:
    """Write basic exclusion plus DSUE (USD) and return their sum. IRC 2010(c)(2), 2505(a)(1).

    `basic` is a line that stands in place of the basic exclusion of `law`.
    """
    if basic is None:
        basic = law[BASIC_EXCLUSION_AMOUNT].on(sheet)
    dsue = sheet.write("Deceased spousal unused exclusion amount (DSUE)", dsue_amount, "IRC 2010(c)(4)")
    return sheet.write("Applicable exclusion amount", basic + dsue, "IRC 2010(c)(2)")


def applicable_credit_amount(sheet: Worksheet, table: RateTable, exclusion: Figure) -> Figure:
    """Write and return the tentative tax on the applicable `exclusion` amount. IRC 2010(c)(1)."""
    return sheet.write("Applicable credit amount", table.on(exclusion), "IRC 2010(c)(1)", "IRC 2001(c)")


def pre_1977_reduction(exemption_used: Decimal) -> Decimal:
    """Return what an exemption used on gifts after September 8, 1976 takes off the credit, USD. IRC 2010(b)."""
    return min(HIGHEST_REDUCTION, exemption_used * EXEMPTION_PERCENT / 100)


def exclusion_not_taken_back(basic_exclusion: Decimal, used_by_gifts: Decimal) -> Decimal:
    """Return the basic exclusion that the estate counts with, USD.

    Where gifts used more of an earlier, larger exclusion than there is at death,
    what they used counts. Treas. Reg. 20.2010-1(c)(1)-(2).
    """
    return max(basic_exclusion, used_by_gifts)


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
