"""From facts and law to a plan: assess every strategy, rank, recommend, and say what is missing.

The engine recommends to the attorney; the attorney decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from planning.engine import ENGINE_VERSION
from planning.engine.advice import actions, non_tax_points, option_reasons, usd, why_first, why_not
from planning.engine.assumptions import Assumption, Assumptions, Source, Value, settle
from planning.engine.basis_table import BasisOfOrder
from planning.engine.community_law import CommunityLaw
from planning.engine.deadlines import deadlines_of_plan
from planning.engine.effect_of_unknowns import by_weight, priced
from planning.engine.facts import Couple, Spouse, is_us_citizen
from planning.engine.finding import Finding
from planning.engine.findings import findings_of_plan
from planning.engine.findings.asking import PlanFacts
from planning.engine.flip_map import flip_map
from planning.engine.flips_vectorised import flip_points
from planning.engine.growth_sets import growth_sets
from planning.engine.holdings import listed_assets, other, wealth_today
from planning.engine.law import (
    ANNUAL_EXCLUSION,
    BASIC_EXCLUSION_AMOUNT,
    NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION,
    LawAmount,
    LawBook,
)
from planning.engine.mortality import LifeTable
from planning.engine.projection import insurance_trust, treaty
from planning.engine.projection.alternatives import alternatives
from planning.engine.projection.basis_of_assets import basis_of_assets
from planning.engine.projection.exact import project
from planning.engine.projection.gift_programme import YearsGift
from planning.engine.projection.ground import Ground
from planning.engine.readiness import (
    SPOUSES,
    explain_missing,
    missing_facts,
    noncitizens,
    nonresident,
    open_points,
    unavailable,
)
from planning.engine.results import (
    FlipPoint,
    MissingFact,
    Odds,
    Option,
    OrderResult,
    OtherOrder,
    Plan,
    PlanWarning,
    Recommendation,
    WhyReason,
)
from planning.engine.rules.naturalization_timeline import ProcessingTimes
from planning.engine.rules.s7503_due_dates import IsHoliday, form_709_due
from planning.engine.rules.treaty_relief import TreatyRelief
from planning.engine.solving import solved_programmes
from planning.engine.state_law import StateBook, StateLaw
from planning.engine.state_warnings import state_warnings
from planning.engine.strategies.catalogue import (
    BY_ID,
    LIFE_INSURANCE_TRUST,
    STRATEGIES,
    Strategy,
    strategy_of,
    with_insurance_trust,
)
from planning.engine.treaties import TreatyBook
from planning.engine.uncertainty.draws import Uncertain
from planning.engine.uncertainty.lives import life_of
from planning.engine.uncertainty.oaths import oath_range
from planning.engine.uncertainty.outlook import odds
from planning.engine.worksheet import given, plain

# Kinds of assets whose debt is asked for; accounts carry none of their own.
KINDS_WITH_DEBT = ("home", "real_estate", "business", "other")
LEAST_TO_COMPARE = 2
WATCHED_POINTS = Decimal(1)
FALLBACK = "A QDOT clause stays in the wills, also where citizenship is planned."


class _Planner:
    """One run; `make_plan` is the public door."""

    with_flip_points = True
    community: CommunityLaw | None = None

    def __init__(
        self,
        couple: Couple,
        assumptions: Assumptions,
        lawbook: LawBook,
        as_of: date,
        state_book: StateBook | None = None,
        treaty_book: TreatyBook | None = None,
        is_holiday: IsHoliday = lambda _day: False,
    ) -> None:
        self.is_holiday = is_holiday
        self.state_book, self.treaty_book = state_book, treaty_book
        self.couple, self.assumptions, self.lawbook, self.as_of = couple, assumptions, lawbook, as_of
        self.missing = missing_facts(couple, assumptions)
        self.unavailable = {s.id: unavailable(s, couple, assumptions, as_of) for s in STRATEGIES}
        self.unavailable[LIFE_INSURANCE_TRUST.id] = (
            None if self.missing else insurance_trust.closed(couple, assumptions)
        )
        # What can be ranked: once the base of an insurance trust is known, that trust too.
        self.strategies: tuple[Strategy, ...] = STRATEGIES
        self.reliefs = {order: self.relief(order) for order in SPOUSES}
        for strategy in STRATEGIES:
            if strategy.treaty and not self.missing:
                self.unavailable[strategy.id] = treaty.closed(self.reliefs[assumptions.ranking_order])

    def relief(self, decedent: Spouse) -> TreatyRelief | None:
        """Return the treaty relief of the first estate in this order of death, None where none is known."""
        years = self.assumptions.years_to_first_death
        if years is None:
            return None
        died = date(self.as_of.year + years, 12, 31)
        return treaty.relief_for(self.treaty_book, self.couple, decedent, died)

    def open_points(self, strategy: Strategy, couple: Couple) -> list[str]:
        """Return the facts that keep a strategy from being ranked though its figures can be worked out."""
        relief = self.reliefs[self.assumptions.ranking_order]
        if strategy.treaty and relief is not None and not strategy.insurance_trust:
            return treaty.open_facts(relief, couple)
        if strategy.insurance_trust:
            return insurance_trust.open_facts(couple, self.assumptions)
        return open_points(strategy, couple, self.assumptions)

    @cached_property
    def ground(self) -> Ground:
        """What all projections of this couple share."""
        return Ground(self.couple, self.assumptions, self.lawbook, self.as_of, self.state_book, self.treaty_book)

    def result(self, strategy: Strategy, decedent: Spouse, ground: Ground | None = None) -> OrderResult:
        """Return one projection, on other `ground` where one is given; its facts are known to be complete."""
        return project(ground or self.ground, decedent=decedent, strategy=strategy)

    def options(self) -> list[Option]:
        """Return every strategy worked out in both orders, ranked."""
        found = [self.option(strategy) for strategy in STRATEGIES]
        found.append(self.insurance_trust(found))
        for order in SPOUSES:
            self.compare_with_nothing(found, order)
        for rank, option in enumerate(self.ranked(found, self.assumptions.ranking_order), start=1):
            option.rank = rank
        return found

    def insurance_trust(self, others: list[Option]) -> Option:
        """Return the insurance trust added to the first of the `others`, and rank it from here on where it is open."""
        ranking = self.ranked(others, self.assumptions.ranking_order)
        strategy = with_insurance_trust(BY_ID[ranking[0].strategy]) if ranking else LIFE_INSURANCE_TRUST
        option = self.option(strategy)
        if option.status != "not_available":
            option.base = strategy.base
        if option.status == "available":
            self.strategies = (*STRATEGIES, strategy)
        return option

    def in_order(self, strategy: Strategy, order: Spouse) -> OrderResult:
        """Return one strategy in one order; a treaty may be open in one order and not in the other."""
        if strategy.treaty and self.reliefs[order] is None:
            reason = treaty.closed(None)
            return OrderResult(order, "not_computed", [reason] if reason else [])
        return self.result(strategy, order)

    def compare_with_nothing(self, options: list[Option], order: Spouse) -> None:
        """Write each option's difference to doing nothing on its last worksheet, USD."""
        nothing = options[0].order(order)
        if nothing.family_wealth is None:
            return
        for option in options:
            result = option.order(order)
            if result.family_wealth is None:
                continue
            own = given(result.family_wealth, f"line {result.lines['family_wealth']}")
            with_nothing = given(nothing.family_wealth, f"line {nothing.lines['family_wealth']}")
            sheet = result.worksheets[-1]
            difference = sheet.write("Against nothing arranged", own - with_nothing)
            result.figures["against_outright"] = difference.amount
            result.lines["against_outright"] = sheet.last_number

    def compare_with_first(self, options: list[Option], first: Option, order: Spouse) -> None:
        """Write each other option's difference to the first-ranked one on its last worksheet, USD."""
        best = first.order(order)
        for option in options:
            result = option.order(order)
            if option is first or result.family_wealth is None or best.family_wealth is None:
                continue
            own = given(result.family_wealth, f"line {result.lines['family_wealth']}")
            leading = given(best.family_wealth, f"line {best.lines['family_wealth']}")
            result.worksheets[-1].write("Against the arrangement ranked first", own - leading)

    def option(self, strategy: Strategy) -> Option:
        """Return one strategy with status, reasons and both orders."""
        closed = self.unavailable[strategy.id]
        option = Option(strategy.id, strategy.title, "available")
        option.non_tax_points = non_tax_points(strategy)
        if closed is not None:
            option.status, option.reasons = "not_available", [closed]
            option.orders = [OrderResult(order, "not_computed", [closed]) for order in SPOUSES]
            return option
        option.missing = [*self.missing, *self.open_points(strategy, self.couple)]
        if option.missing:
            option.status = "needs_facts"
        if self.missing:
            option.orders = [OrderResult(order, "needs_facts", [], list(self.missing)) for order in SPOUSES]
        else:
            option.orders = [self.in_order(strategy, order) for order in SPOUSES]
            option.reasons = option_reasons(strategy, self.couple, option.order(self.assumptions.ranking_order))
            relief = self.reliefs[self.assumptions.ranking_order]
            if strategy.treaty and relief is not None:
                option.reasons += treaty.reasons(relief)
            option.alternatives = alternatives(self.ground, strategy, option.order(self.assumptions.ranking_order))
        law = self.lawbook.projected(self.as_of, self.assumptions.indexing)
        gift_return = form_709_due(self.as_of.year, self.is_holiday)
        option.actions = actions(strategy, self.couple, self.assumptions, law, self.as_of, gift_return)
        return option

    def ranked(self, options: list[Option], order: Spouse) -> list[Option]:
        """Return the available options in order of family wealth; within the tolerance the simpler comes first."""
        left = [o for o in options if o.status == "available" and o.order(order).family_wealth is not None]
        found: list[Option] = []
        while left:
            near = self.near_the_top(left, order)
            if not found and not self.assumptions.treaty_confirmed:
                # No treaty comes first before the attorney has confirmed it.
                others = [option for option in left if not BY_ID[option.strategy].treaty]
                near = self.near_the_top(others, order) if others else near
            chosen = min(near, key=lambda option: BY_ID[option.strategy].simplicity)
            found.append(chosen)
            left.remove(chosen)
        return found

    def near_the_top(self, options: list[Option], order: Spouse) -> list[Option]:
        """Return the options that lie within the tolerance of the highest in what the order goes by."""
        wealth = {id(option): option.order(order).ranked_by or Decimal(0) for option in options}
        top = max(wealth.values())
        allowed = abs(top) * self.assumptions.closeness_tolerance / 100
        return [option for option in options if top - wealth[id(option)] <= allowed]

    def first_at(self, couple: Couple) -> str | None:
        """Return the strategy that comes first for a changed couple, in the order that ranks."""
        order = self.assumptions.ranking_order
        ground = Ground(couple, self.assumptions, self.lawbook, self.as_of, self.state_book, self.treaty_book)
        options: list[Option] = []
        for strategy in self.strategies:
            if self.unavailable[strategy.id] is None and not self.open_points(strategy, couple):
                option = Option(strategy.id, strategy.title, "available", orders=[self.result(strategy, order, ground)])
                options.append(option)
        outright = next((option for option in options if option.strategy == "outright"), None)
        if outright is not None and outright.order(order).total_tax == 0:
            return "none_needed"
        ranking = self.ranked(options, order)
        return ranking[0].strategy if ranking else None

    def recommend(self, options: list[Option]) -> Recommendation:
        """Return what comes first, why, why not the others, and what would change it."""
        order = self.assumptions.ranking_order
        ranking = self.ranked(options, order)
        if not ranking:
            closed = next((o.reasons[0].text for o in options if o.status == "not_available" and o.reasons), None)
            waits = "; ".join(explain_missing(self.couple, path).text for path in self.missing)
            sentence = (
                f"The comparison waits for facts. {waits}." if waits else f"No strategy can be ranked. {closed or ''}"
            )
            return Recommendation(None, sentence.strip())
        first, outright = ranking[0], next(option for option in options if option.strategy == "outright")
        if self.no_tax_without_any_of_it(outright):
            return self.none_needed(options, outright)
        result, nothing = first.order(order), outright.order(order)
        close = [o.strategy for o in self.near_the_top(ranking, order) if o is not first]
        found = Recommendation(first.strategy, "", bool(close), close)
        if len(ranking) > 1 and result.family_wealth is not None:
            found.margin = result.family_wealth - (ranking[1].order(order).family_wealth or Decimal(0))
        found.against_outright = result.figures["against_outright"]
        found.sentence = self.sentence(first, found.against_outright)
        found.reasons = why_first(first, nothing if noncitizens(self.couple) else None, self.couple, result)
        self.compare_with_first(options, first, order)
        found.why_not = {o.strategy: why_not(o, first, order, self.couple) for o in options if o is not first}
        found.flip_points = self.flips()
        found.other_order = self.other_order(options, first.strategy)
        found.fallback = FALLBACK if noncitizens(self.couple) else ""
        return found

    def sentence(self, first: Option, against_outright: Decimal | None) -> str:
        """Return the answer in one sentence."""
        strategy = strategy_of(first.strategy, first.base)
        if first.strategy == "outright" or against_outright is None:
            return "Nothing that could be arranged leaves the family more by a margin that matters."
        verb = "leave" if strategy.gifts or " and " in strategy.sentence else "leaves"
        direction = "more" if against_outright >= 0 else "less"
        return f"{strategy.sentence} {verb} the family {usd(abs(against_outright))} {direction} than doing nothing."

    def no_tax_without_any_of_it(self, outright: Option) -> bool:
        """Whether no tax is due in either order of death with nothing arranged, federal or of a state worked out."""
        return outright.status == "available" and all(result.total_tax == 0 for result in outright.orders)

    def none_needed(self, options: list[Option], outright: Option) -> Recommendation:
        """Return the recommendation where no federal tax is due without any of it, and what to watch."""
        order = self.assumptions.ranking_order
        result = outright.order(order)
        taxes = "federal" if result.figures["state_tax"] is None else "federal or state"
        found = Recommendation("none_needed", f"No {taxes} tax is due in either order of death with nothing arranged.")
        found.against_outright = Decimal(0)
        found.reasons = _no_tax_reasons(self.couple, result) + self.watch(order)
        found.why_not = {
            option.strategy: why_not(option, outright, order, self.couple)
            for option in options
            if option is not outright
        }
        for strategy, reason in list(found.why_not.items()):
            if reason.difference is not None:
                found.why_not[strategy] = replace(reason, text=f"No {taxes} tax is due without it")
        found.flip_points = self.flips()
        found.fallback = FALLBACK if noncitizens(self.couple) else ""
        return found

    def watch(self, order: Spouse) -> list[WhyReason]:
        """Return what to watch: whether tax would be due with growth a point higher than assumed."""
        growth = self.assumptions.growth + WATCHED_POINTS
        assumptions = replace(self.assumptions, growth=growth)
        faster = _Planner(self.couple, assumptions, self.lawbook, self.as_of, self.state_book, self.treaty_book)
        tax = faster.result(BY_ID["outright"], order).total_tax
        if not tax:
            return []
        text = f"To watch: with growth of {plain(growth)}% a year, tax of {usd(tax)} would be due"
        return [WhyReason(text, "IRC 2001, 2010", tax, Decimal(0))]

    @property
    def trust_is_open(self) -> bool:
        """Whether the figures of an insurance trust were worked out."""
        return not self.missing and self.unavailable[LIFE_INSURANCE_TRUST.id] is None

    def trust_warnings(self, options: list[Option]) -> list[PlanWarning]:
        """Return what the plan must say of an insurance trust: policies that come back, gifts past the exclusion."""
        if not self.trust_is_open:
            return []
        found: list[PlanWarning] = []
        for policy, years in insurance_trust.given_too_late(self.couple, self.assumptions, self.as_of):
            name = self.couple.person(policy.insured).name
            text = (
                f"{policy.asset.name}: {name} is taken to die in {self.as_of.year + years}, within three years of"
                " giving the policy to an insurance trust, so that the insured's part of the proceeds stays in the"
                " estate (IRC 2035(a), 2042) and the trust gains nothing by it."
            )
            found.append(PlanWarning("insurance_given_within_three_years", text))
        result = next(o for o in options if o.strategy == LIFE_INSURANCE_TRUST.id).order(self.assumptions.ranking_order)
        gifts, exclusion = result.figures["insurance_taxable_gifts"], result.exclusion_at_first_death
        if gifts and exclusion is not None:
            used = gifts + max(self.couple.person(spouse).adjusted_taxable_gifts or Decimal(0) for spouse in SPOUSES)
            if used > self.lawbook.federal(self.as_of).basic_exclusion_amount:
                text = (
                    f"Taxable gifts to the insurance trust of {usd(gifts)} may pass the exclusion while both live: gift"
                    " tax in life is not worked out; it is counted with the estate tax (IRC 2502, 2001(b))."
                )
                found.append(PlanWarning("insurance_gifts_pass_the_exclusion", text))
        if insurance_trust.new_policy(self.assumptions) is not None:
            text = (
                "What the insurance trust's new policy costs and pays is as stated by staff. How the policy invests,"
                " and whether the premium is enough for life, was not examined; the figures count its return."
            )
            found.append(PlanWarning("insurance_as_stated", text))
        return found

    def flips(self) -> list[FlipPoint]:
        """Return where along each input another strategy would come first."""
        return flip_points(self.ground, self.strategies) if self.with_flip_points else []

    def solve(self, options: list[Option], recommendation: Recommendation) -> None:
        """Solve the open options for their bypass share and years of gifts; nothing where no tax is due anyway."""
        if not self.with_flip_points or recommendation.strategy in (None, "none_needed"):
            return
        order = self.assumptions.ranking_order
        ranked = {option.strategy: option for option in options if option.rank is not None}
        found = solved_programmes(self.ground, {name: option.order(order) for name, option in ranked.items()})
        for name, solved in found.items():
            ranked[name].solved = solved

    def other_order(self, options: list[Option], first: str) -> OtherOrder:
        """Return what comes first if the other spouse dies first."""
        order = other(self.assumptions.ranking_order)
        ranking = self.ranked(options, order)
        name = self.couple.person(order).name
        if not ranking:
            return OtherOrder(order, None, f"If {name} dies first, nothing could be ranked.")
        leader = ranking[0]
        tied = [o.strategy for o in self.near_the_top(ranking, order)]
        if leader.strategy == first or first in tied:
            return OtherOrder(order, leader.strategy, f"If {name} dies first, it is among the first as well.")
        text = f"If {name} dies first, another comes first: {leader.title}."
        return OtherOrder(order, leader.strategy, text, differs=True)

    def warnings(self, options: list[Option], amounts: list[LawAmount]) -> list[PlanWarning]:
        """Return what limits this plan."""
        found = [
            *state_warnings(self.couple, options, self.assumptions, self.state_book),
            *self.treaty_warnings(),
            *self.trust_warnings(options),
        ]
        unsure = [s for s in noncitizens(self.couple) if is_us_citizen(self.couple.person(s)) is None]
        for spouse in unsure:
            name = self.couple.person(spouse).name
            found.append(
                PlanWarning(
                    "citizenship_unconfirmed",
                    f"The citizenship of {name} is not confirmed; worked out as not a US citizen.",
                )
            )
        if any(amount.status == "projected" for amount in amounts):
            found.append(PlanWarning("projected_amounts", "Amounts of later years are projected, not law."))
        results = [result for option in options for result in option.orders]
        if any(result.contribution_presumed for result in results):
            found.append(
                PlanWarning(
                    "contribution_presumed",
                    "Joint property whose payer is not shown counts in full for whoever dies first (IRC 2040(a)).",
                )
            )
        if any(asset.debt is None and asset.kind in KINDS_WITH_DEBT for asset in listed_assets(self.couple) or ()):
            found.append(PlanWarning("debt_not_known", "No debt is deducted for assets whose debt is not known."))
        if any(asset.kind == "life_insurance" for asset in listed_assets(self.couple) or ()):
            found.append(
                PlanWarning(
                    "insurance_assumed_in_force",
                    "Life insurance is taken to stay in force and to pay the same amount at the insured's death.",
                )
            )
        beside = next(
            (r for o in options if o.strategy == "outright" for r in o.orders if r.family_wealth_with_dsue), None
        )
        if beside is not None and beside.family_wealth_with_dsue is not None:
            found.append(
                PlanWarning(
                    "dsue_of_noncitizen_survivor",
                    "Whether a resident survivor who never becomes a citizen may use the unused exclusion is not clear"
                    " (Treas. Reg. 20.2010-3(a), (c)(2)). None is counted; with it, doing nothing would leave"
                    f" {usd(beside.family_wealth_with_dsue)}. An attorney must answer this.",
                )
            )
        lacking = [option.title for option in options if any(result.unmet_spending for result in option.orders)]
        if lacking:
            found.append(
                PlanWarning(
                    "spending_not_covered",
                    "The survivor's spending cannot be met in every year, and what is lacking counts against: "
                    + "; ".join(lacking),
                )
            )
        abroad = next((o.order(self.assumptions.ranking_order) for o in options if o.strategy == "qdot"), None)
        survivor = self.couple.person(other(self.assumptions.ranking_order))
        leaves = self.assumptions.survivor_leaves_us or survivor.us_domicile is False
        if leaves and abroad is not None and abroad.figures["qdot_tax"] and abroad.figures["tax_at_second_death"]:
            taxes = abroad.figures["qdot_tax"], abroad.figures["tax_at_second_death"]
            found.append(
                PlanWarning(
                    "qdot_taxed_twice_abroad",
                    f"If {survivor.name} dies domiciled abroad, what a QDOT holds here bears its own tax and that of a"
                    f" nonresident (IRC 2101): with a QDOT alone {usd(taxes[0] or Decimal(0))} and"
                    f" {usd(taxes[1] or Decimal(0))}. What a bypass trust holds bears neither.",
                )
            )
        if self.assumptions.survivor_spending is None:
            found.append(
                PlanWarning(
                    "survivor_spending_unknown",
                    "The survivor's spending is not known: no principal is paid out of any QDOT here.",
                )
            )
        if not self.assumptions.administration_expenses:
            found.append(
                PlanWarning("administration_expenses_open", "Administration expenses are counted as 0; an open point.")
            )
        return found

    def treaty_warnings(self) -> list[PlanWarning]:
        """Return what the plan must say of a treaty that was worked out."""
        order = self.assumptions.ranking_order
        relief = self.reliefs[order]
        if self.assumptions.treaty_confirmed:
            return []
        if order in nonresident(self.couple):
            died = date(self.as_of.year + (self.assumptions.years_to_first_death or 0), 12, 31)
            if treaty.treaty_prorates(self.treaty_book, self.couple.person(order), died):
                text = (
                    "A treaty gives this estate a share of a resident's credit in place of the 13,000 (IRC 2102(b)(3))."
                    " It is counted only once the attorney has confirmed it."
                )
                return [PlanWarning("treaty_credit_not_counted", text)]
        if relief is None:
            return []
        text = (
            f"The treaty with {relief.treaty.called} is worked out beside the QDOT. It ranks first only once the"
            f" attorney has confirmed it: {len(relief.unverified)} of its conditions were not verified in its text."
        )
        return [PlanWarning("treaty_not_confirmed", text)]

    def missing_list(self, options: list[Option], first: str | None) -> list[MissingFact]:
        """Return what is not known yet; facts that could move the result most come first."""
        found = [explain_missing(self.couple, path) for path in self.missing]
        order = self.assumptions.ranking_order
        ranking = self.ranked(options, order)
        top = ranking[0].order(order).family_wealth if ranking else None
        open_paths = sorted({path for option in options for path in option.missing} - set(self.missing))
        for path in open_paths:
            waiting = [o.order(order).family_wealth for o in options if path in o.missing]
            best = max((wealth for wealth in waiting if wealth is not None), default=None)
            move = None if top is None or best is None else max(Decimal(0), best - top)
            tolerance = abs(top or Decimal(0)) * self.assumptions.closeness_tolerance / 100
            changes = None if move is None else move > tolerance
            text = explain_missing(self.couple, path)
            words = "" if move is None else "with the arrangement that waits for it, or without"
            found.append(replace(text, could_move=move, changes_order=changes, range=words))
        found += self.soft_facts(top)
        if self.with_flip_points:
            ground = None if self.missing or not ranking else self.ground
            found = [priced(fact, ground, first, needed=fact.fact in self.missing) for fact in found]
        return by_weight(found)

    def soft_facts(self, top: Decimal | None) -> list[MissingFact]:
        """Return facts that are not needed for a figure but change it."""
        found: list[MissingFact] = []
        for index, asset in enumerate(self.couple.assets or ()):
            if asset.title == "joint_survivorship" and asset.contribution_a is None and noncitizens(self.couple):
                move = None if top is None else self.move_of_contribution(index, top)
                found.append(
                    MissingFact(
                        f"assets[{index}].contribution_a", f"Who paid for {asset.name}, with papers", "both", move
                    )
                )
        if self.assumptions.survivor_spending is None:
            found.append(MissingFact("survivor_spending", "What the survivor will need in a year", "both"))
        for spouse in SPOUSES:
            person = self.couple.person(spouse)
            if person.domicile_state is None and person.us_domicile is not False:
                found.append(explain_missing(self.couple, f"{spouse}.domicile_state"))
            if is_us_citizen(person) is None:
                found.append(MissingFact(f"{spouse}.citizenships", f"The citizenships of {person.name}", spouse))
            if person.first_death_share_to_spouse is None:
                found.append(
                    MissingFact(
                        f"{spouse}.first_death_share_to_spouse",
                        f"What {person.name} leaves to the spouse; counted as all",
                        spouse,
                    )
                )
        if noncitizens(self.couple) and self.couple.us_trustee_available is None:
            found.append(MissingFact("us_trustee_available", "Who could be the US trustee of a QDOT", "both"))
        return found

    def move_of_contribution(self, index: int, top: Decimal) -> Decimal | None:
        """Return how much the leading family wealth moves if each paid half of the asset."""
        assets = list(self.couple.assets or ())
        assets[index] = replace(assets[index], contribution_a=Decimal(50))
        changed = replace(self.couple, assets=tuple(assets))
        first = self.first_at(changed)
        if first is None:
            return None
        wanted = "outright" if first == "none_needed" else first
        strategy = next(strategy for strategy in self.strategies if strategy.id == wanted)
        ground = Ground(changed, self.assumptions, self.lawbook, self.as_of, self.state_book, self.treaty_book)
        wealth = self.result(strategy, self.assumptions.ranking_order, ground).family_wealth
        return None if wealth is None else abs(wealth - top)

    def findings(self, options: list[Option]) -> list[Finding]:
        """Return every rule that was considered, in the order that ranks."""
        order = self.assumptions.ranking_order
        return findings_of_plan(
            PlanFacts(
                couple=self.couple,
                assumptions=self.assumptions,
                law=self.lawbook.federal(self.as_of),
                as_of=self.as_of,
                results={option.strategy: option.order(order) for option in options},
                state_law=self.state_law_at_first_death(),
                treaties=self.treaty_book,
                community=self.community,
            )
        )

    def basis(self, options: list[Option]) -> list[BasisOfOrder]:
        """Return the basis of every asset on every route, the order that ranks first; left out with the flip points."""
        if not self.with_flip_points:
            return []
        orders = (self.assumptions.ranking_order, other(self.assumptions.ranking_order))
        # An insurance trust sends assets the way of its base, and what it receives is cash.
        without = [option for option in options if option.strategy != LIFE_INSURANCE_TRUST.id]
        by_order = {order: {option.strategy: option.order(order) for option in without} for order in orders}
        return [
            basis_of_assets(self.couple, self.assumptions, self.as_of, order, results, self.gifts(order))
            for order, results in by_order.items()
        ]

    def gifts(self, order: Spouse) -> Sequence[YearsGift]:
        """Return the yearly gifts if `order` dies first; none while figures wait for facts."""
        if self.missing:
            return ()
        citizen = is_us_citizen(self.couple.person(other(order))) is True
        return self.ground.gifts(order, self.ground.opening(order, survivor_is_citizen=citizen))

    def state_law_at_first_death(self) -> Callable[[str], StateLaw | None] | None:
        """Return what gives a state's law in the year of the first death; None where it cannot be known yet."""
        if self.state_book is None or self.missing:
            return None
        year = self.as_of.year + self.ground.years_before
        return lambda code: self.ground.state_law(code, year)

    def law_amounts(self) -> list[LawAmount]:
        """Return the law amounts this plan used, by year."""
        a, first = self.assumptions, self.as_of.year
        years = {first}
        if a.years_to_first_death is not None and a.years_to_second_death is not None:
            years |= {first + a.years_to_first_death, first + a.years_to_second_death}
        names = {(BASIC_EXCLUSION_AMOUNT, year) for year in years} | {(ANNUAL_EXCLUSION, first)}
        names |= {(NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, first + year) for year in range(a.gift_years or 1)}
        if a.insurance_trust_beneficiaries and a.insurance_trust_yearly_premium and self.trust_is_open:
            names |= {(ANNUAL_EXCLUSION, first + year) for year in range(a.years_to_second_death or 1)}
        return [
            self.lawbook.projected(date(year, 12, 31), a.indexing)[name]
            for name, year in sorted(names, key=lambda pair: (pair[0], pair[1]))
        ]


