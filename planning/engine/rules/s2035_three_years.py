"""IRC 2035: what was given up or paid as gift tax within three years before the death.

(a) Property comes back if the decedent gave up, within three years, an interest
or power that would have held it in the estate under 2036, 2037, 2038 or 2042. A
plain gift does not come back. (b) Gift tax that the decedent or the estate paid
on gifts of the last three years, of either spouse, is added; a credit used is
no tax paid. (d) A sale for full value, (e) a gift out of a revocable trust and
(c) the reach of these rules are as the section says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planning.engine.rules.inclusion import Inclusion, nothing, whole
from planning.engine.rules.s7503_due_dates import add_months

THREE_YEARS_IN_MONTHS = 36
Payer = Literal["decedent", "estate", "spouse", "other"]
# Tax borne by the decedent's own purse; what the spouse or a donee paid never left the estate.
COUNTED_PAYERS: frozenset[Payer] = frozenset({"decedent", "estate"})
COUNTED_DONORS: frozenset[Payer] = frozenset({"decedent", "spouse"})


def within_three_years(day: date, date_of_death: date) -> bool:
    """Return whether `day` is in the three years that end on the date of death.

    The same day three years before is outside: the period ends with the day of
    death and so begins on the day after it. IRC 2035(a)(1), (b).
    """
    return add_months(date_of_death, -THREE_YEARS_IN_MONTHS) < day <= date_of_death


def three_years_over(day: date) -> date:
    """Return the first day of death on which what was given up on `day` does not come back. IRC 2035(a)(1)."""
    over = add_months(day, THREE_YEARS_IN_MONTHS)
    # Three years after a 29 February the period still begins on that day.
    return over + timedelta(days=1) if within_three_years(day, over) else over


def given_up_inclusion(
    *, given_up_on: date, date_of_death: date, section: str, for_full_value: bool, share: Decimal
) -> Inclusion:
    """Return what is included of property whose retained interest or power was given up before the death.

    `section` names the rule that would have held it (2036, 2037, 2038, 2042);
    `share` is the percent it would have held. IRC 2035(a), (d).
    """
    if for_full_value:
        return nothing("the interest was sold for full value", "IRC 2035(d)")
    if within_three_years(given_up_on, date_of_death):
        reason = f"an interest of {section} given up on {given_up_on.isoformat()}, within three years of the death"
        return Inclusion(share, reason, ("IRC 2035(a)", section))
    return nothing(f"given up on {given_up_on.isoformat()}, more than three years before the death", "IRC 2035(a)")


@dataclass(frozen=True, slots=True)
class GiftTaxPaid:
    """Gift tax paid (USD) on a gift of one day; `donor` made the gift, `payer` paid the tax."""

    gift_on: date
    tax: Decimal
    donor: Payer
    payer: Payer


def gift_tax_inclusion(paid: GiftTaxPaid, date_of_death: date) -> Inclusion:
    """Return whether a payment of gift tax is added to the gross estate. IRC 2035(b)."""
    if paid.donor not in COUNTED_DONORS or paid.payer not in COUNTED_PAYERS:
        return nothing("not gift tax that the decedent or the estate paid on a gift of a spouse", "IRC 2035(b)")
    if within_three_years(paid.gift_on, date_of_death):
        return whole(
            f"gift tax on a gift of {paid.gift_on.isoformat()}, within three years of the death", "IRC 2035(b)"
        )
    return nothing("the gift was made more than three years before the death", "IRC 2035(b)")
