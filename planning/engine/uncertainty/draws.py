"""The paths: two lives, one average growth and one day of the oath for each, from one seed.

The same seed gives the same paths: all that is drawn are uniform numbers of the
generator PCG64, in a fixed order, and every draw is made whether it is needed or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import NormalDist

import numpy as np

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Spouse
from planning.engine.mortality import LifeTable
from planning.engine.projection.vector_money import Flags, Numbers, Whole
from planning.engine.results import OathRange
from planning.engine.uncertainty.lives import Life, chances_of_death, draw_deaths
from planning.engine.uncertainty.oaths import draw_oaths

GENERATOR = "PCG64"
# A tenth of all paths then grows 2 points slower than assumed or less, a tenth 2 points faster or more.
GROWTH_SPREAD = Decimal("1.5")
PATHS = 10_000
SEED = 2056
# Growth is drawn to a ten-thousandth of a percent.
DECIMALS_OF_GROWTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """What is drawn and how; `growth_spread` is the standard deviation of a path's average growth, in points a year.

    `oaths` says for a spouse who means to become a citizen when that may be;
    without a range it is taken to be in time.
    """

    lives: Mapping[Spouse, Life]
    growth_spread: Decimal = GROWTH_SPREAD
    oaths: Mapping[Spouse, OathRange] = field(default_factory=dict)
    paths: int = PATHS
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Drawn:
    """One array for each thing drawn, a path in each place: years to both deaths, growth (percent), day of the oath."""

    deaths: Mapping[Spouse, Whole]
    growth: Numbers
    oaths: Mapping[Spouse, Whole]

    def dies_first(self, spouse: Spouse, *, on_a_tie: Spouse) -> Flags:
        """Return on which paths `spouse` dies first; deaths of one year come in the order that ranks."""
        a, b = self.deaths["a"], self.deaths["b"]
        a_first: Flags = (a <= b) if on_a_tie == "a" else (a < b)
        return a_first if spouse == "a" else ~a_first


def draw(uncertain: Uncertain, assumptions: Assumptions, table: LifeTable) -> Drawn:
    """Return the paths of the seed. The oath is a day's ordinal; `Uncertain.lives` must hold both spouses."""
    generator = np.random.Generator(np.random.PCG64(uncertain.seed))
    deaths: dict[Spouse, Whole] = {}
    for spouse in _SPOUSES:
        chances = chances_of_death(table, uncertain.lives[spouse])
        deaths[spouse] = draw_deaths(chances, generator.random(uncertain.paths))
    growth = _growth(generator.random(uncertain.paths), assumptions.growth, uncertain.growth_spread)
    oaths: dict[Spouse, Whole] = {}
    for spouse in _SPOUSES:
        days = generator.random(uncertain.paths)
        if spouse in uncertain.oaths:
            oaths[spouse] = draw_oaths(uncertain.oaths[spouse], days)
    return Drawn(deaths, growth, oaths)


_SPOUSES: tuple[Spouse, Spouse] = ("a", "b")


def _growth(draws: Numbers, mean: Decimal, spread: Decimal) -> Numbers:
    """Return normally distributed averages, rounded so that every machine works with the same number."""
    if not spread:
        return np.full(len(draws), float(mean))
    # 0 itself has no quantile; the smallest number above it that the generator can give stands for it.
    smallest = 2.0**-53
    normal = NormalDist(float(mean), float(spread))
    found = np.array([normal.inv_cdf(max(float(one), smallest)) for one in draws])
    return np.round(found, DECIMALS_OF_GROWTH)
