"""Treas. Reg. 20.0-1(b): domicile, which decides between a resident and a nonresident decedent.

A person acquires it by living in a place, even briefly, with no definite present
intention of leaving. Living there without that intention is not enough, nor is
the intention without living there. The United States are the States and the
District of Columbia. Where a person is domiciled is a conclusion of the
attorney; the facts stated here only point somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planning.engine.finding import Finding

Place = Literal["us", "foreign"]
QUESTIONS = (
    "Where did the person live, since when, and with what intention to stay or to leave?",
    "Which home, family, business, papers and declarations show that intention?",
)


def domicile_points_to(*, lived_in_us: bool | None, definite_intention_to_leave: bool | None) -> Place | None:
    """Return where the stated facts point, None where one of the two is not known.

    Both are needed: actual residence, and no definite present intention of
    leaving. Treas. Reg. 20.0-1(b)(1).
    """
    if lived_in_us is False:
        return "foreign"
    if lived_in_us is None or definite_intention_to_leave is None:
        return None
    return "foreign" if definite_intention_to_leave else "us"


def domicile_finding(
    who: str,
    *,
    points_to: Place | None,
    concluded: Place | None,
    evidence: Mapping[str, str],
) -> Finding:
    """Return the finding about `who`; it is decided only where the attorney has concluded.

    `evidence` are facts that speak for or against (visa, home, tax residence);
    they are shown and decide nothing. IRC 2001(a), 2101(a).
    """
    names = {"us": "the United States", "foreign": "a place outside the United States"}
    facts = f"the stated facts point to {names[points_to]}" if points_to else "the stated facts decide nothing"
    shown = "".join(f"; {name.replace('_', ' ')}: {word}" for name, word in sorted(evidence.items()))
    apart = points_to is not None and concluded is not None and points_to != concluded
    conclusion = f"concluded: {names[concluded]}" if concluded else "the attorney has not concluded yet"
    return Finding(
        rule="EST-26",
        state="undecided" if concluded is None else "fired" if concluded == "us" else "not_fired",
        severity="warn" if apart or concluded is None else "note",
        test=f"Was {who} domiciled in the United States?",
        text=f"{conclusion}; {facts}{', which is another place' if apart else ''}{shown}",
        citations=("Treas. Reg. 20.0-1(b)(1)-(2)", "IRC 2001(a)", "IRC 2101(a)"),
        measured=points_to,
        threshold="us",
        form="Form 706 part 1; Form 706-NA part I",
        questions=QUESTIONS if apart or concluded is None else (),
        missing=() if concluded else (f"{who}_domicile",),
    )
