"""Forms of the staff's pages about a matter: opening it, correcting a spouse, clearing names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.fields import CleanTextField
from clients.models import Participant
from clients.services.matters import EmailNotUsableError, Spouse, refuse_email

NAME_LENGTH = 200
EMAIL_LENGTH = 254
NOTE_LENGTH = 1000
FIELD_TEMPLATE = "includes/_field.html"


def _helper(*layout: Any) -> FormHelper:
    """Give a helper that draws fields the house's way inside a form the page writes itself."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.field_template = FIELD_TEMPLATE
    helper.layout = Layout(*layout)
    return helper


def _name_field(label: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        max_length=NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write the full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


def _email_field(label: Any, help_text: Any = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=EMAIL_LENGTH,
        help_text=help_text,
        error_messages={"required": gettext_lazy("Write the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _language_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)


class OpenMatterForm(forms.Form):
    """Two spouses: names, an own e-mail address each, the language each reads."""

    a_full_name = _name_field(gettext_lazy("First spouse’s full name"))
    a_email = _email_field(gettext_lazy("First spouse’s e-mail"))
    a_language = _language_field(gettext_lazy("First spouse’s language"))
    b_full_name = _name_field(gettext_lazy("Second spouse’s full name"))
    b_email = _email_field(
        gettext_lazy("Second spouse’s e-mail"), gettext_lazy("Another address, so that each can answer in private.")
    )
    b_language = _language_field(gettext_lazy("Second spouse’s language"))
    save_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Div(
                Div("a_full_name", "a_email", "a_language"),
                Div("b_full_name", "b_email", "b_language"),
                css_class="cols cols-2",
            ),
            "save_key",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse one address for both spouses, and an address of the firm's staff, with the reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        one, other = cleaned.get("a_email"), cleaned.get("b_email")
        if one and other:
            try:
                refuse_email(other, one)
            except EmailNotUsableError as refused:
                self.add_error("b_email", str(refused))
        return cleaned

    def spouse(self, slot: str) -> Spouse:
        """Give one spouse as the services take it."""
        return Spouse(
            full_name=self.cleaned_data[f"{slot}_full_name"],
            email=self.cleaned_data[f"{slot}_email"],
            language=self.cleaned_data[f"{slot}_language"],
        )

    @property
    def key(self) -> UUID | None:
        """Give the form's key: the same form sent again opens nothing."""
        key: UUID | None = self.cleaned_data.get("save_key")
        return key


class ParticipantForm(forms.Form):
    """Correct one spouse; the address stays once the spouse has signed in with it."""

    full_name = _name_field(gettext_lazy("Full name"))
    email = _email_field(gettext_lazy("E-mail"))
    language = _language_field(gettext_lazy("Language"))

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", participant.slot)
        kwargs.setdefault(
            "initial",
            {
                "full_name": participant.full_name,
                "email": participant.email,
                "language": participant.language,
            },
        )
        super().__init__(*args, **kwargs)
        self.participant = participant
        if participant.user_id is not None:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("The spouse has signed in with this address; it stays.")
        self.helper = _helper("full_name", "email", "language")

    def spouse(self) -> Spouse:
        """Give the spouse as the services take it."""
        data = self.cleaned_data
        return Spouse(full_name=data["full_name"], email=data["email"], language=data["language"])


class ClearanceForm(forms.Form):
    """Why the names found in other matters are no conflict."""

    note = CleanTextField(
        label=gettext_lazy("Why this is no conflict"),
        help_text=gettext_lazy("Stays in the file with your name and the date."),
        max_length=NOTE_LENGTH,
        multiline=True,
        error_messages={"required": gettext_lazy("Write why, in a sentence.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("note", "seen")
