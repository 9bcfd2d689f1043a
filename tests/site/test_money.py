"""Money and dates as people read them; what was not worked out is never zero."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qdot_site.templatetags import money


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("18400000", "$18,400,000"),
        (Decimal("18400000.00"), "$18,400,000"),
        ("0.40", "$0.40"),
        (0, "$0"),
        ("-1550000.005", "−$1,550,000.01"),
        (None, "not worked out"),
        ("", "not worked out"),
        ("abc", "not worked out"),
        (1.5, "not worked out"),
        ("NaN", "not worked out"),
    ],
)
def test_dollars(given, expected):
    assert expected == money.usd(given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("18400000", "18.40"), ("-500000", "−0.50"), (None, "—"), ("0", "0.00"), ("1234567890", "1,234.57")],
)
def test_millions(given, expected):
    assert expected == money.usd_m(given)


@pytest.mark.parametrize(
    ("given", "expected"), [("2130320", "+2.13"), ("-1550000", "−1.55"), ("0", "0.00"), (None, "—")]
)
def test_differences(given, expected):
    assert expected == money.usd_m_signed(given)


@pytest.mark.parametrize(
    ("given", "expected"), [("18400000", "$18.4M"), ("194000", "$194,000"), ("-2500000", "−$2.5M")]
)
def test_dollars_in_headings(given, expected):
    assert expected == money.usd_short(given)


@pytest.mark.parametrize(
    ("given", "expected"), [("5.0", "5%"), ("23.8", "23.8%"), ("10", "10%"), ("-2.50", "−2.5%"), (None, "—")]
)
def test_percentages(given, expected):
    assert expected == money.percent(given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (date(2027, 4, 14), "14 April 2027"),
        ("2027-04-14", "14 April 2027"),
        (datetime(2027, 4, 15, 2, 0, tzinfo=UTC), "14 April 2027"),
        (None, "—"),
        ("no date", "—"),
    ],
)
def test_dates(given, expected):
    assert expected == money.client_date(given)
