"""One thing of a strategy done differently, priced: where a state decides about it. And what the states leave open.

A bypass trust of the federal exclusion may cost state tax at the first death; one
of the state's exclusion, with the gap in a trust the state lets deduct, puts it
off. Where a state's answer on a QDOT of its own is not settled, the plan counts no
deduction and shows beside it what acceptance would be worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planning.engine.facts import Couple, Spouse
from planning.engine.holdings import LAND, listed_assets
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.results import Alternative, Option, OrderResult, PlanWarning
from planning.engine.state_law import StateBook
from planning.engine.strategies.catalogue import BYPASS_TO_STATE_AMOUNT, STATE_ACCEPTS, Strategy, Variation

SPOUSES: tuple[Spouse, Spouse] = ("a", "b")


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


def inheritance_warnings(couple: Couple, book: StateBook | None) -> list[PlanWarning]:
    """Return what the plan must say of states that tax what heirs take: it does not know the heirs."""
    homes = [couple.person(spouse).domicile_state for spouse in SPOUSES]
    lands = [
        asset.state for asset in listed_assets(couple) or () if asset.kind in LAND and asset.country in (None, "US")
    ]
    found: list[PlanWarning] = []
    for code in dict.fromkeys([*homes, *lands]):
        if book is None or code is None or code not in book.inheritance.states:
            continue
        law = book.inheritance.of(code, book.last_day)
        if not law.classes:
            continue
        text = (
            f"{law.name} taxes what heirs other than the spouse take, children too: that tax is in no figure here."
            if law.taxes_children
            else f"{law.name} taxes what heirs other than spouse and descendants take: none is counted here."
        )
        found.append(PlanWarning("inheritance_tax_not_counted", text))
    return found


def state_warnings(
    couple: Couple, options: Sequence[Option], order: Spouse, book: StateBook | None
) -> list[PlanWarning]:
    """Return what the plan must say of the states: whose taxes are not counted, and whose answers are not settled."""
    found = inheritance_warnings(couple, book)
    unknown = [couple.person(spouse).name for spouse in SPOUSES if couple.person(spouse).domicile_state is None]
    results = [result for option in options for result in option.orders]
    if any(result.status == "computed" and result.figures["state_tax"] is None for result in results):
        whose = f": the state of domicile of {' and '.join(unknown)} is not known" if unknown else ""
        found.append(
            PlanWarning("states_not_counted", f"Figures without a state tax leave state death taxes out{whose}.")
        )
    questions = {
        question.state: question
        for option in options
        for result in option.orders
        if result.first_to_die == order
        for question in result.state_questions
    }
    found += [
        PlanWarning("state_answer_unverified", f"{question.text} {question.question}")
        for question in questions.values()
    ]
    return found
