"""Valuation by section 7520: the printed factors, the whole of Table B, the tables and rates of a day, and faulty files."""

import shutil
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planning.actuarial import FOLDER, actuarial_book, read_actuarial_book
from planning.engine.law import LawNotKnownError
from planning.engine.rules.s7520_valuation import (
    FREQUENCIES,
    age_nearest_birthday,
    frequency_factor,
    life_estate_factor,
    life_factors,
    life_remainders,
    option_not_verified,
    rate_of_month,
    shortest_term_reaching,
    tables_on,
    term_factors,
)
from planning.law_files import LawFileError
from tests import ROOT

pytestmark = pytest.mark.pure

BOOK = actuarial_book()
TABLES = {table.name: table for table in BOOK.tables}
with (ROOT / "tests" / "engine" / "section_7520_published.toml").open("rb") as file:
    PUBLISHED = tomllib.load(file)


def half_up(exact, places):
    """Round a fraction half up, without Decimal."""
    scaled = exact * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return Fraction(whole + (2 * rest >= scaled.denominator), 10**places)


def rows(name):
    return [line.split() for line in PUBLISHED[name].split("\n") if line]


@pytest.mark.parametrize(("table", "rate", "age", "annuity", "life_estate", "remainder"), PUBLISHED["table_s"])
def test_table_s_is_reproduced_to_the_published_decimals(table, rate, age, annuity, life_estate, remainder):
    factors = life_factors(TABLES[table], Decimal(rate), age)

    assert (annuity, life_estate, remainder) == tuple(f"{figure}" for figure in (
        factors.annuity, factors.income, factors.remainder
    ))  # fmt: skip
    assert life_estate == str(life_estate_factor(age, Decimal(rate), TABLES[table]))


@pytest.mark.parametrize(("rate", "years", "annuity", "income", "remainder"), PUBLISHED["table_b"])
def test_table_b_is_reproduced_to_the_published_decimals(rate, years, annuity, income, remainder):
    factors = term_factors(Decimal(rate), years)

    assert (annuity, income, remainder) == (str(factors.annuity), str(factors.income), str(factors.remainder))


@pytest.mark.parametrize(("rate", "payments", "factor"), PUBLISHED["table_k"])
def test_table_k_is_reproduced_to_the_published_decimals(rate, payments, factor):
    assert factor == str(frequency_factor(Decimal(rate), payments))


@pytest.mark.parametrize("row", rows("rows_k"), ids=lambda row: row[0])
def test_rows_of_table_k(row):
    assert row[1:] == [str(frequency_factor(Decimal(row[0]), payments)) for payments in FREQUENCIES]


@pytest.mark.parametrize("row", rows("rows_j"), ids=lambda row: row[0])
def test_rows_of_table_j(row):
    assert row[1:] == [str(frequency_factor(Decimal(row[0]), payments, at_start=True)) for payments in FREQUENCIES]


@pytest.mark.parametrize("row", rows("rows_b"), ids=lambda row: f"{row[0]} years")
def test_rows_of_table_b(row):
    rates = [Decimal("4.2") + Decimal("0.2") * step for step in range(10)]

    assert row[1:] == [str(term_factors(rate, int(row[0])).remainder).lstrip("0") for rate in rates]


def test_the_whole_of_table_b_is_that_of_exact_fractions():
    """100 rates, 60 terms, three columns, against the closed form in fractions."""
    wrong = []
    for fifths in range(1, 101):
        rate = Decimal(fifths) / 5
        yearly = Fraction(fifths, 500)
        for years in range(1, 61):
            remainder = 1 / (1 + yearly) ** years
            expected = (half_up((1 - remainder) / yearly, 4), half_up(1 - remainder, 6), half_up(remainder, 6))
            factors = term_factors(rate, years)
            found = (factors.annuity, factors.income, factors.remainder)
            if tuple(map(Fraction, found)) != expected:
                wrong.append((rate, years, found))

    assert [] == wrong


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("rate", ["0.2", "4.8", "20"])
def test_life_factors_are_those_of_exact_fractions(name, rate):
    """The sum over all ages in fractions, not the recursion of the engine."""
    table = TABLES[name]
    yearly = Fraction(rate) / 100
    alive = [Fraction(number) for number in table.alive]
    for age in (0, 1, 33, 65, 90, 108, 109):
        worth = sum(
            (alive[age + years] - alive[age + years + 1]) / (1 + yearly) ** (years + 1) for years in range(110 - age)
        )
        remainder = (1 + yearly / 2) * worth / alive[age]
        factors = life_factors(table, Decimal(rate), age)
        assert Fraction(factors.remainder) == half_up(remainder, 5)
        assert Fraction(factors.annuity) == half_up((1 - remainder) / yearly, 4)
        assert factors.income + factors.remainder == 1


