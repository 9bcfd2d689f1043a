"""What the annuity and date rules refuse, how facts may be written, and the dates that no one case shows."""

from datetime import date
from decimal import Decimal

import pytest

from planning.compute.registry import compute as answer_of
from planning.engine.rules.s2056a_nonassignable_annuity import (
    Steps,
    factor_from_remainder,
    information_statement,
    may_exhaust,
    qualifies,
    rounded_portion,
    share_of_payment,
    standard_factor_allowed,
)
from planning.engine.rules.s2056a_security_dates import residence_gone
from planning.engine.rules.s2056a_tax_dates import annuity_tax
from planning.engine.rules.s7503_due_dates import (
    Calendar,
    Relief,
    form_706_due,
    form_706_qdt_due_for_death,
    form_706_qdt_due_for_distribution,
    form_709_due,
    previous_business_day,
    private_act,
    qdot_election_last_day,
    tax_act,
)
from planning.federal_holidays import holidays_with, is_legal_holiday
from tests.engine.commands import compute

pytestmark = pytest.mark.pure

ANNUITY = {
    "date_of_death": "2026-03-02",
    "plan": "401(a)",
    "annual_annuity": "72000",
    "payment_frequency": "monthly",
    "spouse_age": 60,
}
BAD = {
    "a month without a rate": ({"date_of_death": "2026-11-02"}, "date_of_death: no section 7520 rate is known for 2026-11: the law files hold 1989-05 to 2026-10, expected section_7520_rate as entered by the firm, with its ruling"),
    "a day before section 7520": ({"date_of_death": "1989-04-30"}, "date_of_death: no section 7520 rate is known for 1989-04"),
    "no table for the day": ({"date_of_death": "1989-04-30", "section_7520_rate": "10"}, "date_of_death: no mortality table is held for 1989-04-30: the law files begin with 1989-05-01, expected a later day"),
    "a table of another day": ({"mortality_table": "2000CM"}, "mortality_table: 2000CM may not be used on 2026-03-02, expected 2010CM"),
    "a table nobody made": ({"mortality_table": "2020CM"}, "mortality_table: '2020CM' is not a table, expected one of 2000CM, 2010CM, 80CNSMT, 90CM"),
    "no rate at all": ({"section_7520_rate": "0"}, "section_7520_rate: 0 is no rate, expected percent above zero such as 5.2"),
    "two frequencies": ({"payments_per_year": 4}, "payments_per_year: 4 is not the frequency named, expected the two to agree"),
    "two times of payment": ({"payment_frequency": "monthly in arrears", "paid_at_start": True}, "paid_at_start: says the opposite of payment_frequency, expected the two to agree"),
    "two amounts": ({"payment_amount": "6000.01"}, "payment_amount: is not the year's total over its payments, expected the two to agree"),
    "no frequency": ({"payment_frequency": "semi-monthly"}, "payment_frequency: 'semi-monthly' is no frequency, expected monthly"),
    "no word": ({"payment_frequency": 12}, "payment_frequency: 12 is no frequency, expected monthly"),
    "no plan": ({"plan": "a hat"}, "plan: 'a hat' is no kind of plan, expected qualified_plan (401(a))"),
    "no factor": ({"annuity_factor": 14.6}, "annuity_factor: 14.6 is no factor, expected a number in quotes"),
    "a factor too great": ({"annuity_factor": "21"}, "annuity_factor: no term up to 110 years has an annuity factor of 21 at 4.8%, expected a factor that payments for a term of years reach"),
    "an age too high": ({"spouse_age": 110}, "spouse_age: 110 is not valid"),
    "born after the death": ({"spouse_birth_date": "2026-03-03"}, "spouse_birth_date: 2026-03-03 is after the day of valuation"),
    "no years": ({"table_b_annuity_factors": {"soon": "14.5"}}, "table_b_annuity_factors.soon: is no number of years, expected 1 to 110"),
    "years too many": ({"table_b_annuity_factors": {"111": "14.5"}}, "table_b_annuity_factors.111: is no number of years, expected 1 to 110"),
    "a breach in a month without a rate": ({"spouse_birth_date": "1966-01-20", "breach_year": 2027}, "breach_year: no section 7520 rate is known for 2027-01: the law files hold 1989-05 to 2026-10, expected breach_section_7520_rate as entered by the firm"),
    "one decimal": ({"corpus_portion_decimals": 1}, "corpus_portion_decimals: 1 is not valid"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "fault"), BAD.values(), ids=BAD)
