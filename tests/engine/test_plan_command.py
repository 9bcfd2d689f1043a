"""`manage.py plan`: the contract of the command line."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.pure

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def run(*arguments):
    """Return exit code, standard output and standard error of one call."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("plan", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def plan(name, *arguments):
    code, out, err = run(str(EXAMPLES / name), *arguments)
    assert (0, "") == (code, err)
    return json.loads(out)


def test_a_plan_names_what_the_contract_asks_for():
    found = plan("case-mixed-couple.json")

    assert {
        "format", "as_of", "law", "assumptions", "options", "recommendation", "deadlines", "warnings", "missing", "worksheets",
    } <= set(found)  # fmt: skip
    assert {"strategy", "reasons", "why_not", "flip_points", "fallback"} <= set(found["recommendation"])
    option = found["options"][1]
    assert {"strategy", "status", "reasons", "missing", "orders", "figures"} <= set(option)
    assert {"first_to_die", "status", "figures", "worksheets"} <= set(option["orders"][0])
    ranking = next(order for order in option["orders"] if order["first_to_die"] == found["ranking_order"])
    assert ranking["figures"] == option["figures"]
    # The couple is at home in California, which has no death tax: worked out, and nothing.
    assert "0" == option["figures"]["state_tax"]


def test_every_worksheet_named_exists_and_every_line_number_is_used_once():
    found = plan("case-mixed-couple.json")

    codes = [sheet["code"] for sheet in found["worksheets"]]
    numbers = [line["number"] for sheet in found["worksheets"] for line in sheet["lines"]]
    named = {code for option in found["options"] for order in option["orders"] for code in order["worksheets"]}
    assert len(set(codes)) == len(codes)
    assert len(set(numbers)) == len(numbers)
    assert named == set(codes)
    lines = {number for option in found["options"] for order in option["orders"] for number in order["lines"].values()}
    assert lines <= set(numbers)


def test_a_case_that_waits_for_facts_is_an_answer():
    found = plan("case-needs-facts.json")

    assert found["recommendation"]["strategy"] is None
    assert {"needs_facts"} == {option["status"] for option in found["options"]}
    assert {None} == {option["figures"]["family_wealth"] for option in found["options"]}


def test_the_small_estate_needs_nothing():
    assert "none_needed" == plan("case-small-estate.json")["recommendation"]["strategy"]


def test_the_day_on_the_command_line_wins():
    assert "2026-01-15" == plan("case-mixed-couple.json", "--as-of", "2026-01-15")["as_of"]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("nowhere.json",), "nowhere.json: cannot be read"),
        ((str(EXAMPLES / "case-mixed-couple.json"), "--as-of", "2031-01-01"), "no federal law for 2031"),
        ((str(EXAMPLES / "case-mixed-couple.json"), "--as-of", "1987-01-01"), "no federal law for 1987"),
        ((str(EXAMPLES / "case-mixed-couple.json"), "--as-of", "soon"), "--as-of: 'soon' is not a date"),
        ((), "CASE: no file named"),
    ],
)
def test_wrong_input_ends_with_2_and_nothing_on_standard_output(arguments, fault):
    code, out, err = run(*arguments)

    assert (2, "") == (code, out)
    assert fault in err


def test_the_schema_is_printed():
    _, out, _ = run("--schema")

    assert "https://json-schema.org/draft/2020-12/schema" == json.loads(out)["$schema"]


def test_amounts_are_text_and_no_float_is_in_the_plan():
    def walk(value):
        if isinstance(value, dict):
            for item in value.values():
                yield from walk(item)
        elif isinstance(value, list):
            for item in value:
                yield from walk(item)
        else:
            yield value

    assert not [value for value in walk(plan("case-mixed-couple.json")) if isinstance(value, float)]
