"""States and treaties as `manage.py law` prints them and as docs/law-amounts.md holds them."""

from datetime import date
from decimal import Decimal

import pytest

from planning.lawbook import official_lawbook
from planning.state_reference import inheritance_laws_of, rows_of_year, state_laws_of, state_reference, treaties_of
from tests.engine.commands import run

pytestmark = pytest.mark.pure


def law(year):
    return official_lawbook().years[year]


def rows(year, whose):
    return [row for row in rows_of_year(law(year)) if row.whose == whose]


def row(year, whose, about):
    return next(found for found in rows(year, whose) if found.about == about)


def test_the_amounts_and_rates_of_a_state_stand_with_their_days():
    exclusion = row(2026, "NY", "exclusion")

    assert ("7,350,000", "official") == (exclusion.answer, exclusion.status)
    assert "deaths 2026-01-01 to 2026-12-31; N.Y. Tax Law 952(c)" in exclusion.words
    assert ("16%", "plus 1,082,800; N.Y. Tax Law 952(b)") == (
        row(2026, "NY", "rate_over_10100000").answer,
        row(2026, "NY", "rate_over_10100000").words,
    )
    assert "99,600" == row(2026, "MA", "credit").answer
    assert [] == [found for found in rows(2026, "NY") if found.about == "credit"]


def test_each_band_of_a_year_has_its_line():
    washington = [found.answer for found in rows(2026, "WA") if found.about == "exclusion"]

    assert ["3,076,000", "3,000,000"] == washington
    assert [date(2025, 1, 1), date(2025, 7, 1)] == [
        found.first_day for found in state_laws_of(law(2025)) if found.code == "WA"
    ]


def test_how_sure_a_rule_is_stands_in_words():
    assert ("yes", "verified") == _answer(row(2026, "WA", "Is there a QDOT election for the state alone?"))
    assert ("yes", "INFERRED") == _answer(row(2026, "NY", "Is there a QDOT election for the state alone?"))
    assert ("unclear", "UNVERIFIED") == _answer(row(2026, "MN", "Is there a QDOT election for the state alone?"))
    assert "on file" == row(2026, "NY", "Portability between spouses").status


def _answer(found):
    return found.answer, found.status


def test_an_inheritance_tax_lists_its_classes_and_one_that_ended_says_so():
    assert "$1,000 free, inside the lowest bracket" == row(2026, "KY inheritance", "class_B").answer
    assert "4%" == row(2026, "KY inheritance", "class_B_rate_over_0").answer
    assert ("ended", "official") == _answer(row(2026, "IA inheritance", "tax"))
    assert ["PA"] == [found.state for found in inheritance_laws_of(2020)]


def test_a_treaty_stands_with_its_conditions_and_questions_from_its_first_year():
    assert "UNVERIFIED" == row(2026, "treaty_DE", "relief").status
    assert "Canada, an article of the income tax treaty, estates;" in row(2026, "treaty_CA", "relief").words
    assert "estates and gifts" in row(2026, "treaty_FR", "relief").words
    assert 4 == sum(found.about == "Condition" for found in rows(2026, "treaty_FR"))
    assert any(found.about == "question" for found in rows(2026, "treaty_IE"))
    assert 16 == len(treaties_of(1995))
    assert "CA" not in {treaty.code for treaty in treaties_of(1994)}


def test_community_property_stands_with_its_states():
    assert "AZ, CA, ID, LA, NV, NM, TX, WA, WI" == row(2026, "community", "states").answer
    assert ("AK, FL, KY, SD, TN", "UNVERIFIED") == _answer(row(2026, "community", "by_choice"))
    assert "INFERRED" == row(2026, "quasi-community CA", "Federal gross estate").status


def test_a_year_before_the_files_says_that_no_state_law_is_held():
    assert ("not held", "not on file") == _answer(row(2024, "states", "estate_taxes"))
    assert "2025-01-01 to 2026-12-31" == row(2024, "states", "estate_taxes").words
    assert ("not held", "not on file") == _answer(row(1995, "states", "inheritance_taxes"))
    assert [] == rows(2026, "states")


def test_a_projected_year_carries_the_last_law_on_and_says_so():
    new_york = row(2027, "NY", "exclusion")

    # 7,350,000 grown by 2%, to the nearest 10,000.
    assert ("7,500,000", "PROJECTED, not official") == _answer(new_york)
    assert {Decimal(1_000_000)} == {found.exclusion for found in state_laws_of(law(2027)) if found.code == "OR"}
    federal = law(2027).basic_exclusion_amount
    assert {federal} == {found.exclusion for found in state_laws_of(law(2027)) if found.code == "CT"}
    lines = run("law", "2027").out.splitlines()
    assert all(line.startswith("2027  PROJECTED, not official  ") for line in lines)
    assert any("yes  INFERRED; deductions are allowed" in line for line in lines)
    assert not any("PROJECTED, not official; " in line for line in lines)


def test_law_prints_states_and_treaties_with_the_amounts():
    ran = run("law", "2026")

    line = next(line for line in ran.out.splitlines() if " NY exclusion " in line)
    assert ["2026", "official", "NY", "exclusion", "7,350,000"] == line.split()[:5]
    assert any(line.startswith("2026  UNVERIFIED  treaty_DE Condition ") for line in ran.out.splitlines())


def test_law_as_json_holds_the_same_rows():
    found = run("law", "2026", json=True).json["states_and_treaties"]

    assert len(rows_of_year(law(2026))) == len(found)
    assert {
        "of": "NY",
        "about": "exclusion",
        "answer": "7,350,000",
        "status": "official",
        "authority": "basic exclusion amount, deaths 2026-01-01 to 2026-12-31; N.Y. Tax Law 952(c)",
    } in found


def test_the_document_holds_every_state_and_treaty():
    text = "\n".join(state_reference(lambda head, rows: "\n".join(" | ".join(line) for line in [head, *rows])))

    for part in (
        "### Washington (WA)",
        "2025-07-01 to 2025-12-31 | 3,000,000 | exclusion",
        "10,100,000 | 1,082,800 | 16",
        "No estate tax: Alabama",
        "### Kentucky (KY), deaths 2024-01-01 to 2026-12-31",
        "Ended. ",
        "0; 10,000; 20,000; 30,000; 45,000; 60,000; 100,000; 200,000 | 4; 5; 6; 8; 10; 12; 14; 16",
        "### Ireland (IE)",
        "by domicile and nationality; estates and gifts; deaths since 1979-11-11.",
        "By choice: Alaska",
        "UNVERIFIED",
    ):
        assert part in text, part
    # Massachusetts reads the table of IRC 2011(b), which stands once in the document, above.
    massachusetts = text[text.index("### Massachusetts") : text.index("### Maryland")]
    assert "Over | Tax on that" not in massachusetts
    assert 2 == text[text.index("### Washington") : text.index("No estate tax")].count("Over | Tax on that")
