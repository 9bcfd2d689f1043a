"""Whether a treaty's marital relief is open: who lived where, and who was a citizen of what.

The protocols with Canada, France and Germany ask the same: the decedent a US
citizen or at home in one of the two States, the spouse at home in one of them,
and, where both live here, one of them a citizen of the other State; and that
the executor elects and gives up the marital deduction, a QDOT with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.engine.rules.three_valued import all_of, any_of
from planning.engine.treaties import UNITED_STATES, Condition, MaritalRelief, Treaty

DecedentStatus = Literal["citizen", "domiciled_here", "neither"]
State = Literal["met", "not_met", "unknown", "to_do"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One spouse: ISO codes of citizenships, and the country of domicile; None: not known.

    `residence` is the country of residence for income tax, which the treaty with
    Canada goes by; None: as the domicile.
    """

    citizenships: tuple[str, ...] | None = None
    domicile: str | None = None
    residence: str | None = None

    def citizen_of(self, code: str) -> bool | None:
        """Return whether the person is a citizen of the country, None where it is not known."""
        return None if self.citizenships is None else code in self.citizenships

    def home(self, treaty: Treaty) -> str | None:
        """Return the country where the person is at home in the sense of the treaty."""
        return (self.residence or self.domicile) if treaty.kind == "income_tax" else self.domicile

    def at_home_in(self, treaty: Treaty, *codes: str) -> bool | None:
        """Return whether the person is at home in one of the countries."""
        home = self.home(treaty)
        return None if home is None else home in codes

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country the person is known to have to do with."""
        homes = (self.domicile, self.residence)
        return (*(self.citizenships or ()), *(home for home in homes if home is not None))


@dataclass(frozen=True, slots=True)
class Tested:
    """A condition and how it stands; `to_do` is the executor's election, made after the death."""

    condition: Condition
    state: State


def decedent_status(*, citizen: bool | None, domiciled_here: bool | None) -> DecedentStatus | None:
    """Return how the law sees the decedent, None where a fact is missing. IRC 2001(a), 2101(a)."""
    if citizen:
        return "citizen"
    if citizen is None:
        return None
    if domiciled_here is None:
        return None
    return "domiciled_here" if domiciled_here else "neither"


def holds(test: str, treaty: Treaty, status: DecedentStatus, decedent: Party, survivor: Party) -> bool | None:
    """Return whether one condition about the persons holds, None where a fact is missing.

    `test` is that of a `Condition`, but for the executor's election.
    """
    either = (UNITED_STATES, treaty.code)
    if test == "decedent":
        return any_of(status != "neither", decedent.at_home_in(treaty, *either))
    if test == "spouse":
        return survivor.at_home_in(treaty, *either)
    lives_here = True if status == "domiciled_here" else decedent.at_home_in(treaty, UNITED_STATES)
    both = all_of(lives_here, survivor.at_home_in(treaty, UNITED_STATES))
    one_is = any_of(decedent.citizen_of(treaty.code), survivor.citizen_of(treaty.code))
    if both is False:
        return True
    return one_is if both else True if one_is else None


def tested(
    relief: MaritalRelief,
    treaty: Treaty,
    *,
    status: DecedentStatus,
    decedent: Party,
    survivor: Party,
    elected: bool | None,
) -> tuple[Tested, ...]:
    """Return every condition of `relief` with how it stands; `elected` None: the executor still may."""
    found: list[Tested] = []
    words: dict[bool | None, State] = {True: "met", False: "not_met", None: "unknown"}
    for condition in relief.conditions:
        if condition.test == "election":
            found.append(Tested(condition, "to_do" if elected is None else words[elected]))
        else:
            found.append(Tested(condition, words[holds(condition.test, treaty, status, decedent, survivor)]))
    return tuple(found)


def may_apply(conditions: tuple[Tested, ...]) -> bool | None:
    """Return whether the relief is open: no where a condition fails, unknown where a fact is missing."""
    states = {entry.state for entry in conditions}
    if "not_met" in states:
        return False
    return None if "unknown" in states else True
