"""What each strategy leaves over many drawn paths: expected wealth and tax, the range, the odds against each other.

Not advice and no score: the same comparison as the plan's, made ten thousand
times under the stated assumptions. Where the oath comes after the return of the
first death would be made, the QDOT clause that stays in the wills takes effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from planning.engine.facts import Spouse
from planning.engine.holdings import other
from planning.engine.mortality import LifeTable
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import Cents, Flags, Whole, dollars
from planning.engine.projection.vector_paths import Paths
from planning.engine.projection.vectorised import project_paths
from planning.engine.readiness import last_day_of_oath
from planning.engine.results import Odds, Outlook
from planning.engine.strategies.catalogue import BY_ID, Strategy, with_insurance_trust
from planning.engine.uncertainty.draws import GENERATOR, Drawn, Uncertain, draw
from planning.engine.uncertainty.oaths import after_the_death

TABLE_NOTE = "a period table; it ignores that mortality may improve"
# What the wills still say where citizenship does not come in time.
CLAUSE_THAT_STAYS: Mapping[str, str] = {
    "naturalization": "qdot",
    "naturalization_and_credit_shelter": "credit_shelter_and_qdot",
}


def taken_instead(strategy: Strategy) -> Strategy:
    """Return what takes effect where an oath comes too late; an insurance trust stays on what does."""
    if strategy.base is not None:
        return with_insurance_trust(taken_instead(BY_ID[strategy.base]))
    return BY_ID[CLAUSE_THAT_STAYS.get(strategy.id, strategy.id)]


RANGE = (10, 50, 90)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Wealth and tax by strategy (row) and path, cents; on which paths an oath came too late."""

    wealth: Cents
    tax: Cents
    too_late: Flags


def odds(ground: Ground, strategies: Sequence[Strategy], uncertain: Uncertain, table: LifeTable) -> Odds:
    """Return what `strategies` leave over the paths of `uncertain`; those that are open to the couple.

    Facts, law and every assumption but those that are drawn come from `ground`;
    gifts end at the first death of each path.
    """
    drawn = draw(uncertain, ground.assumptions, table)
    ends = _ends(ground, strategies, uncertain, drawn)
    best = ends.wealth.max(axis=0)
    ranks = [max(1, -(-percent * uncertain.paths // 100)) - 1 for percent in RANGE]
    found: list[Outlook] = []
    for row, strategy in enumerate(strategies):
        wealth = ends.wealth[row]
        low, middle, high = (dollars(value) for value in np.sort(wealth)[ranks])
        regret = best - wealth
        behind = regret > 0
        found.append(
            Outlook(
                strategy=strategy.id,
                expected_family_wealth=_mean(wealth),
                expected_tax=_mean(ends.tax[row]),
                low=low,
                middle=middle,
                high=high,
                chance_ahead={
                    against.id: _percent(wealth > ends.wealth[index])
                    for index, against in enumerate(strategies)
                    if index != row
                },
                chance_first=_percent(~behind),
                expected_regret=_mean(regret),
                regret_when_behind=_mean(regret[behind]),
            )
        )
    first = drawn.dies_first("a", on_a_tie=ground.assumptions.ranking_order)
    return Odds(
        seed=uncertain.seed,
        generator=GENERATOR,
        paths=uncertain.paths,
        life_table=table.name,
        life_table_note=TABLE_NOTE,
        growth=ground.assumptions.growth,
        growth_spread=uncertain.growth_spread,
        chance_a_dies_first=_percent(first),
        chance_oath_too_late=_percent(ends.too_late),
        oaths=dict(uncertain.oaths),
        outlooks=tuple(found),
    )


def _ends(ground: Ground, strategies: Sequence[Strategy], uncertain: Uncertain, drawn: Drawn) -> _Ends:
    """Project both orders of death, each on its own paths, and put the paths together again."""
    count = len(drawn.growth)
    wealth, tax = np.zeros((len(strategies), count)), np.zeros((len(strategies), count))
    late: Flags = np.zeros(count, dtype=bool)
    for decedent in _SPOUSES:
        at = np.nonzero(drawn.dies_first(decedent, on_a_tie=ground.assumptions.ranking_order))[0]
        if not len(at):
            continue
        spouse = other(decedent)
        paths = Paths(
            years_to_first_death=drawn.deaths[decedent][at],
            years_to_second_death=drawn.deaths[spouse][at],
            growth=drawn.growth[at],
        )
        late[at] = _too_late(ground.as_of, drawn, uncertain, spouse, at)
        worked_out = _with_clauses(strategies)
        figures = project_paths(ground, decedent=decedent, strategies=worked_out, paths=paths)
        rows = {strategy: row for row, strategy in enumerate(worked_out)}
        for row, strategy in enumerate(strategies):
            chosen = np.where(late[at], rows[taken_instead(strategy)], rows[strategy])
            column = np.arange(len(at))
            wealth[row, at] = figures.family_wealth[chosen, column]
            tax[row, at] = figures.total_tax[chosen, column]
    return _Ends(wealth, tax, late)


_SPOUSES: tuple[Spouse, Spouse] = ("a", "b")


def _with_clauses(strategies: Sequence[Strategy]) -> list[Strategy]:
    """Return the strategies with those that take effect where citizenship comes too late."""
    return list(dict.fromkeys([*strategies, *(taken_instead(strategy) for strategy in strategies)]))


def _too_late(as_of: date, drawn: Drawn, uncertain: Uncertain, spouse: Spouse, at: Whole) -> Flags:
    """Return on which paths the oath of the surviving `spouse` comes too late for the first estate. IRC 2056(d)(4)."""
    if spouse not in drawn.oaths:
        return np.zeros(len(at), dtype=bool)
    first_deaths = drawn.deaths[other(spouse)][at]
    years = range(int(first_deaths.max()) + 1)
    last_days = np.array([last_day_of_oath(as_of, year).toordinal() for year in years])
    deaths = np.array([date(as_of.year + year, 12, 31).toordinal() for year in years])
    oaths = after_the_death(uncertain.oaths[spouse], drawn.oaths[spouse][at], deaths[first_deaths])
    late: Flags = oaths >= last_days[first_deaths]
    return late


def _mean(cents: Cents) -> Decimal:
    # A sum of whole cents is exact, in whatever order the processor adds.
    return dollars(float(cents.sum()) / len(cents)) if len(cents) else Decimal(0)


def _percent(flags: Flags) -> Decimal:
    return (Decimal(int(np.count_nonzero(flags))) * 100 / len(flags)).quantize(Decimal("0.1"))
