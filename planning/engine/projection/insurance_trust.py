"""A life insurance trust added to an arrangement: policies given away, premiums as gifts, proceeds in neither estate.

IRC 2042, 2035(a): what the insured gave away is out of the insured's estate
once the insured has lived three years more; before, the proceeds are in the
estate and pass as if nothing had been given, since the trust says so. A new
policy is the trust's from the start and waits for nothing. IRC 2503(b): what
goes into the trust is a future interest, except as far as somebody may withdraw
it; the rest is a taxable gift, added to the estate of the giver (2001(b)).

Conventions: policies are given on the day of the plan. The premium of the new
policy is paid at the start of every year until the insured has died: while both
live out of the property of the wealthier spouse, what that one lacks out of the
other's, later by the survivor. Proceeds are held for the family, grow at the
assumed rate and pay nothing of the survivor's spending.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Asset, Couple, Person, Spouse
from planning.engine.holdings import SHARED_BY_PERCENT, Holdings, listed_assets, other, share_of
from planning.engine.law import ANNUAL_EXCLUSION
from planning.engine.projection.ground import Ground
from planning.engine.projection.nonresident import is_nonresident_noncitizen
from planning.engine.results import Reason
from planning.engine.rules.s2035_three_years import within_three_years
from planning.engine.rules.s2503_gift_exclusions import taxable_part
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, to_cents, total

HUNDRED = Decimal(100)
SPOUSES: tuple[Spouse, Spouse] = ("a", "b")
# What the couple can give; a policy held with others or in a trust already is not theirs alone to give.
GIVEN_AWAY = ("a", "b", "joint_survivorship", "community", "tenants_in_common")
# A death in the third year end after the gift, or later, is outside the three years (IRC 2035(a)).
YEARS_TO_OUTLIVE = 3
OF_A_NEW_POLICY = ("insurance_trust_death_benefit", "insurance_trust_yearly_premium", "insurance_trust_insured")


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """A policy that the couple owns on one of their lives; `index` is its place among the assets."""

    index: int
    asset: Asset
    insured: Spouse

    def percent_of(self, spouse: Spouse) -> Decimal:
        """Return the percent of the policy that `spouse` owns, as `holdings` counts it."""
        if self.asset.title in SPOUSES:
            return HUNDRED if self.asset.title == spouse else ZERO
        if self.asset.title in SHARED_BY_PERCENT:
            return share_of(self.asset, spouse) or ZERO
        return HUNDRED / 2


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A policy the trust would buy: what it pays, what it costs at the start of every year (USD), and on whose death.

    `both`: it pays at the second death.
    """

    death_benefit: Decimal
    yearly_premium: Decimal
    insured: Literal["a", "b", "both"]

    def pays_at_first_death(self, decedent: Spouse) -> bool:
        """Whether it pays when `decedent` dies first."""
        return self.insured == decedent


def own_policies(couple: Couple) -> list[OwnPolicy]:
    """Return the policies on either life that the couple can give to the trust."""
    found: list[OwnPolicy] = []
    for index, asset in enumerate(listed_assets(couple) or ()):
        if asset.kind == "life_insurance" and asset.title in GIVEN_AWAY and asset.insured in ("a", "b"):
            found.append(OwnPolicy(index, asset, "a" if asset.insured == "a" else "b"))
    return found


def new_policy(assumptions: Assumptions) -> NewPolicy | None:
    """Return the policy that staff stated; None where it is not stated, or not in full."""
    benefit, premium = assumptions.insurance_trust_death_benefit, assumptions.insurance_trust_yearly_premium
    if benefit is None or premium is None or assumptions.insurance_trust_insured is None:
        return None
    return NewPolicy(benefit, premium, assumptions.insurance_trust_insured)


def closed(couple: Couple, assumptions: Assumptions) -> Reason | None:
    """Return why no insurance trust is open to the couple: there is no policy to put into it. None where it is open."""
    stated = any(getattr(assumptions, name) is not None for name in OF_A_NEW_POLICY)
    if stated or listed_assets(couple) is None or own_policies(couple):
        return None
    return Reason(
        "no_policy",
        "The couple owns no policy on either life that could be given to a trust, and no new policy is stated",
        ("IRC 2042",),
    )


def open_facts(couple: Couple, assumptions: Assumptions) -> list[str]:
    """Return the facts without which the trust cannot be ranked: a policy's value, what is open of a new policy."""
    found = [f"assets[{policy.index}].value" for policy in own_policies(couple) if policy.asset.value is None]
    unknown = [name for name in OF_A_NEW_POLICY if getattr(assumptions, name) is None]
    if len(unknown) < len(OF_A_NEW_POLICY):
        found += [f"assumptions.{name}" for name in unknown]
    return found


