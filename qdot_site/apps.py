"""The Django app that carries the shared template filters and set-up commands."""

from __future__ import annotations

from django.apps import AppConfig


class QdotSiteConfig(AppConfig):
    """Register template filters, commands and the sign-in signals."""

    name = "qdot_site"
    verbose_name = "Site"
