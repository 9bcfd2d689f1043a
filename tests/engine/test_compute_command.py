"""`manage.py compute`: lists, schemas, examples, and what it says to bad input."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from planning.compute.registry import RULES
from tests import ROOT
from tests.engine.commands import compute, run

pytestmark = pytest.mark.pure
EXAMPLES = ROOT / "docs" / "examples"
ESTATE = {"date_of_death": "2025-06-30", "gross_estate": "20000000", "spouse_is_us_citizen": False}


def example(rule):
    return json.loads((EXAMPLES / f"compute-{rule}.json").read_text(encoding="utf-8"))


def test_the_list_names_every_rule_with_one_line():
    listed = run("compute", list=True)

    assert 0 == listed.code
    assert list(RULES) == [line.split()[0] for line in listed.out.splitlines()]
    assert all(len(line.split()) > 3 for line in listed.out.splitlines())


@pytest.mark.parametrize("rule", RULES)
def test_the_example_of_a_rule_fits_its_schema_and_is_computed(rule):
    schema = run("compute", rule, schema=True).json
    jsonschema.Draft202012Validator.check_schema(schema)

    answer = run("compute", rule, str(EXAMPLES / f"compute-{rule}.json"))

    jsonschema.Draft202012Validator(schema).validate(example(rule))
    assert 0 == answer.code
    assert (rule, "computed", []) == (answer.json["rule"], answer.json["status"], answer.json["missing"])


@pytest.mark.parametrize("rule", RULES)
def test_the_schema_describes_every_field_and_admits_no_other(rule):
    schema = run("compute", rule, schema=True).json

    objects = [schema, *schema.get("$defs", {}).values()]
    objects = [found for found in objects if found.get("type") == "object"]
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    for found in objects:
        assert found["additionalProperties"] is False
        assert [] == [name for name, field in found["properties"].items() if not field.get("description")]


@pytest.mark.parametrize("rule", RULES)
def test_money_fields_say_their_unit(rule):
    schema = run("compute", rule, schema=True).json

    for found in [schema, *schema.get("$defs", {}).values()]:
        for name, field in found.get("properties", {}).items():
            text = json.dumps(field)
            if r"^\\d+(\\.\\d{1,2})?$" in text and "The same as" not in text:
                assert "USD" in text, name


def test_the_answer_has_one_shape():
    answer = run("compute", "estate-tax", str(EXAMPLES / "compute-estate-tax.json")).json

    assert ["rule", "status", "missing", "reasons", "result", "worksheets", "findings", "warnings", "law"] == list(
        answer
    )
    assert {"version", "fingerprint", "amounts"} == set(answer["law"])
    assert {"official"} == {amount["status"] for amount in answer["law"]["amounts"]}
    assert all(isinstance(line["amount"], str) for sheet in answer["worksheets"] for line in sheet["lines"])


def test_the_command_works_from_a_shell_and_reads_standard_input():
    command = [sys.executable, "manage.py", "compute", "gift-tax", "-"]
    given = '{"year": 2026, "annual_gift_to_spouse": "194001", "spouse_is_us_citizen": false}'

    ran = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=False)

    assert (0, "") == (ran.returncode, ran.stderr)
    assert "1" == json.loads(ran.stdout)["result"]["taxable_gift"]


def test_the_commands_that_need_no_site_run_on_a_bare_checkout():
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QDOT_", "DJANGO_"))}

    for arguments in (["law", "2026"], ["compute", "--list"]):
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=bare, capture_output=True, text=True, check=False
        )
        assert (0, "") == (ran.returncode, ran.stderr)


def test_a_fault_from_a_shell_ends_with_code_2_and_prints_no_answer():
    command = [sys.executable, "manage.py", "compute", "gift-tax", "-"]

    ran = subprocess.run(command, cwd=ROOT, input='{"year": 1066}', capture_output=True, text=True, check=False)

    assert (2, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith("year: ")


BAD = {
    "unknown year": (
        "estate-tax",
        ESTATE | {"date_of_death": "2031-01-01"},
        "date_of_death: no federal law for 2031: the law files hold 1988 to 2027, expected a year from 1988 to 2027",
    ),
    "year before the files": (
        "estate-tax",
        {"year": 1987, "gross_estate": 1},
        "year: no federal law for 1987: the law files hold 1988 to 2027, expected a year from 1988 to 2027",
    ),
    "unknown year of a gift": (
        "gift-tax",
        {"gifts": [{"date": "2030-01-01", "amount": 1}], "spouse_is_us_citizen": False},
        "gifts[0].date: no federal law for 2030",
    ),
    "a float": (
        "estate-tax",
        ESTATE | {"gross_estate": 1.5},
        'gross_estate: a decimal number is not taken, expected an amount in US dollars as text ("1250000.50")',
    ),
    "negative money": ("estate-tax", ESTATE | {"gross_estate": -1}, "gross_estate: -1 is below zero, expected"),
    "absurd money": (
        "estate-tax",
        ESTATE | {"gross_estate": "10000000000001"},
        "gross_estate: 10000000000001 is more than 10,000,000,000,000, expected",
    ),
    "money with an exponent": (
        "estate-tax",
        ESTATE | {"gross_estate": "1e6"},
        "gross_estate: '1e6' is not a plain number",
    ),
    "money that is yes": ("estate-tax", ESTATE | {"gross_estate": True}, "gross_estate: bool is not taken, expected"),
    "parts of a cent": ("estate-tax", ESTATE | {"gross_estate": "1.005"}, "gross_estate: 1.005 has parts of a cent"),
    "a wrong date": (
        "estate-tax",
        ESTATE | {"date_of_death": "2025-02-30"},
        "date_of_death: '2025-02-30' is no date, expected an ISO date in quotes",
    ),
    "a date as a number": (
        "estate-tax",
        ESTATE | {"date_of_death": 20250630},
        "date_of_death: 20250630 is no date, expected an ISO date in quotes",
    ),
    "yes in quotes": (
        "estate-tax",
        ESTATE | {"election_made": "yes"},
        "election_made: 'yes' is neither true nor false, expected true, false or null",
    ),
    "an unknown key": ("estate-tax", ESTATE | {"gros_estate": 1}, "gros_estate: unknown key, expected"),
    "a word outside the list": (
        "estate-tax",
        ESTATE | {"spouse_citizenship": "usa"},
        "spouse_citizenship: 'usa' is not valid",
    ),
    "one fact twice": (
        "estate-tax",
        ESTATE | {"decedent_date_of_death": "2025-06-30"},
        "(file): decedent_date_of_death says the same as another key, expected date_of_death once",
    ),
    "a fault under a second name": (
        "estate-tax",
        {"decedent_date_of_death": "soon"},
        "decedent_date_of_death: 'soon' is no date",
    ),
    "date and year apart": (
        "estate-tax",
        ESTATE | {"year": 2024},
        "date_of_death: 2025-06-30 is not in 2024, expected",
    ),
    "two words for citizenship apart": (
        "estate-tax",
        ESTATE | {"spouse_citizenship": "us"},
        "spouse_is_us_citizen: says the opposite",
    ),
    "more passes than there is": (
        "estate-tax",
        ESTATE | {"passing_to_spouse_outright": "20000001"},
        "passing_to_spouse_outright: what passes adds up to 20000001, expected at most 20000000",
    ),
    "both estates": ("estate-tax", ESTATE | {"taxable_estate": 1}, "taxable_estate: stands beside gross_estate"),
    "the survivor dies first": (
        "estate-tax",
        ESTATE | {"spouse_own_estate": 1, "spouse_date_of_death": "2025-06-29"},
        "spouse_date_of_death: 2025-06-29 is before the first death",
    ),
    "an event before the death": (
        "qdot-tax",
        {"date_of_death": "2026-03-02", "taxable_estate": 1, "distributions": [{"date": "2026-03-01", "amount": 1}]},
        "distributions[0].date: 2026-03-01 is before the first death",
    ),
    "an event after the end": (
        "qdot-tax",
        {
            "date_of_death": "2026-03-02",
            "taxable_estate": 1,
            "distributions": [{"date": "2031-03-01", "amount": 1}],
            "spouse_death": {"date": "2030-01-01", "qdot_value": 1},
        },
        "distributions[0]: comes after the trust ended",
    ),
    "a nested fault": (
        "qdot-tax",
        {"distributions": [{"amount": 1}, {"amount": "much"}]},
        "distributions[1].amount: 'much' is not a number, expected",
    ),
    "shares that are not 100": (
        "joint-property",
        {"decedent_consideration_percent": 60, "other_owner_consideration_percent": 50},
        "decedent_consideration_percent: adds up with the other share to 110, expected 100",
    ),
    "a float fraction": (
        "joint-property",
        {"spouse_contribution_fraction": 0.5},
        "spouse_contribution_fraction: 0.5 is not taken, expected a fraction from 0 to 1 in quotes",
    ),
    "treaty and election": (
        "marital-deduction",
        {"spouse_citizenship": "foreign", "treaty_deduction_elected": True, "election_made": True},
        "treaty_deduction_elected: stands beside a QDOT election",
    ),
    "a list in place of an object": ("deadlines", [], "(file): list is not taken, expected a JSON object"),
    "no JSON": ("deadlines", "{", "(file): not JSON"),
    "a key twice": ("deadlines", '{"year_of_gift": 2025, "year_of_gift": 2026}', "year_of_gift: the key stands twice"),
    "NaN": ("estate-tax", '{"year": NaN}', "(file): NaN is not a number"),
}


@pytest.mark.parametrize(("rule", "given", "fault"), BAD.values(), ids=BAD)
def test_bad_input_ends_with_code_2_nothing_printed_and_a_line_that_helps(rule, given, fault, tmp_path):
    ran = compute(rule, given, tmp_path)

    assert (2, "") == (ran.code, ran.out)
    assert [True] == [line.startswith(fault) for line in ran.faults]
    assert all("expected" in line for line in ran.faults)


def test_every_fault_gets_its_own_line(tmp_path):
    ran = compute("estate-tax", {"gross_estate": 1.5, "dsue": -1, "colour": "red"}, tmp_path)

    assert {"gross_estate", "dsue", "colour"} == {line.split(":")[0] for line in ran.faults}


def test_an_unknown_rule_is_answered_with_the_known_ones(tmp_path):
    ran = compute("estate-taxes", {}, tmp_path)

    assert (2, "") == (ran.code, ran.out)
    assert ran.faults[0].startswith("RULE: 'estate-taxes' is not a rule, expected one of estate-tax, gift-tax")


def test_a_file_that_is_not_there_is_a_fault():
    ran = run("compute", "estate-tax", "/nowhere/input.json")

    assert 2 == ran.code
    assert ran.faults[0].startswith("/nowhere/input.json: cannot be read")


def test_no_file_named_is_a_fault():
    ran = run("compute", "estate-tax")

    assert ["FILE: no file named, expected a path or - for standard input"] == ran.faults


@pytest.mark.parametrize("rule", RULES)
def test_an_empty_object_is_no_fault_but_names_what_is_missing(rule, tmp_path):
    ran = compute(rule, {}, tmp_path)

    assert 0 == ran.code
    if rule == "joint-property":  # Nothing shown means the whole is included: IRC 2040(a).
        assert "100" == ran.json["result"]["percent_included"]
        return
    assert "needs_facts" == ran.json["status"]
    assert ran.json["missing"]


@pytest.mark.parametrize("rule", RULES)
def test_null_says_the_same_as_nothing(rule, tmp_path):
    schema = run("compute", rule, schema=True).json
    second = RULES[rule].model.second_names
    optional = {name for name, field in schema["properties"].items() if {"type": "null"} in field.get("anyOf", [])}

    nulls = compute(rule, dict.fromkeys(optional - set(second)), tmp_path)

    assert compute(rule, {}, tmp_path).json == nulls.json


def test_a_projected_year_says_so(tmp_path):
    given = {"year": 2027, "gross_estate": 20_000_000, "passing_to_spouse_outright": 0}

    answer = compute("estate-tax", given, tmp_path).json

    assert "law_projected" in [warning["code"] for warning in answer["warnings"]]
    assert {"projected"} == {amount["status"] for amount in answer["law"]["amounts"]}


def test_what_was_taken_as_none_is_said(tmp_path):
    answer = compute("estate-tax", {"year": 2026, "gross_estate": 1}, tmp_path).json

    texts = {warning["code"]: warning["text"] for warning in answer["warnings"]}
    assert "Not stated, taken as none: debts and expenses, adjusted taxable gifts, DSUE." == texts["taken_as_none"]
