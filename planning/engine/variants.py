"""A couple's comparison with one thing changed: which strategy then comes first, on the twin or exactly.

The ranking is the planner's: in the order that ranks, by family wealth, the
simpler first among those within the tolerance, no treaty before the attorney has
confirmed it, and nothing at all where no tax is due in either order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Couple, Spouse
from planning.engine.holdings import other
from planning.engine.law_risk import lawbook_with_exclusion
from planning.engine.projection import insurance_trust, treaty
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import Flags, Numbers
from planning.engine.projection.vector_paths import Paths
from planning.engine.projection.vectorised import project_paths
from planning.engine.readiness import missing_facts, open_points, unavailable
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES, Strategy, with_insurance_trust

NONE_NEEDED = "none_needed"
OUTRIGHT = BY_ID["outright"]
ONE = Decimal(1)
# The exact runs look at strategies this many percent farther from the top than the tolerance; none beyond comes first.
LOOKED_AT_BEYOND = Decimal(1)


def scaled(couple: Couple, factor: Decimal) -> Couple:
    """Return the couple with every value, debt and death benefit times `factor`."""

    def times(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else (amount * factor).quantize(Decimal("0.01"))

    assets = couple.assets and tuple(
        replace(
            asset,
            value=times(asset.value),
            debt=times(asset.debt),
            cost_basis=times(asset.cost_basis),
            death_benefit=times(asset.death_benefit),
        )
        for asset in couple.assets
    )
    return replace(
        couple,
        assets=assets,
        a=replace(couple.a, rough_total=times(couple.a.rough_total)),
        b=replace(couple.b, rough_total=times(couple.b.rough_total)),
        rough_total_joint=times(couple.rough_total_joint),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The comparison with some of its inputs changed; `oath` None: as the couple expects it."""

    years_to_first_death: int
    years_to_second_death: int
    gift_years: int
    growth: Decimal
    basis_share: Decimal | None
    estate_factor: Decimal = ONE
    exclusion_factor: Decimal = ONE
    oath: date | None = None


