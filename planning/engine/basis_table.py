"""The basis of an asset as a plan states it: where the asset goes, its value and its basis after every event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.facts import Spouse
from planning.engine.rules.basis_facts import Reading

# Where a part of an asset goes at the first death. `own`: it is the survivor's already; `today`: no death can be
# reckoned with yet.
Route = Literal["outright", "qdot", "assigned_qdot", "bypass", "others", "own", "today"]
Happening = Literal[
    "today",
    "gift",
    "naturalization",
    "first_death",
    "assignment",
    "distribution",
    "second_death",
]


@dataclass(frozen=True, slots=True)
class Open:
    """A fact without which a basis cannot be told: where it stands in the case file, and the question."""

    fact: str
    question: str


@dataclass(frozen=True, slots=True)
class BasisEvent:
    """One event of one part of an asset; money is USD.

    `year` is None where no day is known. `basis` is None where a fact is `open`;
    of an event that only pays a part out, `value` and `basis` are of that part.
    `loss_basis` is given where it is lower than the basis, `tax` and `increase`
    where 2056A tax joins the basis. `readings` are the two ways of a silent law.
    """

    kind: Happening
    year: int | None
    on: date | None
    value: Decimal | None
    basis: Decimal | None
    latent_gain: Decimal | None
    rule: str
    words: str
    authority: tuple[str, ...]
    open: tuple[Open, ...] = ()
    loss_basis: Decimal | None = None
    tax: Decimal | None = None
    increase: Decimal | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One part of an asset on one route through both deaths, and the strategies that send it there.

    `owner` is the spouse whose part it is at the first death, `percent` how much
    of the asset; `given`: the other spouse gives it before that.
    """

    asset: int
    name: str
    owner: Spouse
    percent: Decimal
    route: Route
    given: bool
    strategies: tuple[str, ...]
    events: tuple[BasisEvent, ...]


@dataclass(frozen=True, slots=True)
class BasisOfOrder:
    """Every asset on every route in one order of death, and what was taken for it."""

    first_to_die: Spouse
    rows: tuple[BasisRow, ...]
    notes: tuple[str, ...]
