"""What the firm knows itself about each spouse and the couple, and the assumptions of one matter.

An empty assumption means the product's default; an empty fact means that the
firm has not concluded it. Only what the person changed on the page is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients import fields as own
from clients.forms import as_stored
from clients.intake.places import TERRITORIES
from clients.intake.qdot import STAFF_COUPLE, STAFF_PERSON
from clients.intake.questions import CHOSEN_KINDS, Cell, Kind, Question
from clients.models import Matter
from clients.review_forms import plain_field, typed_by_staff
from clients.selectors import reviews_of
from clients.services.staff import FactsChangedError, facts_version, newest_facts
from clients.words import answer_in_words, fill, names_for_staff, value_in_words

# The engine's defaults (planning.engine.assumptions.DEFAULTS); a test keeps the two the same.
PRODUCT_DEFAULTS = {
    "growth": "5.0",
    "growth_set_points": "2",
    "qdot_income_yield": "2.0",
    "qdot_yearly_cost": "0.4",
    "indexing": "2.0",
    "spending_growth": "0",
    "capital_gains_rate": "23.8",
    "chance_gift_sold": "0",
    "bypass_percent": "100",
    "administration_expenses": "0",
    "closeness_tolerance": "1.0",
    "survivor_us_situs_share": "0",
    "qdot_us_situs_share": "100",
}
RATES = frozenset({"growth", "indexing", "spending_growth"})
LARGEST_RATE = 50
LARGEST_YEARS = 80
COUPLE = "couple"
# About both, but drawn beside the spouses and not in the grid of assumptions.
BESIDE_THE_GRID = frozenset({"ranking_order", "survivor_spending"})
# What the client was asked in other words than the fact the firm concludes from it.
ASKED_AS = {"domicile_state": "home_state", "domicile_country": "home_country"}


class RateField(forms.CharField):
    """A yearly rate in percent that may be negative; gives a Decimal or None."""

    def clean(self, value: Any) -> Any:
        """Read the rate."""
        typed = own.fold_digits(str(super().clean(value))).strip().replace("−", "-").replace("–", "-")
        is_negative = typed.startswith("-")
        message = _("Write a number from −50 to 50, for example 5 or −1.5.")
        try:
            rate: Decimal | None = own.parse_percent(typed[1:] if is_negative else typed)
        except ValidationError as error:
            raise ValidationError(message) from error
        if rate is None:
            if is_negative:
                raise ValidationError(message)
            return None
        if rate > LARGEST_RATE:
            raise ValidationError(message)
        return -rate if is_negative and rate else rate


@dataclass(slots=True)
class Drawn:
    """One field as the template draws it: the input, and what applies while it is empty."""

    field: BoundField
    input: SafeString
    default: str


class FactsForm(forms.Form):
    """Both spouses' facts, the couple's, and the assumptions; fields are named after whose they are."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31, required=False)

    def __init__(self, matter: Matter, data: Any = None) -> None:
        super().__init__(data)
        self.matter = matter
        self.people = {participant.slot: participant for participant in matter.participants.all()}
        self.names = names_for_staff(self.people["a"], self.people["b"])
        self.questions: dict[str, Question] = {}
        self.kept = {place: row.value for place, row in newest_facts(matter).items()}
        self.client = reviews_of(matter).accepted
        self.version_drawn = facts_version(matter)
        self.has_conflicts = False
        for slot in ("a", "b"):
            for question in STAFF_PERSON:
                self._add(slot, question)
        for question in STAFF_COUPLE:
            self._add(COUPLE, question)

    # --- building -------------------------------------------------------------------------------------------

    def _add(self, owner: str, question: Question) -> None:
        name = f"{owner}-{question.key}"
        field = self._field(question)
        field.required = False
        field.label = fill(question.label, self.names)
        field.help_text = self._hint(question) or field.help_text
        said = self._client_said(owner, question)
        if said:
            field.help_text = f"{field.help_text} {said}".strip()
        field.initial = self._shown(question, self.kept.get((_slot(owner), question.key)))
        self.fields[name] = field
        self.questions[name] = question

    def _field(self, question: Question) -> forms.Field:
        if question.kind in CHOSEN_KINDS:
            labels = [(option.value, fill(option.label, self.names)) for option in question.options]
            is_in_grid = question.use == "A" and question.key not in BESIDE_THE_GRID
            widget = forms.Select if is_in_grid else forms.RadioSelect
            return forms.ChoiceField(choices=[*labels, ("", _("Left open"))], widget=widget)
        if question.key in RATES:
            field: forms.Field = RateField(max_length=own.LONGEST_NUMBER * 2)
            field.widget.attrs.update({"inputmode": "text", "autocomplete": "off"})
            return field
        return plain_field(question, self.names)

    def _hint(self, question: Question) -> str:
        if question.key == "ranking_order":
            return _("Left open: the spouse who is a US citizen; where both or neither are, the wealthier one.")
        return fill(question.hint, self.names)

    def _client_said(self, owner: str, question: Question) -> str:
        asked = ASKED_AS.get(question.key, question.key)
        cell = Cell.from_json(self.client.get((_slot(owner), None, asked)))
        words = answer_in_words(question, cell, self.names)
        return _("The client said: %(answer)s.") % {"answer": words} if words else ""

    @staticmethod
    def _shown(question: Question, value: Any) -> str:
        return str(typed_by_staff(question, value))

    # --- reading --------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Check what depends on two fields, and the years."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, question in self.questions.items():
            value = cleaned.get(name)
            if question.kind == Kind.NUMBER and value is not None and value > LARGEST_YEARS:
                message = _("Write a whole number from 0 to %(most)d.")
                self.add_error(name, message % {"most": LARGEST_YEARS})
            if question.key == "number_of_heirs" and value == 0:
                self.add_error(name, _("Write how many heirs there are, one or more; leave it empty if not known."))
        for slot in ("a", "b"):
            self._check_domicile(slot, cleaned)
        first, second = cleaned.get("couple-years_to_first_death"), cleaned.get("couple-years_to_second_death")
        if first is not None and second is not None and second <= first:
            self.add_error(
                "couple-years_to_second_death", _("The second death comes after the first. Write more years here.")
            )
        return cleaned

    def _check_domicile(self, slot: str, cleaned: dict[str, Any]) -> None:
        """Refuse a state or country that contradicts what else is concluded about the domicile."""
        inside = cleaned.get(f"{slot}-us_domicile")
        state, country = cleaned.get(f"{slot}-domicile_state"), cleaned.get(f"{slot}-domicile_country")
        if state in TERRITORIES:
            self.add_error(f"{slot}-domicile_state", _("Choose a state or DC: a territory is not a US domicile here."))
        elif state and (inside == "no" or country not in (None, "", "US")):
            self.add_error(f"{slot}-domicile_state", _("Leave this open: what you chose beside it is a home abroad."))
        if country and inside and (inside == "yes") != (country == "US"):
            self.add_error(f"{slot}-domicile_country", _("This country does not fit your answer on US domicile."))

    @property
    def version_shown(self) -> int:
        """Give the version of the facts the page was shown with."""
        version = self.cleaned_data.get("version")
        return self.version_drawn if version is None else int(version)

    def changed_values(self) -> dict[str | None, dict[str, Any]]:
        """Give what the person changed on the page, in stored form; None for what was emptied."""
        changed: dict[str | None, dict[str, Any]] = {"a": {}, "b": {}, None: {}}
        for name, question in self.questions.items():
            slot = _slot(name.split("-", 1)[0])
            typed = str(self.data.get(name, "")).strip()
            was = self.data.get(f"was-{name}")
            shown = str(self.fields[name].initial) if was is None else str(was)
            if typed == shown or name not in self.data:
                continue
            value = as_stored(self.cleaned_data[name])
            changed[slot][question.key] = value if value not in ("", None) else None
        return changed

    def show_conflicts(self, error: FactsChangedError) -> None:
        """Say at each field what somebody else saved meanwhile; saving again overwrites it."""
        for (slot, key), row in error.kept.items():
            name = f"{slot or COUPLE}-{key}"
            value = value_in_words(self.questions[name], row.value, self.names) if row.value is not None else ""
            message = _("%(name)s saved “%(value)s” here meanwhile. Save again to keep yours.")
            self.add_error(name, message % {"name": row.answered_by.get_full_name(), "value": value or _("nothing")})
        self.version_drawn, self.has_conflicts = error.version, True

    # --- drawing --------------------------------------------------------------------------------------------

    def hidden(self) -> list[tuple[str, str]]:
        """Give the hidden fields: the version, and what each field was shown with."""
        shown = [(f"was-{name}", str(self.fields[name].initial)) for name in self.questions]
        if self.is_bound:
            shown = [(name, str(self.data.get(name, value))) for name, value in shown]
        version = self.version_drawn
        if self.is_bound and not self.has_conflicts:
            version = self.cleaned_data.get("version") or 0
        return [("version", str(version)), *shown]

    def error_lines(self) -> list[tuple[str, str]]:
        """Give each error with the id it leads to, naming the spouse: both have the same questions."""
        lines = []
        for name, errors in self.errors.items():
            if name not in self.questions:
                continue
            owner = name.split("-", 1)[0]
            label = str(self.fields[name].label)
            if owner in self.people:
                label = f"{self.people[owner].first_name}, {label}"
            field = self[name]
            is_list = isinstance(self.fields[name].widget, forms.RadioSelect)
            target = f"{field.auto_id}_0" if is_list else str(field.auto_id)
            lines += [(target, f"{label}: {error}") for error in errors]
        return lines

    def of_person(self, slot: str) -> list[BoundField]:
        """Give one spouse's fields."""
        return [self[f"{slot}-{question.key}"] for question in STAFF_PERSON]

    def persons(self) -> list[tuple[str, str, list[BoundField]]]:
        """Give each spouse's slot, name and fields."""
        return [(slot, participant.full_name, self.of_person(slot)) for slot, participant in self.people.items()]

    def couple_fields(self) -> list[BoundField]:
        """Give what is about both and no assumption of the engine's table."""
        return [self["couple-ranking_order"], self["couple-survivor_spending"]]

    def assumptions(self) -> list[Drawn]:
        """Give the assumptions with what applies while each is empty."""
        drawn = []
        for question in STAFF_COUPLE:
            if question.key in BESIDE_THE_GRID:
                continue
            field = self[f"couple-{question.key}"]
            default = self._default(question.key)
            ids = [f"{field.auto_id}-hint"] + ([f"{field.auto_id}-error"] if field.errors else [])
            attrs: dict[str, str | bool] = {
                "class": "form-control is-invalid" if field.errors else "form-control",
                "placeholder": default,
                "aria-describedby": " ".join(ids),
            }
            if field.errors:
                attrs["aria-invalid"] = "true"
            drawn.append(Drawn(field, field.as_widget(attrs=attrs), default))
        return drawn

    @staticmethod
    def _default(key: str) -> str:
        words = {
            "years_to_first_death": _("from the life table"),
            "years_to_second_death": _("from the life table"),
            "gift_years": _("10, or fewer until the first death"),
            "oath_months_earliest": _("from the processing times on file"),
            "oath_months_likely": _("from the processing times on file"),
            "oath_months_latest": _("from the processing times on file"),
            "basis_share_of_gifts": _("not known and not counted"),
            "insurance_trust_insured": _("no new policy"),
            "insurance_trust_death_benefit": _("no new policy"),
            "insurance_trust_yearly_premium": _("no new policy"),
            "insurance_trust_beneficiaries": _("nobody"),
            "survivor_leaves_us": _("no"),
            "state_accepts_qdot": _("no"),
            "treaty_confirmed": _("no"),
            "qdot_form": _("QTIP election"),
            "heirs": _("not known"),
            "number_of_heirs": _("not known"),
        }
        return PRODUCT_DEFAULTS.get(key) or words[key]


def _slot(owner: str) -> str | None:
    return None if owner == COUPLE else owner
