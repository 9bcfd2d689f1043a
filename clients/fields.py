"""Form fields that read what people really type, and say in a sentence what they cannot read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_countries import countries

from clients.intake.places import STATES

LARGEST_AMOUNT = Decimal(1_000_000_000_000)
LONGEST_NUMBER = 60
CENT_DIGITS = 2

_SEPARATORS = {"\u066c": ",", "\u066b": ".", "\uff0c": ",", "\uff0e": ".", "\u2212": "-", "\uff0d": "-", "\uff04": "$"}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mio": 6, "million": 6, "b": 9, "billion": 9}
_MONEY = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d*)?(?P<scale>[a-z]*)\Z")
_PERCENT = re.compile(r"\d{1,3}(?:\.\d+)?\Z")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\Z")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")
# Social security and taxpayer numbers, employer numbers, and the numbers on immigration papers.
_IDENTIFIERS = re.compile(
    r"(?<![\d-])(?:\d{9}|\d{3}[-. ]\d{2}[-. ]\d{4}|\d{2}-\d{7})(?![\d-])"
    r"|\ba[- ]?\d{8,9}(?!\d)|\ba[- ]?\d{3}[- ]\d{3}[- ]\d{3}(?!\d)",
    re.IGNORECASE,
)
# Marks that change the direction of the text around them, and marks nobody sees.
_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\u00ad\u061c\u180e"
)
# Joiners are invisible too, but Persian, Hindi and emoji need them between letters.
_JOINERS = "\u200c\u200d"


def fold_digits(text: str) -> str:
    """Write digits and separators of any script as 0-9, comma and point."""
    folded = []
    for character in text:
        if not character.isascii() and unicodedata.category(character) == "Nd":
            folded.append(str(unicodedata.digit(character)))
        else:
            folded.append(_SEPARATORS.get(character, character))
    return "".join(folded)


def clean_text(value: str, *, multiline: bool = False) -> str:
    """Give text as it is stored: composed, without invisible marks; refuse what no database should hold."""
    for character in value:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in "\n\r\t"):
            raise ValidationError(_("This holds a character that cannot be stored. Type it again by hand."))
    text = unicodedata.normalize("NFC", value)
    text = "".join(character for character in text if character not in _INVISIBLE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if multiline:
        text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
        text = re.sub(r"\n{3,}", "\n\n", text)
    else:
        text = " ".join(text.split())
    text = text.strip().strip(_JOINERS).strip()
    if _IDENTIFIERS.search(fold_digits(text)):
        raise ValidationError(
            _(
                "Please leave out numbers such as a Social Security, taxpayer or immigration number. "
                "We do not need them here."
            )
        )
    return text


def parse_money(value: str) -> Decimal | None:
    """Read an amount of dollars as people type it: $1,250,000, 1 250 000, 1.2 million."""
    text = _number_text(value).lower().replace("us$", "").replace("usd", "").replace("dollars", "").replace("$", "")
    if not text:
        return None
    if re.fullmatch(r"-0+(\.0*)?", text):
        return Decimal("0.00")
    if text.startswith(("-", "(")):
        raise ValidationError(_("Write an amount of 0 or more."))
    match = _MONEY.match(text)
    if match is None or match["scale"] not in {"", *_SCALES}:
        raise ValidationError(_("Write an amount in US dollars with digits, for example 250,000."))
    places = _SCALES.get(match["scale"], 0)
    amount = Decimal((match["number"].replace(",", "")) + (match["decimals"] or "").rstrip(".")).scaleb(places)
    if -int(amount.normalize().as_tuple().exponent) > CENT_DIGITS:
        raise ValidationError(_("Write no more than two digits after the point."))
    if amount > LARGEST_AMOUNT:
        raise ValidationError(_("This is more than $1,000,000,000,000. Check the number of zeros."))
    return amount.quantize(Decimal("0.01"))


def parse_percent(value: str) -> Decimal | None:
    """Read a percentage from 0 to 100."""
    text = _number_text(value).rstrip("%").removesuffix("percent")
    if not text:
        return None
    if not _PERCENT.match(text) or Decimal(text) > 100:  # noqa: PLR2004 - a percentage
        raise ValidationError(_("Write a number from 0 to 100, for example 50."))
    percent = Decimal(text)
    if -int(percent.normalize().as_tuple().exponent) > CENT_DIGITS:
        raise ValidationError(_("Write no more than two digits after the point."))
    return Decimal(f"{percent.normalize():f}")


def parse_date(value: str) -> date | None:
    """Read a date: 14 April 1979, April 14, 1979, 04/14/1979 (month first) or 1979-04-14."""
    text = " ".join(fold_digits(value).split()).lower()
    if not text:
        return None
    parts = _date_parts(text[:LONGEST_NUMBER])
    if parts is None:
        raise ValidationError(_("Write the date like this: 14 April 1979."))
    try:
        return date(*parts)
    except ValueError as error:
        raise ValidationError(_("There is no such day. Check the day and the month.")) from error


def parse_year(value: str) -> int | None:
    """Read a year of four digits."""
    text = fold_digits(value).strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        shown = text[:12]
        raise ValidationError(_("“%(typed)s” is not a year. Write four digits, for example 2009.") % {"typed": shown})
    return int(text)


def _number_text(value: str) -> str:
    text = fold_digits(value)
    if len(text) > LONGEST_NUMBER:
        raise ValidationError(_("This number is too long. Check it."))
    return "".join(text.split()).replace("'", "").replace("’", "")


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if match := _ISO_DATE.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _US_DATE.match(text):
        return int(match[3]), int(match[1]), int(match[2])
    if match := _DAY_FIRST.match(text):
        month = _month(match[2])
        return None if month is None else (int(match[3]), month, int(match[1]))
    if match := _MONTH_FIRST.match(text):
        month = _month(match[1])
        return None if month is None else (int(match[3]), month, int(match[2]))
    return None


def _month(word: str) -> int | None:
    for number, name in enumerate(_MONTHS, start=1):
        if name == word or name[:3] == word or (word == "sept" and name == "september"):
            return number
    return None


class CleanTextField(forms.CharField):
    """Text without invisible marks, control characters or identification numbers."""

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Clean the text."""
        if value in self.empty_values:
            return ""
        return clean_text(str(value), multiline=self.multiline)


