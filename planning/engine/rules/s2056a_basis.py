"""IRC 2056A(b)(13); Treas. Reg. 20.2056A-12: basis of what a QDOT holds, sells or pays out.

A taxed payment of principal in kind counts as a gift, and its 2056A tax as
gift tax, for section 1015. An exempt one carries the trust's basis over. A sale
is no event of the 2056A tax. For a trust that ceases to qualify the law names a
tax and no basis.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure

TAXED = ("IRC 2056A(b)(13)", "Treas. Reg. 20.2056A-12", "IRC 1015(d)(6)")
EXEMPT = ("IRC 2056A(b)(3)(B), (13)", "IRC 643(e)(1)")
SALE = ("IRC 1012", "IRC 1001(a)", "Treas. Reg. 20.2056A-5(c)(2), (c)(3)(iii)")
NATURALIZED = ("IRC 2056A(b)(12)",)
CEASED = ("IRC 2056A(b)(4)", "IRC 1014(b)")
ASSIGNED = ("Treas. Reg. 20.2056A-4(b)(5)",)
INCOME = ("IRC 1014(c)", "IRC 691(c)(2)(A)", "Treas. Reg. 20.2056A-6(a)")


def counts_as_gift(tax: Decimal) -> bool:
    """Return whether a payment counts as a gift for the basis: only if 2056A tax (USD) was imposed. (b)(13)."""
    return tax > ZERO


def basis_after_taxed_payment(*, basis: Figure, addition: Figure) -> Figure:
    """Return S's basis, USD: the trust's, and the addition for the tax. IRC 1015(a), (d)(6)."""
    return basis + addition


def basis_after_exempt_payment(*, basis: Figure, recognized_gain: Figure) -> Figure:
    """Return S's basis, USD, after hardship or another exempt payment: the trust's, with its gain. IRC 643(e)(1)."""
    return basis + recognized_gain


def basis_of_buyer(price: Figure) -> Figure:
    """Return the basis, USD, of what the trustee's buyer takes over, and of the trust's cash: the price. IRC 1012."""
    return price


def gain_of_trust(*, price: Decimal, basis: Decimal, loss_basis: Decimal) -> Decimal:
    """Return the trust's gain (or loss, below zero), USD; none between the two bases. IRC 1001(a), 1015(a)."""
    return max(ZERO, price - basis) + min(ZERO, price - loss_basis)


def basis_after_naturalization(basis: Figure) -> Figure:
    """Return the basis, USD, after S's oath: no event, nothing changes. IRC 2056A(b)(12)."""
    return basis


def basis_after_assignment(basis: Figure) -> Figure:
    """Return the basis, USD, after S assigned property to the trust: S stays the transferor, nothing changes."""
    return basis


def basis_after_cessation(basis: Figure) -> Figure:
    """Return the basis, USD, after the trust ceased to qualify: no rule changes it; an attorney decides. (b)(4)."""
    return basis


def deduction_for_estate_tax(tax: Decimal) -> Decimal:
    """Return the income tax deduction, USD, for 2056A tax on income in respect of a decedent. IRC 691(c)(2)(A)."""
    return tax
