"""Dates that follow from the plan: gift returns, the estate tax return, the QDOT election and its later returns."""

from __future__ import annotations

from datetime import date

from planning.engine.assumptions import Assumptions
from planning.engine.results import Deadline
from planning.engine.rules.s2035_three_years import three_years_over
from planning.engine.rules.s7503_due_dates import (
    IsHoliday,
    add_months,
    form_706_due,
    form_706_qdt_due_for_death,
    form_709_due,
    qdot_election_last_day,
)


def deadlines_of_plan(
    *,
    assumptions: Assumptions,
    as_of: date,
    gifts: bool,
    qdot: bool,
    is_holiday: IsHoliday,
    policies_given: bool = False,
    gifts_to_trust: bool = False,
) -> list[Deadline]:
    """Return the plan's dates in order of time.

    The deaths are assumed at the end of their years, so dates that hang on them
    are marked assumed. IRC 6075, 6081, 2056A(b)(5), (d), 7503. `policies_given` and
    `gifts_to_trust` say what an insurance trust would receive this year.
    """
    found: list[Deadline] = []
    if policies_given:
        found.append(
            Deadline(
                "Three years since the policies were given: the insured must live to this day",
                three_years_over(as_of),
                ("IRC 2035(a)", "IRC 2042"),
                assumed=True,
                note="Counted from a gift of the policies on the day of this plan; the real day decides.",
            )
        )
    if gifts_to_trust:
        found.append(
            Deadline(
                f"Form 709 for what the insurance trust received in {as_of.year}",
                form_709_due(as_of.year, is_holiday),
                ("IRC 6019", "IRC 6075(b)(1)"),
                assumed=False,
                note="Needed for every dollar that no right of withdrawal covers; on it GST exemption is allocated.",
            )
        )
    if gifts:
        found.append(
            Deadline(
                f"Form 709 for gifts of {as_of.year}, if they pass the yearly exclusion",
                form_709_due(as_of.year, is_holiday),
                ("IRC 6019", "IRC 6075(b)(1)"),
                assumed=False,
                note="Gifts within the exclusion for a spouse who is not a citizen need no return.",
            )
        )
    years, second = assumptions.years_to_first_death, assumptions.years_to_second_death
    if years is None or second is None:
        return found
    death = date(as_of.year + years, 12, 31)
    note = f"Counted from an assumed death on {death.isoformat()}; the real date of death decides."
    due = form_706_due(death, is_holiday)
    extended = form_706_due(death, is_holiday, extended=True)
    found += [
        Deadline("Form 706: file and pay", due, ("IRC 6075(a)", "IRC 6151(a)"), assumed=True, note=note),
        Deadline(
            "Form 4768: ask for six more months to file",
            due,
            ("IRC 6081(a)", "Treas. Reg. 20.6081-1"),
            assumed=True,
            note=note,
        ),
        Deadline(
            "Form 706 with Form 4768 filed in time", extended, ("IRC 6075(a)", "IRC 6081(a)"), assumed=True, note=note
        ),
    ]
    last_day = qdot_election_last_day(death, extended=True)
    if qdot:
        found += [
            Deadline(
                "QDOT election on the last return filed in time",
                extended,
                ("IRC 2056A(a)(3), (d)", "Treas. Reg. 20.2056A-3(a)"),
                assumed=True,
                note=f"{note} A first return filed late can elect until {last_day.isoformat()}.",
            ),
            Deadline(
                "Assign to the QDOT what passed outright, in writing and for good",
                extended,
                ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)"),
                assumed=True,
                note=f"{note} On or before the day the return is actually filed.",
            ),
            Deadline(
                "Convey the assigned property to the QDOT, where there is no administration",
                # From the date before IRC 7503: a weekend gives no day more here.
                add_months(add_months(death, 15), 12),
                ("Treas. Reg. 20.2056A-4(b)(6)",),
                assumed=True,
                note=note,
            ),
            Deadline(
                f"Form 706-QDT for the year {death.year + 1}, if principal was paid out",
                form_709_due(death.year + 1, is_holiday),
                ("IRC 2056A(b)(5)(A)", "Treas. Reg. 20.2056A-11(a)"),
                assumed=True,
                note=f"{note} The same day of every later year with a principal or hardship distribution.",
            ),
            Deadline(
                "Form 706-QDT: file and pay after the survivor's death",
                form_706_qdt_due_for_death(date(as_of.year + second, 12, 31), is_holiday),
                ("IRC 2056A(b)(5)(B)",),
                assumed=True,
                note=f"Counted from an assumed death on {as_of.year + second}-12-31.",
            ),
        ]
    return sorted(found, key=lambda deadline: deadline.due)
