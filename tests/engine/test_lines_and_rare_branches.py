"""What worksheet lines rest on, and the branches that few estates meet: each stated by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.rules.historic_law import historic_doubts
from planning.engine.rules.s2056a_qdot import QdotBaseWithCredits
from planning.engine.rules.s6019_gift_return import return_dates
from planning.engine.rules.s6075_return_dates import gift_return
from planning.engine.rules.s7503_due_dates import Calendar, form_706_qdt_due_for_distribution
from planning.engine.rules.state_estate import StateFigures, sharing_of
from planning.engine.rules.state_estate_tax import write_state_estate_tax
from planning.engine.rules.state_exclusion import write_exclusion
from planning.engine.rules.state_findings import shrinking_credit_finding
from planning.engine.rules.state_gift_tax import GIFT_TAX, write_state_gift_tax
from planning.engine.rules.state_noncitizen_spouse import Matter, binds_section_2056d, reading
from planning.engine.rules.state_shares import fraction
from planning.engine.rules.treaty_findings import no_tax_finding
from planning.engine.rules.treaty_with_the_uk import write_capped, write_spouse_deduction
from planning.engine.worksheet import Worksheet, given
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book

pytestmark = pytest.mark.pure

BOOK = official_state_book()
TODAY = date(2026, 7, 1)
CALENDAR = Calendar(is_legal_holiday)


def later(code, year=2030):
    """The law of a year that is not published, which every line must say."""
    return BOOK.projected(code, date(year, 1, 31), indexing=Decimal(2), federal_exclusion=Decimal(16_000_000))


def test_every_line_of_connecticuts_gift_tax_names_its_law():
    law, sheet = later("CT"), Worksheet("T", "gift tax")

    write_state_gift_tax(
        sheet,
        law,
        earlier=given(Decimal(1_000_000), "earlier"),
        gifts=given(Decimal(19_000_000), "gifts"),
        paid=given(Decimal(0), "none"),
    )

    total, exclusion, above, tax, due = sheet.lines
    assert [GIFT_TAX, law.exclusion_citations, GIFT_TAX, law.table.citations, GIFT_TAX] == [
        line.citations for line in (total, exclusion, above, tax, due)
    ]
    assert law.exclusion_citations
    assert law.table.citations
    assert ["projected", "projected"] == [exclusion.status, due.status]


@pytest.mark.parametrize("code", ["CT", "NY", "OR", "HI"])
def test_an_exclusion_says_where_it_stands_and_that_it_is_projected(code):
    law, sheet = later(code), Worksheet("T", "exclusion")
    nothing = given(Decimal(0), "none")

    write_exclusion(sheet, law, _figures(nothing, nonresident_noncitizen=False))
    write_exclusion(sheet, law, _figures(nothing, nonresident_noncitizen=True))

    assert [(law.exclusion_citations, law.status)] * 2 == [(line.citations, line.status) for line in sheet.lines]
    assert law.exclusion_citations


def _figures(nothing, *, nonresident_noncitizen):
    fields = dict.fromkeys(StateFigures.__dataclass_fields__, nothing)
    return StateFigures(**{**fields, "nonresident_noncitizen": nonresident_noncitizen})


def test_what_is_recalled_of_the_treaty_with_the_uk_is_marked_on_every_line():
    law, sheet = official_lawbook().federal(TODAY), Worksheet("T", "treaty")

    write_spouse_deduction(sheet, "article 8", given(Decimal(5), "share"))
    write_capped(
        sheet,
        "article 8",
        tax=given(Decimal(9), "tax"),
        worldwide_estate=given(Decimal(20_000_000), "estate"),
        law=law,
    )

    assert ["assumed"] * 3 == [line.status for line in sheet.lines]


def test_a_treaty_that_leaves_tax_does_not_leave_none():
    treaty = treaty_book().treaties["CA"]
    millions = Decimal(1_000_000)

    found = [
        no_tax_finding(treaty, estate=estate * millions, most=30 * millions, left=Decimal(left), by_qdot=Decimal(0))
        for estate, left in ((20, 0), (20, 1), (40, 0))
    ]

    assert ["fired", "not_fired", "not_fired"] == [one.state for one in found]


def test_gifts_count_and_their_tax_comes_off_in_a_qdot_base_with_credits():
    table = official_lawbook().federal(TODAY).rate_table
    base = QdotBaseWithCredits(
        taxable_estate=Decimal(2_000_000),
        adjusted_taxable_gifts=Decimal(3_000_000),
        gift_tax_payable=Decimal(100_000),
        applicable_exclusion_amount=Decimal(1_000_000),
        rate_table=table,
        year=2026,
        credit_cut=Decimal(0),
        other_credits=Decimal(0),
        state_tax_paid=Decimal(0),
        survivor_state_tax=Decimal(0),
        state_credit=None,
    )

    # 345,800 and 40% of 5,000,000 above the first million; less 100,000 and the 345,800 of a million.
    assert Decimal(345_800 + 2_000_000 - 100_000 - 345_800) == base.before_state_credit(Decimal(1_000_000))


def test_the_tax_on_distributions_is_due_on_the_fifteenth_of_april():
    # April 15, 2026 is a Wednesday.
    assert date(2026, 4, 15) == form_706_qdt_due_for_distribution(2025, is_legal_holiday)


def test_the_last_gifts_are_paid_with_the_estate_tax_return():
    dates = gift_return(
        CALENDAR,
        2026,
        donor_death=date(2026, 1, 20),
        estate_return_extended=False,
        estate_return_required=True,
        extended=False,
    )
    # Nine months: October 20, 2026; fifteen: April 20, 2027, after April 15.
    assert [date(2026, 10, 20), date(2026, 10, 20), date(2027, 4, 20)] == [one.due for one in dates]

    extended = return_dates(
        CALENDAR,
        2026,
        donor_death=date(2026, 1, 12),
        estate_return_extended=True,
        estate_return_required=True,
        extended=False,
    )
    # Fifteen months: Monday, April 12, 2027.
    assert date(2027, 4, 12) == extended.due


def test_the_doubts_about_an_old_estate_stand_beside_one_another():
    doubts = historic_doubts(
        date(1995, 1, 5),
        gift_tax_payable=Decimal(1),
        elected_out=False,
        nonresident=True,
        taxed=Decimal(12_000_000),
    )

    assert 4 == len(doubts)
    assert "additional 5%" in doubts[0].text
    assert "before August 22, 1995" in doubts[-1].text


@pytest.mark.parametrize("code", BOOK.codes)
def test_every_answer_on_the_spouses_share_has_a_reason_a_status_and_a_source(code):
    law = BOOK.estate_tax(code, TODAY)
    known = {"verified", "inferred", "unverified", "entered_by_firm"}
    for form in ("outright", "qdot", "state_qtip", "special_marital_property"):
        for citizen in (True, False):
            for elected in (True, False, None):
                for confirmed in (True, False, None):
                    found = reading(
                        law,
                        form,
                        Matter(
                            spouse_counts_as_citizen=citizen,
                            federal_return_required=elected,
                            federal_election=False,
                            state_election=elected,
                            confirmed=confirmed,
                            revival=None,
                        ),
                    )
                    assert found.sureness in known, (form, citizen)
                    assert found.reason
                    assert found.citations
    if not binds_section_2056d(law.noncitizen):
        assert law.noncitizen.applies_2056d.status == reading(law, "outright", matter_of_a_noncitizen()).sureness


def matter_of_a_noncitizen():
    return Matter(
        spouse_counts_as_citizen=False,
        federal_return_required=False,
        federal_election=False,
        state_election=True,
        confirmed=None,
        revival=None,
    )


def test_a_share_of_an_estate_rounds_half_up_to_the_decimals_of_the_form():
    vermont = BOOK.estate_tax("VT", TODAY)
    # 1/80,000 is 0.0000125; 0.00005 is a tie of the fourth decimal, and 0.00025 too.
    assert Decimal("0.0001") == fraction(vermont, Decimal(1), Decimal(20_000))
    assert Decimal("0.0003") == fraction(vermont, Decimal(1), Decimal(4_000))


def test_no_hint_where_nothing_lies_above_the_exclusion_or_the_tax_is_no_more_than_that():
    law = BOOK.estate_tax("NY", TODAY)
    at_it = shrinking_credit_finding(law, taxable_estate=law.exclusion, tax=Decimal(1))
    just_above = shrinking_credit_finding(law, taxable_estate=law.exclusion + 100, tax=Decimal(100))
    far = shrinking_credit_finding(law, taxable_estate=law.exclusion + 100, tax=Decimal(101))

    assert ["note", "note", "warn"] == [one.severity for one in (at_it, just_above, far)]


def test_a_states_credit_is_marked_where_its_year_is_not_published():
    law, sheet = later("RI"), Worksheet("T", "Rhode Island")

    write_state_estate_tax(sheet, law, StateFigures(taxable_estate=given(Decimal(5_000_000), "estate")))

    [credit] = [line for line in sheet.lines if line.label == "Rhode Island credit"]
    assert (law.exclusion_citations, "projected") == (credit.citations, credit.status)
    assert law.exclusion_citations


def test_an_exclusion_that_is_shared_names_its_law():
    laws = [BOOK.estate_tax(code, TODAY) for code in BOOK.codes]
    shared = 0
    for law in laws:
        for resident in (True, False):
            if sharing_of(law, resident=resident) != "base_and_exclusion":
                continue
            sheet = Worksheet("T", law.name)
            figures = StateFigures(
                taxable_estate=given(Decimal(9_000_000), "estate"),
                share=given(Decimal("0.5"), "half"),
                resident=resident,
            )
            write_state_estate_tax(sheet, law, figures)
            [line] = [line for line in sheet.lines if line.label.startswith("Part of the") and "belongs" in line.label]
            assert law.exclusion_citations == line.citations
            shared += 1
    assert shared


def test_a_state_that_left_section_2056d_or_takes_no_qdot_would_say_so_with_its_source():
    law = BOOK.estate_tax("OR", TODAY)
    rule = law.noncitizen
    free = replace(rule, applies_2056d=replace(rule.applies_2056d, answer="no"))
    no_qdot = replace(rule, state_only_qdot=replace(rule.state_only_qdot, answer="no"))

    deducted = reading(replace(law, noncitizen=free), "outright", matter_of_a_noncitizen())
    denied = reading(replace(law, noncitizen=no_qdot), "qdot", matter_of_a_noncitizen())

    binds = rule.applies_2056d
    assert ("deducted", binds.status, binds.citations) == (deducted.outcome, deducted.sureness, deducted.citations)
    assert "denied" == denied.outcome
    assert rule.state_only_qdot.citations == denied.citations[-len(rule.state_only_qdot.citations) :]
