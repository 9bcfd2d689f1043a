"""Switches: for every law rule, how to put it out of force, and the case whose answer must then change.

One module a field of law; each holds `SWITCHES`. `tests/engine/test_law_coverage.py` turns them.

    Switch("EST-32", {"planning.engine.rules.s2056a_security.over_two_million": lambda value: False},
           case=("qdot-security", "DRV-08"))

A key is the dotted name of the function or value that holds the rule, looked up
at the time of the test; wherever `planning` has imported it, it is replaced.
`case` is (file of tests/scenarios, id of the case).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """How to put one rule out of force, and the case that must notice."""

    rule: str
    off: Mapping[str, Any]
    case: tuple[str, str]
