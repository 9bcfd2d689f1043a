"""The bridge from the accepted record: nothing is defaulted, a clear no is a fact."""

from datetime import date
from decimal import Decimal

import pytest

from planning.facts_from_answers import assumptions_from_record, couple_from_record

pytestmark = pytest.mark.pure

NAMES = {"a": "Tom", "b": "Elena"}


def said(value, certainty="known"):
    return {"value": value, "certainty": certainty, "source": "client_stated", "note": ""}


def test_answers_become_facts_under_the_same_name():
    record = {
        "a": {"legal_name": said("Thomas Keller"), "date_of_birth": said("1958-04-17"), "citizenships": said(["US"])},
        "b": {"us_domicile": said("yes"), "naturalization_intent": said("maybe")},
        "couple": {"survivor_spending": said("260000.00"), "us_trustee_available": said("no")},
        "assets": [
            {
                "id": "1",
                "kind": "home",
                "asset_name": said("House"),
                "title": said("joint_survivorship"),
                "value": said("2400000.00"),
                "contribution_a": said("80"),
            }
        ],
    }

    couple = couple_from_record(record, NAMES)

    assert ("Thomas Keller", "Elena") == (couple.a.name, couple.b.name)
    assert date(1958, 4, 17) == couple.a.date_of_birth
    assert ("US",) == couple.a.citizenships
    assert couple.b.us_domicile is True
    assert Decimal(260_000) == couple.survivor_spending
    assert couple.us_trustee_available is False
    assert Decimal(80) == couple.assets[0].contribution_a


def test_not_sure_and_blank_stay_unknown():
    record = {
        "a": {"citizenships": said(["US"], "not_sure"), "us_domicile": said("")},
        "b": {"naturalization_intent": said(None, "not_sure"), "adjusted_taxable_gifts": said("5", "tell_attorney")},
        "couple": {},
    }

    couple = couple_from_record(record, NAMES)

    assert couple.a.citizenships is None
    assert couple.a.us_domicile is None
    assert "not_sure" == couple.b.naturalization_intent
    assert couple.b.adjusted_taxable_gifts is None
    assert couple.assets is None
    assert couple.a.first_death_share_to_spouse is None
    assert couple.a.dsue_received is None


def test_a_clear_no_to_every_gift_question_is_an_exclusion_used_of_zero():
    no = {"large_gifts": said("no"), "gifts_to_spouse": said("no"), "gift_tax_returns_filed": said("no")}
    unsure = {**no, "gift_tax_returns_filed": said("accountant_knows")}
    record = {"a": no, "b": unsure}

    couple = couple_from_record(record, NAMES)

    assert Decimal(0) == couple.a.adjusted_taxable_gifts
    assert couple.b.adjusted_taxable_gifts is None


def test_never_married_before_means_no_unused_exclusion_and_a_widow_stays_open():
    record = {"a": {"earlier_marriage": said("no")}, "b": {"earlier_marriage": said("ended_by_death_return_filed")}}

    couple = couple_from_record(record, NAMES)

    assert Decimal(0) == couple.a.dsue_received
    assert couple.b.dsue_received is None


@pytest.mark.parametrize(
    ("number", "expected"), [("3", {"number_of_heirs": 3}), ("1", {"number_of_heirs": 1}), ("0", {})]
)
def test_nobody_is_no_number_of_heirs(number, expected):
    values, sources = assumptions_from_record({"couple": {"heirs": said("siblings"), "number_of_heirs": said(number)}})

    assert {"heirs": "siblings", **expected} == values
    assert set(values) == set(sources)


def test_staff_assumptions_come_out_with_their_source():
    values, sources = assumptions_from_record(
        {
            "couple": {
                "growth": said("4.5"),
                "years_to_first_death": said("12"),
                "ranking_order": said("b"),
                "indexing": said(""),
            }
        }
    )

    assert {"growth": Decimal("4.5"), "years_to_first_death": 12, "ranking_order": "b"} == values
    assert {"staff"} == set(sources.values())


HOME = {"home_country": said("US"), "home_state": said("NC")}
ABROAD = {"home_country": said("CL")}


@pytest.mark.parametrize(
    ("answers", "state", "country"),
    [
        # A home is not yet a domicile; it counts as one of a citizen, or once staff concluded on the domicile.
        (HOME, None, None),
        ({**HOME, "citizenships": said(["CL"])}, None, None),
        ({**HOME, "citizenships": said(["US", "CL"])}, "NC", "US"),
        ({**HOME, "us_domicile": said("yes")}, "NC", "US"),
        ({**HOME, "us_domicile": said("no")}, None, None),
        ({**ABROAD, "us_domicile": said("no")}, None, "CL"),
        ({**ABROAD, "us_domicile": said("yes")}, None, "US"),
        ({**ABROAD, "citizenships": said(["US"])}, None, "CL"),
        ({**ABROAD, "home_state": said("NC"), "citizenships": said(["US"])}, None, "CL"),
        ({"us_domicile": said("no")}, None, None),
        ({"citizenships": said(["US"])}, None, None),
        # What staff concluded counts before the home.
        ({**HOME, "domicile_state": said("NY")}, "NY", "US"),
        ({**HOME, "us_domicile": said("yes"), "domicile_state": said("NY")}, "NY", "US"),
        ({**HOME, "us_domicile": said("no"), "domicile_country": said("FR")}, None, "FR"),
        ({**ABROAD, "us_domicile": said("no"), "domicile_country": said("FR")}, None, "FR"),
        # A home in a territory is in no state.
        ({"home_country": said("US"), "home_state": said("PR"), "citizenships": said(["US"])}, None, "US"),
        ({"home_country": said("US", "not_sure"), "citizenships": said(["US"])}, None, None),
    ],
)
def test_the_domicile_is_what_staff_concluded_or_a_home_that_agrees(answers, state, country):
    person = couple_from_record({"a": answers, "b": {}}, NAMES).a

    assert (state, country) == (person.domicile_state, person.domicile_country)


@pytest.mark.parametrize(
    ("answers", "places", "years", "agreement"),
    [
        ({}, None, (None, None), None),
        ({"lived_in_community_property_place": said("no"), "marital_agreement": said("no")}, (), (None, None), False),
        (
            {"lived_in_community_property_place": said("yes"), "marital_agreement": said("yes")},
            None,
            (None, None),
            True,
        ),
        (
            {
                "lived_in_community_property_place": said("yes"),
                "lived_in_states": said(["CA", "abroad"]),
                "lived_in_states_from": said(2009),
                "lived_in_states_until": said("2016"),
            },
            ("CA", "abroad"),
            (2009, 2016),
            None,
        ),
        (
            {"lived_in_states": said(["CA"], "not_sure"), "marital_agreement": said(None, "not_sure")},
            None,
            (None, None),
            None,
        ),
    ],
)
def test_where_earnings_were_shared_comes_with_its_years(answers, places, years, agreement):
    couple = couple_from_record({"couple": answers}, NAMES)

    assert places == couple.lived_in_states
    assert years == (couple.lived_in_states_from, couple.lived_in_states_until)
    assert agreement is couple.marital_agreement
