"""The estate tax of a citizen or resident: rates, credit, deductions, returns."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
