"""The small forms beside each answer staff look at: correct it, reject it, ask again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import fields as own
from clients.forms import as_stored, as_typed, field_for
from clients.intake.questions import CHOSEN_KINDS, KNOWN, Kind, Question
from clients.selectors import ReviewRow
from clients.words import fill

REASON_LENGTH = 1000
COUNTRY_LIST = "countries"
FALLBACK = Question(key="text", kind=Kind.TEXT, label="")


def country_code(typed: str) -> str:
    """Read a country by its name or its code of two letters."""
    wanted = typed.strip().casefold()
    for code, name in own.country_choices():
        if wanted in {code.casefold(), name.casefold()}:
            return code
    message = _("“%(typed)s” is not in the list of countries. Choose one of the suggestions.")
    raise ValidationError(message % {"typed": typed.strip()[:60]})


class CountryByNameField(forms.CharField):
    """A country written as its name, with the list as suggestions; gives its code."""

    def clean(self, value: Any) -> Any:
        """Find the country."""
        typed = str(super().clean(value))
        return country_code(typed) if typed else ""


class CountriesByNameField(forms.CharField):
    """Countries, one on each line; gives their codes."""

    def clean(self, value: Any) -> Any:
        """Find the countries."""
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        return list(dict.fromkeys(country_code(line) for line in lines))


def plain_field(question: Question, names: Mapping[str, str]) -> forms.Field:
    """Build the field in which staff type an answer: the same reading as for clients, without "I'm not sure"."""
    kind = question.kind
    labels = [(option.value, fill(option.label, names)) for option in question.options]
    field: forms.Field
    if kind == Kind.SHARE_OF_PRICE:
        field = own.PercentField(required=False, max_length=own.LONGEST_NUMBER * 2)
        field.help_text = _("The percentage that came from %(name)s.") % {"name": names.get("a_from", "")}
    elif kind in CHOSEN_KINDS:
        field = forms.ChoiceField(choices=[("", _("Choose one")), *labels], required=False)
    elif kind == Kind.STATE:
        field = forms.ChoiceField(choices=[("", _("Choose one")), *own.state_choices()], required=False)
    elif kind == Kind.COUNTRY:
        field = CountryByNameField(required=False, max_length=100)
        field.widget.attrs["list"] = COUNTRY_LIST
    elif kind == Kind.COUNTRIES:
        field = CountriesByNameField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
        field.help_text = _("One country on each line.")
    elif kind == Kind.MULTI:
        field = field_for(question)
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = labels  # type: ignore[attr-defined]
    else:
        field = field_for(question)
        if kind == Kind.LONG_TEXT:
            field.widget = forms.Textarea(attrs={"rows": 3})
    field.widget.attrs.setdefault("dir", "auto")
    if kind in {Kind.MONEY, Kind.PERCENT, Kind.SHARE_OF_PRICE, Kind.NUMBER, Kind.YEAR}:
        field.widget.attrs["inputmode"] = "decimal"
    field.widget.attrs["autocomplete"] = "off"
    return field


def typed_by_staff(question: Question, value: Any) -> Any:
    """Give a stored value as staff type it: countries by name."""
    shown = as_typed(question, value)
    if question.kind == Kind.COUNTRY:
        return own.country_name(shown) if shown else ""
    if question.kind == Kind.COUNTRIES:
        return "\n".join(own.country_name(code) for code in shown)
    return shown


class ReasonForm(forms.Form):
    """Why an answer is rejected, or what the client is asked again."""

    reason = own.CleanTextField(max_length=REASON_LENGTH, multiline=True, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, row: ReviewRow, decision: str, data: Any = None, *, ask: str = "") -> None:
        super().__init__(data, prefix=f"{row_id(row)}-{decision}")
        field = self.fields["reason"]
        field.widget.attrs["dir"] = "auto"
        if decision == "asked_back":
            field.label = _("Your question to %(name)s") % {"name": ask}
            field.help_text = _("%(name)s reads it as you write it.") % {"name": ask}
            field.error_messages["required"] = _("Write what you want to know.")
        else:
            field.label = _("Reason")
            field.help_text = _("Stays with the firm.")
            field.error_messages["required"] = _("Write a reason, so that a colleague understands it later.")


class EditForm(ReasonForm):
    """Another value than the client's, with the reason."""

    def __init__(self, row: ReviewRow, names: Mapping[str, str], data: Any = None) -> None:
        super().__init__(row, "edited", data)
        question = row.declared or FALLBACK
        field = plain_field(question, names)
        field.required = True
        field.label = _("Corrected answer")
        field.error_messages["required"] = _("Write the corrected answer, or reject the client’s.")
        handed = row.handed_in or {}
        field.initial = typed_by_staff(question, handed.get("value") if handed.get("certainty") == KNOWN else None)
        self.fields = {"value": field, "reason": self.fields["reason"]}

    @property
    def stored(self) -> Any:
        """Give the value as it is stored."""
        return as_stored(self.cleaned_data["value"])


class PlaceForm(forms.Form):
    """Which answer a decision is about, as the page showed it."""

    question = forms.CharField(max_length=64)
    slot = forms.ChoiceField(choices=[("a", "a"), ("b", "b")], required=False)
    item = forms.UUIDField(required=False)
    submission = forms.UUIDField()
    state = forms.CharField(max_length=20)
    decision = forms.ChoiceField(
        choices=[
            ("accepted", gettext_lazy("Accept")),
            ("edited", gettext_lazy("Correct")),
            ("rejected", gettext_lazy("Reject")),
            ("asked_back", gettext_lazy("Ask again")),
        ]
    )


def row_id(row: ReviewRow) -> str:
    """Name a row on its page."""
    return "-".join(part for part in (row.slot or "both", row.question.replace(".", "-"), row.item or "") if part)
