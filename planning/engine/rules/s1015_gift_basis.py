"""IRC 1015: property taken by gift keeps the giver's basis, with an addition for the gift tax on its gain.

For a loss the lower value at the gift counts. The addition is the part of the
gift tax paid that falls on the net appreciation, and it never lifts the basis
above the value: (d)(1), (d)(6). Tax that a credit covered was not paid.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure, at_least_zero, given, smaller_of

CITATIONS = ("IRC 1015(a)", "IRC 1015(d)(1), (6)")


def net_appreciation(value: Figure, basis: Figure) -> Figure:
    """Return by how much the value at the gift exceeds the giver's basis, USD. IRC 1015(d)(6)(B)."""
    return at_least_zero(value - basis)


def tax_on_this_gift(*, tax_of_year: Decimal, amount_of_gift: Decimal, taxable_gifts: Decimal) -> Decimal:
    """Return the part of the year's gift tax (USD) that falls on one gift, by taxable amounts. IRC 1015(d)(2)."""
    return ZERO if taxable_gifts == ZERO else tax_of_year * min(amount_of_gift, taxable_gifts) / taxable_gifts


def addition_for_tax(*, tax: Figure, appreciation: Figure, amount_of_gift: Figure) -> Figure:
    """Return what the basis rises by, USD: the tax times appreciation over amount, at most both the tax and the gain.

    `amount_of_gift` is what is left after the annual exclusion; nothing left
    means nothing was taxed. IRC 1015(d)(1)(A), (d)(6)(A).
    """
    if amount_of_gift.amount == ZERO:
        return given(ZERO, "nothing was taxed")
    words = f"{tax.how} times {appreciation.how} over {amount_of_gift.how}"
    part = Figure(tax.amount * appreciation.amount / amount_of_gift.amount, words)
    return smaller_of(part, tax, appreciation)


def basis_under_1015(*, basis: Figure, addition: Figure) -> Figure:
    """Return the recipient's basis for gain, USD: the giver's and the addition for tax. IRC 1015(a), (d)."""
    return basis + addition


def basis_for_loss(*, gain_basis: Decimal, value: Decimal) -> Decimal:
    """Return the recipient's basis for loss, USD: never above the value at the gift. IRC 1015(a)."""
    return min(gain_basis, value)


def basis_of_part_sale(*, basis: Decimal, consideration: Decimal) -> Decimal:
    """Return the basis, USD, of what was partly bought: the price if it is more. Treas. Reg. 1.1015-4(a)."""
    return max(basis, consideration)