def test_a_life_factor_is_kept():
    assert life_remainders(TABLES["2010CM"], Decimal("5.2")) is life_remainders(TABLES["2010CM"], Decimal("5.2"))


@pytest.mark.parametrize("age", [-1, 110])
def test_an_age_without_a_factor_is_refused(age):
    with pytest.raises(LawNotKnownError, match=f"table 2010CM holds ages 0 to 109, not {age}"):
        life_factors(TABLES["2010CM"], Decimal(5), age)


@pytest.mark.parametrize(("day", "names"), [
    ("1989-05-01", ["80CNSMT"]), ("1999-04-30", ["80CNSMT"]),
    ("1999-05-01", ["90CM"]), ("2009-04-30", ["90CM"]),
    ("2009-05-01", ["2000CM"]), ("2019-04-30", ["2000CM"]),
    ("2019-05-01", ["2000CM", "2010CM"]), ("2023-05-31", ["2000CM", "2010CM"]),
    ("2023-06-01", ["2010CM", "2000CM"]), ("2023-06-02", ["2010CM"]), ("2026-11-25", ["2010CM"]),
])  # fmt: skip
def test_the_table_of_a_day_and_what_may_be_chosen(day, names):
    assert names == [table.name for table in tables_on(BOOK, date.fromisoformat(day))]


def test_no_table_before_may_1989():
    with pytest.raises(
        LawNotKnownError, match="no mortality table is held for 1989-04-30: the law files begin with 1989-05-01"
    ):
        tables_on(BOOK, date(1989, 4, 30))


@pytest.mark.parametrize(("day", "said"), [
    ("1999-04-30", False), ("1999-05-01", True), ("1999-06-30", True), ("1999-07-01", False),
    ("2009-05-01", True), ("2009-06-30", True), ("2009-07-01", False), ("1989-05-01", False), ("2023-06-01", False),
])  # fmt: skip
def test_the_months_in_which_the_older_table_may_have_been_open(day, said):
    assert said == option_not_verified(BOOK, date.fromisoformat(day))


@pytest.mark.parametrize(("day", "rate", "status"), [
    ("1989-05-01", "11.6", "official"), ("1989-06-30", "11.2", "unverified"), ("1991-12-01", "8.6", "official"),
    ("1990-12-31", "10.2", "official"), ("1992-12-31", "7.4", "official"), ("1995-12-31", "7.2", "unverified"), ("1996-01-01", "6.8", "official"),
    ("2020-04-15", "1.2", "official"), ("2025-06-30", "5.0", "official"), ("2026-10-31", "5.6", "official"),
])  # fmt: skip
def test_the_rate_of_a_month(day, rate, status):
    found = rate_of_month(BOOK, date.fromisoformat(day))

    assert (rate, status) == (str(found.rate), found.status)
    assert found.citations[0] == "IRC 7520(a)(2)"


def test_a_rate_names_its_ruling():
    assert ("IRC 7520(a)(2)", "Rev. Rul. 2026-19") == rate_of_month(BOOK, date(2026, 10, 1)).citations


def test_the_rates_are_those_of_every_month():
    assert len(BOOK.rates) == 450
    assert (min(BOOK.rates), max(BOOK.rates)) == ((1989, 5), (2026, 10))


