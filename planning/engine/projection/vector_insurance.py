"""An insurance trust over many paths at once: as `insurance_trust`, to the cent, without worksheets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from planning.engine.facts import Spouse
from planning.engine.holdings import other
from planning.engine.law import ANNUAL_EXCLUSION
from planning.engine.projection.ground import Ground
from planning.engine.projection.insurance_trust import (
    HUNDRED,
    YEARS_TO_OUTLIVE,
    OwnPolicy,
    makes_no_taxable_gift,
    new_policy,
    own_policies,
)
from planning.engine.projection.vector_money import (
    Cents,
    Flags,
    Rate,
    Whole,
    percent_units,
    powers,
    rounded,
    rounded_half_even,
    whole_cents,
)
from planning.engine.projection.vector_paths import Paths, Start, part_of

SPOUSES: tuple[Spouse, Spouse] = ("a", "b")


class TrustOnPaths:
    """The trust of one couple in one order of death; `rows` says which strategies (one column) have it.

    `growth` is the factor of one year on every path.
    """

    def __init__(self, ground: Ground, decedent: Spouse, rows: Flags, paths: Paths, growth: Rate) -> None:
        self.ground, self.rows, self.paths, self.growth = ground, rows, paths, growth
        self.decedent, self.survivor = decedent, other(decedent)
        self.before, self.after = paths.years_to_first_death, paths.years_to_second_death
        self.years: dict[Spouse, Whole] = {decedent: self.before, self.survivor: self.after}
        self.new = new_policy(ground.assumptions)
        self.premium = 0.0 if self.new is None else whole_cents(self.new.yearly_premium)
        self.survivor_pays = self.new is not None and not self.new.pays_at_first_death(decedent)
        self.factors = powers(growth, int(self.after.max()))
        self.nothing: Cents = np.zeros(len(paths))
        # Taken out of the three places insurance has in `Start`; paid to the trust at each death; policies given.
        self.out = {"first": self.nothing, "survivor": self.nothing, "second": self.nothing}
        self.policies_given: dict[Spouse, Cents] = {"a": self.nothing, "b": self.nothing}
        self.at_first = self.at_second = self.nothing
        for policy in own_policies(ground.couple):
            self._move(policy)
            self._give(policy)
        if self.new is not None:
            benefit = whole_cents(self.new.death_benefit)
            if self.survivor_pays:
                self.at_second = self.at_second + benefit
            else:
                self.at_first = self.at_first + benefit
        self.lacking: Cents = np.zeros((len(rows), len(paths)))
        # What a premium takes off the survivor's property at the end of a year of the widowhood.
        later = np.full(1, self.premium if self.survivor_pays else 0.0)
        self.premium_of_the_survivor: Cents = np.where(rows, rounded(self.nothing, (later, growth)), 0)

    def amount(self, value: Decimal | None) -> Cents:
        """Return a value of today on every path."""
        cents = self.nothing + (0 if value is None else whole_cents(value))
        factor = self.paths.estate_factor
        return cents if factor is None else rounded_half_even(cents, Rate.of_units(percent_units(factor * 100)))

    def too_early(self, insured: Spouse) -> Flags:
        """Return on which paths `insured` dies within three years; deaths come at year ends."""
        early: Flags = self.years[insured] < YEARS_TO_OUTLIVE
        return early

    def _move(self, policy: OwnPolicy) -> None:
        """Take the proceeds of a policy out of the estates; the insured's part stays where three years lack."""
        benefit, percent = self.amount(policy.asset.death_benefit), policy.percent_of(policy.insured)
        own = part_of(benefit, percent)
        dies_first = policy.insured == self.decedent
        rest = part_of(benefit, HUNDRED - percent) if dies_first else benefit - own
        own = np.where(self.too_early(policy.insured), 0, own)
        if dies_first:
            self.out["first"] = self.out["first"] + own
            self.out["survivor"] = self.out["survivor"] + rest
            self.at_first = self.at_first + own + rest
        else:
            self.out["second"] = self.out["second"] + own + rest
            self.at_second = self.at_second + own + rest

    def _give(self, policy: OwnPolicy) -> None:
        """Count what each spouse gives with a policy, unless it comes back into the estate."""
        if policy.asset.value is None:
            return
        value = np.maximum(self.amount(policy.asset.value) - self.amount(policy.asset.debt), 0)
        for spouse in SPOUSES:
            part = part_of(value, policy.percent_of(spouse))
            if spouse == policy.insured:
                part = np.where(self.too_early(spouse), 0, part)
            self.policies_given[spouse] = self.policies_given[spouse] + part

    def opened(self, start: Start) -> Start:
        """Return what insurance counts for whom, by strategy and path."""
        return replace(
            start,
            insurance_in_first_estate=self.only(start.insurance_in_first_estate, self.out["first"]),
            insurance_paid_to_survivor=self.only(start.insurance_paid_to_survivor, self.out["survivor"]),
            insurance_in_second_estate=self.only(start.insurance_in_second_estate, self.out["second"]),
        )

    def only(self, whole: Cents, out: Cents) -> Cents:
        """Return `whole` less what the rows with a trust do not have."""
        return np.where(self.rows, whole - out, whole)

    # -- who pays ----------------------------------------------------------------

    def pays(self, spouse: Spouse, year: int) -> Flags:
        """Return on which paths `spouse` pays the premium of a year."""
        found: Flags = np.zeros(len(self.paths), dtype=bool)
        if spouse == self.ground.assumptions.insurance_trust_payer:
            found = found | (year < self.before)
        if spouse == self.survivor and self.survivor_pays:
            found = found | ((year >= self.before) & (year < self.after))
        return found

    def given(self, spouse: Spouse, stated: float) -> Cents:
        """Return the adjusted taxable gifts of `spouse` at death; `stated` are those without the trust, cents."""
        together = self.nothing + stated
        if makes_no_taxable_gift(self.ground.couple.person(spouse)):
            return np.where(self.rows, together, stated)
        a, first = self.ground.assumptions, self.ground.as_of.year
        years = max(1, int(self.years[spouse].max())) if self.premium else 1
        for year in range(years):
            exclusion = whole_cents(self.ground.law(first + year)[ANNUAL_EXCLUSION].amount)
            gifts = self.premium * self.pays(spouse, year)
            if year == 0:
                gifts = gifts + self.policies_given[spouse]
            together = together + np.maximum(gifts - exclusion * a.insurance_trust_beneficiaries, 0)
        return np.where(self.rows, together, stated)

    def paid(self, decedent: Cents, survivor: Cents) -> tuple[Cents, Cents]:
        """Take the premiums with their lost growth off both sides at the first death; keep what both lack."""
        if not self.premium:
            return decedent, survivor
        grown = rounded(np.zeros_like(self.factors.high), (np.full(1, self.premium), self.factors))
        grown[0] = 0
        until = np.cumsum(grown, axis=0)
        wanted = until[self.before] if until.ndim == 1 else until[self.before, np.arange(len(self.paths))]
        by_decedent = self.ground.assumptions.insurance_trust_payer == self.decedent
        payer, second = (decedent, survivor) if by_decedent else (survivor, decedent)
        left = payer - wanted
        rest = second + np.minimum(left, 0)
        due = self.rows & (wanted > 0)
        self.lacking = np.where(due & (left < 0), np.maximum(-rest, 0), 0)
        payer = np.where(due, np.maximum(left, 0), payer)
        second = np.where(due & (left < 0), np.maximum(rest, 0), second)
        return (payer, second) if by_decedent else (second, payer)

    # -- what comes out ----------------------------------------------------------

    @property
    def at_the_end(self) -> Cents:
        """What the trust holds after both deaths."""
        between = self.after - self.before
        high, low = self.factors
        column = np.arange(len(between))
        factor = (
            Rate(high[between], low[between]) if high.ndim == 1 else Rate(high[between, column], low[between, column])
        )
        return np.where(self.rows, rounded(self.nothing, (self.at_first, factor)) + self.at_second, 0)