class Variants:
    """All variants of one couple's comparison; `ground` is the comparison itself, its facts known to be complete."""

    def __init__(self, ground: Ground, strategies: Sequence[Strategy] = STRATEGIES) -> None:
        self.ground, self.assumptions = ground, ground.assumptions
        # Those of the catalogue; behind them an insurance trust on the base that the comparison as it is gives it.
        self.strategies = tuple(strategies)
        self.order: Spouse = ground.assumptions.ranking_order
        self._open: dict[tuple[int, int, date | None], tuple[bool, ...]] = {}

    @property
    def unchanged(self) -> Variant:
        """The comparison as it is."""
        return Variant(
            years_to_first_death=self.ground.years_before,
            years_to_second_death=self.ground.years_before + self.ground.years_between,
            gift_years=self.assumptions.gift_years or 0,
            growth=self.assumptions.growth,
            basis_share=self.assumptions.basis_share_of_gifts,
        )

    # -- which strategies are open -----------------------------------------------

    def couple(self, variant: Variant) -> Couple:
        """Return the couple of the variant."""
        couple = self.ground.couple
        if variant.estate_factor != ONE:
            couple = scaled(couple, variant.estate_factor)
        if variant.oath is None:
            return couple
        # Both: whoever would become a citizen does so that day.
        a, b = (replace(person, naturalization_expected_on=variant.oath) for person in (couple.a, couple.b))
        return replace(couple, a=a, b=b)

    def assumed(self, variant: Variant) -> Assumptions:
        """Return the assumptions of the variant."""
        return replace(
            self.assumptions,
            years_to_first_death=variant.years_to_first_death,
            years_to_second_death=variant.years_to_second_death,
            gift_years=variant.gift_years,
            growth=variant.growth,
            basis_share_of_gifts=variant.basis_share,
        )

    def open(self, variant: Variant) -> tuple[bool, ...]:
        """Return of each strategy whether it can be ranked."""
        key = variant.years_to_first_death, variant.gift_years, variant.oath
        if key not in self._open:
            couple, assumptions = self.couple(replace(variant, estate_factor=ONE)), self.assumed(variant)
            self._open[key] = tuple(self._is_open(strategy, couple, assumptions) for strategy in self.strategies)
        return self._open[key]

    def _is_open(self, strategy: Strategy, couple: Couple, assumptions: Assumptions) -> bool:
        if missing_facts(couple, assumptions):
            return False
        if strategy.treaty:
            died = date(self.ground.as_of.year + (assumptions.years_to_first_death or 0), 12, 31)
            relief = treaty.relief_for(self.ground.treaty_book, couple, self.order, died)
            return relief is not None and not treaty.open_facts(relief, couple)
        closed = unavailable(strategy, couple, assumptions, self.ground.as_of)
        return closed is None and not open_points(strategy, couple, assumptions)

    # -- on the twin -------------------------------------------------------------

    def paths(self, variants: Sequence[Variant]) -> Paths:
        """Return the variants as paths of the twin."""
        basis = None
        if self.assumptions.basis_share_of_gifts is not None:
            basis = np.array([float(variant.basis_share or 0) for variant in variants])
        return Paths(
            years_to_first_death=np.array([variant.years_to_first_death for variant in variants]),
            years_to_second_death=np.array([variant.years_to_second_death for variant in variants]),
            gift_years=np.array([variant.gift_years for variant in variants]),
            growth=np.array([float(variant.growth) for variant in variants]),
            basis_share=basis,
            estate_factor=np.array([float(variant.estate_factor) for variant in variants]),
            exclusion_factor=np.array([float(variant.exclusion_factor) for variant in variants]),
        )

    def first_of_each(self, variants: Sequence[Variant]) -> list[str | None]:
        """Return which strategy comes first in each variant, by the twin; None where none can be ranked."""
        return [first for first, _is_close in self.first_and_close(variants)]

    def first_and_close(self, variants: Sequence[Variant]) -> list[tuple[str | None, bool]]:
        """Return also whether another strategy lies within the tolerance of the top."""
        paths = self.paths(variants)
        figures = project_paths(self.ground, decedent=self.order, strategies=self.strategies, paths=paths)
        reverse = project_paths(self.ground, decedent=other(self.order), strategies=[OUTRIGHT], paths=paths)
        taxed = (figures.total_tax[self.strategies.index(OUTRIGHT)] != 0) | (reverse.total_tax[0] != 0)
        may_rank: Flags = np.array([self.open(variant) for variant in variants]).T
        near = self.near_the_top(figures.ranked_by, self.may_come_first(may_rank), self.assumptions.closeness_tolerance)
        several = near.sum(axis=0) > 1
        simplicity = np.array([strategy.simplicity for strategy in self.strategies])[:, np.newaxis]
        places: list[int] = np.where(near, simplicity, simplicity.max() + 1).argmin(axis=0).tolist()
        return [
            (None, False)
            if not any(self.open(variant))
            else (self.strategies[place].id, bool(close))
            if tax
            else (NONE_NEEDED, False)
            for place, tax, close, variant in zip(places, taxed, several, variants, strict=True)
        ]

    def may_come_first(self, may_rank: Flags) -> Flags:
        """Return which of the strategies that may be ranked may come first: no treaty before it is confirmed."""
        if self.assumptions.treaty_confirmed:
            return may_rank
        treaties = np.array([strategy.treaty for strategy in self.strategies])[:, np.newaxis]
        others = may_rank & ~treaties
        return np.where(others.any(axis=0), others, may_rank)

    def near_the_top(self, wealth: Numbers, of: Flags, percent: Decimal) -> Flags:
        """Return which of some strategies lie within `percent` of the highest of them."""
        top = np.where(of, wealth, -np.inf).max(axis=0)
        allowed = np.abs(np.where(np.isfinite(top), top, 0)) * float(percent) / 100
        near: Flags = of & (top - wealth <= allowed)
        return near

    # -- exactly -----------------------------------------------------------------

    def exact_ground(self, variant: Variant) -> Ground:
        """Return the ground of the exact projection of a variant."""
        ground, book = self.ground, self.ground.lawbook
        if variant.exclusion_factor != ONE:
            book = lawbook_with_exclusion(book, variant.exclusion_factor)
        couple, assumptions = self.couple(variant), self.assumed(variant)
        return Ground(couple, assumptions, book, ground.as_of, ground.state_book, ground.treaty_book)

    def first_exactly(self, variants: Sequence[Variant]) -> list[str | None]:
        """Return which strategy comes first in each variant, by the exact projection.

        Worked out are the strategies that the twin finds near the top, and
        nothing arranged, in both orders; the twin agrees with them to the cent.
        """
        may_rank = np.array([self.open(variant) for variant in variants]).T
        twin = project_paths(self.ground, decedent=self.order, strategies=self.strategies, paths=self.paths(variants))
        percent = self.assumptions.closeness_tolerance + LOOKED_AT_BEYOND
        looked_at = self.near_the_top(twin.ranked_by, self.may_come_first(may_rank), percent)
        return [
            self._first_of([one for one, chosen in zip(self.strategies, column, strict=True) if chosen], variant)
            for column, variant in zip(looked_at.T, variants, strict=True)
        ]

    def _first_of(self, strategies: Sequence[Strategy], variant: Variant) -> str | None:
        if not strategies:
            return None
        ground, orders = self.exact_ground(variant), (self.order, other(self.order))
        if not any(project(ground, decedent=order, strategy=OUTRIGHT).total_tax for order in orders):
            return NONE_NEEDED
        found = {one: project(ground, decedent=self.order, strategy=one).ranked_by for one in strategies}
        wealth = {strategy: amount for strategy, amount in found.items() if amount is not None}
        top = max(wealth.values())
        allowed = abs(top) * self.assumptions.closeness_tolerance / 100
        near = [strategy for strategy, amount in wealth.items() if top - amount <= allowed]
        return min(near, key=lambda strategy: strategy.simplicity).id


def strategies_with_trust(ground: Ground) -> tuple[Strategy, ...]:
    """Return the strategies of the catalogue and, where one is open, an insurance trust on the first of them."""
    couple, assumptions = ground.couple, ground.assumptions
    if insurance_trust.closed(couple, assumptions) or insurance_trust.open_facts(couple, assumptions):
        return STRATEGIES
    variants = Variants(ground)
    paths, may_rank = variants.paths([variants.unchanged]), np.array([variants.open(variants.unchanged)]).T
    wealth = project_paths(ground, decedent=variants.order, strategies=STRATEGIES, paths=paths).ranked_by
    near = variants.near_the_top(wealth, variants.may_come_first(may_rank), assumptions.closeness_tolerance)
    first = [strategy for strategy, is_near in zip(STRATEGIES, near[:, 0], strict=True) if is_near]
    return (*STRATEGIES, with_insurance_trust(min(first, key=lambda strategy: strategy.simplicity)))
