"""The taxes of one plan in bare Decimal, without figures, lines or words: what `./run bench` measures against.

It holds for couples domiciled here without earlier gifts or unused exclusion,
all to the spouse; the benchmark checks that it finds the engine's own taxes to
the cent before it measures anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

ZERO, CENT = Decimal(0), Decimal("0.01")
Taxes = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Case:
    """What one order of death starts from; USD, rates as fractions."""

    # What counts for each of every asset, before its debt, and that debt.
    first: Sequence[tuple[Decimal, Decimal]]
    second: Sequence[tuple[Decimal, Decimal]]
    insurance_first: Decimal
    insurance_survivor: Decimal
    insurance_second: Decimal
    citizen_survivor: bool
    donor_dies_first: bool
    start: int
    before: int
    between: int
    growth: Decimal
    income: Decimal
    cost: Decimal
    spending: Decimal
    gift_years: int
    exclusions: Mapping[int, Decimal]
    gift_limits: Mapping[int, Decimal]
    brackets: Sequence[tuple[Decimal, Decimal, Decimal]]
    overs: Sequence[Decimal]


def cents(amount: Decimal) -> Decimal:
    """Return `amount` rounded half up to cents."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def tentative(case: Case, amount: Decimal) -> Decimal:
    """Return the tax of the rate schedule on `amount`."""
    if amount <= 0:
        return ZERO
    over, base, rate = case.brackets[max(0, bisect_left(case.overs, amount) - 1)]
    return base + rate * (amount - over)


def net(case: Case, amount: Decimal, exclusion: Decimal) -> Decimal:
    """Return the estate tax on `amount` after the credit that `exclusion` is worth."""
    return max(ZERO, tentative(case, amount) - tentative(case, exclusion))


def taxes(case: Case, *, gifts: bool, shelter: bool, qdot: bool, citizen: bool) -> Taxes:
    """Return the tax at the first death, all QDOT tax, and the tax at the second death, USD."""
    up = 1 + case.growth
    first, second = grown(case.first, up**case.before), grown(case.second, up**case.before)
    if gifts:
        moved = moved_by_gifts(case, up)
        first, second = (first - moved, second + moved) if case.donor_dies_first else (first + moved, second - moved)
    year = case.start + case.before
    frozen = case.exclusions[year]
    estate = first + case.insurance_first
    deductible = case.citizen_survivor or citizen
    bypass = min(frozen, estate) if shelter else ZERO
    rest = estate - bypass
    trust = rest if qdot and not deductible else ZERO
    taxed = bypass + (ZERO if deductible or trust else rest)
    tax_first = cents(net(case, taxed, frozen))
    received = ZERO if trust else rest - (ZERO if deductible else tax_first)
    own, qdot_tax, paid_out, trust, _ = widowhood(
        case, second + case.insurance_survivor + received, trust, bypass, taxed, frozen
    )
    at_death = ZERO
    if trust:
        at_death = cents(net(case, taxed + paid_out + trust, frozen)) - cents(net(case, taxed + paid_out, frozen))
    own += case.insurance_second
    portable = ZERO
    if deductible:
        portable = max(ZERO, frozen - taxed)
    elif trust or paid_out:
        portable = max(ZERO, frozen - taxed - paid_out - trust)
    exclusion = case.exclusions[year + case.between] + min(frozen, portable)
    tax = cents(net(case, own + trust, exclusion))
    if trust or paid_out:
        without = cents(net(case, own, exclusion))
        tax -= min(qdot_tax + at_death, tax - without)
    elif tax_first and not deductible:
        without = cents(net(case, max(ZERO, own - received), exclusion))
        tax -= min(cents(tax_first * received / (taxed - tax_first)), tax - without)
    return tax_first, qdot_tax + at_death, tax


def grown(assets: Sequence[tuple[Decimal, Decimal]], factor: Decimal) -> Decimal:
    """Return what assets have become: each grows, and its debt stays what it is."""
    return sum((cents(gross * factor) - debt for gross, debt in assets), ZERO)


def moved_by_gifts(case: Case, up: Decimal) -> Decimal:
    """Return what the yearly gifts have grown to at the first death."""
    left = grown(case.first if case.donor_dies_first else case.second, Decimal(1))
    moved = ZERO
    for year in range(case.gift_years):
        gift = min(case.gift_limits[case.start + year], max(ZERO, left))
        left = (left - gift) * up
        moved += cents(gift * up ** (case.before - year))
    return moved


def widowhood(
    case: Case, own: Decimal, trust: Decimal, bypass: Decimal, taxed: Decimal, frozen: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Return the survivor's own property, QDOT tax in life, principal taxed, QDOT and bypass trust at the end."""
    up, kept = 1 + case.growth, 1 + case.growth - case.income - case.cost
    paid_out = tax_paid = ZERO
    for _ in range(case.between):
        own = cents(own * up + trust * case.income - case.spending)
        trust, bypass = cents(trust * kept), cents(bypass * up)
        if own < 0:
            drawn = min(bypass, -own)
            bypass -= drawn
            own += drawn
        if own < 0 and trust:
            gross = min(grossed_up(case, taxed + paid_out, -own, frozen), trust)
            tax = cents(net(case, taxed + paid_out + gross, frozen)) - cents(net(case, taxed + paid_out, frozen))
            trust, paid_out, tax_paid = trust - gross, paid_out + gross, tax_paid + tax
        own = max(ZERO, own)
    return own, tax_paid, paid_out, trust, bypass


def grossed_up(case: Case, base: Decimal, wanted: Decimal, frozen: Decimal) -> Decimal:
    """Return the distribution that leaves `wanted` after its tax, at the top rate above the exclusion left."""
    free = max(ZERO, frozen - base)
    if wanted <= free:
        return wanted
    return (free + (wanted - free) / (1 - case.brackets[-1][2])).quantize(CENT, ROUND_UP)
