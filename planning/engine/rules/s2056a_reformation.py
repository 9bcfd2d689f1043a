"""IRC 2056(d)(5); Treas. Reg. 20.2056A-2(b)(1), -4(a): a trust that is a QDOT already, or is reformed into one.

A reform under the instrument's own terms is complete when the return counts as
filed. One by a court is only begun by the return's due date, extensions in,
whenever the return is filed; until it ends the trust is treated as a QDOT.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planning.engine.rules.three_valued import all_of

CourtStage = Literal["completed", "pending", "abandoned"]
BY_WILL = ("IRC 2056(d)(2)(A)", "Treas. Reg. 20.2056A-2(b)(1)")
BY_INSTRUMENT = ("Treas. Reg. 20.2056A-4(a)(1)",)
BY_COURT = ("IRC 2056(d)(5)", "Treas. Reg. 20.2056A-4(a)(2)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtReform:
    """What is known of a judicial reformation; None is unknown."""

    commenced_on: date | None
    commenced_in_time: bool | None
    stage: CourtStage | None
    effective_under_local_law: bool | None
    may_be_amended_out: bool | None
    duties_met_meanwhile: bool | None


def passes_in_qdot(*, is_qdot: bool | None) -> bool | None:
    """Return whether property left to a trust passes in a QDOT: the trust meets every demand when the return is made.

    No date of its own: a trust in a will or living trust needs no act of the spouse.
    """
    return is_qdot


def counts_as_filed(due: date, filed_on: date | None) -> date:
    """Return the day a return counts as filed for a reform: the due date if early or not filed yet, else its own day.

    Treas. Reg. 20.2056A-4(a)(1). Not for the spouse's transfers: there the actual day counts.
    """
    return due if filed_on is None else max(due, filed_on)


def reformed_in_time(completed_on: date, due: date, filed_on: date | None) -> bool:
    """Return whether a reform under the instrument's terms was complete in time. Treas. Reg. 20.2056A-4(a)(1)."""
    return completed_on <= counts_as_filed(due, filed_on)


def commenced_in_time(commenced_on: date, due: date) -> bool:
    """Return whether a court was asked in time: by the due date, whenever the return is filed. IRC 2056(d)(5)(A)(i)."""
    return commenced_on <= due


def court_reform_holds(court: CourtReform, due: date | None) -> bool | None:
    """Return whether property passes in a QDOT by judicial reformation, for the time being if it is still pending.

    IRC 2056(d)(5); Treas. Reg. 20.2056A-4(a)(2). What is not known of local law
    and of powers to amend is taken as in order; a stage not known is not.
    """
    begun = court.commenced_in_time
    if court.commenced_on is not None and due is not None:
        begun = commenced_in_time(court.commenced_on, due)
    return all_of(
        begun,
        None if court.stage is None else court.stage != "abandoned",
        court.effective_under_local_law is not False,
        court.may_be_amended_out is not True,
    )
