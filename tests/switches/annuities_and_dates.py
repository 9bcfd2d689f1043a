"""Switches: annuities that cannot be assigned, valuation by section 7520, and dates."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