@pytest.mark.parametrize("day", [date(1989, 4, 30), date(2026, 11, 1)])
def test_a_month_without_a_rate_is_refused(day):
    with pytest.raises(LawNotKnownError) as caught:
        rate_of_month(BOOK, day)

    assert str(caught.value) == (
        f"no section 7520 rate is known for {day.year}-{day.month:02}: the law files hold 1989-05 to 2026-10"
    )


@pytest.mark.parametrize(("born", "on", "age"), [
    ("1960-03-10", "2026-03-10", 66), ("1960-03-10", "2026-03-09", 66), ("1960-03-10", "2026-09-09", 67),
    ("1960-03-10", "2026-09-08", 66), ("1960-03-10", "2026-09-10", 67), ("1960-03-10", "2025-09-09", 66),
    # Example 1 of Treas. Reg. 20.2031-7(d)(5): 65 years 5 months; example 2: 30 years 10 months; 3: 45 years 7 months.
    ("1960-01-15", "2025-06-15", 65), ("1995-01-15", "2025-11-15", 31), ("1980-01-15", "2025-08-15", 46),
    # 183 days from either birthday: the one that has passed.
    ("1960-08-31", "2024-03-01", 63), ("1960-08-31", "2024-03-02", 64),
    ("2026-01-01", "2026-01-01", 0), ("1960-02-29", "2025-02-28", 65),
])  # fmt: skip
def test_the_age_is_that_of_the_nearest_birthday(born, on, age):
    assert age == age_nearest_birthday(date.fromisoformat(born), date.fromisoformat(on))


def test_the_examples_of_the_regulation():
    table = TABLES["2010CM"]

    assert Decimal("22931.00") == 50_000 * life_factors(table, Decimal("4.6"), 65).remainder
    assert Decimal("38133.50") == 50_000 * life_estate_factor(31, Decimal("3.2"), table)
    survivor = 10_000 * life_factors(table, Decimal("3.2"), 46).annuity * frequency_factor(Decimal("3.2"), 2)
    assert Decimal("201727.15") == survivor.quantize(Decimal("0.01"))
    term = 10_000 * term_factors(Decimal("2.6"), 5).annuity * frequency_factor(Decimal("2.6"), 4)
    assert Decimal("46774.35") == term.quantize(Decimal("0.01"))
    monthly = 15_000 * life_factors(table, Decimal("3.2"), 75).annuity * frequency_factor(Decimal("3.2"), 12)
    assert Decimal("143139.26") == monthly.quantize(Decimal("0.01"))


@pytest.mark.parametrize(("rate", "quotient", "years"), [
    ("3.6", "14.6908", 22), ("3.6", "14.5605", 21), ("3.6", "14.5606", 22), ("5.6", "0.0001", 1), ("5.6", "0.9470", 1),
    ("5.6", "0.9471", 2), ("4.8", "18.6384", 48), ("4.8", "18.6385", 49), ("0.2", "98.6524", 110),
])  # fmt: skip
def test_between_two_terms_the_longer_is_taken(rate, quotient, years):
    assert years == shortest_term_reaching(Decimal(rate), Decimal(quotient))


def test_the_term_ends_with_the_last_age():
    with pytest.raises(LawNotKnownError, match=r"no term up to 110 years has an annuity factor of 98.6525 at 0.2%"):
        shortest_term_reaching(Decimal("0.2"), Decimal("98.6525"))


