"""Annuities that cannot be assigned, valuation by section 7520, and dates."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
