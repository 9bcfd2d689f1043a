"""IRC 2056(d)(5), 2056A(d); Treas. Reg. 20.2056A-4(a): what a gate not passed can still be cured by, and until when.

While the decedent lives the instrument is simply changed. Afterwards an
instrument may be reformed under its own terms by the due date of the return
with extensions, or in a court proceeding begun by then. The election may come
on the first late return up to a year after that date. Reformation mends what
makes a trust a QDOT; it mends no trust that earned no marital deduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planning.engine.rules.s2056a_gates import GateName

REFORMATION = ("Treas. Reg. 20.2056A-4(a)(1)", "IRC 2056(d)(5)", "Treas. Reg. 20.2056A-4(a)(2)")
OUTRIGHT = ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)")
ELECTION = ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates that bound a cure; None where not known. `asked_on` is the day of the question."""

    decedent_living: bool | None = None
    return_due: date | None = None
    election_last_day: date | None = None
    reformation_begun_on: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cure:
    """Whether a failed gate is curable, by what and until when."""

    route: str
    citations: tuple[str, ...]
    by: date | None = None
    curable: bool = True


def _open(by: date | None, asked_on: date | None) -> bool:
    """Whether a day is still ahead; taken as ahead where either is not known."""
    return by is None or asked_on is None or asked_on <= by


def reformation_open(calendar: Calendar) -> bool:
    """Return whether the instrument may still be reformed, or a court was asked in time. Reg. 20.2056A-4(a)."""
    begun, due = calendar.reformation_begun_on, calendar.return_due
    if begun is not None and due is not None:
        return begun <= due
    return _open(due, calendar.asked_on)


def cure_of(gate: GateName, calendar: Calendar) -> Cure:
    """Return the way to cure the failed `gate`."""
    due, last = calendar.return_due, calendar.election_last_day
    if calendar.decedent_living:
        return Cure("Change the instrument while the decedent lives.", ("Treas. Reg. 20.2056A-2",))
    if gate == "election":
        if _open(last, calendar.asked_on):
            route = "Elect on the return, or on the first late one up to a year after its due date."
            return Cure(route, ELECTION, last)
        return Cure("The last day to elect has passed; ask about relief.", ELECTION, last, curable=False)
    if gate == "marital_form":
        route = (
            "The trust earns no marital deduction by itself, and reforming it to a QDOT does not change that; "
            "only what the spouse owns outright may be assigned to a QDOT."
        )
        return Cure(route, OUTRIGHT, curable=False)
    if not reformation_open(calendar):
        route = "The due date of the return has passed and no court was asked by then."
        return Cure(route, REFORMATION, due, curable=False)
    if gate == "tax_home":
        route = "Appoint a US Trustee whose tax home is in the United States, before the return is made."
        return Cure(route, ("Treas. Reg. 20.2056A-2(d)(2)", "Treas. Reg. 20.2056A-4(a)(1)"), due)
    route = (
        "Reform the instrument under its own terms, or begin a court proceeding to reform it, by the due date "
        "of the return with extensions."
    )
    return Cure(route, REFORMATION, due)
