"""Findings about the marital deduction: the denial, its exceptions, treaties, and interests that may end."""

from __future__ import annotations

from planning.engine.finding import Finding, State
from planning.engine.rules.s2056_marital_deduction import ROUTES, Route, denied_for_noncitizen
from planning.engine.rules.s2056b_terminable import Gate
from planning.engine.rules.treaties import CHOICE, Choice
from planning.engine.treaties import Treaty

SCHEDULE_M = "Form 706 Schedule M"
ROUTE_QUESTIONS: dict[Route, str] = {
    "passes_to_qdot": "Does the trust meet every condition of a QDOT?",
    "reformed_trust": "Is the reformation, or the proceeding for it, done by the date that the regulation sets?",
    "assigned_by_spouse": "Which property does the spouse assign, by what paper, and on which day?",
    "nonassignable_annuity": "Which agreement and information statement go with the return?",
}


def _state(*, fired: bool | None) -> State:
    if fired is None:
        return "undecided"
    return "fired" if fired else "not_fired"


def denial_finding(*, spouse_is_us_citizen: bool | None, citizen_before_return: bool, saved: bool) -> Finding:
    """Return whether 2056(d)(1) denies the deduction; `saved`: an exception holds for what passes."""
    denied: bool | None = None
    if spouse_is_us_citizen is not None or citizen_before_return:
        denied = denied_for_noncitizen(
            spouse_is_us_citizen=bool(spouse_is_us_citizen), citizen_before_return=citizen_before_return
        )
    words = {
        None: "the spouse's citizenship on the day of death is not known",
        True: "the spouse is not a citizen, so the deduction is denied unless an exception holds",
        False: "the spouse is or counts as a citizen: the ordinary rules apply, whoever the decedent was",
    }
    return Finding(
        rule="EST-20",
        state=_state(fired=denied),
        severity="stop" if denied and not saved else "note",
        test="Is the surviving spouse, at the death, not a citizen of the United States?",
        text=f"{words[denied]}{'; an exception holds' if denied and saved else ''}",
        citations=("IRC 2056(d)(1)", "Treas. Reg. 20.2056A-1(a)"),
        form=SCHEDULE_M,
        missing=("spouse_is_us_citizen",) if denied is None else (),
    )


def route_finding(route: Route, *, holds: bool | None, missing: tuple[str, ...]) -> Finding:
    """Return whether one way into a QDOT saves the deduction."""
    words, citations = ROUTES[route]
    return Finding(
        rule="EST-21",
        state=_state(fired=holds),
        severity="note" if holds else "stop" if holds is False else "warn",
        test=f"Does the exception hold: {words}, and is the election made in time?",
        text={True: "the exception holds", False: "the exception fails", None: "not decided yet"}[holds],
        citations=(*citations, "IRC 2056A(d)", "Treas. Reg. 20.2056A-3"),
        form=SCHEDULE_M,
        questions=() if holds else (ROUTE_QUESTIONS[route],),
        missing=missing,
    )


def treaty_finding(country: str, treaty: Treaty | None, choice: Choice) -> Finding:
    """Return what a treaty may change for the marital deduction; the treaty's own text is for the attorney."""
    if treaty is None:
        return Finding(
            rule="EST-25",
            state="not_fired",
            severity="note",
            test="Does an estate tax treaty with the country give a marital deduction?",
            text=f"{country}: no estate tax treaty with the United States",
            citations=CHOICE,
        )
    words: dict[Choice, str] = {
        "treaty": "the estate takes the treaty's relief, and no QDOT for the property",
        "qdot": "the estate elects the QDOT, and so no relief of the treaty",
        "none": "neither the treaty's relief nor a QDOT is elected; one of the two may be",
        "both_refused": "the treaty's relief and the QDOT cannot both be taken",
        "no_treaty_relief": "the treaty has no relief for decedents who were citizens or residents",
        "attorney": "the treaty has a marital relief that may reach residents too, on its own conditions",
    }
    return Finding(
        rule="EST-25",
        state="undecided" if choice in {"none", "attorney"} else _state(fired=choice == "treaty"),
        severity="stop" if choice == "both_refused" else "warn",
        test=f"Treaty with {treaty.called}: its relief for the spouse or a QDOT, one of the two?",
        text=words[choice],
        citations=CHOICE,
        measured=choice,
        form=f"{SCHEDULE_M}; Form 706-NA",
        questions=(
            f"Does the treaty with {treaty.called} give a marital deduction or credit here, and on what conditions?",
            "Which costs less over both deaths: the treaty's relief or the QDOT?",
        ),
    )


def interest_finding(gate: Gate | None) -> Finding:
    """Return whether the interest of the spouse may be deducted at all. IRC 2056(b)."""
    if gate is None:
        return Finding(
            rule="EST-27",
            state="undecided",
            severity="note",
            test="Can the interest of the spouse end, so that others take?",
            text="the form of the spouse's interest is not stated; it is taken to qualify",
            citations=("IRC 2056(b)(1)",),
            form=SCHEDULE_M,
            missing=("spouse_interest",),
        )
    return Finding(
        rule="EST-27",
        state=_state(fired=None if gate.passes is None else not gate.passes),
        severity="note" if gate.passes else "stop" if gate.passes is False else "warn",
        test="Can the interest of the spouse end, so that others take?",
        text=gate.reason,
        citations=gate.citations,
        form=SCHEDULE_M,
        missing=gate.missing,
    )