def _odds(planner: _Planner, options: Sequence[Option], life_table: LifeTable) -> Odds | None:
    """Return the open strategies over drawn lives and growth; None where a life or two strategies are not there."""
    if planner.missing or not planner.with_flip_points:
        return None
    found = {spouse: life_of(planner.couple.person(spouse), planner.as_of) for spouse in SPOUSES}
    lives = {spouse: life for spouse, life in found.items() if life is not None}
    ranked = [strategy_of(option.strategy, option.base) for option in options if option.status == "available"]
    strategies = [s for s in ranked if not s.treaty or planner.assumptions.treaty_confirmed]
    if len(lives) < len(SPOUSES) or len(strategies) < LEAST_TO_COMPARE:
        return None
    spans = {s: oath_range(planner.couple, s, planner.assumptions, planner.as_of) for s in SPOUSES}
    oaths = {spouse: span for spouse, span in spans.items() if span is not None}
    return odds(planner.ground, strategies, Uncertain(lives=lives, oaths=oaths), life_table)


def _no_tax_reasons(couple: Couple, result: OrderResult) -> list[WhyReason]:
    name = couple.person(result.first_to_die).name
    return [
        WhyReason(
            f"The estate of {name} stays within the exclusion at the first death",
            "IRC 2010(c)",
            result.first_estate,
            result.exclusion_at_first_death,
        )
    ]


