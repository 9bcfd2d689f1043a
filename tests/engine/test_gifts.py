"""Gifts during life: faults of the input, edges of the rules, and what always holds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.compute.registry import compute
from planning.engine.rules.gift_flags import STATES, covered_gift, state_looks_at_gifts, treaty_covers_gifts
from planning.engine.rules.s2036_access_trust import access_trust_fails
from planning.engine.rules.s2501_nonresident_donor import domicile_of_donor, donor_status, taxed_if_nonresident
from planning.engine.rules.s2503_withdrawal_rights import lapse_is_safe, parts_of_addition, policy_clear_of_estate
from planning.engine.rules.s2503e_qualified_transfers import is_no_gift
from planning.engine.rules.s2511_completed_gifts import day_of_check, day_of_securities
from planning.engine.rules.s2513_gift_splitting import may_split, part_that_splits
from planning.engine.rules.s2515_joint_tenancy import Contribution, Shares, appreciated, reinvestment_counts, shares_of
from planning.engine.rules.s2516_support_and_settlement import settlement_window
from planning.engine.rules.s2642_gst_of_gifts import needs_gst_exemption
from planning.engine.rules.s6019_gift_return import assessable_until
from planning.inputs import InputError
from planning.treaty_book import treaty_book

pytestmark = pytest.mark.pure

D = Decimal
JOINT = {
    "created_on": "2010-05-01",
    "donor_contribution": 600_000,
    "spouse_contribution": 200_000,
    "terminated_on": "2026-05-01",
    "proceeds": 1_200_000,
    "donor_receives": 600_000,
    "spouse_is_us_citizen": False,
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"terminated_on": "2010-04-30"}, "terminated_on: is before the creation"),
        ({"created_year": 2011}, "created_on: 2010-05-01 is not in 2011"),
        ({"reinvested": 1_200_001}, "reinvested: is more than the proceeds"),
        ({"donor_receives": 1_200_001}, "donor_receives: together more than"),
        ({"spouse_receives": 600_001}, "donor_receives: together more than"),
        ({"donor_contribution": 0, "spouse_contribution": 0}, "donor_contribution: nothing was paid"),
        ({"contributions": []}, "contributions: stands beside"),
        ({"gift_on_creation": 600_001}, "gift_on_creation: is more than"),
        (
            {"terminated_by": "debt_increase", "debt_increase": 1, "debt_increase_put_back": 2},
            "debt_increase_put_back: is more",
        ),
        ({"terminated_by": "quarrel"}, "terminated_by: 'quarrel' is not valid"),
    ],
)
def test_a_tenancy_that_cannot_be_is_refused(change, fault):
    with pytest.raises(InputError) as error:
        compute("joint-tenancy-termination", JOINT | change)

    assert fault in error.value.faults[0]


def gift(**facts):
    return {"spouse_is_us_citizen": False, "gifts": [{"date": "2026-05-04", "amount": 1_000} | facts]}


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (gift(year=2025), "gifts[0].year: is not the year of the date"),
        (gift(date="1976-05-04"), "gifts[0].date: no federal law for 1976"),
        (gift(days_outstanding=366), "gifts[0].days_outstanding"),
        (gift(spouse_age=111), "gifts[0].spouse_age"),
        (gift() | {"gift_value": 1}, "gift_value: stands beside gifts"),
        (gift() | {"donor_citizen": True, "donor_citizenship": "foreign"}, "donor_citizen: says the opposite"),
        (
            gift() | {"prior_years": [{"year": 2026, "taxable_gifts": 1}]},
            "prior_years[0].year: 2026 is not before 2026",
        ),
        (
            gift() | {"prior_years": [{"year": 2025, "taxable_gifts": 1}], "prior_taxable_gifts": 1},
            "prior_years: stands beside",
        ),
        (gift(form="bet"), "gifts[0].form: 'bet' is not valid"),
    ],
)
def test_a_gift_that_cannot_be_is_refused(facts, fault):
    with pytest.raises(InputError) as error:
        compute("gift-tax", facts)

    assert fault in error.value.faults[0]


FORMS = ("outright", "qtip_trust", "income_and_general_power_trust", "estate_trust", "other_terminable_interest")
ONE_GIFT = st.fixed_dictionaries(
    {
        "date": st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat),
        "amount": st.integers(0, 3_000_000),
        "form": st.sampled_from(FORMS),
        "income_interest_value": st.integers(0, 400_000),
        "interest": st.sampled_from(("present", "remainder")),
        "qtip_elected": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(gifts=st.lists(ONE_GIFT, min_size=1, max_size=6), citizen=st.booleans())
def test_excluded_deducted_and_taxable_make_up_every_gift_and_exclusions_are_never_added(gifts, citizen):
    answer = compute("gift-tax", {"spouse_is_us_citizen": citizen, "gifts": gifts})["result"]

    for row in answer["gifts"]:
        parts = D(row["excluded"]) + D(row["marital_deduction"]) + D(row["taxable_gift"])
        assert parts == D(row["amount"])
    for year in answer["years"]:
        limit = year["annual_exclusion"] if citizen else year["noncitizen_spouse_exclusion"]
        assert D(year["excluded"]) <= D(limit)
        assert D(year["gift_tax"]) >= 0


def test_a_right_to_withdraw_is_cut_to_the_addition_in_order():
    assert ({"a": D(6), "b": D(4), "c": D(0)}, D(0)) == parts_of_addition(D(10), {"a": D(6), "b": D(9), "c": D(1)})
    assert ({"a": D(6)}, D(4)) == parts_of_addition(D(10), {"a": D(6)})


def test_a_right_lapses_safely_up_to_five_thousand_or_five_percent():
    assert lapse_is_safe(D(5_000), D(0))
    assert not lapse_is_safe(D(5_001), D(100_000))
    assert lapse_is_safe(D(5_001), D(100_020))


@pytest.mark.parametrize(
    ("owned", "incidents", "executor", "clear"),
    [
        (True, False, False, True),
        (False, False, False, False),
        (True, True, False, False),
        (True, False, True, False),
        (None, True, None, False),
        (None, False, False, None),
        (True, None, False, None),
        (True, False, None, None),
    ],
)
def test_a_policy_is_clear_only_when_everything_is_known(owned, incidents, executor, clear):
    found = policy_clear_of_estate(
        owned_by_trust_from_start=owned, insured_keeps_incidents=incidents, executor_receives=executor
    )
    assert clear is found


@pytest.mark.parametrize(("bad", "expected"), [((False, False, True), True), ((False, None, False), None)])
def test_an_access_trust_fails_by_one_fault(bad, expected):
    trustee, mirror, keeps = bad
    found = access_trust_fails(
        spouse_is_trustee_without_standard=trustee, mirror_trust_of_spouse=mirror, donor_keeps_interest=keeps
    )
    assert expected is found


def test_splitting_needs_both_to_be_citizens_or_residents_and_to_consent():
    facts = {
        "donor_citizen_or_resident": True,
        "spouse_citizen_or_resident": True,
        "married_at_gift": True,
        "remarried_in_year": False,
        "both_consent": True,
    }
    assert may_split(**facts)
    for name, value in facts.items():
        assert may_split(**facts | {name: not value}) is False
        assert may_split(**facts | {name: None}) is None


def test_only_what_goes_to_others_splits():
    assert D(60) == part_that_splits(D(100), spouse_has_general_power=False, spouses_part=D(40))
    assert D(0) == part_that_splits(D(100), spouse_has_general_power=False, spouses_part=D(140))
    assert D(0) == part_that_splits(D(100), spouse_has_general_power=True, spouses_part=D(40))
    assert D(0) == part_that_splits(D(100), spouse_has_general_power=False, spouses_part=None)


@pytest.mark.parametrize(
    ("citizen", "domicile", "possession", "status"),
    [
        (True, None, False, "citizen"),
        (True, "us", True, "citizen"),
        (True, "foreign", True, "nonresident"),
        (True, None, True, None),
        (False, "us", False, "resident"),
        (False, "foreign", False, "nonresident"),
        (False, None, False, None),
        (False, "us", True, "resident"),
    ],
)
def test_a_donor_counts_by_citizenship_or_domicile(citizen, domicile, possession, status):
    found = donor_status(citizen=citizen, domicile=domicile, citizen_through_possession_only=possession)
    assert status == found


def test_domicile_needs_living_here_and_no_intention_to_leave():
    assert domicile_of_donor(lived_in_us=True, definite_intention_to_leave=False) == "us"
    assert domicile_of_donor(lived_in_us=False, definite_intention_to_leave=False) == "foreign"
    assert domicile_of_donor(lived_in_us=True, definite_intention_to_leave=None) is None


@pytest.mark.parametrize("kind", ["real_property", "tangible_property", "cash"])
def test_things_are_taxed_where_they_lie(kind):
    assert taxed_if_nonresident(kind, "us") is True
    assert taxed_if_nonresident(kind, "foreign") is False
    assert taxed_if_nonresident(kind, None) is None


@pytest.mark.parametrize("kind", ["bank_deposit", "stock", "bond", "other_intangible"])
def test_what_is_no_thing_is_free(kind):
    assert taxed_if_nonresident(kind, "us") is False


def test_only_direct_payments_are_no_gift():
    assert is_no_gift("medical_insurance", paid_to_provider=True)
    assert not is_no_gift("tuition", paid_to_provider=False)
    assert not is_no_gift("savings_plan", paid_to_provider=True)


def test_a_check_and_securities_count_on_their_own_days():
    one, two = date(2025, 12, 31), date(2026, 1, 2)
    assert one == day_of_check(presented_on=one, paid_on=two, conditions_met=True)
    assert two == day_of_check(presented_on=one, paid_on=two, conditions_met=False)
    assert one == day_of_securities(delivered_on=one, on_books_on=two, through_broker=False)
    assert two == day_of_securities(delivered_on=one, on_books_on=two, through_broker=True)


def test_the_divorce_has_three_years():
    assert (date(2025, 5, 10), date(2028, 5, 10)) == settlement_window(date(2026, 5, 10))


@pytest.mark.parametrize(
    ("paid", "donor", "spouse"),
    [
        ([Contribution("donor", D(100)), Contribution("spouse", D(50))], D(100), D(50)),
        ([Contribution("donor", D(100)), Contribution("spouse", D(50), value_before=D(200))], D(200), D(50)),
        ([Contribution("donor", D(100), date(1986, 1, 1)), Contribution("donor", D(100))], D(150), D(50)),
        ([Contribution("spouse", D(100), date(1986, 1, 1))], D(50), D(50)),
    ],
)
def test_consideration_is_counted_by_payer_and_day(paid, donor, spouse):
    assert Shares(donor, spouse) == shares_of(paid, date(1990, 1, 1), citizen_at_creation=False)


def test_value_before_anything_was_paid_grows_nothing():
    assert Shares() == appreciated(Shares(), D(100))
    assert Shares(D(75), D(25)) == appreciated(Shares(D(3), D(1)), D(100))
    assert Shares(D(3), D(1)) == appreciated(Shares(D(3), D(1)), D(4))


@pytest.mark.parametrize(
    ("identical", "contract", "closed", "counts"),
    [
        (True, date(2027, 4, 15), True, True),
        (True, date(2027, 4, 16), True, False),
        (True, date(2027, 4, 15), False, False),
        (False, None, None, False),
        (None, date(2027, 4, 15), True, None),
        (True, None, True, None),
        (True, date(2027, 4, 15), None, None),
    ],
)
def test_reinvestment_counts_by_three_facts(identical, contract, closed, counts):
    found = reinvestment_counts(
        identical_tenancy=identical,
        contract_on=contract,
        due=date(2027, 4, 15),
        closed_in_reasonable_time=closed,
    )
    assert counts is found


def test_the_tax_can_be_assessed_for_three_years_six_or_for_ever():
    facts = {"due": date(2027, 4, 15), "adequately_disclosed": True, "omitted": D(0), "stated": D(100)}
    early, late = date(2027, 2, 1), date(2027, 6, 1)
    assert date(2030, 4, 15) == assessable_until(filed_on=early, **facts)
    assert date(2030, 6, 1) == assessable_until(filed_on=late, **facts | {"omitted": D(25)})
    assert date(2033, 6, 1) == assessable_until(filed_on=late, **facts | {"omitted": D(26)})
    assert assessable_until(filed_on=late, **facts | {"adequately_disclosed": False}) is None


@pytest.mark.parametrize(
    ("trust", "descendants", "one_person", "needed"),
    [(True, True, False, True), (True, True, True, False), (True, False, False, False), (False, True, False, False)],
)
def test_gst_exemption_is_needed_for_a_trust_with_descendants(trust, descendants, one_person, needed):
    found = needs_gst_exemption(in_trust=trust, descendants_benefit=descendants, one_person_trust_in_estate=one_person)
    assert needed is found


def test_flags_beside_the_federal_tax():
    assert {"CT", "NY", "MN", "ME", "HI", "IL"} == set(STATES)
    assert "gift tax of its own" in state_looks_at_gifts("CT")
    assert state_looks_at_gifts("CA") is None
    assert treaty_covers_gifts(treaty_book().named("France"))
    assert not treaty_covers_gifts(treaty_book().named("CH"))
    assert not treaty_covers_gifts(treaty_book().named("Atlantis"))
    assert D(1) == covered_gift(D(11), D(10), deductible_for_us_person=False)
    assert D(0) == covered_gift(D(9), D(10), deductible_for_us_person=False)
    assert D(0) == covered_gift(D(11), D(10), deductible_for_us_person=True)
