"""IRC 2056 and its subsection (d): may what passes to the spouse be deducted?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


def marital_treatment(
    *, spouse_is_us_citizen: bool, citizen_before_return: bool = False, through_elected_qdot: bool = False
) -> MaritalTreatment:
    """Return how property passing to the spouse is treated. IRC 2056(a), (d)(1), (2), (4), 2056A."""
    if spouse_is_us_citizen:
        return MaritalTreatment(MaritalStatus.FULL_CITIZEN, "the surviving spouse is a US citizen", ("IRC 2056(a)",))
    if citizen_before_return:
        return MaritalTreatment(
            MaritalStatus.TREAT_AS_CITIZEN_D4,
            "the spouse became a citizen before the return was made and stayed resident",
            ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)"),
        )
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
