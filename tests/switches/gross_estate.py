"""Switches: what the estate holds and how the spouse and the decedent count, nonresident decedents included."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
