"""The ranking under lower and higher growth beside the base: the same comparison, so many points below and above."""

from __future__ import annotations

from dataclasses import replace

from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import dollars
from planning.engine.projection.vectorised import project_paths
from planning.engine.results import GrowthSet
from planning.engine.strategies.catalogue import STRATEGIES
from planning.engine.variants import Variants


def growth_sets(ground: Ground) -> list[GrowthSet]:
    """Return the low set, the base and the high set, by the twin, in the order of death that ranks.

    The facts that `planner.missing_facts` asks for must be known.
    """
    variants, points = Variants(ground), ground.assumptions.growth_set_points
    base = ground.assumptions.growth
    sets = [replace(variants.unchanged, growth=rate) for rate in (base - points, base, base + points)]
    figures = project_paths(ground, decedent=variants.order, strategies=STRATEGIES, paths=variants.paths(sets))
    is_open = variants.open(variants.unchanged)
    return [
        GrowthSet(
            one.growth,
            first,
            {
                strategy.id: dollars(figures.family_wealth[row, column])
                for row, strategy in enumerate(STRATEGIES)
                if is_open[row]
            },
        )
        for column, (one, first) in enumerate(zip(sets, variants.first_of_each(sets), strict=True))
    ]
