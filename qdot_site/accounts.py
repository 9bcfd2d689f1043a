"""How allauth behaves here: nobody signs up alone, and mails name the firm only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation or by a firm's administrator, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse public sign-up."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second factor can be switched on by each person."""
