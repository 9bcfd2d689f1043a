"""IRC 2056(d)(4): a spouse who becomes a citizen before the return is made counts as a citizen.

The oath must come before the day the return is made, and the spouse must have
been resident in the United States (estate-tax domicile) at all times in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, form_706_due
from planning.engine.worksheet import to_cents

# The penalty for filing late: 5% of the tax for each month or part of one, five of them at most. IRC 6651(a)(1).
PENALTY_PERCENT, MOST_PENALTY_MONTHS = Decimal(5), 5
CITATIONS = ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)")


@dataclass(frozen=True, slots=True)
class CitizenshipBeforeReturn:
    """The answer with the two dates it turns on."""

    return_due: date
    return_made: date
    reason: str
    treated_as_citizen: bool


def return_made_on(return_due: date, return_filed_on: date | None) -> date:
    """Return the day the return counts as made: early ones on the due date, late ones on their day.

    Treas. Reg. 20.2056A-1(b). None: not filed yet, taken as filed in time.
    """
    return return_due if return_filed_on is None or return_filed_on <= return_due else return_filed_on


def oath_before_return(oath: date, return_made: date) -> bool:
    """Return whether the oath comes before the day the return is made; that day is too late. IRC 2056(d)(4)(A)."""
    return oath < return_made


def payment_due(date_of_death: date, is_holiday: IsHoliday) -> date:
    """Return the day the tax is due, which an extension to file does not move. IRC 6151(a), 6075(a)."""
    return form_706_due(date_of_death, is_holiday)


def late_months(return_due: date, return_filed_on: date) -> int:
    """Return the months and parts of months a return is late, none where it is in time."""
    months = 0
    while add_months(return_due, months) < return_filed_on:
        months += 1
    return months


def late_filing_penalty(tax: Decimal, months: int) -> Decimal:
    """Return the penalty on `tax` USD unpaid at the due date, 5% a month up to 25%. IRC 6651(a)(1), (b)(1)."""
    return to_cents(tax * PENALTY_PERCENT * min(months, MOST_PENALTY_MONTHS) / 100)


def resident_throughout(*, domiciled: bool) -> bool:
    """Return whether residence holds: domicile here at all times from the death to the oath. IRC 2056(d)(4)(B)."""
    return domiciled


def ruling_may_waive_conveyance(naturalized_on: date | None) -> bool:
    """Return whether a ruling may waive what is still to be conveyed to a QDOT: after the spouse's oath.

    Treas. Reg. 301.9100-1, as LTR 202332013 did.
    """
    return naturalized_on is not None


def citizenship_before_return(
    *,
    date_of_death: date,
    return_filed_on: date | None,
    extension_granted: bool,
    naturalized_on: date,
    us_domiciled_throughout: bool,
    is_holiday: IsHoliday,
) -> CitizenshipBeforeReturn:
    """Return whether the spouse is treated as a citizen, and why.

    A return filed early counts as made on the last due date, extensions
    included; one filed late on its actual date; None means it is not filed
    yet and is taken to be filed on time.
    """
    due = form_706_due(date_of_death, is_holiday, extended=extension_granted)
    made = return_made_on(due, return_filed_on)
    if not resident_throughout(domiciled=us_domiciled_throughout):
        reason = "the spouse was not resident in the United States at all times since the death"
        return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=False)
    if not oath_before_return(naturalized_on, made):
        reason = (
            f"the oath on {naturalized_on.isoformat()} is not before {made.isoformat()}, when the return counts as made"
        )
        return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=False)
    reason = f"citizen on {naturalized_on.isoformat()}, before {made.isoformat()}, the day the return counts as made"
    return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=True)