def test_a_fault_of_the_annuity_is_named(changed, fault, tmp_path):
    ran = compute("annuity-corpus-portion", ANNUITY | changed, tmp_path)

    assert (2, "") == (ran.code, ran.out)
    assert [True] == [line.startswith(fault) for line in ran.faults]
    assert all("expected" in line for line in ran.faults)


def test_faults_of_the_dates_are_named(tmp_path):
    state = compute("deadlines", {"date_of_death": "2026-03-02", "filing_office_state": "ZZ"}, tmp_path)
    relief = {
        "disaster_relief_from": "2026-12-02",
        "disaster_relief_until": "2026-12-01",
        "disaster_relief_authority": "x",
    }
    backward = compute("deadlines", relief, tmp_path)

    assert (2, ["filing_office_state: 'ZZ' is no state, expected two letters such as MO"]) == (state.code, state.faults)
    assert ["disaster_relief_until: 2026-12-01 is before the relief begins, expected a later day"] == backward.faults


@pytest.mark.parametrize(("written", "payments", "at_start"), [
    ("annually", 1, False), ("yearly", 1, False), ("semiannually", 2, False), ("semi-annual", 2, False),
    ("quarterly", 4, False), ("Monthly", 12, False), ("weekly", 52, False), ("monthly_end_of_period", 12, False),
    ("monthly in arrears", 12, False), ("monthly_start_of_period", 12, True), ("monthly beginning of period", 12, True),
])  # fmt: skip
def test_words_for_how_often_it_is_paid(written, payments, at_start):
    given = {**ANNUITY, "annual_annuity": "72000", "payment_frequency": written}
    numbers = {**given, "payments_per_year": payments, "paid_at_start": at_start}
    del numbers["payment_frequency"]

    assert (
        answer_of("annuity-corpus-portion", given)["result"] == answer_of("annuity-corpus-portion", numbers)["result"]
    )


@pytest.mark.parametrize(("written", "kind"), [
    ("401(a) pension", "qualified_plan"), ("401(k)", "qualified_plan"), ("qualified_plan", "qualified_plan"),
    ("408(b)", "individual_retirement_annuity"), ("individual_retirement_annuity", "individual_retirement_annuity"),
    ("IRA", "individual_retirement_account"), ("408(a)", "individual_retirement_account"),
    ("individual_retirement_account", "individual_retirement_account"),
    ("nonqualified plan", "other_arrangement"), ("foreign pension", "other_arrangement"),
    ("commercial annuity", "other_arrangement"), ("other_arrangement", "other_arrangement"),
    ("403(b)", "other_arrangement"),
])  # fmt: skip
def test_words_for_what_pays(written, kind):
    [found] = [
        finding
        for finding in answer_of("annuity-corpus-portion", {**ANNUITY, "plan": written})["findings"]
        if finding["rule"] == "EST-47"
    ]

    assert kind == found["measured"]


def test_warnings_of_a_rate_the_firm_entered():
    given = {**ANNUITY, "section_7520_rate": "4.85", "section_7520_rate_citation": "Rev. Rul. 2026-6"}

    warned = {line["code"]: line["text"] for line in answer_of("annuity-corpus-portion", given)["warnings"]}

    assert "its authority: Rev. Rul. 2026-6" in warned["section_7520_rate_entered_by_firm"]
    assert warned["section_7520_rate_differs"] == "The law files hold 4.8% for 2026-03, not 4.85%."
    assert "section_7520_rate_step" in warned


def test_a_rate_entered_for_a_month_the_files_do_not_hold_is_taken():
    given = {**ANNUITY, "date_of_death": "2026-11-02", "section_7520_rate": "5.6"}

    printed = answer_of("annuity-corpus-portion", given)

    assert "computed" == printed["status"]
    assert {"section_7520_rate_entered_by_firm", "deduction_conditional"} == {
        line["code"] for line in printed["warnings"]
    }
    assert "entered_by_firm" == printed["worksheets"][0]["lines"][0]["status"]
    assert "882372.29" == printed["result"]["present_value"]


@pytest.mark.parametrize(("name", "value"), [
    ("table_k_factor", "1.0219"), ("table_s_remainder_factor", "0.37898"), ("annuity_factor", "12.9378"),
    ("table_b_annuity_factors", {"21": "13.0498"}),
])  # fmt: skip
def test_a_factor_read_wrongly_is_said(name, value):
    right = {"table_k_factor": "1.0218", "table_s_remainder_factor": "0.37899", "annuity_factor": "12.9377"}
    right["table_b_annuity_factors"] = {"21": "13.0499"}

    warned = [line["code"] for line in answer_of("annuity-corpus-portion", {**ANNUITY, name: value})["warnings"]]
    silent = [line["code"] for line in answer_of("annuity-corpus-portion", {**ANNUITY, name: right[name]})["warnings"]]

    assert "factor_differs" in warned
    assert "factor_differs" not in silent


