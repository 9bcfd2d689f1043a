"""State death taxes over many paths at once: `rules/state_estate_tax.py` and `states.py` in numpy, to the cent.

Amounts are cents. A state that takes part of an estate multiplies by a fraction,
so a tax is no whole number of units there; it is right to far less than a cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planning.engine.facts import Person
from planning.engine.projection.ground import Ground
from planning.engine.projection.states import spouses_share
from planning.engine.projection.vector_heirs import HeirsBear, TaxedHeirs, taxed_heirs
from planning.engine.projection.vector_heirs import at_second_death as heirs_at_second_death
from planning.engine.projection.vector_money import HALF, Cents, Flags, Numbers, Whole, whole_cents
from planning.engine.projection.vector_paths import STATE_NOT_KNOWN
from planning.engine.projection.vector_tax import UNITS, Schedule
from planning.engine.rules.s2056_marital_deduction import MaritalTreatment
from planning.engine.rules.state_estate import sharing_of
from planning.engine.rules.state_shrinking_credit import PART
from planning.engine.state_law import StateLaw

# A tax that should end in half a cent may come out this much below it.
ALMOST = 1e-6


@dataclass(frozen=True, slots=True)
class Reached:
    """Where an estate lies: the state of the home, all property, and the real property by place; as `states.Reach`."""

    home: str
    whole: Cents
    situated: tuple[tuple[str | None, Cents], ...]


def reached(person: Person, pieces: Sequence[tuple[str | None, Cents]], whole: Cents) -> Reached | None:
    """Return where the estate of `person` lies; None where the state of domicile is not known."""
    home = person.domicile_state
    if home is None:
        return None
    return Reached(
        home, whole, tuple((home if state == STATE_NOT_KNOWN else state, amount) for state, amount in pieces)
    )


class _Era:
    """The years of one state in which only amounts change: its computation with amounts by year."""

    def __init__(self, law: StateLaw, laws: Sequence[StateLaw | None], at: Flags, *, resident: bool) -> None:
        self.law, self.at = law, at
        self.table, self.credit_table = Schedule(law.table), Schedule(law.credit_table)
        self.exclusion = np.array([whole_cents(found.exclusion) if found is not None else 0 for found in laws])
        self.credit = np.array([whole_cents(found.credit) if found is not None else 0 for found in laws])
        # Where the state takes the federal exclusion of a year that is not published.
        self.federal: Flags = np.array(
            [
                found is not None
                and found.status == "projected"
                and found.indexing is not None
                and found.indexing.what == "federal"
                for found in laws
            ]
        )
        self.sharing = sharing_of(law, resident=resident)

    def tax(
        self, base: Cents, share: Numbers, gifts: Cents | float, dsue: Cents, year: Whole, federal: Cents, heirs: Cents
    ) -> Numbers:
        """Return the state's tax in cents, not rounded; `heirs` is its inheritance tax."""
        exclusion = np.where(self.federal[year], federal, self.exclusion[year])
        if self.law.gifts.use == "exclusion":
            exclusion = np.maximum(exclusion - gifts, 0)
        if self.law.portable:
            limit = self.law.dsue_limit
            exclusion = exclusion + (dsue if limit is None else np.minimum(dsue, whole_cents(limit)))
        if self.sharing != "tax":
            base = base * share
        if self.sharing == "base_and_exclusion":
            exclusion = exclusion * share
        tax = self.on_whole(base, exclusion, gifts)
        credit = self.credit[year]
        if not self.law.credit_after_share:
            tax = np.maximum(tax - credit, 0)
        if self.sharing == "tax":
            tax = tax * share
        if self.law.credit_after_share:
            tax = tax - credit
        if self.law.cap is not None:
            tax = np.minimum(tax, whole_cents(self.law.cap))
        if self.law.credits_inheritance_tax:
            tax = tax - heirs
        return np.maximum(tax, 0)

    def on_whole(self, base: Cents, exclusion: Cents, gifts: Cents | float) -> Numbers:
        """Return the tax of the state's own computation, cents."""
        law = self.law
        match law.kind:
            case "excess":
                return self.by_table(base - exclusion)
            case "zero_bracket":
                return self.by_table(np.maximum(base, exclusion)) - self.by_table(exclusion)
            case "credit_table":
                return self.by_credit_table(base)
            case "smaller_of_two":
                return np.minimum(self.by_credit_table(base), self.by_table(base - exclusion))
            case "interrelated":
                rate = float(law.table.top_rate)
                by_rate = np.maximum(base + gifts - exclusion, 0) * rate / (100 + rate)
                return np.minimum(self.what_the_table_leaves(base), by_rate)
            case "shrinking_credit":
                shrunken = np.maximum(exclusion - float(PART) * np.maximum(base - exclusion, 0), 0)
                return self.by_table(base) - self.by_table(np.minimum(base, shrunken))

    def by_table(self, amount: Cents) -> Numbers:
        """Return the tax of the state's own table."""
        return self.table.tax(amount) / UNITS

    def by_credit_table(self, base: Cents) -> Numbers:
        """Return the credit of IRC 2011(b)."""
        return self.credit_table.tax(base - whole_cents(self.law.base_reduction)) / UNITS

    def what_the_table_leaves(self, base: Cents) -> Numbers:
        """Return the tax that is the credit of the table on what it leaves itself: `state_interrelated.table_limb`."""
        table = self.credit_table
        adjusted = base - whole_cents(self.law.base_reduction)
        row = np.maximum(np.searchsorted(table.overs + table.base / UNITS, adjusted, side="right") - 1, 0)
        owed = table.base[row] + table.rates[row] * (adjusted - table.overs[row])
        return np.maximum(owed / (UNITS + table.rates[row]), 0)


