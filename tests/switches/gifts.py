"""Switches: gifts during life."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
