"""The exact projection over many paths at once, without worksheets: same conventions, same cents.

Every step stands in `exact.py` with its authority; here it is done in numpy for
all strategies (rows) and paths (columns) of one order of death together. Two
modules that say the same are kept because one of them can be read line by line
and the other is some thousand times as fast; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from planning.engine.facts import Asset, Person, Spouse, is_us_citizen
from planning.engine.holdings import LAND, other, us_situs
from planning.engine.law import NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION
from planning.engine.projection.asset_growth import grow_alike, grows_apart
from planning.engine.projection.gift_programme import in_order_of_giving
from planning.engine.projection.ground import Ground
from planning.engine.projection.nonresident import is_nonresident_noncitizen
from planning.engine.projection.treaty import relief_for, treaty_prorates
from planning.engine.projection.vector_growth import Mix, Source, blended_units, factors_of, pay_income, sources
from planning.engine.projection.vector_heirs import HeirsBear
from planning.engine.projection.vector_heirs import at_first_death as heirs_at_first_death
from planning.engine.projection.vector_insurance import TrustOnPaths
from planning.engine.projection.vector_money import (
    CENTS_OF_A_DOLLAR,
    UNITS_OF_ONE,
    Cents,
    Flags,
    Numbers,
    Rate,
    Whole,
    in_cents,
    percent_units,
    powers,
    rounded,
    rounded_pair,
    share_of,
    whole_cents,
)
from planning.engine.projection.vector_paths import (
    Paths,
    Piece,
    Start,
    exclusions,
    part_of,
    start_of_paths,
    state_of_land,
)
from planning.engine.projection.vector_state import (
    AtFirstDeath,
    Reached,
    at_first_death,
    at_second_death,
    heirs_in_reach,
    reached,
    taxing_states,
)
from planning.engine.projection.vector_tax import UNITS, BaseOfQdot, Schedules, cents_of, units_of
from planning.engine.rules.s2056_marital_deduction import marital_treatment
from planning.engine.rules.s2101_nonresident import NONRESIDENT_CREDIT, rates_of
from planning.engine.strategies.catalogue import Strategy
from planning.engine.worksheet import ZERO

HUNDRED = Decimal(100)
# As many paths at once as stay in the processor's near memory.
BLOCK = 2048


@dataclass(frozen=True, slots=True)
class PathFigures:
    """The figures of `results.FIGURES` by strategy (row) and path (column), in cents.

    `state_tax` is that of both deaths, 0 where the states could not be worked out;
    `unmet_spending` what the survivor lacked in all years.
    """

    tax_at_first_death: Cents
    qdot_tax: Cents
    tax_at_second_death: Cents
    state_tax: Cents
    survivor_resources: Cents
    gifts_total: Cents
    lost_basis_cost: Cents
    family_wealth: Cents
    unmet_spending: Cents

    @property
    def ranked_by(self) -> Cents:
        """What the order goes by: family wealth less what the survivor lacked."""
        return self.family_wealth - self.unmet_spending

    @property
    def total_tax(self) -> Cents:
        """All transfer taxes of both deaths, federal and of the states."""
        return self.tax_at_first_death + self.qdot_tax + self.tax_at_second_death + self.state_tax


@dataclass(slots=True)
class _First:
    """What the first death leaves; as `state.FirstDeath`, each by strategy and path."""

    tax: Cents
    base: BaseOfQdot
    taxable: Cents
    outright: Cents
    bypass: Cents
    qdot: Cents
    others: Cents
    # Of `outright`, what stands in the taxable estate.
    taxed_outright: Cents
    dsue: Cents
    # What a treaty took off the taxable estate, and what the states took of the whole.
    relieved: Cents
    state_tax: Cents
    taxed_transfer: Cents = field(init=False)
    tax_on_transfer: Cents = field(init=False)
    has_transfer: Flags = field(init=False)
    has_qdot: Flags = field(init=False)


@dataclass(slots=True)
class _Pots:
    """Who holds what in a year of the widowhood."""

    survivor: Cents
    qdot: Cents
    bypass: Cents
    others: Cents
    taxed: Cents
    lifetime_tax: Cents
    unmet: Cents


class _Then(NamedTuple):
    """What both have at the first death before gifts; as `at_first_death.AtFirstDeath`. `start`: as at that day."""

    start: Start
    start_today: Start
    decedent: Cents
    survivor: Cents
    decedent_mix: Mix
    survivor_mix: Mix


class _Sides(NamedTuple):
    """Both sides at the first death after gifts, all gifts, and what the lost basis costs."""

    decedent: Cents
    survivor: Cents
    given: Cents
    lost: Cents
    decedent_mix: Mix
    survivor_mix: Mix


class _Block:
    """One block of paths, the longest widowhoods first; `project_paths` is the public door."""

    def __init__(self, ground: Ground, decedent: Spouse, strategies: Sequence[Strategy], paths: Paths) -> None:
        self.ground, self.assumptions, self.paths = ground, ground.assumptions, paths
        self.decedent, self.strategies = decedent, strategies
        # What each state lets a citizen survivor carry over; a first estate under 2101 leaves nothing.
        self.state_unused: dict[str, Cents] = {}
        # Where an inheritance tax turns on heirs who are not known.
        self.heirs_open: Flags = np.zeros((len(strategies), len(paths)), dtype=bool)
        self.person, self.spouse = ground.couple.person(decedent), ground.couple.person(other(decedent))
        self.before = paths.years_to_first_death
        self.after = paths.years_to_second_death
        self.most = int(self.after.max())
        years = range(ground.as_of.year, ground.as_of.year + self.most + 1)
        laws = [ground.law(year) for year in years]
        self.schedules = Schedules([law.rate_table for law in laws])
        self.nonresident_schedules = Schedules([rates_of(law) for law in laws])
        self.gift_exclusion: Cents = np.array(
            [whole_cents(law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount) for law in laws]
        )
        self.nonresident_credit: Numbers = np.array([units_of(law[NONRESIDENT_CREDIT].amount) for law in laws])
        self.exclusion = exclusions(ground, paths, self.most)
        self.rates()
        self.roles()
        self.start: Start
        self.trust: TrustOnPaths | None = None
        self.given_by_decedent: Cents | float = _gifts(self.person)
        self.given_by_survivor: Cents | float = _gifts(self.spouse)
        if any(strategy.insurance_trust for strategy in strategies):
            rows = np.array([[strategy.insurance_trust] for strategy in strategies])
            self.trust = TrustOnPaths(ground, decedent, rows, paths, self.growth_factor)
            self.given_by_decedent = self.trust.given(decedent, _gifts(self.person))
            self.given_by_survivor = self.trust.given(other(decedent), _gifts(self.spouse))

    def rates(self) -> None:
        """Take the rates of every path."""
        a = self.assumptions
        percent = np.asarray(float(a.growth)) if self.paths.growth is None else self.paths.growth
        growth = self.growth_units = percent_units(percent)
        paid_out = [percent_units(np.asarray(float(rate))) for rate in (a.qdot_income_yield, a.qdot_yearly_cost)]
        self.growth = Rate.of_units(growth)
        self.growth_factor = Rate.of_units(growth + UNITS_OF_ONE)
        self.factors = powers(self.growth_factor, int(self.before.max()))
        self.tables: dict[tuple[Decimal | None, Decimal | None], Rate] = {}
        self.qdot_income = Rate.of_units(paid_out[0])
        self.paid_out = paid_out[0] + paid_out[1]
        self.mix_rates(growth, growth)
        spending = a.survivor_spending or ZERO
        paths_spend = self.paths.survivor_spending
        self.spending = in_cents(np.full(1, float(spending)) if paths_spend is None else paths_spend)
        self.expenses = whole_cents(a.administration_expenses)

    def mix_rates(self, left: Numbers, own: Numbers) -> None:
        """Take the growth of what the decedent leaves and of the survivor's own property, in units."""
        self.inherited, self.own_growth = Rate.of_units(left), Rate.of_units(own)
        self.qdot_kept = Rate.of_units(left - self.paid_out)

    def roles(self) -> None:
        """Say of every strategy (one column each) what it does in this order of death."""
        a, spouse = self.assumptions, other(self.decedent)
        intends = self.spouse.naturalization_intent in ("planned", "applied") or spouse != a.ranking_order
        is_citizen = is_us_citizen(self.spouse) is True

        def flags(values: list[bool]) -> Flags:
            return np.array(values)[:, np.newaxis]

        self.citizen = flags([is_citizen or (s.naturalization and intends) for s in self.strategies])
        self.gifts = flags([s.gifts for s in self.strategies])
        self.shelters = flags([s.credit_shelter for s in self.strategies])
        self.in_qdot = flags([s.qdot for s in self.strategies]) & ~self.citizen
        self.deductible = self.citizen | self.in_qdot
        leaves = a.survivor_leaves_us or is_nonresident_noncitizen(self.spouse)
        self.abroad = ~self.citizen & leaves
        self.decedent_nonresident = is_nonresident_noncitizen(self.person)
        self.treatments = [
            marital_treatment(spouse_is_us_citizen=bool(citizen), through_elected_qdot=strategy.qdot)
            for strategy, citizen in zip(self.strategies, self.citizen[:, 0], strict=True)
        ]
        self.by_treaty = flags([s.treaty for s in self.strategies])
        self.treaty_way = np.array([""] * (self.most + 1), dtype="U9")
        if self.by_treaty.any():
            self.treaty_way[:] = [self.way_of_treaty(year) for year in range(self.most + 1)]

    def way_of_treaty(self, year: int) -> str:
        """Return how a treaty relieves a first estate of that year: by credit, by deduction, or "" not at all."""
        on = date(self.ground.as_of.year + year, 12, 31)
        relief = relief_for(self.ground.treaty_book, self.ground.couple, self.decedent, on)
        return "" if relief is None else relief.way

    # -- until the first death ---------------------------------------------------

    def run(self) -> PathFigures:
        """Work every path out."""
        decedent, survivor = self.both_alive()
        if self.trust is not None:
            self.start = self.trust.opened(self.start)
            decedent, survivor = self.trust.paid(decedent, survivor)
        first = self.first_death_abroad(decedent) if self.decedent_nonresident else self.first_death(decedent)
        self.bear_tax(first)
        pots = self.widowhood(survivor, first)
        return self.second_death(first, pots)

    def grown(self, amount: Cents) -> Cents:
        """Return today's `amount` at the first death of each path."""
        return rounded(np.zeros_like(amount), (amount, self.at(self.factors, self.before)))

    def at(self, table: Rate, years: Whole) -> Rate:
        """Return of each path the row of `years` from a table of rates by year."""
        if table.high.ndim == 1:
            return Rate(table.high[years], table.low[years])
        column = np.arange(len(years))
        return Rate(table.high[years, column], table.low[years, column])

    def both_alive(self) -> tuple[Cents, Cents]:
        """Return what both have at the first death, gifts moved over; keep gifts, lost basis and the mixes."""
        starts: dict[bool, _Then] = {}
        sides: dict[tuple[bool, bool], _Sides] = {}
        nothing: Cents = np.zeros(len(self.paths))
        keys = [(bool(c), s.gifts) for s, c in zip(self.strategies, self.citizen[:, 0], strict=True)]
        for key in dict.fromkeys(keys):
            citizen, gives = key
            if citizen not in starts:
                starts[citizen] = self.then(
                    start_of_paths(self.ground, self.decedent, self.paths, survivor_is_citizen=citizen)
                )
            then = starts[citizen]
            side = _Sides(then.decedent, then.survivor, nothing, nothing, then.decedent_mix, then.survivor_mix)
            sides[key] = self.with_gifts(then, side) if gives else side
        self.openings = [starts[key[0]].start for key in keys]
        # Insurance is what no citizenship changes.
        self.start = self.openings[0]
        chosen = [sides[key] for key in keys]
        self.gifts_total = np.stack([side.given for side in chosen])
        self.lost_basis = np.stack([side.lost for side in chosen])
        self.mixes = [(side.decedent_mix, side.survivor_mix) for side in chosen]
        return np.stack([side.decedent for side in chosen]), np.stack([side.survivor for side in chosen])

    def then(self, start: Start) -> _Then:
        """Return what each asset has become at the first death; as `at_first_death`."""
        mixes = Mix(np.zeros(len(self.paths))), Mix(np.zeros(len(self.paths)))
        if grow_alike(lot.asset for lot in start.lots):
            return _Then(start, start, self.grown(start.decedent), self.grown(start.survivor), *mixes)
        totals = [np.zeros(len(self.paths)), np.zeros(len(self.paths))]
        here: Cents = np.zeros(len(self.paths))
        land: list[Piece] = []
        for lot in start.lots:
            factor = self.at(self.factors_of(lot.asset), self.before)
            nets: list[Cents] = []
            for side, net, debt in ((0, lot.decedent, lot.decedent_debt), (1, lot.survivor, lot.survivor_debt)):
                gross = rounded(np.zeros_like(net), (net + debt, factor))
                nets.append(gross - debt)
                totals[side] = totals[side] + nets[side]
                mixes[side].whole = mixes[side].whole + gross
                mixes[side].add(lot.asset, gross)
            if us_situs(lot.asset):
                here = here + nets[0]
            if lot.asset.kind in LAND:
                land.append(Piece(state_of_land(lot.asset), nets[0], nets[1]))
        if start.decedent_us is not None and self.person.us_situs_share is not None:
            here = part_of(totals[0], self.person.us_situs_share)
        at_death = replace(
            start,
            decedent=totals[0],
            survivor=totals[1],
            decedent_us=None if start.decedent_us is None else here,
            land=tuple(land),
        )
        return _Then(at_death, start, totals[0], totals[1], *mixes)

    def factors_of(self, asset: Asset) -> Rate:
        """Return the growth of an asset by year."""
        if not grows_apart(asset):
            return self.factors
        key = asset.growth, asset.income_yield
        if key not in self.tables:
            self.tables[key] = factors_of(asset, self.growth_units, int(self.before.max()))
        return self.tables[key]

    def with_gifts(self, then: _Then, side: _Sides) -> _Sides:
        """Return both sides after the yearly gifts, with their sum and what the lost basis costs."""
        a = self.assumptions
        donor_first = a.gift_donor == self.decedent
        mixes = side.decedent_mix.copy(), side.survivor_mix.copy()
        donor, donee = mixes if donor_first else mixes[::-1]
        given, cost, unknown, moved = self.gifts_of(then.start_today, donor, donee)
        has = side.decedent if donor_first else side.survivor
        above = moved - has
        # Each year is rounded to cents; who gives everything away gives no cent more.
        moved = np.where((above > 0) & (above < CENTS_OF_A_DOLLAR), has, moved)
        donor.whole, donee.whole = donor.whole - moved, donee.whole + moved
        sign = 1 if donor_first else -1
        lost = self.lost(given, cost, unknown, moved)
        return _Sides(side.decedent - sign * moved, side.survivor + sign * moved, given, lost, *mixes)

    def gifts_of(self, start: Start, donor: Mix, donee: Mix) -> tuple[Cents, Cents, Flags, Cents]:
        """Return all gifts, their cost, where it is not known, and what they are worth at the first death."""
        planned = self.assumptions.gift_years or 0
        years = np.full(len(self.paths), planned) if self.paths.gift_years is None else self.paths.gift_years
        years = np.minimum(years, self.before)
        given: Cents = np.zeros(len(self.paths))
        cost, moved, unknown = given, given, np.zeros(len(self.paths), dtype=bool)
        found = self.sources(start)
        with_income = bool(found) and found[0].asset is None
        for year in range(int(years.max())):
            if year and with_income:
                pay_income(found, year)
            wanted: Cents = np.where(year < years, self.gift_exclusion[year], 0)
            alike: Cents = np.zeros_like(given)
            after = np.maximum(self.before - year, 0)
            for source in found:
                if not wanted.any():
                    break
                source.bring_to(year)
                amount, basis, not_known = source.give(wanted)
                wanted, given = wanted - amount, given + amount
                cost, unknown = cost + basis, unknown | not_known
                if not source.apart or source.asset is None:
                    alike = alike + amount
                    continue
                then = rounded(np.zeros_like(amount), (amount, self.at(source.factors, after)))
                donor.add(source.asset, -then)
                donee.add(source.asset, then)
                moved = moved + then
            moved = moved + rounded(np.zeros_like(alike), (alike, self.at(self.factors, after)))
        return given, cost, unknown, moved

    def sources(self, start: Start) -> list[Source]:
        """Return what the gifts come out of."""
        donor = self.assumptions.gift_donor
        return sources(
            in_order_of_giving(start.lots, donor),
            donor_dies_first=donor == self.decedent,
            growth=self.growth_units,
            factors_of=self.factors_of,
        )

    def lost(self, given: Cents, cost: Cents, unknown: Flags, moved: Cents) -> Cents:
        """Return what the lost step-up in basis costs; nothing where the cost of the assets is not known."""
        a = self.assumptions
        if not a.chance_gift_sold:
            return np.zeros_like(moved)
        basis, basis_low = cost, np.zeros_like(cost)
        if a.basis_share_of_gifts is not None or self.paths.basis_share is not None:
            share = Rate.exact((a.basis_share_of_gifts or ZERO) / HUNDRED)
            if self.paths.basis_share is not None:
                share = Rate.of_units(percent_units(self.paths.basis_share))
            basis, basis_low = _times_pair(given, np.zeros_like(given), share)
            unknown = np.zeros_like(unknown)
        gain = moved - basis
        gain_low = ((moved - gain) - basis) - basis_low
        above = (gain + gain_low > 0) & ~unknown
        taxed = Rate.exact(a.chance_gift_sold * a.capital_gains_rate / HUNDRED / HUNDRED)
        return rounded_pair(*_times_pair(np.where(above, gain, 0), np.where(above, gain_low, 0), taxed))

    # -- the first death ---------------------------------------------------------

    def estate(self, decedent: Cents) -> Cents:
        """Return the first estate after debts and expenses."""
        net = decedent + self.start.insurance_in_first_estate
        return np.maximum(net - self.expenses, 0) if self.expenses else net

    def to_spouse(self, amount: Cents) -> Cents:
        """Return the part of `amount` that goes to the spouse."""
        share = self.person.first_death_share_to_spouse
        return amount if share is None else part_of(amount, share)

    def first_death(self, decedent: Cents) -> _First:
        """Return the estate of a citizen or resident. IRC 2001, 2010, 2056."""
        net, gifts = self.estate(decedent), self.given_by_decedent
        payable, dsue_held = self.person.gift_tax_paid or ZERO, whole_cents(self.person.dsue_received or ZERO)
        share = self.to_spouse(net)
        others = net - share
        basic = _at_year(self.exclusion, self.before)
        room = np.maximum(basic + dsue_held - gifts - others, 0)
        bypass = np.where(self.shelters, self.held_by_bypass(np.minimum(room, share)), 0)
        states = self.states_at_first_death(net, share - bypass, bypass, others, basic)
        rest = share - bypass - np.where(self.deductible & (states.tax != 0), states.borne_by_deducted, 0)
        self.state_unused = states.unused
        qdot = np.where(self.in_qdot, rest, 0)
        outright = rest - qdot
        taxable = net - np.where(self.deductible, rest, 0) - states.tax
        applicable = basic + dsue_held
        credit = self.schedules.tax(applicable, self.before)
        base = BaseOfQdot(self.schedules, self.before, taxable + gifts, units_of(payable) + credit)
        tax, relieved = self.with_treaty(base, rest, basic)
        unused = np.minimum(basic, np.maximum(applicable - taxable - gifts, 0))
        self.applicable, self.basic = applicable, basic
        first = _First(
            tax=tax,
            base=base,
            taxable=taxable,
            outright=outright,
            bypass=bypass,
            qdot=qdot,
            others=others,
            taxed_outright=outright,
            dsue=np.where(self.citizen, unused, 0),
            relieved=relieved,
            state_tax=states.tax,
        )
        self.bear_state_tax(first, states.heirs)
        return first

    def held_by_bypass(self, room: Cents) -> Cents:
        """Return the part of its room that the bypass trust takes."""
        share = self.paths.bypass_percent
        if share is None:
            return part_of(room, self.assumptions.bypass_percent)
        return rounded(np.zeros_like(room), (room, Rate.of_units(percent_units(share))))

    def states_at_first_death(
        self, net: Cents, rest: Cents, bypass: Cents, others: Cents, basic: Cents
    ) -> AtFirstDeath:
        """Return what the states take of the first estate; nothing where the state of domicile is not known."""
        none: Cents = np.zeros_like(net)
        reach = None if self.ground.state_book is None else self.reach(self.person, at_first_death=True)
        if reach is None:
            return AtFirstDeath(none, none, {}, HeirsBear(none, none, none))
        states, gifts = taxing_states(self.ground, reach, self.most), self.given_by_decedent
        heirs, turns = heirs_in_reach(self.ground, reach, self.most)
        in_qdot = np.where(self.in_qdot, rest, 0)
        self.heirs_open = self.heirs_open | (turns[self.before] & (others + bypass + in_qdot != 0))
        accepts = self.assumptions.state_accepts_qdot
        federal_return = net + gifts > basic
        return at_first_death(
            states,
            [state.allows(self.treatments, federal_return, self.before, accept_open=accepts) for state in states],
            net=net,
            deducted=rest,
            taxed_shares=bypass + others + np.where(self.deductible, 0, rest),
            heirs=heirs_at_first_death(
                heirs,
                others=others,
                bypass=bypass,
                qdot=in_qdot,
                insured_part=self.start.insurance_in_first_estate,
                net=net,
                year=self.before,
            ),
            gifts=gifts,
            citizen=self.citizen,
            year=self.before,
            federal=basic,
        )

    def reach(self, person: Person, *, at_first_death: bool) -> Reached | None:
        """Return where the first decedent's estate lies, or the survivor's: all that both have today."""
        pieces: list[tuple[str | None, Cents]] = []
        for places in zip(*(start.land for start in self.openings), strict=True):
            amounts = [piece.decedent if at_first_death else piece.decedent + piece.survivor for piece in places]
            pieces.append((places[0].state, np.stack(amounts)))
        whole = [start.decedent if at_first_death else start.decedent + start.survivor for start in self.openings]
        return reached(person, pieces, np.stack(whole))

    def with_treaty(self, base: BaseOfQdot, to_spouse: Cents, basic: Cents) -> tuple[Cents, Cents]:
        """Return the tax of the first estate and what a treaty takes off the taxable estate."""
        none: Cents = np.zeros_like(to_spouse)
        tax = cents_of(base.net(none))
        relieved = none
        credited, deducted = (self.by_treaty & (self.treaty_way == way)[self.before] for way in ("credit", "deduction"))
        if credited.any():
            caused = self.schedules.tax(base.estate, self.before) - self.schedules.tax(
                base.estate - to_spouse, self.before
            )
            credit = np.maximum(np.minimum(self.schedules.tax(basic, self.before), caused), 0)
            tax = np.where(credited, cents_of(np.maximum(tax * UNITS - credit, 0)), tax)
        if deducted.any():
            relieved = np.where(deducted, np.maximum(np.minimum(to_spouse, basic), 0), 0)
            tax = np.where(deducted, cents_of(base.net(-relieved)), tax)
        return tax, relieved

    def bear_state_tax(self, first: _First, heirs: HeirsBear) -> None:
        """Take state tax off the spouse's taxed share, then the bypass trust, then others; the rest bore its part.

        Inheritance tax falls on whoever takes.
        """
        first.others, first.bypass = first.others - heirs.others, first.bypass - heirs.bypass
        left = first.state_tax - heirs.others - heirs.bypass - heirs.qdot
        due = left != 0
        from_spouse = np.where(due & ~self.deductible, np.minimum(left, first.outright), 0)
        first.outright, left = first.outright - from_spouse, left - from_spouse
        from_bypass = np.where(due, np.minimum(left, first.bypass), 0)
        first.bypass, left = first.bypass - from_bypass, left - from_bypass
        first.others = first.others - np.where(due, np.minimum(left, first.others), 0)

    def first_death_abroad(self, decedent: Cents) -> _First:
        """Return the estate of a decedent neither citizen nor domiciled here. IRC 2101-2106."""
        net, gifts = self.estate(decedent), self.given_by_decedent
        all_today = np.stack([start.decedent for start in self.openings])
        here_today = np.stack([start.decedent_us for start in self.openings if start.decedent_us is not None])
        here = np.minimum(share_of(decedent, here_today, all_today), net)
        share, here_share = self.to_spouse(net), self.to_spouse(here)
        others = net - share
        credit = self.credit_abroad(here, net)
        on_gifts = self.schedules.tax(np.atleast_1d(gifts), self.before)
        sheltered = self.schedules.amount_taxed_at(on_gifts + credit, self.before)
        room = np.maximum(sheltered - gifts - (here - here_share), 0)
        bypass = np.where(self.shelters, self.held_by_bypass(np.minimum(room, here_share)), 0)
        rest = here_share - bypass
        elsewhere = share - here_share
        qdot = np.where(self.in_qdot, rest, 0)
        taxable = here - np.where(self.deductible, rest, 0)
        nonresident_on_gifts = self.nonresident_schedules.tax(np.atleast_1d(gifts), self.before)
        owed = self.nonresident_schedules.tax(taxable + gifts, self.before) - nonresident_on_gifts - credit
        none: Cents = np.zeros_like(net)
        return _First(
            tax=cents_of(np.maximum(owed, 0)),
            base=BaseOfQdot(self.schedules, self.before, taxable + gifts, on_gifts + credit),
            taxable=taxable,
            outright=elsewhere + (rest - qdot),
            bypass=bypass,
            qdot=qdot,
            others=others,
            taxed_outright=rest - qdot,
            dsue=none,
            relieved=none,
            state_tax=none,
        )

    def credit_abroad(self, here: Cents, everywhere: Cents) -> Numbers:
        """Return the credit of 13,000, or a treaty's share of a resident's where the attorney confirmed it; units."""
        fixed = self.nonresident_credit[self.before]
        if not self.assumptions.treaty_confirmed:
            return fixed + np.zeros_like(here)
        ground = self.ground
        prorates = np.array(
            [
                treaty_prorates(ground.treaty_book, self.person, date(ground.as_of.year + year, 12, 31))
                for year in range(self.most + 1)
            ]
        )
        full = cents_of(self.schedules.tax(_at_year(self.exclusion, self.before), self.before))
        prorated = share_of(np.zeros_like(here) + full, np.minimum(here, everywhere), everywhere) * UNITS
        return np.where(prorates[self.before], np.maximum(prorated, fixed), fixed)

    def bear_tax(self, first: _First) -> None:
        """Take the tax from the spouse's taxed share first, the residue, then from others. IRC 2013(b)."""
        taxed = ~self.deductible
        first.has_qdot = first.qdot != 0
        from_spouse = np.where(taxed, np.minimum(first.tax, first.outright), 0)
        first.others = first.others - np.minimum(first.tax - from_spouse, first.others)
        first.has_transfer = taxed & (first.outright != 0)
        taxed_outright = first.taxed_outright if self.decedent_nonresident else first.outright
        received = taxed_outright - from_spouse
        if self.decedent_nonresident:
            received = np.maximum(received, 0)
        received = np.where(first.relieved != 0, np.maximum(received - first.relieved, 0), received)
        first.outright = first.outright - from_spouse
        first.taxed_transfer = np.where(first.has_transfer, received, 0)
        first.tax_on_transfer = share_of(first.tax, first.taxed_transfer, first.taxable - first.relieved - first.tax)

    # -- the widowhood -----------------------------------------------------------

    def widowhood(self, survivor: Cents, first: _First) -> _Pots:
        """Run the years between the deaths; paths whose survivor has died stand still."""
        own = survivor + self.start.insurance_paid_to_survivor + first.outright
        pots = _Pots(
            survivor=own,
            qdot=first.qdot.copy(),
            bypass=first.bypass.copy(),
            others=first.others.copy(),
            taxed=np.zeros_like(own),
            lifetime_tax=np.zeros_like(own),
            unmet=np.zeros_like(own) if self.trust is None else self.trust.lacking,
        )
        self.mix_after_first_death(survivor, first, own)
        self.resources = own + first.qdot + first.bypass
        between = self.after - self.before
        spending, growth_of_spending = self.spending, Rate.exact(1 + self.assumptions.spending_growth / HUNDRED)
        grown_spending = powers(growth_of_spending, int(between.max()))
        spends = bool(spending.any())
        for count in range(1, int(between.max()) + 1):
            alive = int(np.count_nonzero(between >= count))
            spent = self.nothing_spent
            if spends:
                factor = Rate(grown_spending.high[count - 1], grown_spending.low[count - 1])
                spent = rounded(np.zeros_like(spending), (spending, factor))[:alive]
            if self.trust is not None:
                spent = spent + self.trust.premium_of_the_survivor[:, :alive]
            self.one_year(pots, first, alive, spent)
        return pots

    def mix_after_first_death(self, survivor: Cents, first: _First, own: Cents) -> None:
        """Say at what rates the pots grow, where some assets grow otherwise than all."""
        if not any(decedents.apart or survivors.apart for decedents, survivors in self.mixes):
            return
        growth = self.growth_units
        left = np.stack([decedents.units(growth) for decedents, _survivors in self.mixes])
        mine = np.stack([survivors.units(growth) for _decedents, survivors in self.mixes])
        self.mix_rates(left, blended_units(growth, [(mine, survivor), (left, first.outright)], own))

    nothing_spent: Cents = np.zeros(())

    def one_year(self, pots: _Pots, first: _First, alive: int, spent: Cents) -> None:
        """Move the pots of the first `alive` paths one year on; income and growth are on the opening balance."""
        now = np.s_[:, :alive]
        growth = self.inherited.first(alive)
        own, qdot = pots.survivor[now], pots.qdot[now]
        new_own = rounded(own - spent, (own, self.own_growth.first(alive)), (qdot, self.qdot_income))
        pots.qdot[now] = rounded(qdot, (qdot, self.qdot_kept.first(alive)))
        pots.bypass[now] = rounded(pots.bypass[now], (pots.bypass[now], growth))
        pots.others[now] = rounded(pots.others[now], (pots.others[now], growth))
        pots.survivor[now] = np.maximum(new_own, 0)
        lacks = np.nonzero(new_own < 0)
        if lacks[0].size:
            self.meet_shortfall(pots, first, lacks, -new_own[lacks])

    def meet_shortfall(self, pots: _Pots, first: _First, at: tuple[Whole, ...], lacking: Cents) -> None:
        """Pay what the survivor lacks from the bypass trust, then from QDOT principal with its tax withheld."""
        drawn = np.minimum(lacking, pots.bypass[at])
        pots.bypass[at] -= drawn
        lacking = lacking - drawn
        held = pots.qdot[at]
        wanted = (lacking > 0) & (held != 0)
        if wanted.any():
            base, prior = first.base.of_paths(at), pots.taxed[at]
            amount = np.where(wanted, np.minimum(base.gross_distribution(prior, lacking), held), 0)
            tax = base.tax(prior, amount)
            pots.qdot[at] = held - amount
            pots.taxed[at] = prior + amount
            pots.lifetime_tax[at] += tax
            lacking = np.where(wanted, np.maximum(lacking - (amount - tax), 0), lacking)
        pots.unmet[at] += lacking

    # -- the second death --------------------------------------------------------

    def second_death(self, first: _First, pots: _Pots) -> PathFigures:
        """Return the figures after QDOT tax and the survivor's own estate tax."""
        held = first.has_qdot
        own = pots.survivor + self.start.insurance_in_second_estate
        state_tax, on_qdot = self.states_at_second_death(own, pots.qdot)
        amount = pots.qdot - on_qdot
        death_tax = np.where(held, first.base.tax(pots.taxed, amount), 0)
        qdot_taxes = pots.lifetime_tax + death_tax
        taxable, in_qdot = self.survivors_estate(own, pots.qdot)
        taxable = np.where(state_tax != 0, np.maximum(taxable - state_tax, 0), taxable)
        dsue = first.dsue
        if not self.decedent_nonresident:
            used = self.applicable - first.base.estate - (pots.taxed + amount)
            dsue = np.where(held, np.minimum(self.basic, np.maximum(used, 0)), dsue)
        tax = self.survivors_tax(taxable, dsue)
        paid = np.where(held, qdot_taxes, first.tax_on_transfer)
        value = np.where(held, in_qdot, first.taxed_transfer)
        without = self.survivors_tax(np.maximum(taxable - value, 0), dsue)
        credited = np.where(held | first.has_transfer, np.minimum(paid, np.maximum(tax - without, 0)), 0)
        tax = tax - credited
        kept = own + pots.bypass + pots.qdot + pots.others - death_tax - tax - state_tax
        if self.trust is not None:
            kept = kept + self.trust.at_the_end
        if self.expenses:
            kept = kept - np.minimum(self.expenses, own)
        return PathFigures(
            tax_at_first_death=first.tax,
            qdot_tax=qdot_taxes,
            tax_at_second_death=tax,
            state_tax=np.where(self.states_known(), first.state_tax + state_tax, 0),
            survivor_resources=self.resources,
            gifts_total=self.gifts_total,
            lost_basis_cost=self.lost_basis,
            family_wealth=kept - self.lost_basis,
            unmet_spending=pots.unmet,
        )

    def states_at_second_death(self, own: Cents, qdot: Cents) -> tuple[Cents, Cents]:
        """Return what the states take of the survivor's estate, and the part of it that is due to the QDOT."""
        none: Cents = np.zeros_like(own)
        reach = None if self.ground.state_book is None else self.reach(self.spouse, at_first_death=False)
        if reach is None or self.abroad.all():
            return none, none
        own_taxed = np.maximum(own - self.expenses, 0) if self.expenses else own
        heirs, turns = heirs_in_reach(self.ground, reach, self.most)
        self.heirs_open = self.heirs_open | turns[self.after]
        tax, on_qdot = at_second_death(
            taxing_states(self.ground, reach, self.most),
            own=own_taxed,
            qdot=qdot,
            gifts=self.given_by_survivor,
            unused=self.state_unused,
            year=self.after,
            federal=_at_year(self.exclusion, self.after),
            heirs=heirs,
            insurance=self.start.insurance_in_second_estate,
        )
        return np.where(self.abroad, 0, tax), np.where(self.abroad, 0, on_qdot)

    def states_known(self) -> Flags:
        """Return of which strategies the states' taxes of both deaths are known."""
        homes = self.ground.state_book is not None and self.person.domicile_state and self.spouse.domicile_state
        return ~self.abroad & (bool(homes) and not self.decedent_nonresident) & ~self.heirs_open

    def survivors_estate(self, own: Cents, qdot: Cents) -> tuple[Cents, Cents]:
        """Return the survivor's taxable estate and the QDOT in it. IRC 2044, 2103, 2106."""
        at_home = (np.maximum(own - self.expenses, 0) if self.expenses else own) + qdot
        if not self.abroad.any():
            return at_home, qdot
        a = self.assumptions
        stated = self.spouse.us_situs_share if is_nonresident_noncitizen(self.spouse) else None
        here = part_of(own, a.survivor_us_situs_share if stated is None else stated)
        qdot_here = part_of(qdot, a.qdot_us_situs_share)
        return np.where(self.abroad, here + qdot_here, at_home), np.where(self.abroad, qdot_here, qdot)

    def survivors_tax(self, taxable: Cents, dsue: Cents) -> Cents:
        """Return the survivor's tax after the unified credit, or that of 13,000. IRC 2001, 2010, 2101."""
        total = taxable + self.given_by_survivor
        excluded = _at_year(self.exclusion, self.after) + dsue
        covered = units_of(self.spouse.gift_tax_paid or ZERO) + self.schedules.tax(excluded, self.after)
        owed = self.schedules.tax(total, self.after) - covered
        if self.abroad.any():
            on_gifts = self.nonresident_schedules.tax(np.atleast_1d(self.given_by_survivor), self.after)
            here = self.nonresident_schedules.tax(total, self.after) - on_gifts - self.nonresident_credit[self.after]
            owed = np.where(self.abroad, here, owed)
        return cents_of(np.maximum(owed, 0))


