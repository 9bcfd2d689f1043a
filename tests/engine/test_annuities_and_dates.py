"""What the annuity and date rules refuse, how facts may be written, and the dates that no one case shows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.actuarial import actuarial_book
from planning.compute import valuation
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

    assert may_exhaust(annual=Decimal(50_000), fund=Decimal(1_000_000), rate=rate, years=200) is False
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


def findings(**facts):
    """Return the findings of the annuity by the words of their test."""
    printed = answer_of("annuity-corpus-portion", {**ANNUITY, **facts})
    return {
        word: next((found for found in printed["findings"] if word in found["test"]), None)
        for word in ("assignment", "Information Statement", "terminally ill")
    }


def test_the_finding_on_assignment_in_each_state():
    fired = findings()["assignment"]
    unknown = findings(plan=None)["assignment"]
    open_terms = findings(plan="other_arrangement")["assignment"]
    assignable = findings(plan="408(a)")["assignment"]

    assert ("fired", "note", [], []) == tuple(fired[key] for key in ("state", "severity", "missing", "questions"))
    assert ("undecided", ["plan"]) == (unknown["state"], unknown["missing"])
    assert ("undecided", ["assignable"]) == (open_terms["state"], open_terms["missing"])
    assert ["What do the plan's terms and its law say about assignment?"] == open_terms["questions"]
    assert ("not_fired", [], []) == (assignable["state"], assignable["missing"], assignable["questions"])
    assert assignable["text"].startswith("The rights can be assigned to the QDOT")
    assert fired["text"].startswith("The payments count as not assignable")


def test_the_finding_on_the_agreement_in_each_state():
    steps = {"information_statement_filed": True, "agreement_filed": True, "election_made": True}
    undecided = findings()["Information Statement"]
    half = findings(option="roll_over", agreement_filed=True)["Information Statement"]
    held = findings(option="pay", **steps)["Information Statement"]
    failed = findings(option="pay", **{**steps, "election_made": False, "agreement_filed": None})[
        "Information Statement"
    ]

    assert ("undecided", "warn") == (undecided["state"], undecided["severity"])
    assert ["option", "information_statement_filed", "agreement_filed", "election_made"] == undecided["missing"]
    assert ["information_statement_filed", "election_made", "qdot_established_before_return"] == half["missing"]
    assert ("fired", "warn", [], "pay") == tuple(held[key] for key in ("state", "severity", "missing", "measured"))
    assert ("not_fired", "stop", []) == tuple(failed[key] for key in ("state", "severity", "missing"))
    assert "No deduction for the annuity: election_made is answered no." == failed["text"]


def test_the_finding_on_the_tables_in_each_state():
    unknown = findings()["terminally ill"]
    allowed = findings(spouse_terminally_ill=False, paid_from_limited_fund=False)["terminally ill"]
    barred = findings(spouse_terminally_ill=True, paid_from_limited_fund=False)["terminally ill"]

    assert ("undecided", "note", ["spouse_terminally_ill", "paid_from_limited_fund"]) == tuple(
        unknown[key] for key in ("state", "severity", "missing")
    )
    assert 2 == len(unknown["questions"])
    for found, state, severity in ((allowed, "not_fired", "note"), (barred, "fired", "stop")):
        assert (state, severity, [], []) == tuple(found[key] for key in ("state", "severity", "missing", "questions"))
    assert "The factors of the tables may be used." == allowed["text"]
    assert "The factors of the tables may not be used; a special factor is needed." == barred["text"]


def test_a_fund_that_earns_just_the_annuity_lasts_though_the_factor_is_rounded_up():
    """At 18% the factor of 110 years is printed 5.5556, above 1/.18."""
    fund = Decimal(1_000_000)

    assert not may_exhaust(annual=Decimal(180_000), fund=fund, rate=Decimal(18), years=110)
    assert may_exhaust(annual=Decimal("180000.01"), fund=fund, rate=Decimal(18), years=110)


def lines(**facts):
    """Return the worksheet's words by label."""
    [sheet] = answer_of("annuity-corpus-portion", {**ANNUITY, **facts})["worksheets"]
    return {line["label"]: line["how"] for line in sheet["lines"]}


