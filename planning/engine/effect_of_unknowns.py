"""How much a fact that nobody knows yet could move the result: the comparison at both ends of a stated range.

Worked out on the twin, in the order of death that ranks, for the strategy that
comes first today. Where a fact has no range, or nothing can be worked out
without it, that is said in place of an amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from planning.engine.advice import usd
from planning.engine.facts import Couple, Person, Spouse
from planning.engine.holdings import wealth_today
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import dollars
from planning.engine.projection.vectorised import project_paths
from planning.engine.results import MissingFact
from planning.engine.strategies.catalogue import BY_ID
from planning.engine.variants import NONE_NEEDED, Variants

# What a survivor may spend in a year, at most, as a share of what both have today.
MOST_SPENT = Decimal("0.04")
THOUSAND = Decimal(1000)
HALF, ALL = Decimal(50), Decimal(100)
NOT_TO_BE_PRICED = {
    "us_trustee_available": "It decides whether a QDOT can be had, not what one leaves.",
    "domicile_state": "State taxes are left out until the state is known; no range of states is taken.",
}
NOTHING_WITHOUT_IT = "Nothing can be worked out without it."


LATER = "It is priced once the comparison can be worked out."


def priced(fact: MissingFact, ground: Ground | None, first: str | None, *, needed: bool) -> MissingFact:
    """Return `fact` with what it could move, whether the order changes and over which range, or why that is not said.

    `first` is the strategy that comes first today, `ground` what it was worked out
    on; both None where facts are missing without which there is no comparison.
    `needed`: this is one of those.
    """
    if ground is None or first is None:
        return replace(fact, not_priced=NOTHING_WITHOUT_IT if needed else LATER)
    name = fact.fact.rpartition(".")[2]
    if name in NOT_TO_BE_PRICED:
        return replace(fact, not_priced=NOT_TO_BE_PRICED[name])
    found = _ends(fact.fact, ground)
    if found is None:
        return fact
    words, ends = found
    before = _wealth(ground, first)
    return replace(
        fact,
        could_move=max(abs(_wealth(end, first) - before) for end in ends),
        changes_order=any(_first(end) != first for end in ends),
        range=words,
    )


def _ends(path: str, ground: Ground) -> tuple[str, list[Ground]] | None:
    """Return the range that is looked at, in words, and the comparison at its ends; None where it has none."""
    owner, _dot, name = path.rpartition(".")
    couple = ground.couple
    if path == "survivor_spending":
        most = sum(wealth_today(couple).values(), Decimal(0)) * MOST_SPENT
        most = (most / THOUSAND).quantize(Decimal(1), ROUND_HALF_UP) * THOUSAND
        ends = [_like(ground, replace(couple, survivor_spending=spent), spending=spent) for spent in (Decimal(0), most)]
        return f"from nothing to {usd(most)} a year, 4% of what both have today", ends
    if name == "contribution_a":
        place = int(owner.removeprefix("assets[").removesuffix("]"))
        return "from none of it to all of it paid by one", [
            _like(ground, _paid(couple, place, share)) for share in (Decimal(0), HALF, ALL)
        ]
    spouse: Spouse = "a" if owner == "a" else "b"
    person = couple.person(spouse)
    if name == "first_death_share_to_spouse":
        people = [replace(person, first_death_share_to_spouse=share) for share in (HALF, ALL)]
        return "from half to all", [_like(ground, _with(couple, spouse, one)) for one in people]
    if name == "citizenships":
        citizen = replace(person, citizenships=("US",))
        return "a US citizen or not", [_like(ground, _with(couple, spouse, citizen)), ground]
    return None


def _paid(couple: Couple, place: int, share: Decimal) -> Couple:
    assets = list(couple.assets or ())
    assets[place] = replace(assets[place], contribution_a=share)
    return replace(couple, assets=tuple(assets))


def _with(couple: Couple, spouse: Spouse, person: Person) -> Couple:
    return replace(couple, a=person) if spouse == "a" else replace(couple, b=person)


def _like(ground: Ground, couple: Couple, spending: Decimal | None = None) -> Ground:
    """Return the same comparison of a couple of which one more thing is known."""
    assumptions = ground.assumptions
    if spending is not None:
        assumptions = replace(assumptions, survivor_spending=spending)
    return Ground(couple, assumptions, ground.lawbook, ground.as_of, ground.state_book, ground.treaty_book)


def _first(ground: Ground) -> str | None:
    variants = Variants(ground)
    return variants.first_of_each([variants.unchanged])[0]


def _wealth(ground: Ground, first: str) -> Decimal:
    """Return the family wealth of a strategy, USD; where nothing is needed, with nothing arranged."""
    variants = Variants(ground)
    strategy = BY_ID["outright" if first == NONE_NEEDED else first]
    paths = variants.paths([variants.unchanged])
    figures = project_paths(ground, decedent=variants.order, strategies=[strategy], paths=paths)
    return dollars(figures.family_wealth[0, 0])


def by_weight(facts: Sequence[MissingFact]) -> list[MissingFact]:
    """Return the facts sorted: those that change the order, then by amount; those that were not priced come last."""
    return sorted(facts, key=lambda fact: (not fact.changes_order, fact.could_move is None, -(fact.could_move or 0)))
