"""Filters that draw any form field with labels, hints and errors tied together."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Tell whether the field is drawn as a list of radio buttons or boxes."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Tell whether the field is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def described_by(field: BoundField) -> str:
    """Name the elements that describe the field: its hint and its error."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    ids += [f"{field.auto_id}-error"] if field.errors else []
    return " ".join(ids)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """Draw the input with the house's class names and with its hint and error attached.

    A placeholder vanishes while somebody types, so it is never used as a hint.
    """
    field.field.widget.attrs.pop("placeholder", None)
    attributes: dict[str, str | bool] = {}
    base = "form-check-input" if is_checkbox(field) else "form-control"
    own = str(field.field.widget.attrs.get("class", ""))
    attributes["class"] = " ".join(part for part in (base, own, "is-invalid" if field.errors else "") if part)
    if field.errors:
        attributes["aria-invalid"] = "true"
    description = described_by(field)
    if description:
        attributes["aria-describedby"] = description
    return field.as_widget(attrs=attributes)


@register.filter
def choice_input(choice: BoundWidget) -> SafeString:
    """Draw one radio button or box of a list without its label."""
    choice.data["attrs"]["class"] = "form-check-input"
    choice.data["wrap_label"] = False
    return choice.tag(wrap_label=False)
