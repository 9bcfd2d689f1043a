"""What comes behind an answer: where the order would change, without the plan that stands there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planning.engine.assumptions import Source, Value, settle
from planning.engine.facts import Couple
from planning.engine.flips_vectorised import flip_points
from planning.engine.holdings import wealth_today
from planning.engine.law import LawBook
from planning.engine.mortality import LifeTable
from planning.engine.projection.ground import Ground
from planning.engine.readiness import missing_facts
from planning.engine.results import FlipPoint
from planning.engine.state_law import StateBook
from planning.engine.treaties import TreatyBook
from planning.engine.variants import strategies_with_trust


def what_changes_the_order(
    couple: Couple,
    *,
    lawbook: LawBook,
    given: Mapping[str, Value],
    sources: Mapping[str, Source],
    life_table: LifeTable,
    as_of: date,
    state_book: StateBook | None = None,
    treaty_book: TreatyBook | None = None,
) -> list[FlipPoint]:
    """Return the flip points of `make_plan` for the same facts, law and assumptions, and work out nothing else.

    Empty where facts are missing or nothing can be ranked. Raises `LawNotKnownError` as `make_plan` does.
    """
    lawbook.federal(as_of)
    assumptions, _printed = settle(
        couple, given, sources=sources, life_table=life_table, wealth=wealth_today(couple), as_of=as_of
    )
    if missing_facts(couple, assumptions):
        return []
    ground = Ground(couple, assumptions, lawbook, as_of, state_book, treaty_book)
    return flip_points(ground, strategies_with_trust(ground))
