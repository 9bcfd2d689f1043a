"""The inheritance taxes of states as values: classes of heirs, their rates, and how each state exempts.

An inheritance tax falls on what each heir takes, by kinship, not on the estate
as a whole. Nothing here reads files; `planning/inheritance_taxes.py` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.law import LawNotKnownError, RateTable

Verified = Literal["verified", "inferred", "unverified"]
# What a class leaves free: off the lowest bracket, below the first bracket, off the whole, or nothing.
Exempting = Literal["first_bracket", "in_brackets", "subtracted", "none"]
# How a trust for the spouse is treated: elected in, deferred unless elected out, or only the spouse's own interest.
SpouseTrust = Literal["elected_in", "deferred_unless_elected_out", "interest_only"]
# An heir seen from the decedent; `child_in_law` is the spouse, widow or widower of a child.
Relationship = Literal[
    "spouse",
    "civil_union_partner",
    "domestic_partner",
    "parent",
    "stepparent",
    "grandparent",
    "child",
    "adopted_child",
    "acknowledged_child",
    "stepchild",
    "grandchild",
    "step_grandchild",
    "great_grandchild",
    "child_in_law",
    "grandchild_in_law",
    "sibling",
    "half_sibling",
    "sibling_in_law",
    "nephew_or_niece",
    "grand_nephew_or_niece",
    "aunt_or_uncle",
    "cousin",
    "friend",
    "charity",
    "business",
    "other",
]


@dataclass(frozen=True, slots=True)
class HeirClass:
    """One class of heirs of one state. `table` is None where the class pays nothing.

    `relationships` are the kinships that belong to it, `others` whether everybody
    not named elsewhere does; `exempt_amount` (USD) is what stays free in the way
    of `exempting`; transfers of less than `trifle` or not more than `not_above` (USD)
    are free altogether.
    """

    name: str
    relationships: frozenset[str]
    others: bool
    exempting: Exempting
    exempt_amount: Decimal
    trifle: Decimal
    not_above: Decimal
    table: RateTable | None
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YoungHeirs:
    """Heirs spared for their age: those of `oldest` years or younger.

    `children_of_decedent`: only children, from a parent. `parents_of_decedent`:
    also parents, where the decedent was no older than that.
    """

    oldest: int
    children_of_decedent: bool
    parents_of_decedent: bool
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GiftsTakenBack:
    """Gifts shortly before death, taxed as if inherited: those above `free` USD a person and calendar year."""

    years: int
    free: Decimal
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifeInsurance:
    """That life insurance on the decedent, payable to somebody named, is not taxed; how sure that is."""

    status: Verified
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something about a state's tax that is not settled, with the question for the attorney.

    It concerns heirs of these `relationships`, in deaths from `first` on.
    """

    point: str
    status: Verified
    question: str
    citations: tuple[str, ...]
    relationships: frozenset[str]
    first: date


@dataclass(frozen=True, slots=True)
class InheritanceLaw:
    """The inheritance tax of one state on deaths from `first` to `last`.

    `classes` is empty where the tax has ended. `asks` are kinships whose class
    turns on a further fact; `federal_tax_citations` say that federal estate tax is
    deducted (empty: it is not, or that is not known). The spouse pays nothing in any of these states, and
    none of them asks for the spouse's citizenship.
    """

    state: str
    name: str
    first: date
    last: date
    citations: tuple[str, ...]
    classes: Mapping[str, HeirClass]
    spouse_citations: tuple[str, ...]
    spouse_trust: SpouseTrust
    spouse_trust_citations: tuple[str, ...]
    young: YoungHeirs | None
    gifts: GiftsTakenBack | None
    insurance: LifeInsurance | None
    federal_tax_citations: tuple[str, ...]
    asks: Mapping[str, str]
    open_points: tuple[OpenPoint, ...]

    def class_of(self, relationship: str) -> HeirClass | None:
        """Return the class of a kinship, or None where that turns on a further fact (`asks`)."""
        if relationship in self.asks:
            return None
        for found in self.classes.values():
            if relationship in found.relationships:
                return found
        return next(found for found in self.classes.values() if found.others)

    @property
    def taxes_children(self) -> bool:
        """Whether children of the decedent pay anything."""
        group = self.class_of("child") if self.classes else None
        return group is not None and group.table is not None

    def open_for(self, relationship: str, on: date) -> tuple[OpenPoint, ...]:
        """Return what is not settled about an heir of a kinship in a death `on` a day."""
        return tuple(point for point in self.open_points if relationship in point.relationships and point.first <= on)


@dataclass(frozen=True, slots=True)
class InheritanceBook:
    """The inheritance taxes of all states, by state and band of dates."""

    laws: tuple[InheritanceLaw, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The states that have or lately had an inheritance tax, in the order of their codes."""
        return tuple(sorted({law.state for law in self.laws}))

    def of(self, state: str, on: date) -> InheritanceLaw:
        """Return the law of `state` for a death `on` a day; raises `LawNotKnownError` where none is held."""
        bands = sorted((law for law in self.laws if law.state == state), key=lambda law: law.first)
        for law in bands:
            if law.first <= on <= law.last:
                return law
        if not bands:
            message = f"no inheritance tax is held for {state}: known are {', '.join(self.states)}"
            raise LawNotKnownError(message)
        message = (
            f"no inheritance tax law of {state} for {on.isoformat()}: the law files hold deaths from "
            f"{bands[0].first.isoformat()} to {bands[-1].last.isoformat()}"
        )
        raise LawNotKnownError(message)
