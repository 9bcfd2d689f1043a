"""One thing of a strategy done differently, priced: where a state decides about it.

A bypass trust of the federal exclusion may cost state tax at the first death; one
of the state's exclusion, with the gap in a trust the state lets deduct, puts it
off. Where a state's answer on a QDOT of its own is not settled, the plan counts no
deduction and shows beside it what acceptance would be worth.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.results import Alternative, OrderResult
from planning.engine.strategies.catalogue import BYPASS_TO_STATE_AMOUNT, STATE_ACCEPTS, Strategy, Variation


def alternatives(ground: Ground, strategy: Strategy, result: OrderResult) -> list[Alternative]:
    """Return what could be done differently within `strategy` in this order of death, and what it moves.

    Only what changes a figure is returned; without a known state of domicile there is nothing to vary.
    """
    found: list[Alternative] = []
    if result.figures["state_tax"] is None or result.family_wealth is None:
        return found
    if strategy.credit_shelter and result.figures["state_tax_at_first_death"]:
        text = (
            "The bypass trust holds no more than the state leaves untaxed; the gap up to the federal exclusion goes"
            " into a trust for the spouse that both returns deduct"
        )
        found += _priced(ground, strategy, result, BYPASS_TO_STATE_AMOUNT, "bypass_to_state_amount", text)
    if result.state_questions:
        names = ", ".join(sorted({question.state for question in result.state_questions}))
        text = f"If {names} accepts the QDOT for its own tax: not settled, so the figures of the option do not count it"
        found += _priced(ground, strategy, result, STATE_ACCEPTS, "state_accepts_qdot", text)
    return found


TITLES = {
    "bypass_to_state_amount": "Bypass trust limited to the state amount",
    "state_accepts_qdot": "The state accepts the QDOT",
}


def _priced(
    ground: Ground, strategy: Strategy, result: OrderResult, variation: Variation, name: str, text: str
) -> list[Alternative]:
    changed = project(ground, decedent=result.first_to_die, strategy=strategy, variation=variation)
    moved = (changed.family_wealth or Decimal(0)) - (result.family_wealth or Decimal(0))
    if not moved and changed.figures == result.figures:
        return []
    return [Alternative(name, TITLES[name], text, changed, moved)]
