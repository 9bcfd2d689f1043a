"""Rules considered: every rule of law that a plan's facts can be asked about, and what came of it."""

from __future__ import annotations

from planning.engine.finding import Finding
from planning.engine.findings import basis, citizenship, estate, gifts, states, trust
from planning.engine.findings.asking import Check, PlanFacts

CHECKS: tuple[Check, ...] = (
    *estate.CHECKS,
    *states.CHECKS,
    *trust.CHECKS,
    *gifts.CHECKS,
    *citizenship.CHECKS,
    *basis.CHECKS,
)


def findings_of_plan(facts: PlanFacts) -> list[Finding]:
    """Return one finding for each rule that is asked of a plan, in the order of the law."""
    return [check.ask(facts) for check in CHECKS]
