"""The rate tables of every era, and the rules of the estate tax one by one, at their thresholds."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from planning.compute.registry import compute
from planning.engine.law import LawNotKnownError
from planning.engine.rules.election_out_2010 import may_elect_out, without_estate_tax
from planning.engine.rules.historic_law import historic_doubts
from planning.engine.rules.qdot_need import Need, least_qdot, need_finding, qdot_need
from planning.engine.rules.s2001_estate_tax import net_estate_tax
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts, tax_on_earlier_gifts
from planning.engine.rules.s2010_unified_credit import exclusion_not_taken_back, pre_1977_reduction, unused_exclusion
from planning.engine.rules.s2010c_lower_exclusion import clawback_finding, fall_stands_in_the_law, sunset_finding
from planning.engine.rules.s2011_state_death_tax_credit import (
    lesser_of_paid_and_most,
    most_of_state_death_tax,
    write_state_death_tax_credit,
)
from planning.engine.rules.s2014_foreign_death_tax_credit import (
    ForeignDeathTax,
    foreign_death_tax_credit,
    foreign_tax_on_property,
    us_tax_on_property,
)
from planning.engine.rules.s2058_state_death_tax import deductible_state_death_tax, settled_state_tax, state_tax_on
from planning.engine.rules.s2502_gift_tax import gift_tax
from planning.engine.rules.s6018_estate_return import filing_threshold, form_706_required, return_finding
from planning.engine.worksheet import Worksheet, given
from planning.inputs import InputError
from planning.lawbook import official_lawbook

pytestmark = pytest.mark.pure
BOOK = official_lawbook()
CENT = Decimal("0.01")
AMOUNTS = st.integers(0, 60_000_000_00).map(lambda cents: Decimal(cents) / 100)


def tables():
    found = {}
    for law in [*BOOK.years.values(), *BOOK.gift_years.values()]:
        for table in (law.rate_table, law.nonresident_rate_table, law.gift_rate_table):
            found[table.name] = table
    return found


TABLES = tables()
BOUNDARIES = [(name, row.over) for name, table in TABLES.items() for row in table.brackets if row.over]


def law_of(year):
    return BOOK.federal(date(year, 12, 31))


# -- rate tables -------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "over"), BOUNDARIES)
def test_every_table_is_continuous_at_every_bracket(name, over):
    table = TABLES[name]

    before, at, after = (table.tax(over + step) for step in (-CENT, 0, CENT))

    assert before < at < after
    assert after - before < 2 * CENT
    assert at == table.bracket(over + 1).base_tax


@drawn(st.sampled_from(sorted(TABLES)), AMOUNTS, AMOUNTS)
def test_every_table_is_monotone_and_takes_less_than_is_added(name, amount, more):
    table = TABLES[name]

    first, second = table.tax(amount), table.tax(amount + more)

    assert 0 <= first <= second
    assert second - first <= more * Decimal("0.70")


@drawn(st.sampled_from(sorted(TABLES)), AMOUNTS)
def test_the_inverse_of_every_table_finds_the_amount_again(name, amount):
    table = TABLES[name]

    assert abs(amount - table.amount_taxed_at(table.tax(amount))) < CENT


@pytest.mark.parametrize(
    ("name", "bound", "taken_back"),
    [
        ("unified_rates_1988_1997", 21_040_000, 359_200 + 192_800),
        ("nonresident_rates_1988_1997", 17_444_000, 359_200 + 13_000),
        ("unified_rates_1998_2001", 17_184_000, 359_200),
    ],
)
def test_the_additional_five_percent_takes_back_what_it_should(name, bound, taken_back):
    table = TABLES[name]

    assert taken_back == Fraction(5, 100) * (bound - 10_000_000)
    assert bound * Decimal("0.55") == table.tax(Decimal(bound)) - (taken_back - 359_200)
    assert table.tax(Decimal(bound + 1)) - table.tax(Decimal(bound)) == Decimal("0.55")
    assert table.tax(Decimal(10_000_001)) - table.tax(Decimal(10_000_000)) == Decimal("0.60")
    assert 55 == table.top_rate


@pytest.mark.parametrize(
    ("year", "top"),
    [(1988, 55), (2001, 55), (2002, 50), (2003, 49), (2004, 48), (2005, 47), (2006, 46), (2007, 45), (2009, 45),
     (2010, 35), (2012, 35), (2013, 40), (2026, 40)],
)  # fmt: skip
def test_the_highest_rate_of_a_year(year, top):
    assert (top, top, top) == (
        law_of(year).rate_table.top_rate,
        law_of(year).nonresident_rate_table.top_rate,
        law_of(year).gift_rate_table.top_rate,
    )


@pytest.mark.parametrize(
    ("year", "name"),
    [(1977, "gift_rates_1977_1981"), (1981, "gift_rates_1977_1981"), (1982, "gift_rates_1982"),
     (1983, "gift_rates_1983"), (1984, "gift_rates_1984_1987"), (1987, "gift_rates_1984_1987"),
     (1988, "unified_rates_1988_1997"), (2009, "unified_rates_2007_2009"), (2010, "gift_rates_2010"),
     (2011, "unified_rates_2011_2012"), (2026, "unified_rates_from_2013")],
)  # fmt: skip
def test_the_gift_table_of_a_year(year, name):
    assert name == BOOK.gifts(date(year, 12, 31)).gift_rate_table.name


@pytest.mark.parametrize(
    ("day", "credit", "annual"),
    [("1977-01-01", 6_000, 3_000), ("1977-06-30", 6_000, 3_000), ("1977-07-01", 30_000, 3_000),
     ("1978-01-01", 34_000, 3_000), ("1979-12-31", 38_000, 3_000), ("1980-06-01", 42_500, 3_000),
     ("1981-12-31", 47_000, 3_000), ("1982-01-01", 62_800, 10_000), ("1983-01-01", 79_300, 10_000),
     ("1984-01-01", 96_300, 10_000), ("1985-01-01", 121_800, 10_000), ("1986-01-01", 155_800, 10_000),
     ("1987-01-01", 192_800, 10_000), ("1988-07-01", 192_800, 10_000), ("2002-01-01", 345_800, 11_000),
     ("2009-01-01", 345_800, 13_000), ("2010-01-01", 330_800, 13_000), ("2011-01-01", 1_730_800, 13_000)],
)  # fmt: skip
def test_the_credit_and_annual_exclusion_for_gifts_of_a_day(day, credit, annual):
    law = BOOK.gifts(date.fromisoformat(day))

    assert credit == law.gift_rate_table.tax(law.gift_basic_exclusion_amount).quantize(CENT)
    assert annual == law["annual_exclusion"].amount


def test_deaths_begin_on_november_11_1988_and_gifts_in_1977():
    assert 1988 == BOOK.federal(date(1988, 11, 11)).year
    with pytest.raises(LawNotKnownError, match="no estate tax law for 1988-11-10: the law files begin with deaths of"):
        BOOK.federal(date(1988, 11, 10))
    with pytest.raises(LawNotKnownError, match="no federal law for 1976: the law of gifts goes from 1977 to 2027"):
        BOOK.gifts(date(1976, 12, 31))
    with pytest.raises(LawNotKnownError, match="no federal law for 2028"):
        BOOK.gifts(date(2028, 1, 1))


def test_state_death_tax_is_credited_to_2004_and_deducted_from_2005():
    credited = {
        year: law.state_death_tax_credit and law.state_death_tax_credit.percent for year, law in BOOK.years.items()
    }

    assert {*range(1988, 2005)} == {year for year, percent in credited.items() if percent is not None}
    assert [100, 100, 75, 50, 25] == [credited[year] for year in (1988, 2001, 2002, 2003, 2004)]
    assert list(range(2005, 2028)) == [year for year, law in BOOK.years.items() if law.state_death_tax_deducted]


@pytest.mark.parametrize(
    ("taxable", "gifts", "payable", "exclusion", "tax"),
    # 345,800 + 40% above 1,000,000: 20,000,000 is 7,945,800, 15,000,000 is 5,945,800.
    [
        (20_000_000, 0, 0, 15_000_000, 2_000_000),
        (19_000_000, 1_000_000, 0, 15_000_000, 2_000_000),
        (19_000_000, 1_000_000, 300_000, 15_000_000, 1_700_000),
        (1_000_000, 0, 0, 15_000_000, 0),
    ],
)
def test_the_tax_without_a_worksheet(taxable, gifts, payable, exclusion, tax):
    assert tax == net_estate_tax(
        taxable_estate=Decimal(taxable),
        adjusted_taxable_gifts=Decimal(gifts),
        gift_tax_payable=Decimal(payable),
        applicable_exclusion_amount=Decimal(exclusion),
        rate_table=law_of(2026).rate_table,
    )


# -- credits -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taxable", "most"),
    [(0, 0), (60_000, 0), (100_000, 0), (150_000, 400), (200_000, 1_200), (1_300_000, 51_600), (1_100_000, 38_800),
     (10_100_000, 1_082_800), (20_100_000, 2_682_800)],
)  # fmt: skip
def test_the_table_of_the_state_credit_is_read_after_sixty_thousand(taxable, most):
    assert most == most_of_state_death_tax(Decimal(taxable), law_of(1995))
    assert Decimal(most) / 4 == most_of_state_death_tax(Decimal(taxable), law_of(2004))
    assert 0 == most_of_state_death_tax(Decimal(taxable), law_of(2005))


@pytest.mark.parametrize(("year", "labels"), [(2001, 3), (2002, 4)])
def test_the_part_allowed_is_a_line_only_where_it_is_not_the_whole(year, labels):
    sheet = Worksheet("E-", "Estate tax")

    credit = write_state_death_tax_credit(
        sheet,
        taxable_estate=given(Decimal(3_060_000), "taxable estate"),
        paid=given(Decimal(1_000_000), "paid"),
        tax=given(Decimal(1_000_000), "tax"),
        law=law_of(year),
    )

    # 146,800 + 8.8% of 460,000 = 187,280 at 3,000,000.
    assert Decimal(187_280) * (1 if year == 2001 else Decimal("0.75")) == credit.amount
    assert labels == len(sheet.lines)
    assert ["IRC 2011(b)", "Treas. Reg. 20.2011-1(a)"] == list(sheet.lines[1].citations)


def test_nothing_is_credited_and_nothing_written_from_2005():
    sheet, amount = Worksheet("E-", "Estate tax"), given(Decimal(1_000_000), "amount")

    credit = write_state_death_tax_credit(sheet, taxable_estate=amount, paid=amount, tax=amount, law=law_of(2005))

    assert (0, []) == (credit.amount, sheet.lines)


def test_the_state_credit_is_the_lesser_of_paid_and_table():
    law, taxable = law_of(1995), Decimal(1_300_000)

    assert [51_599, 51_600, 51_600] == [
        lesser_of_paid_and_most(law, taxable, Decimal(paid)) for paid in (51_599, 51_600, 51_601)
    ]


@pytest.mark.parametrize(
    ("used", "reduction"), [(0, 0), (1, "0.2"), (29_999, "5999.8"), (30_000, 6_000), (30_001, 6_000)]
)
def test_the_exemption_of_1976_takes_a_fifth_off_the_credit_and_at_most_six_thousand(used, reduction):
    assert Decimal(reduction) == pre_1977_reduction(Decimal(used))


def test_the_larger_exclusion_counts():
    assert [7, 7, 8] == [exclusion_not_taken_back(Decimal(7), Decimal(used)) for used in (6, 7, 8)]


def foreign(**changes):
    facts = {
        "country": "France", "tax_paid": 100, "situated_and_taxed_there": 40, "all_taxed_there": 50,
        "value_in_gross_estate": 45, "deducted": 5,
    } | changes  # fmt: skip
    return ForeignDeathTax(**{name: value if name == "country" else Decimal(value) for name, value in facts.items()})


def test_the_two_limits_of_the_foreign_credit():
    assert 80 == foreign_tax_on_property(foreign())
    assert 100 == foreign_tax_on_property(foreign(situated_and_taxed_there=60))
    assert 0 == foreign_tax_on_property(foreign(all_taxed_there=0))
    assert 40 == us_tax_on_property(foreign(), Decimal(200), Decimal(200))
    assert 0 == us_tax_on_property(foreign(deducted=46), Decimal(200), Decimal(200))
    assert 200 == us_tax_on_property(foreign(value_in_gross_estate=300), Decimal(200), Decimal(200))
    assert 0 == us_tax_on_property(foreign(), Decimal(200), Decimal(0))
    assert 40 == us_tax_on_property(foreign(), Decimal(1), Decimal(1)) * 40


def test_each_country_is_written_with_its_limits_and_the_sum_is_at_most_the_tax():
    sheet, tax = Worksheet("E-", "Estate tax"), given(Decimal(100), "line E-9")

    both = foreign_death_tax_credit(
        sheet, [foreign(), foreign(country="Japan", deducted=0)], us_tax=tax, taxed_estate=given(Decimal(50), "estate")
    )

    # 80 and min(80, 100 x 45/50 = 90) = 80 each, together more than the tax of 100.
    assert (100, 6) == (both.amount, len(sheet.lines))
    assert "the smaller of line E-3 plus line E-6 and line E-9" == both.how
    assert "line E-9 times its value of 45 less 5 deducted, over estate" == sheet.lines[1].how
    assert "tax of 100 times 40 situated and taxed there over 50 taxed there" == sheet.lines[0].how
    assert ["plain", "plain", "subtotal"] == [line.kind for line in sheet.lines[:3]]


def test_no_foreign_tax_is_no_credit():
    amount = given(Decimal(100), "tax")

    assert 0 == foreign_death_tax_credit(Worksheet("E-", ""), [], us_tax=amount, taxed_estate=amount).amount


@pytest.mark.parametrize("taxed", [None, given(Decimal(3), "QDOT amounts")])
def test_the_rule_for_a_qdot_is_cited_where_there_was_one(taxed):
    sheet, ten = Worksheet("U-", ""), given(Decimal(10), "exclusion")

    left = unused_exclusion(
        sheet,
        basic_exclusion=ten,
        exclusion=ten,
        taxable_estate=given(Decimal(4), "estate"),
        adjusted_taxable_gifts=given(Decimal(2), "gifts"),
        qdot_amounts_taxed=taxed,
    )

    assert (4 if taxed is None else 1) == left.amount
    assert (taxed is not None) == ("Treas. Reg. 20.2010-2(c)(4)" in sheet.lines[-1].citations)


# -- state tax that turns on the federal tax ------------------------------------------------


def test_state_tax_is_deducted_from_2005():
    assert [0, 5] == [deductible_state_death_tax(Decimal(5), law_of(year)) for year in (2004, 2005)]


@pytest.mark.parametrize(("base", "tax"), [(99, 0), (100, 0), (101, "0.16"), ("100.05", "0.008"), (200, 16)])
def test_a_state_taxes_what_is_above_its_threshold(base, tax):
    assert Decimal(tax) == state_tax_on(Decimal(base), Decimal(16), Decimal(100))


@drawn(st.integers(1, 60_000_000), st.integers(0, 20_000_000), st.integers(0, 50))
def test_the_settled_state_tax_is_that_of_the_base_it_leaves(estate, threshold, percent):
    base, floor, rate = Decimal(estate), Decimal(threshold), Decimal(percent)
    sheet = Worksheet("T-", "State tax")

    tax = settled_state_tax(sheet, lambda paid: base - paid, percent=rate, threshold=floor).amount

    exact = Fraction(max(0, estate - threshold)) * Fraction(percent, 100) / (1 + Fraction(percent, 100))
    assert abs(Fraction(tax) - exact) <= Fraction(6, 1000)
    assert sheet.lines[-1].label.startswith("State death tax, settled in round ")
    assert [f"State death tax, round {number}" for number in range(1, len(sheet.lines))] == [
        line.label for line in sheet.lines[:-1]
    ]


# -- gifts -------------------------------------------------------------------------------


def test_the_credit_on_earlier_gifts_grows_with_the_exclusions_of_their_years():
    years = [
        YearOfGifts(year, Decimal(100_000), law.gift_basic_exclusion_amount)
        for year in range(1978, 1983)
        for law in [BOOK.gifts(date(year, 12, 31))]
    ]

    found = tax_on_earlier_gifts(years, law_of(2010).rate_table)

    # 500,000 in all: 155,800; the credit grew to 62,800 in 1982 and was used as it came.
    assert (500_000, Decimal("62800.00"), Decimal("93000.00")) == (
        found.taxable_gifts,
        found.credit_used.quantize(CENT),
        found.tax_payable.quantize(CENT),
    )


def test_the_exemption_of_1976_is_taken_off_once():
    years = [YearOfGifts(year, Decimal(300_000), Decimal(225_000)) for year in (1982, 1983)]

    found = tax_on_earlier_gifts(years, law_of(2010).rate_table, Decimal(6_000))

    assert (56_800, 190_800 - 56_800) == (found.credit_used, found.tax_payable)


@pytest.mark.parametrize(
    ("year", "tax", "due"),
    # 1,500,000 of gifts: 555,800 and the credit of 345,800; in 2010 the gift schedule of that year, 505,800 and 330,800.
    [(2009, 555_800, 210_000), (2010, 505_800, 175_000), (2011, 505_800, 0), (1995, 555_800, 363_000)],
)
def test_gift_tax_takes_the_gift_schedule_and_exclusion_of_its_year(year, tax, due):
    nothing = given(Decimal(0), "none")

    found = gift_tax(
        Worksheet("G-", "Gift tax"),
        taxable_gifts=given(Decimal(1_500_000), "gift"),
        prior_taxable_gifts=nothing,
        credit_used_before=nothing,
        dsue_amount=nothing,
        law=BOOK.gifts(date(year, 7, 1)) if year > 1988 else None,
    )

    assert (tax, due) == (found.tax, found.due)


def test_gift_tax_of_a_later_year_stands_on_the_earlier_ones():
    found = gift_tax(
        Worksheet("G-", "Gift tax"),
        taxable_gifts=given(Decimal(1_000_000), "gift"),
        prior_taxable_gifts=given(Decimal(500_000), "earlier"),
        credit_used_before=given(Decimal(155_800), "used"),
        dsue_amount=given(Decimal(0), "none"),
        law=BOOK.gifts(date(2011, 7, 1)),
    )

    # 505,800 - 155,800; 1,575,000 of credit was left; 3,500,000 of the exclusion stays.
    assert (350_000, 350_000, 0, 3_500_000) == (found.tax, found.credit, found.due, found.exclusion_remaining)


def test_the_worksheet_of_a_gift_says_how_each_line_was_made():
    sheet, nothing = Worksheet("G-", "Gift tax"), given(Decimal(0), "none")

    gift_tax(
        sheet,
        taxable_gifts=given(Decimal(1_500_000), "gift"),
        prior_taxable_gifts=given(Decimal(100_000), "earlier"),
        credit_used_before=nothing,
        dsue_amount=nothing,
        law=BOOK.gifts(date(2009, 7, 1)),
    )

    amounts = {line.label: line.amount for line in sheet.lines}
    # 1,600,000: 555,800 + 45% of 100,000 = 600,800, less 23,800 on the earlier; 345,800 of credit.
    assert (1_600_000, 600_800, 23_800, 577_000, 231_200) == tuple(
        amounts[label]
        for label in (
            "All taxable gifts",
            "Tax on all taxable gifts",
            "Tax on those of earlier years",
            "Gift tax before the credit",
            "Gift tax due",
        )
    )


def test_gift_tax_of_1980_is_worked_out():
    nothing = given(Decimal(0), "none")

    found = gift_tax(
        Worksheet("G-", "Gift tax"),
        taxable_gifts=given(Decimal(6_000_000), "gift"),
        prior_taxable_gifts=nothing,
        credit_used_before=nothing,
        dsue_amount=nothing,
        law=BOOK.gifts(date(1980, 7, 1)),
    )

    # 2,550,800 + 70% of 1,000,000, less 42,500.
    assert (3_250_800, Decimal("3208300.00")) == (found.tax, found.due.quantize(CENT))


@pytest.mark.parametrize(("year", "falls"), [(2017, False), (2018, True), (2025, True), (2026, False)])
def test_a_fall_of_the_exclusion_stood_in_the_law_from_2018_to_2025(year, falls):
    assert falls is fall_stands_in_the_law(year)


# -- return, need, doubts ------------------------------------------------------------------


def test_the_threshold_is_the_exclusion_less_gifts_and_exemption():
    facts = {"exclusion": Decimal(100), "adjusted_taxable_gifts": Decimal(30), "exemption_1976": Decimal(5)}

    assert 65 == filing_threshold(**facts)
    assert 0 == filing_threshold(**facts | {"adjusted_taxable_gifts": Decimal(95)})
    assert 0 == filing_threshold(**facts | {"adjusted_taxable_gifts": Decimal(96)})


@pytest.mark.parametrize(
    ("gross", "taxable", "required"),
    [(100, 0, False), (101, 0, True), (0, 101, False), (None, 100, None), (None, 101, True)],
)
def test_form_706_is_due_above_the_threshold(gross, taxable, required):
    gross_estate = None if gross is None else Decimal(gross)

    assert required is form_706_required(
        gross_estate=gross_estate, taxable_estate=Decimal(taxable), threshold=Decimal(100)
    )


@pytest.mark.parametrize(
    ("to_spouse", "citizen", "tax", "out", "needed", "reason"),
    [
        (1, False, 1, False, True, "tax_without_it"),
        (1, False, 0, False, False, "no_federal_tax_without_it"),
        (1, True, 1, False, False, "spouse_counts_as_citizen"),
        (0, False, 1, False, False, "nothing_passes_to_the_spouse"),
        (0, None, 1, False, None, "citizenship_not_known"),
        (1, None, 1, False, None, "citizenship_not_known"),
        (1, None, 1, True, False, "elected_out_of_the_estate_tax"),
    ],
)
def test_whether_a_qdot_is_needed(to_spouse, citizen, tax, out, needed, reason):
    need = qdot_need(
        to_spouse=Decimal(to_spouse),
        counts_as_citizen=citizen,
        tax_without_deduction=Decimal(tax),
        elected_out=out,
    )

    assert (needed, reason) == (need.needed, need.reason)


def doubts(day, **changes):
    facts = {"gift_tax_payable": Decimal(0), "elected_out": False, "nonresident": False, "taxed": Decimal(0)} | changes
    return [doubt.code for doubt in historic_doubts(date.fromisoformat(day), **facts)]


def test_only_four_matters_of_old_law_must_be_confirmed():
    confirm, gift = "historic_law_confirm", "gift_tax_payable_before_2010"
    large = {"nonresident": True, "taxed": Decimal("10000000.01")}

    assert [confirm] == doubts("2001-12-31", **large)
    assert [] == doubts("2002-01-01", **large)
    assert [] == doubts("2001-12-31", nonresident=True, taxed=Decimal(10_000_000))
    assert [] == doubts("2001-12-31", taxed=Decimal(20_000_000))
    assert [gift, confirm] == doubts("2009-12-31", gift_tax_payable=CENT)
    assert [] == doubts("2010-01-01", gift_tax_payable=CENT)
    assert [confirm] == doubts("2010-06-01", elected_out=True)
    assert [confirm] == doubts("1995-08-21")
    assert [] == doubts("1995-08-22")


def test_the_choice_of_2010_was_for_deaths_of_2010():
    assert [False, True, True, False] == [
        may_elect_out(date.fromisoformat(day)) for day in ("2009-12-31", "2010-01-01", "2010-12-31", "2011-01-01")
    ]
    law = without_estate_tax(law_of(2010))
    assert (0, 5_000_000) == (law.rate_table.tax(Decimal(10**9)), law.basic_exclusion_amount)
    assert (0, 0) == (law.rate_table.tax(Decimal(1)), law.rate_table.top_rate)
    assert (0, 0, 0) == tuple(getattr(law.rate_table.brackets[0], name) for name in ("over", "base_tax", "rate"))


@pytest.mark.parametrize(
    ("required", "state", "severity", "missing"),
    [(True, "fired", "warn", ()), (False, "not_fired", "note", ()), (None, "undecided", "note", ("gross_estate",))],
)
def test_the_finding_about_the_return(required, state, severity, missing):
    found = return_finding(required=required, gross_estate=Decimal(7), threshold=Decimal(5))

    assert ("EST-12", state, severity, missing) == (found.rule, found.state, found.severity, found.missing)
    assert (7, 5, "Form 706") == (found.measured, found.threshold, found.form)
    assert {True: "is due nine months", False: "is needed to elect", None: "cannot be decided"}[required] in found.text


@pytest.mark.parametrize(
    ("needed", "reason", "state", "severity", "missing"),
    [
        (True, "tax_without_it", "fired", "warn", ()),
        (False, "no_federal_tax_without_it", "not_fired", "note", ()),
        (None, "citizenship_not_known", "undecided", "note", ("spouse_is_us_citizen",)),
    ],
)
def test_the_finding_about_the_need_of_a_qdot(needed, reason, state, severity, missing):
    found = need_finding(Need(needed, reason), Decimal(2_000_000))

    assert ("EST-13", state, severity, missing) == (found.rule, found.state, found.severity, found.missing)
    assert (2_000_000, 0) == (found.measured, found.threshold)
    assert (needed is True) == ("the tax would be 2,000,000; compare the tax with a QDOT" in found.text)
    assert (needed is not True) == ("compare DSUE without a QDOT" in found.text)


@pytest.mark.parametrize(
    ("used", "state", "words"),
    [(10, "not_fired", "no more than the exclusion at death"), (11, "fired", "gifts used 11; the estate counts with")],
)
def test_the_finding_about_gifts_that_used_more(used, state, words):
    found = clawback_finding(exclusion=Decimal(10), used_by_gifts=Decimal(used), counted=Decimal(11))

    assert ("GFT-36", state, used, 10) == (found.rule, found.state, found.measured, found.threshold)
    assert words in found.text


@pytest.mark.parametrize(("year", "state", "words"), [(2025, "fired", "at risk"), (2026, "not_fired", "no fall")])
def test_the_finding_about_a_fall_of_the_exclusion(year, state, words):
    found = sunset_finding(year, Decimal(15_000_000))

    assert ("GFT-37", state, 15_000_000) == (found.rule, found.state, found.measured)
    assert words in found.text


def test_the_least_qdot_is_what_credit_and_gift_tax_do_not_cover():
    five, two = given(Decimal(5), "estate"), given(Decimal(2), "gifts")

    assert [3, 0] == [least_qdot(five, two, given(Decimal(covered), "covered")).amount for covered in (4, 8)]


# -- the door ----------------------------------------------------------------------------

WRONG = {
    "the day before QDOTs": (
        {"date_of_death": "1988-11-10", "taxable_estate": 1},
        "date_of_death: no estate tax law for 1988-11-10",
    ),
    "a gift before 1977": (
        {"year": 2012, "taxable_estate": 1, "taxable_gifts_by_year": [{"year": 1976, "taxable_gifts": 1}]},
        "taxable_gifts_by_year[0].year: no federal law for 1976: the law of gifts goes from 1977 to 2027, expected a",
    ),
    "election out of another year": (
        {"year": 2011, "taxable_estate": 1, "elected_out_2010": True},
        "elected_out_2010: the death was in 2011, expected a death in 2010",
    ),
    "DSUE before there was any": (
        {"year": 2010, "taxable_estate": 1, "dsue": 1},
        "dsue: the death was in 2010, expected none before 2011",
    ),
    "two ways to state the state tax": (
        {"year": 2026, "taxable_estate": 1, "state_death_tax": 1, "state_death_tax_percent": 1},
        "state_death_tax_percent: stands beside state_death_tax, expected one of the two",
    ),
    "a state that takes more than half": (
        {"year": 2026, "taxable_estate": 1, "state_death_tax_percent": "50.01"},
        "state_death_tax_percent: is more than any state takes, expected at most 50",
    ),
    "two ways to state the foreign credit": (
        {"year": 2026, "gross_estate": 1, "foreign_death_tax_credit": 1, "foreign_death_taxes": []},
        "foreign_death_taxes: stands beside foreign_death_tax_credit, expected one of the two",
    ),
    "two ways to state the QDOT": (
        {"year": 2026, "gross_estate": 2, "qdot_marital_deduction": 1, "passing_to_qdot": 1},
        "qdot_marital_deduction: passing_to_qdot says otherwise, expected one of the two",
    ),
    "a QDOT deduction without election": (
        {"year": 2026, "gross_estate": 2, "qdot_marital_deduction": 1, "election_made": False},
        "qdot_marital_deduction: election_made says otherwise",
    ),
    "a QDOT deduction for a citizen": (
        {"year": 2026, "gross_estate": 2, "qdot_marital_deduction": 1, "spouse_is_us_citizen": True},
        "qdot_marital_deduction: spouse_is_us_citizen says otherwise",
    ),
}


def test_only_the_estate_tax_settles_a_state_tax_in_percent():
    with pytest.raises(InputError, match="state_death_tax_percent: is settled by estate-tax alone"):
        compute("dsue", {"year": 2026, "gross_estate": 1, "state_death_tax_percent": 10})


@pytest.mark.parametrize(("facts", "fault"), WRONG.values(), ids=WRONG)
def test_what_the_law_of_the_day_has_no_room_for_is_refused(facts, fault):
    with pytest.raises(InputError) as raised:
        compute("estate-tax", facts)

    assert raised.value.faults[0].startswith(fault)


@drawn(st.sampled_from(sorted(BOOK.years)), AMOUNTS, AMOUNTS)
def test_estate_tax_is_monotone_in_every_year(year, estate, more):
    taxes = [
        Decimal(compute("estate-tax", {"year": year, "taxable_estate": f"{amount:.2f}"})["result"]["estate_tax"])
        for amount in (estate, estate + more)
    ]

    assert 0 <= taxes[0] <= taxes[1]
    assert taxes[1] - taxes[0] <= more * Decimal("0.60") + CENT


@drawn(st.sampled_from(sorted(BOOK.years)), AMOUNTS, AMOUNTS)
def test_a_state_tax_never_raises_the_federal_tax(year, estate, state):
    facts = {"year": year, "gross_estate": f"{estate + state:.2f}", "passing_to_others": "0"}

    without, with_it = (
        Decimal(compute("estate-tax", facts | {"state_death_tax": paid})["result"]["estate_tax"])
        for paid in ("0", f"{state:.2f}")
    )

    assert with_it <= without
