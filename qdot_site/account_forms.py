"""Sign-in forms that differ from allauth's."""

from __future__ import annotations

from typing import cast

from allauth.account.forms import RequestLoginCodeForm


class ClientLoginCodeForm(RequestLoginCodeForm):
    """A code by e-mail signs in clients only; staff have a password, and a second step when they want one."""

    def clean_email(self) -> str:
        """Treat a staff address like an unknown one: the same page follows, no code is sent."""
        email = cast(str, super().clean_email())
        if getattr(getattr(self, "_user", None), "membership", None) is not None:
            self._user = None
        return email
