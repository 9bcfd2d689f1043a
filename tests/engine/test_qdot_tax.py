"""The 2056A tax, DSUE and the credit for prior transfers: what must hold for any amounts, and the edges of each rule."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.compute.registry import compute
from planning.engine.rules import s2010c_dsue as dsue
from planning.engine.rules import s2013_prior_transfer_credit as credit
from planning.engine.rules import s2044_survivors_estate as survivor
from planning.engine.rules import s2056a_b10_benefits as benefits
from planning.engine.rules import s2056a_events as events
from planning.engine.rules import s2056a_highest_rate as highest
from planning.engine.rules import s2056a_liability as liability
from planning.engine.rules.form_706_qdt import ReturnAmounts, part_iii, whole_dollars
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts
from planning.engine.rules.s2011_state_death_tax_credit import lesser_of_paid_and_most
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase, QdotBase, QdotBaseWithCredits, gross_up
from planning.engine.worksheet import Worksheet
from planning.engine.worksheet import given as figure
from planning.inputs import InputError
from planning.lawbook import official_lawbook

pytestmark = pytest.mark.pure
CENT = Decimal("0.01")
ZERO = Decimal(0)
AMOUNTS = st.integers(0, 40_000_000_00).map(lambda cents: Decimal(cents) / 100)
DEATHS = st.sampled_from([date(year, 12, 31) for year in range(1988, 2027)])


def no_holiday(day):
    return False


def base_of(day, taxable, gifts=ZERO, payable=ZERO):
    law = official_lawbook().federal(day)
    return QdotBase(taxable, gifts, payable, law.basic_exclusion_amount, law.rate_table, law.year)


def with_credits(day, taxable, **more):
    law = official_lawbook().federal(day)
    facts = {
        "taxable_estate": taxable,
        "adjusted_taxable_gifts": ZERO,
        "gift_tax_payable": ZERO,
        "applicable_exclusion_amount": law.basic_exclusion_amount,
        "rate_table": law.rate_table,
        "year": law.year,
        "credit_cut": ZERO,
        "other_credits": ZERO,
        "state_tax_paid": ZERO,
        "survivor_state_tax": ZERO,
        "state_credit": lambda estate, paid: lesser_of_paid_and_most(law, estate, paid),
    }
    return QdotBaseWithCredits(**facts | more)


def nonresident(day, taxable, gifts=ZERO, credit_=Decimal(13_000)):
    law = official_lawbook().federal(day)
    return NonresidentQdotBase(
        taxable, gifts, ZERO, ZERO, law.nonresident_rate_table, law.year, credit=credit_, other_credits=ZERO
    )


BASES = st.one_of(
    st.builds(base_of, DEATHS, AMOUNTS, AMOUNTS, st.sampled_from([ZERO, Decimal(250_000)])),
    st.builds(with_credits, DEATHS, AMOUNTS, state_tax_paid=AMOUNTS, other_credits=st.just(Decimal(1_000))),
    st.builds(nonresident, DEATHS, AMOUNTS, AMOUNTS),
)


@given(BASES, AMOUNTS, AMOUNTS, AMOUNTS)
def test_splitting_a_distribution_changes_no_tax(base, prior, first, second):
    once = base.tax(prior, first + second)

    twice = base.tax(prior, first) + base.tax(prior + first, second)

    assert once == twice


@given(BASES, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_tax_is_never_negative_never_falls_and_never_takes_more_than_60_percent(base, prior, amount, more):
    less, larger = base.tax(prior, amount), base.tax(prior, amount + more)

    assert 0 <= less <= larger
    assert larger - less <= more * Decimal("0.60")


@given(BASES, AMOUNTS, AMOUNTS)
@settings(max_examples=60)
def test_what_is_grossed_up_is_the_smallest_amount_that_leaves_the_net_one(base, prior, net):
    gross = base.gross_distribution(prior, net)

    assert gross - base.tax(prior, gross) >= net
    if gross:
        assert gross - CENT - base.tax(prior, gross - CENT) < net


@given(BASES, AMOUNTS)
def test_what_is_left_of_the_shelter_leaves_without_tax(base, prior):
    if isinstance(base, QdotBaseWithCredits):
        return
    left = base.exclusion_left(prior)

    assert base.tax(prior, left) <= CENT
    if base.net_tax(prior) == 0:
        assert base.tax(prior, left + 1_000) > 0


@given(BASES, AMOUNTS, st.integers(0, 10_000_000_00).map(lambda cents: Decimal(cents) / 100))
@settings(max_examples=60)
def test_tax_paid_from_other_property_ends_where_withholding_begins(base, prior, net):
    gross = base.gross_distribution(prior, net)

    payments = events.tax_on_tax(base.tax, prior, net)

    assert abs(net + sum(payments, ZERO) - gross) <= Decimal("0.30")


@pytest.mark.parametrize(
    ("day", "taxable", "net", "gross"),
    [
        # 1,000,000 of exclusion is left; 500,000 / 0.6 more.
        (date(2026, 1, 1), 14_000_000, 1_500_000, "1833333.34"),
        (date(2026, 1, 1), 14_000_000, 1_000_000, "1000000"),
        (date(2026, 1, 1), 14_000_000, 1, "1"),
        (date(2026, 1, 1), 15_000_000, 3, "5"),
        # 1995, 100,000 free, then 37, 39, 41, 43 and 45%: 637,000 is kept of the first 1,000,000; 263,000 / 0.55 more.
        (date(1995, 12, 31), 500_000, 900_000, "1478181.82"),
        (date(1995, 12, 31), 500_000, 100_000, "100000"),
        (date(1995, 12, 31), 500_000, 163_000, "200000"),
        (date(1995, 12, 31), 500_000, 194_500, "250000"),
        (date(1995, 12, 31), 500_000, 637_000, "1000000"),
        # 55% up to 10,000,000, 60% to 21,040,000, 55% above.
        (date(1995, 12, 31), 9_900_000, 145_000, "350000"),
        (date(1995, 12, 31), 21_000_000, 61_000, "140000"),
    ],
)
def test_a_gross_distribution_crosses_the_corners_of_the_table(day, taxable, net, gross):
    whole = base_of(day, Decimal(taxable))
    parted = base_of(day, Decimal(taxable - 200_000), Decimal(150_000))

    assert whole.gross_distribution(ZERO, Decimal(net)) == Decimal(gross)
    assert parted.gross_distribution(Decimal(50_000), Decimal(net)) == Decimal(gross)


def test_gift_tax_payable_shelters_what_it_is_worth():
    base = base_of(date(2026, 1, 1), Decimal(1_000_000), Decimal(14_500_000), Decimal(400_000))

    assert base.exclusion_left(ZERO) == 500_000
    assert base.exclusion_left(Decimal(400_000)) == 100_000
    assert base.exclusion_left(Decimal(600_000)) == 0


def test_gross_up_starts_from_nothing_and_rounds_the_net_up():
    assert gross_up(lambda amount: ZERO, ZERO) == 0
    assert gross_up(lambda amount: ZERO, Decimal("1.005")) == Decimal("1.01")
    assert gross_up(lambda amount: amount / 2, Decimal(1)) == 2
    assert gross_up(lambda amount: amount * 9 / 10, Decimal("0.03")) == Decimal("0.30")


def test_the_survivors_state_tax_counts_in_the_first_term_alone():
    # 20.2056A-6(d), example 2: 530,200 less 225,400.
    base = with_credits(
        date(1995, 9, 30), Decimal(1_300_000), state_tax_paid=Decimal(70_000), survivor_state_tax=Decimal(40_000)
    )

    assert base.net_tax_with_event(Decimal(800_000)) == 530_200
    assert base.net_tax(ZERO) == 225_400
    # Without it the 70,000 that the first estate paid are all there is.
    assert base.net_tax(Decimal(800_000)) == 567_000
    assert base.tax(ZERO, Decimal(800_000)) == 304_800


def test_the_state_credit_never_exceeds_the_tax_and_is_none_where_the_law_has_none():
    base = with_credits(date(1995, 9, 30), Decimal(610_000), state_tax_paid=Decimal(1_000_000))

    # T(610,000) = 155,800 + 37% x 110,000 = 196,500 less 192,800 = 3,700; the table on 550,000 gives 14,400.
    assert base.state_credit_allowed(ZERO, Decimal(1_000_000)) == 3_700
    assert base.net_tax(ZERO) == 0
    assert with_credits(date(2026, 1, 1), Decimal(1), state_credit=None).state_credit_allowed(ZERO, Decimal(5)) == 0


def test_other_credits_come_off_last_and_never_below_nothing():
    base = with_credits(date(2026, 1, 1), Decimal(15_000_000), other_credits=Decimal(100_000), state_credit=None)

    assert base.net_tax(ZERO) == 0
    assert base.net_tax(Decimal(250_000)) == 0
    assert base.net_tax(Decimal(250_001)) == Decimal("0.4")


def test_a_nonresidents_credit_covers_60000_dollars_of_property():
    base = nonresident(date(2026, 1, 1), Decimal(20_000))

    assert base.exclusion_left(ZERO) == 40_000
    assert base.exclusion_left(Decimal(40_000)) == 0
    assert base.net_tax(Decimal(40_000)) == 0
    assert base.net_tax(Decimal(40_001)) == Decimal("0.26")


@pytest.mark.parametrize(
    ("kind", "taxable"),
    [
        ("principal", True),
        ("power_exercised", True),
        ("capital_gain", True),
        ("annuity_corpus_portion", True),
        ("hardship", True),
        ("income_tax_reimbursement", True),
        ("tax_paid_from_qdot", True),
        ("disqualification", True),
        ("spouse_death", True),
        ("income", False),
        ("expense", False),
        ("bond_premium", False),
        ("other_tax", False),
        ("sale_for_full_consideration", False),
    ],
)
def test_what_is_a_taxable_event(kind, taxable):
    assert events.is_taxable_event(kind) is taxable


@pytest.mark.parametrize(
    ("kind", "citations"),
    [
        ("spouse_death", ("IRC 2056A(b)(1)(B)", "Treas. Reg. 20.2056A-5(b)(2)")),
        ("disqualification", ("IRC 2056A(b)(4)", "Treas. Reg. 20.2056A-5(b)(3)")),
        ("tax_paid_from_qdot", ("IRC 2056A(b)(11)", "Treas. Reg. 20.2056A-5(b)(1)")),
        ("annuity_corpus_portion", ("IRC 2056A(e)", "Treas. Reg. 20.2056A-4(c)(2)")),
        ("principal", ("IRC 2056A(b)(1)(A)", "Treas. Reg. 20.2056A-5(b)(1)")),
    ],
)
def test_every_event_names_its_authority(kind, citations):
    assert events.authority_of(kind) == citations


def test_events_stand_in_time_with_the_end_of_the_trust_last():
    def place(kind, day=None, year=None):
        return events.place_in_time(kind=kind, day=day, year=year)

    assert place("principal", date(2028, 5, 1)) == (date(2028, 5, 1), False)
    assert place("spouse_death", date(2028, 5, 1)) == (date(2028, 5, 1), True)
    assert place("principal", year=2028) == (date(2028, 1, 1), False)
    assert place("spouse_death", year=2028) == (date(2028, 12, 31), True)
    assert place("principal") == (date.min, False)
    assert place("disqualification") == (date.max, True)


def test_a_last_cent_of_tax_is_followed_no_further():
    assert events.tax_paid_is_a_distribution(Decimal("0.01")) == 0
    assert events.tax_paid_is_a_distribution(Decimal("0.02")) == Decimal("0.02")
    assert events.tax_on_tax(lambda prior, amount: amount * 6 / 10, ZERO, Decimal("0.02")) == []
    assert events.tax_on_tax(lambda prior, amount: amount * 6 / 10, ZERO, Decimal("0.05")) == [
        Decimal("0.03"),
        Decimal("0.02"),
    ]


def test_tax_on_tax_goes_on_top_of_everything_taxed_before():
    asked = []

    events.tax_on_tax(lambda prior, amount: asked.append((prior, amount)) or amount / 10, Decimal(5), Decimal(100))

    assert asked[:3] == [(5, 100), (105, 10), (115, 1)]


def test_the_tax_is_finally_determined_on_the_day_itself():
    def determined(day=None, year=None, on=None, stated=None):
        return highest.finally_determined_before(event_day=day, event_year=year, determined_on=on, stated=stated)

    assert determined(stated=None) is True
    assert determined(stated=True) is True
    assert determined(stated=False) is False
    assert determined(day=date(2029, 6, 1), on=date(2029, 6, 1), stated=False) is True
    assert determined(day=date(2029, 5, 31), on=date(2029, 6, 1), stated=True) is False
    assert determined(year=2029, on=date(2029, 6, 1)) is False
    assert determined(year=2030, on=date(2029, 6, 1)) is True
    assert determined(on=date(2029, 6, 1)) is False


def test_the_refund_is_claimed_within_a_year():
    saturday = date(2029, 6, 1)

    assert highest.claim_refund_by(saturday, no_holiday) == (date(2030, 6, 1), date(2030, 6, 3))
    assert highest.claim_refund_by(date(2028, 2, 29), no_holiday) == (date(2029, 2, 28), date(2029, 2, 28))


@pytest.mark.parametrize(
    ("number", "filer", "applies"), [(1, False, False), (1, True, False), (2, True, False), (2, False, True)]
)
def test_only_several_trusts_need_a_filer(number, filer, applies):
    assert highest.highest_rate_without_filer(number_of_qdots=number, designated_filer=filer) is applies


def test_the_filer_gets_the_data_60_days_before():
    assert highest.data_due_to_filer(date(2029, 4, 17)) == date(2029, 2, 16)


def test_the_tax_is_split_to_the_cent():
    shares = highest.split_by_taxable_amount(Decimal("100.00"), {"A": Decimal(1), "B": Decimal(1), "C": Decimal(1)})

    assert shares == {"A": Decimal("33.33"), "B": Decimal("33.33"), "C": Decimal("33.34")}
    assert highest.split_by_taxable_amount(Decimal(5), {"A": ZERO, "B": ZERO}) == {"A": 0, "B": 0}
    assert highest.split_by_taxable_amount(Decimal(5), {}) == {}


def test_the_highest_rate_is_that_of_the_first_death_and_knows_no_credit():
    sheet = Worksheet("T-", "Test")

    tax = highest.tax_at_highest_rate(sheet, base=base_of(date(1995, 9, 30), ZERO), amount=figure(CENT * 150, "x"))

    # 55% of 1.50 is 0.825, rounded half up.
    assert tax.amount == Decimal("0.83")
    assert sheet.lines[0].label == "Tentative QDOT tax at the highest rate"
    assert sheet.lines[0].how == "55% (highest rate of 1995) of x"
    assert sheet.lines[0].citations == ("IRC 2056A(b)(2)(B)",)
    assert sheet.lines[0].kind == "subtotal"


def deducted(**facts):
    given_ = {
        "in_survivors_estate": True,
        "charitable": Decimal(1),
        "marital": Decimal(10),
        "marital_allowed": True,
        "state_death_tax": Decimal(100),
        "first_death": date(2005, 1, 1),
    }
    return benefits.deductions_at_death(**given_ | facts).total


def test_what_is_deducted_at_death():
    assert deducted() == 111
    assert deducted(marital_allowed=False) == 101
    assert deducted(first_death=date(2004, 12, 31)) == 11
    assert deducted(in_survivors_estate=False) == 1


@pytest.mark.parametrize(
    ("value", "tax", "allowed"), [(9, 4, True), (10, 4, False), (9, 5, False), (11, 4, False), (9, 6, False)]
)
def test_alternate_valuation_must_lower_value_and_tax(value, tax, allowed):
    found = benefits.alternate_value_may_be_elected(
        value=Decimal(10), alternate_value=Decimal(value), tax=Decimal(5), tax_at_alternate=Decimal(tax)
    )

    assert found is allowed


def test_special_use_is_capped():
    assert benefits.special_use_decrease(Decimal(5), Decimal(4)) == 4
    assert benefits.special_use_decrease(Decimal(3), Decimal(4)) == 3


def test_payment_relief_is_named():
    assert [section for _, section in benefits.PAYMENT_RELIEF] == ["IRC 6166", "IRC 6161(a)(1)-(2)", "IRC 303"]


def test_the_form_lays_its_lines_out_and_rounds_the_last():
    sheet = Worksheet("P-", "Part III")
    amounts = ReturnAmounts(Decimal(100), Decimal(1_000), Decimal(40), Decimal(7), None)

    tax = part_iii(sheet, base=base_of(date(2026, 1, 1), Decimal(15_000_000)), amounts=amounts)

    # 1,100 - 40 = 1,060 at 40%.
    assert tax.amount == Decimal("424.00")
    assert [line.amount for line in sheet.lines] == [
        100,
        1_000,
        1_100,
        40,
        1_060,
        7,
        15_000_000,
        15_000_007,
        15_001_067,
        Decimal("426.80"),
        Decimal("2.80"),
        424,
        424,
    ]
    assert [line.label.split()[0] for line in sheet.lines] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "12",
    ]


def test_the_form_at_the_highest_rate_has_no_second_computation():
    sheet = Worksheet("P-", "Part III")
    amounts = ReturnAmounts(Decimal("101.25"), ZERO, ZERO, ZERO, Decimal("40.50"))

    tax = part_iii(sheet, base=base_of(date(2026, 1, 1), ZERO), amounts=amounts)

    assert tax.amount == Decimal("40.50")
    assert [line.amount for line in sheet.lines][-2:] == [Decimal("40.50"), 41]
    assert len(sheet.lines) == 7


def test_less_than_50_cents_are_dropped():
    assert whole_dollars(Decimal("1.49")) == 1
    assert whole_dollars(Decimal("1.50")) == 2
    assert whole_dollars(Decimal("2.50")) == 3


def test_who_owes_the_tax():
    one = liability.liability_finding(tax=Decimal(1), number_of_qdots=1)
    two = liability.liability_finding(tax=ZERO, number_of_qdots=2)

    assert (one.rule, one.state, one.severity, one.measured) == ("EST-70", "fired", "warn", 1)
    assert two.state == "not_fired"
    assert two.text == one.text + " The property of the decedent's other QDOTs can be reached too."
    assert liability.liability_finding(tax=None, number_of_qdots=1).state == "undecided"


def test_what_kind_of_tax_it_is():
    found = liability.character_finding(tax=Decimal(1))

    assert (found.rule, found.state, found.severity, found.form) == ("EST-72", "fired", "note", "Form 706-QDT")
    assert liability.character_finding(tax=ZERO).state == "not_fired"
    assert liability.character_finding(tax=None).state == "undecided"


def test_the_regulations_bind_from_the_day_of_their_publication():
    before, after = date(1995, 8, 21), date(1995, 8, 22)

    assert not liability.regulations_bind(before)
    assert liability.regulations_bind(after)
    assert liability.applicability_finding(before).severity == "warn"
    assert liability.applicability_finding(before).measured == "1995-08-21"
    assert liability.applicability_finding(after).severity == "note"
    assert liability.applicability_finding(after).threshold == "1995-08-22"
    assert liability.applicability_finding(None).missing == ("date_of_death",)
    assert liability.applicability_finding(None).state == "undecided"
    assert liability.applicability_finding(after).missing == ()


@pytest.mark.parametrize(
    ("form", "included", "recovery"),
    [
        ("qtip", True, "IRC 2207A(a)"),
        ("general_power", True, "IRC 2207"),
        ("spouse_funded", True, "IRC 2207B"),
        ("estate_trust", True, ""),
        ("charitable_remainder", False, ""),
    ],
)
def test_the_form_decides_what_the_survivors_estate_includes(form, included, recovery):
    def found(**facts):
        return survivor.qdot_in_survivors_estate(form=form, value=Decimal(9), **facts)

    resident = found(survivor_nonresident=False, us_situs_value=Decimal(4))
    abroad = found(survivor_nonresident=True, us_situs_value=Decimal(4))

    assert resident.amount == (9 if included else 0)
    assert abroad.amount == (4 if included else 0)
    assert found(survivor_nonresident=True, us_situs_value=None).amount == (None if included else 0)
    assert ("IRC 2103" in abroad.citations) is included
    assert "IRC 2103" not in resident.citations
    assert survivor.FORMS[form].recovery == recovery


def test_recovery_from_the_trust():
    def recovered(form, **facts):
        given_ = {
            "included": Decimal(4),
            "taxable_estate": Decimal(20),
            "tax": Decimal(17),
            "tax_without": Decimal(4),
            "waived": False,
        }
        return survivor.recovery_from_trust(form=form, **given_ | facts)

    assert recovered("qtip").amount == 13
    assert recovered("qtip", tax_without=Decimal(18)).amount == 0
    assert recovered("qtip", waived=True).amount == 0
    assert recovered("general_power").amount == Decimal("3.40")
    assert recovered("general_power", taxable_estate=ZERO).amount == 0
    assert recovered("spouse_funded", taxable_estate=Decimal(1)).amount == 68
    assert recovered("estate_trust") == survivor.Recovery(None, "")
    assert recovered("general_power").citation == "IRC 2207"


def test_value_received_is_net_of_what_it_bore():
    def value(kind, **facts):
        given_ = {
            "value": Decimal(100),
            "taxes_borne": Decimal(10),
            "encumbrances": Decimal(5),
            "marital_deduction": Decimal(20),
        }
        return credit.value_transferred(kind=kind, **given_ | facts)

    assert value("ordinary") == 65
    assert value("deduction_denied") == 85
    assert value("qdot") == 85
    assert value("ordinary", value=Decimal(30)) == 0


def test_the_first_limitation_is_never_more_than_the_tax():
    def first(value, death_taxes=Decimal(40)):
        return credit.first_limitation(
            value=Decimal(value),
            taxable_estate=Decimal(100),
            death_taxes=death_taxes,
            estate_tax=Decimal(30),
            credits_added_back=Decimal(6),
        )

    assert first(30) == 18
    assert first(60) == 36
    assert first(90) == 36
    assert first(30, death_taxes=Decimal(100)) == 0
    assert first(1, death_taxes=Decimal(99)) == 36


def test_charity_shrinks_in_the_ratio_of_the_property():
    def reduction(expenses):
        return credit.charitable_reduction(
            charitable_deduction=Decimal(10),
            value=Decimal(20),
            gross_estate=Decimal(100),
            expenses=Decimal(expenses),
        )

    assert reduction(0) == 2
    assert reduction(60) == 5
    assert reduction(99) == 200
    assert reduction(100) == 0


@pytest.mark.parametrize(
    ("transferor", "percent"),
    [
        (date(2028, 5, 2), 0),
        (date(2028, 5, 1), 100),
        (date(2026, 5, 1), 100),
        (date(2024, 5, 1), 100),
        (date(2024, 4, 30), 80),
        (date(2022, 5, 1), 80),
        (date(2022, 4, 30), 60),
        (date(2020, 5, 1), 60),
        (date(2020, 4, 30), 40),
        (date(2018, 5, 1), 40),
        (date(2018, 4, 30), 20),
        (date(2016, 5, 1), 20),
        (date(2016, 4, 30), 0),
    ],
)
def test_the_credit_fades_by_the_years(transferor, percent):
    assert credit.percent_allowed(transferor, date(2026, 5, 1)) == percent


def test_a_single_transfer_takes_the_whole_second_limitation():
    sheet = Worksheet("C-", "Credit")
    only = credit.Transfer("A", "ordinary", Decimal(1), Decimal("10.005"), Decimal(80))

    [found] = credit.credits_for_transfers(
        sheet, transfers=[only], tax_with=figure(Decimal(50), "with"), tax_without=figure(Decimal(20), "without")
    )

    # The first limitation in cents, 10.01 half up, of it 80% = 8.008.
    assert found.amount == Decimal("8.01")
    assert [line.amount for line in sheet.lines] == [30, Decimal("10.01"), Decimal("8.01")]
    assert "Treas. Reg. 20.2056A-7" not in sheet.lines[1].citations


def test_transfers_without_value_get_nothing():
    sheet = Worksheet("C-", "Credit")
    empty = credit.Transfer("A", "qdot", ZERO, Decimal(10), Decimal(100))

    found = credit.credits_for_transfers(
        sheet,
        transfers=[empty, empty],
        tax_with=figure(Decimal(20), "with"),
        tax_without=figure(Decimal(50), "without"),
    )

    assert [credit_.amount for credit_ in found] == [0, 0]
    assert sheet.lines[0].amount == 0
    assert "Treas. Reg. 20.2056A-7" in sheet.lines[1].citations


def test_gifts_on_which_tax_was_paid_are_those_no_credit_covered():
    table = official_lawbook().federal(date(2011, 9, 29)).rate_table

    def taxed(*years):
        return dsue.gifts_on_which_tax_was_paid(
            [YearOfGifts(year, Decimal(gifts), Decimal(exclusion)) for year, gifts, exclusion in years], table
        )

    assert taxed((2002, 2_000_000, 1_000_000)) == 1_000_000
    assert taxed((2002, 1_000_000, 1_000_000)) == 0
    assert taxed((2009, 500_000, 1_000_000), (2002, 900_000, 1_000_000)) == 400_000
    assert taxed((2002, 2_000_000, 1_000_000), (2011, 3_000_000, 5_000_000)) == 1_000_000
    assert taxed((2002, 2_000_000, 1_000_000), (2011, 4_500_000, 5_000_000)) == 1_500_000
    assert taxed() == 0


def election(**facts):
    given_ = {
        "date_of_death": date(2025, 1, 6),
        "nonresident_decedent": False,
        "filing_required": None,
        "extension_granted": False,
        "return_filed_on": None,
        "opted_out": False,
        "is_holiday": no_holiday,
    }
    return dsue.portability_election(**given_ | facts)


@pytest.mark.parametrize(
    ("facts", "state", "made", "last"),
    [
        ({}, "open", None, date(2025, 10, 6)),
        ({"extension_granted": True}, "open", None, date(2026, 4, 6)),
        ({"filing_required": True}, "open", None, date(2025, 10, 6)),
        ({"filing_required": False}, "open_late", None, date(2030, 1, 6)),
        ({"return_filed_on": date(2025, 10, 6)}, "made", True, date(2025, 10, 6)),
        ({"return_filed_on": date(2025, 10, 7)}, "lost", False, date(2025, 10, 6)),
        ({"return_filed_on": date(2030, 1, 6), "filing_required": False}, "made_late", True, date(2030, 1, 6)),
        ({"return_filed_on": date(2030, 1, 7), "filing_required": False}, "lost", False, date(2025, 10, 6)),
        ({"return_filed_on": date(2025, 10, 7), "filing_required": True}, "lost", False, date(2025, 10, 6)),
        ({"opted_out": True}, "opted_out", False, date(2025, 10, 6)),
        ({"nonresident_decedent": True}, "not_open_to_estate", False, None),
        ({"date_of_death": date(2010, 12, 31)}, "before_portability", False, None),
        ({"date_of_death": date(2011, 1, 1)}, "open", None, date(2011, 10, 3)),
    ],
)
def test_how_the_election_stands(facts, state, made, last):
    found = election(**facts)

    assert (found.state, found.made, found.last_day) == (state, made, last)
    assert found.reason
    assert found.citations


def availability(first=date(2026, 3, 2), **facts):
    given_ = {
        "citizen_at_first_death": False,
        "nonresident_noncitizen": False,
        "treaty_allows": False,
        "has_qdot": False,
        "naturalized_on": None,
        "conditions_after_oath_met": None,
        "final_qdot_event_on": None,
        "attorney_allows": None,
    }
    return dsue.availability(dsue.Survivor(**given_ | facts), first)


OATH, EVENT = date(2029, 3, 1), date(2030, 8, 15)


@pytest.mark.parametrize(
    ("facts", "state", "usable_from", "final_event"),
    [
        ({"nonresident_noncitizen": True}, "none", None, False),
        ({"nonresident_noncitizen": True, "treaty_allows": True}, "attorney_question", None, False),
        ({"citizen_at_first_death": True}, "available", date(2026, 3, 2), False),
        ({"has_qdot": True}, "waits", None, False),
        ({"has_qdot": True, "final_qdot_event_on": EVENT}, "available", EVENT, True),
        ({"has_qdot": True, "naturalized_on": OATH, "conditions_after_oath_met": True}, "available", OATH, False),
        ({"has_qdot": True, "naturalized_on": OATH, "conditions_after_oath_met": False}, "waits", None, False),
        ({"has_qdot": True, "naturalized_on": OATH}, "waits", None, False),
        ({"has_qdot": True, "conditions_after_oath_met": True}, "waits", None, False),
        ({"naturalized_on": OATH}, "available", OATH, False),
        ({}, "attorney_question", None, False),
        ({"attorney_allows": True}, "available", date(2026, 3, 2), False),
        ({"attorney_allows": False}, "none", None, False),
    ],
)
def test_when_the_survivor_may_use_it(facts, state, usable_from, final_event):
    found = availability(**facts)

    assert (found.state, found.usable_from, found.final_event) == (state, usable_from, final_event)
    assert found.reason
    assert all(citation.startswith(("Treas. Reg.", "IRC")) for citation in found.citations)


def test_the_oath_cites_its_own_paragraph():
    with_qdot = availability(has_qdot=True, naturalized_on=OATH, conditions_after_oath_met=True)

    assert with_qdot.citations == ("Treas. Reg. 20.2010-3(c)(3)(ii)",)
    assert availability(naturalized_on=OATH).citations == ("Treas. Reg. 20.2010-3(c)(2)",)


def test_gifts_before_and_after_the_day_it_is_usable():
    ended = availability(has_qdot=True, final_qdot_event_on=EVENT)
    sworn = availability(naturalized_on=OATH)

    assert not dsue.usable_for_gift(ended, date(2029, 12, 31))
    assert dsue.usable_for_gift(ended, date(2030, 1, 1))
    assert not dsue.usable_for_gift(sworn, date(2029, 2, 28))
    assert dsue.usable_for_gift(sworn, OATH)
    assert not dsue.usable_for_gift(availability(has_qdot=True), EVENT)


def spouse(year, amount, applied=0, *, elected=True, married=True):
    return dsue.DeceasedSpouse(date(year, 1, 1), Decimal(amount), Decimal(applied), elected, married)


def test_the_last_deceased_spouse_counts_and_of_the_others_what_gifts_used():
    assert dsue.dsue_of_all([]) == 0
    assert dsue.dsue_of_all([spouse(2014, 2), spouse(2011, 5, 3)]) == 5
    assert dsue.dsue_of_all([spouse(2011, 5, 3), spouse(2014, 2, 1, elected=False)]) == 3
    assert dsue.dsue_of_all([spouse(2011, 5, 3), spouse(2014, 2, married=False)]) == 5


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"distributions": [{"year": 2028, "amount": 1, "net_amount": 1}]}, "net_amount: stands beside amount"),
        ({"distributions": [{"year": 2028, "date": "2027-01-01", "amount": 1}]}, "is not the year of the date"),
        ({"distributions": [{"year": 2028, "amount": 1, "tax_withheld": 2}]}, "is more than the amount"),
        ({"distributions": [{"year": 2025, "amount": 1}]}, "is before the first death"),
        ({"distributions": [{"date": "2026-03-01", "amount": 1}]}, "is before the first death"),
        ({"distributions": [], "event_amount": 5}, "stands beside the short form"),
        ({"gross_estate": 5}, "stands beside gross_estate"),
        ({"spouse_death": {"qdot_value": 1}, "qdot_value_at_spouse_death": 1}, "stands beside its short form"),
        ({"spouse_death": {"qdot_value": 1, "qdot_values": {"A": 1}}}, "stands beside qdot_value"),
        ({"spouse_death": {"qdot_value": 1, "charitable_deduction": 2}}, "is less than its deductions"),
        ({"spouse_death": {"date": "2028-01-01", "year": 2029, "qdot_value": 1}}, "is not the year of the date"),
        ({"elected_out_2010": True}, "expected a death in 2010"),
        ({"distributions": [{"year": 2028, "kind": "gift", "amount": 1}]}, "kind"),
        (
            {"distributions": [{"date": "2029-01-01", "amount": 1}], "spouse_death": {"date": "2028-01-01"}},
            "comes after the trust ended",
        ),
        (
            {
                "distributions": [{"date": "2027-01-01", "kind": "disqualification", "amount": 1}],
                "spouse_death": {"date": "2028-01-01"},
            },
            "the trust ends twice",
        ),
    ],
)
def test_qdot_tax_refuses_what_contradicts_itself(facts, fault):
    with pytest.raises(InputError, match=fault):
        compute("qdot-tax", {"date_of_death": "2026-03-02", "taxable_estate": 1} | facts)


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"spouse_resident_at_death": True, "spouse_domicile_at_death": "foreign"}, "the opposite of the domicile"),
        ({"spouse_own_estate": 1}, "stands beside spouse_taxable_estate"),
        ({"qdot_value_at_spouse_death": 8}, "is less than the QDOT in it"),
        ({"qdot_us_situs_value": 3, "spouse_resident_at_death": False}, "is more than the QDOT"),
    ],
)
def test_prior_transfer_credit_refuses_what_contradicts_itself(facts, fault):
    stated = {
        "spouse_date_of_death": "2026-03-02",
        "spouse_taxable_estate": 7,
        "section_2056a_tax": 1,
        "qdot_value_at_spouse_death": 2,
    }

    with pytest.raises(InputError, match=fault):
        compute("prior-transfer-credit", stated | facts)


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"adjusted_taxable_gifts": 1, "gift_amount_on_which_gift_tax_was_paid": 2}, "is more than the gifts"),
        ({"adjusted_taxable_gifts": 1, "taxable_gifts_by_year": []}, "stands beside adjusted_taxable_gifts"),
        ({"spouse_date_of_death": "2026-03-01"}, "spouse_date_of_death: 2026-03-01 is before the first death"),
        ({"final_qdot_event_on": "2026-03-01"}, "final_qdot_event_on: 2026-03-01 is before the first death"),
        (
            {"qdot_exists": True, "qdot_value_at_spouse_death": 1, "qdot_deductions_at_spouse_death": 2},
            "are more than the QDOT",
        ),
    ],
)
def test_dsue_refuses_what_contradicts_itself(facts, fault):
    with pytest.raises(InputError, match=fault):
        compute("dsue", {"date_of_death": "2026-03-02", "taxable_estate": 1} | facts)


class BaseWithSurvivorsCredit(QdotBase):
    """A base whose first term knows a credit that the second does not, as deaths before 2005 can have."""

    def net_tax_with_event(self, added):
        return self.net_tax(added) - 1_000


def test_line_10_takes_the_credits_of_the_event_and_line_11_those_of_the_first_estate():
    amounts = ReturnAmounts(Decimal(0), Decimal(2_000_000), Decimal(0), Decimal(0), None)
    table = official_lawbook().federal(date(2026, 1, 1)).rate_table
    base = BaseWithSurvivorsCredit(Decimal(15_000_000), Decimal(0), Decimal(0), Decimal(15_000_000), table, 2026)

    tax = part_iii(Worksheet("F", ""), base=base, amounts=amounts)

    # 40% of 2,000,000, less the 1,000 that only line 10 counts.
    assert Decimal(799_000) == tax.amount
