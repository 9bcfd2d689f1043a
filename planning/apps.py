"""The app that holds the law, the engine, plans and documents."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Register the app."""

    name = "planning"
    verbose_name = "Planning"
