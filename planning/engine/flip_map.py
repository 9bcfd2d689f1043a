"""Which strategy comes first over the size of the estate and the years between the deaths, on the twin.

The map answers what the flip points answer along one line at a time: what if both
were otherwise. Columns are multiples of what the couple owns today, in steps of
about a quarter; rows are years from the first death to the second, and one of them
is what the plan assumes. Two calls of the twin work all of it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from planning.engine.holdings import wealth_today
from planning.engine.projection.ground import Ground
from planning.engine.results import FlipMap
from planning.engine.strategies.catalogue import STRATEGIES, Strategy
from planning.engine.variants import ONE, Variants

# A quarter to four times, each about a quarter more than the one before.
FACTORS = tuple(
    Decimal(thousandths) / 1000
    for thousandths in (250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000)
)
YEARS_BETWEEN = (1, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 35, 40)
CENT = Decimal("0.01")
CONVENTIONS = (
    "Every value, debt and death benefit of today is multiplied; the first death stays in the year assumed.",
    "Growth, spending, gift years and law are as in the plan; arrangements that wait for a fact are left out.",
    "Ranked by family wealth, the simpler first among those within the tolerance; such places are marked as close.",
    "No arrangement is put first where no tax is due in either order of death with nothing arranged.",
)


def years_with(assumed: int) -> tuple[int, ...]:
    """Return the years of the rows: the nearest one gives way to what is assumed."""
    nearest = min(YEARS_BETWEEN, key=lambda years: (abs(years - assumed), years))
    return tuple(assumed if years == nearest else years for years in YEARS_BETWEEN)


def flip_map(ground: Ground, strategies: Sequence[Strategy] = STRATEGIES) -> FlipMap | None:
    """Return the map; None where no strategy can be ranked or the couple owns nothing.

    The facts that `planner.missing_facts` asks for must be known.
    """
    variants = Variants(ground, strategies)
    base = variants.unchanged
    size = sum(wealth_today(ground.couple).values(), Decimal(0))
    if size <= 0 or not any(variants.open(base)):
        return None
    years = years_with(ground.years_between)
    places = [
        replace(base, estate_factor=factor, years_to_second_death=base.years_to_first_death + between)
        for between in years
        for factor in FACTORS
    ]
    ranked = variants.first_and_close(places)
    rows = [slice(row * len(FACTORS), (row + 1) * len(FACTORS)) for row in range(len(years))]
    return FlipMap(
        first_to_die=variants.order,
        first_death_year=ground.as_of.year + base.years_to_first_death,
        factors=FACTORS,
        estates=tuple((size * factor).quantize(CENT) for factor in FACTORS),
        years=years,
        first=tuple(tuple(first for first, _close in ranked[row]) for row in rows),
        close=tuple(tuple(close for _first, close in ranked[row]) for row in rows),
        here=(years.index(ground.years_between), FACTORS.index(ONE)),
        tolerance=variants.assumptions.closeness_tolerance,
        conventions=CONVENTIONS,
    )
