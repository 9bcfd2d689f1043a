"""Forms of the plan pages: assumptions, the attorney's decision, the signature."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.casefile import MOST_HEIRS, AssumptionsInput
from planning.engine.assumptions import LABELS, OATH_MONTHS
from planning.engine.facts import Spouse
from planning.inputs import HIGHEST_RATE, LARGEST_MONEY, LONGEST_MONTHS, InputError, validate

MOST_YEARS = 80
MOST_POINTS = Decimal(20)
# Smallest and largest percentage of each assumption; growth may be negative.
RATES = frozenset({"growth", "indexing", "spending_growth"})
MONEY = frozenset(
    {
        "survivor_spending",
        "administration_expenses",
        "insurance_trust_death_benefit",
        "insurance_trust_yearly_premium",
    }
)
YEARS = frozenset({"years_to_first_death", "years_to_second_death", "gift_years"})
COUNTS = frozenset({"number_of_heirs"})
PEOPLE = frozenset({"insurance_trust_beneficiaries"})
MOST_PEOPLE = 100
FIELD_ORDER = (
    "ranking_order",
    "years_to_first_death",
    "years_to_second_death",
    "growth",
    "growth_set_points",
    "indexing",
    "survivor_spending",
    "spending_growth",
    "gift_years",
    "bypass_percent",
    "qdot_income_yield",
    "qdot_yearly_cost",
    "capital_gains_rate",
    "chance_gift_sold",
    "basis_share_of_gifts",
    "insurance_trust_insured",
    "insurance_trust_death_benefit",
    "insurance_trust_yearly_premium",
    "insurance_trust_beneficiaries",
    "administration_expenses",
    "oath_months_earliest",
    "oath_months_likely",
    "oath_months_latest",
    "survivor_leaves_us",
    "survivor_us_situs_share",
    "qdot_us_situs_share",
    "state_accepts_qdot",
    "treaty_confirmed",
    "heirs",
    "number_of_heirs",
    "qdot_form",
    "closeness_tolerance",
)


class NumberField(forms.CharField):
    """A number as people write it: 5, 5.0 %, $300,000."""

    def __init__(self, *, low: Decimal, high: Decimal, expected: str, places: int, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_length=40, **kwargs)
        self.low, self.high, self.expected, self.places = low, high, expected, places
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "w-year"})

    def clean(self, value: Any) -> Decimal | None:
        """Return the number, None for an empty field; refuse anything else with what to write."""
        text = super().clean(value).replace("$", "").replace("%", "").replace(",", "").replace(" ", "")
        text = text.replace("−", "-").replace("\u00a0", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError(self.expected) from None
        if not number.is_finite() or not text.isascii() or "e" in text.lower() or "_" in text:
            raise ValidationError(self.expected)
        if not self.low <= number <= self.high or number != round(number, self.places):
            raise ValidationError(self.expected)
        return number


class AssumptionForm(forms.Form):
    """What the comparison assumes; an empty field takes the product default or the fact."""

    def __init__(self, *args: Any, names: Mapping[Spouse, str], printed: Mapping[str, str], **kwargs: Any) -> None:
        """`names` of the spouses; `printed` says for each assumption what the shown plan used."""
        super().__init__(*args, **kwargs)
        for name in FIELD_ORDER:
            label, unit = LABELS[name]
            choices = _choices(name, names)
            if choices:
                first = ("", _("as the product decides"))
                field: forms.Field = forms.ChoiceField(choices=[first, *choices], required=False)
                unit_words = ""
            else:
                field = _number_field(name)
                unit_words = unit
            field.label = label
            hint = [word for word in (unit_words, printed.get(name, "")) if word]
            field.help_text = "; ".join(hint)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Check what only holds of several fields together, with the words of the case file's own check behind it."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("years_to_first_death"), cleaned.get("years_to_second_death")
        if first is not None and second is not None and second <= first:
            self.add_error("years_to_second_death", _("Write more years than to the first death."))
        if not self.errors:
            try:
                validate(AssumptionsInput, self.given())
            except InputError as error:
                for fault in error.faults:
                    name, _colon, words = fault.partition(": ")
                    self.add_error(name if name in self.fields else None, words or fault)
        return cleaned

    def given(self) -> dict[str, Any]:
        """Return the assumptions that were set, as the case file writes them."""
        values: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if value in (None, ""):
                continue
            if name in YEARS | COUNTS | PEOPLE:
                values[name] = int(value)
            else:
                values[name] = f"{value:f}" if isinstance(value, Decimal) else value
        return values


def _choices(name: str, names: Mapping[Spouse, str]) -> list[tuple[str, str]]:
    """Return the values of an assumption that is chosen and not typed; empty for a number."""
    chosen: dict[str, list[tuple[str, str]]] = {
        "ranking_order": [(slot, names[slot]) for slot in names],
        "insurance_trust_insured": [*((slot, names[slot]) for slot in names), ("both", _("the second of both"))],
        "survivor_leaves_us": [("no", _("no")), ("yes", _("yes"))],
        "state_accepts_qdot": [("no", _("not confirmed")), ("yes", _("confirmed by the attorney"))],
        "treaty_confirmed": [("no", _("not confirmed")), ("yes", _("confirmed by the attorney"))],
        "qdot_form": [
            ("qtip", _("QTIP election")),
            ("general_power", _("general power of appointment")),
            ("estate_trust", _("estate trust")),
        ],
    }
    chosen["heirs"] = [
        ("children", _("children")),
        ("siblings", _("siblings")),
        ("nieces_nephews", _("nieces and nephews")),
        ("unrelated", _("people not related")),
        ("charity", _("charities")),
    ]
    return chosen.get(name, [])


def _number_field(name: str) -> NumberField:
    if name in YEARS:
        words = _("Write whole years from 0 to 80, such as 16.")
        return NumberField(low=Decimal(0), high=Decimal(MOST_YEARS), expected=words, places=0)
    if name in COUNTS:
        words = _("Write a whole number from 1 to 100, such as 2.")
        return NumberField(low=Decimal(1), high=Decimal(MOST_HEIRS), expected=words, places=0)
    if name in PEOPLE:
        words = _("Write a whole number of people from 0 to 100, such as 3.")
        return NumberField(low=Decimal(0), high=Decimal(MOST_PEOPLE), expected=words, places=0)
    if name in MONEY:
        words = _("Write an amount in US dollars, zero or more, such as 300,000.")
        return NumberField(low=Decimal(0), high=LARGEST_MONEY, expected=words, places=2)
    if name in RATES:
        words = _("Write a percentage from -50 to 50, such as 5.0.")
        return NumberField(low=Decimal(-HIGHEST_RATE), high=Decimal(HIGHEST_RATE), expected=words, places=6)
    if name == "growth_set_points":
        words = _("Write points from 0 to 20, such as 2.")
        return NumberField(low=Decimal(0), high=MOST_POINTS, expected=words, places=2)
    if name in OATH_MONTHS:
        words = _("Write months from 0 to 240, such as 10.")
        return NumberField(low=Decimal(0), high=LONGEST_MONTHS, expected=words, places=1)
    words = _("Write a percentage from 0 to 100, such as 2.0.")
    return NumberField(low=Decimal(0), high=Decimal(100), expected=words, places=6)


class DecideForm(forms.Form):
    """Which arrangement the attorney chooses, and why."""

    chosen_strategy = forms.ChoiceField(
        label=gettext_lazy("Arrangement"),
        error_messages={
            "required": gettext_lazy("Choose one of the arrangements."),
            "invalid_choice": gettext_lazy("Choose one of the arrangements that are open to this couple."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("Printed in the paper for the clients. Needed if you choose another than ranked first."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], recommended: str, **kwargs: Any) -> None:
        """`choices` are strategies with titles; `recommended` needs no reason."""
        super().__init__(*args, **{"auto_id": "decide-%s", **kwargs})
        self.recommended = recommended
        field = self.fields["chosen_strategy"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the attorney overrides."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("chosen_strategy")
        if chosen and chosen != self.recommended and not cleaned.get("reason"):
            self.add_error("reason", _("Write why you choose another arrangement; the clients read it."))
        return cleaned


class SignForm(forms.Form):
    """The attorney's note for the file, and the acknowledgement of projected amounts."""

    note = forms.CharField(
        label=gettext_lazy("Note for the file"),
        help_text=gettext_lazy("What you looked at and why you sign. Clients do not see it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a note: what you looked at and why you sign.")},
    )
    projected_law_acknowledged = forms.BooleanField(
        label=gettext_lazy("I know that this plan uses projected amounts of the law."),
        error_messages={"required": gettext_lazy("Tick the box to say that you know.")},
    )

    def __init__(self, *args: Any, asks_projected: bool, **kwargs: Any) -> None:
        """Ask about projected amounts only where the plan uses some."""
        super().__init__(*args, **{"auto_id": "sign-%s", **kwargs})
        if not asks_projected:
            del self.fields["projected_law_acknowledged"]
