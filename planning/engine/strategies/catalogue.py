"""The strategies of this version: what each one does, in the order from simplest to most involved.

A strategy is a combination of four building blocks; the projection reads the
flags, so two strategies can never differ by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to arrange things; `number` opens its worksheet codes, `simplicity` 1 is simplest."""

    id: str
    number: int
    title: str
    sentence: str
    simplicity: int
    gifts: bool = False
    credit_shelter: bool = False
    qdot: bool = False
    naturalization: bool = False
    treaty: bool = False
    # The strategy that an insurance trust is added to; None for all others.
    insurance_trust: bool = False
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Variation:
    """One thing done differently within a strategy, to price it; `letter` marks its worksheets.

    `bypass_to_state_amount`: the bypass trust holds no more than the state of
    domicile leaves untaxed. `accept_open`: a state whose answer on a QDOT of
    its own is not settled accepts it.
    """

    letter: str = ""
    bypass_to_state_amount: bool = False
    accept_open: bool = False


AS_DESCRIBED = Variation()
BYPASS_TO_STATE_AMOUNT = Variation("S", bypass_to_state_amount=True)
STATE_ACCEPTS = Variation("U", accept_open=True)

STRATEGIES: tuple[Strategy, ...] = (
    Strategy("outright", 1, "Nothing arranged", "Leaving everything outright", 1),
    Strategy("qdot", 2, "QDOT alone", "A QDOT for the whole share", 5, qdot=True),
    Strategy("lifetime_gifts", 3, "Yearly gifts, the rest outright", "Yearly gifts", 2, gifts=True),
    Strategy("gifts_and_qdot", 4, "Yearly gifts and QDOT", "Yearly gifts and a QDOT", 7, gifts=True, qdot=True),
    Strategy(
        "credit_shelter_and_qdot",
        5,
        "Bypass trust and QDOT",
        "A bypass trust and a QDOT",
        6,
        credit_shelter=True,
        qdot=True,
    ),
    Strategy(
        "gifts_credit_shelter_and_qdot",
        6,
        "Yearly gifts, bypass trust and QDOT",
        "Yearly gifts, a bypass trust and a QDOT",
        8,
        gifts=True,
        credit_shelter=True,
        qdot=True,
    ),
    Strategy("naturalization", 7, "Citizenship", "Citizenship in time", 3, naturalization=True),
    Strategy(
        "naturalization_and_credit_shelter",
        8,
        "Citizenship and bypass trust",
        "Citizenship in time and a bypass trust",
        4,
        credit_shelter=True,
        naturalization=True,
    ),
    Strategy("treaty", 9, "Treaty relief in place of a QDOT", "Treaty relief in place of a QDOT", 9, treaty=True),
)
# Added to the strategy that comes first without it, so it is no row of the table: `with_insurance_trust` makes it.
LIFE_INSURANCE_TRUST = Strategy(
    "life_insurance_trust", 10, "Life insurance trust", "A life insurance trust", 10, insurance_trust=True
)
BY_ID: dict[str, Strategy] = {strategy.id: strategy for strategy in (*STRATEGIES, LIFE_INSURANCE_TRUST)}


def with_insurance_trust(base: Strategy) -> Strategy:
    """Return `base` with a life insurance trust added to it."""
    trust = LIFE_INSURANCE_TRUST
    sentence = trust.sentence if base.id == "outright" else f"{base.sentence} with a life insurance trust"
    return replace(
        base,
        id=trust.id,
        number=trust.number,
        title=trust.title,
        sentence=sentence,
        simplicity=trust.simplicity,
        insurance_trust=True,
        base=base.id,
    )


def strategy_of(name: str, base: str | None) -> Strategy:
    """Return the strategy `name`; `base` is what an insurance trust is added to."""
    return BY_ID[name] if base is None else with_insurance_trust(BY_ID[base])
