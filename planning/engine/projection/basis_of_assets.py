"""The basis of every asset under every strategy at every event, in one order of death. IRC 1014, 1015, 1041, 2056A.

Strategies differ in where property goes, not in what happens to its basis there:
a part of an asset is followed once for each route, and strategies that send it
the same way share the row. Every number is of the rules of basis; here stands
only what a plan knows: the asset, its growth, the days and the routes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.assumptions import Assumptions
from planning.engine.basis_table import BasisOfOrder, BasisRow, Route
from planning.engine.facts import Asset, Couple, Spouse, is_us_citizen
from planning.engine.holdings import (
    SHARED_BY_PERCENT,
    inclusion_in_first_estate,
    listed_assets,
    other,
    share_of,
    us_situs,
)
from planning.engine.projection.asset_growth import grows_apart, own_growth
from planning.engine.projection.basis_course import ONE, Course, Payment
from planning.engine.projection.gift_programme import YearsGift
from planning.engine.projection.nonresident import is_nonresident_noncitizen
from planning.engine.results import OrderResult
from planning.engine.rules.basis_facts import Event, Form
from planning.engine.rules.s2044_survivors_estate import QdotForm
from planning.engine.strategies.catalogue import BY_ID
from planning.engine.worksheet import ZERO

HUNDRED = Decimal(100)
# A percent is told to a ten-thousandth.
FINE = Decimal("0.0001")
FORM_OF_TRUST: Mapping[QdotForm, Form] = {
    "qtip": "qdot_qtip",
    "general_power": "qdot_general_power",
    "estate_trust": "qdot_estate_trust",
}
IN_TRUST = ("qdot", "assigned_qdot")
SPOUSES = ("a", "b")
# A plan that pays a pension cannot be given away, and a policy is no part of a programme of yearly gifts.
NOTES = (
    "Values are today's, grown as the plan grows them and before debt; a debt does not move the basis.",
    "Spending is taken out of no single asset: each part is followed as if it were kept.",
)
ROUTES_NOTE = (
    "Which assets go to which trust is settled later: what the decedent owned is shown on every route that takes a"
    " part."
)
RETIREMENT_NOTE = "A retirement account is taken as income in respect of a decedent as a whole."
INSURANCE_NOTE = (
    "A death benefit is taken to be of a policy that nobody bought from its owner; a policy on somebody else's life is"
    " not followed."
)
GIFT_NOTE = (
    "Gifts come out of cash first, then of what has gained least, never of a retirement account. They end at least a"
    " year before the first death; if the recipient dies within a year of a gained gift and it comes back to the giver,"
    " nothing is stepped up (IRC 1014(e))."
)
EVENLY_NOTE = "Principal is taken evenly out of everything a QDOT holds; the tax withheld is paid out of what is sold."
SITUS_NOTE = (
    "Of a survivor domiciled abroad, land and deposits in a QDOT count by where they are, anything else as the plan"
    " assumes of the whole QDOT."
)


@dataclass(frozen=True, slots=True)
class Way:
    """What of a strategy decides about basis; strategies that agree in it share their rows.

    `moved` is what the gifts have become at the first death and `gifts` their sum, USD; zero without any.
    """

    routes: tuple[Route, ...]
    citizen: bool
    abroad: bool
    oath: bool
    payments: tuple[Payment, ...]
    moved: Decimal
    gifts: Decimal


def basis_of_assets(
    couple: Couple,
    assumptions: Assumptions,
    as_of: date,
    decedent: Spouse,
    results: Mapping[str, OrderResult],
    gifts: Sequence[YearsGift],
) -> BasisOfOrder:
    """Return every part of every asset on every route if `decedent` dies first.

    `results` are the projections of this order by strategy; where none is
    computed, only today's basis is told. `gifts` are the yearly gifts of the
    strategies that make some, with the assets they come out of.
    """
    computed = {name: result for name, result in results.items() if result.family_wealth is not None}
    if not computed:
        return BasisOfOrder(decedent, tuple(_today(couple, as_of, decedent)), ())
    return _Order(couple, assumptions, as_of, decedent, computed, gifts).table()


def _today(couple: Couple, as_of: date, decedent: Spouse) -> Iterator[BasisRow]:
    """Return today's basis of what the couple lists, while no death can be reckoned with."""
    for index, asset in enumerate(listed_assets(couple) or ()):
        owner = other(decedent) if asset.title == other(decedent) else decedent
        events = tuple(Course(index, asset, ONE, as_of).events)
        yield BasisRow(index, asset.name, owner, HUNDRED, "today", given=False, strategies=(), events=events)


