"""The forms of the page on which an administrator keeps the firm's data and its staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import fields as own
from clients.colors import HEX_COLOR, readable
from clients.models import Firm, Membership

FIRM_FIELDS = (
    "name", "address", "phone", "email", "website", "contact_name", "accent_color", "joint_representation_text",
)  # fmt: skip


class FirmForm(forms.Form):
    """What every page and letter carries of the firm."""

    name = own.CleanTextField(
        label=gettext_lazy("Name of the firm"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write the firm’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    address = own.CleanTextField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=500,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    phone = own.CleanTextField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Write an e-mail address, for example office@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write a web address, for example https://www.example.com.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    contact_name = own.CleanTextField(
        label=gettext_lazy("Contact person"),
        help_text=gettext_lazy("Clients see this name where they can ask for help."),
        required=False,
        max_length=120,
    )
    accent_color = forms.CharField(
        label=gettext_lazy("Accent color"),
        help_text=gettext_lazy("# and six digits or letters a to f, for example #1f4e5f. Links and buttons use it."),
        max_length=7,
        error_messages={"required": gettext_lazy("Write a color, for example #1f4e5f.")},
        widget=forms.TextInput(attrs={"class": "w-date", "spellcheck": "false", "autocomplete": "off"}),
    )
    joint_representation_text = own.CleanTextField(
        label=gettext_lazy("Text about working for both spouses"),
        help_text=gettext_lazy(
            "Each spouse reads it before the first question. Left empty, clients read the text below the field."
        ),
        required=False,
        max_length=6000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, firm: Firm, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(firm, name) for name in FIRM_FIELDS})
        self.was_darkened = False

    def clean_website(self) -> str:
        """Keep to web addresses."""
        address: str = self.cleaned_data["website"]
        if address:
            message = _("Write a web address, for example https://www.example.com.")
            URLValidator(schemes=["http", "https"], message=message)(address)
        return address

    def clean_accent_color(self) -> str:
        """Read the color and darken it until it can be read on white."""
        typed = str(self.cleaned_data["accent_color"]).strip().lower()
        if not HEX_COLOR.fullmatch(typed):
            raise forms.ValidationError(_("Write # and six digits or letters a to f, for example #1f4e5f."))
        color = readable(typed)
        self.was_darkened = color != typed
        return color


class NewMemberForm(forms.Form):
    """Someone who starts at the firm."""

    full_name = own.CleanTextField(
        label=gettext_lazy("Full name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the person’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("A mail goes there at once, with a link to choose a password."),
        error_messages={
            "required": gettext_lazy("Write the person’s e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address, for example dana@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a role.")},
    )

    prefix = "new"


class MemberForm(forms.Form):
    """Role and access of one member of staff."""

    member = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Membership.Role.choices)
    is_active = forms.BooleanField(label=gettext_lazy("May sign in"), required=False)
