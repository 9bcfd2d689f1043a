"""Texts as people read them: names filled in, dates written out, answers in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.fields import country_name, state_name
from clients.intake.questions import NOT_SURE, TELL_ATTORNEY, Cell, Kind, Question
from clients.models import Firm, Participant


def fill(text: str, names: Mapping[str, str]) -> str:
    """Translate a declared text and put the names in."""
    if not text:
        return ""
    return _(text).format_map(defaultdict(str, names))


def names_for(reader: Participant, spouse: Participant, firm: Firm) -> dict[str, str]:
    """Give the names a page is filled with, as one spouse reads them."""
    names = {
        "spouse": spouse.first_name,
        "firm": firm.name,
        "contact": firm.contact_name or firm.name,
        "joint_representation": firm.joint_representation_text or default_joint_representation(),
    }
    for person in (reader, spouse):
        is_me = person.slot == reader.slot
        names[f"{person.slot}_title"] = _("Me") if is_me else person.first_name
        names[f"{person.slot}_from"] = _("me") if is_me else person.first_name
        names[f"{person.slot}_own"] = _("My") if is_me else _("%(name)s’s") % {"name": person.first_name}
    return names


def names_for_staff(a: Participant, b: Participant) -> dict[str, str]:
    """Give the names a page is filled with for staff: nobody is "me"."""
    names = {"spouse": _("the spouse")}
    for person in (a, b):
        names[f"{person.slot}_title"] = names[f"{person.slot}_from"] = person.first_name
        names[f"{person.slot}_own"] = _("%(name)s’s") % {"name": person.first_name}
    return names


def default_joint_representation() -> str:
    """Give the text used until the firm writes its own."""
    return _(
        "We usually work for both of you together, because a plan has to fit you both. "
        "That means we work for each of you equally. What one of you tells us about the plan, we may share with "
        "the other when it matters for it. If your wishes go so far apart that we cannot work for both, we tell you."
    )


def written_date(iso: str) -> str:
    """Write an ISO date as 14 April 1979."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_month_name(day.month)} {day.year}"


def _month_name(month: int) -> str:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )[month - 1]  # fmt: skip


def written_money(value: Any) -> str:
    """Write an amount as $1,250,000."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def answer_in_words(question: Question, cell: Cell | None, names: Mapping[str, str]) -> str:
    """Write an answer for reading: labels for words, names for codes."""
    if cell is None or not cell.is_answered:
        return ""
    if cell.certainty == TELL_ATTORNEY:
        return _("I’ll tell the lawyer")
    value = "" if cell.value in (None, "", [], NOT_SURE) else value_in_words(question, cell.value, names)
    if cell.certainty == NOT_SURE:
        return _("Not sure: %(value)s") % {"value": value} if value else _("Not sure")
    return value


def value_in_words(question: Question, value: Any, names: Mapping[str, str]) -> str:
    """Write a value for reading."""
    kind = question.kind
    labels = {option.value: fill(option.label, names) for option in question.options}
    if kind == Kind.SHARE_OF_PRICE:
        return labels.get(str(value)) or _share_in_words(value, names)
    if isinstance(value, list):
        parts = [str(part) for part in value]
        named = [country_name(part) if kind == Kind.COUNTRIES else labels.get(part, part) for part in parts]
        return ", ".join(named)
    text = str(value)
    if kind == Kind.MONEY:
        return written_money(value)
    if kind == Kind.DATE:
        return written_date(text)
    if kind == Kind.PERCENT:
        return f"{text}%"
    if kind == Kind.COUNTRY:
        return country_name(text)
    return state_name(text) if kind == Kind.STATE else labels.get(text, text)


def _share_in_words(value: Any, names: Mapping[str, str]) -> str:
    return _("%(share)s%% from %(name)s") % {"share": value, "name": names.get("a_from", "")}


def minutes_in_words(minutes: int) -> str:
    """Write minutes: About 25 minutes."""
    return ngettext("About %(n)d minute", "About %(n)d minutes", minutes) % {"n": minutes}


def number_in_words(number: int) -> str:
    """Write small numbers as words, as a letter would."""
    words = (
        _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)
