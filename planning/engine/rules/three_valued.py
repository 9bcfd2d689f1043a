"""Yes, no and unknown: the logic of facts that may be missing. Unknown is never taken for no."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["pass", "fail", "undecided"]


def all_of(*answers: bool | None) -> bool | None:
    """Return no if any answer is no, else unknown if any is unknown, else yes."""
    if False in answers:
        return False
    return None if None in answers else True


def any_of(*answers: bool | None) -> bool | None:
    """Return yes if any answer is yes, else unknown if any is unknown, else no."""
    if True in answers:
        return True
    return None if None in answers else False


def opposite(answer: bool | None) -> bool | None:  # noqa: FBT001 - the one thing it is about
    """Return the other answer; unknown stays unknown."""
    return None if answer is None else not answer


def outcome(answer: bool | None) -> Outcome:  # noqa: FBT001 - the one thing it is about
    """Return the answer of a test that must be met, in a word."""
    if answer is None:
        return "undecided"
    return "pass" if answer else "fail"
