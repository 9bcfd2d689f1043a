"""Inheritance taxes over many paths at once: `heirs.py` in numpy, to the cent; amounts are cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planning.engine.inheritance_law import HeirClass, InheritanceLaw
from planning.engine.projection.ground import Ground
from planning.engine.projection.heirs import class_of_heirs, taken_as_heirs_at_first_death
from planning.engine.projection.vector_money import Cents, Flags, Numbers, Whole, share_of, whole_cents
from planning.engine.projection.vector_tax import Schedule, cents_of

ONE: Cents = np.ones(1)


class _Era:
    """The years in which one law governs the heirs of a state: at which the heirs are of class `found`."""

    def __init__(self, found: HeirClass, at: Flags, *, qdot_at_first_death: bool) -> None:
        self.found, self.at, self.qdot_at_first_death = found, at, qdot_at_first_death
        self.table = None if found.table is None else Schedule(found.table)

    def tax(self, each: Cents) -> Numbers:
        """Return the tax of one heir in units: `state_inheritance_tax.class_tax`."""
        if self.table is None:
            return np.zeros_like(each)
        found, free = self.found, whole_cents(self.found.exempt_amount)
        match found.exempting:
            case "first_bracket":
                tax = self.table.tax(each) - self.table.tax(np.minimum(each, free))
            case "subtracted":
                tax = self.table.tax(np.maximum(each - free, 0))
            case _:
                # Brackets that begin above the amount take nothing below it.
                tax = self.table.tax(each)
        spared = (each < whole_cents(found.trifle)) | (each <= whole_cents(found.not_above))
        return np.where(spared, 0, tax)


class TaxedHeirs:
    """Heirs of one state on every path: its law by year, and its part (`taxed` of `whole`) of the estate."""

    def __init__(self, code: str, eras: Sequence[_Era], number: int, taxed: Cents, whole: Cents) -> None:
        self.code, self.eras, self.taxed, self.whole = code, eras, taxed, whole
        self.number: Cents = np.full(1, float(number))

    def tax(self, amount: Cents, year: Whole) -> Cents:
        """Return the tax of all heirs on what they take together in the years that `year` counts from the first."""
        each = share_of(share_of(np.maximum(amount, 0), self.taxed, self.whole), ONE, self.number)
        owed: Cents = np.zeros_like(each)
        for era in self.eras:
            owed = np.where(era.at[year], cents_of(era.tax(each)), owed)
        return owed * self.number

    def qdot_at_first_death(self, year: Whole) -> Flags:
        """Return where a QDOT is taxed as if the heirs took it at the first death."""
        found: Flags = np.zeros(len(year), dtype=bool)
        for era in self.eras:
            found = np.where(era.at[year], era.qdot_at_first_death, found)
        return found


def taxed_heirs(
    ground: Ground, home: str, whole: Cents, situated: Sequence[tuple[str | None, Cents]], most: int
) -> tuple[list[TaxedHeirs], Flags]:
    """Return the states that tax the assumed heirs, and the years in which that turns on who and how many they are."""
    assumed, first = ground.assumptions, ground.as_of.year
    turns: Flags = np.zeros(most + 1, dtype=bool)
    states: list[TaxedHeirs] = []
    for code in dict.fromkeys([home, *(state for state, _amount in situated if state is not None)]):
        laws = [ground.inheritance_law(code, first + year) for year in range(most + 1)]
        eras: list[_Era] = []
        for law in {id(law): law for law in laws if law is not None}.values():
            at: Flags = np.array([found is law for found in laws])
            group = None if assumed.heirs is None else class_of_heirs(law, assumed.heirs)
            if assumed.heirs is None:
                turns = turns | (at & law.taxes_children)
            elif group is None or (group.table is not None and assumed.number_of_heirs is None):
                turns = turns | at
            else:
                eras.append(_Era(group, at, qdot_at_first_death=_at_first_death(law, ground)))
        if assumed.number_of_heirs is not None and eras:
            states.append(TaxedHeirs(code, eras, assumed.number_of_heirs, _reached(code, home, whole, situated), whole))
    return states, turns


def _at_first_death(law: InheritanceLaw, ground: Ground) -> bool:
    return taken_as_heirs_at_first_death(law, ground.assumptions.qdot_form)


def _reached(code: str, home: str, whole: Cents, situated: Sequence[tuple[str | None, Cents]]) -> Cents:
    """Return the part of the estate that a state reaches: at home all but land elsewhere, else the land there."""
    at_home = code == home
    apart = sum((amount for state, amount in situated if (state != code if at_home else state == code)), 0)
    reached: Cents = whole - apart if at_home else np.zeros_like(whole) + apart
    return np.minimum(np.maximum(reached, 0), np.maximum(whole, 0))


@dataclass(slots=True)
class HeirsBear:
    """The inheritance taxes of the first death: by state, and what falls on each share; as `heirs.HeirsBear`."""

    others: Cents
    bypass: Cents
    qdot: Cents
    by_state: dict[str, Cents] = field(default_factory=dict)


def at_first_death(
    states: Sequence[TaxedHeirs],
    *,
    others: Cents,
    bypass: Cents,
    qdot: Cents,
    insured_part: Cents,
    net: Cents,
    year: Whole,
) -> HeirsBear:
    """Return what the states take of the heirs at the first death; `insured_part` of `net` is life insurance."""
    none: Cents = np.zeros_like(net)
    bear = HeirsBear(none, none, none)
    for state in states:
        held = np.where(state.qdot_at_first_death(year), qdot, 0)
        together = others + bypass + held
        uninsured = np.where(insured_part != 0, share_of(together, np.maximum(net - insured_part, 0), net), together)
        tax = state.tax(uninsured, year)
        on_others = share_of(tax, others, together)
        on_bypass = share_of(tax - on_others, bypass, bypass + held)
        bear.by_state[state.code] = tax
        bear.others, bear.bypass = bear.others + on_others, bear.bypass + on_bypass
        bear.qdot = bear.qdot + (tax - on_others - on_bypass)
    return bear


def at_second_death(
    states: Sequence[TaxedHeirs], *, own: Cents, qdot: Cents, insurance: Cents, year: Whole
) -> tuple[dict[str, Cents], dict[str, Cents]]:
    """Return the inheritance taxes of the second death by state, with and without the QDOT."""
    taxed = np.maximum(own - insurance, 0)
    without = {state.code: state.tax(taxed, year) for state in states}
    together = {
        state.code: np.where(state.qdot_at_first_death(year), without[state.code], state.tax(taxed + qdot, year))
        for state in states
    }
    return together, without
