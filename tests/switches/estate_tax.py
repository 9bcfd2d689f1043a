"""Switches: the estate tax of a citizen or resident: rates, credit, deductions, returns."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
