"""Ways to citizenship, at their edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.rules.naturalization_applicant import Applicant, open_routes
from planning.engine.rules.naturalization_routes import (
    Absence,
    Route,
    after_move,
    after_presence,
    continuity,
    general_route,
    later,
    of_age,
)
from planning.engine.rules.naturalization_timeline import (
    ProcessingTimes,
    chance_of_death,
    first_open,
    outlook,
    pending_under,
)
from tests.engine.commands import compute

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 24)
APPLICANT = Applicant(
    permanent_resident_since=date(2024, 5, 1),
    other_is_citizen=True,
    married_on=date(2015, 3, 15),
    citizen_since=date(1960, 1, 1),
    in_marital_union=True,
    divorced=False,
    citizenship_given_up=False,
    battered=False,
    stationed_abroad=False,
    died_in_service=False,
    absences=(),
    presence_days=None,
    presence_days_in_three_years=None,
    in_state_since=None,
    date_of_birth=None,
)


@pytest.mark.parametrize("fact", ["married_on", "citizen_since", "in_marital_union"])
def test_a_spouse_route_with_a_fact_unknown_is_no_answer(fact):
    found = open_routes(replace(APPLICANT, **{fact: None}), as_of=TODAY, date_of_death=None)

    assert [route.name for route in found] == ["general"]


def test_what_an_absence_does():
    left = date(2024, 1, 10)

    assert continuity(Absence(left, date(2024, 7, 10))) == "kept"
    assert continuity(Absence(left, date(2024, 7, 11))) == "presumed_broken"
    assert continuity(Absence(left, date(2024, 7, 11), kept=True)) == "kept"
    assert continuity(Absence(left, date(2024, 7, 11), kept=False)) == "broken"
    assert continuity(Absence(left, date(2025, 1, 9))) == "presumed_broken"
    assert continuity(Absence(left, date(2025, 1, 10), kept=True)) == "broken"
    assert continuity(Absence(left, date(2026, 1, 10), preserved=True)) == "kept"


def test_a_route_says_why_it_opens_later():
    general = general_route(date(2019, 5, 1))

    moved = after_move(general, date(2026, 10, 1))
    short = after_presence(general, 912, TODAY)
    young = of_age(general, date(2009, 1, 15))

    assert (moved.reason, moved.citations[-1]) == (
        "five years of permanent residence, three months in the state",
        "8 CFR 316.2(a)(5)",
    )
    assert (short.opens_on, short.citations[-1]) == (date(2026, 11, 25), "8 CFR 316.2(a)(4)")
    assert (young.opens_on, young.citations[-1]) == (date(2027, 1, 15), "INA 334(b)")
    assert after_presence(general, 913, date(2030, 1, 1)) == general


def test_a_closed_route_stays_closed_and_is_never_first():
    closed = Route("spouse_of_citizen", None, "closed", ())
    general = general_route(date(2019, 5, 1))

    assert later(closed, [TODAY], "why", "where") == closed
    assert first_open([closed, general]) == general
    assert first_open([closed]) is None
    assert pending_under(date(2020, 1, 1), "spouse_of_citizen", [closed, general]) is None
    assert pending_under(date(2024, 2, 1), "spouse_of_citizen", [closed, general]) == general


def test_a_new_application_is_not_filed_yet_and_one_that_goes_on_is():
    times = ProcessingTimes(Decimal(6), Decimal(10), Decimal(19), TODAY, "the firm's own cases")
    facts = {"as_of": TODAY, "date_of_death": None, "applied_for": "general"}
    routes = [general_route(date(2019, 5, 1))]

    new = outlook(routes, times, filed_on=None, **facts)
    pending = outlook(routes, times, filed_on=date(2026, 10, 1), **facts)

    assert new is not None
    assert pending is not None
    assert (new.filed, new.filing) == (False, TODAY)
    assert (pending.filed, pending.filing) == (True, date(2026, 10, 1))


def test_of_routes_open_since_the_same_day_the_first_counts():
    general = general_route(date(2019, 5, 1))

    assert first_open([general, replace(general, name="spouse_of_citizen")]) == general


def test_chance_of_death_over_parts_of_years():
    rates = [Decimal("0.1"), Decimal("0.2"), Decimal("0.5")]

    assert chance_of_death(rates, Decimal(0)) == 0
    assert chance_of_death(rates, Decimal("0.5")) == Decimal("0.05")
    assert chance_of_death(rates, Decimal("1.5")) == 1 - Decimal("0.9") * Decimal("0.9")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"processing_months_low": "12"}, "processing_months_base: is out of order"),
        ({"processing_months_low": "6", "processing_months_base": "20"}, "processing_months_base: is out of order"),
        ({"processing_months_low": "121"}, "processing_months_low: '121' is not taken"),
        ({"processing_months_low": 6.4}, "processing_months_low: 6.4 is not taken"),
        ({"absences": [{"left_on": "2024-01-10", "returned_on": "2024-01-09"}]}, "absences[0].returned_on: is before"),
        ({"absences": [{"left_on": "2026-11-25"}]}, "absences[0].returned_on: is before"),
    ],
)
def test_what_cannot_be_is_refused(given, fault, tmp_path):
    facts = {"as_of": "2026-11-24", "lpr_date": "2019-05-01"} | given

    ran = compute("naturalization-timeline", facts, tmp_path)

    assert ran.code == 2
    assert [True] == [line.startswith(fault) for line in ran.faults]
