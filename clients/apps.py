"""The app that holds firms, people, matters and answers."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Register the app."""

    name = "clients"
    verbose_name = "Clients"
