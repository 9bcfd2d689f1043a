"""The form of one questionnaire page: built from its declaration, the only judge of what is asked.

Each question has its own field; "I'm not sure" and "I'd rather tell the
lawyer" stand beside it. What the form gives are cells to save, never more:
an empty field keeps the earlier answer unless the person clears it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients import fields as own
from clients.intake.questions import (
    CHOSEN_KINDS,
    KNOWN,
    NOT_SURE,
    TELL_ATTORNEY,
    Cell,
    Cells,
    Kind,
    Page,
    Question,
    Sight,
    When,
    is_asked,
    is_shown,
)
from clients.words import fill, written_date

NOTE_LENGTH = 500
COUNTRY_BOXES = 3
WHOLE = Decimal(100)
RADIO_KINDS = CHOSEN_KINDS | {Kind.SHARE_OF_PRICE}
WIDTHS = {Kind.YEAR: "w-year", Kind.PERCENT: "w-year", Kind.NUMBER: "w-year", Kind.DATE: "w-date"}


@dataclass(slots=True)
class Choice:
    """One radio button or box as the template draws it."""

    value: str
    label: str
    hint: str
    checked: bool
    id: str


@dataclass(slots=True)
class Block:
    """One question as the template draws it."""

    key: str
    kind: str
    id: str
    label: str
    hint: str
    errors: list[str]
    value: Any
    choices: list[Choice] = field(default_factory=list)
    apart: list[Choice] = field(default_factory=list)
    apart_name: str = ""
    described_by: str = ""
    css: str = ""
    input_mode: str = "text"
    autocomplete: str = "off"
    max_length: int = 0
    extra: str = ""
    countries: list[list[Choice]] = field(default_factory=list)
    note: str | None = None
    can_clear: bool = False
    when_question: str = ""
    when_words: str = ""

    @property
    def first_id(self) -> str:
        """Give the id an error leads to."""
        return self.choices[0].id if self.choices else self.id


class QuestionBlock(LayoutObject):
    """Draws one question of a page; crispy-forms calls it for each."""

    template = "clients/portal/_question.html"

    def __init__(self, key: str) -> None:
        self.key = key

    def render(self, form: PageForm, context: Any, template_pack: str = "", **_kwargs: Any) -> SafeString:
        """Draw the question."""
        if hasattr(form, "rendered_fields"):
            form.rendered_fields.update(name for name in form.fields if name.split("--")[0] == self.key)
        return render_to_string(self.template, {"q": form.block(self.key)})


class PageForm(forms.Form):
    """One page of questions for one spouse, and perhaps one thing of a list."""

    def __init__(
        self,
        page: Page,
        data: QueryDict | None = None,
        *,
        sight: Sight,
        names: Mapping[str, str] | None = None,
        version: int = 0,
        only: frozenset[str] | None = None,
        is_finishing: bool = True,
    ) -> None:
        super().__init__(data)
        self.page, self.sight, self.names = page, sight, dict(names or {})
        self.is_finishing, self.only = is_finishing, only
        self.shown = [
            question
            for question in page.questions
            if (only is None or question.key in only) and (only is not None or is_shown(page, question, sight))
        ]
        self.cells: Cells = {}
        self.cleared: set[str] = set()
        self.kept: list[Question] = []
        for question in self.shown:
            self._add_fields(question)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, max_value=2**62, initial=version, required=False
        )
        self.fields["save_key"] = forms.UUIDField(widget=forms.HiddenInput, initial=str(uuid.uuid4()), required=False)

    # --- building -------------------------------------------------------------------------------------------

    @property
    def helper(self) -> FormHelper:
        """Lay the questions out, one block each."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(QuestionBlock(question.key) for question in self.shown), "version", "save_key")
        return helper

    def _add_fields(self, question: Question) -> None:
        self.fields[question.key] = field_for(question)
        self.fields[question.key].label = fill(question.name, self.names)
        if question.kind not in RADIO_KINDS and (question.allow_not_sure or question.allow_tell):
            self.fields[f"{question.key}--certainty"] = forms.MultipleChoiceField(
                choices=[(NOT_SURE, NOT_SURE), (TELL_ATTORNEY, TELL_ATTORNEY)], required=False
            )
        if question.kind == Kind.SHARE_OF_PRICE:
            self.fields[f"{question.key}--exact"] = own.PercentField(required=False)
        if question.with_note:
            self.fields[f"{question.key}--note"] = own.CleanTextField(required=False, max_length=NOTE_LENGTH)
        self.fields[f"{question.key}--clear"] = forms.BooleanField(required=False)

    def stored(self, key: str) -> Cell | None:
        """Give the answer kept so far, without what is being typed."""
        cell = Sight(self.sight.record, self.sight.slot, self.sight.item).cell(key)
        return cell if cell is not None and cell.is_answered else None

    # --- reading --------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Turn fields into cells; drop what is not asked; name what is missing."""
        cleaned = super().clean() or {}
        for name in ("version", "save_key"):
            # A damaged token is no token; the save then compares with what is stored.
            self.errors.pop(name, None)
        typed: Cells = {}
        for question in self.shown:
            if cleaned.get(f"{question.key}--clear") and not question.required:
                self.cleared.add(question.key)
                self._forget_errors(question.key)
                continue
            cell = self._typed_cell(question, cleaned)
            if cell is not None:
                typed[question.key] = cell
        seen = Sight(
            self.sight.record,
            self.sight.slot,
            self.sight.item,
            {**typed, **{key: Cell() for key in self.cleared}},
        )
        for question in self.shown:
            self._judge(question, typed, seen)
        for check in self.page.checks:
            CHECKS[check](self, seen)
        return cleaned

    def _typed_cell(self, question: Question, cleaned: dict[str, Any]) -> Cell | None:
        """Read one question's fields; None when they are empty or wrong."""
        key = question.key
        if key in self.errors or f"{key}--exact" in self.errors:
            self._move_error(key, "exact")
            return None
        note = str(cleaned.get(f"{key}--note") or "")
        value = cleaned.get(key)
        if question.kind in RADIO_KINDS:
            if value == TELL_ATTORNEY:
                return Cell(None, TELL_ATTORNEY, note=note)
            if value == NOT_SURE:
                is_share = question.kind == Kind.SHARE_OF_PRICE
                return Cell(None if is_share else NOT_SURE, NOT_SURE, note=note)
            if value == "exact" and question.kind == Kind.SHARE_OF_PRICE:
                value = cleaned.get(f"{key}--exact")
                if value is None:
                    self.add_error(key, _("Write the percentage, or choose another answer."))
                    return None
        ticked = cleaned.get(f"{key}--certainty") or []
        if len(ticked) > 1:
            self.add_error(key, _("Choose one: “I’m not sure” or “I’d rather tell the lawyer”."))
            return None
        certainty = ticked[0] if ticked else KNOWN
        cell = Cell(as_stored(value), certainty, note=note)
        if cell.is_answered:
            return cell
        before = self.stored(key)
        if note and before is not None and note != before.note:
            return Cell(before.value, before.certainty, note=note)
        return None

    def _judge(self, question: Question, typed: Cells, seen: Sight) -> None:
        """Keep what is asked, drop what is not, and say what is missing."""
        key = question.key
        if self.only is None and not is_asked(question, seen):
            self._forget_errors(key)
            self.cleared.discard(key)
            return
        if key in self.errors:
            return
        if key in typed:
            self.cells[key] = typed[key]
            return
        if key in self.cleared:
            return
        if self.stored(key) is not None:
            if self._is_emptied(question):
                self.kept.append(question)
        elif question.required and self.is_finishing:
            self.add_error(key, missing_sentence(question))

    def _is_emptied(self, question: Question) -> bool:
        """Tell whether the person emptied a field that held an answer."""
        before = self.stored(question.key)
        return question.kind not in CHOSEN_KINDS and before is not None and before.certainty == KNOWN

    def _forget_errors(self, key: str) -> None:
        for name in [name for name in self.errors if name == key or name.startswith(f"{key}--")]:
            del self.errors[name]

    def _move_error(self, key: str, part: str) -> None:
        """Show an error of a helping field at its question."""
        name = f"{key}--{part}"
        if name in self.errors and key not in self.errors:
            messages = list(self.errors[name])
            del self.errors[name]
            for message in messages:
                self.add_error(key, message)

    # --- drawing --------------------------------------------------------------------------------------------

    def blocks(self) -> list[Block]:
        """Give every question as the template draws it."""
        return [self.block(question.key) for question in self.shown]

    def error_list(self) -> list[tuple[str, str, str]]:
        """Give each error with its question's short label and the id it leads to."""
        found = []
        for question in self.shown:
            for name, messages in self.errors.items():
                if name == question.key or name.startswith(f"{question.key}--"):
                    target = self.block(question.key).first_id
                    found += [(fill(question.name, self.names), str(message), target) for message in messages]
        found += [("", str(message), "") for message in self.non_field_errors()]
        return found

    def block(self, key: str) -> Block:
        """Give one question as the template draws it."""
        question = next(question for question in self.shown if question.key == key)
        before = self.stored(key)
        shown = self._shown_value(question, before)
        errors = [
            str(message)
            for name, messages in (self.errors.items() if self.is_bound else ())
            if name == key or name.startswith(f"{key}--")
            for message in messages
        ]
        block = Block(
            key=key,
            kind=question.kind.value,
            id=f"id_{key}",
            label=fill(question.label, self.names),
            hint=fill(question.hint, self.names),
            errors=errors,
            value=shown,
            css=WIDTHS.get(question.kind, ""),
            input_mode="decimal" if question.kind in NUMBER_KINDS else "text",
            max_length=question.max_length,
            autocomplete=AUTOCOMPLETE.get(key, "off"),
        )
        block.described_by = " ".join(
            part for part in (f"{block.id}-hint" if block.hint else "", f"{block.id}-error" if errors else "") if part
        )
        self._draw_choices(question, block, before)
        if question.with_note:
            block.note = self._posted(f"{key}--note") if self.is_bound else (before.note if before else "")
        block.can_clear = before is not None and not question.required
        if isinstance(question.when, When) and any(q.key == question.when.question for q in self.shown):
            block.when_question, block.when_words = question.when.question, "|".join(question.when.is_in)
        return block

    def _draw_choices(self, question: Question, block: Block, before: Cell | None) -> None:
        chosen = block.value if isinstance(block.value, list) else [str(block.value)]
        block.choices = [
            Choice(
                option.value,
                fill(option.label, self.names),
                fill(option.hint, self.names),
                option.value in chosen,
                f"{block.id}_{number}",
            )
            for number, option in enumerate(question.options)
        ]
        apart = [(NOT_SURE, _("I’m not sure"))] if question.allow_not_sure else []
        apart += [(TELL_ATTORNEY, _("I’d rather tell the lawyer"))] if question.allow_tell else []
        block.apart_name = question.key if question.kind in RADIO_KINDS else f"{question.key}--certainty"
        if question.kind not in RADIO_KINDS:
            ticked = self._posted_list(block.apart_name) if self.is_bound else []
            chosen = ticked or ([before.certainty] if before is not None and not self.is_bound else [])
        block.apart = [
            Choice(value, label, "", value in chosen, f"{block.id}-{value.replace('_', '-')}") for value, label in apart
        ]
        if question.kind == Kind.SHARE_OF_PRICE:
            block.extra = self._posted(f"{question.key}--exact") if self.is_bound else ""
            options = {option.value for option in question.options}
            if not self.is_bound and before is not None and before.value and str(before.value) not in options:
                block.extra = str(before.value)
                block.choices[-1].checked = True
        if question.kind in {Kind.COUNTRY, Kind.STATE}:
            pairs = own.country_choices() if question.kind == Kind.COUNTRY else own.state_choices()
            block.choices = []
            block.countries = [[Choice(code, name, "", code == block.value, "") for code, name in pairs]]
        if question.kind == Kind.COUNTRIES:
            self._draw_countries(block)

    @staticmethod
    def _draw_countries(block: Block) -> None:
        codes = [code for code in block.value if code] if isinstance(block.value, list) else []
        others = [code for code in codes if code != "US"]
        others += [""] * (COUNTRY_BOXES - len(others))
        block.choices = [Choice("US", own.country_name("US"), "", "US" in codes, f"{block.id}_0")]
        block.countries = [
            [Choice(code, name, "", code == other, "") for code, name in own.country_choices() if code != "US"]
            for other in others
        ]

    def _shown_value(self, question: Question, before: Cell | None) -> Any:
        if self.is_bound:
            is_list = question.kind in {Kind.MULTI, Kind.COUNTRIES}
            return self._posted_list(question.key) if is_list else self._posted(question.key)
        if before is None:
            return [] if question.kind in {Kind.MULTI, Kind.COUNTRIES} else ""
        if question.kind in RADIO_KINDS and before.certainty != KNOWN:
            return before.certainty
        return as_typed(question, before.value)

    def _posted(self, name: str) -> str:
        value = self.data.get(name, "")
        return value if isinstance(value, str) else ""

    def _posted_list(self, name: str) -> list[str]:
        getlist = getattr(self.data, "getlist", None)
        if getlist is not None:
            return [value for value in getlist(name) if isinstance(value, str)]
        value = self.data.get(name, [])
        return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]