def value_today(asset: Asset) -> Decimal:
    """Return what giving the policy away is worth (USD, after loans on it); an unknown value counts as nothing."""
    return max(ZERO, (asset.value or ZERO) - (asset.debt or ZERO))


def makes_no_taxable_gift(person: Person) -> bool:
    """Whether gifts to the trust are outside the gift tax: intangibles of a nonresident noncitizen. IRC 2501(a)(2)."""
    return is_nonresident_noncitizen(person)


class InsuranceTrust:
    """The trust of one couple in one order of death, written on its own worksheet as the run goes on."""

    def __init__(self, ground: Ground, decedent: Spouse, sheet: Worksheet) -> None:
        self.ground, self.sheet = ground, sheet
        self.couple, self.assumptions, self.as_of = ground.couple, ground.assumptions, ground.as_of
        self.decedent, self.survivor = decedent, other(decedent)
        before, after = ground.years_before, ground.years_before + ground.years_between
        self.years: dict[Spouse, int] = {decedent: before, self.survivor: after}
        self.new = new_policy(ground.assumptions)
        self.premium = ZERO if self.new is None else self.new.yearly_premium
        # USD lines: what the trust receives at each death, the policies each spouse gave, and taxable gifts by year.
        self.at_first: list[Figure] = []
        self.at_second: list[Figure] = []
        self.policies_given: dict[Spouse, list[Figure]] = {"a": [], "b": []}
        self.taxable: dict[Spouse, dict[int, Figure]] = {"a": {}, "b": {}}
        self.grown_premiums: list[Figure] = []
        self.adjusted: dict[Spouse, Figure] = {}
        # What neither spouse had left for premiums, USD.
        self.lacking = ZERO

    def name(self, spouse: Spouse) -> str:
        """Return the name printed for `spouse`."""
        return self.couple.person(spouse).name

    def too_early(self, insured: Spouse) -> bool:
        """Whether `insured` dies within three years of the day on which policies are given. IRC 2035(a)."""
        return within_three_years(self.as_of, date(self.as_of.year + self.years[insured], 12, 31))

    # -- what is put in ----------------------------------------------------------

    def opened(self, start: Holdings) -> Holdings:
        """Write which policies leave the estates and what was given; return what is left to count for both."""
        out: dict[str, list[Figure]] = {"first": [], "survivor": [], "second": []}
        for policy in own_policies(self.couple):
            self._move(policy, out)
            self._give(policy)
        if self.new is not None:
            self._new_policy(self.new)
        self._premiums()
        for spouse in SPOUSES:
            self._adjusted_gifts(spouse)
        return replace(
            start,
            insurance_in_first_estate=_less(start.insurance_in_first_estate, out["first"]),
            insurance_paid_to_survivor=_less(start.insurance_paid_to_survivor, out["survivor"]),
            insurance_in_second_estate=_less(start.insurance_in_second_estate, out["second"]),
        )

    def _move(self, policy: OwnPolicy, out: dict[str, list[Figure]]) -> None:
        """Write the two parts of a policy's proceeds: what the insured owned, and what the other spouse owned."""
        name, insured = policy.asset.name, self.name(policy.insured)
        dies_first = policy.insured == self.decedent
        own, rest = parts_of_proceeds(policy, dies_first=dies_first)
        if own.amount and self.too_early(policy.insured):
            self.sheet.write(
                f"{name}: {insured} dies within three years of giving it, so this stays in the estate",
                own,
                "IRC 2035(a)",
                "IRC 2042(2)",
            )
            own = given(ZERO, "stays in the estate")
        for part, owner, place in ((own, "the insured", "first"), (rest, "the other spouse", "survivor")):
            if not part.amount:
                continue
            line = self.sheet.write(
                f"{name}: given by {owner}, paid to the trust at the death of {insured}", part, "IRC 2042", "IRC 2035"
            )
            out[place if dies_first else "second"].append(line)
            (self.at_first if dies_first else self.at_second).append(line)

    def _give(self, policy: OwnPolicy) -> None:
        """Write what each spouse gives with a policy; what comes back into the estate is added no second time."""
        if policy.asset.value is None:
            return
        value = given(value_today(policy.asset), f"{policy.asset.name}, value today after loans")
        for spouse in SPOUSES:
            percent = policy.percent_of(spouse)
            comes_back = spouse == policy.insured and self.too_early(spouse)
            if not percent or not value.amount or comes_back:
                continue
            part = value if percent == HUNDRED else value.percent(percent).cents()
            line = self.sheet.write(
                f"{policy.asset.name}: given by {self.name(spouse)}", part, "IRC 2511", "Treas. Reg. 25.2512-6"
            )
            self.policies_given[spouse].append(line)

    def _new_policy(self, new: NewPolicy) -> None:
        """Write what the trust's own policy pays and when."""
        first = new.pays_at_first_death(self.decedent)
        whose = "the second of both" if new.insured == "both" else self.name(new.insured)
        benefit = given(new.death_benefit, "assumption: insurance_trust_death_benefit")
        line = self.sheet.write(
            f"New policy, the trust's from the start: paid at the death of {whose}", benefit, "IRC 2042", "IRC 101(a)"
        )
        (self.at_first if first else self.at_second).append(line)

    def _premiums(self) -> None:
        """Write every year's premium, what it would have grown to, and the taxable gift of each giver."""
        all_years = self.years_of_premiums()
        premium = given(self.premium, "assumption: insurance_trust_yearly_premium")
        for spouse in SPOUSES:
            if self.policies_given[spouse] and 0 not in self.paid_by(spouse):
                self._taxable_gift(spouse, 0, total(self.policies_given[spouse]))
        for year in all_years:
            payer = self.payer(year)
            line = self.sheet.write(f"Premium in {self.as_of.year + year}, paid by {self.name(payer)}", premium)
            if year < self.ground.years_before:
                self._grow(line, self.ground.years_before - year)
            gifts = [line, *(self.policies_given[payer] if year == 0 else [])]
            self._taxable_gift(payer, year, total(gifts))
        words = f"{len(all_years)} times {plain(self.premium)}" if all_years else "no premium is stated"
        self.all_premiums = self.sheet.write("All premiums", given(self.premium * len(all_years), words))
        self.premiums_line = self.sheet.last_number

    def _grow(self, premium: Figure, years: int) -> None:
        """Write what the payer's property lacks of a premium at the first death."""
        grown = (premium * self.ground.growth(years)).cents()
        self.grown_premiums.append(
            self.sheet.write(f"The same at the first death in {self.as_of.year + self.ground.years_before}", grown)
        )

    def _taxable_gift(self, spouse: Spouse, year: int, gifts: Figure) -> None:
        """Write what the withdrawal rights do not cover of a year's gifts. IRC 2503(b)."""
        label = f"Taxable gift of {self.name(spouse)} in {self.as_of.year + year}"
        if makes_no_taxable_gift(self.couple.person(spouse)):
            self.taxable[spouse][year] = self.sheet.write(
                label, given(ZERO, "intangibles given by a nonresident noncitizen are not taxed"), "IRC 2501(a)(2)"
            )
            return
        exclusion = self.ground.law(self.as_of.year + year)[ANNUAL_EXCLUSION]
        holders = self.assumptions.insurance_trust_beneficiaries
        rights = Figure(
            exclusion.amount * holders,
            f"{holders} with a right to withdraw times {exclusion.label}, {exclusion.figure().how}",
            compound=True,
        )
        self.taxable[spouse][year] = self.sheet.write(
            label,
            taxable_part(gifts, rights),
            *exclusion.citations,
            "Treas. Reg. 25.2503-3(c) example 2",
            status=exclusion.status if holders else None,
        )

    def _adjusted_gifts(self, spouse: Spouse) -> None:
        """Write the adjusted taxable gifts of a spouse with those to the trust. IRC 2001(b)."""
        person = self.couple.person(spouse)
        stated = given(person.adjusted_taxable_gifts or ZERO, f"as stated for {person.name}")
        gifts = [gift for gift in self.taxable[spouse].values() if gift.amount]
        if gifts:
            stated = self.sheet.write(
                f"Adjusted taxable gifts of {person.name} with those to the trust",
                stated + total(gifts),
                "IRC 2001(b)",
                kind="subtotal",
            )
        self.adjusted[spouse] = stated

    # -- who pays ----------------------------------------------------------------

    def years_of_premiums(self) -> range:
        """Return the years, counted from the day of the plan, in which a premium is due: until the insured has died."""
        if self.new is None or not self.premium:
            return range(0)
        return range(self.years[self.decedent if self.new.pays_at_first_death(self.decedent) else self.survivor])

    def payer(self, year: int) -> Spouse:
        """Return who pays the premium of a year."""
        return self.assumptions.insurance_trust_payer if year < self.ground.years_before else self.survivor

    def paid_by(self, spouse: Spouse) -> list[int]:
        """Return the years in which `spouse` pays the premium."""
        return [year for year in self.years_of_premiums() if self.payer(year) == spouse]

    def paid(self, decedent_has: Figure, survivor_has: Figure) -> tuple[Figure, Figure]:
        """Take the premiums with their lost growth off the payer's property at the first death, then off the other's.

        What both lack is kept in `lacking`.
        """
        if not self.grown_premiums:
            return decedent_has, survivor_has
        payer = self.assumptions.insurance_trust_payer
        has = {self.decedent: decedent_has, self.survivor: survivor_has}
        wanted = self.sheet.write(
            "Premiums with their lost growth at the first death", total(self.grown_premiums), kind="subtotal"
        )
        left = has[payer] - wanted
        if left.amount < 0:
            short = self.sheet.write(f"{self.name(payer)} lacks for the premiums", wanted - has[payer])
            rest = has[other(payer)] - short
            self.lacking = max(ZERO, -rest.amount)
            has[other(payer)] = self.sheet.write(
                f"{self.name(other(payer))} at the first death, after the premiums", at_least_zero(rest)
            )
        has[payer] = self.sheet.write(f"{self.name(payer)} at the first death, after the premiums", at_least_zero(left))
        return has[self.decedent], has[self.survivor]

    def premiums_until(self, year: int) -> Decimal:
        """Return what both lack of their property `year` years from today, as premiums were paid, USD."""
        years = [paid for paid in self.years_of_premiums() if paid < year]
        return sum((to_cents(self.premium * self.ground.growth(year - paid).amount) for paid in years), ZERO)

    @property
    def premium_of_the_survivor(self) -> Figure | None:
        """What a premium takes off the survivor's property at the end of a year of the widowhood; None: none is due."""
        if self.new is None or not self.premium or self.new.pays_at_first_death(self.decedent):
            return None
        amount = to_cents(self.premium * self.ground.growth(1).amount)
        return given(amount, f"premium of {plain(self.premium)} with the growth of the year")

    # -- what comes out ----------------------------------------------------------

    def gifts_until(self, spouse: Spouse, years: int) -> Decimal:
        """Return the adjusted taxable gifts of `spouse` that dies `years` years from today, USD."""
        stated = self.couple.person(spouse).adjusted_taxable_gifts or ZERO
        made = (gift.amount for year, gift in self.taxable[spouse].items() if not year or year < years)
        return stated + sum(made, ZERO)

    def worth(self, years_of_widowhood: int) -> Decimal:
        """Return what the trust holds if the survivor dies that many years after the first death, USD."""
        first = total(self.at_first).amount
        if years_of_widowhood:
            first = to_cents(first * self.ground.growth(years_of_widowhood).amount)
        return first + total(self.at_second).amount

    def at_the_end(self) -> Figure:
        """Write what the trust holds after both deaths and return it."""
        parts: list[Figure] = []
        first_year = self.as_of.year + self.ground.years_before
        if self.at_first:
            paid = self.sheet.write(f"Paid to the trust at the first death in {first_year}", total(self.at_first))
            between = self.ground.years_between
            if between and paid.amount:
                grown = (paid * self.ground.growth(between)).cents()
                paid = self.sheet.write(f"The same at the second death in {first_year + between}", grown)
            parts.append(paid)
        if self.at_second:
            parts.append(self.sheet.write("Paid to the trust at the second death", total(self.at_second)))
        return self.sheet.write(
            "Insurance trust, in neither estate", total(parts), "IRC 2042", "IRC 2035(a)", kind="result"
        )


