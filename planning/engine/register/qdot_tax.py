"""The tax on what leaves a QDOT, portability and the credit for tax on prior transfers."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
