"""What must hold for any amounts: no negative tax, no jump, no gain from splitting, nothing lost between the parts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.compute.registry import compute

pytestmark = pytest.mark.pure
CENTS = st.integers(0, 60_000_000_00).map(lambda cents: Decimal(cents) / 100)
YEARS = st.integers(2011, 2026)
CENT = Decimal("0.01")


def text(amount):
    return f"{amount:.2f}"


def estate_tax(year, taxable):
    return Decimal(compute("estate-tax", {"year": year, "taxable_estate": text(taxable)})["result"]["estate_tax"])


def qdot(year, taxable, *amounts, **more):
    events = [{"year": year + 1 + index, "amount": text(amount)} for index, amount in enumerate(amounts)]
    facts = {"year": year, "taxable_estate": text(taxable), "distributions": events}
    return compute("qdot-tax", facts | more)["result"]


def gift(year, amount, **more):
    facts = {"year": year, "annual_gift_to_spouse": text(amount), "spouse_is_us_citizen": False}
    return compute("gift-tax", facts | more)["result"]


@given(YEARS, CENTS, CENTS)
def test_estate_tax_is_never_negative_and_never_falls_when_the_estate_grows(year, estate, more):
    tax = estate_tax(year, estate)

    larger = estate_tax(year, estate + more)

    assert 0 <= tax <= larger
    assert larger - tax <= more * Decimal("0.40") + CENT


@given(YEARS, st.sampled_from([10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 250_000, 500_000, 1_000_000]))
def test_gift_tax_is_continuous_at_every_bracket(year, over):
    taxes = [
        Decimal(gift(year, 0, gifts=[{"year": year, "amount": text(Decimal(over) + step), "donee": "other",
                                      "present_interest": False}])["tax"])
        for step in (-CENT, 0, CENT)
    ]  # fmt: skip

    assert taxes == sorted(taxes)
    assert taxes[2] - taxes[0] <= CENT


@given(YEARS)
def test_estate_tax_starts_at_the_exclusion_without_a_jump(year):
    facts = {"year": year, "taxable_estate": "0"}
    exclusion = Decimal(compute("estate-tax", facts)["result"]["basic_exclusion_amount"])

    taxes = [estate_tax(year, exclusion + step) for step in (-1, 0, 1)]

    assert taxes[:2] == [0, 0]
    assert taxes[2] in (Decimal("0.35"), Decimal("0.40"))


@given(YEARS, CENTS, CENTS, CENTS)
def test_splitting_a_distribution_in_two_leaves_the_tax_as_it_was(year, taxable, first, second):
    once = Decimal(qdot(year, taxable, first + second)["total_tax"])

    twice = Decimal(qdot(year, taxable, first, second)["total_tax"])

    assert abs(once - twice) <= CENT


@given(YEARS, CENTS, CENTS)
def test_the_whole_trust_bears_what_its_property_would_have_borne_in_the_first_estate(year, taxable, value):
    together = estate_tax(year, taxable + value)

    later = Decimal(qdot(year, taxable, value)["total_tax"])

    assert abs(estate_tax(year, taxable) + later - together) <= CENT


@given(YEARS, CENTS, st.integers(1, 20_000_000).map(Decimal))
def test_a_payment_grossed_up_for_its_tax_leaves_the_net_amount(year, taxable, net):
    facts = {
        "year": year,
        "taxable_estate": text(taxable),
        "distributions": [{"year": year + 1, "net_amount": text(net)}],
    }

    event = compute("qdot-tax", facts)["result"]["events"][0]

    assert abs(Decimal(event["amount"]) - Decimal(event["tax"]) - net) <= 2 * CENT


@given(YEARS, CENTS)
def test_excluded_and_taxable_make_up_the_gift_and_the_exclusion_is_one_limit(year, amount):
    result = gift(year, amount)

    excluded, taxable = Decimal(result["excluded_gift"]), Decimal(result["taxable_gift"])
    assert amount == excluded + taxable
    assert excluded <= Decimal(result["noncitizen_spouse_exclusion"])
    assert result["form_709_required"] == (taxable > 0)


@given(st.lists(st.tuples(st.integers(2011, 2026), CENTS), min_size=1, max_size=6))
def test_gifts_of_many_years_use_credit_and_tax_once(pairs):
    gifts = [{"year": year, "amount": text(amount)} for year, amount in pairs]

    result = compute("gift-tax", {"gifts": gifts, "spouse_is_us_citizen": False})["result"]

    total = sum((amount for _, amount in pairs), Decimal(0))
    assert total == Decimal(result["excluded_gift"]) + Decimal(result["taxable_gift"])
    assert abs(Decimal(result["tax"]) - Decimal(result["credit"]) - Decimal(result["gift_tax"])) <= 10 * CENT
    assert all(Decimal(row["gift_tax"]) >= 0 for row in result["years"])
    assert Decimal(result["exclusion_remaining"]) >= 0


@given(YEARS, CENTS, CENTS)
def test_an_elected_qdot_never_costs_more_at_the_first_death_than_none(year, others, spouse):
    facts = {"year": year, "gross_estate": text(others + spouse), "passing_to_others": text(others)}
    common = {"spouse_is_us_citizen": False, "election_made": True}

    outright = compute("estate-tax", facts | common | {"passing_to_spouse_outright": text(spouse)})["result"]
    trust = compute("estate-tax", facts | common | {"passing_to_qdot": text(spouse)})["result"]

    assert Decimal(trust["estate_tax"]) <= Decimal(outright["estate_tax"])
    deferred = Decimal(trust["estate_tax"]) + Decimal(trust["deferred_tax"])
    assert abs(deferred - Decimal(outright["estate_tax"])) <= CENT
    assert trust["qdot_required"] == (spouse > 0 and Decimal(outright["estate_tax"]) > 0)
