"""The app that holds the law, the engine, plans and documents."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Register the app."""

    name = "planning"
    verbose_name = "Planning"

    def ready(self) -> None:
        """Tell the board of matters where a plan's next date comes from."""
        from clients.services import board  # noqa: PLC0415 - models load after the apps
        from planning.board_dates import next_plan_date  # noqa: PLC0415

        if next_plan_date not in board.date_sources:
            board.date_sources.append(next_plan_date)
