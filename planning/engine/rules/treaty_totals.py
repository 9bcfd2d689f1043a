"""What a treaty shelters in all, where everything passes to a spouse who is not a citizen.

France and Germany deduct up to one exclusion on top of the decedent's own:
twice the exclusion. Canada gives the credit twice, which covers less, since the
first dollars of the schedule are taxed at lower rates. Of a citizen or resident,
without earlier gifts and before other credits.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.treaties import MaritalKind


def sheltered_total(kind: MaritalKind, law: Law) -> Decimal:
    """Return the largest estate without tax at the first death, USD, under the law of the date of death."""
    exclusion = law.basic_exclusion_amount
    if kind == "deduction":
        return 2 * exclusion
    return law.rate_table.amount_taxed_at(2 * law.rate_table.credit_for(exclusion))


def no_tax_now(estate: Decimal, total: Decimal) -> bool:
    """Return whether an estate (USD, nothing deducted for the spouse) stays within the total."""
    return estate <= total
