"""Random couples with everything the projection knows: every citizenship, title, debt, policy, gift and home abroad."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from planning.engine.assumptions import settle
from planning.engine.facts import Asset, Couple
from planning.engine.holdings import wealth_today
from planning.engine.law_risk import lawbook_with_exclusion
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_paths import Paths
from planning.engine.variants import scaled
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import AS_OF, person

TITLES = (
    "a", "a", "b", "joint_survivorship", "tenants_in_common", "community", "trust_or_company", "with_someone_else"
)  # fmt: skip
# Every state with an estate tax, with an inheritance tax, states with neither, and homes whose state is not known.
INHERITANCE = ("KY", "MD", "NE", "NJ", "PA")
STATES = (*official_state_book().codes, *INHERITANCE, *INHERITANCE, "TX", "CA", "FL", None, None, None)
HEIRS = ("children", "children", "siblings", "nieces_nephews", "unrelated", "charity", None)
COUNTRIES = ("CL", "CL", "CA", "FR", "DE", "GB", "JP")
KINDS = ("brokerage", "bank", "home", "real_estate", "life_insurance")


def money(draw, most):
    """An amount that is sometimes nothing, often round, sometimes with cents."""
    amount = draw.choice([0, 1, 1]) * draw.randrange(0, most)
    return Decimal(amount - amount % draw.choice([1, 1000, 1000])) + draw.choice([Decimal(0), Decimal("0.37")])


def percent(draw, tenths=1000):
    """A percentage with one decimal."""
    return Decimal(draw.randrange(0, tenths + 1)) / 10


def random_person(draw, name):
    """A person of either citizenship, here or abroad, with or without earlier gifts."""
    citizen = draw.random() < 0.5
    here = citizen or draw.random() < 0.8
    facts = {
        "us_domicile": here,
        "domicile_state": draw.choice(STATES) if here else None,
        "domicile_country": None if here else draw.choice(COUNTRIES),
        "adjusted_taxable_gifts": draw.choice([Decimal(0), money(draw, 9_000_000)]),
        "gift_tax_paid": draw.choice([None, None, money(draw, 200_000)]),
        "dsue_received": draw.choice([None, money(draw, 6_000_000)]),
        "first_death_share_to_spouse": draw.choice([None, Decimal(100), percent(draw)]),
        "us_situs_share": percent(draw),
        "naturalization_intent": draw.choice(["planned", "maybe", "no"]),
        "naturalization_expected_on": date(2028, 1, 31),
    }
    return person(name, *(["US"] if citizen else [draw.choice(COUNTRIES)]), **facts)


def random_asset(draw, most):
    """An asset of any kind and title; a policy with a death benefit."""
    share = percent(draw)
    kind = draw.choice(KINDS)
    value = money(draw, most)
    return Asset(
        name=kind,
        kind=kind,
        title=draw.choice(TITLES),
        value=value,
        debt=draw.choice([None, Decimal(0), (value / 3).quantize(Decimal("0.01"))]),
        country=draw.choice(["US", "US", "CL", None]),
        state=draw.choice([None, *STATES]),
        share_a=share,
        share_b=(100 - share) / draw.choice([1, 2]),
        contribution_a=draw.choice([None, percent(draw)]),
        acquired_by=draw.choice([None, "gift", "purchase"]),
        insured=draw.choice(["a", "b", "other"]),
        death_benefit=money(draw, most // 2),
        cost_basis=draw.choice([None, money(draw, most)]),
        growth=draw.choice([None, None, None, Decimal(draw.randrange(-200, 1200)) / 100]),
        income_yield=draw.choice([None, None, percent(draw, 60)]),
    )


def random_ground(draw, lawbook=None):
    """A couple with settled assumptions, ready to be projected."""
    most = draw.choice([400_000, 9_000_000, 60_000_000])
    couple = Couple(
        a=random_person(draw, "Ada"),
        b=random_person(draw, "Bo"),
        assets=tuple(random_asset(draw, most) for _ in range(draw.randrange(1, 6))),
        survivor_spending=draw.choice([None, money(draw, most // 10)]),
    )
    before = draw.randrange(0, 25)
    given = {
        "growth": Decimal(draw.randrange(0, 900)) / 100,
        "qdot_income_yield": percent(draw, 40),
        "qdot_yearly_cost": percent(draw, 10),
        "indexing": percent(draw, 40),
        "spending_growth": draw.choice([None, percent(draw, 40)]),
        "chance_gift_sold": draw.choice([None, percent(draw)]),
        "basis_share_of_gifts": draw.choice([None, percent(draw)]),
        "administration_expenses": draw.choice([None, money(draw, 400_000)]),
        "survivor_us_situs_share": percent(draw),
        "qdot_us_situs_share": percent(draw),
        "survivor_leaves_us": draw.choice(["no", "no", "yes"]),
        "state_accepts_qdot": draw.choice(["no", "yes"]),
        "treaty_confirmed": draw.choice(["no", "yes"]),
        "ranking_order": draw.choice(["a", "b", None]),
        "heirs": draw.choice(HEIRS),
        "number_of_heirs": draw.choice([1, 2, 3, 7, 7, None]),
        "qdot_form": draw.choice(["qtip", "qtip", "general_power", "estate_trust"]),
        "years_to_first_death": before,
        "years_to_second_death": before + draw.randrange(1, 30),
        "gift_years": draw.randrange(0, 25),
        "bypass_percent": draw.choice([None, Decimal(0), percent(draw)]),
    }
    assumptions, _printed = settle(
        couple, given, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    states = draw.choice([official_state_book(), official_state_book(), None])
    return Ground(couple, assumptions, lawbook or official_lawbook(), AS_OF, states, treaty_book())


def random_paths(draw, ground, count, *, law_risk=False):
    """Paths that differ in all that can differ, as arrays."""
    before = np.array([draw.randrange(0, 25) for _ in range(count)])
    a = ground.assumptions
    spends, sold = a.survivor_spending is not None, a.basis_share_of_gifts is not None

    def numbers(most, decimals):
        return np.array([draw.randrange(0, most * 10**decimals) / 10**decimals for _ in range(count)])

    return Paths(
        years_to_first_death=before,
        years_to_second_death=before + np.array([draw.randrange(0, 30) for _ in range(count)]),
        growth=numbers(9, 4),
        gift_years=np.minimum(before, [draw.randrange(0, 12) for _ in range(count)]),
        survivor_spending=numbers(900_000, 2) if spends else None,
        basis_share=numbers(100, 1) if sold else None,
        bypass_percent=numbers(100, 6) if draw.random() < 0.7 else None,
        estate_factor=numbers(4, 6),
        exclusion_factor=numbers(2, 2) if law_risk else None,
    )


def ground_of_path(ground, paths, index):
    """The same path for the exact projection: its own assumptions, couple and law."""

    def number(values):
        return None if values is None else Decimal(repr(float(values[index])))

    a, couple, book = ground.assumptions, ground.couple, ground.lawbook
    first, second = int(paths.years_to_first_death[index]), int(paths.years_to_second_death[index])
    a = replace(
        a,
        years_to_first_death=first,
        years_to_second_death=second,
        gift_years=int(paths.gift_years[index]),
        growth=number(paths.growth),
        survivor_spending=number(paths.survivor_spending),
        basis_share_of_gifts=number(paths.basis_share),
        bypass_percent=a.bypass_percent if paths.bypass_percent is None else number(paths.bypass_percent),
    )
    if paths.exclusion_factor is not None:
        book = lawbook_with_exclusion(book, number(paths.exclusion_factor))
    couple = scaled(couple, number(paths.estate_factor))
    return Ground(couple, a, book, ground.as_of, ground.state_book, ground.treaty_book)
