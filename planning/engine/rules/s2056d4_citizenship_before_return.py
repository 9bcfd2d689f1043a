"""IRC 2056(d)(4): a spouse who becomes a citizen before the return is made counts as a citizen.

The oath must come before the day the return is made, and the spouse must have
been resident in the United States (estate-tax domicile) at all times in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planning.engine.rules.s7503_due_dates import IsHoliday, form_706_due

CITATIONS = ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)")


@dataclass(frozen=True, slots=True)
class CitizenshipBeforeReturn:
    """The answer with the two dates it turns on."""

    return_due: date
    return_made: date
    reason: str
    treated_as_citizen: bool


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
    made = due if return_filed_on is None or return_filed_on <= due else return_filed_on
    if not us_domiciled_throughout:
        reason = "the spouse was not resident in the United States at all times since the death"
        return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=False)
    if naturalized_on >= made:
        reason = (
            f"the oath on {naturalized_on.isoformat()} is not before {made.isoformat()}, when the return counts as made"
        )
        return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=False)
    reason = f"citizen on {naturalized_on.isoformat()}, before {made.isoformat()}, the day the return counts as made"
    return CitizenshipBeforeReturn(due, made, reason, treated_as_citizen=True)
