"""IRC 2056A(d); Treas. Reg. 20.2056A-3: the QDOT election: on which return, until when, of what, and how.

The last return filed in time carries it; where none was, the first late one,
if it comes within a year of the due date. It takes a whole trust, cannot be
taken back, and is made by listing and deducting the trust on Schedule M. A
protective election needs a real doubt about one of four matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, next_business_day
from planning.engine.rules.three_valued import all_of, any_of, opposite

Doubt = Literal["decedent_status", "spouse_citizenship", "inclusion", "entitlement", "other"]
TIME = ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)")
WHOLE = ("Treas. Reg. 20.2056A-3(b)", "Treas. Reg. 20.2056(b)-7(b)(2)(ii)")
IRREVOCABLE = ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)")
PROTECTIVE = ("Treas. Reg. 20.2056A-3(c)", "Treas. Reg. 20.2056A-4(b)(8)")
MANNER = ("IRC 2056A(a)(3)", "Treas. Reg. 20.2056A-3(d)", "Form 706 Schedule M instructions")
# The residence or citizenship of the decedent, the spouse's citizenship, what the estate includes, what the spouse
# is entitled to.
DOUBTS_THAT_COUNT: frozenset[Doubt] = frozenset({"decedent_status", "spouse_citizenship", "inclusion", "entitlement"})
MONTHS_OF_THE_BAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """The days the election turns on.

    A return by `due` is in time; a first return after it may elect to `bar`.
    Between `bar` and `arguable_until` it depends on whether IRC 7503 moves the
    bar too, which no authority settles.
    """

    due: date
    bar: date
    arguable_until: date


@dataclass(frozen=True, slots=True)
class FiledReturn:
    """An estate tax return as filed; `elects` None: not known whether it makes the election."""

    filed_on: date
    elects: bool | None


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether an election may be made on the return that counts, and whether it was.

    `allowed` None: no return is filed, or the day falls between the two
    readings of the bar. `made` None: not known.
    """

    allowed: bool | None
    made: bool | None
    filed_on: date | None
    reason: str


def election_window(nominal_due: date, is_holiday: IsHoliday) -> Window:
    """Return the window of an estate whose return is due on `nominal_due`, extensions in and IRC 7503 left out."""
    due = next_business_day(nominal_due, is_holiday)
    return Window(
        due,
        add_months(nominal_due, MONTHS_OF_THE_BAR),
        next_business_day(add_months(due, MONTHS_OF_THE_BAR), is_holiday),
    )


def within_the_bar(filed_on: date, window: Window) -> bool | None:
    """Return whether a return of that day may still elect: not more than one year late. IRC 2056A(d)."""
    if filed_on <= window.bar:
        return True
    return None if filed_on <= window.arguable_until else False


def return_that_counts(returns: Sequence[FiledReturn], window: Window) -> FiledReturn | None:
    """Return the last return filed in time, else the first late one; None where none is filed."""
    in_time = [filed for filed in returns if filed.filed_on <= window.due]
    if in_time:
        return max(in_time, key=lambda filed: filed.filed_on)
    return min(returns, key=lambda filed: filed.filed_on) if returns else None


def election_timing(returns: Sequence[FiledReturn], window: Window) -> Timing:
    """Return how the election stands by time. IRC 2056A(d); Treas. Reg. 20.2056A-3(a)."""
    counts = return_that_counts(returns, window)
    if counts is None:
        return Timing(
            None, None, None, f"no return is filed; due {window.due.isoformat()}, barred after {window.bar.isoformat()}"
        )
    day = counts.filed_on.isoformat()
    if counts.filed_on <= window.due:
        allowed: bool | None = True
        reason = f"the return of {day} is the last one filed by {window.due.isoformat()}"
    else:
        allowed = within_the_bar(counts.filed_on, window)
        words = {
            True: f"not after {window.bar.isoformat()}",
            None: f"after {window.bar.isoformat()}, but by {window.arguable_until.isoformat()}: whether IRC 7503 "
            "moves the bar is not settled",
            False: f"more than one year after the due date: barred after {window.bar.isoformat()}",
        }
        reason = f"the return of {day} is the first one, filed late; {words[allowed]}"
    if counts.elects is False and any(filed.elects for filed in returns):
        reason += "; another return made the election, which does not count"
    return Timing(allowed, all_of(counts.elects, allowed), counts.filed_on, reason)


def severed_in_time(severed_on: date, window: Window, filed_on: date | None) -> bool:
    """Return whether a trust was severed before the election was due. Treas. Reg. 20.2056A-3(b).

    The due date of the return; for a first return filed late the day it was filed.
    """
    return severed_on < (window.due if filed_on is None else max(window.due, filed_on))


def whole_trust_elected(*, part_only: bool | None, severed_before: bool | None) -> bool | None:
    """Return whether the election takes a whole trust: the undivided one, or all of one severed before."""
    return any_of(opposite(part_only), severed_before)


def election_may_be_revoked() -> bool:
    """Return whether the election, once made, may be taken back: never. IRC 2056A(d)."""
    return False


def protective_statement_holds(
    *,
    doubt: Doubt | None,
    reasonable_belief: bool | None,
    signed_under_penalties: bool | None,
    assets_and_basis_named: bool | None,
) -> bool | None:
    """Return whether a protective election or assignment may be made. Treas. Reg. 20.2056A-3(c), -4(b)(8).

    The executor reasonably believes, when the return is filed, that there is a
    real doubt about one of the four matters, and a statement signed under
    penalties of perjury names the assets and the reason.
    """
    return all_of(
        None if doubt is None else doubt in DOUBTS_THAT_COUNT,
        reasonable_belief,
        signed_under_penalties,
        assets_and_basis_named,
    )


def election_presumed_made(*, listed: bool | None, deducted: bool | None) -> bool | None:
    """Return whether Schedule M makes the election: the trust or its whole value is listed there, and deducted."""
    return all_of(listed, deducted)


def papers_lacking(papers: dict[str, bool | None]) -> list[str]:
    """Return which papers of the return are said to be absent; each is to be supplied, none is the election."""
    return [name for name, there in papers.items() if there is False]
