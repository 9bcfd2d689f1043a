"""How money and dates are written on pages and in documents.

An amount nobody worked out is never shown as zero.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

register = template.Library()

Amount = Decimal | int | str | None

MINUS = "\u2212"
DASH = "\u2014"
MILLION = Decimal(1_000_000)
CENT = Decimal("0.01")


def _decimal(value: object) -> Decimal | None:
    """Read an amount given as Decimal, int or decimal string; anything else is no amount."""
    if value is None or value == "" or isinstance(value, bool | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _signed(amount: Decimal, digits: str) -> str:
    return f"{MINUS}{digits}" if amount < 0 else digits


@register.filter
def usd(value: Amount) -> str:
    """Write dollars: $18,400,000, with cents only where there are some."""
    amount = _decimal(value)
    if amount is None:
        return _("not worked out")
    cents = amount.quantize(CENT, ROUND_HALF_UP)
    digits = f"{abs(cents):,.0f}" if cents == cents.to_integral_value() else f"{abs(cents):,.2f}"
    return _signed(cents, f"${digits}")


@register.filter
def usd_plain(value: Amount) -> str:
    """Write dollars without the sign of the currency, for columns whose heading names it."""
    amount = _decimal(value)
    if amount is None:
        return DASH
    return usd(amount).replace("$", "")


@register.filter
def usd_m(value: Amount) -> str:
    """Write millions with two decimals: 18.40; an amount that is not known is a dash."""
    amount = _decimal(value)
    if amount is None:
        return DASH
    millions = (amount / MILLION).quantize(CENT, ROUND_HALF_UP)
    return _signed(millions, f"{abs(millions):,.2f}")


@register.filter
def usd_m_signed(value: Amount) -> str:
    """Write a difference in millions with its sign: +2.13, −0.50."""
    amount = _decimal(value)
    if amount is None:
        return DASH
    text = usd_m(amount)
    return text if text.startswith(MINUS) or text == "0.00" else f"+{text}"


@register.filter
def usd_short(value: Amount) -> str:
    """Write dollars for headings: $18.4M, $194,000."""
    amount = _decimal(value)
    if amount is None:
        return _("not worked out")
    if abs(amount) < MILLION:
        return usd(amount.quantize(Decimal(1), ROUND_HALF_UP))
    millions = (amount / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _signed(millions, f"${abs(millions):,.1f}M")


@register.filter
def percent(value: Amount) -> str:
    """Write a percentage without needless zeros: 5%, 23.8%."""
    amount = _decimal(value)
    if amount is None:
        return DASH
    digits = f"{abs(amount):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return _signed(amount, f"{digits}%")


@register.filter
def client_date(value: date | datetime | str | None) -> str:
    """Write a date for people: 14 April 2027."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return DASH
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if not isinstance(value, date):
        return DASH
    return f"{value.day} {_MONTHS[value.month - 1]()} {value.year}"


_MONTHS = (
    lambda: _("January"),
    lambda: _("February"),
    lambda: _("March"),
    lambda: _("April"),
    lambda: _("May"),
    lambda: _("June"),
    lambda: _("July"),
    lambda: _("August"),
    lambda: _("September"),
    lambda: _("October"),
    lambda: _("November"),
    lambda: _("December"),
)
