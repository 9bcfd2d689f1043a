"""What makes a trust a QDOT and keeps it one."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
