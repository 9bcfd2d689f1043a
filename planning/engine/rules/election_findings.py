"""Findings about the ways into a QDOT, its election, hardship, and the spouse's citizenship afterwards.

Fired: the rule gives what it gives (the way is open, the election stands, the
payment is exempt, the tax ends). Not fired: it does not.
"""

from __future__ import annotations

from planning.engine.finding import Finding, Severity, State


def requirement_finding(
    rule: str,
    *,
    met: bool | None,
    test: str,
    text: str,
    citations: tuple[str, ...],
    form: str = "",
    measured: str | None = None,
    threshold: str | None = None,
    question: str = "",
    missing: tuple[str, ...] = (),
    if_not: Severity = "stop",
) -> Finding:
    """Return the finding of a demand of the law: `met` None is undecided; `if_not` is how bad a failure is.

    The `question` goes to the attorney unless the demand is met.
    """
    states: dict[bool | None, State] = {True: "fired", False: "not_fired", None: "undecided"}
    severities: dict[bool | None, Severity] = {True: "note", False: if_not, None: "warn"}
    return Finding(
        rule=rule,
        state=states[met],
        severity=severities[met],
        test=test,
        text=text,
        citations=citations,
        measured=measured,
        threshold=threshold,
        form=form,
        questions=(question,) if question and not met else (),
        missing=missing if met is None else (),
    )
