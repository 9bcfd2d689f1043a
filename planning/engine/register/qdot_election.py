"""Ways into a QDOT, its election, hardship, and citizenship afterwards."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
