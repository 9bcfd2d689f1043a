"""The case file: what is read, what is refused and how it says so; and the round trip."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from planning.casefile import AssetInput, CoupleInput, PersonInput, case_schema, case_to_json, read_case
from planning.engine.facts import Asset, Couple, Person, domicile_faults
from planning.inputs import InputError, read_json

pytestmark = pytest.mark.pure

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
CASES = sorted(EXAMPLES.glob("case-*.json"))
MIXED = json.loads((EXAMPLES / "case-mixed-couple.json").read_text())


def changed(path, value):
    """Return the mixed couple with one value replaced."""
    data = copy.deepcopy(MIXED)
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    place[last] = value
    return data


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_example_fits_the_schema_and_survives_a_round_trip(path):
    data = json.loads(path.read_text())

    jsonschema.validate(data, case_schema())
    case = read_case(data)

    again = read_case(case_to_json(case.couple, case.assumptions, case.as_of))
    assert case == again


@pytest.mark.parametrize(
    ("model", "facts"),
    [(PersonInput, Person), (AssetInput, Asset), (CoupleInput, Couple)],
    ids=["person", "asset", "couple"],
)
def test_the_file_has_exactly_the_facts_of_the_engine(model, facts):
    assert set(facts.__dataclass_fields__) == set(model.model_fields)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("couple", "assets", 1, "value"), 14600000.5, "couple.assets[1].value: a decimal number is not taken"),
        (("couple", "assets", 1, "value"), "-5", "couple.assets[1].value: -5 is below zero"),
        (("couple", "assets", 1, "value"), "1e9", "couple.assets[1].value: '1e9' is not a plain number"),
        (("couple", "assets", 1, "value"), "NaN", "couple.assets[1].value: 'NaN' is not a plain number"),
        (("couple", "assets", 1, "value"), "99999999999999", "more than 10,000,000,000,000"),
        (("couple", "assets", 1, "value"), "10.001", "has parts of a cent"),
        (("couple", "assets", 1, "value"), True, "bool is not taken"),
        (("couple", "assets", 1, "title"), "husband", "couple.assets[1].title: 'husband' is not valid"),
        (
            ("couple", "assets", 0, "contribution_a"),
            "120",
            "couple.assets[0].contribution_a: 120 is not between 0 and 100",
        ),
        (("couple", "a", "date_of_birth"), "1958-02-30", "couple.a.date_of_birth"),
        (("couple", "a", "date_of_birth"), "2030-01-01", "couple.a.date_of_birth: 2030-01-01 cannot be a birth date"),
        (("couple", "a", "citizenships"), "US", "couple.a.citizenships: 'US' is not valid"),
        (("couple", "a", "domicile_state"), "XX", "couple.a.domicile_state: XX is not a state or DC"),
        (("couple", "a", "domicile_state"), "PR", "couple.a.domicile_state: PR is not a state or DC"),
        (("couple", "a", "domicile_state"), "Ohio", "couple.a.domicile_state: 'Ohio' is not valid"),
        (("couple", "b", "domicile_country"), "BR", "couple.b.domicile_country: BR contradicts us_domicile"),
        (("couple", "lived_in_states"), ["California"], "couple.lived_in_states[0]: 'California' is not valid"),
        (("couple", "lived_in_states_from"), "2009", "couple.lived_in_states_from"),
        (("couple", "a", "wife"), "Elena", "couple.a.wife: unknown key"),
        (("format",), "qdot-case/9", "format: 'qdot-case/9' is not valid"),
        (("assumptions",), {"years_to_first_death": 9, "years_to_second_death": 4}, "is not after the first death"),
        (("assumptions",), {"growth": "500"}, "assumptions.growth: 500 is not between -50 and 50"),
        (("assumptions",), {"gift_years": "ten"}, "assumptions.gift_years"),
        (("couple",), ["a", "b"], "couple: "),
    ],
    ids=str,
)
def test_a_fault_says_where_what_and_what_is_expected(path, value, fault):
    with pytest.raises(InputError) as caught:
        read_case(changed(path, value))

    assert any(fault in line for line in caught.value.faults), caught.value.faults
    assert all("expected" in line for line in caught.value.faults)


@pytest.mark.parametrize("text", ["", "{", "[1,", '{"a": NaN}', '{"a": 1, "a": 2}', "\x00", "[" * 100_000])
def test_what_is_no_json_is_refused_with_a_sentence(text):
    with pytest.raises(InputError) as caught:
        read_json(text)

    assert "expected" in caught.value.faults[0]


def test_several_faults_are_all_named():
    data = changed(("couple", "assets", 0, "value"), "x")
    data["couple"]["b"]["adjusted_taxable_gifts"] = -1

    with pytest.raises(InputError) as caught:
        read_case(data)

    assert 2 == len(caught.value.faults)


def faults_of(**domicile):
    """Return the fields whose words contradict each other."""
    facts = {"us_domicile": None, "domicile_state": None, "domicile_country": None, **domicile}
    return [name for name, _wrong in domicile_faults(**facts)]


@pytest.mark.parametrize(
    ("domicile", "fields"),
    [
        ({}, []),
        ({"us_domicile": True, "domicile_state": "NY", "domicile_country": "US"}, []),
        ({"domicile_state": "DC"}, []),
        ({"us_domicile": False, "domicile_country": "FR"}, []),
        ({"domicile_country": "FR"}, []),
        ({"us_domicile": False, "domicile_state": "NY"}, ["domicile_state"]),
        ({"domicile_state": "NY", "domicile_country": "FR"}, ["domicile_state"]),
        ({"us_domicile": True, "domicile_country": "FR"}, ["domicile_country"]),
        ({"us_domicile": False, "domicile_country": "US"}, ["domicile_country"]),
        (
            {"us_domicile": False, "domicile_state": "GU", "domicile_country": "US"},
            ["domicile_state", "domicile_state", "domicile_country"],
        ),
    ],
)
def test_the_facts_about_a_domicile_agree(domicile, fields):
    assert fields == faults_of(**domicile)


def test_years_lived_in_a_community_property_place_run_forward():
    def with_years(first, last):
        data = changed(("couple", "lived_in_states"), ["CA", "abroad"])
        data["couple"] |= {"lived_in_states_from": first, "lived_in_states_until": last, "marital_agreement": False}
        return data

    couple = read_case(with_years(2009, 2009)).couple

    assert (("CA", "abroad"), 2009, 2009, False) == (
        couple.lived_in_states,
        couple.lived_in_states_from,
        couple.lived_in_states_until,
        couple.marital_agreement,
    )
    with pytest.raises(InputError, match="lived_in_states_until 2008 is before lived_in_states_from 2009"):
        read_case(with_years(2009, 2008))
