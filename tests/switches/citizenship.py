"""Switches: naturalization, and what it changes for the estate tax."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
