"""IRC 2652(a): who is the transferor of a QDOT for the generation-skipping transfer tax.

The decedent is, at first; once the trust is in the survivor's estate the
survivor becomes it, unless the executor makes the reverse QTIP election
(2652(a)(3)) for a QTIP trust. A trust that the spouse funded by assignment has
the spouse as transferor from the start, and no such election is possible.
"""

from __future__ import annotations

from typing import Literal

from planning.engine.finding import Finding

Funding = Literal["decedent", "spouse"]


def reverse_qtip_possible(*, funded_by: Funding, qtip_form: bool) -> bool:
    """Return whether the reverse QTIP election can be made. IRC 2652(a)(3); Treas. Reg. 20.2056A-4(d) example 5."""
    return funded_by == "decedent" and qtip_form


def gst_finding(*, funded_by: Funding | None, qtip_form: bool | None, reverse_qtip_elected: bool | None) -> Finding:
    """Return who is the transferor, and whether the decedent's GST exemption can be used on the QDOT."""
    missing = tuple(name for name, value in (("qdot_funded_by", funded_by), ("qtip_form", qtip_form)) if value is None)
    possible = (
        None
        if funded_by is None or qtip_form is None
        else reverse_qtip_possible(funded_by=funded_by, qtip_form=qtip_form)
    )
    if possible is None:
        text = "not known who funded the trust or whether it has the form of a QTIP trust"
    elif not possible:
        who = "the spouse, who assigned the property" if funded_by == "spouse" else "the spouse, from the second death"
        text = f"no reverse QTIP election is possible; the transferor is {who}"
    elif reverse_qtip_elected:
        text = "the decedent stays the transferor, and the decedent's GST exemption may be allocated"
    else:
        text = "a reverse QTIP election is possible; without it the spouse is the transferor from the second death"
    return Finding(
        rule="EST-80",
        state="undecided" if possible is None else "fired" if possible else "not_fired",
        severity="warn" if possible and reverse_qtip_elected is None else "note",
        test="Can the decedent stay the transferor for the generation-skipping transfer tax?",
        text=text,
        citations=("IRC 2652(a)(1), (3)", "Treas. Reg. 20.2056A-4(d) example 5"),
        form="Form 706 Schedule R",
        questions=("Should the executor make the reverse QTIP election and allocate GST exemption?",)
        if possible
        else (),
        missing=missing,
    )
