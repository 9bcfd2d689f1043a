"""Switches: ways into a QDOT, its election, hardship, and citizenship afterwards."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