def test_the_worksheet_shows_the_terms_on_either_side():
    shown = lines()

    assert shown["Expected annuity term, years"] == (
        "Table B at 4.8%: 12.6763 for 20 years, 13.0499 for 21; between two terms the longer"
    )
    assert "line N7 divided by line N5" == shown["Years' payments in the present value"]
    assert "line N10, half" not in shown.values()
    assert "line N10 divided by line N5" == shown["Corpus portion of each payment, unrounded"]
    assert "First payment, made at once" not in shown
    assert "line N7 divided by line N3" == lines(divide_by="unadjusted")["Years' payments in the present value"]
    one = lines(term_years=1, payment_frequency="annually")
    assert one["Expected annuity term, years"].startswith("Table B at 4.8%: 0 for 0 years, 0.9542 for 1;")
    two = lines(term_years=2, payment_frequency="annually")
    assert two["Expected annuity term, years"].startswith("Table B at 4.8%: 0.9542 for 1 years, 1.8647 for 2;")


FACTS = {
    "date_of_death": "2026-03-02",
    "first_return_filed": "2026-12-02",
    "year_of_gift": 2027,
    "lifetime_distribution_year": 2027,
    "spouse_death": "2030-05-14",
    "qdot_ceased_on": "2029-05-14",
    "spouse_naturalized_on": "2028-06-15",
    "final_determination_date": "2028-06-01",
    "final_value_determined_on": "2028-07-03",
    "security_expires_on": "2028-12-29",
    "nonrenewal_notice_received_on": "2028-10-31",
    "bond_drawn_on": "2028-08-20",
    "residence_sold_on": "2028-05-08",
    "trust_year_end_for_statement": "2028-12-31",
    "foreign_property_over_35_percent_at": "2028-12-31",
    "annuity_payments_received": ["2028-08-01"],
    "form_706_qdt_due": "2028-04-18",
}
CITED = {
    "form_706_due": "IRC 6075(a); IRC 6081(a)",
    "payment_due": "IRC 6151(a)",
    "form_4768_due": "IRC 6081(a); Treas. Reg. 20.6081-1",
    "form_706_extended_due": "IRC 6075(a); IRC 6081(a)",
    "portability_relief_until": "IRC 2010(c)(5)(A); Rev. Proc. 2022-32",
    "qdot_election_timely_until": "IRC 2056A(a)(3); Treas. Reg. 20.2056A-3(a)",
    "qdot_election_last_day": "IRC 2056A(d)",
    "spouse_naturalized_until": "IRC 2056(d)(4); Treas. Reg. 20.2056A-1(b)",
    "reformation_until": "Treas. Reg. 20.2056A-4(a)(1)",
    "court_reformation_until": "IRC 2056(d)(5); Treas. Reg. 20.2056A-4(a)(2)",
    "assignment_until": "IRC 2056(d)(2)(B); Treas. Reg. 20.2056A-4(b)(1)",
    "transfer_until": "IRC 2056(d)(2)(B); Treas. Reg. 20.2056A-4(b)(1)",
    "conveyance_until": "Treas. Reg. 20.2056A-4(b)(6)",
    "security_filed_by": "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(4); Treas. Reg. 20.2056A-2(d)(1)(i)(C)(5)",
    "state_death_tax_claim_by": "IRC 2058(b)",
    "foreign_death_tax_claim_by": "IRC 2014(e)",
    "form_709_due": "IRC 6075(b); Treas. Reg. 25.6075-1",
    "gift_tax_payment_due": "IRC 6151(a)",
    "form_709_extended_due": "IRC 6075(b)(2); Treas. Reg. 25.6081-1",
    "lifetime_tax_due": "IRC 2056A(b)(5)(A); Treas. Reg. 20.2056A-11(a)",
    "lifetime_form_706_qdt_extended_due": "IRC 6081(a); Treas. Reg. 20.2056A-11(a)",
    "lifetime_payment_extension_until": "IRC 6161(a)(1); Treas. Reg. 20.2056A-11(c)(2)",
    "death_tax_due": "IRC 2056A(b)(5)(B); Treas. Reg. 20.2056A-11(b)",
    "death_form_706_qdt_extended_due": "IRC 6081(a); Treas. Reg. 20.2056A-11(b)",
    "death_payment_extension_12_months_until": "IRC 6161(a)(1); Treas. Reg. 20.2056A-11(c)(2)",
    "death_payment_extension_10_years_until": "IRC 6161(a)(2); IRC 2056A(b)(10)(C); Treas. Reg. 20.2056A-11(c)(1)",
    "cessation_tax_due": "IRC 2056A(b)(4); IRC 2056A(b)(5)(B); Treas. Reg. 20.2056A-11(b)",
    "cessation_form_706_qdt_extended_due": "IRC 6081(a); Treas. Reg. 20.2056A-11(b)",
    "cessation_payment_extension_12_months_until": "IRC 6161(a)(1); Treas. Reg. 20.2056A-11(c)(2)",
    "cessation_payment_extension_10_years_until": "IRC 6161(a)(2); IRC 2056A(b)(10)(C); Treas. Reg. 20.2056A-11(c)(1)",
    "final_form_706_qdt_due": "IRC 2056A(b)(12); Treas. Reg. 20.2056A-10(a)(2)",
    "final_form_706_qdt_extended_due": "IRC 6081(a); IRC 2056A(b)(12); Treas. Reg. 20.2056A-10(a)(2)",
    "claim_by": "IRC 2056A(b)(2)(B)(ii)",
    "annual_statement_due": "Treas. Reg. 20.2056A-2(d)(3)(ii)",
    "annual_statement_extended_due": "IRC 6081(a); Treas. Reg. 20.2056A-11(a)",
    "security_adjusted_by": "Treas. Reg. 20.2056A-2(d)(1)(i)(B); Treas. Reg. 20.2056A-2(d)(1)(i)(C); Treas. Reg. 20.2056A-2(d)(1)(ii)",
    "nonrenewal_notice_by": "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(1); Treas. Reg. 20.2056A-2(d)(1)(i)(C)",
    "replacement_security_by": "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(1); Treas. Reg. 20.2056A-2(d)(1)(i)(C)",
    "residence_security_by": "Treas. Reg. 20.2056A-2(d)(1)(iv)(G)",
    "residence_reinvested_by": "Treas. Reg. 20.2056A-2(d)(1)(iv)(G)",
    "residence_statement_due": "Treas. Reg. 20.2056A-2(d)(1)(iv)(F); Treas. Reg. 20.2056A-2(d)(3)(ii)",
    "foreign_property_cured_by": "Treas. Reg. 20.2056A-2(d)(1)(ii)(D)",
    "drawn_security_refund_request_after": "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(3)",
    "annuity_tax_due": "Treas. Reg. 20.2056A-4(c)(6)(i); Treas. Reg. 20.2056A-11(a)",
    "annuity_form_706_qdt_due": "Treas. Reg. 20.2056A-4(c)(7)(i); Treas. Reg. 20.2056A-11(a)",
    "annuity_rollover_by": "Treas. Reg. 20.2056A-4(c)(7)(i)",
    "designated_filer_data_by": "Treas. Reg. 20.2056A-9",
}
PRIVATE = {
    "portability_relief_until", "qdot_election_last_day", "spouse_naturalized_until", "assignment_until",
    "transfer_until", "conveyance_until", "nonrenewal_notice_by", "residence_reinvested_by",
    "foreign_property_cured_by", "drawn_security_refund_request_after", "annuity_rollover_by",
    "designated_filer_data_by",
}  # fmt: skip


