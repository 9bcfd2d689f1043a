"""The five inheritance taxes: classes, exempt amounts, ages, gifts, trusts for the spouse, and their files."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st

from planning.engine.inheritance_law import GiftsTakenBack, YoungHeirs
from planning.engine.law import LawNotKnownError
from planning.engine.rules.state_inheritance_tax import (
    GiftBeforeDeath,
    Heir,
    class_tax,
    gifts_taken_back,
    spared_for_age,
    spouse_outcome,
    write_heir_tax,
)
from planning.engine.worksheet import Worksheet, given
from planning.inheritance_taxes import (
    FOLDER,
    RELATIONSHIPS,
    inheritance_book,
    read_inheritance_book,
    read_inheritance_law,
)
from planning.law_files import LawFileError
from tests.oracle import inheritance_taxes as oracle

pytestmark = pytest.mark.pure

DEATH = date(2026, 6, 30)
BOOK = inheritance_book()
# Our class names and those of the second computation.
CLASSES = [
    ("KY", "A", "A"),
    ("KY", "B", "B"),
    ("KY", "C", "C"),
    ("MD", "exempt", "exempt"),
    ("MD", "non_exempt", "other"),
    ("NE", "exempt", "spouse"),
    ("NE", "close_relatives", "close"),
    ("NE", "remote_relatives", "remote"),
    ("NE", "others", "other"),
    ("NJ", "A", "A"),
    ("NJ", "C", "C"),
    ("NJ", "D", "D"),
    ("PA", "spouse", "spouse"),
    ("PA", "lineal", "lineal"),
    ("PA", "sibling", "sibling"),
    ("PA", "other", "other"),
]


def tax(state, name, value, on=DEATH):
    return class_tax(BOOK.of(state, on).classes[name], given(Decimal(value), "value")).amount


@pytest.mark.parametrize(("state", "ours", "theirs"), CLASSES)
@sampled(value=st.decimals(min_value=0, max_value=3_000_000, places=2))
def test_a_second_computation_gives_the_same_tax(state, ours, theirs, value):
    assert Fraction(tax(state, ours, value)) == oracle.inheritance_tax(state, theirs, Fraction(value))


@pytest.mark.parametrize(
    ("state", "name", "value", "expected"),
    [
        # Kentucky: 1,000 and 500 lie inside the lowest bracket.
        ("KY", "B", 1_000, 0),
        ("KY", "B", 1_001, "0.04"),
        ("KY", "B", 15_000, 610),
        ("KY", "B", 200_000, 22_960),
        ("KY", "B", 300_000, 38_960),
        ("KY", "C", 500, 0),
        ("KY", "C", 501, "0.06"),
        ("KY", "C", 100_000, 12_670),
        # Nebraska: the amount comes off the whole.
        ("NE", "close_relatives", 100_000, 0),
        ("NE", "close_relatives", 100_001, "0.01"),
        ("NE", "remote_relatives", 40_000, 0),
        ("NE", "remote_relatives", 140_000, 11_000),
        ("NE", "others", 25_000, 0),
        ("NE", "others", 125_000, 15_000),
        # New Jersey: brackets begin above the amount; less than 500 is free.
        ("NJ", "C", 25_000, 0),
        ("NJ", "C", 25_001, "0.11"),
        ("NJ", "C", 1_200_000, 131_250),
        ("NJ", "D", "499.99", 0),
        ("NJ", "D", 500, 75),
        ("NJ", "D", 800_000, 121_000),
        # Maryland: not more than 1,000 is free, else the whole is taxed. Pennsylvania: nothing is left free.
        ("MD", "non_exempt", 1_000, 0),
        ("MD", "non_exempt", "1000.01", "100.001"),
        ("PA", "lineal", 100_000, 4_500),
        ("PA", "sibling", 100_000, 12_000),
        ("PA", "other", 100_000, 15_000),
    ],
)
def test_each_state_exempts_in_its_own_way(state, name, value, expected):
    assert Decimal(expected) == tax(state, name, value)


def test_the_words_of_a_tax_show_how_it_was_made():
    said = {
        (state, name): class_tax(BOOK.of(state, DEATH).classes[name], given(Decimal(value), "value")).how
        for state, name, value in [
            ("KY", "A", 9),
            ("KY", "B", 15_000),
            ("NJ", "D", 499),
            ("NJ", "C", 25_000),
            ("NJ", "C", 30_000),
            ("NE", "others", 30_000),
            ("MD", "exempt", 1),
            ("MD", "non_exempt", 999),
        ]
    }

    assert {
        ("KY", "A"): "class A pays nothing",
        ("KY", "B"): "400 plus 5% of value over 10,000 minus "
        "(0 plus 4% of the smaller of the class's own amount and value over 0)",
        ("NJ", "D"): "less than 500 is free",
        ("NJ", "C"): "0 plus 11% of value over 25,000",
        ("NE", "others"): "0 plus 15% of value minus the class's own amount, not below zero over 0",
        ("MD", "exempt"): "class exempt pays nothing",
        ("MD", "non_exempt"): "not more than 1,000 is free",
    } == said
    at_the_edge = class_tax(BOOK.of("NJ", DEATH).classes["C"], given(Decimal(25_000), "value"))
    assert "brackets begin above 25,000" == at_the_edge.how


@pytest.mark.parametrize("state", ["KY", "MD", "NE", "NJ", "PA"])
def test_the_spouse_pays_nothing_and_nobody_asks_for_citizenship(state):
    law = BOOK.of(state, DEATH)

    assert law.class_of("spouse").table is None
    assert law.spouse_citations


@pytest.mark.parametrize(
    ("state", "relationship", "name"),
    [
        ("KY", "sibling", "A"),
        ("KY", "nephew_or_niece", "B"),
        ("KY", "grandparent", "C"),
        ("MD", "sibling", "exempt"),
        ("MD", "nephew_or_niece", "non_exempt"),
        ("NE", "sibling_in_law", "close_relatives"),
        ("NE", "cousin", "remote_relatives"),
        ("NE", "friend", "others"),
        ("NJ", "stepchild", "A"),
        ("NJ", "step_grandchild", "D"),
        ("NJ", "child_in_law", "C"),
        ("NJ", "charity", "E"),
        ("PA", "child_in_law", "lineal"),
        ("PA", "half_sibling", "sibling"),
        ("PA", "nephew_or_niece", "other"),
    ],
)
def test_kinship_decides_the_class(state, relationship, name):
    assert name == BOOK.of(state, DEATH).class_of(relationship).name


def test_a_kinship_that_turns_on_another_fact_has_no_class_of_its_own():
    law = BOOK.of("NE", DEATH)

    assert law.class_of("stepchild") is None
    assert {"stepchild", "step_grandchild", "stepparent"} == set(law.asks)


def test_a_partner_in_maryland_is_asked_whether_the_partnership_is_registered():
    law = BOOK.of("MD", DEATH)

    assert law.class_of("domestic_partner") is None
    assert law.asks["domestic_partner"].startswith("Was the domestic partnership registered")


@pytest.mark.parametrize(
    ("state", "insurance", "federal"),
    [
        ("KY", ("verified", "KRS 140.030(2)"), ("KRS 140.090(1)(d)",)),
        ("MD", ("unverified", "Md. Code, Tax-Gen. 7-203"), ()),
        ("NE", ("verified", "Neb. Rev. Stat. 77-2001"), ("Neb. Rev. Stat. 77-2018.04(5)",)),
        ("NJ", ("inferred", "N.J.S.A. 54:34-4(f)"), ()),
        ("PA", ("verified", "61 Pa. Code 93.131(c)(2)"), ()),
    ],
)
def test_what_is_held_of_life_insurance_and_of_federal_tax(state, insurance, federal):
    law = BOOK.of(state, DEATH)

    assert insurance == (law.insurance.status, *law.insurance.citations)
    assert federal == law.federal_tax_citations


def test_every_kinship_has_one_class_or_a_question_in_every_state():
    for state in ("KY", "MD", "NE", "NJ", "PA"):
        law = BOOK.of(state, DEATH)
        assert all((law.class_of(name) is None) == (name in law.asks) for name in RELATIONSHIPS)


@pytest.mark.parametrize(
    ("state", "relationship", "age", "decedent_age", "expected"),
    [
        ("NE", "friend", 21, 80, True),
        ("NE", "friend", 22, 80, False),
        ("NE", "child", None, 80, None),
        ("NE", "parent", 50, 20, False),
        ("PA", "child", 21, 50, True),
        ("PA", "child", 22, 50, False),
        ("PA", "child", None, 50, None),
        ("PA", "stepchild", 21, None, True),
        ("PA", "adopted_child", 0, None, True),
        ("PA", "grandchild", 5, 70, False),
        ("PA", "friend", None, None, False),
        ("PA", "parent", 50, 21, True),
        ("PA", "stepparent", 50, 21, True),
        ("PA", "parent", 50, 22, False),
        ("PA", "parent", 50, None, None),
        ("KY", "child", 5, 30, False),
    ],
)
def test_age_spares_the_young(state, relationship, age, decedent_age, expected):
    young = BOOK.of(state, DEATH).young

    assert expected is spared_for_age(young, relationship, age=age, decedent_age=decedent_age)


def test_parents_are_spared_only_where_the_state_says_so():
    young = YoungHeirs(21, children_of_decedent=True, parents_of_decedent=False, citations=())

    assert spared_for_age(young, "parent", age=20, decedent_age=20) is False


def gift(day, value):
    return GiftBeforeDeath(date.fromisoformat(day), Decimal(value))


@pytest.mark.parametrize(
    ("gifts", "expected"),
    [
        ([("2026-01-15", 10_000)], 7_000),  # the instructions' own example
        ([("2026-01-15", 3_000)], 0),
        ([("2026-01-15", 3_001)], 1),
        ([("2026-01-15", 2_000), ("2026-02-15", 2_000)], 1_000),
        ([("2025-12-31", 5_000), ("2026-01-01", 5_000)], 4_000),
        ([("2025-07-01", 10_000)], 7_000),
        ([("2025-06-30", 10_000)], 0),
        ([("2026-06-30", 10_000)], 7_000),
        ([("2026-07-01", 10_000)], 0),
        ([], 0),
    ],
)
def test_pennsylvania_takes_back_gifts_of_the_last_year(gifts, expected):
    rule = BOOK.of("PA", DEATH).gifts

    assert Decimal(expected) == gifts_taken_back(rule, [gift(*each) for each in gifts], DEATH)


def test_where_no_rule_is_held_no_gift_is_taken_back():
    assert Decimal(0) == gifts_taken_back(BOOK.of("NJ", DEATH).gifts, [gift("2026-01-15", 10_000)], DEATH)


def test_as_many_years_count_as_the_rule_says():
    rule = GiftsTakenBack(2, Decimal(0), ())

    assert Decimal(5) == gifts_taken_back(rule, [gift("2024-07-01", 5), gift("2024-06-30", 7)], DEATH)


@pytest.mark.parametrize(
    ("rule", "form", "elected", "expected"),
    [
        ("elected_in", "outright", None, "exempt"),
        ("elected_in", "life_income_trust", True, "exempt"),
        ("elected_in", "life_income_trust", False, "own_interest"),
        ("elected_in", "life_income_trust", None, "undecided"),
        ("elected_in", "other_trust", True, "own_interest"),
        ("deferred_unless_elected_out", "life_income_trust", None, "deferred"),
        ("deferred_unless_elected_out", "life_income_trust", False, "deferred"),
        ("deferred_unless_elected_out", "life_income_trust", True, "own_interest"),
        ("deferred_unless_elected_out", "other_trust", None, "own_interest"),
        ("deferred_unless_elected_out", "outright", True, "exempt"),
        ("interest_only", "life_income_trust", True, "own_interest"),
        ("interest_only", "outright", None, "exempt"),
    ],
)
def test_a_trust_for_the_spouse_is_treated_as_each_state_says(rule, form, elected, expected):
    assert expected == spouse_outcome(rule, form, elected=elected)


def worked(state, heir, *, decedent_age=None):
    sheet = Worksheet("H-", "Inheritance tax")
    law = BOOK.of(state, DEATH)
    found = write_heir_tax(sheet, law, heir, law.class_of(heir.relationship), death=DEATH, decedent_age=decedent_age)
    return found, sheet.lines


def test_a_worksheet_shows_what_an_heir_takes_and_pays():
    heir = Heir("Niece", "nephew_or_niece", Decimal("15000.10"))

    found, lines = worked("KY", heir)

    assert ("B", Decimal("15000.10"), Decimal("610.01"), False) == (
        found.found.name,
        found.base,
        found.tax,
        found.spared_for_age,
    )
    assert heir is found.heir
    assert [
        ("To Niece (nephew or niece)", "15000.10", "heirs", ("KRS 140.010", "KRS 140.070", "KRS 140.080")),
        (
            "Kentucky inheritance tax of Niece, class B",
            "610.01",
            (
                "400 plus 5% of line H-1 over 10,000 minus "
                "(0 plus 4% of the smaller of the class's own amount and line H-1 over 0)"
            ),
            ("KRS 140.070(2)", "KRS 140.080(1)"),
        ),
    ] == [(line.label, str(line.amount), line.how, line.citations) for line in lines]


def test_a_worksheet_shows_gifts_taken_back_and_the_class_in_words():
    heir = Heir("Brother", "sibling", Decimal(50_000), gifts=(gift("2026-01-15", 10_000),))

    found, lines = worked("PA", heir)

    assert (57_000, 6_840) == (found.base, found.tax)
    assert [
        ("To Brother (sibling)", "heirs"),
        ("Gifts to Brother taxed as inherited", "what is above 3,000 in each calendar year"),
        ("Taxed to Brother", "line H-1 plus line H-2"),
        ("Pennsylvania inheritance tax of Brother, class sibling", "0 plus 12% of line H-3 over 0"),
    ] == [(line.label, line.how) for line in lines]
    assert ("72 P.S. 9107", "REV-1510 instructions (March 2019)") == lines[1].citations


def test_a_worksheet_says_that_age_spares_an_heir():
    found, lines = worked("NE", Heir("Friend", "friend", Decimal(125_000), age=21))

    assert (0, True) == (found.tax, found.spared_for_age)
    assert "21 years old or younger" == lines[-1].how
    assert "Neb. Rev. Stat. 77-2006(2)" in lines[-1].citations


def test_an_heir_whose_age_is_not_known_is_not_spared():
    found, _lines = worked("NE", Heir("Cousin", "cousin", Decimal(140_000)))

    assert (11_000, False) == (found.tax, found.spared_for_age)


def test_a_young_parent_is_spared_by_the_decedents_age():
    found, _lines = worked("PA", Heir("Mother", "parent", Decimal(100_000)), decedent_age=21)

    assert (0, True) == (found.tax, found.spared_for_age)


def test_a_young_heir_of_a_class_that_pays_nothing_is_shown_by_class():
    _found, lines = worked("NE", Heir("Spouse", "spouse", Decimal(100_000), age=21))

    assert "class exempt pays nothing" == lines[-1].how


@pytest.mark.parametrize(
    ("state", "on", "held"),
    [
        ("KY", "2023-12-31", False),
        ("KY", "2024-01-01", True),
        ("KY", "2026-12-31", True),
        ("KY", "2027-01-01", False),
        ("NE", "2022-12-31", False),
        ("NE", "2023-01-01", True),
        ("PA", "2019-12-31", False),
        ("PA", "2020-01-01", True),
        ("IA", "2024-12-31", False),
        ("IA", "2025-01-01", True),
        ("CA", "2026-01-01", False),
    ],
)
def test_a_day_outside_the_law_held_is_refused(state, on, held):
    day = date.fromisoformat(on)
    if held:
        assert state == BOOK.of(state, day).state
        return
    with pytest.raises(LawNotKnownError) as refused:
        BOOK.of(state, day)
    expected = "known are IA, KY, MD, NE, NJ, PA" if state == "CA" else f"no inheritance tax law of {state} for {on}"
    assert expected in str(refused.value)


def test_the_message_of_a_day_without_law_says_what_is_held():
    with pytest.raises(LawNotKnownError) as refused:
        BOOK.of("PA", date(2027, 1, 1))

    assert (
        "no inheritance tax law of PA for 2027-01-01: the law files hold deaths from 2020-01-01 to 2026-12-31"
        == str(refused.value)
    )


def test_iowa_has_ended_its_tax():
    assert {} == BOOK.of("IA", DEATH).classes


def test_what_is_not_settled_is_told_for_the_heirs_and_days_it_concerns():
    law = BOOK.of("KY", DEATH)

    assert ["unverified"] == [point.status for point in law.open_for("nephew_or_niece", date(2026, 1, 1))]
    assert () == law.open_for("nephew_or_niece", date(2025, 12, 31))
    assert () == law.open_for("child", DEATH)
    assert 1 == len(law.open_for("charity", date(2025, 1, 1)))


GOOD = """
state = "XX"
name = "Nowhere"
from = 2026-01-01
to = 2026-12-31
cites = ["X 1"]
source = "read"
[spouse]
cites = ["X 2"]
trust = "interest_only"
trust_cites = ["X 3"]
[class.A]
relationships = ["spouse"]
exempting = "none"
cites = ["X 4"]
[class.B]
relationships = []
others = true
exempting = "none"
cites = ["X 5"]
brackets = [{ over = 0, base_tax = 0, rate = "10" }, { over = 100, base_tax = 10, rate = "20" }]
[young]
oldest = 21
children_of_decedent = false
parents_of_decedent = false
cites = ["X 6"]
[gifts]
years = 1
free = 100
cites = ["X 7"]
[asks]
cousin = "Which?"
[[open]]
point = "p"
status = "inferred"
question = "q"
cites = ["X 8"]
relationships = ["charity"]
"""


def read(tmp_path, text):
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    return read_inheritance_law(file)


def test_a_file_is_read_whole(tmp_path):
    law = read(tmp_path, GOOD)

    assert ("XX", date(2026, 1, 1), date(2026, 12, 31), ("X 3",)) == (
        law.state,
        law.first,
        law.last,
        law.spouse_trust_citations,
    )
    assert (21, 1, Decimal(100)) == (law.young.oldest, law.gifts.years, law.gifts.free)
    assert law.first == law.open_points[0].first


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('state = "XX"', 'state = "YY"', "xx.toml: state: is 'YY'; expected the code in the file's name"),
        ('source = "read"', "", "source: is None; expected words"),
        ("from = 2026-01-01", "", "from: is None; expected a date such as 2026-12-31"),
        ("to = 2026-12-31", "to = 2025-12-31", "to: is 2025-12-31; expected a day not before 2026-01-01"),
        ('trust = "interest_only"', 'trust = "x"', "spouse.trust: is 'x'; expected one of elected_in"),
        ('trust_cites = ["X 3"]', "", "spouse.trust.cites: is missing or empty"),
        ("others = true", "", "class: expected others = true in one class"),
        ("others = true", "others = 1", "class.B.others: is 1; expected true or nothing"),
        ("relationships = []", 'relationships = ["spouse"]', "class: names spouse in two classes; expected one"),
        ("relationships = []", 'relationships = ["dog"]', "class.B.relationships: names 'dog'; expected one of"),
        ("relationships = []", "", "class.B.relationships: is None; expected a list of kinships"),
        ("base_tax = 10", "base_tax = 11", "class.B.brackets[1].base_tax: is 11; expected 10, the tax of the rows"),
        ('brackets = [{ over = 0, base_tax = 0, rate = "10" }, { over = 100, base_tax = 10, rate = "20" }]',
         "brackets = []", "class.B.brackets: expected rows"),
        ("oldest = 21", "", "young.oldest: is None"),
        ("children_of_decedent = false", "", "young.children_of_decedent: is None; expected true or false"),
        ("years = 1", "weeks = 1", "gifts.weeks: is not a known key"),
        ("cousin =", "dog =", "asks.dog: is not a known key"),
        ("[[open]]", "[open]", "open: expected tables such as [[open]]"),
        ('status = "inferred"', 'status = "sure"', "open[0].status: is 'sure'; expected one of verified"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_says_where_and_what_is_expected(tmp_path, old, new, fault):
    assert old in GOOD
    with pytest.raises(LawFileError, match=re.escape(fault)):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(LawFileError, match="no inheritance taxes found; expected files such as pa"):
        read_inheritance_book(tmp_path)


def test_every_file_names_its_state():
    assert {file.stem.upper() for file in FOLDER.glob("*.toml")} == set(BOOK.states)