NUMBER_KINDS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.YEAR, Kind.NUMBER})
AUTOCOMPLETE = {"legal_name": "name", "home_address": "street-address", "date_of_birth": "bday"}


class ListField(forms.MultipleChoiceField):
    """Several answers; empty ones and repeats are dropped."""

    def __init__(self, *, exclusive: str = "", **kwargs: Any) -> None:
        self.exclusive = exclusive
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Drop empty answers and repeats."""
        return list(dict.fromkeys(part for part in super().to_python(value) if part))

    def clean(self, value: Any) -> Any:
        """Refuse "nothing" together with something."""
        cleaned: list[str] = super().clean(value)
        if self.exclusive in cleaned and len(cleaned) > 1:
            raise forms.ValidationError(_("You chose “Nothing of these” and something else. Choose what is true."))
        return cleaned


def field_for(question: Question) -> forms.Field:
    """Build the field that reads a question's answer. Whether it must be answered is judged by the page."""
    kind = question.kind
    if kind == Kind.MONEY:
        return own.MoneyField(required=False, max_length=own.LONGEST_NUMBER * 2)
    if kind == Kind.PERCENT:
        return own.PercentField(required=False, max_length=own.LONGEST_NUMBER * 2)
    if kind == Kind.NUMBER:
        return own.WholeNumberField(required=False, max_length=own.LONGEST_NUMBER * 2)
    if kind == Kind.DATE:
        return own.DateField(
            required=False, earliest=question.earliest, years_ahead=question.years_ahead, max_length=NOTE_LENGTH
        )
    if kind == Kind.YEAR:
        return own.YearField(
            required=False, earliest=question.earliest, years_ahead=question.years_ahead, max_length=NOTE_LENGTH
        )
    if kind in RADIO_KINDS:
        allowed = [option.value for option in question.options]
        allowed += [NOT_SURE] if question.allow_not_sure else []
        allowed += [TELL_ATTORNEY] if question.allow_tell else []
        return forms.ChoiceField(choices=[(value, value) for value in allowed], required=False)
    if kind == Kind.MULTI:
        return ListField(
            choices=[(option.value, option.value) for option in question.options],
            required=False,
            exclusive=question.exclusive,
        )
    if kind == Kind.COUNTRIES:
        return ListField(choices=own.country_choices, required=False)
    if kind == Kind.COUNTRY:
        return forms.ChoiceField(choices=own.country_choices, required=False)
    if kind == Kind.STATE:
        return forms.ChoiceField(choices=own.state_choices, required=False)
    return own.CleanTextField(required=False, max_length=question.max_length, multiline=kind == Kind.LONG_TEXT)


