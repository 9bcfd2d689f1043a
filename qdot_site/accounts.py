"""How allauth behaves here: nobody signs up alone, and mails name the firm only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation or by a firm's administrator, never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "incorrect_code": _("This code does not match, or it is too old."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse public sign-up."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second factor can be switched on by each person."""
