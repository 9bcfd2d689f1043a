"""How amounts and names of a plan are written in plain words."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1000)
MINUS = "−"


@register.filter
def about(value: str | Decimal | None) -> str:
    """Write a rounded amount for a sentence: $2.1 million, $640,000."""
    try:
        amount = abs(Decimal(str(value)))
    except InvalidOperation:
        return _("not worked out")
    if amount >= MILLION:
        return _("$%(amount)s million") % {"amount": f"{(amount / MILLION).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"}
    if amount >= THOUSAND:
        return f"${(amount / THOUSAND).quantize(Decimal(1), ROUND_HALF_UP) * THOUSAND:,}"
    return f"${amount.quantize(Decimal(1), ROUND_HALF_UP):,}"


@register.filter
def millions(value: str | Decimal | None) -> str:
    """Write millions with one decimal for a client's table; unknown is a dash."""
    try:
        amount = (Decimal(str(value)) / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    except InvalidOperation:
        return "—"
    return f"{MINUS if amount < 0 else ''}{abs(amount):,}"


@register.filter
def person(name: str) -> SafeString:
    """Write a name; one written from right to left is kept from turning the words around it."""
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in name)
    return format_html("<bdi>{}</bdi>" if turns else "{}", name)
