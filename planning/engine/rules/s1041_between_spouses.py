"""IRC 1041: between spouses no gain, no loss, and the giver's basis; not for a recipient who is a nonresident alien.

Resident is meant as for the income tax, 7701(b), and an election under 6013(g)
or (h) makes a spouse one. 1015 then does not apply, nor its addition for gift
tax (1015(e)). Property in trust with more debt than basis is the exception:
the excess is gain and joins the basis (1041(e)).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.three_valued import any_of
from planning.engine.worksheet import ZERO, Figure, at_least_zero

CITATIONS = ("IRC 1041(a), (b)(2)", "IRC 1015(e)")
SHIELD_OFF = ("IRC 1041(d)", "Treas. Reg. 1.1041-1T(a) A-3", "Treas. Reg. 1.1001-1(e)")


def resident_for_income_tax(*, citizen: bool | None, resident: bool | None, elected: bool | None) -> bool | None:
    """Return whether 1041 covers the recipient: a citizen, a resident by 7701(b), or one by election. IRC 1041(d)."""
    return any_of(citizen, resident, elected)


def governed_by_1041(*, resident: bool) -> bool:
    """Return which section gives the basis: 1041(b)(2) for a resident recipient, else 1015. IRC 1015(e), 1041(d)."""
    return resident


def basis_under_1041(*, basis: Figure, excess_debt: Figure) -> Figure:
    """Return the recipient's basis, USD, for gain and for loss alike. IRC 1041(b)(2), (e)."""
    return basis + excess_debt


def debt_above_basis(*, debt: Figure, basis: Figure, in_trust: bool) -> Figure:
    """Return what debt exceeds the basis by, USD, where the gift is in trust; it is gain of the giver. IRC 1041(e)."""
    return at_least_zero(debt - basis) if in_trust else Figure(ZERO, "not in trust")


def gain_without_shield(
    *, value: Decimal, basis: Decimal, consideration: Decimal, releases_marital_rights: bool
) -> Decimal:
    """Return the giver's gain, USD, on a transfer to a recipient 1041 does not cover.

    A pure gift has none. What the recipient pays or takes over in debt above
    the basis is gain; for the release of marital rights the whole value is the
    price. Treas. Reg. 1.1001-1(e); United States v. Davis, 370 U.S. 65 (1962).
    """
    price = value if releases_marital_rights else consideration
    return max(ZERO, price - basis)
