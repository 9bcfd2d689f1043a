"""The treaties: what the file holds, which relief is open to whom, and what it leaves of the tax."""

import pytest

from planning.treaty_book import treaty_book

pytestmark = pytest.mark.pure

BOOK = treaty_book()


def codes(test):
    return {code for code, treaty in BOOK.treaties.items() if test(treaty)}


def test_the_sixteen_treaties_and_what_each_gives():
    assert len(BOOK.treaties) == 16
    assert codes(lambda t: t.prorates_since) == {"AU", "CA", "CH", "DE", "FI", "FR", "GR", "IT", "JP", "NO"}
    assert codes(lambda t: t.covers_gifts) == {"AU", "AT", "DK", "FR", "DE", "JP", "GB"}
    assert codes(lambda t: t.marital) == {"CA", "DE", "FR"}
    assert codes(lambda t: t.half_rule) == {"DE", "FR"}
    assert codes(lambda t: t.spouse_as_domiciled) == {"GB"}
    assert codes(lambda t: t.land_and_business_only) == {"AT", "CA"}
    assert codes(lambda t: t.keeps_domestic_deductions) == {"AT", "DK"}


def test_a_treaty_is_found_by_code_and_by_name():
    assert BOOK.named("uk") is BOOK.named("United Kingdom") is BOOK.treaties["GB"]
    assert BOOK.named(" holland ") is BOOK.named("NL")
    assert BOOK.named("Sweden") is None
    assert set(BOOK.ended) == {"Sweden", "Belgium"}
