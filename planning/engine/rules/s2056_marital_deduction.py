"""IRC 2056 and its subsection (d): may what passes to the surviving spouse be deducted?

A citizen's share is deducted in the ordinary way, whoever the decedent was. For
a spouse who is not a citizen the deduction is denied, resident or not, unless
the property comes into a QDOT in one of four ways and the executor elects in
time, the spouse becomes a citizen before the return is made, or a treaty's
deduction is taken instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class MaritalStatus(StrEnum):
    """How a transfer to the surviving spouse is treated."""

    FULL_CITIZEN = "FULL_CITIZEN"
    TREAT_AS_CITIZEN_D4 = "TREAT_AS_CITIZEN_D4"
    QDOT = "QDOT"
    TREATY = "TREATY"
    DENIED = "DENIED"


@dataclass(frozen=True, slots=True)
class MaritalTreatment:
    """The treatment with its reason and authority."""

    status: MaritalStatus
    reason: str
    citations: tuple[str, ...]

    @property
    def deductible(self) -> bool:
        """Whether the transfer is deducted from the gross estate."""
        return self.status is not MaritalStatus.DENIED


Route = Literal["passes_to_qdot", "reformed_trust", "assigned_by_spouse", "nonassignable_annuity"]
# What each way into a QDOT asks for beside the election, with its authority.
ROUTES: dict[Route, tuple[str, tuple[str, ...]]] = {
    "passes_to_qdot": ("it passes to a QDOT", ("IRC 2056(d)(2)(A)", "Treas. Reg. 20.2056A-1(a)(1)(i)")),
    "reformed_trust": (
        "the trust is reformed into a QDOT in time",
        ("IRC 2056(d)(5)", "Treas. Reg. 20.2056A-1(a)(1)(ii)", "Treas. Reg. 20.2056A-4(a)"),
    ),
    "assigned_by_spouse": (
        "the spouse transfers or assigns it to a QDOT before the return is filed and by the last day to elect",
        ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-1(a)(1)(iii)", "Treas. Reg. 20.2056A-4(b)"),
    ),
    "nonassignable_annuity": (
        "the conditions for payments that cannot be assigned are met",
        ("Treas. Reg. 20.2056A-1(a)(1)(iv)", "Treas. Reg. 20.2056A-4(c)"),
    ),
}


def denied_for_noncitizen(*, spouse_is_us_citizen: bool, citizen_before_return: bool) -> bool:
    """Return whether 2056(d)(1) denies the deduction unless an exception holds: the spouse is no citizen.

    Where the spouse lives, and who the decedent was, change nothing.
    """
    return not (spouse_is_us_citizen or citizen_before_return)


def exception_holds(route: Route, *, step_done_in_time: bool | None, timely_election: bool | None) -> bool | None:
    """Return whether a way into a QDOT saves the deduction; None where a fact is missing.

    Each way needs its own step (none where the property passes to the QDOT
    itself) and a timely election. IRC 2056(d)(2), (5); Treas. Reg. 20.2056A-1(a).
    """
    step = True if route == "passes_to_qdot" else step_done_in_time
    if step is False or timely_election is False:
        return False
    return None if step is None or timely_election is None else True


def marital_treatment(
    *, spouse_is_us_citizen: bool, citizen_before_return: bool = False, through_elected_qdot: bool = False
) -> MaritalTreatment:
    """Return how property passing to the spouse is treated. IRC 2056(a), (d)(1), (2), (4), 2056A."""
    denied = denied_for_noncitizen(
        spouse_is_us_citizen=spouse_is_us_citizen, citizen_before_return=citizen_before_return
    )
    if not denied and citizen_before_return and not spouse_is_us_citizen:
        return MaritalTreatment(
            MaritalStatus.TREAT_AS_CITIZEN_D4,
            "the spouse became a citizen before the return was made and stayed resident",
            ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)"),
        )
    if not denied:
        return MaritalTreatment(MaritalStatus.FULL_CITIZEN, "the surviving spouse is a US citizen", ("IRC 2056(a)",))
    if through_elected_qdot:
        return MaritalTreatment(
            MaritalStatus.QDOT,
            "the property passes to a QDOT for which the executor elects",
            ("IRC 2056(d)(2)", "IRC 2056A(a)"),
        )
    return MaritalTreatment(
        MaritalStatus.DENIED,
        "the surviving spouse is not a US citizen and no QDOT is used",
        ("IRC 2056(d)(1)(A)",),
    )