def test_a_stated_age_that_is_not_the_nearest_is_said():
    given = {**ANNUITY, "spouse_birth_date": "1966-01-20", "spouse_age": 59}

    printed = answer_of("annuity-corpus-portion", given)

    assert 60 == printed["result"]["age_nearest_birthday"]
    assert "age_differs" in [line["code"] for line in printed["warnings"]]


def test_a_breach_asks_for_what_it_needs():
    life = answer_of("annuity-corpus-portion", {**ANNUITY, "breach_year": 2026})
    term = answer_of("annuity-corpus-portion", {**ANNUITY, "term_years": 10, "breach_year": 2026})

    assert ["spouse_birth_date"] == life["missing"]
    assert ["remaining_term_years"] == term["missing"]
    assert "breach_amount" not in {**life["result"], **term["result"]}


def test_a_limited_fund_without_its_value_leaves_the_factor_open():
    given = {**ANNUITY, "spouse_terminally_ill": False, "paid_from_limited_fund": True}

    printed = answer_of("annuity-corpus-portion", given)

    assert printed["result"]["standard_factor_allowed"] is None
    asked = [finding["missing"] for finding in printed["findings"] if "fund" in finding["test"]]
    assert [["limited_fund_value"]] == asked


def test_questions_about_a_payor_abroad():
    def questions(**facts):
        printed = answer_of("annuity-corpus-portion", {**ANNUITY, **facts})
        [found] = [finding for finding in printed["findings"] if "Information Statement" in finding["test"]]
        return [question for question in found["questions"] if "abroad" in question]

    assert [] == questions(payor_abroad=False)
    assert questions() == questions(payor_abroad=True) != []


YES = {"information_statement": True, "agreement": True, "election": True, "qdot_before_return": None}


@pytest.mark.parametrize(("option", "changed", "held"), [
    ("pay", {}, True), ("roll_over", {}, None), ("roll_over", {"qdot_before_return": True}, True),
    ("roll_over", {"qdot_before_return": False}, False), ("pay", {"qdot_before_return": False}, True),
    ("pay", {"election": False}, False), ("pay", {"agreement": False}, False),
    ("pay", {"information_statement": False}, False), ("pay", {"agreement": None}, None), (None, {}, None),
    (None, {"election": False}, False), ("pay", {"agreement": None, "election": False}, False),
])  # fmt: skip
def test_the_steps_of_each_option(option, changed, held):
    assert held is qualifies(Steps(option, **{**YES, **changed}))


@pytest.mark.parametrize(("life", "ill", "survived", "exhausts", "allowed"), [
    (True, False, False, False, True), (True, True, False, False, False), (True, True, True, False, True),
    (True, None, False, False, None), (True, None, True, False, True), (False, True, False, False, True),
    (False, None, False, False, True), (True, False, False, True, False), (True, False, False, None, None),
    (True, True, False, None, False), (True, None, False, True, False),
])  # fmt: skip
def test_when_a_factor_of_the_tables_may_be_used(life, ill, survived, exhausts, allowed):
    assert allowed is standard_factor_allowed(life=life, terminally_ill=ill, survived_long=survived, exhausts=exhausts)


def test_a_fund_that_earns_the_annuity_never_runs_out():
    rate = Decimal(5)

    assert not may_exhaust(annual=Decimal(50_000), fund=Decimal(1_000_000), rate=rate, years=200)
    # Ten years at 5%: 7.7217.
    assert not may_exhaust(annual=Decimal(100_000), fund=Decimal(772_170), rate=rate, years=10)
    assert may_exhaust(annual=Decimal(100_000), fund=Decimal("772169.99"), rate=rate, years=10)


def test_small_steps_of_the_corpus_portion():
    assert Decimal("11.0625") == factor_from_remainder(Decimal(".33625"), Decimal("6.0"))
    assert Decimal("0.67") == rounded_portion(Decimal("0.665"), 2)
    assert Decimal("0.664") == rounded_portion(Decimal("0.6644"), 3)
    share = share_of_payment(Decimal("1000.01"), Decimal("0.5"), Decimal("500.01"))
    assert (Decimal("500.01"), Decimal("500.01"), 0) == (share.corpus, share.exempt, share.due)


def test_what_the_information_statement_must_say():
    assert 15 == len(information_statement(employment_related=None, option=None))
    assert 12 == len(information_statement(employment_related=True, option="pay"))
    assert 14 == len(information_statement(employment_related=True, option="roll_over"))
    assert 13 == len(information_statement(employment_related=False, option=None))


