"""Switches: basis of every asset at every event."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