class _Order:
    """All of one order of death; the public door is `basis_of_assets`."""

    def __init__(
        self,
        couple: Couple,
        assumptions: Assumptions,
        as_of: date,
        decedent: Spouse,
        results: Mapping[str, OrderResult],
        gifts: Sequence[YearsGift],
    ) -> None:
        self.gifts = gifts
        self.couple, self.assumptions, self.as_of = couple, assumptions, as_of
        self.decedent, self.survivor = decedent, other(decedent)
        self.results = results
        self.assets = listed_assets(couple) or ()
        outright = results["outright"]
        self.first_year, self.second_year = outright.first_death_year or 0, outright.second_death_year or 0
        self.paid_by_trust = (assumptions.qdot_income_yield + assumptions.qdot_yearly_cost) / HUNDRED
        self.trust = FORM_OF_TRUST[assumptions.qdot_form]

    # -- the table ---------------------------------------------------------------

    def table(self) -> BasisOfOrder:
        """Return every part on every route, asset by asset, the decedent's part first."""
        ways: dict[Way, list[str]] = {}
        for strategy, result in self.results.items():
            ways.setdefault(self.way(strategy, result), []).append(strategy)
        found: dict[BasisRow, list[str]] = {}
        for way, strategies in ways.items():
            for row in self.rows(way):
                found.setdefault(row, []).extend(strategies)
        rows = [
            replace(row, strategies=tuple(name for name in BY_ID if name in strategies))
            for row, strategies in found.items()
        ]
        rows.sort(key=lambda row: (row.asset, row.given, row.owner != self.decedent))
        return BasisOfOrder(self.decedent, tuple(rows), tuple(self.notes(list(ways))))

    def notes(self, ways: list[Way]) -> Iterator[str]:
        """Return what was taken for this table."""
        yield from NOTES
        if any(len(way.routes) > 1 for way in ways):
            yield ROUTES_NOTE
        kinds = {asset.kind for asset in self.assets}
        if "retirement" in kinds:
            yield RETIREMENT_NOTE
        if "life_insurance" in kinds:
            yield INSURANCE_NOTE
        if any(way.moved for way in ways):
            yield GIFT_NOTE
        if any(way.payments for way in ways):
            yield EVENLY_NOTE
        if any(way.abroad and "qdot" in way.routes for way in ways):
            yield SITUS_NOTE

    def way(self, strategy: str, result: OrderResult) -> Way:
        """Return where a strategy sends the decedent's property, from the figures of its projection."""
        routes: list[Route] = []
        if result.outright_at_start:
            routes.append("outright")
        if result.qdot_at_start:
            routes.append("qdot")
        if result.bypass_at_start:
            routes.append("bypass")
        if self.couple.person(self.decedent).first_death_share_to_spouse not in (None, HUNDRED):
            routes.append("others")
        citizen_today = is_us_citizen(self.couple.person(self.survivor)) is True
        moved = ZERO
        if BY_ID[strategy].gifts:
            # What the gifts took out of one estate into the other.
            moved = abs((self.results["outright"].first_estate or ZERO) - (result.first_estate or ZERO))
        return Way(
            routes=tuple(routes),
            citizen=result.survivor_is_citizen,
            abroad=result.survivor_abroad,
            oath=result.survivor_is_citizen and not citizen_today,
            payments=tuple(
                Payment(event.year, event.amount, event.tax, event.held)
                for event in result.qdot_events
                if event.kind == "principal"
            ),
            moved=moved,
            gifts=result.figures["gifts_total"] or ZERO,
        )

    # -- parts and routes --------------------------------------------------------

    def rows(self, way: Way) -> Iterator[BasisRow]:
        """Return every part of every asset on the routes of one way."""
        shares = self.shares_given(way)
        for index, asset in enumerate(self.assets):
            if asset.kind == "life_insurance":
                yield from self.insurance(index, asset, way)
                continue
            percent = inclusion_in_first_estate(asset, self.decedent, survivor_is_citizen=way.citizen).percent
            own = HUNDRED - percent
            if asset.title in SHARED_BY_PERCENT:
                own = share_of(asset, self.survivor) or ZERO
            given = shares.get(index, ZERO) * HUNDRED
            if given:
                yield from self.given(index, asset, way, given)
                if self.assumptions.gift_donor == self.decedent:
                    percent = max(ZERO, percent - given)
                else:
                    own = max(ZERO, own - given)
            if percent:
                yield from self.decedents(index, asset, way, percent)
            if own:
                yield self.survivors(index, asset, way, own)

    def growth(self, asset: Asset) -> Decimal:
        """Return what a dollar of `asset` becomes in a year, the income it pays out left aside."""
        own = own_growth(asset, self.assumptions.growth)
        paid = asset.income_yield if grows_apart(asset) and asset.income_yield else ZERO
        return 1 + (own - paid) / HUNDRED

    def pieces_of(self, index: int) -> list[tuple[int, Decimal]]:
        """Return the year and amount (USD) of everything that the gifts take out of an asset."""
        asset = self.assets[index]
        return [
            (gift.year, piece.amount)
            for gift in self.gifts
            for piece in gift.pieces
            if piece.asset is asset or (piece.asset == asset and self.assets.index(asset) == index)
        ]

    def shares_given(self, way: Way) -> dict[int, Decimal]:
        """Return what part (0 to 1) of each asset the gifts of a way take in all."""
        if not way.moved:
            return {}
        found: dict[int, Decimal] = {}
        for index, asset in enumerate(self.assets):
            pieces = self.pieces_of(index)
            if pieces and asset.value:
                # A gift of a later year takes less of the asset, which has grown by then.
                factor = self.growth(asset)
                taken = sum((amount / factor**year for year, amount in pieces), ZERO)
                found[index] = min(ONE, taken / asset.value)
        return found

    def decedents(self, index: int, asset: Asset, way: Way, percent: Decimal) -> Iterator[BasisRow]:
        """Return the decedent's part on each route; what passes by survivorship can only be assigned to a QDOT."""
        joint = asset.title == "joint_survivorship"
        routes = way.routes
        if joint:
            routes = ("assigned_qdot",) if "qdot" in routes else ("outright",)
        for route in routes:
            course = Course(index, asset, percent / HUNDRED, self.as_of)
            course.becomes("survivorship" if joint else "decedent_owned")
            death = replace(self.first_death(asset, way), passes_to=self.form(route), included_share=ONE)
            self.first_dies(course, death, way, income_in_respect=asset.kind == "retirement")
            if route == "assigned_qdot":
                course.happens("assignment", Event("assignment", ZERO))
            self.to_the_end(course, way, route)
            yield self.row(course, self.decedent, percent, route)

    def survivors(self, index: int, asset: Asset, way: Way, own: Decimal) -> BasisRow:
        """Return the survivor's own part, which the first death reaches with community property alone."""
        course = Course(index, asset, own / HUNDRED, self.as_of)
        death = replace(self.first_death(asset, way), included_share=ZERO)
        if asset.title == "community":
            course.becomes("community")
            self.first_dies(course, death, way, income_in_respect=asset.kind == "retirement", as_half=True)
        else:
            course.becomes("survivorship" if asset.title == "joint_survivorship" else "tenants_in_common")
            self.first_dies(course, death, way)
        course.becomes("spouse_owned")
        self.to_the_end(course, way, "own")
        return self.row(course, self.survivor, own, "own")

    def given(self, index: int, asset: Asset, way: Way, percent: Decimal) -> Iterator[BasisRow]:
        """Return what the plan gives away of an asset, from the giver to the end. IRC 1041, 1015, 1014(e)."""
        donor, years = self.assumptions.gift_donor, self.assumptions.gift_years or 0
        donee = self.couple.person(other(donor))
        gift = Event(
            "gift",
            sum((amount for _year, amount in self.pieces_of(index)), ZERO),
            on=date(self.as_of.year + years - 1, 1, 1),
            spouse_citizen=is_us_citizen(donee) is True,
            spouse_income_tax_resident=bool(donee.us_domicile) or donee.lawful_permanent_resident_since is not None,
            elected_6013=False,
            # The yearly exclusion covers every gift of the plan: none is taxed.
            tax=ZERO,
        )
        back = donor == self.survivor
        owner: Spouse = other(donor)
        for route in way.routes if back else ("own",):
            course = Course(index, asset, percent / HUNDRED, self.as_of)
            course.happens("gift", gift)
            course.last_event(year=self.as_of.year, on=None)
            if back:
                # The recipient dies first: for this property that is the death of the spouse who had the gift.
                death = self.second_death(asset, way)
                death = replace(death, on=self.day(self.first_year), returns_to_donor=route != "others")
            else:
                death = self.first_death(asset, way)
            self.first_dies(course, death, way)
            if back:
                course.becomes(self.form(route))
            self.to_the_end(course, way, route)
            yield self.row(course, owner, percent, route, given=True)

    def insurance(self, index: int, asset: Asset, way: Way) -> Iterator[BasisRow]:
        """Return what a policy pays, as cash at the insured's death and after it. IRC 101(a)."""
        if asset.insured not in SPOUSES:
            owner = self.survivor if asset.title == self.survivor else self.decedent
            yield self.row(Course(index, asset, ONE, self.as_of), owner, HUNDRED, "today")
            return
        benefit = asset.death_benefit or ZERO
        if asset.insured == self.survivor:
            course = Course(index, asset, ONE, self.as_of)
            self.paid(course, "second_death", self.second_year, benefit)
            yield self.row(course, self.survivor, HUNDRED, "own")
            return
        percent = HUNDRED / 2
        if asset.title in SPOUSES:
            percent = HUNDRED if asset.title == self.decedent else ZERO
        elif asset.title in SHARED_BY_PERCENT:
            percent = share_of(asset, self.decedent) or ZERO
        to: list[tuple[Route, Decimal]] = [(route, percent) for route in way.routes if percent]
        if percent < HUNDRED:
            to.append(("own", HUNDRED - percent))
        for route, part in to:
            course = Course(index, asset, part / HUNDRED, self.as_of)
            self.paid(course, "first_death", self.first_year, benefit * part / HUNDRED)
            course.becomes(self.form(route))
            self.to_the_end(course, way, route)
            yield self.row(course, self.survivor if route == "own" else self.decedent, part, route)

    def row(self, course: Course, owner: Spouse, percent: Decimal, route: Route, *, given: bool = False) -> BasisRow:
        """Return the row of a part that has come to its end."""
        told = percent.quantize(FINE)
        return BasisRow(course.index, course.asset.name, owner, told, route, given, (), tuple(course.events))

    # -- events ------------------------------------------------------------------

    def day(self, year: int) -> date:
        """Return the day on which the plan lets a spouse die: the last of the year."""
        return date(year, 12, 31)

    def form(self, route: Route) -> Form:
        """Return how property is held after the first death on a route."""
        if route == "bypass":
            return "bypass_trust"
        return self.trust if route == "qdot" else "spouse_owned"

    def first_death(self, asset: Asset, way: Way) -> Event:
        """Return the first death for an asset, its value left to the part that is followed."""
        return Event(
            "first_death",
            ZERO,
            on=self.day(self.first_year),
            decedent_us_person=not is_nonresident_noncitizen(self.couple.person(self.decedent)),
            spouse_citizen=way.citizen,
            us_situs=us_situs(asset),
        )

    def second_death(self, asset: Asset, way: Way) -> Event:
        """Return the second death for an asset."""
        here = us_situs(asset)
        if here is None:
            here = {HUNDRED: True, ZERO: False}.get(self.assumptions.qdot_us_situs_share)
        return Event(
            "second_death",
            ZERO,
            on=self.day(self.second_year),
            spouse_citizen=way.citizen,
            spouse_us_person=not way.abroad,
            us_situs=here,
            returns_to_donor=False,
        )

    def first_dies(
        self,
        course: Course,
        death: Event,
        way: Way,
        *,
        income_in_respect: bool = False,
        as_half: bool = False,
    ) -> None:
        """Let the first spouse die, and the other take the oath before or after it where the strategy says so."""
        oath = self.couple.person(self.survivor).naturalization_expected_on
        late = oath is not None and oath > self.day(self.first_year)
        if way.oath and not late:
            self.takes_oath(course, oath)
        course.grow(self.first_year, self.growth(course.asset))
        course.happens("first_death", death, income_in_respect=income_in_respect, as_half=as_half)
        if way.oath and late:
            self.takes_oath(course, oath)

    def takes_oath(self, course: Course, on: date | None) -> None:
        """Write the oath down, which changes no basis."""
        course.happens("naturalization", Event("naturalization", ZERO, on=on))
        course.last_event(year=None if on is None else on.year, on=on)

    def paid(self, course: Course, kind: Literal["first_death", "second_death"], year: int, benefit: Decimal) -> None:
        """Let a policy pay at the insured's death: the value is cash from then on."""
        course.value, course.year = benefit, year
        course.becomes("life_insurance_trust")
        course.happens(kind, Event("first_death", ZERO, on=self.day(year), transferred_for_value=False))

    def to_the_end(self, course: Course, way: Way, route: Route) -> None:
        """Follow a part from the first death to the second; what others received is theirs from then on."""
        if route == "others":
            return
        retirement = course.asset.kind == "retirement"
        if route in IN_TRUST:
            for payment in way.payments:
                course.grow(payment.year, self.growth(course.asset) - self.paid_by_trust)
                course.pays_out(payment, income_in_respect=retirement)
        factor = self.growth(course.asset)
        course.grow(self.second_year, factor - self.paid_by_trust if route in IN_TRUST else factor)
        if course.value:
            death = self.second_death(course.asset, way)
            course.happens("second_death", death, income_in_respect=retirement)
