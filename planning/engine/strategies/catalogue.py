"""The strategies of this version: what each one does, in the order from simplest to most involved.

A strategy is a combination of four building blocks; the projection reads the
flags, so two strategies can never differ by accident.
"""

from __future__ import annotations

from dataclasses import dataclass


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
BY_ID: dict[str, Strategy] = {strategy.id: strategy for strategy in STRATEGIES}