class MoneyField(forms.CharField):
    """An amount in US dollars; gives a Decimal with cents, or None."""

    def to_python(self, value: Any) -> Any:
        """Read the amount."""
        return parse_money(str(value or ""))

    def validate(self, value: Any) -> None:
        """Require an amount where the field is required."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Skip the validators for text."""


class PercentField(MoneyField):
    """A percentage from 0 to 100; gives a Decimal or None."""

    def to_python(self, value: Any) -> Any:
        """Read the percentage."""
        return parse_percent(str(value or ""))


class DateField(MoneyField):
    """A date as people write it, between two bounds; gives a date or None."""

    def __init__(self, *, earliest: int = 1900, years_ahead: int = 0, **kwargs: Any) -> None:
        self.earliest, self.years_ahead = earliest, years_ahead
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the date and check the bounds."""
        parsed = parse_date(str(value or ""))
        if parsed is None:
            return None
        today = timezone.localdate()
        if parsed.year < self.earliest:
            raise ValidationError(_("Write a date after %(year)d.") % {"year": self.earliest - 1})
        if self.years_ahead == 0 and parsed > today:
            raise ValidationError(_("This date is still to come. Check the year."))
        if parsed.year > today.year + self.years_ahead:
            raise ValidationError(_("This date is too far ahead. Check the year."))
        return parsed


class YearField(MoneyField):
    """A year of four digits between two bounds; gives an int or None."""

    def __init__(self, *, earliest: int = 1900, years_ahead: int = 0, **kwargs: Any) -> None:
        self.earliest, self.years_ahead = earliest, years_ahead
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the year and check the bounds."""
        parsed = parse_year(str(value or ""))
        if parsed is None:
            return None
        latest = timezone.localdate().year + self.years_ahead
        if not self.earliest <= parsed <= latest:
            raise ValidationError(
                _("Write a year from %(first)d to %(last)d.") % {"first": self.earliest, "last": latest}
            )
        return parsed


class WholeNumberField(MoneyField):
    """A whole number from 0 to 120, such as years; gives an int or None."""

    def to_python(self, value: Any) -> Any:
        """Read the number."""
        text = _number_text(str(value or ""))
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 120:  # noqa: PLR2004 - nobody plans further
            raise ValidationError(_("Write a whole number from 0 to 120."))
        return int(text)


@cache
def _country_choices(language: str) -> tuple[tuple[str, str], ...]:
    with override(language):
        named = [(str(code), str(name)) for code, name in countries]
    top = [(code, name) for code, name in named if code == "US"]
    return (*top, *(pair for pair in named if pair[0] != "US"))


def country_choices() -> tuple[tuple[str, str], ...]:
    """Give every country with its ISO code, the United States on top."""
    return _country_choices(get_language() or "en")


def country_name(code: str) -> str:
    """Name a country by its code; an unknown code is given back."""
    return dict(country_choices()).get(code, code)


def state_choices() -> tuple[tuple[str, str], ...]:
    """Give the states, the district and the territories."""
    return STATES


def state_name(code: str) -> str:
    """Name a state by its code; an unknown code is given back."""
    return dict(STATES).get(code, code)
