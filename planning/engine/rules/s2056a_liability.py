"""IRC 2056A(b)(6)-(8), 691(c), 2056(d): who owes the 2056A tax, what kind of tax it is, and which rules bind.

Every trustee is liable personally and other QDOTs of the same decedent can be
reached. The tax is an estate tax of the first decedent. The regulations bind
for first deaths from 1995-08-22; the parts amended in July 2026 bind all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.finding import Finding

REGULATIONS_BIND_FROM = date(1995, 8, 22)


def regulations_bind(first_death: date) -> bool:
    """Return whether Treas. Reg. 20.2056A-1 to -12 apply of their own force to this first death.

    Treas. Reg. 20.2056A-13.
    """
    return first_death >= REGULATIONS_BIND_FROM


def liability_finding(*, tax: Decimal | None, number_of_qdots: int) -> Finding:
    """Return the finding who owes the tax (USD; None: not computed). IRC 2056A(b)(6), (8)."""
    others = " The property of the decedent's other QDOTs can be reached too." if number_of_qdots > 1 else ""
    return Finding(
        "EST-70",
        "undecided" if tax is None else "fired" if tax > 0 else "not_fired",
        "warn",
        "Is anyone personally liable for the tax?",
        "Every trustee is personally liable for the tax and can be discharged as an executor can; a lien lies on the "
        "trust as if the first decedent had died on the day of the event. More time to file is no more time to pay."
        + others,
        ("IRC 2056A(b)(6)", "IRC 2056A(b)(8)", "IRC 2204", "IRC 6324", "Treas. Reg. 20.2056A-11"),
        measured=tax,
        form="Form 706-QDT",
        questions=("Is a trustee also a withholding agent for a nonresident spouse (IRC 1461)?",),
    )


def character_finding(*, tax: Decimal | None) -> Finding:
    """Return the finding what kind of tax it is. IRC 691(c)(2)(A), 2056A(b)(7); Treas. Reg. 20.2056A-6(a)."""
    return Finding(
        "EST-72",
        "undecided" if tax is None else "fired" if tax > 0 else "not_fired",
        "note",
        "Does the tax count as an estate tax elsewhere?",
        "It is an estate tax: whoever reports income in respect of a decedent deducts it, and it counts as the first "
        "decedent's tax under 2001 for the survivor's credit of 2013.",
        ("IRC 691(c)(2)(A)", "IRC 2056A(b)(7)", "IRC 2056(d)(3)", "Treas. Reg. 20.2056A-6(a)"),
        measured=tax,
        form="Form 706-QDT",
    )


def applicability_finding(first_death: date | None) -> Finding:
    """Return the finding whether the regulations bind for this first death. Treas. Reg. 20.2056A-13."""
    binds = None if first_death is None else regulations_bind(first_death)
    return Finding(
        "EST-73",
        "undecided" if binds is None else "not_fired" if binds else "fired",
        "note" if binds is not False else "warn",
        "Is the first death older than the regulations?",
        "The regulations do not apply of their own force to this death; the statute does, and they show how it is read."
        if binds is False
        else "The regulations apply; sections -2, -4 and -11 as amended from 2026-07-10 apply to every QDOT.",
        ("Treas. Reg. 20.2056A-13", "T.D. 8612", "T.D. 10050"),
        measured=None if first_death is None else first_death.isoformat(),
        threshold=REGULATIONS_BIND_FROM.isoformat(),
        missing=("date_of_death",) if first_death is None else (),
    )
