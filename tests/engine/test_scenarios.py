"""Every case of tests/scenarios, through the command line."""

import re
import tomllib
from decimal import Decimal, InvalidOperation

import pytest

from planning.compute.registry import RULES
from tests import SCENARIOS
from tests.engine.commands import compute, run

pytestmark = pytest.mark.pure


def cases_of(name):
    with (SCENARIOS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)["case"]


CASES = [pytest.param(rule, case, id=f"{rule}-{case['id']}") for rule in RULES for case in cases_of(rule)]
LAW_CASES = [pytest.param(case, id=case["id"]) for case in cases_of("law")]


def with_nulls(value):
    """TOML has no null: the word stands for it."""
    if isinstance(value, dict):
        return {key: with_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_nulls(item) for item in value]
    return None if value == "null" else value


def found_at(result, path):
    for part in re.findall(r"[^.\[\]]+", path):
        result = result[int(part)] if isinstance(result, list) else result[part]
    return result


def same(expected, actual):
    if expected is None or isinstance(expected, bool) or actual is None or isinstance(actual, bool):
        return expected is actual
    try:
        return Decimal(str(expected)) == Decimal(str(actual))
    except InvalidOperation:
        return str(expected) == str(actual)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_case_gives_what_it_should(rule, case, tmp_path):
    given = with_nulls(case["given"])

    ran = compute(rule, given, tmp_path)

    assert (0, "") == (ran.code, ran.err)
    answer = ran.json
    assert case.get("status", "computed") == answer["status"]
    assert case.get("missing", answer["missing"]) == answer["missing"]
    if "warning" in case:
        assert case["warning"] in [warning["code"] for warning in answer["warnings"]]
    found = {finding["rule"]: finding["state"] for finding in answer["findings"]}
    assert case.get("findings", {}) == {rule: found.get(rule) for rule in case.get("findings", {})}
    wrong = {
        path: (expected, found_at(answer["result"], path))
        for path, expected in with_nulls(case["expect"]).items()
        if not same(expected, found_at(answer["result"], path))
    }
    assert {} == wrong


@pytest.mark.parametrize("case", LAW_CASES)
def test_a_published_limit_is_the_one_of_its_year(case):
    for year, expected in case["expect"].items():
        printed = run("law", year, json=True).json

        amounts = {amount["name"]: Decimal(amount["amount"]) for amount in printed["amounts"]}
        amounts["applicable_credit_amount"] = Decimal(printed["applicable_credit_amount"])
        assert expected == {name: int(amounts[name]) for name in expected}


def test_every_case_names_its_source():
    for rule in [*RULES, "law"]:
        for case in cases_of(rule):
            assert case["source"].strip(), case["id"]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_every_worksheet_line_of_a_case_says_how_it_was_made_and_by_what_authority(rule, case, tmp_path):
    answer = compute(rule, with_nulls(case["given"]), tmp_path).json

    lines = [line for sheet in answer["worksheets"] for line in sheet["lines"]]
    numbers = [line["number"] for line in lines]
    assert len(numbers) == len(set(numbers))
    said = ("label", "amount", "how", "citations")
    assert [] == [line for line in lines if not all(line[part] for part in said)]
