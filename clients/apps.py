"""The app that knows who: firms, their people, matters, and what was answered."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Register the app."""

    name = "clients"
    verbose_name = "Clients"

    def ready(self) -> None:
        """Let the board follow the ledger."""
        from clients.services import board  # noqa: PLC0415 - models load after the apps

        board.connect()