class TaxingState:
    """One state with its law by year and its part of the estate on every path."""

    def __init__(self, code: str, laws: Sequence[StateLaw | None], share: Numbers, *, resident: bool) -> None:
        self.code, self.laws, self.share = code, laws, share
        # Projected years share everything but their amounts, so there are as many eras as dated laws.
        groups: dict[tuple[object, ...], list[int]] = {}
        for year, law in enumerate(laws):
            if law is not None:
                key = (
                    law.kind,
                    id(law.table),
                    id(law.gifts),
                    law.cap,
                    law.dsue_limit,
                    id(law.noncitizen),
                    id(law.points),
                )
                groups.setdefault(key, []).append(year)
        self.eras: list[_Era] = []
        for years in groups.values():
            at: Flags = np.zeros(len(laws), dtype=bool)
            at[years] = True
            law = laws[years[0]]
            if law is not None:
                self.eras.append(_Era(law, laws, at, resident=resident))

    def tax(self, base: Cents, gifts: Cents | float, dsue: Cents, year: Whole, federal: Cents, heirs: Cents) -> Cents:
        """Return the state's tax on `base` in the years that `year` counts from the first, in whole cents.

        `heirs` is its inheritance tax.
        """
        owed: Numbers = np.zeros_like(base)
        for era in self.eras:
            owed = np.where(era.at[year], era.tax(base, self.share, gifts, dsue, year, federal, heirs), owed)
        return np.floor(owed + HALF + ALMOST)

    def allows(
        self, treatments: Sequence[MaritalTreatment], federal_return: Flags, year: Whole, *, accept_open: bool
    ) -> Flags:
        """Return by strategy (row) and path whether the state lets the spouse's share be deducted."""
        allowed: Flags = np.zeros(federal_return.shape, dtype=bool)
        for era in self.eras:
            answers = np.array(
                [
                    [
                        spouses_share(
                            era.law, treatment=treatment, federal_return=required, accept_open=accept_open
                        ).allowed
                        for required in (False, True)
                    ]
                    for treatment in treatments
                ]
            )
            chosen = np.where(federal_return, answers[:, 1:], answers[:, :1])
            allowed = np.where(era.at[year], chosen, allowed)
        return allowed

    def left_unused(self, net: Cents, deducted: Cents, year: Whole, federal: Cents) -> Cents:
        """Return the exclusion that a citizen survivor may carry over, where the state knows such a thing."""
        unused: Cents = np.zeros_like(net)
        for era in self.eras:
            if era.law.portable:
                exclusion = np.where(era.federal[year], federal, era.exclusion[year])
                left = np.where(self.share > 0, np.maximum(exclusion - (net - deducted), 0), 0)
                unused = np.where(era.at[year], left, unused)
        return unused


