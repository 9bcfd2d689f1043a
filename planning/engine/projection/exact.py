"""One strategy in one order of death, year by year, exact to the cent, with all its worksheets.

Gifts are made at the start of a year and everything grows to its end; deaths
come at year ends. In the widowhood the QDOT pays its income to the survivor,
the survivor spends, and a shortfall is met from the bypass trust first, then
from QDOT principal, whose tax is withheld. Bequests are split before tax; the
tax comes out of the spouse's taxed share, the residue, before others bear any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from planning.engine.facts import Spouse, is_us_citizen
from planning.engine.holdings import Holdings, other
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, Law, LawAmount
from planning.engine.projection.asset_growth import (
    Mix,
    blended_rate,
    factor_of,
    grows_apart,
    own_growth,
    words_of,
)
from planning.engine.projection.bypass import held_by_bypass
from planning.engine.projection.gift_programme import YearsGift, basis_of, names_of
from planning.engine.projection.ground import Ground, Opening
from planning.engine.projection.heirs import HeirsBear, Taken, TaxedHeirs, bear_inheritance_tax
from planning.engine.projection.insurance_trust import InsuranceTrust
from planning.engine.projection.nonresident import first_death_of_nonresident, is_nonresident_noncitizen
from planning.engine.projection.state import FirstDeath, Pots
from planning.engine.projection.states import (
    Reach,
    SecondStateTaxes,
    StateTaxes,
    Taxing,
    heirs_in_reach,
    qdot_amount_taxed,
    reach_at_first_death,
    reach_at_second_death,
    state_dsue,
    state_exclusion_left,
    state_taxes_as_numbers,
    taxing_at_second_death,
    taxing_states,
    write_first_death,
    write_second_death,
)
from planning.engine.projection.survivor_tax import SurvivorTax
from planning.engine.projection.treaty import relief_for, treaty_prorates, write_relieved_tax
from planning.engine.results import OrderResult, PathPoint, QdotEvent, StateQuestion
from planning.engine.rules.s2001_estate_tax import estate_tax
from planning.engine.rules.s2010_unified_credit import unused_exclusion
from planning.engine.rules.s2013_prior_transfer_credit import prior_transfer_credit
from planning.engine.rules.s2044_survivors_estate import FORMS, qdot_in_survivors_estate
from planning.engine.rules.s2056_marital_deduction import MaritalTreatment, marital_treatment
from planning.engine.rules.s2056a_qdot import QdotBase, qdot_tax
from planning.engine.rules.s2101_nonresident import nonresident_estate_tax
from planning.engine.rules.treaty_relief import TreatyRelief
from planning.engine.strategies.catalogue import AS_DESCRIBED, Strategy, Variation
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of, to_cents, total

HUNDRED = Decimal(100)
A_DOLLAR = Decimal(1)


class _Run:
    """State of one projection; the public door is `project`."""

    def __init__(self, ground: Ground, decedent: Spouse, strategy: Strategy, variation: Variation) -> None:
        self.ground, self.strategy, self.variation = ground, strategy, variation
        self.couple, self.assumptions, self.as_of = ground.couple, ground.assumptions, ground.as_of
        self.decedent, self.survivor = decedent, other(decedent)
        self.years_before, self.years_between = ground.years_before, ground.years_between
        self.law = ground.law
        assumptions = ground.assumptions
        self.prefix = f"{strategy.number}{decedent.upper()}{variation.letter}-"
        self.result = OrderResult(decedent)
        self.result.first_death_year = ground.as_of.year + self.years_before
        self.result.second_death_year = self.result.first_death_year + self.years_between
        kept = assumptions.growth - assumptions.qdot_income_yield - assumptions.qdot_yearly_cost
        self.qdot_kept, self.qdot_kept_words = kept / HUNDRED, f"{plain(kept)}% (growth less income and cost)"
        self.qdot_income = assumptions.qdot_income_yield / HUNDRED
        self.qdot_income_words = f"QDOT income of {plain(assumptions.qdot_income_yield)}% of"
        # What grows apart makes the pots grow at the rate of their mix; `mix_rates` says so after the first death.
        self.own_growth, self.own_words = assumptions.growth / HUNDRED, ground.growth_words
        self.inherited = ground.growth(1)
        self.opening: Opening
        self.mixes: tuple[Mix, Mix]
        self.decedent_nonresident = is_nonresident_noncitizen(ground.couple.person(decedent))
        self.survivor_abroad = False
        self.survivor_tax: SurvivorTax
        self.trust: InsuranceTrust | None = None
        self.relief: TreatyRelief | None = None
        if strategy.treaty:
            died = date(self.result.first_death_year, 12, 31)
            self.relief = relief_for(ground.treaty_book, ground.couple, decedent, died)
        # Which states may tax either estate; None: the state of domicile is not known, or the home is abroad.
        self.first_reach: Reach | None = None
        self.second_reach: Reach | None = None
        self.shared: dict[tuple[str, int], Any] = {}
        self.state_dsue: dict[str, Decimal] = {}
        self.heirs_bear = HeirsBear()

    # -- helpers -----------------------------------------------------------------

    def sheet(self, letter: str, title: str) -> Worksheet:
        """Open a worksheet of this run."""
        sheet = Worksheet(f"{self.prefix}{letter}", f"{title} · {self.strategy.title}")
        self.result.worksheets.append(sheet)
        return sheet

    def name(self, spouse: Spouse) -> str:
        """Return the name printed for `spouse`."""
        return self.couple.person(spouse).name

    def keep(self, name: str, figure: Figure, sheet: Worksheet, number: str | None = None) -> None:
        """Remember a figure of the option and the line it stands on."""
        self.result.figures[name] = figure.amount
        self.result.lines[name] = number or sheet.last_number

    def grown(self, figure: Figure, years: int) -> Figure:
        """Return `figure` grown `years` years at the assumed rate, in cents."""
        if years == 0:
            return figure
        return (figure * self.ground.growth(years)).cents()

    def becomes_citizen(self, spouse: Spouse) -> bool:
        """Whether the strategy makes `spouse` a citizen in time."""
        if not self.strategy.naturalization:
            return False
        planned = self.couple.person(spouse).naturalization_intent in ("planned", "applied")
        return planned or spouse != self.assumptions.ranking_order

    # -- the phases --------------------------------------------------------------

    def run(self) -> OrderResult:
        """Work the whole path out."""
        survivor_is_citizen = is_us_citizen(self.couple.person(self.survivor)) is True
        in_time = not survivor_is_citizen and self.becomes_citizen(self.survivor)
        treatment = marital_treatment(
            spouse_is_us_citizen=survivor_is_citizen or in_time, through_elected_qdot=self.strategy.qdot
        )
        survivor = self.couple.person(self.survivor)
        leaves = self.assumptions.survivor_leaves_us or is_nonresident_noncitizen(survivor)
        # A citizen is taxed on everything, wherever the home is.
        self.survivor_abroad = leaves and not (survivor_is_citizen or in_time)
        self.result.survivor_is_citizen = survivor_is_citizen or in_time
        self.result.survivor_abroad = self.survivor_abroad
        opening = self.ground.opening(self.decedent, survivor_is_citizen=survivor_is_citizen or in_time)
        self.result.worksheets.append(opening.sheet)
        if opening.then.sheet is not None:
            self.result.worksheets.append(opening.then.sheet)
        self.result.contribution_presumed = opening.contribution_presumed
        self.shared = opening.found
        self.opening, start = opening, opening.then.holdings
        if self.strategy.insurance_trust:
            sheet = self.sheet("L", "Policies, premiums and proceeds")
            self.trust = InsuranceTrust(self.ground, self.decedent, sheet)
            start = self.trust.opened(start)
        decedent = self.couple.person(self.decedent)
        if self.ground.state_book is not None:
            self.first_reach = None if self.decedent_nonresident else reach_at_first_death(decedent, start)
            self.second_reach = None if self.survivor_abroad else reach_at_second_death(survivor, start)
        decedent_has, survivor_has, lost_basis = self.both_alive()
        if self.trust is not None:
            decedent_has, survivor_has = self.trust.paid(decedent_has, survivor_has)
            self.result.unmet_spending += self.trust.lacking
            self.result.path = [
                replace(point, family_wealth=point.family_wealth - self.trust.premiums_until(year))
                for year, point in enumerate(self.result.path)
            ]
        first = self.first_death(decedent_has, start, treatment)
        self.survivor_tax = SurvivorTax(survivor, first, abroad=self.survivor_abroad)
        self.survivor_tax.gifts = self.given_so_far(self.survivor).amount
        pots = self.widowhood(survivor_has, start, first)
        self.second_death(pots, start, first, lost_basis)
        return self.result

    def both_alive(self) -> tuple[Figure, Figure, Figure]:
        """Grow both sides to the first death with gifts moved over; return both and the lost basis cost."""
        years, first_year = self.years_before, self.as_of.year
        then, start = self.opening.then, self.opening.holdings
        sheet = self.sheet("P", f"From {first_year} to the first death in {first_year + years}")
        alike = then.sheet is None
        decedent, survivor = (
            sheet.write(f"{self.name(spouse)}, {first_year + years}, before gifts", figure)
            for spouse, figure in (
                (self.decedent, self.grown(start.decedent, years) if alike else then.holdings.decedent),
                (self.survivor, self.grown(start.survivor, years) if alike else then.holdings.survivor),
            )
        )
        self.result.path += then.path
        nothing = given(ZERO, "no gifts in this strategy")
        self.mixes = then.decedent_mix, then.survivor_mix
        if not self.strategy.gifts:
            self.keep("gifts_total", sheet.write("All gifts", nothing), sheet)
            self.keep("lost_basis_cost", sheet.write("Cost of the lost step-up in basis", nothing), sheet)
            return decedent, survivor, nothing
        donor_first = self.assumptions.gift_donor == self.decedent
        self.mixes = then.decedent_mix.copy(), then.survivor_mix.copy()
        donor, donee = self.mixes if donor_first else self.mixes[::-1]
        gifts = self.ground.gifts(self.decedent, self.opening)
        given_now, grown_gifts = self.gifts(sheet, gifts, donor, donee)
        together, has = total(grown_gifts), decedent if donor_first else survivor
        if ZERO < together.amount - has.amount < A_DOLLAR:
            # Each year is rounded to cents; who gives everything away gives no cent more.
            together = smaller_of(together, has)
        moved = sheet.write("Gifts with their growth at the first death", together, kind="subtotal")
        donor.whole -= moved.amount
        donee.whole += moved.amount
        lost = self.lost_basis(sheet, gifts, given_now, moved)
        if donor_first:
            decedent, survivor = decedent - moved, survivor + moved
        else:
            decedent, survivor = decedent + moved, survivor - moved
        return (
            sheet.write(f"{self.name(self.decedent)} at the first death", decedent, kind="subtotal"),
            sheet.write(f"{self.name(self.survivor)} at the first death", survivor, kind="subtotal"),
            lost,
        )

    def gifts(
        self, sheet: Worksheet, gifts: Sequence[YearsGift], donor: Mix, donee: Mix
    ) -> tuple[Figure, list[Figure]]:
        """Write each year's gift and the assets it comes out of; return their sum and each with its growth."""
        written: list[Figure] = []
        grown: list[Figure] = []
        then = f"The same at the first death in {self.result.first_death_year}"
        for gift, (amount, figure) in zip(gifts, self.gift_figures(gifts), strict=True):
            line = sheet.write(f"Gift in {amount.year}", figure, *amount.citations, status=amount.status)
            written.append(line)
            grown.append(sheet.write(then, self.grown_gift(gift, line, donor, donee)))
        together = sheet.write("All gifts", total(written), "IRC 2523(i)(2)", kind="subtotal")
        self.keep("gifts_total", together, sheet)
        return together, grown

    def gift_figures(self, gifts: Sequence[YearsGift]) -> list[tuple[LawAmount, Figure]]:
        """Return each year's limit and its gift in words, worked out once for all strategies that give."""
        key = "gift_figures", 0
        if key not in self.shared:
            found: list[tuple[LawAmount, Figure]] = []
            for gift in gifts:
                amount = self.law(self.as_of.year + gift.year)[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION]
                figure = Figure(amount.amount, f"{amount.label}, {amount.figure().how}")
                if gift.amount < amount.amount:
                    figure = smaller_of(figure, given(gift.amount, "what the donor has left"))
                if gift.pieces:
                    figure = Figure(gift.amount, f"{figure.how}; out of {names_of(gift)}", figure.compound)
                found.append((amount, figure))
            self.shared[key] = found
        figures: list[tuple[LawAmount, Figure]] = self.shared[key]
        return figures

    def grown_gift(self, gift: YearsGift, line: Figure, donor: Mix, donee: Mix) -> Figure:
        """Return a year's gift grown to the first death, each asset at its own rate."""
        growth, years = self.assumptions.growth, self.years_before - gift.year
        parts: list[Figure] = []
        alike = line
        for piece in gift.pieces:
            if piece.asset is None or not grows_apart(piece.asset):
                continue
            asset, named = piece.asset, given(piece.amount, f"{plain(piece.amount)} of {piece.asset.name}")
            factor = given(factor_of(asset, growth, years), words_of(asset, growth, years))
            then = (named * factor).cents() if years else named
            donor.add(own_growth(asset, growth), -then.amount)
            donee.add(own_growth(asset, growth), then.amount)
            parts.append(then)
            alike = alike - named
        if not parts:
            return self.grown(line, years)
        if alike.amount:
            parts.insert(0, self.grown(alike, years))
        return total(parts)

    def lost_basis(self, sheet: Worksheet, gifts: Sequence[YearsGift], given_away: Figure, moved: Figure) -> Figure:
        """Write what the lost step-up in basis costs, where its inputs are known. IRC 1015, 1014."""
        a = self.assumptions
        chance, rate, share = a.chance_gift_sold, a.capital_gains_rate, a.basis_share_of_gifts
        if not chance:
            cost = given(ZERO, "no sale assumed before the recipient dies")
        else:
            basis = basis_of(gifts) if share is None else given_away.percent(share, "cost")
            if basis is None:
                return given(ZERO, "the cost of the assets given is not known")
            gain = at_least_zero(moved - basis)
            cost = gain.percent(chance, "chance of a sale").percent(rate, "capital gains").cents()
        written = sheet.write("Cost of the lost step-up in basis", cost, "IRC 1015(a)", "IRC 1041(b)", "IRC 1014(a)")
        self.keep("lost_basis_cost", written, sheet)
        return written

    def first_death(self, decedent_has: Figure, start: Holdings, treatment: MaritalTreatment) -> FirstDeath:
        """Write the first decedent's estate and return what goes where."""
        year = self.result.first_death_year or 0
        law, person = self.law(year), self.couple.person(self.decedent)
        sheet = self.sheet("E", f"Estate of {person.name}, {year}")
        own = sheet.write("Property of the decedent", decedent_has, "IRC 2033", "IRC 2040(a)")
        gross = own
        if start.insurance_in_first_estate.amount:
            gross = own + sheet.write(
                "Life insurance owned by the insured", start.insurance_in_first_estate, "IRC 2042(2)"
            )
        net = sheet.write("Estate after debts", gross, "IRC 2031", "IRC 2053", kind="subtotal")
        self.result.first_estate = net.amount
        if self.assumptions.administration_expenses:
            expenses = given(self.assumptions.administration_expenses, "assumption: administration_expenses")
            net = sheet.write("Estate after administration expenses", at_least_zero(net - expenses), "IRC 2053(a)(2)")
        gifts = self.adjusted_gifts(sheet, self.decedent, "IRC 2001(b)(1)(B)")
        payable = given(person.gift_tax_paid or ZERO, "stated" if person.gift_tax_paid else "none shown")
        dsue_held = given(person.dsue_received or ZERO, "stated" if person.dsue_received else "none shown")
        share = person.first_death_share_to_spouse
        percent, words = (HUNDRED, "assumed: all to the spouse") if share is None else (share, "as wished")
        if self.decedent_nonresident:
            first = first_death_of_nonresident(
                sheet,
                net=net,
                situated_here=self.situated_here(own, start),
                percent_to_spouse=given(percent, words),
                gifts=gifts,
                strategy=self.strategy,
                bypass_percent=self.assumptions.bypass_percent,
                treatment=treatment,
                law=law,
                prorated=self.assumptions.treaty_confirmed
                and treaty_prorates(self.ground.treaty_book, person, date(year, 12, 31)),
            )
            return self.after_first_tax(sheet, first)
        to_spouse = sheet.write(
            "Share that goes to the spouse",
            net if percent == HUNDRED else net.percent(percent, words).cents(),
            status="assumed" if share is None else None,
        )
        others = sheet.write("Share that goes to others", net - to_spouse)
        zero = given(ZERO, "none in this strategy")
        bypass_room = bypass = zero
        if self.strategy.credit_shelter:
            basic = law[BASIC_EXCLUSION_AMOUNT]
            room = at_least_zero(
                Figure(basic.amount, f"{basic.label}, {basic.figure().how}") + dsue_held - gifts - others
            )
            if self.variation.bypass_to_state_amount and self.first_reach:
                room = smaller_of(room, state_exclusion_left(self.ground, self.first_reach, year, others, gifts))
            bypass_room = sheet.write(
                "Bypass trust: the exclusion that is left",
                smaller_of(room, to_spouse),
                "IRC 2010(c)",
                status=basic.status if basic.status == "projected" else None,
            )
            bypass = held_by_bypass(sheet, bypass_room, self.assumptions.bypass_percent)
        rest = sheet.write("Rest of the spouse's share", to_spouse - bypass)
        rest, state_tax = self.after_state_tax(
            sheet,
            net=net,
            rest=rest,
            bypass=bypass,
            others=others,
            gifts=gifts,
            treatment=treatment,
            year=year,
            insurance=start.insurance_in_first_estate.amount,
        )
        qdot = rest if treatment.status == "QDOT" else zero
        outright = zero if treatment.status == "QDOT" else rest
        deduction = rest if treatment.deductible else given(ZERO, treatment.reason)
        marital = sheet.write(
            "Marital deduction",
            Figure(deduction.amount, f"{deduction.how}: {treatment.reason}") if treatment.deductible else deduction,
            *treatment.citations,
        )
        after_marital = net - marital if state_tax is None else net - marital - state_tax
        taxable = sheet.write(
            "Taxable estate", after_marital, "IRC 2051", *(["IRC 2058"] if state_tax else []), kind="subtotal"
        )
        tax = estate_tax(
            sheet,
            taxable_estate=taxable,
            adjusted_taxable_gifts=gifts,
            gift_tax_payable=payable,
            dsue_amount=dsue_held,
            law=law,
        )
        exclusion_amount = law.basic_exclusion_amount + dsue_held.amount
        base = QdotBase(taxable.amount, gifts.amount, payable.amount, exclusion_amount, law.rate_table, year)
        relieved = ZERO
        if self.relief is not None:
            tax, relieved = write_relieved_tax(
                sheet, self.relief, base=base, tax=tax, taxable_estate=taxable, to_spouse=rest, law=law
            )
        first = FirstDeath(
            tax=tax,
            base=base,
            outright=outright,
            bypass=bypass,
            qdot=qdot,
            others=others,
            treatment=treatment,
            dsue=given(ZERO, "none"),
            portable=law.basic_exclusion_amount,
            taxed_outright=outright,
            bypass_room=bypass_room,
            relieved=relieved,
        )
        self.after_first_tax(sheet, first, state_tax)
        if treatment.status in ("FULL_CITIZEN", "TREAT_AS_CITIZEN_D4"):
            first.dsue = self.dsue(sheet, law, base)
        return first

    def after_state_tax(
        self,
        sheet: Worksheet,
        *,
        net: Figure,
        rest: Figure,
        bypass: Figure,
        others: Figure,
        gifts: Figure,
        treatment: MaritalTreatment,
        year: int,
        insurance: Decimal,
    ) -> tuple[Figure, Figure | None]:
        """Write state tax beside the federal estate; return what is left of the spouse's share, and that tax."""
        in_qdot = rest.amount if treatment.status == "QDOT" else ZERO
        states = self.state_taxes_at_first_death(
            net=net,
            rest=rest,
            taken=Taken(others.amount, bypass.amount, in_qdot, insurance, net.amount),
            gifts=gifts,
            treatment=treatment,
            year=year,
        )
        if states is None or not states.tax.amount:
            return rest, None
        tax = sheet.write("State death taxes", states.tax, "IRC 2058(a)")
        if states.borne_by_deducted and treatment.deductible:
            falls = given(states.borne_by_deducted, "state tax that falls on it")
            rest = sheet.write("The spouse's share after that tax", rest - falls, "IRC 2056(b)(4)")
        return rest, tax

    def state_taxes_at_first_death(
        self,
        *,
        net: Figure,
        rest: Figure,
        taken: Taken,
        gifts: Figure,
        treatment: MaritalTreatment,
        year: int,
    ) -> StateTaxes | None:
        """Write what the states take of the first estate; None where the state of domicile is not known."""
        if self.first_reach is None:
            return None
        federal_return = net.amount + gifts.amount > self.law(year).basic_exclusion_amount
        taxing = taxing_states(
            self.ground,
            self.first_reach,
            year,
            treatment=treatment,
            federal_return=federal_return,
            accept_open=self.variation.accept_open or self.assumptions.state_accepts_qdot,
        )
        taxed_shares = taken.bypass + taken.others + (ZERO if treatment.deductible else rest.amount)
        heirs = self.heirs_in_reach("heirs_at_first_death", self.first_reach, year)
        found = write_first_death(
            self.sheet("T", "State death taxes at the first death"),
            taxing,
            net=net,
            deducted=rest,
            taxed_shares=taxed_shares,
            gifts=gifts,
            heirs=heirs or (),
            taken=taken,
        )
        self.heirs_bear = found.heirs
        self.result.state_questions += [
            StateQuestion(state.law.code, state.deduction.words, state.deduction.question, state.deduction.citations)
            for state in found.open
        ]
        if heirs is not None or not (taken.others or taken.bypass or taken.qdot):
            self.keep("state_tax_at_first_death", found.tax, self.result.worksheets[-1])
        self.state_dsue = state_dsue(taxing, net=net.amount, deducted=rest.amount, treatment=treatment)
        return found

    def bear_state_tax(self, sheet: Worksheet, first: FirstDeath, tax: Figure) -> None:
        """Take state tax off the spouse's taxed share, then the bypass trust, then others; the rest bore its part."""
        left = tax.amount
        if left and self.heirs_bear.total:
            bear_inheritance_tax(sheet, first, self.heirs_bear)
            left -= self.heirs_bear.total
        for name, label in (
            ("outright", "The spouse's share after state tax"),
            ("bypass", "Bypass trust after state tax"),
            ("others", "Others receive, after state tax"),
        ):
            share: Figure = getattr(first, name)
            part = min(left, share.amount)
            if not part or (name == "outright" and first.treatment.deductible):
                continue
            paid = tax if part == tax.amount else given(part, f"its part of {tax.how}")
            setattr(first, name, sheet.write(label, share - paid))
            left -= part

    def state_taxes_at_second_death(self, pots: Pots, start: Holdings, year: int) -> SecondStateTaxes | None:
        """Write what the states take of the survivor's estate; None where the state of domicile is not known."""
        if self.second_reach is None:
            return None
        sheet = self.sheet("U", "State death taxes at the second death")
        own = pots.survivor
        if start.insurance_in_second_estate.amount:
            own = own + start.insurance_in_second_estate
        if self.assumptions.administration_expenses:
            own = at_least_zero(own - given(self.assumptions.administration_expenses, "administration expenses"))
        gifts = self.given_so_far(self.survivor)
        heirs = self.heirs_in_reach("heirs_at_second_death", self.second_reach, year)
        found = write_second_death(
            sheet,
            self.taxing_at_second_death(year),
            own=own,
            qdot=pots.qdot,
            gifts=gifts,
            dsue=self.state_dsue,
            heirs=heirs or (),
            insurance=start.insurance_in_second_estate.amount,
        )
        if heirs is not None:
            self.keep("state_tax_at_second_death", found.tax, sheet)
        return found

    def heirs_in_reach(self, name: str, reach: Reach, year: int) -> list[TaxedHeirs] | None:
        """Return the states that tax the heirs in `year`, None where that turns on who they are; kept as `name`."""
        key = name, year
        if key not in self.shared:
            self.shared[key] = heirs_in_reach(self.ground, reach, year)
        found: list[TaxedHeirs] | None = self.shared[key]
        return found

    def taxing_at_second_death(self, year: int) -> list[Taxing]:
        """Return the states that would tax the survivor's estate in `year`."""
        key = "taxing_at_second_death", year
        if key not in self.shared:
            reach = self.second_reach
            self.shared[key] = [] if reach is None else taxing_at_second_death(self.ground, reach, year)
        found: list[Taxing] = self.shared[key]
        return found

    def situated_here(self, own: Figure, start: Holdings) -> Figure:
        """Return the US-situs part of the decedent's property at death: today's part, grown like the rest."""
        if start.decedent_us is None or not start.decedent.amount:
            return given(ZERO, "nothing is situated here")
        part = own.amount * start.decedent_us.amount / start.decedent.amount
        words = f"{own.how} times {start.decedent_us.how} over {start.decedent.how}"
        return Figure(to_cents(part), words, compound=True)

    def after_first_tax(self, sheet: Worksheet, first: FirstDeath, state_tax: Figure | None = None) -> FirstDeath:
        """Keep the figures of the first estate and take its taxes off the shares."""
        # The tax is the line written last.
        self.keep("tax_at_first_death", first.tax, sheet)
        if state_tax is not None:
            self.bear_state_tax(sheet, first, state_tax)
        self.bear_tax(sheet, first, taxed_outright=not first.treatment.deductible)
        self.result.taxable_estate = first.base.taxable_estate
        self.result.exclusion_at_first_death = first.base.applicable_exclusion_amount
        self.result.qdot_at_start, self.result.bypass_at_start = first.qdot.amount, first.bypass.amount
        self.result.outright_at_start = first.outright.amount
        self.result.bypass_room, self.result.bypass_percent = first.bypass_room, self.assumptions.bypass_percent
        return first

    def given_so_far(self, spouse: Spouse) -> Figure:
        """Return the adjusted taxable gifts of a spouse at death: as stated, and those to an insurance trust."""
        if self.trust is not None:
            return self.trust.adjusted[spouse]
        person = self.couple.person(spouse)
        return given(person.adjusted_taxable_gifts or ZERO, f"as stated for {person.name}")

    def adjusted_gifts(self, sheet: Worksheet, spouse: Spouse, *citations: str) -> Figure:
        """Write the adjusted taxable gifts of a spouse at death."""
        return sheet.write("Adjusted taxable gifts", self.given_so_far(spouse), *citations)

    def bear_tax(self, sheet: Worksheet, first: FirstDeath, *, taxed_outright: bool) -> None:
        """Take the tax from the spouse's taxed share first, the residue, then from others; write what is left.

        The first limitation of the later credit is the tax in the ratio of what
        the spouse received to the taxable estate less the tax. IRC 2013(b).
        """
        from_spouse = min(first.tax.amount, first.outright.amount) if taxed_outright else ZERO
        from_others = min(first.tax.amount - from_spouse, first.others.amount)
        if first.others.amount:
            paid = given(from_others, f"their part of {first.tax.how}")
            first.others = sheet.write("Others receive, after their part of the tax", first.others - paid)
        if taxed_outright and first.outright.amount:
            paid = (
                first.tax
                if from_spouse == first.tax.amount
                else given(from_spouse, f"all there is, of {first.tax.how}")
            )
            received = sheet.write("The spouse receives, after tax", first.outright - paid, "IRC 2056(b)(4)")
            taxed = received
            if self.decedent_nonresident:
                taxed = sheet.write(
                    "Of it, taxed at the first death, after tax", at_least_zero(first.taxed_outright - paid), "IRC 2103"
                )
            elif first.relieved:
                deducted = given(first.relieved, "what the treaty let deduct")
                taxed = sheet.write("Of it, taxed at the first death, after tax", at_least_zero(received - deducted))
            left = first.base.taxable_estate - first.relieved - first.tax.amount
            share = taxed.amount / left if left > 0 else ZERO
            words = f"{first.tax.how} times {taxed.how} over the taxable estate less the tax"
            first.taxed_transfer, first.outright = taxed, received
            first.tax_on_transfer = Figure(to_cents(first.tax.amount * share), words, compound=True)

    def dsue(self, sheet: Worksheet, law: Law, base: QdotBase, qdot_amounts: Figure | None = None) -> Figure:
        """Write the exclusion the decedent did not use and return what the survivor may add."""
        basic = law[BASIC_EXCLUSION_AMOUNT]
        return unused_exclusion(
            sheet,
            basic_exclusion=Figure(basic.amount, f"{basic.label}, {basic.figure().how}"),
            exclusion=given(base.applicable_exclusion_amount, f"applicable exclusion amount of {base.year}"),
            taxable_estate=given(base.taxable_estate, "the decedent's taxable estate"),
            adjusted_taxable_gifts=given(base.adjusted_taxable_gifts, "adjusted taxable gifts"),
            qdot_amounts_taxed=qdot_amounts,
        )

    # -- the widowhood -----------------------------------------------------------

    def widowhood(self, survivor_has: Figure, start: Holdings, first: FirstDeath) -> Pots:
        """Run the years between the deaths and return what is there at the second one."""
        year = self.result.first_death_year or 0
        sheet = self.sheet("W", f"{self.name(self.survivor)} from {year} to {self.result.second_death_year}")
        own = (
            survivor_has + start.insurance_paid_to_survivor if start.insurance_paid_to_survivor.amount else survivor_has
        )
        if first.outright.amount:
            own = own + first.outright
        pots = Pots(
            survivor=sheet.write("The survivor's own property after the first death", own, kind="subtotal"),
            qdot=first.qdot,
            bypass=first.bypass,
            others=first.others.amount,
        )
        self.mix_rates(sheet, survivor_has, first, pots)
        available = total([figure for figure in (pots.survivor, pots.qdot, pots.bypass) if figure.amount])
        self.keep(
            "survivor_resources", sheet.write("What the survivor has to live on", available, kind="subtotal"), sheet
        )
        events = self.sheet("Q", "QDOT tax") if first.qdot.amount else None
        self.point(year, pots, start, first)
        for count in range(1, self.years_between + 1):
            self.one_year(sheet, events, year + count, count, pots, first)
            self.point(year + count, pots, start, first)
        return pots

    def mix_rates(self, sheet: Worksheet, survivor_has: Figure, first: FirstDeath, pots: Pots) -> None:
        """Write at what rates the pots grow from the first death on, where some assets grow otherwise than all."""
        a = self.assumptions
        if not (self.mixes[0].apart or self.mixes[1].apart):
            return
        left, own = self.mixes[0].rate(a.growth), self.mixes[1].rate(a.growth)
        own = blended_rate(a.growth, [(own, survivor_has.amount), (left, first.outright.amount)], pots.survivor.amount)
        person = self.name(self.decedent)
        sheet.write(
            f"Growth of what {person} leaves, percent", given(left, f"the mix of {person}'s assets at the death")
        )
        sheet.write("Growth of the survivor's own property, percent", given(own, "the mix of its parts at the death"))
        self.own_growth, self.own_words = own / HUNDRED, f"growth of {plain(own)}%"
        self.inherited = given(1 + left / HUNDRED, f"growth of {plain(left)}% for 1 year")
        kept = left - a.qdot_income_yield - a.qdot_yearly_cost
        self.qdot_kept, self.qdot_kept_words = kept / HUNDRED, f"{plain(kept)}% (growth less income and cost)"

    def one_year(
        self, sheet: Worksheet, events: Worksheet | None, year: int, count: int, pots: Pots, first: FirstDeath
    ) -> None:
        """Move every pot one year on; income and growth are on the opening balance."""
        a = self.assumptions
        opening, opening_qdot = pots.survivor, pots.qdot
        own = opening + Figure(opening.amount * self.own_growth, self.own_words)
        if opening_qdot.amount:
            own = own + Figure(opening_qdot.amount * self.qdot_income, f"{self.qdot_income_words} {opening_qdot.how}")
            kept = Figure(opening_qdot.amount * self.qdot_kept, self.qdot_kept_words)
            pots.qdot = sheet.write(f"QDOT, end of {year}", (opening_qdot + kept).cents())
        if a.survivor_spending:
            own = own - self.ground.spending(count)
        if self.trust is not None and (premium := self.trust.premium_of_the_survivor) is not None:
            own = own - premium
        own = own.cents()
        if pots.bypass.amount:
            pots.bypass = sheet.write(f"Bypass trust, end of {year}", (pots.bypass * self.inherited).cents())
        pots.others = to_cents(pots.others * self.inherited.amount)
        if own.amount < 0:
            own = self.meet_shortfall(sheet, events, year, own, pots, first)
        pots.survivor = sheet.write(f"Survivor's own property, end of {year}", own)

    def meet_shortfall(
        self, sheet: Worksheet, events: Worksheet | None, year: int, own: Figure, pots: Pots, first: FirstDeath
    ) -> Figure:
        """Pay what the survivor lacks from the bypass trust, then from QDOT principal with its tax withheld."""
        lacking = sheet.write(f"The survivor lacks in {year}", Figure(-own.amount, f"zero minus ({own.how})"))
        if pots.bypass.amount:
            drawn = sheet.write(f"Paid by the bypass trust in {year}", smaller_of(lacking, pots.bypass))
            pots.bypass = sheet.write(f"Bypass trust after that, {year}", pots.bypass - drawn)
            lacking = lacking - drawn
        if lacking.amount > 0 and pots.qdot.amount and events is not None:
            held = pots.qdot.amount
            wanted = first.base.gross_distribution(pots.taxed.amount, lacking.amount)
            amount = given(min(wanted, pots.qdot.amount), f"what leaves {plain(lacking.amount)} after its own tax")
            tax = qdot_tax(
                events,
                base=first.base,
                prior=pots.taxed,
                amount=amount,
                label=f"Principal paid out in {year}, tax included",
            )
            tax_line = events.last_number
            drawn = sheet.write(f"QDOT principal paid out in {year}, tax included", amount, "IRC 2056A(b)(1)(A)")
            pots.qdot = sheet.write(f"QDOT after that, {year}", pots.qdot - drawn)
            pots.taxed = pots.taxed + drawn if pots.taxed.amount else drawn
            pots.lifetime_tax.append(tax)
            self.result.qdot_events.append(QdotEvent(year, "principal", drawn.amount, tax.amount, tax_line, held))
            lacking = at_least_zero(lacking - (drawn - tax))
        if lacking.amount > 0:
            self.result.unmet_spending += lacking.amount
            sheet.write(f"Spending not covered in {year}", lacking)
        return given(ZERO, "all spent")

    # -- the second death --------------------------------------------------------

    def second_death(self, pots: Pots, start: Holdings, first: FirstDeath, lost_basis: Figure) -> None:
        """Write the QDOT tax, the survivor's estate and what the family keeps."""
        year = self.result.second_death_year or 0
        law, person = self.law(year), self.couple.person(self.survivor)
        states = self.state_taxes_at_second_death(pots, start, year)
        death_tax = self.qdot_at_death(pots, first, year, states)
        sheet = self.sheet("S", f"Estate of {person.name}, {year}")
        own = pots.survivor
        if start.insurance_in_second_estate.amount:
            own = own + start.insurance_in_second_estate
        own = sheet.write("The survivor's own property", own, "IRC 2033", "IRC 2042(2)", kind="subtotal")
        expenses = given(self.assumptions.administration_expenses, "administration expenses")
        dsue = first.dsue
        if self.survivor_abroad:
            taxable, in_qdot = self.estate_abroad(sheet, own, pots)
            dsue = given(ZERO, "none for a survivor under 2101")
            gifts = self.adjusted_gifts(sheet, self.survivor, "IRC 2101(c)")
            before = nonresident_estate_tax(sheet, taxable_estate=taxable, adjusted_taxable_gifts=gifts, law=law)
        else:
            taxable = at_least_zero(own - expenses) if expenses.amount else own
            in_qdot = pots.qdot
            if pots.qdot.amount:
                trust = FORMS[self.assumptions.qdot_form]
                in_qdot = sheet.write("QDOT in the survivor's estate", pots.qdot, *trust.citations)
                taxable = taxable + in_qdot
            cites = ["IRC 2051"]
            if states is not None and states.tax.amount:
                taxable = at_least_zero(taxable - sheet.write("State death taxes", states.tax, "IRC 2058(a)"))
                cites.append("IRC 2058")
            taxable = sheet.write("Taxable estate", taxable, *cites, kind="subtotal")
            gifts = self.adjusted_gifts(sheet, self.survivor, "IRC 2001(b)(1)(B)")
            payable = given(person.gift_tax_paid or ZERO, "stated" if person.gift_tax_paid else "none shown")
            if first.qdot.amount and not self.decedent_nonresident:
                amount = qdot_amount_taxed(pots, states)
                taxed = pots.taxed + amount if pots.taxed.amount else amount
                dsue = self.dsue(sheet, self.law(self.result.first_death_year or 0), first.base, taxed)
            before = estate_tax(
                sheet,
                taxable_estate=taxable,
                adjusted_taxable_gifts=gifts,
                gift_tax_payable=payable,
                dsue_amount=dsue,
                law=law,
            )
        tax = self.second_credit(
            sheet,
            law=law,
            first=first,
            pots=pots,
            in_qdot=in_qdot,
            death_tax=death_tax,
            taxable=taxable,
            before=before,
            dsue=dsue,
        )
        self.keep("tax_at_second_death", tax, sheet)
        self.keep_state_tax(states)
        self.family(
            year=year,
            pots=pots,
            own=own,
            first=first,
            death_tax=death_tax,
            tax=tax,
            expenses=expenses,
            lost_basis=lost_basis,
            states=states,
        )
        abroad = self.survivor_abroad or self.decedent_nonresident
        if first.treatment.status in ("DENIED", "QDOT") and not first.qdot.amount and not abroad:
            self.dsue_beside(law, first, taxable, before, dsue, pots)

    def estate_abroad(self, sheet: Worksheet, own: Figure, pots: Pots) -> tuple[Figure, Figure]:
        """Write the US estate of a survivor domiciled abroad; return the taxable estate and the QDOT in it."""
        share = self.share_here()
        here = sheet.write(
            "Of it, situated in the United States",
            own.percent(share, "US-situs part").cents(),
            "IRC 2103",
            "IRC 2104",
            status="assumed",
        )
        value = pots.qdot.percent(self.assumptions.qdot_us_situs_share, "US-situs part").cents()
        included = qdot_in_survivors_estate(
            form=self.assumptions.qdot_form,
            value=pots.qdot.amount,
            survivor_nonresident=True,
            us_situs_value=value.amount,
        )
        in_qdot = sheet.write(
            "QDOT in the survivor's US estate",
            Figure(included.amount or ZERO, value.how),
            *included.citations,
            status="assumed",
        )
        return sheet.write("Taxable estate", here + in_qdot, "IRC 2106", kind="subtotal"), in_qdot

    def share_here(self) -> Decimal:
        """Return the percent of the survivor's own property situated in the United States."""
        person = self.couple.person(self.survivor)
        stated = person.us_situs_share if is_nonresident_noncitizen(person) else None
        return self.assumptions.survivor_us_situs_share if stated is None else stated

    def keep_state_tax(self, second: SecondStateTaxes | None) -> None:
        """Keep the states' taxes of both deaths together, where both are known."""
        at_first = self.result.figures["state_tax_at_first_death"]
        if at_first is None or self.result.figures["state_tax_at_second_death"] is None or second is None:
            return
        sheet = next(sheet for sheet in self.result.worksheets if sheet.code == f"{self.prefix}U")
        before = given(at_first, f"line {self.result.lines['state_tax_at_first_death']}")
        self.keep("state_tax", sheet.write("State death taxes of both deaths", before + second.tax), sheet)

    def qdot_at_death(self, pots: Pots, first: FirstDeath, year: int, states: SecondStateTaxes | None) -> Figure:
        """Write the QDOT tax at the survivor's death and the sum of all QDOT taxes; return the one at death."""
        if not first.qdot.amount:
            self.result.figures["qdot_tax"] = ZERO
            widowhood = next(sheet for sheet in self.result.worksheets if sheet.code == f"{self.prefix}W")
            nothing = widowhood.write("QDOT tax", given(ZERO, "no QDOT holds anything"))
            self.result.lines["qdot_tax"] = widowhood.last_number
            return nothing
        events = next(sheet for sheet in self.result.worksheets if sheet.code == f"{self.prefix}Q")
        amount = pots.qdot
        if states is not None and states.on_qdot.amount:
            events.write("State death tax of the survivor's estate on the QDOT", states.on_qdot, "IRC 2056A(b)(10)(A)")
            amount = qdot_amount_taxed(pots, states)
        tax = qdot_tax(
            events, base=first.base, prior=pots.taxed, amount=amount, label=f"QDOT at the survivor's death, {year}"
        )
        held = pots.qdot.amount
        self.result.qdot_events.append(QdotEvent(year, "death", held, tax.amount, events.last_number, held))
        self.result.qdot_at_end = pots.qdot.amount
        together = events.write(
            "QDOT tax, all events", total([*pots.lifetime_tax, tax]), "IRC 2056A(b)(1)", kind="result"
        )
        self.keep("qdot_tax", together, events)
        return tax

    def second_credit(
        self,
        sheet: Worksheet,
        *,
        law: Law,
        first: FirstDeath,
        pots: Pots,
        in_qdot: Figure,
        death_tax: Figure,
        taxable: Figure,
        before: Figure,
        dsue: Figure,
    ) -> Figure:
        """Write the credit for tax already paid on the same property and return the tax after it."""
        if first.qdot.amount:
            paid = total([*pots.lifetime_tax, death_tax])
            property_taxed, named = in_qdot, "the QDOT"
        elif first.taxed_transfer is not None and first.tax_on_transfer is not None:
            paid = first.tax_on_transfer
            property_taxed, named = first.taxed_transfer, "what came from the first decedent"
        else:
            return sheet.write("Estate tax of the survivor", before, "IRC 2001", kind="result")
        without = to_cents(self.survivor_tax.before_credits(taxable.amount - property_taxed.amount, law, dsue.amount))
        tax_without = sheet.write(
            f"Survivor's tax without {named}",
            Figure(without, f"tax on {taxable.how} minus {property_taxed.how}, after the unified credit"),
            "IRC 2013(c)(1)",
        )
        credit = prior_transfer_credit(sheet, first_limitation=paid, tax_with=before, tax_without=tax_without)
        return sheet.write("Estate tax of the survivor", before - credit, "IRC 2001", "IRC 2013", kind="result")

    def family(
        self,
        *,
        year: int,
        pots: Pots,
        own: Figure,
        first: FirstDeath,
        death_tax: Figure,
        tax: Figure,
        expenses: Figure,
        lost_basis: Figure,
        states: SecondStateTaxes | None,
    ) -> None:
        """Write what the family keeps after both deaths and all taxes."""
        sheet = self.sheet("F", f"What the family keeps, {year}")
        parts = [sheet.write("The survivor's own property", own)]
        if pots.bypass.amount:
            parts.append(sheet.write("Bypass trust, not in the survivor's estate", pots.bypass, "IRC 2041(b)(1)(A)"))
        if pots.qdot.amount:
            parts.append(sheet.write("QDOT", pots.qdot))
        if pots.others:
            parts.append(
                sheet.write(
                    "What others received at the first death, grown", given(pots.others, f"{first.others.how}, grown")
                )
            )
        if self.trust is not None:
            parts.append(self.write_trust(self.trust))
        kept = sheet.write("Together, before the taxes of the second death", total(parts), kind="subtotal")
        kept = kept - sheet.write("QDOT tax at the survivor's death", death_tax, "IRC 2056A(b)(1)(B)")
        kept = kept - sheet.write("Estate tax of the survivor", tax, "IRC 2001")
        if states is not None and states.tax.amount:
            kept = kept - sheet.write("State death taxes of the second death", states.tax)
        if expenses.amount:
            kept = kept - smaller_of(expenses, own)
        if lost_basis.amount:
            kept = kept - lost_basis
        self.keep("family_wealth", sheet.write("Family wealth after all taxes", kept, kind="result"), sheet)

    def write_trust(self, trust: InsuranceTrust) -> Figure:
        """Keep the figures of the insurance trust and return what it holds after both deaths."""
        self.keep("insurance_premiums", trust.all_premiums, trust.sheet, trust.premiums_line)
        taxable = total([gift for gifts in trust.taxable.values() for gift in gifts.values() if gift.amount])
        self.keep("insurance_taxable_gifts", trust.sheet.write("Taxable gifts to the trust", taxable), trust.sheet)
        held = trust.at_the_end()
        self.keep("insurance_trust", held, trust.sheet)
        return held

    def dsue_beside(
        self, law: Law, first: FirstDeath, taxable: Figure, before: Figure, dsue: Figure, pots: Pots
    ) -> None:
        """Work the other reading out: DSUE allowed to a resident survivor who never becomes a citizen.

        Treas. Reg. 20.2010-3(a), (c)(2): unclear, so the plan counts none and shows this beside.
        """
        base = first.base
        unused = max(ZERO, base.applicable_exclusion_amount - base.taxable_estate - base.adjusted_taxable_gifts)
        extra = min(first.portable, unused)
        if not extra or self.result.family_wealth is None:
            return
        with_dsue = self.survivor_tax.net(law, taxable.amount, extra, pots.qdot.amount, ZERO)
        without = self.survivor_tax.net(law, taxable.amount, dsue.amount, pots.qdot.amount, ZERO)
        if with_dsue != without:
            self.result.family_wealth_with_dsue = self.result.family_wealth + without - with_dsue

    # -- the picture's path ------------------------------------------------------

    def point(self, year: int, pots: Pots, start: Holdings, first: FirstDeath) -> None:
        """Remember what the family would keep if the survivor died at the end of `year`; a variation has no picture."""
        if self.variation is not AS_DESCRIBED:
            return
        law, base, in_qdot, dsue = self.law(year), first.base, pots.qdot.amount, first.dsue.amount
        in_trust = ZERO
        if self.trust is not None:
            in_trust = self.trust.worth(year - (self.result.first_death_year or 0))
            self.survivor_tax.gifts = self.trust.gifts_until(self.survivor, year - self.as_of.year)
        own = pots.survivor.amount + start.insurance_in_second_estate.amount
        expenses = min(self.assumptions.administration_expenses, own)
        own_taxed = own - expenses
        state_tax = on_qdot = death_tax = all_qdot_tax = ZERO
        if self.second_reach:
            state_tax, on_qdot = state_taxes_as_numbers(
                self.taxing_at_second_death(year),
                own=own_taxed,
                qdot=in_qdot,
                gifts=self.survivor_tax.gifts,
                dsue=self.state_dsue,
                heirs=self.heirs_in_reach("heirs_at_second_death", self.second_reach, year) or (),
                insurance=start.insurance_in_second_estate.amount,
            )
            own_taxed = max(-in_qdot, own_taxed - state_tax)
        if first.qdot.amount:
            taxed, amount = pots.taxed.amount, in_qdot - on_qdot
            death_tax = to_cents(base.net_tax(taxed + amount)) - to_cents(base.net_tax(taxed))
            all_qdot_tax = sum((tax.amount for tax in pots.lifetime_tax), death_tax)
            if not self.decedent_nonresident:
                used = base.taxable_estate + base.adjusted_taxable_gifts + taxed + amount
                dsue = min(first.portable, max(ZERO, base.applicable_exclusion_amount - used))
        if self.survivor_abroad:
            dsue, own_taxed = ZERO, to_cents(own * self.share_here() / HUNDRED)
            in_qdot = to_cents(in_qdot * self.assumptions.qdot_us_situs_share / HUNDRED)
        tax = self.survivor_tax.net(law, own_taxed + in_qdot, dsue, in_qdot, all_qdot_tax)
        lost = self.result.figures["lost_basis_cost"] or ZERO
        kept = own + pots.bypass.amount + pots.qdot.amount + pots.others - death_tax - tax - expenses - lost - state_tax
        kept += in_trust
        self.result.path.append(PathPoint(year, kept, both_alive=False))


def project(
    ground: Ground, *, decedent: Spouse, strategy: Strategy, variation: Variation = AS_DESCRIBED
) -> OrderResult:
    """Return the figures, worksheets, QDOT events and yearly path of one strategy in one order of death.

    All facts that `planner.missing_facts` asks for must be known. `variation`
    changes one thing of the strategy, to price it.
    """
    return _Run(ground, decedent, strategy, variation).run()
