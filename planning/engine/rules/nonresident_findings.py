"""Findings about the estate of a nonresident noncitizen: which tax, which credit, and where property is situated."""

from __future__ import annotations

from planning.engine.finding import Finding
from planning.engine.rules.inclusion import Ruling, Undecided
from planning.engine.worksheet import plain

FORM = "Form 706-NA"


def nonresident_finding(*, prorated: bool, possession: bool) -> Finding:
    """Return that 2101 governs the estate, and which credit it has."""
    if prorated:
        credit = "the treaty's share of the full credit, if the return shows the worldwide estate"
    elif possession:
        credit = "the larger of 13,000 and the US share of 46,800"
    else:
        credit = "the credit of 13,000"
    return Finding(
        rule="EST-11",
        state="fired",
        severity="note",
        test="Is the estate taxed as that of a nonresident who was not a citizen?",
        text=f"property situated in the United States is taxed, after {credit}; there is no exclusion of property",
        citations=("IRC 2101", "IRC 2102(b)", "IRC 2103", "IRC 2106"),
        form=FORM,
        questions=("Is every asset outside the United States shown on the return?",),
    )


def situs_finding(name: str, ruling: Ruling) -> Finding:
    """Return whether an asset is situated in the United States."""
    test = f"Is this situated in the United States: {name}?"
    if isinstance(ruling, Undecided):
        settled = "attorney_situs" not in ruling.missing
        return Finding(
            rule="EST-11",
            state="undecided",
            severity="warn",
            test=test,
            text="not decided yet" if settled else "no rule settles where such an interest is situated",
            citations=("IRC 2103", "IRC 2104", "IRC 2105"),
            form=f"{FORM} schedule A",
            questions=() if settled else ("Where does the attorney hold the interest to be situated, and why?",),
            missing=ruling.missing,
        )
    return Finding(
        rule="EST-11",
        state="fired" if ruling.percent else "not_fired",
        severity="note",
        test=test,
        text=f"{plain(ruling.percent.normalize())}%: {ruling.reason}",
        citations=ruling.citations,
        measured=ruling.percent,
        form=f"{FORM} schedule A",
    )