def test_a_quotient_that_no_term_reaches_is_refused():
    with pytest.raises(LawNotKnownError, match=r"no term up to 110 years has an annuity factor of 21 at 4.8%"):
        shortest_term_reaching(Decimal("4.8"), Decimal(21))


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to be spoiled."""
    return shutil.copytree(FOLDER, tmp_path / "section_7520")


FAULTS = [
    ("mortality_2010CM.toml", '"99382.28"', '"100000"', "mortality_2010CM.toml: alive[1]: is 100000; expected fewer than 100000, the age before"),
    ("mortality_2010CM.toml", '"99382.28", ', "", "mortality_2010CM.toml: alive: has 110 ages; expected 111, from birth to 110"),
    ("mortality_2010CM.toml", "alive =", "dead =", "mortality_2010CM.toml: dead: is not a known key"),
    ("mortality_2010CM.toml", '"0", # 110', '"0.5", # 110', "mortality_2010CM.toml: alive[110]: is 0.5; expected 0 at the last age"),
    ("mortality_2010CM.toml", '"99382.28"', "99382.28", "mortality_2010CM.toml: alive[1]: is 99382.28; expected an integer, or a decimal number in quotes"),
    ("mortality_2010CM.toml", 'name = "2010CM"', 'name = "2020CM"', "mortality_2010CM.toml: name: is '2020CM'; expected the name in the file's name"),
    ("mortality_2010CM.toml", 'status = "verified"', 'status = "sure"', "mortality_2010CM.toml: status: is 'sure'; expected verified or unverified"),
    ("mortality_2010CM.toml", "from = 2023-06-01", "", "mortality_2010CM.toml: from: is missing; expected a date such as 2023-06-01"),
    ("mortality_2010CM.toml", "from = 2023-06-01", 'from = "soon"', "mortality_2010CM.toml: from: is 'soon'; expected a date such as 2023-06-01"),
    ("mortality_2010CM.toml", "from = 2023-06-01", "from = 2023-06-02", "section_7520: table 2000CM ends on 2023-05-31; expected the day before 2010CM begins"),
    ("mortality_2000CM.toml", "to = 2023-05-31\n", "", "section_7520: table 2000CM ends on None; expected the day before 2010CM begins"),
    ("mortality_2010CM.toml", "from = 2023-06-01", "from = 2023-06-01\nto = 2030-01-01", "section_7520: the newest table 2010CM has an end; expected none"),
    ("mortality_2010CM.toml", "cites =", "#", "mortality_2010CM.toml: cites: is missing or empty"),
    ("rates.toml", '10 = { rate = "5.6", ruling', '10 = { rate = "5.5", ruling', "rates.toml: 2026.10.rate: is 5.5; expected a rate above zero in steps of 0.2"),
    ("rates.toml", '10 = { rate = "5.6", ruling', '10 = { rate = "0", ruling', "rates.toml: 2026.10.rate: is 0; expected a rate above zero in steps of 0.2"),
    ("rates.toml", '10 = { rate = "5.6", ruling', '13 = { rate = "5.6", ruling', "rates.toml: 2026.13: is not a month; expected 01 to 12"),
    ("rates.toml", '10 = { rate = "5.6", ruling', '12 = { rate = "5.6", ruling', "rates.toml: 2026.10: is missing; expected every month in between"),
    ("rates.toml", '10 = { rate = "5.6", ruling', '10 = { rate = "5.6", source', "rates.toml: 2026.10.source: is not a known key; expected one of rate, ruling"),
    ("rates.toml", '10 = { rate = "5.6", ruling = "Rev. Rul. 2026-19" }', '10 = { rate = "5.6", ruling = "" }', "rates.toml: 2026.10.ruling: is ''; expected words"),
    ("rates.toml", '10 = { rate = "5.6", ruling = "Rev. Rul. 2026-19" }', '10 = "5.6"', "rates.toml: 2026.10: is '5.6'; expected a table [2026.10]"),
    ("rates.toml", "[2026]", "[next]", "rates.toml: next: is not a year; expected tables such as [2026]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "was", "becomes", "told"), FAULTS, ids=lambda value: None)
def test_a_faulty_file_says_what_is_wrong(folder, name, was, becomes, told):
    file = folder / name
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, becomes, 1))

    with pytest.raises(LawFileError) as caught:
        read_actuarial_book(folder)

    assert told in str(caught.value)


def test_rates_without_any_month_are_refused(folder):
    (folder / "rates.toml").write_text('cites = ["IRC 7520(a)(2)"]\n')

    with pytest.raises(LawFileError, match="holds no rate; expected a table for each year"):
        read_actuarial_book(folder)


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(LawFileError, match=r"no mortality tables found; expected files such as mortality_2010CM\.toml"):
        read_actuarial_book(tmp_path)
