"""The thirteen state estate taxes: published figures, hand computations, every change of law on both sides of its day."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planning.engine.law import LawNotKnownError
from planning.engine.rules.state_estate import nothing
from planning.engine.rules.state_estate_tax import (
    Holding,
    StateEstate,
    StateFigures,
    shares_of,
    state_tax,
    write_state_estate_tax,
)
from planning.engine.rules.state_gift_addback import GiftInLife, gifts_brought_back
from planning.engine.rules.state_gift_tax import state_gift_tax, write_state_gift_tax
from planning.engine.worksheet import Worksheet, given, to_cents
from planning.inheritance_taxes import inheritance_book
from planning.law_files import LawFileError
from planning.state_law import FOLDER, official_state_book, read_state, read_state_book

pytestmark = pytest.mark.pure
BOOK = official_state_book()
SUMMER_2026 = date(2026, 7, 1)
MILLION = 1_000_000


def usd(amount):
    return Decimal(str(amount))


def tax(code, taxable, on=SUMMER_2026, **facts):
    """The tax in cents, the number alone and through the worksheet, which must agree."""
    law = BOOK.estate_tax(code, on)
    flags = {name: facts.pop(name) for name in ("resident", "nonresident_noncitizen") if name in facts}
    amounts = {name: usd(value) for name, value in facts.items()}
    number = state_tax(law, StateEstate(usd(taxable), **amounts, **flags))
    figures = StateFigures(
        given(usd(taxable), "taxable estate"), **{name: given(value, name) for name, value in amounts.items()}, **flags
    )
    assert figures.estate() == StateEstate(usd(taxable), **amounts, **flags)
    written = write_state_estate_tax(Worksheet("S", ""), law, figures).amount
    assert to_cents(number) == written, (code, taxable, facts)
    return written


def lines(code, taxable, on=SUMMER_2026, **facts):
    """The lines of the worksheet: label, amount, words and whether it is the result."""
    sheet = Worksheet("S", "")
    flags = {name: facts.pop(name) for name in ("resident", "nonresident_noncitizen") if name in facts}
    figures = {name: given(usd(value), name) for name, value in facts.items()}
    law = BOOK.estate_tax(code, on)
    write_state_estate_tax(sheet, law, StateFigures(given(usd(taxable), "taxable estate"), **figures, **flags))
    return sheet.lines


# Taxable estates of 2, 3, 5, 7.5, 10, 15 and 20 million; deaths of 2026 on and after July 1.
SIZES = (2_000_000, 3_000_000, 5_000_000, 7_500_000, 10_000_000, 15_000_000, 20_000_000)
TABLE_2026 = {
    "CT": (0, 0, 0, 0, 0, 0, 600_000),
    "DC": (0, 0, "1299.20", "317299.20", "681299.20", "1481299.20", "2281299.20"),
    "HI": (0, 0, 0, 211_200, 531_400, 1_308_070, 2_287_000),
    "IL": (0, 0, "285714.29", "622340.43", "926923.08", "1609310.34", "2298965.52"),
    "ME": (0, 0, 0, 27_200, 227_200, 760_800, 1_360_800),
    "MD": (0, 0, 0, 400_000, 800_000, 1_600_000, 2_400_000),
    "MA": (0, 82_400, 292_000, 605_600, 968_000, 1_767_200, 2_567_200),
    "MN": (0, 0, 260_000, 585_000, 910_000, 1_659_000, 2_459_000),
    "NY": (0, 0, 0, 386_400, 1_067_600, 1_866_800, 2_666_800),
    "OR": (101_250, 205_000, 425_000, 732_500, 1_102_500, 1_902_500, 2_702_500),
    "RI": (11_660, 94_060, 303_660, 617_260, 979_660, 1_778_860, 2_578_860),
    "VT": (0, 0, 0, 400_000, 800_000, 1_600_000, 2_400_000),
    "WA": (0, 0, 240_000, 640_000, 1_100_000, 2_090_000, 3_090_000),
}


def test_there_are_thirteen_states():
    assert BOOK.codes == tuple(sorted(TABLE_2026))


@pytest.mark.parametrize("code", sorted(TABLE_2026))
def test_the_table_of_2026(code):
    assert [tax(code, size) for size in SIZES] == [usd(value) for value in TABLE_2026[code]]


@pytest.mark.parametrize(
    ("code", "taxable", "expected"),
    [
        # Connecticut: 12% above 15,000,000.
        ("CT", 15_000_000, 0),
        ("CT", 16_000_000, 120_000),
        ("CT", 15_000_001, "0.12"),
        # The District: 112,000 at 5,000,000 less 110,700.80 on 4,988,400; then 12%; 792,000 at 10,000,000, then 16%.
        ("DC", 4_988_400, 0),
        ("DC", "4988401", "0.11"),
        ("DC", 5_500_000, "61299.20"),
        ("DC", 12_000_000, "1001299.20"),
        # Hawaii above 5,490,000: 10%; 600,000 + 15.7% of 5,000,000.
        ("HI", 5_490_000, 0),
        ("HI", 6_490_000, 100_000),
        ("HI", 15_490_000, 1_385_000),
        # Illinois: 40/140 of 500,000; (402,800 + 12% of 900,000) / 1.12; (786,800 + 14.4% of 1,900,000) / 1.144.
        ("IL", 4_000_000, 0),
        ("IL", 4_500_000, "142857.14"),
        ("IL", 6_000_000, "456071.43"),
        ("IL", 10_000_000, "926923.08"),
        # Maine above 7,160,000: 8%; 240,000 + 10% of 3,000,000.
        ("ME", 7_160_000, 0),
        ("ME", 8_160_000, 80_000),
        ("ME", 13_160_000, 540_000),
        # Maryland: 16% above 5,000,000; the table would give 510,800 at 6,000,000.
        ("MD", 5_000_000, 0),
        ("MD", 6_000_000, 160_000),
        ("MD", 10_000_000, 800_000),
        # Massachusetts: the credit on 1,940,000 is 99,600; 146,800 + 8.8% of 400,000; 290,800 + 11.2% of 900,000.
        ("MA", 2_000_000, 0),
        ("MA", "2000100", "7.20"),
        ("MA", 3_000_000, 82_400),
        ("MA", 5_000_000, 292_000),
        ("MA", 10_000_000, 968_000),
        # Minnesota above 3,000,000: 13%; 923,000 + 13.6% of 900,000.
        ("MN", 3_000_000, 0),
        ("MN", 4_000_000, 130_000),
        ("MN", 11_000_000, 1_045_400),
        # New York: 691,600 less the tax on 6,350,000, 554,800; from 105% 650,800 + 13.6% of 700,000.
        ("NY", 7_350_000, 0),
        ("NY", 7_400_000, 136_800),
        ("NY", 7_800_000, 746_000),
        # Oregon: 50,000 + 10.25% of 500,000; 367,500 + 11.5% of 500,000.
        ("OR", 1_000_000, 0),
        ("OR", 1_000_010, 1),
        ("OR", 2_000_000, 101_250),
        ("OR", 5_000_000, 425_000),
        # Rhode Island: the credit on 1,778,056 is 87,940.03 less 87,940.
        ("RI", 1_838_055, 0),
        ("RI", 1_838_056, "0.03"),
        ("RI", 3_000_000, 94_060),
        ("RI", 5_000_000, 303_660),
        # Vermont: 16% above 5,000,000.
        ("VT", 5_000_000, 0),
        ("VT", 6_000_000, 160_000),
        ("VT", 12_000_000, 1_120_000),
        # Washington above 3,000,000: 10%; 550,000 + 18% of 1,000,000.
        ("WA", 3_000_000, 0),
        ("WA", 4_000_000, 100_000),
        ("WA", 8_000_000, 730_000),
    ],
)
def test_by_hand_for_deaths_of_2026(code, taxable, expected):
    assert tax(code, taxable) == usd(expected)


@pytest.mark.parametrize(
    ("code", "taxable", "expected"),
    [
        ("CT", 13_990_000, 0),
        ("CT", 14_990_000, 120_000),
        # 11.2% of 126,800, then 12%.
        ("DC", 4_873_200, 0),
        ("DC", 5_000_000, "14201.60"),
        ("DC", 10_000_000, "694201.60"),
        # The published example: of 8,000,000 only the last million is taxed.
        ("ME", 8_000_000, 80_000),
        ("NY", 7_160_000, 0),
        # Tax 664,400 at 7,200,000 less that on 6,360,000, 556,080.
        ("NY", 7_200_000, 108_320),
        ("NY", 7_518_000, "707648"),
        # 146,800 + 8.8% of 400,000 less 85,375.
        ("RI", 3_000_000, 96_625),
        ("HI", 6_490_000, 100_000),
        ("IL", 4_500_000, "142857.14"),
        ("MD", 6_000_000, 160_000),
        ("MN", 4_000_000, 130_000),
        ("OR", 2_000_000, 101_250),
        ("VT", 6_000_000, 160_000),
    ],
)
def test_by_hand_for_deaths_of_2025(code, taxable, expected):
    assert tax(code, taxable, date(2025, 1, 1)) == usd(expected) == tax(code, taxable, date(2025, 12, 31))


# Washington: 12,807,000 above 2,193,000 takes 1,490,000 + 20% of 3,807,000; 12,000,000 above 3,000,000 takes
# 1,930,000 + 35% of 3,000,000, or 1,490,000 + 20% of 3,000,000; 1,924,000 takes 100,000 + 15% of 924,000.
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 1, 1), (0, 80_700, 88_300, 361_050, 2_251_400)),
        (date(2025, 6, 30), (0, 80_700, 88_300, 361_050, 2_251_400)),
        (date(2025, 7, 1), (0, 0, 7_600, 250_000, 2_980_000)),
        (date(2025, 12, 31), (0, 0, 7_600, 250_000, 2_980_000)),
        (date(2026, 1, 1), (0, 0, 0, 238_600, 2_953_400)),
        (date(2026, 6, 30), (0, 0, 0, 238_600, 2_953_400)),
        (date(2026, 7, 1), (0, 0, 7_600, 240_000, 2_090_000)),
        (date(2026, 12, 31), (0, 0, 7_600, 240_000, 2_090_000)),
    ],
)
def test_washington_on_both_sides_of_every_change(on, expected):
    taxable = (2_193_000, 3_000_000, 3_076_000, 5_000_000, 15_000_000)
    assert [tax("WA", size, on) for size in taxable] == [usd(value) for value in expected]


def test_washington_in_the_year_of_the_higher_rates():
    # 10,000,000 above 3,076,000: 1,930,000 + 35% of 1,000,000.
    assert tax("WA", 13_076_000, date(2026, 3, 1)) == 2_280_000


def test_new_york_between_the_exclusion_and_five_percent_more():
    # The credit is the tax on 154,350,000 less twenty times the estate; at 7,400,000 that is 6,350,000.
    found = [tax("NY", taxable) for taxable in range(7_350_000, 7_720_000, 10_000)]
    assert found == [
        0, 28_560, 55_920, 82_880, 109_840, 136_800, 163_760, 189_520, 214_880, 240_240, 265_600, 290_960, 315_120,
        338_880, 362_640, 386_400, 410_160, 432_720, 454_880, 476_640, 497_200, 517_760, 537_120, 556_080, 574_640,
        592_000, 609_360, 624_470, 638_830, 653_190, 666_050, 678_410, 690_520, 701_880, 713_240, 721_690, 729_170,
    ]  # fmt: skip
    assert tax("NY", 7_717_500) == 734_780
    # The last dollar before 105%: 20 dollars of credit at 3.06% are left, 61 cents.
    assert tax("NY", 7_717_499) == usd("734779.25")
    assert tax("NY", 7_717_501) == usd("734780.14")


def test_published_figures_of_other_years():
    # New York 2014: a death at exactly 105% of 2,062,500 pays the whole, 106,800 + 8% of 65,625.
    new_york = replace(BOOK.estate_tax("NY", SUMMER_2026), exclusion=usd(2_062_500))
    assert state_tax(new_york, StateEstate(usd(2_165_625))) == 112_050
    # Illinois 2009, threshold 2,000,000: 229,200 / 1.096.
    illinois = replace(BOOK.estate_tax("IL", SUMMER_2026), exclusion=usd(2_000_000))
    assert round(state_tax(illinois, StateEstate(usd(3_500_000)))) == 209_124
    # Rhode Island's thresholds of 2023 and 2024 are where its credits are used up.
    law = BOOK.estate_tax("RI", SUMMER_2026)
    for credit, threshold in ((80_395, 1_733_264), (83_370, 1_774_583)):
        assert round(law.credit_table.amount_taxed_at(usd(credit)) + law.base_reduction) == threshold


def test_illinois_changes_limbs_where_both_give_the_same():
    # 40/140 (x - 4m) = (290,800 + 11.2% (x - 4,100,000)) / 1.112, hence x near 5.36m; one side of it each.
    assert tax("IL", 5_300_000) == usd("371428.57")
    assert tax("IL", 5_400_000) == usd("392446.04")
    assert tax("IL", 4_000_000, adjusted_taxable_gifts=500_000) == usd("142857.14")
    # The table limb does not look at gifts.
    assert tax("IL", 6_000_000, adjusted_taxable_gifts=500_000) == usd("456071.43")
    # Below every step of the table: nothing, whatever was given.
    assert tax("IL", 100_000, adjusted_taxable_gifts=9 * MILLION) == 0
    # 0.8% of (110,000 - 60,000 - 40,000) over 1.008.
    assert tax("IL", 110_000, adjusted_taxable_gifts=9 * MILLION) == usd("79.37")


def test_marylands_table_is_the_smaller_limb_only_with_a_small_exclusion():
    law = replace(BOOK.estate_tax("MD", SUMMER_2026), exclusion=usd(0))
    # 146,800 + 8.8% of 400,000 against 16% of 3,000,000.
    assert state_tax(law, StateEstate(usd(3_000_000))) == 182_000


def test_portability_in_hawaii_and_maryland():
    # Hawaii: 5,490,000 less gifts of 490,000, plus 2,000,000 left by the spouse; 10% of 1,000,000 and 11% of 500,000.
    assert tax("HI", 8_500_000, adjusted_taxable_gifts=490_000, dsue=2_000_000) == 155_000
    # Gifts never use up what the spouse left, and there is no most.
    assert tax("HI", 9_000_000, adjusted_taxable_gifts=6_000_000, dsue=9_000_000) == 0
    # Maryland: at most 5,000,000; 16% of 1,000,000.
    assert tax("MD", 11_000_000, dsue=5_000_000) == 160_000
    assert tax("MD", 11_000_000, dsue=5_000_001) == 160_000
    assert tax("MD", 11_000_000, dsue=4_999_999) == usd("160000.16")
    # Nowhere else.
    assert tax("NY", 8_000_000, dsue=5_000_000) == tax("NY", 8_000_000) == 773_200
    assert {code for code in BOOK.codes if BOOK.estate_tax(code, SUMMER_2026).portable} == {"HI", "MD"}


def test_marylands_inheritance_tax_is_credited():
    assert tax("MD", 6_000_000, inheritance_tax=100_000) == 60_000
    assert tax("MD", 6_000_000, inheritance_tax=160_001) == 0
    assert tax("MN", 6_000_000, inheritance_tax=100_000) == 390_000
    # The part of the estate that the state may tax comes first: half of 160,000.
    assert tax("MD", 6_000_000, inheritance_tax=50_000, share="0.5") == 30_000


def test_minnesotas_farm_or_business():
    # 3,000,000 + 1,500,000 left untaxed, at most 2,000,000 more.
    assert tax("MN", 6_000_000, business_property=1_500_000) == 195_000
    assert tax("MN", 6_000_000, business_property=2_000_000) == 130_000
    assert tax("MN", 6_000_000, business_property=2_000_001) == 130_000
    assert tax("VT", 6_000_000, business_property=2_000_000) == 160_000


@pytest.mark.parametrize(
    ("code", "taxable", "expected"),
    [
        # One million of gifts in the base; 5,000,000 and 1,000,000 less 15,000,000 in Connecticut and so on.
        ("CT", 15_000_000, 120_000),
        ("ME", 7_160_000, 80_000),
        ("MN", 3_000_000, 130_000),
        ("VT", 5_000_000, 160_000),
        # 7,350,000 with gifts: above 105%, 786,800 + 14.4% of 250,000.
        ("NY", 7_350_000, 822_800),
        ("DC", 4_988_400, 0),
        ("HI", 5_490_000, 0),
        ("IL", 4_000_000, 0),
        ("MA", 2_000_000, 0),
        ("MD", 5_000_000, 0),
        ("OR", 1_000_000, 0),
        ("RI", 1_838_055, 0),
        ("WA", 3_000_000, 0),
    ],
)
def test_gifts_brought_back_are_taxed_in_five_states(code, taxable, expected):
    assert tax(code, taxable, addback_gifts=MILLION) == expected


def test_lifetime_gifts_count_in_hawaii_and_illinois_alone():
    counting = [
        code for code in BOOK.codes if tax(code, 4_500_000, adjusted_taxable_gifts=MILLION) != tax(code, 4_500_000)
    ]
    # 4,500,000 above 4,490,000 in Hawaii; 40/140 of 1,500,000 in Illinois, at most by the table.
    assert counting == ["HI", "IL"]
    assert tax("HI", 4_500_000, adjusted_taxable_gifts=MILLION) == 1_000


DEATH = date(2026, 8, 15)


@pytest.mark.parametrize(
    ("code", "oldest"),
    [("ME", date(2025, 8, 16)), ("VT", date(2024, 8, 16)), ("MN", date(2023, 8, 16)), ("NY", date(2023, 8, 16)),
     ("CT", date(2005, 1, 1))],
)  # fmt: skip
def test_each_state_brings_back_gifts_of_its_own_window(code, oldest):
    rule = BOOK.estate_tax(code, DEATH).gifts
    first, before = GiftInLife(oldest, usd(7), code), GiftInLife(oldest - timedelta(days=1), usd(100), code)
    on_the_day = GiftInLife(DEATH, usd(1), code)
    assert gifts_brought_back(rule, code, [first, before, on_the_day], DEATH) == 8


def test_new_york_looks_at_gifts_of_its_residents_in_deaths_before_2032():
    rule = BOOK.estate_tax("NY", DEATH).gifts
    gifts = [GiftInLife(date(2026, 1, 2), usd(5), home) for home in ("NY", "NJ", None)]
    assert gifts_brought_back(rule, "NY", gifts, DEATH) == 5
    late = [GiftInLife(date(2031, 6, 1), usd(5), "NY")]
    assert gifts_brought_back(rule, "NY", late, date(2031, 12, 31)) == 5
    assert gifts_brought_back(rule, "NY", late, date(2032, 1, 1)) == 0
    minnesota = BOOK.estate_tax("MN", DEATH).gifts
    assert gifts_brought_back(minnesota, "MN", gifts, DEATH) == 15


@pytest.mark.parametrize("code", ["DC", "HI", "IL", "MA", "MD", "OR", "RI", "WA"])
def test_the_other_states_bring_no_gift_back_into_the_base(code):
    assert gifts_brought_back(BOOK.estate_tax(code, DEATH).gifts, code, [GiftInLife(DEATH, usd(5), code)], DEATH) == 0


def test_connecticuts_gift_tax_adds_up_over_the_years():
    law = BOOK.estate_tax("CT", date(2026, 12, 31))

    def due(earlier, gifts, paid):
        number = state_gift_tax(law, earlier=usd(earlier), gifts=usd(gifts), paid=usd(paid))
        sheet = Worksheet("G", "")
        parts = [given(usd(value), name) for name, value in (("before", earlier), ("year", gifts), ("paid", paid))]
        written = write_state_gift_tax(sheet, law, earlier=parts[0], gifts=parts[1], paid=parts[2])
        assert to_cents(number) == written.amount
        return number, sheet

    assert due(0, 15_000_000, 0)[0] == 0
    # 12% of (16,000,000 - 15,000,000), then of 2,000,000 less what the first million paid.
    assert due(0, 16_000_000, 0)[0] == 120_000
    number, sheet = due(16_000_000, 1_000_000, 120_000)
    assert number == 120_000
    assert [(line.label, line.amount) for line in sheet.lines] == [
        ("Connecticut taxable gifts since 2005", 17_000_000),
        ("Connecticut exclusion", 15_000_000),
        ("Gifts above it", 2_000_000),
        ("Tax on all of them", 240_000),
        ("Connecticut gift tax", 120_000),
    ]
    assert sheet.lines[0].how == "before plus year"
    assert sheet.lines[-1].kind == "result"
    # The exclusion grew: what was paid in excess is not given back.
    assert due(14_000_000, 0, 1_200)[0] == 0
    # 140,000,000 reach 15,000,000 of tax, and there it ends.
    assert due(0, 140_000_000, 0)[0] == 15_000_000
    assert due(0, 140_000_100, 0)[0] == 15_000_000
    assert due(140_000_000, 5_000_000, 15_000_000)[0] == 0
    assert state_gift_tax(BOOK.estate_tax("NY", DEATH), earlier=usd(0), gifts=usd(90_000_000), paid=usd(0)) == 0


def test_connecticuts_gift_and_estate_tax_share_one_limit():
    # 12% of (10m + 10m - 15m) less the gift tax already paid.
    assert tax("CT", 10_000_000, addback_gifts=10_000_000, gift_tax_paid=1_200) == 598_800
    assert tax("CT", 140_000_000) == 15_000_000 == tax("CT", 200_000_000)
    # 5,000,000 paid on gifts leave 10,000,000 of the limit.
    assert tax("CT", 200_000_000, gift_tax_paid=5_000_000) == 10_000_000
    assert tax("CT", 16_000_000, gift_tax_paid=120_001) == 0
    assert tax("ME", 8_160_000, gift_tax_paid=5_000) == 80_000
    # Half of 22,200,000 stays under the limit.
    assert tax("CT", 200_000_000, share="0.5") == 11_100_000


def test_hawaiis_nonresidents_take_their_part_of_estate_and_exclusion():
    # A fifth of 10,000,000 less a fifth of 5,490,000 is 902,000, at 10%.
    assert tax("HI", 10_000_000, share="0.2", resident=False) == 90_200
    # A resident takes a fifth of the tax on 4,510,000: 460,000 + 14% of 510,000.
    assert tax("HI", 10_000_000, share="0.2") == 106_280
    # Neither citizen nor resident of the United States: 60,000 takes the place of the exclusion.
    alien = {"resident": False, "nonresident_noncitizen": True}
    assert tax("HI", 1_060_000, share=1, **alien) == 100_000
    assert tax("HI", 1_060_000, share="0.5", dsue=900_000, adjusted_taxable_gifts=50_000, **alien) == 50_000
    assert tax("NY", 8_000_000, **alien) == tax("NY", 8_000_000)


def test_new_york_taxes_what_lies_there_with_the_whole_exclusion():
    # 80% of 10,000,000: 650,800 + 13.6% of 900,000; 70% stay under the exclusion.
    for resident in (True, False):
        assert tax("NY", 10_000_000, share="0.8", resident=resident) == 773_200
        assert tax("NY", 10_000_000, share="0.7", resident=resident) == 0
    # Gifts brought back are not divided.
    assert tax("NY", 10_000_000, share="0.7", addback_gifts=1_000_000) == 773_200


def test_massachusetts_changed_how_a_residents_property_elsewhere_counts():
    share = {"share": Decimal(25) / 35}
    # Published: 3,500,000 with 1,000,000 elsewhere. 229,200 x 25/35 = 163,714 less 99,600; since then the credit on
    # 2,500,000, 106,800 + 8% of 400,000, less 99,600.
    assert tax("MA", 3_500_000, date(2025, 7, 31), **share) == usd("64114.29")
    assert tax("MA", 3_500_000, date(2025, 8, 1), **share) == 39_200
    # Of a nonresident it takes its part of the credit, on both days.
    for on in (date(2025, 7, 31), date(2025, 8, 1)):
        assert tax("MA", 3_500_000, on, resident=False, **share) == usd("64114.29")
        # A third of 229,200 does not reach 99,600.
        assert tax("MA", 3_500_000, on, resident=False, share="0.3") == 0


@pytest.mark.parametrize(
    ("code", "taxable", "whole"),
    [
        ("CT", 20_000_000, 600_000),
        ("DC", 5_500_000, "61299.20"),
        ("IL", 6_000_000, "456071.43"),
        ("MD", 6_000_000, 160_000),
        ("ME", 8_160_000, 80_000),
        ("MN", 4_000_000, 130_000),
        ("OR", 2_000_000, 101_250),
        ("RI", 3_000_000, 94_060),
        ("VT", 6_000_000, 160_000),
        ("WA", 4_000_000, 100_000),
    ],
)
def test_most_states_take_their_part_of_the_tax(code, taxable, whole):
    for resident in (True, False):
        assert abs(tax(code, taxable, share="0.25", resident=resident) - usd(whole) / 4) <= usd("0.01")


def laws(*codes, on=DEATH):
    return {code: BOOK.estate_tax(code, on) for code in codes}


def test_an_estate_in_several_states_is_divided():
    # A home in New York; land in Oregon, a cabin in Florida, a house in Canada, a boat in New York.
    situated = [
        Holding("OR", usd(1_000_000)),
        Holding("FL", usd(500_000)),
        Holding(None, usd(2_000_000)),
        Holding("NY", usd(300_000)),
    ]
    found = shares_of(laws("NY", "OR", "FL"), usd(10_000_000), situated, "NY")
    assert found == {"NY": usd("0.65"), "OR": usd("0.1")}
    # At home in Florida, New York reaches its boat alone.
    found = shares_of(laws("NY", "OR", "FL"), usd(10_000_000), situated, "FL")
    assert found == {"NY": usd("0.03"), "OR": usd("0.1")}
    # At home abroad.
    assert shares_of(laws("OR"), usd(10_000_000), situated, None) == {"OR": usd("0.1")}


def test_a_share_is_never_below_nothing_or_above_all():
    assert shares_of(laws("NY"), usd(0), [], "NY") == {"NY": 0}
    assert shares_of(laws("NY", "OR"), usd(100), [Holding("OR", usd(120))], "NY") == {"NY": 0, "OR": 1}
    assert shares_of(laws("NY"), usd(1), [], "NY") == {"NY": 1}


def test_forms_with_four_decimals():
    third = [Holding("VT", usd(1)), Holding("HI", usd(2))]
    assert shares_of(laws("VT", "HI"), usd(3), third, None) == {"VT": usd("0.3333"), "HI": usd("0.6667")}
    exact = shares_of(laws("OR"), usd(3), [Holding("OR", usd(1))], None)["OR"]
    assert exact == usd(1) / 3


def test_vermont_and_minnesota_count_gifts_in_the_fraction():
    situated = [Holding("VT", usd(1_000_000)), Holding("MN", usd(1_000_000)), Holding("OR", usd(1_000_000))]
    gifts = [Holding("VT", usd(1_000_000)), Holding("NY", usd(5_000_000))]
    found = shares_of(laws("VT", "MN", "OR"), usd(10_000_000), situated, None, gifts)
    # 2,000,000 and 1,000,000 of 16,000,000; Oregon looks at the estate alone.
    assert found == {"VT": usd("0.125"), "MN": usd("0.0625"), "OR": usd("0.1")}


def test_what_is_not_settled_about_a_part():
    before, after = BOOK.estate_tax("MA", date(2025, 7, 31)), BOOK.estate_tax("MA", date(2025, 8, 1))
    assert before.doubt_of_share(resident=True).status == "unverified"
    assert after.doubt_of_share(resident=True) is None
    assert before.doubt_of_share(resident=False).status == after.doubt_of_share(resident=False).status == "inferred"
    assert BOOK.estate_tax("NY", DEATH).doubt_of_share(resident=False) is None
    marked = [line.label for line in lines("MA", 3_500_000, date(2025, 7, 31), share="0.5")]
    assert "Part of it that Massachusetts takes (unverified)" in marked
    assert "Part of it that Massachusetts takes" not in marked
    assert lines("MA", 3_500_000, DEATH, share="0.5")[0].label == "Part of the taxable estate that Massachusetts taxes"


SHRUNKEN = (
    "the smaller of line S2 and line S3 minus (20, for each 5% of the exclusion times (line S2 minus line S3, "
    "not below zero)), not below zero"
)


def test_the_sheet_of_new_york():
    found = lines("NY", 9_250_000, share="0.8", addback_gifts=0)
    assert [(line.label, line.amount, line.how) for line in found] == [
        ("Part of the taxable estate that New York taxes", 7_400_000, "taxable estate times share"),
        ("New York taxable estate", 7_400_000, "line S1"),
        ("New York basic exclusion amount", 7_350_000, "law of New York for deaths from 2026-01-01"),
        (
            "Tax by the table on the New York taxable estate",
            691_600,
            "650,800 plus 13.6% of line S2 over 7,100,000",
        ),
        (
            "Amount whose tax is the credit",
            6_350_000,
            SHRUNKEN,
        ),
        ("Applicable credit", 554_800, "522,800 plus 12.8% of line S5 over 6,100,000"),
        ("New York estate tax", 136_800, "line S4 minus line S6, not below zero"),
    ]
    assert found[0].citations == ("N.Y. Tax Law 954(a)(1)", "N.Y. Tax Law 960(b)")
    assert found[2].citations == ("N.Y. Tax Law 952(c)",)
    assert found[-1].kind == "result"
    assert {line.status for line in found} == {None, "official"}
    assert lines("NY", 7_000_000, addback_gifts=400_000)[0].how == "taxable estate plus addback_gifts"


def test_the_sheet_of_illinois_shows_both_limbs():
    found = lines("IL", 6_000_000, adjusted_taxable_gifts=100_000, share="0.5")
    assert [(line.label, to_cents(line.amount)) for line in found] == [
        ("Illinois taxable estate", 6_000_000),
        ("Illinois threshold", 4_000_000),
        ("State death tax credit, the tax itself deducted", usd("456071.43")),
        ("Taxable estate with gifts above the threshold", 2_100_000),
        ("Illinois limit on that credit", 600_000),
        ("Illinois tax on the whole estate", usd("456071.43")),
        ("Part of it that Illinois takes", usd("228035.71")),
        ("Illinois estate tax", usd("228035.71")),
    ]
    assert found[2].how == "the tax that the table gives on line S1 less 60,000 and less that tax"
    assert found[4].how == "40% of line S4 less the tax itself, that is 40/140 of it"


def test_the_sheets_of_the_other_kinds():
    assert [(line.label, line.amount) for line in lines("MD", 12_000_000, dsue=6_000_000, inheritance_tax=1)] == [
        ("Maryland taxable estate", 12_000_000),
        ("Maryland exclusion", 5_000_000),
        ("Maryland exclusion with the earlier spouse's unused amount", 10_000_000),
        ("Adjusted taxable estate", 11_940_000),
        ("State death tax credit by the table", 1_386_800),
        ("Maryland taxable estate above the exclusion", 2_000_000),
        ("Maryland limit on that credit", 320_000),
        ("Maryland estate tax", 319_999),
    ]
    assert [(line.label, line.amount) for line in lines("MA", 3_500_000, share="0.5", resident=False)] == [
        ("Massachusetts taxable estate", 3_500_000),
        ("Adjusted taxable estate", 3_440_000),
        ("Massachusetts tax on the whole estate", 229_200),
        ("Part of it that Massachusetts takes (inferred)", 114_600),
        ("Massachusetts credit", 99_600),
        ("Massachusetts estate tax", 15_000),
    ]
    assert [(line.label, line.amount) for line in lines("RI", 3_000_000, share="0.5")] == [
        ("Rhode Island taxable estate", 3_000_000),
        ("Adjusted taxable estate", 2_940_000),
        ("Rhode Island credit", 87_940),
        ("Rhode Island tax on the whole estate", 94_060),
        ("Part of it that Rhode Island takes", 47_030),
        ("Rhode Island estate tax", 47_030),
    ]
    assert [(line.label, line.amount) for line in lines("DC", 5_500_000)] == [
        ("District of Columbia taxable estate", 5_500_000),
        ("District of Columbia zero bracket amount", 4_988_400),
        ("Tax by the table on the zero bracket amount", usd("110700.8")),
        (
            "Tax by the table on the District of Columbia taxable estate, no less than the zero bracket amount",
            172_000,
        ),
        ("District of Columbia estate tax", usd("61299.2")),
    ]
    assert [
        line.label for line in lines("HI", 9_000_000, share="0.5", resident=False, nonresident_noncitizen=True)
    ] == [
        "Part of the taxable estate that Hawaii taxes (inferred)",
        "Hawaii taxable estate",
        "Hawaii exclusion of a nonresident noncitizen",
        "Part of the exclusion that belongs to it",
        "Hawaii taxable estate above the exclusion",
        "Hawaii estate tax",
    ]
    assert [(line.label, line.amount) for line in lines("HI", 6_490_000, adjusted_taxable_gifts=90_000, dsue=1)][
        1:4
    ] == [
        ("Hawaii exclusion", 5_490_000),
        ("Hawaii exclusion left after gifts", 5_400_000),
        ("Hawaii exclusion with the earlier spouse's unused amount", 5_400_001),
    ]
    assert [(line.label, line.amount) for line in lines("MN", 6_000_000, business_property=9)][1:3] == [
        ("Minnesota subtraction", 3_000_000),
        ("Minnesota subtraction with farm or business property", 3_000_009),
    ]
    # What a state does not count, or what is not there, makes no line.
    for code in ("HI", "MD", "MN", "VT"):
        counted = {"HI": ("dsue",), "MD": ("dsue", "inheritance_tax"), "MN": ("business_property",)}.get(code, ())
        others = {"dsue", "business_property", "gift_tax_paid", "inheritance_tax"}
        ignored = dict.fromkeys(others.difference(counted), 1)
        assert lines(code, 9_000_000, **ignored) == lines(code, 9_000_000)
        assert not any("with" in line.label for line in lines(code, 9_000_000))
    capped = lines("CT", 16_000_000, gift_tax_paid=1)[-1]
    assert capped.how == (
        "the smaller of 0 plus 12% of line S3 over 0 and 15,000,000, the most of estate and gift tax together minus "
        "gift_tax_paid, not below zero"
    )
    assert nothing().how == "none"


def test_a_state_without_an_estate_tax_is_known_as_such():
    assert BOOK.estate_tax("FL", DEATH) is None
    assert BOOK.estate_tax("PA", date(2025, 1, 1)) is None
    assert len(BOOK.without_estate_tax) == 51 - 13
    assert BOOK.projected("CA", date(2040, 1, 1), indexing=usd(2), federal_exclusion=usd(1)) is None
    assert BOOK.inheritance.of("PA", DEATH).name == "Pennsylvania"


@pytest.mark.parametrize(
    ("code", "on", "fault"),
    [
        ("XX", DEATH, "no state 'XX' is known: expected a code such as NY, or DC"),
        ("ny", DEATH, "no state 'ny' is known"),
        (
            "NY",
            date(2024, 12, 31),
            "no law of NY for a death of 2024-12-31: the law files of states go from 2025-01-01 to 2026-12-31",
        ),
        ("NY", date(2027, 1, 1), "no law of NY for a death of 2027-01-01"),
        ("FL", date(2024, 12, 31), "no law of FL for a death of 2024-12-31"),
        ("FL", date(2027, 1, 1), "no law of FL for a death of 2027-01-01"),
    ],
)
def test_an_unknown_state_or_day_is_an_error(code, on, fault):
    with pytest.raises(LawNotKnownError, match=re.escape(fault)):
        BOOK.estate_tax(code, on)


def test_a_projection_of_the_past_is_an_error_too():
    with pytest.raises(LawNotKnownError):
        BOOK.projected("NY", date(2024, 1, 1), indexing=usd(2), federal_exclusion=usd(1))
    with pytest.raises(LawNotKnownError):
        BOOK.projected("XX", date(2030, 1, 1), indexing=usd(2), federal_exclusion=usd(1))


def projected(code, year, indexing="2.5"):
    return BOOK.projected(code, date(year, 5, 1), indexing=usd(indexing), federal_exclusion=usd(16_000_000))


def test_what_a_state_indexes_grows_and_nothing_else():
    # Two years at 2.5%: 7,350,000 x 1.050625 = 7,722,094, to the nearest 10,000; 7,160,000 gives 7,522,475.
    assert projected("NY", 2028).exclusion == 7_720_000
    assert projected("ME", 2028).exclusion == 7_520_000
    # 4,988,400 x 1.050625 = 5,240,937.75 to the nearest hundred; the zero bracket has left the first row.
    district = projected("DC", 2028)
    assert district.exclusion == 5_240_900
    # 12% of (5,500,000 - 5,240,900).
    assert state_tax(district, StateEstate(usd(5_500_000))) == 31_092
    # The credit 87,940 x 1.050625 = 92,391.96, up to the next five; used up at 1,540,000 + 21,595 / 7.2% + 60,000.
    island = projected("RI", 2028)
    assert (island.credit, island.exclusion) == (92_395, 1_899_931)
    assert projected("CT", 2028).exclusion == 16_000_000
    for code in ("HI", "IL", "MA", "MD", "MN", "OR", "VT", "WA"):
        law, last = projected(code, 2040), BOOK.estate_tax(code, date(2026, 12, 31))
        assert replace(law, first_day=last.first_day, last_day=last.last_day, status="official") == last


def test_a_projected_law_says_so():
    law = projected("NY", 2028)
    assert (law.status, law.first_day, law.last_day) == ("projected", date(2028, 1, 1), date(2028, 12, 31))
    sheet = Worksheet("S", "")
    write_state_estate_tax(sheet, law, StateFigures(given(usd(8_000_000), "taxable estate")))
    exclusion = next(line for line in sheet.lines if line.label == "New York basic exclusion amount")
    assert (exclusion.how, exclusion.status) == ("projected, 2028", "projected")
    assert sheet.lines[-1].status == "projected"
    assert projected("NY", 2028) is law
    assert projected("NY", 2028, "3") is not law
    # A day that the files hold is not projected.
    assert projected("NY", 2026) is BOOK.estate_tax("NY", date(2026, 5, 1))


def test_new_yorks_waiver_of_the_qdot_ended_with_june_2025():
    waived = {
        code: [BOOK.estate_tax(code, on).noncitizen.qdot_waived for on in (date(2025, 6, 30), date(2025, 7, 1))]
        for code in BOOK.codes
    }
    assert waived.pop("NY") == [True, False]
    assert set(map(tuple, waived.values())) == {(False, False)}


STATE_ONLY_QDOT = {
    "CT": ("unclear", "unverified"), "DC": ("unclear", "unverified"), "HI": ("unclear", "inferred"),
    "IL": ("unclear", "unverified"), "MA": ("yes", "inferred"), "MD": ("unclear", "unverified"),
    "ME": ("unclear", "unverified"), "MN": ("unclear", "unverified"), "NY": ("yes", "inferred"),
    "OR": ("unclear", "unverified"), "RI": ("unclear", "inferred"), "VT": ("unclear", "unverified"),
    "WA": ("yes", "verified"),
}  # fmt: skip

TAX_OF_EVENTS = {"ME": ("yes", "verified"), "NY": ("no", "verified"), "WA": ("unclear", "inferred")}


def test_what_each_state_says_of_a_spouse_who_is_no_citizen():
    for code in BOOK.codes:
        rule = BOOK.estate_tax(code, DEATH).noncitizen
        assert (rule.state_only_qdot.answer, rule.state_only_qdot.status) == STATE_ONLY_QDOT[code]
        assert rule.applies_2056d.answer == "yes"
        inferred = code in {"IL", "ME", "VT"}
        assert rule.applies_2056d.status == ("inferred" if inferred else "verified")
        expected = TAX_OF_EVENTS.get(code, ("unclear", "unverified"))
        assert (rule.qdot_distribution_tax.answer, rule.qdot_distribution_tax.status) == expected
    qtip = {code: BOOK.estate_tax(code, DEATH).state_qtip.answer for code in BOOK.codes}
    assert (qtip["NY"], qtip["VT"], qtip["DC"]) == ("only_without_federal_return", "no", "unclear")
    assert {code for code, answer in qtip.items() if answer == "yes"} == set(BOOK.codes) - {"NY", "VT", "DC"}


def test_what_is_not_settled_is_listed_by_name():
    assert set(BOOK.estate_tax("IL", DEATH).unsettled()) == {
        "applies_2056d",
        "state_only_qdot",
        "qdot_distribution_tax",
        "formula",
    }
    assert set(BOOK.estate_tax("WA", DEATH).unsettled()) == {"qdot_distribution_tax"}
    assert "state_qtip" in BOOK.estate_tax("DC", DEATH).unsettled()
    assert "credit" in BOOK.estate_tax("RI", DEATH).unsettled()


GOOD = """
state = "XX"
name = "Exland"
kind = "excess"
cites = ["X 1"]
source = "read"
exclusion_label = "exclusion"
exclusion_cites = ["X 2"]
[[band]]
from = 2025-01-01
to = 2025-12-31
exclusion = 100
table = "main"
[[band]]
from = 2026-01-01
to = 2026-12-31
exclusion = 200
table = "main"
cites = ["X 3"]
[table.main]
cites = ["X 4"]
brackets = [{ over = 0, base_tax = 0, rate = "10" }, { over = 100, base_tax = 10, rate = "20" }]
[sharing]
resident = "tax"
nonresident = "base"
resident_words = "r"
nonresident_words = "n"
cites = ["X 5"]
[gifts]
use = "base"
years = 2
status = "verified"
cites = ["X 6"]
[indexing]
what = "exclusion"
step = 5
direction = "down"
cites = ["X 7"]
[noncitizen]
election_place = "form"
default = "d"
cites = ["X 8"]
[point.applies_2056d]
answer = "yes"
status = "verified"
why = "w"
cites = ["X 9"]
[point.state_only_qdot]
answer = "no"
status = "inferred"
why = "w"
cites = ["X 9"]
[point.qdot_distribution_tax]
answer = "unclear"
status = "unverified"
why = "w"
cites = ["X 9"]
[point.state_qtip]
answer = "no"
status = "verified"
why = "w"
cites = ["X 9"]
"""
NONE = """
from = 2025-01-01
to = 2026-12-31
cites = ["N 1"]
source = "survey"
[states]
YY = "Whyland"
"""


def read(tmp_path, text=GOOD):
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    return read_state(file)


def test_a_file_is_read_whole(tmp_path):
    first, second = read(tmp_path)
    assert (first.code, first.name, first.kind, first.exclusion) == ("XX", "Exland", "excess", 100)
    assert (first.exclusion_citations, second.exclusion_citations) == (("X 2",), ("X 2", "X 3"))
    assert state_tax(second, StateEstate(usd(350))) == 20
    assert (first.credit, first.cap, first.portable, first.dsue_limit) == (0, None, False, None)
    assert (first.business_subtraction, first.nonresident_noncitizen_exclusion) == (0, None)
    assert {first.has_gift_tax, first.credit_after_share, first.credits_inheritance_tax} == {False}
    assert (first.sharing.places, first.sharing.with_gifts, first.points) == (None, False, {})
    assert (first.gifts.years, first.gifts.since, first.gifts.while_resident) == (2, None, False)
    # 203.00 x 1.1 = 220, in fives down.
    assert second.projected_to(2027, usd(12), usd(1)).exclusion == 220
    assert (second.base_reduction, second.credit_table.tax(usd(1_940_000))) == (60_000, 99_600)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('state = "XX"', 'state = "ZZ"', "xx.toml: state: is 'ZZ'; expected the code in the file's name"),
        ('state = "XX"', "", "state: is None; expected words"),
        ('source = "read"', "", "source: is None; expected words"),
        ('name = "Exland"', "", "name: is None; expected words"),
        ('kind = "excess"', 'kind = "odd"', "kind: is 'odd'; expected one of excess, zero_bracket"),
        ('kind = "excess"', 'kind = "excess"\nweather = 1', "weather: is not a known key"),
        ('kind = "excess"', 'kind = "excess"\ngift_tax = 1', "gift_tax: is 1; expected true or false"),
        ("from = 2025-01-01", "", "band[0].from: is None; expected a date such as 2025-07-01"),
        ("to = 2025-12-31", "to = 2024-12-31", "band[0].to: is 2024-12-31; expected a day not before 2025-01-01"),
        ("to = 2025-12-31", "to = 2025-12-30", "band: begins on 2026-01-01; expected the day after 2025-12-30"),
        ('table = "main"', 'table = "side"', "band[0].table: is 'side'; expected one of main"),
        ("exclusion = 100\n", "", "band[0].exclusion: is None; expected an integer"),
        ("exclusion = 100\n", "exclusion = 100\nsun = 1\n", "band[0].sun: is not a known key"),
        ('exclusion_cites = ["X 2"]', "", "exclusion_cites.cites: is missing or empty"),
        ('cites = ["X 3"]', "cites = []", "band[1].cites.cites: is missing or empty"),
        ("base_tax = 10", "base_tax = 11", "table.main.brackets[1].base_tax: is 11; expected 10"),
        ('cites = ["X 4"]', 'cites = ["X 4"]\nmoon = 1', "table.main.moon: is not a known key"),
        ('resident = "tax"', 'resident = "all"', "sharing.resident: is 'all'; expected one of tax, base"),
        ('nonresident = "base"', "", "sharing.nonresident: is None; expected one of tax, base"),
        ('resident_words = "r"', 'resident_words = ""', "sharing.resident_words: is ''; expected words"),
        ('cites = ["X 5"]', 'cites = ["X 5"]\nrain = 1', "sharing.rain: is not a known key"),
        ('use = "base"', 'use = "some"', "gifts.use: is 'some'; expected one of none, base"),
        ("years = 2", "weeks = 2", "gifts.weeks: is not a known key"),
        ("years = 2", "since = 2005", "gifts.since: is 2005; expected a date"),
        ("years = 2", "deaths_before = 2005", "gifts.deaths_before: is 2005; expected a date"),
        ('status = "verified"\ncites = ["X 6"]', 'cites = ["X 6"]', "gifts.status: is None; expected one of verified"),
        ('what = "exclusion"', 'what = "tax"', "indexing.what: is 'tax'; expected one of exclusion, credit"),
        ("step = 5", "step = 0", "indexing.step: is 0; expected the step that the amount is rounded to"),
        ('direction = "down"', "", "indexing.direction: is None; expected one of nearest, up, down"),
        ('direction = "down"', 'direction = "down"\nwind = 1', "indexing.wind: is not a known key"),
        ('default = "d"', "", "noncitizen.default: is None; expected words"),
        ('default = "d"', 'default = "d"\nfog = 1', "noncitizen.fog: is not a known key"),
        ('answer = "no"', 'answer = "maybe"', "point.state_only_qdot.answer: is 'maybe'; expected one of yes, no"),
        ('status = "inferred"', 'status = "sure"', "point.state_only_qdot.status: is 'sure'; expected one of verified"),
        ('why = "w"', 'why = "w"\nhail = 1', "point.applies_2056d.hail: is not a known key"),
        ("[point.state_qtip]", "[point.other]", "point.state_qtip: is missing; expected an answer with its status"),
        ("[gifts]", "[dsue]\nsnow = 1\n[gifts]", "dsue.snow: is not a known key"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_says_where_and_what_is_expected(tmp_path, old, new, fault):
    assert old in GOOD
    with pytest.raises(LawFileError, match=re.escape(fault)):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_a_file_without_bands_is_refused(tmp_path):
    text = re.sub(r"\[\[band\]\].*?(?=\[table)", "", GOOD, flags=re.DOTALL)
    with pytest.raises(LawFileError, match=re.escape("band: is missing; expected [[band]] with its days")):
        read(tmp_path, text)


def folder_with(tmp_path, state=GOOD, none=NONE):
    (tmp_path / "xx.toml").write_text(state, encoding="utf-8")
    (tmp_path / "none.toml").write_text(none, encoding="utf-8")
    return read_state_book(tmp_path, inheritance_book())


def test_a_folder_is_read_whole(tmp_path):
    book = folder_with(tmp_path)
    assert (book.codes, dict(book.without_estate_tax)) == (("XX",), {"YY": "Whyland"})
    assert book.estate_tax("XX", date(2025, 12, 31)).exclusion == 100
    assert book.inheritance is inheritance_book()


@pytest.mark.parametrize(
    ("state", "none", "fault"),
    [
        (GOOD, NONE.replace("YY", "XX"), "none.toml: states.XX: has an estate tax in xx.toml; expected in one"),
        (
            GOOD.replace("from = 2025-01-01", "from = 2025-01-02"),
            NONE,
            "xx.toml: band: goes from 2025-01-02 to 2026-12-31; expected 2025-01-01 to 2026-12-31",
        ),
        (GOOD.replace("to = 2026-12-31", "to = 2027-12-31"), NONE, "band: goes from 2025-01-01 to 2027-12-31"),
        (GOOD, NONE.replace('source = "survey"', ""), "none.toml: source: is None; expected words"),
        (GOOD, NONE.replace('cites = ["N 1"]', ""), "none.toml: cites: is missing or empty"),
        (GOOD, NONE.replace('YY = "Whyland"', "YY = 1"), "none.toml: states.YY: is 1; expected words"),
        (GOOD, NONE.replace("from = 2025-01-01", ""), "none.toml: from: is None; expected a date"),
        (GOOD, NONE.replace("[states]", "ice = 1\n[states]"), "none.toml: ice: is not a known key"),
    ],
)
def test_a_fault_in_a_folder_says_where(tmp_path, state, none, fault):
    with pytest.raises(LawFileError, match=re.escape(fault)):
        folder_with(tmp_path, state, none)


def test_a_folder_without_states_is_refused(tmp_path):
    shutil.copy(FOLDER / "none.toml", tmp_path)
    with pytest.raises(LawFileError, match=re.escape("no state found; expected files such as ny.toml")):
        read_state_book(tmp_path, inheritance_book())


def test_every_file_has_its_authority():
    for bands in BOOK.laws.values():
        for law in bands:
            points = [
                law.noncitizen.applies_2056d,
                law.noncitizen.state_only_qdot,
                law.state_qtip,
                *law.points.values(),
            ]
            assert all(point.why and point.citations for point in points)
            assert law.sharing.resident_words
            assert law.sharing.nonresident_words
            assert law.noncitizen.election_place
            assert law.noncitizen.default