def _gifts(person: Person) -> float:
    return whole_cents(person.adjusted_taxable_gifts or ZERO)


def _at_year(table: Cents, years: Whole) -> Cents:
    """Return the row of each path's year from a table by year, with one column or one for each path."""
    column: Whole = np.zeros(1, dtype=np.int64) if table.shape[1] == 1 else np.arange(len(years))
    found: Cents = table[years, column]
    return found


def _times_pair(high: Numbers, low: Numbers, rate: Rate) -> tuple[Numbers, Numbers]:
    """Return a number in two floats times a rate, in two floats."""
    return Rate(high, low).times(rate)


def _grown_pair(high: Numbers, low: Numbers, rate: Rate) -> tuple[Numbers, Numbers]:
    """As `_times_pair`, of a pair that may not be in order yet."""
    total = high + low
    return Rate(total, low - (total - high)).times(rate)


def project_paths(ground: Ground, *, decedent: Spouse, strategies: Sequence[Strategy], paths: Paths) -> PathFigures:
    """Return the figures of every strategy on every path, if `decedent` dies first.

    `ground` gives facts, assumptions and law; the second death of a path never
    comes before the first. All facts that `planner.missing_facts` asks for must be known.
    """
    # Paths of like widowhoods stand together, the longest first, so that the years of the dead are not worked out.
    between = paths.years_to_second_death - paths.years_to_first_death
    order = np.argsort(-between, kind="stable")
    blocks = [order[at : at + BLOCK] for at in range(0, len(order), BLOCK)]
    found = [_Block(ground, decedent, strategies, paths.chosen(block)).run() for block in blocks]
    back = np.argsort(order, kind="stable")
    return PathFigures(
        **{
            item.name: np.concatenate([getattr(figures, item.name) for figures in found], axis=1)[:, back]
            for item in fields(PathFigures)
        }
    )