def test_months_in_the_year_of_death_without_its_return():
    """Where the return's date is not known, April 15 stands."""
    due = annuity_tax(
        Calendar(is_legal_holiday), 2026, pays=True, estate_return_due=None, death=date(2026, 11, 30), spouse_death=None
    )

    assert (date(2027, 4, 15), "") == (due.due, due.note)


def test_the_annuity_of_another_year_is_not_moved():
    calendar = Calendar(is_legal_holiday)
    facts = {"pays": True, "estate_return_due": date(2028, 12, 1), "death": date(2026, 11, 30)}

    assert date(2028, 4, 18) == annuity_tax(calendar, 2027, spouse_death=date(2029, 1, 1), **facts).due


def test_only_a_sale_can_be_reinvested():
    calendar = Calendar(is_legal_holiday)

    assert 3 == len(residence_gone(calendar, date(2026, 5, 8), sold=True))
    assert 2 == len(residence_gone(calendar, date(2026, 5, 8), sold=False))


def test_a_private_date_stays_and_a_tax_date_moves():
    calendar = Calendar(is_legal_holiday)
    saturday = date(2026, 7, 4)

    private = private_act(calendar, "a", "A", saturday, "IRC 1")
    toward_irs = tax_act(calendar, "b", "B", saturday, "IRC 1")
    capped = tax_act(calendar, "c", "C", saturday, "IRC 1", not_after=date(2026, 7, 1))

    # July 3 is the day on which Independence Day is kept.
    assert (saturday, date(2026, 7, 2), True) == (private.due, private.plan_for, private.private)
    assert (date(2026, 7, 6), date(2026, 7, 6), False) == (toward_irs.due, toward_irs.plan_for, toward_irs.private)
    assert (date(2026, 7, 1), saturday) == (capped.due, capped.nominal)
    assert (("IRC 1",), ("IRC 1", "IRC 7503")) == (private.citations, toward_irs.citations)


def test_the_dates_other_rules_ask_for():
    death = date(2026, 3, 2)

    assert date(2026, 12, 2) == form_706_due(death, is_legal_holiday)
    assert date(2027, 6, 2) == form_706_due(death, is_legal_holiday, extended=True)
    assert date(2027, 12, 2) == qdot_election_last_day(death, extended=False)
    assert date(2028, 6, 2) == qdot_election_last_day(death, extended=True)
    assert date(2027, 4, 15) == form_709_due(2026, is_legal_holiday)
    assert date(2028, 4, 18) == form_706_qdt_due_for_distribution(2027, is_legal_holiday)
    assert date(2028, 2, 29) == form_706_qdt_due_for_death(date(2027, 5, 31), is_legal_holiday)


def test_business_days():
    assert date(2026, 7, 2) == previous_business_day(date(2026, 7, 5), is_legal_holiday)
    assert date(2026, 7, 1) == previous_business_day(date(2026, 7, 1), is_legal_holiday)


def test_relief_moves_only_what_falls_in_it():
    relief = Calendar(is_legal_holiday, Relief(date(2026, 7, 6), date(2026, 9, 1), "notice"))

    assert date(2026, 9, 1) == relief.due(date(2026, 7, 4))  # moved to July 6 first, the first day of the relief
    assert date(2026, 7, 2) == relief.due(date(2026, 7, 2))
    assert date(2026, 9, 1) == relief.due(date(2026, 8, 31))
    assert date(2026, 9, 1) == relief.due(date(2026, 9, 1))
    assert date(2026, 9, 2) == relief.due(date(2026, 9, 2))


def test_holidays_of_the_office():
    missouri = holidays_with("MO")

    assert missouri(date(2026, 5, 8))
    assert missouri(date(2026, 4, 16))  # Emancipation Day, in the District
    assert not missouri(date(2026, 5, 7))
    assert not holidays_with(None)(date(2026, 5, 8))
    with pytest.raises(NotImplementedError):
        holidays_with("ZZ")


def test_a_private_date_on_a_closed_day_is_warned_about(tmp_path):
    closed = compute("deadlines", {"bond_expires_on": "2026-12-31"}, tmp_path).json
    fine = compute("deadlines", {"bond_expires_on": "2026-12-30"}, tmp_path).json  # November 1 less a day: Saturday
    weekday = compute("deadlines", {"bond_expires_on": "2026-12-29"}, tmp_path).json

    assert ["private_date_on_closed_day"] == [line["code"] for line in closed["warnings"]]
    assert "plan for 2026-10-30" in closed["warnings"][0]["text"]
    assert "plan for 2026-10-30" in fine["warnings"][0]["text"]
    assert [] == weekday["warnings"]
