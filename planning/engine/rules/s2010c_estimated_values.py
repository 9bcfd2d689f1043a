"""Treas. Reg. 20.2010-2(a)(7)(ii): a return filed for portability alone may estimate what is deducted whole.

The estate is not required to file, and the whole interest passes to the spouse or
charity under a deduction. The return then shows the estimates together, rounded
up to the next 250,000, at items 10 and 23. Not where the value itself matters
elsewhere: alternate or special use value, a reverse QTIP election, payment in
installments, a share of somebody else, or a deduction for a part.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from planning.engine.rules.three_valued import all_of, opposite

STEP = Decimal(250_000)
CITATIONS = ("Treas. Reg. 20.2010-2(a)(7)(ii)",)


def may_be_estimated(
    *, return_required: bool | None, deducted_whole: bool, value_matters_elsewhere: bool | None
) -> bool | None:
    """Return whether the values may be estimated; None while a fact that decides is not known."""
    return all_of(opposite(return_required), deducted_whole, opposite(value_matters_elsewhere))


def amount_on_the_return(estimated: Decimal) -> Decimal:
    """Return what stands at items 10 and 23 for estimates of together `estimated` USD: the next 250,000."""
    return (estimated / STEP).to_integral_value(ROUND_CEILING) * STEP
