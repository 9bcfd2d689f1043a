"""What `./run bench engine` measures: one fixed plan, and the same taxes without any traces."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from planning.casefile import Case as CaseFile
from planning.casefile import read_case
from planning.engine.assumptions import settle
from planning.engine.facts import is_us_citizen
from planning.engine.holdings import holdings, other, wealth_today
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION
from planning.engine.planner import make_plan
from planning.engine.readiness import SPOUSES
from planning.engine.results import Plan
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES
from planning.engine.worksheet import Worksheet
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from tools.bare_taxes import Case, taxes

FILE = Path(__file__).resolve().parents[1] / "docs" / "examples" / "case-mixed-couple.json"
NAMES = ("tax_at_first_death", "qdot_tax", "tax_at_second_death")


def full_plan(case: CaseFile | None = None, *, state: str | None = None) -> tuple[Plan, CaseFile]:
    """Return the fixed plan without flip points, and the case it was made from.

    `state`: both spouses are at home there and state taxes count; None: federal taxes alone.
    """
    case = case or read_case(json.loads(FILE.read_text(encoding="utf-8")))
    if case.as_of is None:
        sys.exit(f"{FILE.name} names no day.")
    couple = case.couple
    if state is not None:
        a, b = replace(couple.a, domicile_state=state), replace(couple.b, domicile_state=state)
        couple = replace(couple, a=a, b=b)
    plan = make_plan(
        couple,
        lawbook=official_lawbook(),
        given=case.assumptions,
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=case.as_of,
        state_book=None if state is None else official_state_book(),
        with_flip_points=False,
    )
    return plan, case


def _cases() -> dict[str, Case]:
    """Return what both orders start from, by who dies first."""
    file = read_case(json.loads(FILE.read_text(encoding="utf-8")))
    couple, as_of, book = file.couple, file.as_of, official_lawbook()
    if as_of is None:
        sys.exit(f"{FILE.name} names no day.")
    a, _printed = settle(
        couple, file.assumptions, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=as_of
    )
    before, last = a.years_to_first_death or 0, a.years_to_second_death or 0
    laws = {
        year: book.projected(as_of.replace(year=year, month=12, day=31), a.indexing)
        for year in range(as_of.year, as_of.year + last + 1)
    }
    rows = laws[as_of.year].rate_table.brackets
    found = {}
    for order in SPOUSES:
        citizen = is_us_citizen(couple.person(other(order))) is True
        start = holdings(Worksheet("A", ""), couple, order, survivor_is_citizen=citizen)
        found[order] = Case(
            first=[(lot.decedent.amount + lot.decedent_debt, lot.decedent_debt) for lot in start.lots],
            second=[
                (lot.survivor.amount + lot.survivor_debt, lot.survivor_debt)
                for lot in start.lots
                if lot.survivor is not None
            ],
            insurance_first=start.insurance_in_first_estate.amount,
            insurance_survivor=start.insurance_paid_to_survivor.amount,
            insurance_second=start.insurance_in_second_estate.amount,
            citizen_survivor=citizen,
            donor_dies_first=a.gift_donor == order,
            start=as_of.year,
            before=before,
            between=last - before,
            growth=a.growth / 100,
            income=a.qdot_income_yield / 100,
            cost=a.qdot_yearly_cost / 100,
            spending=a.survivor_spending or Decimal(0),
            gift_years=a.gift_years or 0,
            exclusions={year: law[BASIC_EXCLUSION_AMOUNT].amount for year, law in laws.items()},
            gift_limits={year: law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount for year, law in laws.items()},
            brackets=[(row.over, row.base_tax, row.rate / 100) for row in rows],
            overs=[row.over for row in rows],
        )
    return found


def _all_taxes(cases: dict[str, Case]) -> dict[tuple[str, str], tuple[Decimal, Decimal, Decimal]]:
    return {
        (strategy.id, order): taxes(
            case,
            gifts=strategy.gifts,
            shelter=strategy.credit_shelter,
            qdot=strategy.qdot,
            citizen=strategy.naturalization,
        )
        for strategy in STRATEGIES
        for order, case in cases.items()
    }


def check_against_the_plan(plan: Plan) -> None:
    """Stop where the bare computation does not find the plan's own taxes to the cent."""
    cases = _cases()
    bare = _all_taxes(cases)
    for option in plan.options:
        for result in option.orders:
            if result.family_wealth is None or (option.strategy, result.first_to_die) not in bare:
                continue
            if BY_ID[option.strategy].naturalization and result.first_to_die == "b":
                continue
            found = tuple(result.figures[name] for name in NAMES)
            expected = bare[option.strategy, result.first_to_die]
            if found != expected:
                sys.exit(f"{option.strategy}, {result.first_to_die} first: the plan has {found}, bare {expected}.")


def bare_taxes_of_plan() -> Callable[[], object]:
    """Return the bare computation of the same taxes, ready to be called."""
    cases = _cases()
    return lambda: _all_taxes(cases)
