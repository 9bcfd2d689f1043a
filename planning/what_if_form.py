"""The form of the what-if page: every assumption as a field and a slider, filled with what the page opened with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.engine.assumptions import OATH_MONTHS
from planning.engine.facts import Spouse
from planning.forms import FIELD_ORDER, MONEY, AssumptionForm, NumberField
from planning.models import SCENARIO_NAME, SCENARIO_NOTE

# What belongs together; the first two groups stand open.
GROUPS = (
    (gettext_lazy("The two deaths"), ("ranking_order", "years_to_first_death", "years_to_second_death")),
    (
        gettext_lazy("Growth and spending"),
        ("growth", "growth_set_points", "indexing", "survivor_spending", "spending_growth"),
    ),
    (gettext_lazy("Gifts"), ("gift_years", "basis_share_of_gifts", "chance_gift_sold", "capital_gains_rate")),
    (gettext_lazy("The bypass trust"), ("bypass_percent",)),
    (gettext_lazy("The QDOT"), ("qdot_income_yield", "qdot_yearly_cost", "qdot_form")),
    (
        gettext_lazy("Where the survivor dies"),
        ("survivor_leaves_us", "survivor_us_situs_share", "qdot_us_situs_share"),
    ),
    (gettext_lazy("The way to citizenship"), OATH_MONTHS),
    (
        gettext_lazy("An insurance trust"),
        (
            "insurance_trust_insured",
            "insurance_trust_death_benefit",
            "insurance_trust_yearly_premium",
            "insurance_trust_beneficiaries",
        ),
    ),
    (
        gettext_lazy("States and treaties"),
        ("heirs", "number_of_heirs", "state_accepts_qdot", "treaty_confirmed"),
    ),
    (gettext_lazy("Costs, and what counts as close"), ("administration_expenses", "closeness_tolerance")),
)
OPEN_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Slider:
    """The ends and the step of a slider; what is typed may lie beyond its ends."""

    low: str
    high: str
    step: str


_PERCENT, _MONTHS = Slider("0", "100", "5"), Slider("0", "60", "1")
SLIDERS: dict[str, Slider] = {
    "years_to_first_death": Slider("0", "60", "1"),
    "years_to_second_death": Slider("1", "60", "1"),
    "growth": Slider("-5", "12", "0.25"),
    "growth_set_points": Slider("0", "10", "0.5"),
    "indexing": Slider("-2", "8", "0.25"),
    "survivor_spending": Slider("0", "1000000", "10000"),
    "spending_growth": Slider("-2", "8", "0.25"),
    "gift_years": Slider("0", "40", "1"),
    "basis_share_of_gifts": _PERCENT,
    "chance_gift_sold": _PERCENT,
    "capital_gains_rate": Slider("0", "50", "0.1"),
    "bypass_percent": _PERCENT,
    "qdot_income_yield": Slider("0", "10", "0.1"),
    "qdot_yearly_cost": Slider("0", "4", "0.1"),
    **dict.fromkeys(OATH_MONTHS, _MONTHS),
    "survivor_us_situs_share": _PERCENT,
    "qdot_us_situs_share": _PERCENT,
    "number_of_heirs": Slider("1", "12", "1"),
    "administration_expenses": Slider("0", "1000000", "10000"),
    "insurance_trust_death_benefit": Slider("0", "20000000", "250000"),
    "insurance_trust_yearly_premium": Slider("0", "500000", "5000"),
    "insurance_trust_beneficiaries": Slider("0", "10", "1"),
    "closeness_tolerance": Slider("0", "10", "0.1"),
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its slider; choices have none."""

    field: BoundField
    slider: Slider | None


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading."""

    title: str
    is_open: bool
    rows: list[FieldRow]


class WhatIfForm(AssumptionForm):
    """Every assumption, filled with what the saved plan or a scenario used."""

    def __init__(
        self,
        *args: Any,
        names: Mapping[Spouse, str],
        printed: Mapping[str, str],
        start: Mapping[str, Any],
        kept: Mapping[str, Any],
        shown: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """`start`: the value each field opened with; `kept`: those of them that somebody had set.

        `shown`: what to fill in over that. A field left as it was stays what it came from: a default of the product,
        the life table, or a client's answer. `printed`: what the saved plan used, in words.
        """
        self.start, self.kept = start, kept
        filled = {**start, **(shown or {})}
        initial = {name: _written(name, value) for name, value in filled.items() if value is not None}
        super().__init__(*args, names=names, printed={}, initial=initial, **kwargs)
        for name, words in printed.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def given(self) -> dict[str, Any]:
        """Return the assumptions that are set: those set before, and those changed here."""
        return {
            name: value
            for name, value in super().given().items()
            if name in self.kept or not _same(value, self.start.get(name))
        }

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields by what they are about."""
        grouped = {name for _title, names in GROUPS for name in names}
        rest = tuple(name for name in FIELD_ORDER if name not in grouped)
        groups = [*GROUPS, *([(gettext_lazy("More"), rest)] if rest else [])]
        return [
            FieldGroup(
                str(title),
                number < OPEN_GROUPS or any(name in self.errors for name in names) or self._any_changed(names),
                [FieldRow(self[name], SLIDERS.get(name)) for name in names if name in self.fields],
            )
            for number, (title, names) in enumerate(groups)
        ]

    def _any_changed(self, names: tuple[str, ...]) -> bool:
        return self.is_bound and any(name in self.changed_data for name in names)


def _written(name: str, value: Any) -> str:
    """Return a value as people write it: 300,000."""
    if name not in MONEY:
        return str(value)
    amount = Decimal(str(value))
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _same(value: Any, start: Any) -> bool:
    """Whether two values mean the same: 5 and 5.0."""
    if start is None:
        return False
    try:
        return Decimal(str(value)) == Decimal(str(start))
    except InvalidOperation:
        return str(value) == str(start)


class ScenarioForm(forms.Form):
    """Name and note of a scenario."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=SCENARIO_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write a name, such as: Growth of 3%.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Why you tried it. Clients do not see it."),
        required=False,
        max_length=SCENARIO_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Its fields stand on pages with other forms, so their ids are their own."""
        super().__init__(*args, **{"auto_id": "scenario-%s", **kwargs})

    def clean_name(self) -> str:
        """Return the name on one line; marks that nobody sees are no name."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isprintable() and not letter.isspace() for letter in name):
            raise ValidationError(_("Write a name, such as: Growth of 3%."))
        return name


MOST_POINTS = 20


class GrowthSetsForm(forms.Form):
    """By how many points the two growth sets lie below and above the base."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Two points are offered."""
        super().__init__(*args, **{"auto_id": "growth-sets-%s", "initial": {"points": "2"}, **kwargs})
        words = _("Write points from 0.1 to 20, such as 2.")
        field = NumberField(low=Decimal("0.1"), high=Decimal(MOST_POINTS), expected=words, places=2, required=True)
        field.label = _("Points below and above")
        field.error_messages["required"] = words
        self.fields["points"] = field