def test_every_date_cites_its_authority_and_says_whether_it_moves():
    listed = answer_of("deadlines", FACTS)["result"]["deadlines"]

    printed = {item["name"]: item for item in listed}
    assert CITED == {
        name: "; ".join(cite for cite in item["authority"] if cite != "IRC 7503") for name, item in printed.items()
    }
    assert PRIVATE == {name for name, item in printed.items() if not item["moves"]}
    assert PRIVATE == {name for name, item in printed.items() if "IRC 7503" not in item["authority"]}


def test_what_can_be_extended_says_how():
    printed = {item["name"]: item for item in answer_of("deadlines", FACTS)["result"]["deadlines"]}

    extended = answer_of("deadlines", {"date_of_death": "2026-03-02", "extension_granted": True})["result"]["deadlines"]
    gift = answer_of("deadlines", {"year_of_gift": 2026, "gift_return_extended": True})["result"]["deadlines"]
    granted = {item["name"]: item["extension"] for item in [*extended, *gift]}
    assert "granted: six months" == granted["form_706_due"] == granted["form_709_due"]
    assert printed["form_709_due"]["extension"].startswith("Form 4868 or 8892")
    assert "(IRC 6161(a)(1); Treas. Reg. 20.2056A-11(c)(2))" in printed["lifetime_tax_due"]["extension"]
    assert "10 years for reasonable cause (IRC 6161(a)(2))" in printed["death_tax_due"]["extension"]
    assert "IRC 6161" in printed["annuity_tax_due"]["extension"]
    assert "IRC 6161" not in printed["annuity_form_706_qdt_due"]["extension"]
    assert "Form 706-QDT and tax on annuity payments of 2028" == printed["annuity_tax_due"]["what"]
    assert "Form 706-QDT on annuity payments of 2028" == printed["annuity_form_706_qdt_due"]["what"]
    assert "the spouse's death" in printed["death_tax_due"]["what"]
    assert "ceased to qualify" in printed["cessation_tax_due"]["what"]


