"""Switches: what makes a trust a QDOT and keeps it one."""

from tests.switches import Switch

SWITCHES: list[Switch] = []
