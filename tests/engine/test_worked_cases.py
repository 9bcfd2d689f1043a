"""The couples of docs/worked-cases.md: each line's arithmetic done again, and compared with the plan to the cent.

The document is read as it stands: facts and assumptions from its TOML blocks, the
arithmetic from its tables. So neither text nor engine can change without the other.
"""

import ast
import operator
import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest

from planning.engine.planner import make_plan
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import asset, person, worked_comparison_couple

DOCUMENT = Path(__file__).parents[2] / "docs" / "worked-cases.md"
AS_OF = date(2026, 7, 15)
CENT = Decimal("0.01")
ROUNDED_UP = ", rounded up"
# How many lines each case has: a table that is no longer read would otherwise pass unseen.
LINES = {1: 15, 2: 48, 3: 21, 4: 18, 5: 28, 6: 38, 7: 17, 8: 20}
HOME_OF = re.compile(r"\(`(\w+)`(, Sol first)?(?:, varied `(\w+)`)?\)$")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@dataclass
class Line:
    """One row of a table with the arrangement it stands under."""

    number: int
    arithmetic: str
    amount: Decimal
    place: str
    strategy: str
    first: str
    variation: str | None


@dataclass
class Case:
    """One couple of the document."""

    number: int
    facts: dict = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def amount_of(text):
    return Decimal(text.replace(",", "").replace("−", "-"))


def read_document():
    """Return the cases of the document by number."""
    cases, toml, strategy, first, variation = {}, None, "", "a", None
    for text in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if text.startswith("## Case "):
            case = cases[number] = Case(number := int(text.removeprefix("## Case ").split(":")[0]))
        elif text == "```toml":
            toml = []
        elif text == "```":
            case.facts, toml = tomllib.loads("\n".join(toml)), None
        elif toml is not None:
            toml.append(text)
        elif text.startswith("### "):
            strategy, sol_first, variation = HOME_OF.search(text).groups()
            first = "b" if sol_first else "a"
        elif re.match(r"\| \d", text):
            number_, _what, arithmetic, amount, place = (cell.strip() for cell in text.strip("| ").split(" | "))
            line = Line(int(number_), arithmetic, amount_of(amount), place, strategy, first, variation)
            case.lines.append(line)
    return cases


CASES = read_document()
ALL_LINES = [(case.number, line.number) for case in CASES.values() for line in case.lines]


def worked_out(arithmetic, earlier):
    """Return what a pocket calculator gives for the words of a line, USD in cents."""
    rounding = ROUND_CEILING if arithmetic.endswith(ROUNDED_UP) else ROUND_HALF_UP
    text = re.sub(r"(?<=\d),(?=\d{3})", "", arithmetic.removesuffix(ROUNDED_UP))
    text = re.sub(r"line (\d+)", lambda found: f"({earlier[int(found[1])]})", text)
    text = re.sub(r"([\d.]+)%", r"(\1 / 100)", text)
    for sign, word in {
        "×": "*", "÷": "/", "−": "-", "^": "**", "smaller of": "smaller", "larger of": "larger"
    }.items():  # fmt: skip
        text = text.replace(sign, word)

    def value(node):
        if isinstance(node, ast.Constant):
            return Decimal(ast.get_source_segment(text, node))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            return value(node.left) ** int(value(node.right))
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        choose = {"smaller": min, "larger": max}[node.func.id]
        return choose(value(argument) for argument in node.args)

    return value(ast.parse(text, mode="eval").body).quantize(CENT, rounding)


@cache
def plan_of(number):
    """Return the plan of a case of the document."""
    facts = CASES[number].facts
    home = {"domicile_state": facts["state"]}
    planned = {"naturalization_intent": "no"}
    if facts.get("citizenship_planned", True):
        planned = {"naturalization_intent": "planned", "naturalization_expected_on": date(2028, 1, 31)}
    gifts = Decimal(facts.get("gifts_of_a", 0))
    owned = [asset(title, facts[title]) for title in ("a", "b", "community") if facts.get(title)]
    couple = replace(
        worked_comparison_couple(),
        a=person("Dana", "US", adjusted_taxable_gifts=gifts, **home),
        b=person("Sol", facts.get("citizenship_of_b", "CL"), **planned, **home),
        assets=tuple(owned),
    )
    given = {
        name: Decimal(value) if re.fullmatch(r"[\d.]+", str(value)) else value
        for name, value in facts["assumptions"].items()
    }
    return make_plan(
        couple,
        lawbook=official_lawbook(),
        given={"ranking_order": "a", **given},
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        state_book=official_state_book(),
        treaty_book=treaty_book(),
        with_flip_points=False,
    )


def amounts_in_plan(number, line):
    """Return what the plan has at the place a line names: one amount, or those of every line with that label."""
    option = next(option for option in plan_of(number).options if option.strategy == line.strategy)
    result = option.order(line.first)
    if line.variation is not None:
        result = next(other.result for other in option.alternatives if other.name == line.variation)
    if line.place.startswith("`"):
        return [result.figures[line.place.strip("`")]]
    letter, label = line.place.split(": ", 1)
    return [
        written.amount
        for sheet in result.worksheets
        if sheet.code.endswith(f"-{letter}")
        for written in sheet.lines
        if written.label == label
    ]


def test_every_case_and_line_of_the_document_is_read():
    assert {number: len(case.lines) for number, case in CASES.items()} == LINES
    for case in CASES.values():
        assert [line.number for line in case.lines] == list(range(1, len(case.lines) + 1))


@pytest.mark.parametrize(("case", "number"), ALL_LINES)
def test_the_arithmetic_of_a_line_gives_its_amount(case, number):
    lines = {line.number: line for line in CASES[case].lines}
    earlier = {line.number: line.amount for line in CASES[case].lines if line.number < number}

    assert worked_out(lines[number].arithmetic, earlier) == lines[number].amount


@pytest.mark.parametrize(("case", "number"), ALL_LINES)
def test_the_plan_says_what_the_line_says(case, number):
    line = next(line for line in CASES[case].lines if line.number == number)

    assert line.amount in [amount.quantize(CENT, ROUND_HALF_UP) for amount in amounts_in_plan(case, line)], line.place


@pytest.mark.parametrize("number", CASES)
def test_the_plan_puts_first_what_the_document_says(number):
    answer = CASES[number].facts["answer"]

    assert answer == plan_of(number).recommendation.strategy