def test_notes_that_depend_on_the_facts():
    def notes(**facts):
        return {item["name"]: item["note"] for item in answer_of("deadlines", facts)["result"]["deadlines"]}

    assert notes(residence_sold_on="2028-05-08")["residence_security_by"].startswith("counted from the sale")
    assert notes(residence_ceased_on="2028-05-08")["residence_security_by"].startswith("unless the exclusion is moved")
    # A return due on April 15 itself changes nothing for the annuity.
    same_day = notes(date_of_death="2026-07-15", annuity_payment_year=2026, annuity_option="pay")
    a_day_later = notes(date_of_death="2026-07-16", annuity_payment_year=2026, annuity_option="pay")
    assert ("", "payments of the year of death: not before the estate tax return is due") == (
        same_day["annuity_tax_due"], a_day_later["annuity_tax_due"],
    )  # fmt: skip
    unfiled = notes(date_of_death="2026-03-02")
    assert unfiled["transfer_until"].startswith("before the day the return is actually filed")
    assert unfiled["assignment_until"].startswith("on or before the day the return is actually filed")
    filed = notes(date_of_death="2026-03-02", return_filed_on="2026-11-02")
    assert "counted from the day the return was filed" == filed["transfer_until"] == filed["assignment_until"]
    assert "the donor died that year" in notes(year_of_gift=2026, donor_date_of_death="2026-02-10")["form_709_due"]
    assert "" == notes(year_of_gift=2026)["form_709_due"]
    died = notes(lifetime_distribution_year=2027, spouse_death="2027-02-15")["lifetime_tax_due"]
    assert ("the spouse died that year: not later than the tax at the death", "") == (
        died, notes(lifetime_distribution_year=2027, spouse_death="2028-02-15")["lifetime_tax_due"]
    )  # fmt: skip


@pytest.mark.parametrize(("verified", "said"), [(True, []), (False, ["unverified_rule"])])
def test_a_table_that_rests_on_one_transcription_says_so(verified, said, monkeypatch):
    book = actuarial_book()
    doubted = replace(book, tables=tuple(replace(table, verified=verified) for table in book.tables))
    monkeypatch.setattr(valuation, "actuarial_book", lambda: doubted)
    facts = {"date_of_death": "1998-01-15", "plan": "401(a)", "annual_annuity": "24000"}
    facts |= {"payment_frequency": "monthly", "spouse_age": 70}

    answer = answer_of("annuity-corpus-portion", facts)

    assert "80CNSMT" == answer["result"]["mortality_table"]
    assert said == [warning["code"] for warning in answer["warnings"] if warning["code"] == "unverified_rule"]
    assert said == [
        warning["code"] for warning in answer["warnings"] if "80CNSMT rests on one transcription" in warning["text"]
    ]
