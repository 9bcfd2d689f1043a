"""A treaty's relief in the place of a QDOT inside a plan: what it shelters, what it asks, and that it never leads unasked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.planner import make_plan
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import asset, person, worked_comparison_couple

AS_OF = date(2026, 7, 15)
STILL = {
    "growth": Decimal(0),
    "indexing": Decimal(0),
    "years_to_first_death": 0,
    "years_to_second_death": 1,
    "ranking_order": "a",
    "survivor_spending": Decimal(0),
}


def plan_of(country, worth, share, **given):
    """A US citizen with `worth` who leaves `share` percent to a citizen of `country`; both live in California."""
    couple = replace(
        worked_comparison_couple(),
        a=person("Dana", "US", domicile_state="CA", first_death_share_to_spouse=Decimal(share)),
        b=person("Sol", country, domicile_state="CA", naturalization_intent="no"),
        assets=(asset("a", worth),),
    )
    return make_plan(
        couple,
        lawbook=official_lawbook(),
        given={**STILL, **given},
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        state_book=official_state_book(),
        treaty_book=treaty_book(),
        with_flip_points=False,
    )


def option_of(plan):
    return next(option for option in plan.options if option.strategy == "treaty")


@pytest.mark.parametrize(
    ("country", "worth", "share", "tax"),
    [
        # Canada, a credit. T(25m) 9,945,800 - 5,945,800 = 4,000,000; marital credit min(5,945,800, 8,000,000).
        ("CA", 25_000_000, 80, 0),
        # T(40m) 15,945,800 - 5,945,800 - min(5,945,800, 12,000,000).
        ("CA", 40_000_000, 75, 4_054_200),
        # France and Germany, a deduction of one exclusion: 28m - 15m = 13m, below the exclusion.
        ("FR", 28_000_000, 100, 0),
        # 40m - 15m = 25m: 9,945,800 - 5,945,800.
        ("FR", 40_000_000, 100, 4_000_000),
        # 33m of which 10m to the spouse: 23m: 9,145,800 - 5,945,800. 10/33 of 33m, to the cent.
        ("DE", 33_000_000, "30.303030303030303030303030303", 3_200_000),
    ],
)
def test_the_tax_at_the_first_death_under_a_treaty(country, worth, share, tax):
    result = option_of(plan_of(country, worth, share)).order("a")

    assert tax == result.figures["tax_at_first_death"]
    assert result.family_wealth == result.path[-1].family_wealth


def test_what_the_treaty_let_deduct_gives_no_credit_in_the_spouses_estate():
    # 40m: tax 4,000,000, the spouse has 36m, of which 15m was deducted. Taxed transfer 36m - 15m = 21m; the estate
    # taxed is 25m, less the tax 21m: the whole tax of 4,000,000 lies on it.
    result = option_of(plan_of("FR", 40_000_000, 100)).order("a")

    # The spouse dies in 2027, exclusion 15,470,000: 40% of 20,530,000 = 8,212,000 on 36m, nothing on 36m - 21m = 15m.
    # The credit is the smaller of 8,212,000 and 4,000,000.
    assert Decimal(4_212_000) == result.figures["tax_at_second_death"]
    assert Decimal(40_000_000 - 4_000_000 - 4_212_000) == result.family_wealth


def test_no_treaty_comes_first_before_the_attorney_has_confirmed_it():
    unasked, confirmed = plan_of("FR", 28_000_000, 100), plan_of("FR", 28_000_000, 100, treaty_confirmed="yes")

    assert "treaty" != unasked.recommendation.strategy
    assert 1 < option_of(unasked).rank
    assert "treaty_not_confirmed" in {warning.code for warning in unasked.warnings}
    assert "treaty_not_confirmed" not in {warning.code for warning in confirmed.warnings}


@pytest.mark.parametrize(("country", "not_read"), [("CA", 0), ("FR", 1), ("DE", 4)])
def test_the_option_names_the_waiver_the_disclosure_and_every_condition(country, not_read):
    reasons = option_of(plan_of(country, 25_000_000, 80)).reasons

    codes = [reason.code for reason in reasons]
    assert {"treaty_relief", "treaty_in_place_of_qdot", "treaty_disclosure"} <= set(codes)
    conditions = [reason.text for reason in reasons if reason.code == "treaty_condition"]
    assert 4 == len(conditions)
    assert not_read == sum("not verified" in text for text in conditions)


@pytest.mark.parametrize("country", ["BR", "JP"])
def test_without_a_relief_for_residents_the_treaty_is_not_open(country):
    option = option_of(plan_of(country, 25_000_000, 100))

    assert "not_available" == option.status
    assert ["no_treaty_relief"] == [reason.code for reason in option.reasons]


def test_a_citizen_spouse_needs_no_treaty():
    couple_plan = plan_of("US", 25_000_000, 100)

    assert "not_available" == option_of(couple_plan).status


def test_a_decedent_at_home_in_japan_has_the_share_of_the_credit_once_confirmed():
    couple = replace(
        worked_comparison_couple(),
        a=person("Dana", "JP", us_domicile=False, domicile_country="JP", us_situs_share=Decimal(25)),
        b=person("Sol", "JP", domicile_state="CA", naturalization_intent="no"),
        assets=(asset("a", 12_000_000),),
    )

    def plan(**given):
        return make_plan(
            couple, lawbook=official_lawbook(), given={**STILL, **given}, sources={}, life_table=life_table(),
            is_holiday=is_legal_holiday, as_of=AS_OF, state_book=official_state_book(), treaty_book=treaty_book(),
            with_flip_points=False,
        )  # fmt: skip

    unasked, confirmed = plan(), plan(treaty_confirmed="yes")

    # 3,000,000 of 12,000,000 lie here: T(3m) 1,145,800 less 13,000; with the treaty less 5,945,800 x 3/12 = 1,486,450.
    assert 1_132_800 == unasked.options[0].order("a").figures["tax_at_first_death"]
    assert 0 == confirmed.options[0].order("a").figures["tax_at_first_death"]
    assert "treaty_credit_not_counted" in {warning.code for warning in unasked.warnings}
    assert "treaty_credit_not_counted" not in {warning.code for warning in confirmed.warnings}
