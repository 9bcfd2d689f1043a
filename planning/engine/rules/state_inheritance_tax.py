"""Inheritance taxes of Kentucky, Maryland, Nebraska, New Jersey and Pennsylvania: what each heir pays.

The class of an heir, by kinship, decides the rates and what stays free, and each
state leaves its amount free in its own way. The surviving spouse pays nothing in
any of them, citizen or not; a trust for the spouse has rules of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.inheritance_law import GiftsTakenBack, HeirClass, InheritanceLaw, SpouseTrust, YoungHeirs
from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of

SpouseForm = Literal["outright", "life_income_trust", "other_trust"]
SpouseOutcome = Literal["exempt", "deferred", "own_interest", "undecided"]

MONTHS = 12
CHILDREN = frozenset({"child", "adopted_child", "stepchild"})
PARENTS = frozenset({"parent", "stepparent"})


@dataclass(frozen=True, slots=True)
class GiftBeforeDeath:
    """A gift to an heir: its day, and its value at the death, USD."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Heir:
    """One heir: kinship, what is inherited (USD), the age at the death, gifts shortly before."""

    name: str
    relationship: str
    value: Decimal
    age: int | None = None
    gifts: tuple[GiftBeforeDeath, ...] = ()


@dataclass(frozen=True, slots=True)
class HeirTax:
    """What came out for an heir, USD: the class, what it was worked out on, the tax, and whether age spared it."""

    heir: Heir
    found: HeirClass
    base: Decimal
    tax: Decimal
    spared_for_age: bool


def spared_for_age(
    young: YoungHeirs | None, relationship: str, *, age: int | None, decedent_age: int | None
) -> bool | None:
    """Return whether age spares the heir of tax; None where that turns on an age not known.

    Neb. Rev. Stat. 77-2004(2), 77-2005(2), 77-2006(2): every heir younger than 22.
    72 P.S. 9116(a)(1.2), (1.4): child and parent, the child 21 or younger.
    """
    if young is None:
        return False
    if young.parents_of_decedent and relationship in PARENTS:
        return None if decedent_age is None else decedent_age <= young.oldest
    if young.children_of_decedent and relationship not in CHILDREN:
        return False
    return None if age is None else age <= young.oldest


def gifts_taken_back(rule: GiftsTakenBack | None, gifts: Sequence[GiftBeforeDeath], death: date) -> Decimal:
    """Return what of an heir's gifts is taxed as inherited, USD: above an amount in each calendar year.

    REV-1510: 10,000 given within a year of the death leaves 7,000 to tax. The year ends with the day of death, so
    the same day of the year before is outside.
    """
    if rule is None:
        return ZERO
    by_year: dict[int, Decimal] = {}
    for gift in gifts:
        if add_months(death, -MONTHS * rule.years) < gift.day <= death:
            by_year[gift.day.year] = by_year.get(gift.day.year, ZERO) + gift.value
    return sum((max(ZERO, given_in - rule.free) for given_in in by_year.values()), ZERO)


def class_tax(found: HeirClass, value: Figure) -> Figure:
    """Return the tax of a class on what an heir takes, exact USD, each class exempting in its own way."""
    if found.table is None:
        return given(ZERO, f"class {words(found.name)} pays nothing")
    if value.amount < found.trifle:
        return given(ZERO, f"less than {plain(found.trifle)} is free")
    if found.not_above and value.amount <= found.not_above:
        return given(ZERO, f"not more than {plain(found.not_above)} is free")
    free = given(found.exempt_amount, "the class's own amount")
    match found.exempting:
        case "first_bracket":
            return found.table.on(value) - found.table.on(smaller_of(free, value))
        case "subtracted":
            return found.table.on(at_least_zero(value - free))
        case "in_brackets" if value.amount <= found.exempt_amount:
            return given(ZERO, f"brackets begin above {plain(found.exempt_amount)}")
        case _:
            return found.table.on(value)


def words(name: str) -> str:
    """Return the name of a class as it is read."""
    return name.replace("_", " ")


def write_heir_tax(
    sheet: Worksheet, law: InheritanceLaw, heir: Heir, found: HeirClass, *, death: date, decedent_age: int | None
) -> HeirTax:
    """Write what `heir`, of class `found`, takes and pays, and return it; an age not known spares nobody."""
    value = sheet.write(f"To {heir.name} ({words(heir.relationship)})", given(heir.value, "heirs"), *law.citations)
    gifts = gifts_taken_back(law.gifts, heir.gifts, death)
    if gifts and law.gifts is not None:
        back = sheet.write(
            f"Gifts to {heir.name} taxed as inherited",
            given(gifts, f"what is above {plain(law.gifts.free)} in each calendar year"),
            *law.gifts.citations,
        )
        value = sheet.write(f"Taxed to {heir.name}", value + back, *law.citations)
    spared = bool(spared_for_age(law.young, heir.relationship, age=heir.age, decedent_age=decedent_age))
    if spared and law.young is not None and found.table is not None:
        tax, citations = given(ZERO, f"{law.young.oldest} years old or younger"), law.young.citations
    else:
        tax, citations = class_tax(found, value), found.citations
    label = f"{law.name} inheritance tax of {heir.name}, class {words(found.name)}"
    written = sheet.write(label, tax.cents(), *citations)
    return HeirTax(heir, found, value.amount, written.amount, spared)


def spouse_outcome(rule: SpouseTrust, form: SpouseForm, *, elected: bool | None) -> SpouseOutcome:
    """Return what becomes of property for the spouse: free, deferred, only the spouse's own interest free, or open.

    `life_income_trust`: all income to the spouse for life and nobody else may
    take. `elected`: Kentucky's election to count it as the spouse's own (KRS
    140.080(1)(a)); Pennsylvania's election out of deferral (72 P.S. 9113(a)),
    which nobody makes without acting.
    """
    if form == "outright":
        return "exempt"
    if form == "other_trust" or rule == "interest_only":
        return "own_interest"
    if rule == "deferred_unless_elected_out":
        return "own_interest" if elected else "deferred"
    if elected is None:
        return "undecided"
    return "exempt" if elected else "own_interest"
