"""Fields read what people type and refuse the rest with a sentence (rows N1 to N6)."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from clients.fields import (
    DateField,
    YearField,
    clean_text,
    country_choices,
    parse_date,
    parse_money,
    parse_percent,
    parse_year,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1000", "1000.00"),
        ("1,000", "1000.00"),
        ("$1,250,000", "1250000.00"),
        ("1 250 000", "1250000.00"),
        ("1\u00a0250\u00a0000", "1250000.00"),
        ("US$ 5", "5.00"),
        ("12.5", "12.50"),
        ("12.", "12.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("1.2 million", "1200000.00"),
        ("250k", "250000.00"),
        ("１,０００", "1000.00"),
        ("١٢٣٤", "1234.00"),
        ("1000000000000", "1000000000000.00"),
    ],
)
def test_money_is_read_as_people_type_it(typed, amount):
    assert Decimal(amount) == parse_money(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "1e5",
        "1_000",
        "-5",
        "(5)",
        "−5",
        "NaN",
        "Infinity",
        "1.234",
        "1,25",
        "1.250.000",
        "1000000000001",
        "9" * 400,
        "abc",
        "5 %",
        "0x10",
        "1/2",
        "٫٫",
    ],
)
def test_money_that_can_be_read_two_ways_or_none_is_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError) as refused:
        parse_money(typed)

    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("typed", ["", " ", "$"])
def test_no_amount_is_not_zero(typed):
    assert parse_money(typed) is None


@pytest.mark.parametrize(
    ("typed", "percent"), [("50", "50"), ("50%", "50"), ("33.33", "33.33"), ("0", "0"), ("100", "100")]
)
def test_percentages_are_read(typed, percent):
    assert percent == str(parse_percent(typed))


@pytest.mark.parametrize("typed", ["101", "-1", "33.333", "1e1", "half", "1_0"])
def test_percentages_out_of_range_are_refused(typed):
    with pytest.raises(ValidationError):
        parse_percent(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "1979-04-14",
        "04/14/1979",
        "4/14/1979",
        "14 April 1979",
        "14 Apr 1979",
        "April 14, 1979",
        "14th april 1979",
        "1979-04-14 ",
    ],
)
def test_dates_are_read_in_the_ways_people_write_them(typed):
    assert date(1979, 4, 14) == parse_date(typed)


@pytest.mark.parametrize(
    "typed", ["2026-02-29", "31 June 2001", "14.4.1979", "79", "yesterday", "14 Foo 2000", "13/13/2000", "0000-01-01"]
)
def test_dates_that_are_none_are_refused(typed):
    with pytest.raises(ValidationError):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_birth_date_lies_between_1900_and_today(typed):
    with pytest.raises(ValidationError):
        DateField(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["209", "20 09", "twenty", "1899", "2999", "2009.0"])
def test_a_year_has_four_digits_and_is_not_to_come(typed):
    with pytest.raises(ValidationError):
        YearField(required=False).clean(typed)


def test_a_year_in_full_width_digits_is_folded():
    assert 2009 == parse_year("２００９")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Lucía", "Lucía"),
        ("Luci\u0301a", "Lucía"),
        ("Ana\u202eevil", "Anaevil"),
        ("\u200b\u200b", ""),
        ("  a   b ", "a b"),
        ("李小龍", "李小龍"),
        ("محمد علي", "محمد علي"),
        ("👩‍👧 family", "👩‍👧 family"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7*7 }} {x.__class__} %(name)s", "{{ 7*7 }} {x.__class__} %(name)s"),
        ("365 365 300", "365 365 300"),
        ("704-555-0142", "704-555-0142"),
        ("01/02/2003", "01/02/2003"),
    ],
)
def test_text_is_stored_composed_and_without_marks_nobody_sees(typed, stored):
    assert stored == clean_text(typed)


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "\ud800"])
def test_characters_no_database_should_hold_are_refused(typed):
    with pytest.raises(ValidationError):
        clean_text(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "123-45-6789",
        "my number is 123 45 6789.",
        "123456789",
        "912-70-1234",
        "A123456789",
        "A-123-456-789",
        "a 12345678",
        "12-3456789",
        "１２３-４５-６７８９",
    ],
)
def test_identification_numbers_are_refused(typed):
    with pytest.raises(ValidationError, match="leave out numbers"):
        clean_text(typed)


def test_the_united_states_stand_on_top_of_the_countries():
    assert "US" == country_choices()[0][0]
    assert len(country_choices()) == len(dict(country_choices()))


@given(st.text(max_size=200))
def test_no_text_breaks_a_reader(typed):
    for reader in (parse_money, parse_percent, parse_date, parse_year, clean_text):
        with suppress(ValidationError):
            reader(typed)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_any_amount_is_read_back(amount):
    assert amount == parse_money(f"{amount:,}")
