"""Forms of the review of answers and of the firm's own facts: correct, reject, ask again, enter what staff know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import fields as own
from clients.forms import ListField, as_stored, as_typed, field_for
from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, Cell, Kind, Question
from clients.models import Answer
from clients.selectors import ReviewRow
from clients.words import fill, value_in_words

REASON_LENGTH = 1000
FIELD_TEMPLATE = "includes/_field.html"
COUNTRY_BOXES = 4
CHOICE_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE})
EMPTY: tuple[Any, ...] = (None, "", [])


def drawn(*layout: Any) -> FormHelper:
    """Give a helper that draws fields the house's way, inside a form the page writes itself."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.field_template = FIELD_TEMPLATE
    helper.layout = Layout(*layout)
    return helper


class CountryBoxes(forms.SelectMultiple):
    """A few lists of countries below one another, instead of one list in which several are marked."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django's own call
        """Draw the lists; the first carries the field's id."""
        chosen = [str(code) for code in value or [] if code]
        chosen += [""] * max(1, COUNTRY_BOXES - len(chosen))
        context = {"name": name, "attrs": attrs or {}, "chosen": chosen, "countries": own.country_choices()}
        return render_to_string("clients/staff/_country_boxes.html", context)


def field_of(question: Question, names: Mapping[str, str]) -> forms.Field:
    """Build the field in which staff enter an answer: as the client's, with its choices in words."""
    kind = question.kind
    choices = [(option.value, fill(option.label, names)) for option in question.options]
    if kind == Kind.SHARE_OF_PRICE:
        return own.PercentField(required=False, max_length=own.LONGEST_NUMBER * 2)
    if kind in CHOICE_KINDS:
        return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)
    if kind == Kind.MULTI:
        return ListField(
            choices=choices, required=False, exclusive=question.exclusive, widget=forms.CheckboxSelectMultiple
        )
    field = field_for(question)
    if kind == Kind.COUNTRIES:
        field.widget = CountryBoxes()
    elif kind in {Kind.COUNTRY, Kind.STATE}:
        listed = own.country_choices() if kind == Kind.COUNTRY else own.state_choices()
        return forms.ChoiceField(choices=[("", _("Choose")), *listed], required=False)
    elif kind == Kind.LONG_TEXT:
        field.widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return field


class DecisionForm(forms.Form):
    """What one decision needs; each kind adds its own fields."""

    decision = ""

    def outcome(self) -> dict[str, Any]:
        """Give what the service takes beside the answer's place."""
        raise NotImplementedError


