"""`manage.py load_demo`: make the demo firm once and print its accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from planning.demo.firm import FIRM_NAME, load_demo, logins


class Command(BaseCommand):
    """Load an invented firm with two invented couples; running it again changes nothing."""

    help = "Load the demo firm (invented people and figures) and print its accounts."

    def handle(self, *_: Any, **__: Any) -> None:
        """Make the firm if it is not there, and print how to sign in."""
        made = load_demo()
        self.stdout.write(f"{FIRM_NAME}: {'loaded' if made else 'already here'} (invented people and figures).")
        for login in logins():
            self.stdout.write(f"  {login.role:<10} {login.email:<32} {login.how}")