def make_plan(
    couple: Couple,
    *,
    lawbook: LawBook,
    given: Mapping[str, Value],
    sources: Mapping[str, Source],
    life_table: LifeTable,
    is_holiday: IsHoliday,
    as_of: date,
    state_book: StateBook | None = None,
    treaty_book: TreatyBook | None = None,
    community: CommunityLaw | None = None,
    processing: ProcessingTimes | None = None,
    with_flip_points: bool = True,
) -> Plan:
    """Return the whole plan for a couple on a day.

    `given` are assumptions set by firm or staff (None: product default),
    `sources` who set them, `is_holiday` the legal holidays of the District of
    Columbia, `state_book` the death taxes of the states (None: they are left out
    and the plan says so), `treaty_book` the estate tax treaties, `community`
    the law of community property (both None: left out of the rules considered),
    `processing` the times from filing to the oath (None: the oath is not drawn).
    `with_flip_points` off leaves out the search for what would change the order, the odds
    and the map, which take longer than all else, and the basis of each asset. Raises
    `LawNotKnownError` where no law is known for `as_of`.
    """
    lawbook.federal(as_of)
    assumptions, printed = settle(
        couple,
        given,
        sources=sources,
        life_table=life_table,
        wealth=wealth_today(couple),
        as_of=as_of,
        processing=processing,
    )
    planner = _Planner(couple, assumptions, lawbook, as_of, state_book, treaty_book, is_holiday)
    planner.with_flip_points = with_flip_points
    planner.community = community
    options = planner.options()
    recommendation = planner.recommend(options)
    planner.solve(options, recommendation)
    amounts = planner.law_amounts()
    return Plan(
        as_of=as_of,
        engine_version=ENGINE_VERSION,
        law_version=lawbook.version,
        law_fingerprint=lawbook.fingerprint,
        law_amounts=amounts,
        names={"a": couple.a.name, "b": couple.b.name},
        citizens={"a": is_us_citizen(couple.a), "b": is_us_citizen(couple.b)},
        ranking_order=assumptions.ranking_order,
        assumptions=printed + _stated_assumptions(couple),
        options=options,
        recommendation=recommendation,
        deadlines=deadlines_of_plan(
            assumptions=assumptions,
            as_of=as_of,
            gifts=planner.unavailable["lifetime_gifts"] is None,
            qdot=bool(noncitizens(couple)),
            is_holiday=is_holiday,
            policies_given=planner.trust_is_open and bool(insurance_trust.own_policies(couple)),
            gifts_to_trust=planner.trust_is_open,
        ),
        warnings=planner.warnings(options, amounts),
        missing=planner.missing_list(options, recommendation.strategy),
        findings=planner.findings(options),
        odds=_odds(planner, options, life_table),
        growth_sets=growth_sets(planner.ground) if with_flip_points and recommendation.strategy else [],
        basis=planner.basis(options),
        flip_map=None if planner.missing or not with_flip_points else flip_map(planner.ground, planner.strategies),
    )


def _stated_assumptions(couple: Couple) -> list[Assumption]:
    """Return what is taken as given where nothing was stated, person by person."""
    found: list[Assumption] = []
    for spouse in SPOUSES:
        person = couple.person(spouse)
        if person.first_death_share_to_spouse is None:
            found.append(
                Assumption(
                    f"{spouse}.first_death_share_to_spouse",
                    f"Share that {person.name} leaves to the spouse at the first death",
                    Decimal(100),
                    "percent",
                    "product default",
                    "not answered: all to the spouse",
                )
            )
        if is_us_citizen(person) is None:
            found.append(
                Assumption(
                    "citizenship_unconfirmed",
                    f"Citizenship of {person.name}",
                    "not a US citizen",
                    "",
                    "product default",
                    "not sure: worked out as not a US citizen until confirmed",
                )
            )
        if person.dsue_received is None:
            found.append(
                Assumption(
                    f"{spouse}.dsue_received",
                    f"Unused exclusion {person.name} received from an earlier spouse",
                    "none counted",
                    "",
                    "law",
                    "counted only where Form 706 of that spouse shows it (IRC 2010(c)(5)(A))",
                )
            )
    return found
