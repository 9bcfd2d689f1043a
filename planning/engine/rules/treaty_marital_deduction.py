"""Treaties with France, article 11(3), and Germany, article 10(6): a limited deduction for a spouse who is no citizen.

It is the smaller of the spouse's property, that would be deducted if the spouse
were a citizen, and the exclusion of the year of death, which earlier gifts do
not cut. The executor elects it and gives up the marital deduction, a QDOT with
it. The limit and France's conditions of domicile and citizenship were read in
official accounts of the protocols, Germany's conditions were not.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law
from planning.engine.worksheet import ZERO, Figure, Worksheet, smaller_of


def limited_deduction(*, to_spouse: Decimal, exclusion: Decimal) -> Decimal:
    """Return the deduction, USD: at most `exclusion`, that of the year of death before gifts use any of it."""
    return max(ZERO, min(to_spouse, exclusion))


def write_limited_deduction(sheet: Worksheet, article: str, *, to_spouse: Figure, law: Law) -> Figure:
    """Write the deduction and return it, USD; `law` is the law of the date of death."""
    exclusion = law[BASIC_EXCLUSION_AMOUNT].on(sheet)
    amount = limited_deduction(to_spouse=to_spouse.amount, exclusion=exclusion.amount)
    words = smaller_of(to_spouse, exclusion).how
    return sheet.write("Marital deduction of the treaty", Figure(amount, words), article)