def parts_of_proceeds(policy: OwnPolicy, *, dies_first: bool) -> tuple[Figure, Figure]:
    """Return what of the proceeds came of the insured's part of the policy and what of the other's, as `holdings`."""
    benefit = given(policy.asset.death_benefit or ZERO, f"{policy.asset.name}, death benefit")
    percent = policy.percent_of(policy.insured)
    own = benefit if percent == HUNDRED else benefit.percent(percent).cents()
    if dies_first:
        rest = benefit if not percent else benefit.percent(HUNDRED - percent).cents()
    else:
        rest = Figure(benefit.amount - own.amount, f"the rest of {benefit.how}", compound=True)
    return own, rest


def _less(figure: Figure, out: list[Figure]) -> Figure:
    """Return `figure` without what has left it."""
    return figure - total(out) if out else figure


def years_named(assumptions: Assumptions, insured: Spouse) -> int | None:
    """Return the assumed years to the death of `insured` in the order that ranks."""
    first = assumptions.ranking_order == insured
    return assumptions.years_to_first_death if first else assumptions.years_to_second_death


def given_too_late(couple: Couple, assumptions: Assumptions, as_of: date) -> Iterator[tuple[OwnPolicy, int]]:
    """Give the policies whose insured dies within three years in the order that ranks, with the years. IRC 2035(a)."""
    for policy in own_policies(couple):
        years = years_named(assumptions, policy.insured)
        if years is None or not policy.percent_of(policy.insured):
            continue
        if within_three_years(as_of, date(as_of.year + years, 12, 31)):
            yield policy, years