class EditForm(DecisionForm):
    """Another value in place of the client's, and why."""

    decision = "edited"

    def __init__(self, row: ReviewRow, names: Mapping[str, str], data: Any = None) -> None:
        question = row.declared
        if question is None:
            message = "Only an answer to a question can be corrected."
            raise ValueError(message)
        stored = row.handed_in or row.counts or {}
        value = as_typed(question, stored.get("value"))
        super().__init__(data, initial={"value": value})
        self.fields["value"] = field_of(question, names)
        self.fields["value"].label = _("Correct value")
        if question.kind == Kind.SHARE_OF_PRICE:
            self.fields["value"].help_text = _("Percent that came from %(name)s.") % {"name": names.get("a_title", "")}
        self.fields["edit_reason"] = reason_field(_("Why it is corrected"), _("Stays in the file; the clients do not see it."))
        self.helper = drawn("value", "edit_reason")

    def clean(self) -> dict[str, Any]:
        """Refuse an empty value: taking an answer away is rejecting it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "value" not in self.errors and cleaned.get("value") in EMPTY:
            self.add_error("value", _("Enter the correct value, or reject the answer instead."))
        return cleaned

    def outcome(self) -> dict[str, Any]:
        """Give the value as it is stored, and the reason."""
        return {
            "value": as_stored(self.cleaned_data["value"]),
            "certainty": KNOWN,
            "reason": self.cleaned_data["edit_reason"],
        }


class RejectForm(DecisionForm):
    """Why an answer does not count."""

    decision = "rejected"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reject_reason"] = reason_field(
            _("Why it does not count"), _("Stays in the file; the clients do not see it.")
        )
        self.helper = drawn("reject_reason")

    def outcome(self) -> dict[str, Any]:
        """Give the reason."""
        return {"reason": self.cleaned_data["reject_reason"]}


class AskForm(DecisionForm):
    """What the client is asked."""

    decision = "asked_back"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["ask_reason"] = reason_field(
            _("Your question to the client"), _("The client reads it above the question, in these words.")
        )
        self.fields["ask_reason"].error_messages["required"] = _("Write what you would like to know.")
        self.helper = drawn("ask_reason")

    def outcome(self) -> dict[str, Any]:
        """Give the question."""
        return {"reason": self.cleaned_data["ask_reason"]}


class AcceptForm(DecisionForm):
    """Nothing more is needed."""

    decision = "accepted"

    def outcome(self) -> dict[str, Any]:
        """Give nothing."""
        return {}


def reason_field(label: str, help_text: str) -> own.CleanTextField:
    """Build the field for a few sentences."""
    return own.CleanTextField(
        label=label,
        help_text=help_text,
        max_length=REASON_LENGTH,
        multiline=True,
        error_messages={"required": _("Write one sentence, so that others understand it later.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


# --- what staff know ------------------------------------------------------------------------------------------

# The product's defaults as the engine has them (planning.engine.assumptions); a test holds both against each other.
PRODUCT_DEFAULTS = {
    "growth": "5.0",
    "qdot_income_yield": "2.0",
    "qdot_yearly_cost": "0.4",
    "indexing": "2.0",
    "spending_growth": "0",
    "capital_gains_rate": "23.8",
    "chance_gift_sold": "0",
    "administration_expenses": "0",
    "closeness_tolerance": "1.0",
}
OTHER_DEFAULTS = {
    "ranking_order": gettext_lazy("Left open: the US citizen dies first; if neither is one, the wealthier."),
    "years_to_first_death": gettext_lazy("Left open: from the life table, by age and sex."),
    "years_to_second_death": gettext_lazy("Left open: from the life table, by age and sex."),
    "gift_years": gettext_lazy("Left open: 10, or the years to the giver’s death if fewer."),
    "basis_share_of_gifts": gettext_lazy("Left open: not known; the basis of what is given is not counted."),
    "survivor_spending": gettext_lazy("Left open: what the couple answered; without an answer it stays unknown."),
}
FACTS_OF_COUPLE = ("ranking_order", "survivor_spending")
Slots = ("a", "b")


class StaffFactsForm(forms.Form):
    """The firm's conclusions and entries: for each spouse, and the assumptions for both."""

    def __init__(
        self,
        *,
        names: Mapping[str, str],
        newest: Mapping[tuple[str | None, str], Answer],
        said: Mapping[tuple[str | None, str], str],
        version: int,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.names, self.said = names, said
        self.questions: dict[str, tuple[str | None, Question]] = {}
        for slot in Slots:
            for question in QDOT.staff_person:
                self._add(slot, question, newest)
        for question in QDOT.staff_couple:
            self._add(None, question, newest)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=version, min_value=0, max_value=2**31
        )
        self.fields["save_key"] = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def _add(self, slot: str | None, question: Question, newest: Mapping[tuple[str | None, str], Answer]) -> None:
        name = f"{slot or 'couple'}-{question.key}"
        field = field_of(question, self.names)
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Left open")), *field.choices]
        field.label = fill(question.label, self.names)
        field.help_text = self._hint(slot, question)
        kept = newest.get((slot, question.key))
        field.initial = as_typed(question, kept.value) if kept is not None else ""
        self.fields[name] = field
        self.questions[name] = (slot, question)

    def _hint(self, slot: str | None, question: Question) -> str:
        """Say the default, what the client said, and what the declaration says."""
        key = question.key
        parts = []
        if key in OTHER_DEFAULTS and slot is None:
            parts.append(str(OTHER_DEFAULTS[key]))
        elif question.hint:
            parts.append(fill(question.hint, self.names))
        if slot is None and key in PRODUCT_DEFAULTS:
            parts.append(_("Left open: %(value)s.") % {"value": PRODUCT_DEFAULTS[key]})
        if self.said.get((slot, key)):
            parts.append(_("The client said: %(words)s.") % {"words": self.said[(slot, key)]})
        return " ".join(parts)

    @property
    def helper(self) -> FormHelper:
        """Lay the form out: each spouse in a column, then the couple, then the assumptions."""
        columns = [
            Fieldset(self.names[f"{slot}_title"], *(f"{slot}-{question.key}" for question in QDOT.staff_person))
            for slot in Slots
        ]
        both = [f"couple-{key}" for key in FACTS_OF_COUPLE]
        rest = [f"couple-{q.key}" for q in QDOT.staff_couple if q.key not in FACTS_OF_COUPLE]
        return drawn(
            Div(*columns, css_class="cols cols-2 facts"),
            Fieldset(_("Both"), Div(*both, css_class="cols cols-2"), css_class="facts-both"),
            Fieldset(
                _("Assumptions"),
                HTML('<p class="muted">{{ assumptions_intro }}</p>'),
                Div(*rest, css_class="cols"),
                css_class="facts-both",
            ),
            Field("version"),
            Field("save_key"),
        )

    def values(self) -> dict[str | None, dict[str, Any]]:
        """Give what was entered in stored form, by slot; an empty field takes an entry away."""
        found: dict[str | None, dict[str, Any]] = {"a": {}, "b": {}, None: {}}
        for name, (slot, question) in self.questions.items():
            value = self.cleaned_data.get(name)
            found[slot][question.key] = None if value in EMPTY else as_stored(value)
        return found

    def refuse_overwriting(self, kept: Mapping[tuple[str | None, str], Answer]) -> None:
        """Say at each field what somebody else saved meanwhile."""
        for name, (slot, question) in self.questions.items():
            answer = kept.get((slot, question.key))
            if answer is None:
                continue
            words = value_in_words(question, answer.value, self.names) if answer.value not in EMPTY else _("left open")
            self.add_error(
                name,
                _("%(who)s saved “%(words)s” meanwhile. Save again to put yours in its place.")
                % {"who": answer.answered_by.get_full_name(), "words": words},
            )


def said_words(question: Question, cell: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    """Write what the client answered to the same question, for the hint."""
    found = Cell.from_json(cell)
    return value_in_words(question, found.value, names) if found is not None and found.value not in EMPTY else ""
