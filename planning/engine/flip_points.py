"""At which size of the estate does another strategy come first? Solved on the exact projection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from planning.engine.advice import millions
from planning.engine.facts import Couple
from planning.engine.results import FlipPoint
from planning.engine.strategies.catalogue import BY_ID

DOWN = tuple(Decimal(step) / 20 for step in range(19, 1, -2))
UP = tuple(Decimal(step) / 100 for step in (115, 130, 150, 175, 200, 250, 300, 400))
NEAR = Decimal(10_000)
LONGEST_SEARCH = 24


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


def estate_size_flips(
    couple: Couple, *, size: Decimal, first: str, first_at: Callable[[Couple], str | None]
) -> list[FlipPoint]:
    """Return the sizes (USD) below and above today's `size` where another strategy comes first.

    `first_at` runs the exact engine and names the first-ranked strategy. Every
    change met between a tenth and four times today's size is one point, known to
    $10,000 and confirmed by the runs on its two sides.
    """
    found: list[FlipPoint] = []
    if size <= 0:
        return found
    for direction, factors in (("below", DOWN), ("above", UP)):
        inside, here = Decimal(1), first
        for factor in factors:
            then = first_at(scaled(couple, factor))
            # One step may hide more than one change: go on from each point found.
            while then is not None and then != here:
                point, inside = _solve(couple, size, inside, factor, here, first_at, direction)
                found.append(point)
                here = point.then
            inside = factor
    return found


def _solve(
    couple: Couple,
    size: Decimal,
    inside: Decimal,
    outside: Decimal,
    first: str,
    first_at: Callable[[Couple], str | None],
    direction: str,
) -> tuple[FlipPoint, Decimal]:
    """Halve the interval to $10,000 and return the point with the factor on its far side.

    Both sides of the point are exact runs.
    """
    then = first_at(scaled(couple, outside)) or first
    for _ in range(LONGEST_SEARCH):
        if abs(outside - inside) * size <= NEAR:
            break
        middle = (inside + outside) / 2
        found = first_at(scaled(couple, middle)) or first
        if found == first:
            inside = middle
        else:
            outside, then = middle, found
    at = (outside * size / NEAR).quantize(Decimal(1)) * NEAR
    title = "no tax without any of it" if then == "none_needed" else BY_ID[then].title
    named = title if then == "qdot" else title[0].lower() + title[1:]
    text = f"With what the couple owns today {direction} {millions(at)}: {named}"
    return FlipPoint("estate_size", text, at, then), outside
