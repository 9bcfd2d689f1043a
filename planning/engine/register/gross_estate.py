"""What the estate holds and how the spouse and the decedent count, nonresident decedents included."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = ()
