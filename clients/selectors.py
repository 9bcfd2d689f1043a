"""Reads that cross tables."""

from __future__ import annotations

from clients.access import firm_of_client

__all__ = ["firm_of_client"]
