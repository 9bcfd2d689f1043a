"""Findings about property with several owners: contribution, the QDOT's part, community property."""

from __future__ import annotations

from planning.engine.finding import Finding
from planning.engine.rules.inclusion import HUNDRED, Inclusion
from planning.engine.rules.s2040_joint_property import JointTitle, qdot_part
from planning.engine.worksheet import plain


def contribution_finding(title: JointTitle, inclusion: Inclusion | None, missing: tuple[str, ...]) -> Finding:
    """Return what the contribution rule made of survivorship or common property. IRC 2033, 2040."""
    questions = []
    if inclusion is None or inclusion.presumed:
        questions.append("Which records show what each owner paid, from whose money, and when?")
    if inclusion is None:
        text = "not decided yet"
    else:
        part = plain(qdot_part(inclusion).normalize())
        text = f"{plain(inclusion.percent.normalize())}% is included, {inclusion.reason}; {part}% may go to a QDOT"
    return Finding(
        rule="EST-23",
        state="undecided" if inclusion is None else "fired" if inclusion.percent else "not_fired",
        severity="warn" if questions else "note",
        test=f"How much of property held as {title.replace('_', ' ')} is in the gross estate?",
        text=text,
        citations=("IRC 2033", "IRC 2040", "Treas. Reg. 20.2056A-8(a)"),
        measured=None if inclusion is None else inclusion.percent,
        threshold=HUNDRED,
        form="Form 706 Schedule E",
        questions=tuple(questions),
        missing=missing,
    )


def community_finding(inclusion: Inclusion) -> Finding:
    """Return that the decedent's part of community property alone is included; foreign regimes are not verified."""
    return Finding(
        rule="EST-24",
        state="fired",
        severity="note",
        test="Is only the decedent's half of community property in the gross estate?",
        text=f"{plain(inclusion.percent.normalize())}% is included; the other half is the survivor's own and needs "
        "no QDOT. A regime of another country may differ, and a change of ownership beyond halves is a gift",
        citations=inclusion.citations,
        measured=inclusion.percent,
        form="Form 706",
        questions=("Which regime applied, since when, and is there an agreement about it?",),
    )
