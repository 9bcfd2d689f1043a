"""IRC 7701(a)(30)(E), (31)(B); Treas. Reg. 301.7701-7: is the trust domestic for income tax?

A US court can supervise it (court test) and US persons control every
substantial decision (control test), each day. The gates of a QDOT do not ask
this: a foreign spouse or protector with a veto leaves a QDOT that is a foreign
trust. A US fiduciary lost by accident is replaced within 12 months, or the
trust is foreign from the day of the loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of, opposite

CITATIONS = ("IRC 7701(a)(30)(E)", "IRC 7701(a)(31)(B)", "Treas. Reg. 301.7701-7")
REPLACE_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What decides the two tests; None is unknown. Names are those of the input."""

    us_court_supervises: bool | None = None
    administered_only_in_us: bool | None = None
    instrument_directs_administration_abroad: bool | None = None
    moves_abroad_on_court_action: bool | None = None
    us_persons_control_all_decisions: bool | None = None
    foreign_person_may_veto: bool | None = None


def court_test(control: Control) -> bool | None:
    """Return whether a US court can exercise primary supervision; a trust that flees one fails. Reg. 301.7701-7(c).

    Administered only here, with no direction abroad and no flight clause, is the safe harbor.
    """
    if control.moves_abroad_on_court_action:
        return False
    safe_harbor = all_of(
        control.administered_only_in_us,
        opposite(control.instrument_directs_administration_abroad),
        opposite(control.moves_abroad_on_court_action),
    )
    return True if safe_harbor else control.us_court_supervises


def control_test(control: Control) -> bool | None:
    """Return whether US persons decide everything of substance with nobody else's veto. Reg. 301.7701-7(d)(1)."""
    if control.foreign_person_may_veto:
        return False
    return control.us_persons_control_all_decisions


def is_domestic(control: Control) -> bool | None:
    """Return whether the trust is a US person for income tax. Reg. 301.7701-7(a)(1)-(2)."""
    return all_of(court_test(control), control_test(control))


def replace_by(lost_on: date) -> date:
    """Return the last day to replace a US fiduciary lost by death, resignation or the like. Reg. 301.7701-7(d)(2)."""
    return add_months(lost_on, REPLACE_MONTHS)


def foreign_from(lost_on: date, replaced_on: date | None, asked_on: date | None) -> date | None:
    """Return the day from which the trust is foreign, the loss not mended in time; None: it is not, or not yet."""
    last = replace_by(lost_on)
    mended = asked_on if replaced_on is None else replaced_on
    return None if mended is None or mended <= last else lost_on
