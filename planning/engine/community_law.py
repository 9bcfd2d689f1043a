"""Community property as values: whose law makes it, where couples may choose it, and how sure each point is.

Nothing here reads files; `planning/community_property.py` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planning.engine.inheritance_law import Verified


@dataclass(frozen=True, slots=True)
class CommunityPoint:
    """One point of this law in words, how sure it is, and what the attorney is asked where it is not settled."""

    text: str
    status: Verified
    citations: tuple[str, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class CommunityLaw:
    """The community property states and what follows at a death.

    `states` and `by_choice` name them by code. `elsewhere` are other states with a
    rule of their own for property acquired elsewhere; `quasi_state` is the one
    whose quasi-community property is worked with, its points in `quasi`.
    `questions` are for couples who moved.
    """

    states: Mapping[str, str]
    by_choice: Mapping[str, str]
    elsewhere: frozenset[str]
    quasi_state: str
    points: Mapping[str, CommunityPoint]
    quasi: Mapping[str, CommunityPoint]
    questions: tuple[str, ...]
    as_of: date
    source: str
