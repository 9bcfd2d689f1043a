"""Naturalization, and what it changes for the estate tax."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
