"""The choice of 2010: an executor may have kept the estate out of the estate tax.

P.L. 111-312 sec. 301(a) brought the tax back for deaths of 2010; (c) let the
executor choose the law as it had been before that: no estate tax, and the
carryover basis of IRC 1022. No deduction is then needed, and no QDOT tax arises
for that decedent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from planning.engine.law import Law, RateBracket, RateTable

YEAR_OF_THE_CHOICE = 2010
NO_TAX = RateTable(
    "no_estate_tax_2010", (RateBracket(Decimal(0), Decimal(0), Decimal(0)),), ("P.L. 111-312 sec. 301(c)", "IRC 1022")
)


def may_elect_out(day: date) -> bool:
    """Return whether the estate of a death on `day` had the choice. P.L. 111-312 sec. 301(c)."""
    return day.year == YEAR_OF_THE_CHOICE


def without_estate_tax(law: Law) -> Law:
    """Return the law of an estate that elected out: the same amounts, and no rate above zero."""
    return replace(law, rate_table=NO_TAX)
