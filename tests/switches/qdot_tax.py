"""Switches: the tax on what leaves a QDOT, portability and the credit for tax on prior transfers."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