def taxing_states(ground: Ground, found: Reached, most: int) -> list[TaxingState]:
    """Return the states that have an estate tax in any year and something of the estate to tax."""
    first = ground.as_of.year
    codes = dict.fromkeys([found.home, *(state for state, _amount in found.situated if state is not None)])
    taxing: list[TaxingState] = []
    for code in codes:
        laws = [ground.state_law(code, first + year) for year in range(most + 1)]
        law = next((law for law in laws if law is not None), None)
        if law is None:
            continue
        at_home = code == found.home
        apart = sum((amount for state, amount in found.situated if (state != code if at_home else state == code)), 0)
        taxed = found.whole - apart if at_home else np.zeros_like(found.whole) + apart
        there_is = found.whole > 0
        share = np.where(there_is, np.minimum(np.maximum(taxed, 0), found.whole), 0) / np.where(
            there_is, found.whole, 1
        )
        places = law.sharing.places
        if places is not None:
            share = np.floor(share * 10**places + HALF + ALMOST) / 10**places
        taxing.append(TaxingState(code, laws, share, resident=at_home))
    return taxing


def heirs_in_reach(ground: Ground, found: Reached, most: int) -> tuple[list[TaxedHeirs], Flags]:
    """Return the states that tax the assumed heirs, and the years in which that turns on who and how many they are."""
    return taxed_heirs(ground, found.home, found.whole, found.situated, most)


class AtFirstDeath(NamedTuple):
    """The states' taxes together, what of them falls on the deducted share, and unused exclusions by state; cents.

    `heirs` is the inheritance tax in it and who bears it.
    """

    tax: Cents
    borne_by_deducted: Cents
    unused: dict[str, Cents]
    heirs: HeirsBear


def at_first_death(
    states: Sequence[TaxingState],
    allows: Sequence[Flags],
    *,
    net: Cents,
    deducted: Cents,
    taxed_shares: Cents,
    heirs: HeirsBear,
    gifts: Cents | float,
    citizen: Flags,
    year: Whole,
    federal: Cents,
) -> AtFirstDeath:
    """Return what the states take of the first estate; as `states.settle_first_death` and `write_first_death`."""
    none: Cents = np.zeros_like(net)

    left = taxed_shares - heirs.others - heirs.bypass

    def together(borne: Cents) -> Cents:
        tax = none
        for state, allowed in zip(states, allows, strict=True):
            base = np.where(allowed, net - (deducted - borne), net)
            inherited = heirs.by_state.get(state.code, none)
            tax = tax + state.tax(np.maximum(base, 0), gifts, none, year, federal, inherited)
        return tax

    borne, moving = none, np.ones(net.shape, dtype=bool)
    while moving.any():
        now = np.minimum(deducted, heirs.qdot + np.maximum(together(borne) - left, 0))
        moving = moving & (now != borne)
        borne = np.where(moving, now, borne)
    unused = {state.code: np.where(citizen, state.left_unused(net, deducted, year, federal), 0) for state in states}
    inheritance = heirs.others + heirs.bypass + heirs.qdot
    return AtFirstDeath(together(borne) + inheritance, borne, unused, heirs)


def at_second_death(
    states: Sequence[TaxingState],
    *,
    own: Cents,
    qdot: Cents,
    gifts: Cents | float,
    unused: dict[str, Cents],
    year: Whole,
    federal: Cents,
    heirs: Sequence[TaxedHeirs],
    insurance: Cents,
) -> tuple[Cents, Cents]:
    """Return the states' taxes of the survivor's estate and the part due to the QDOT, cents.

    `heirs` take everything; they are not taxed on the `insurance` on the survivor's life that is in `own`.
    """
    none: Cents = np.zeros_like(own)
    inherited, own_inherited = heirs_at_second_death(heirs, own=own, qdot=qdot, insurance=insurance, year=year)
    together, without = sum(inherited.values(), none), sum(own_inherited.values(), none)
    for state in states:
        dsue, code = unused.get(state.code, none), state.code
        together = together + state.tax(own + qdot, gifts, dsue, year, federal, inherited.get(code, none))
        without = without + state.tax(own, gifts, dsue, year, federal, own_inherited.get(code, none))
    return together, np.where(qdot != 0, together - without, 0)
