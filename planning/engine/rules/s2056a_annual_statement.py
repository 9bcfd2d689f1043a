"""Treas. Reg. 20.2056A-2(d)(3): the statement a US Trustee files every year on Form 706-QDT.

Owed for a year at whose end the trust holds foreign real property, itself or by
look-through, without security, and for a year in which an excluded residence is
sold or is no longer one. Filing it late exposes the trust to the anti-abuse rule.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, next_business_day
from planning.engine.rules.three_valued import all_of, any_of, opposite

CITATION = "Treas. Reg. 20.2056A-2(d)(3)"
EXTENSION_MONTHS = 6
CONTENTS = (
    "name, address and TIN of the US Trustee and of the trust",
    "the assets with their value on the last day of the year, those of a looked-through entity as if owned directly",
    "of a residence sold: day, adjusted sales price, what bought or will buy another, and the steps taken otherwise",
    "of a residence no longer used: the steps taken to give security",
)


def statement_required(
    *, foreign_real_property: Decimal | None, security_operative: bool | None, residence_sold_or_ceased: bool | None
) -> bool | None:
    """Return whether the year owes a statement. (d)(3)(i).

    `foreign_real_property`: USD at year end, look-through included.
    """
    foreign = None if foreign_real_property is None else foreign_real_property > 0
    return any_of(all_of(foreign, opposite(security_operative)), residence_sold_or_ceased)


def statement_due(year_end: date, is_holiday: IsHoliday, *, extended: bool = False) -> date:
    """Return when it is due: April 15 after the calendar year of `year_end`, six months more if extended. (ii)."""
    due = date(year_end.year + 1, 4, 15)
    return next_business_day(add_months(due, EXTENSION_MONTHS) if extended else due, is_holiday)