def as_stored(value: Any) -> Any:
    """Give a cleaned value as it is stored in JSON: money and percentages as strings, dates in ISO form."""
    if value in ("", []):
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_typed(question: Question, value: Any) -> Any:
    """Give a stored value as a person would type it."""
    if value in (None, ""):
        return [] if question.kind in {Kind.MULTI, Kind.COUNTRIES} else ""
    if question.kind == Kind.MONEY:
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            return str(value)
        return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    if question.kind == Kind.DATE:
        return written_date(str(value))
    if question.kind in {Kind.MULTI, Kind.COUNTRIES}:
        return [str(part) for part in value] if isinstance(value, list) else [str(value)]
    return str(value)


def missing_sentence(question: Question) -> str:
    """Say what is missing, in words that fit the kind of answer."""
    if question.kind in RADIO_KINDS:
        if question.allow_not_sure:
            return _("Choose one answer. “I’m not sure” is a full answer.")
        return _("Choose one answer.")
    if question.kind == Kind.MULTI:
        return _("Tick at least one.")
    if question.kind == Kind.COUNTRIES:
        return _("Choose at least one country, or tick “I’m not sure”.")
    if question.kind in {Kind.COUNTRY, Kind.STATE}:
        return _("Choose one from the list.")
    if question.allow_not_sure:
        return _("Write an answer, or tick “I’m not sure”.")
    return _("Write an answer here.")


def check_shares(form: PageForm, seen: Sight) -> None:
    """Refuse shares that come to more than the whole, or to less where only the two own it."""
    shares = []
    for key in ("share_a", "share_b"):
        cell = seen.cell(key)
        if cell is None or cell.certainty != KNOWN or not cell.value:
            return
        try:
            shares.append(Decimal(str(cell.value)))
        except InvalidOperation:
            return
    total = sum(shares, Decimal(0))
    if total > WHOLE:
        form.add_error("share_b", _("The two parts come to more than 100. Check them."))
    elif total < WHOLE and "tenants_in_common" in seen.words("title"):
        form.add_error("share_b", _("The two parts come to less than 100. Check them, or say that others own a part."))


CHECKS = {"shares": check_shares}
