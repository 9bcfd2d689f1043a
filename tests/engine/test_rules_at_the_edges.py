"""Edges of single rules that no case of the command line reaches: unknown facts, exact boundaries, what a line says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.rules import basis_findings, marital_findings, outside_the_estate_tax
from planning.engine.rules import s2014_foreign_death_tax_credit as foreign
from planning.engine.rules import s2031c_conservation_easement as easement
from planning.engine.rules import s2036_retained_interests as retained
from planning.engine.rules import s2056a_election as election
from planning.engine.rules import s2056a_exempt_payments as exempt
from planning.engine.rules import s2056a_final_value as final_value
from planning.engine.rules import s2056a_nonassignable_annuity as annuity
from planning.engine.rules import s2056a_security as security
from planning.engine.rules import s2056a_spouse_becomes_citizen as becomes_citizen
from planning.engine.rules import s2056d4_citizenship_before_return as before_return
from planning.engine.rules import s2101_nonresident as nonresident
from planning.engine.rules.basis_at_death import at_first_death
from planning.engine.rules.basis_chain import Outcome, apply, follow
from planning.engine.rules.basis_facts import Event, Held
from planning.engine.rules.domicile import domicile_finding
from planning.engine.rules.s1014_shared_property import common_at_first_death, survivorship_at_first_death
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts
from planning.engine.rules.s2010c_dsue import gifts_on_which_tax_was_paid
from planning.engine.rules.s2011_state_death_tax_credit import write_state_death_tax_credit
from planning.engine.rules.s2036_access_trust import access_trust_fails
from planning.engine.rules.s2039_annuities import annuity_inclusion
from planning.engine.rules.s2044_survivors_estate import recovery_from_trust
from planning.engine.rules.s2056a_foreign_property import Holding, pro_rata_percent
from planning.engine.rules.s2056a_highest_rate import split_by_taxable_amount
from planning.engine.rules.s2056a_monitor import TrustYear, watch
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase, QdotBase, QdotBaseWithCredits
from planning.engine.rules.s2056a_residence import Residence, value_of_residences
from planning.engine.rules.s2058_state_death_tax import settled_state_tax
from planning.engine.rules.s2103_us_situs import SitusFacts, situs_of
from planning.engine.rules.s2106_nonresident_deductions import (
    lesser_of_paid_and_share,
    state_credit_allowed,
    state_tax_allowed,
)
from planning.engine.rules.s2511_joint_creation import gift_on_deposit
from planning.engine.rules.s2518_disclaimer import part_that_can_be_disclaimed
from planning.engine.rules.s2523_gifts_to_spouse import deducted
from planning.engine.rules.s2652_gst_transferor import gst_finding
from planning.engine.rules.s6075_return_dates import hanging_on_the_return
from planning.engine.rules.s7503_due_dates import Calendar, private_act
from planning.engine.rules.s7701_domestic_trust import Control, court_test
from planning.engine.worksheet import Worksheet
from planning.engine.worksheet import given as figure
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import official_lawbook
from planning.treaty_book import treaty_book

pytestmark = pytest.mark.pure
ZERO, MILLION = Decimal(0), Decimal(1_000_000)
LAW = official_lawbook().federal(date(2026, 1, 1))
CALENDAR = Calendar(is_legal_holiday)


def sheet():
    return Worksheet("T", "test")


def amounts(worksheet):
    return [line.amount for line in worksheet.lines]


# Basis.


def test_insurance_is_cash_and_its_basis_for_loss_is_the_same():
    held = Held("life_insurance_trust", Decimal(40), Decimal(30))
    event = Event("first_death", Decimal(100), transferred_for_value=False)

    outcome = apply(held, event, sheet())

    assert outcome.held is not None
    assert (outcome.held.basis, outcome.held.loss_basis) == (100, 100)


def test_each_line_of_a_sale_and_of_income_taxed_has_its_amount():
    sale, income = sheet(), sheet()

    apply(Held("qdot_qtip", Decimal(40), Decimal(40)), Event("sale", Decimal(100)), sale)
    taxed = apply(
        Held("qdot_qtip", Decimal(0), Decimal(0), income_in_respect=True),
        Event("income_taxed", Decimal(100), tax=Decimal(40)),
        income,
    )

    assert amounts(sale) == [100, 40, 100]
    assert amounts(income) == [100, 40, 100]
    assert taxed.held is not None
    assert (taxed.held.basis, taxed.held.loss_basis, taxed.held.income_in_respect) == (100, 100, False)


def test_a_trust_that_ceases_shows_both_readings():
    outcome = apply(Held("qdot_qtip", Decimal(40), Decimal(40)), Event("cessation", Decimal(100)), sheet())

    assert [(reading.words, reading.basis) for reading in outcome.readings] == [
        ("no rule of basis: unchanged", 40),
        ("taxed as if the spouse had died: the value", 100),
    ]


def test_a_qdot_outside_the_survivors_estate_shows_both_readings():
    event = Event("second_death", Decimal(100), included_at_second_death=False)

    outcome = apply(Held("qdot_qtip", Decimal(40), Decimal(40)), event, sheet())

    assert [(reading.words, reading.basis) for reading in outcome.readings] == [
        ("no rule of basis: unchanged", 40),
        ("the 2056A tax read as one on property passing at the death: the value", 100),
    ]


def test_every_event_needs_its_sheet():
    with pytest.raises(ValueError, match="shorter"):
        follow(Held("qdot_qtip", Decimal(40), Decimal(40)), [Event("naturalization", Decimal(1))], [])


def test_a_gift_that_comes_back_is_undecided_while_a_fact_is_missing():
    held = Held("gift_to_spouse", Decimal(40), Decimal(40))
    event = Event("second_death", Decimal(100))
    outcome = Outcome("BAS-06", "not known", (), None, ("returns_to_donor",))

    findings = {finding.rule: finding for finding in basis_findings.findings_of_event(held, event, outcome)}

    assert (findings["GFT-32"].state, findings["GFT-32"].missing) == ("undecided", ("returns_to_donor",))


def test_a_trust_outside_the_estate_takes_no_step_up_at_the_first_death():
    event = Event("first_death", Decimal(100))

    assert at_first_death("life_insurance_trust", event) == at_first_death("bypass_trust", event)


@pytest.mark.parametrize("row", [survivorship_at_first_death, common_at_first_death])
def test_a_share_that_is_known_misses_nothing(row):
    assert row(Decimal("0.5")).missing == ()
    assert row(None).missing == ("included_share",)


# Findings.


def test_domicile_shows_its_evidence_and_that_the_conclusion_is_another_place():
    found = domicile_finding("decedent", points_to="us", concluded="foreign", evidence={"tax_home": "abroad"})

    assert found.text == (
        "concluded: a place outside the United States; the stated facts point to the United States, which is another "
        "place; tax home: abroad"
    )
    assert (found.measured, found.threshold) == ("us", "us")


def test_both_reliefs_at_once_are_refused_in_words():
    treaty = treaty_book().treaties["DE"]

    found = marital_findings.treaty_finding("Germany", treaty, "both_refused")

    assert found.severity == "stop"
    assert found.text.startswith("the treaty's ")
    assert found.text.endswith(" and the QDOT cannot both be taken")


def test_words_of_findings_while_a_fact_is_missing():
    denied = marital_findings.denial_finding(spouse_is_us_citizen=None, citizen_before_return=False, saved=False)
    covered = outside_the_estate_tax.covered_bequest_finding(covered_expatriate=True, spouse_is_us_citizen=None)
    reverse = gst_finding(funded_by="decedent", qtip_form=True, reverse_qtip_elected=None)

    assert (denied.state, denied.text) == ("undecided", "the spouse's citizenship on the day of death is not known")
    assert (covered.state, covered.text) == ("undecided", "not known whether the spouse is a citizen")
    assert covered.missing == ("spouse_is_us_citizen",)
    assert reverse.text == (
        "a reverse QTIP election is possible; without it the spouse is the transferor from the second death"
    )


def test_a_failed_agreement_names_every_step_that_failed():
    found = annuity.agreement_finding(
        annuity.Steps("pay", information_statement=False, agreement=False, election=True, qdot_before_return=None),
        payor_abroad=False,
    )

    assert found.text == ("No deduction for the annuity: information_statement_filed, agreement_filed is answered no.")


def test_a_factor_that_may_be_used_misses_nothing():
    assert annuity.standard_factor_finding(True, ("spouse_terminally_ill",)).missing == ()
    assert annuity.standard_factor_finding(None, ("spouse_terminally_ill",)).missing == ("spouse_terminally_ill",)


# The estate: credits, deductions, inclusion.


def test_gifts_of_three_years_use_the_credit_in_turn():
    exclusion = MILLION
    years = [YearOfGifts(year, Decimal(600_000), exclusion) for year in (2009, 2007, 2008)]

    assert gifts_on_which_tax_was_paid(years, LAW.rate_table) == 800_000

    # The credit is used up in the third year only: what counts is all gifts together.
    by_year = {2007: 300_000, 2008: 300_000, 2009: 700_000}
    years = [YearOfGifts(year, Decimal(amount), exclusion) for year, amount in by_year.items()]

    assert gifts_on_which_tax_was_paid(years, LAW.rate_table) == 300_000


@pytest.mark.parametrize(
    ("ratio", "percent"),
    [
        ("0.5", 40),
        ("0.3", 40),
        ("0.2999", 40),  # three decimals: .300
        ("0.2994", 38),  # .299, a tenth of a point short: one
        ("0.29", 38),
        ("0.2", 20),
        ("0.105", 0),
        ("0.101", 0),
        ("0.05", 0),
    ],
)
def test_the_percent_of_land_under_an_easement(ratio, percent):
    assert easement.applicable_percent(Decimal(ratio)) == percent


def test_parcels_share_the_limit():
    worksheet = sheet()
    parcels = [
        easement.Easement(name, MILLION, MILLION, granted_before_death=True) for name in ("North", "South", "West")
    ]

    parts = easement.easement_exclusions(worksheet, parcels, figure(Decimal(500_000), "limit"))

    assert parts == [Decimal("166666.66"), Decimal("166666.66"), Decimal("166666.68")]
    assert worksheet.lines[-1].amount == 500_000
    assert amounts(worksheet)[:5] == [MILLION, 2 * MILLION, 2 * MILLION, MILLION, 400_000]
    assert "the easement is 50.00% of it" in worksheet.lines[4].how


def test_land_worth_nothing_leaves_nothing_out():
    worthless = easement.Easement("Swamp", ZERO, ZERO, granted_before_death=True)
    small = easement.Easement("Hill", Decimal(100), Decimal(5), granted_before_death=False)

    assert easement.easement_exclusions(sheet(), [worthless, small], figure(MILLION, "limit")) == [0, 0]


def test_what_an_easement_must_be():
    good = easement.Easement(
        "Farm", MILLION, MILLION, granted_before_death=True, in_the_us=True, owned_three_years=True, elected=True
    )

    assert easement.qualifies(good) is True
    assert easement.qualifies(replace(good, in_the_us=False)) is False
    assert easement.qualifies(replace(good, owned_three_years=False)) is False
    assert easement.qualifies(replace(good, elected=None)) is None


def test_no_state_credit_where_the_tax_is_deducted():
    million = figure(MILLION, "a figure")

    found = write_state_death_tax_credit(sheet(), taxable_estate=million, paid=million, tax=million, law=LAW)

    assert (found.amount, found.how) == (0, "deducted, not credited")


def test_no_foreign_tax_no_credit():
    found = foreign.foreign_death_tax_credit(
        sheet(), [], us_tax=figure(MILLION, "tax"), taxed_estate=figure(MILLION, "estate")
    )

    assert (found.amount, found.how) == (0, "no foreign death tax")


def test_a_state_tax_that_still_moves_by_the_limit_is_not_settled():
    worksheet = sheet()

    found = settled_state_tax(worksheet, lambda tax: Decimal("0.01") - tax, percent=Decimal(10), threshold=ZERO)

    assert [line.label for line in worksheet.lines] == [
        "State death tax, round 1",
        "State death tax, settled in round 2",
    ]
    assert {line.status for line in worksheet.lines} == {"assumed"}
    assert found.amount == 0


def test_what_a_retained_interest_and_an_annuity_still_need():
    given_up = retained.Transfer(retained=["income_or_use"], given_up_on=date(2025, 1, 1))

    assert retained.retained_inclusion(given_up, None).missing == ("date_of_death",)
    assert annuity_inclusion(payable_to_survivor=True, decedent_percent=None, employer_percent=None).missing == (
        "decedent_consideration_percent",
    )


def test_the_trustee_alone_makes_an_access_trust_fail():
    assert access_trust_fails(
        spouse_is_trustee_without_standard=True, mirror_trust_of_spouse=False, donor_keeps_interest=False
    )


@pytest.mark.parametrize("kind", ["note", "brokerage_cash"])
def test_a_debt_without_its_debtor_is_undecided(kind):
    assert situs_of(kind, SitusFacts()).missing == ("obligor",)


def test_nothing_is_recovered_where_the_will_waives_it():
    found = recovery_from_trust(
        form="qtip", included=MILLION, taxable_estate=MILLION, tax=MILLION, tax_without=ZERO, waived=True
    )

    assert (found.amount, found.citation) == (0, "IRC 2207A(a)")


def test_a_deposit_that_can_be_taken_back_is_no_gift():
    assert (gift_on_deposit().amount, gift_on_deposit().how) == (0, "the donor can take all of it back")


def test_survivorship_property_of_the_first_day_of_the_rule_may_be_disclaimed_as_included():
    first = date(1988, 7, 14)

    assert part_that_can_be_disclaimed(first, spouse_is_us_citizen=False) == "any_part_included"
    assert part_that_can_be_disclaimed(date(1988, 7, 13), spouse_is_us_citizen=False) == "one_half"


# A nonresident's estate.


def test_no_estate_no_share_of_a_credit():
    found = nonresident.prorated_credit(figure(MILLION, "credit"), figure(ZERO, "here"), figure(ZERO, "everywhere"))

    assert (found.amount, found.how) == (0, "no estate at all")


def test_a_possession_credit_is_less_what_gifts_used():
    found = nonresident.possession_credit(
        sheet(),
        LAW,
        us_gross_estate=figure(MILLION, "here"),
        worldwide_gross_estate=figure(MILLION, "everywhere"),
        gift_credit_used=figure(Decimal(6_800), "gifts"),
    )

    assert found.amount == 40_000


def test_state_taxed_property_counts_up_to_what_is_here():
    here, more = figure(MILLION, "here"), figure(2 * MILLION, "taxed by the state")

    deducted = state_tax_allowed(
        sheet(), state_tax=figure(Decimal(50_000), "tax"), state_taxed_property=more, us_gross_estate=here
    )
    credited = state_credit_allowed(
        sheet(),
        taxable=here,
        state_tax=figure(MILLION, "tax"),
        state_taxed_property=more,
        us_gross_estate=here,
        tax=figure(MILLION, "tax"),
        law=official_lawbook().federal(date(2001, 6, 1)),
    )

    # 940,000: 27,600 and 5.6% of 100,000 above 840,000.
    assert (deducted.amount, credited.amount) == (50_000, 33_200)


def test_other_credits_of_a_nonresident_shelter_too():
    base = NonresidentQdotBase(ZERO, ZERO, ZERO, ZERO, LAW.rate_table, 2026, Decimal(13_000), Decimal(10_800))

    assert base.exclusion_left(ZERO) == 100_000


def test_no_property_here_no_state_credit_in_the_qdot_tax():
    law = official_lawbook().federal(date(1998, 6, 1))

    assert lesser_of_paid_and_share(law, ZERO, MILLION, MILLION, MILLION) == 0
    # 33,200 by the table on 940,000.
    assert lesser_of_paid_and_share(law, MILLION, 2 * MILLION, MILLION, MILLION) == 33_200
    assert lesser_of_paid_and_share(law, MILLION, MILLION, MILLION, Decimal(33_199)) == 33_199


def test_a_nonresidents_tax_is_never_below_zero_after_its_credits():
    base = NonresidentQdotBase(
        Decimal(100_000),
        ZERO,
        ZERO,
        ZERO,
        LAW.rate_table,
        1998,
        credit=Decimal(13_000),
        other_credits=Decimal(800),
        state_tax_paid=MILLION,
        state_credit=min,
    )

    # 23,800 - 13,000: the state credit takes the rest, and no more.
    assert base.state_credit_allowed(ZERO, MILLION) == 10_800
    assert base.net_tax(ZERO) == 0
    assert replace(base, state_credit=None).net_tax(ZERO) == 10_000
    assert replace(base, state_tax_paid=Decimal(100)).net_tax(ZERO) == 9_900
    assert replace(base, state_tax_paid=Decimal(100), survivor_state_tax=Decimal(50)).net_tax_with_event(ZERO) == 9_850


def test_the_foreign_credit_of_the_qdot_tax_by_country():
    def one(country, deducted=ZERO, marital=ZERO):
        tax = foreign.ForeignDeathTax(country, Decimal(100), MILLION, MILLION, MILLION, deducted)
        return foreign.ForeignTaxOfFirstEstate(tax, marital)

    def credit(*taxes, added=ZERO, us_tax=MILLION, survivors=None):
        return foreign.credit_on_enlarged_estate(
            taxes,
            added=added,
            us_tax=us_tax,
            taxed_estate=10 * MILLION,
            marital_deduction=4 * MILLION,
            survivors=survivors or {},
        )

    assert credit(one("X"), one("Y")) == 200
    assert credit(one("X"), one("Y"), survivors={"X": Decimal(50)}) == 250
    assert credit(one("X"), us_tax=Decimal(100)) == 10
    assert credit(*[one("X")] * 3, us_tax=Decimal(90)) == 27
    # All of it went to the QDOT: half of what was deducted is taxed once half of the QDOT is.
    assert credit(one("X", MILLION, MILLION)) == 0
    assert credit(one("X", MILLION, MILLION), added=2 * MILLION, us_tax=Decimal(120)) == 5
    assert credit(one("X", MILLION, MILLION), added=10 * MILLION, us_tax=Decimal(120)) == 6


def test_credits_of_a_first_estate_come_off_in_their_order():
    base = QdotBaseWithCredits(
        16 * MILLION,
        ZERO,
        ZERO,
        15 * MILLION,
        LAW.rate_table,
        2026,
        credit_cut=ZERO,
        other_credits=Decimal(1_000),
        state_tax_paid=Decimal(10_000),
        survivor_state_tax=Decimal(5_000),
        state_credit=lambda estate, paid: paid,
        foreign_credit=lambda added, us_tax, survivors: us_tax / 10 + sum(survivors.values(), ZERO),
        survivor_foreign_taxes={"X": Decimal(7_000)},
    )

    # 400,000 - 10,000 = 390,000, a tenth of that abroad.
    assert base.net_tax(ZERO) == 390_000 - 39_000 - 1_000
    assert base.net_tax_with_event(ZERO) == 385_000 - 38_500 - 7_000 - 1_000
    assert replace(base, foreign_credit=None).foreign_credit_allowed(ZERO, ZERO, {}) == 0


# QDOT: election, security, residence, value, events.


def test_an_election_on_a_return_that_comes_too_late_is_not_made():
    window = election.election_window(date(2026, 12, 2), is_legal_holiday)

    found = election.election_timing([election.FiledReturn(date(2028, 1, 4), elects=True)], window)

    assert (found.allowed, found.made) == (False, False)


def test_a_protective_statement_needs_the_belief():
    assert (
        election.protective_statement_holds(
            doubt="inclusion", reasonable_belief=False, signed_under_penalties=True, assets_and_basis_named=True
        )
        is False
    )


def test_what_other_sources_pay_in_words():
    unsure = exempt.Source("other", Decimal(10), covers=False, available=None)
    unmeasured = exempt.Source("cash", None, covers=False, available=None)

    assert exempt.covered_by_sources([unsure]) == "unsure"
    assert exempt.covered_by_sources([unmeasured]) == "unmeasured"
    assert exempt.covered_by_sources([]) == 0


def test_when_a_value_is_final():
    contested = final_value.Finality(
        way="irs_value",
        assessment_period_ended=True,
        contest_in_writing=True,
        contest_names_property=True,
        contest_states_value=True,
    )
    agreed = final_value.Finality(way="written_agreement", agreement_signed_by_both=True, agreement_binding=False)

    assert final_value.is_finally_determined(contested) is False
    assert final_value.is_finally_determined(replace(contested, contest_names_property=False)) is True
    assert (
        final_value.is_finally_determined(
            replace(contested, contest_names_property=False, assessment_period_ended=False)
        )
        is False
    )
    assert final_value.is_finally_determined(agreed) is False


def test_the_greater_share_of_a_partnership_counts():
    holding = Holding(Decimal(30), ZERO, 5)

    assert pro_rata_percent(holding) == 30
    assert pro_rata_percent(replace(holding, profits=Decimal(40))) == 40
    assert pro_rata_percent(replace(holding, profits=Decimal(20))) == 30


def test_the_more_valuable_residence_of_a_kind_counts_whatever_the_order():
    dear, cheap = Residence(value=Decimal(500_000)), Residence(value=Decimal(300_000))

    assert value_of_residences([dear, cheap]) == value_of_residences([cheap, dear]) == 500_000
    assert value_of_residences([dear, replace(cheap, kind="other")]) == 800_000


def test_cents_that_rounding_leaves_go_to_the_last_trust():
    shares = split_by_taxable_amount(Decimal("0.05"), {"a": Decimal(2), "b": Decimal(2), "c": Decimal(2)})

    assert list(shares.values()) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.03")]


def test_a_secured_trust_is_in_order_on_its_day():
    year = TrustYear(
        day=date(2026, 12, 31),
        us_trustee_in_office=True,
        us_trustee_may_withhold_tax=True,
        kept_under_us_law=True,
        security_operative=True,
    )

    found = watch(year, percent=Decimal(35))

    assert (found.state, found.on) == ("OK", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("arrangement", "citations"),
    [
        ("bond", ["(B)(1)", "(B)(1)", "(B)", "(B)(1)", "(B)(1)", "(B)(4)", "(B)(3)"]),
        ("letter_of_credit", ["(C)(1)", "(C)(1)", "(C)", "(C)", "(C)(1)", "(C)(1)", "(C)(5)", "(C)(4)"]),
    ],
)
def test_each_term_of_a_security_has_its_paragraph(arrangement, citations):
    terms = security.terms_of(security.Security(arrangement=arrangement), MILLION)

    assert [term.citation for term in terms] == [f"Treas. Reg. 20.2056A-2(d)(1)(i){part}" for part in citations]


def test_each_distribution_before_the_oath_counts_on_top_of_all_before():
    base = QdotBase(MILLION, ZERO, ZERO, 2 * MILLION, LAW.rate_table, 2026)

    found = becomes_citizen.tax_and_credit(base, [600_000 * Decimal(1)] * 3)

    assert [(one.amount, one.tax, one.credit) for one in found] == [
        (600_000, 0, 240_000),
        (600_000, 80_000, 160_000),
        (600_000, 240_000, 0),
    ]


def test_the_date_of_the_return_is_part_of_every_answer():
    facts = {
        "date_of_death": date(2026, 3, 2),
        "return_filed_on": None,
        "extension_granted": False,
        "is_holiday": is_legal_holiday,
    }
    due = date(2026, 12, 2)

    for oath, resident in ((due, True), (date(2026, 5, 1), False), (date(2026, 5, 1), True)):
        found = before_return.citizenship_before_return(naturalized_on=oath, us_domiciled_throughout=resident, **facts)
        assert found.return_due == due
    assert before_return.late_months(due, due) == 0
    assert before_return.late_months(due, date(2026, 12, 3)) == 1


# Annuities.


def terms(annual, factor, rate="5"):
    return annuity.AnnuityTerms(
        annual=figure(Decimal(annual), "facts"),
        rate=Decimal(rate),
        factor=figure(Decimal(factor), "factor"),
        frequency=figure(Decimal(1), "frequency"),
        first_payment=figure(ZERO, "none"),
    )


def test_every_step_to_the_corpus_portion_is_a_line():
    worksheet = sheet()

    found = annuity.corpus_portion(worksheet, terms("1000", "10.00005"))

    # Half a unit of the last decimal rounds up: 10.00005 is shown as 10.0001.
    assert amounts(worksheet) == [
        1000,
        1,
        1000,
        Decimal("10.00005"),
        Decimal("10000.05"),
        Decimal("10.0001"),
        15,
        Decimal("666.67"),
        Decimal("0.66667"),
    ]
    assert found.quotient == Decimal("10.00005")


def test_half_a_unit_of_the_last_decimal_rounds_up():
    worksheet = sheet()

    annuity.corpus_portion(worksheet, terms("20.48", "0.0005"))

    assert worksheet.lines[-1].amount == Decimal("0.0004882813")
    assert annuity.factor_from_remainder(Decimal("0.99998"), Decimal(8)) == Decimal("0.0003")


# Dates and trusts.


def test_a_return_filed_on_a_day_that_was_moved_is_in_time():
    death_plus_nine_months = date(2026, 12, 5)  # a Saturday; the return is due on Monday
    monday = date(2026, 12, 7)

    found = {
        item.name: item for item in hanging_on_the_return(CALENDAR, death_plus_nine_months, date(2027, 12, 5), monday)
    }

    assert (found["security_filed_by"].nominal, found["security_filed_by"].due) == (death_plus_nine_months, monday)
    assert found["spouse_naturalized_until"].due == date(2026, 12, 6)


def test_the_spouses_own_act_before_the_return_is_filed():
    found = {item.name: item for item in hanging_on_the_return(CALENDAR, date(2026, 12, 2), date(2027, 12, 2), None)}

    assert found["transfer_until"].what == "The spouse's actual transfer to the QDOT"
    assert found["assignment_until"].what == "The spouse's irrevocable assignment to the QDOT"
    for name in ("transfer_until", "assignment_until"):
        assert found[name].citations == ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)", "IRC 7503")


def test_a_qtip_election_for_a_gift_came_with_1982():
    assert deducted("qtip_trust", qtip_elected=True, on=date(1982, 1, 1)) is True
    assert deducted("qtip_trust", qtip_elected=True, on=date(1981, 12, 31)) is False
    assert deducted("qtip_trust", qtip_elected=None, on=date(1982, 1, 1)) is None


def test_a_return_filed_a_day_after_the_moved_day_is_late():
    tuesday = date(2026, 12, 8)

    found = {item.name: item for item in hanging_on_the_return(CALENDAR, date(2026, 12, 5), date(2027, 12, 5), tuesday)}

    assert (found["security_filed_by"].nominal, found["security_filed_by"].due) == (tuesday, tuesday)
    assert found["spouse_naturalized_until"].due == date(2026, 12, 7)


def test_a_private_date_has_no_extension():
    assert private_act(CALENDAR, "name", "what", date(2026, 12, 7), "cite").extension == ""


def test_a_trust_administered_here_passes_the_court_test_by_the_safe_harbor():
    harbor = Control(
        administered_only_in_us=True,
        instrument_directs_administration_abroad=False,
        moves_abroad_on_court_action=False,
    )

    assert court_test(harbor) is True
    assert court_test(replace(harbor, administered_only_in_us=False)) is None
    assert court_test(replace(harbor, instrument_directs_administration_abroad=True)) is None
    assert court_test(replace(harbor, moves_abroad_on_court_action=None)) is None
    assert court_test(replace(harbor, moves_abroad_on_court_action=True)) is False
