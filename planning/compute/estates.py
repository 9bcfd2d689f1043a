"""What `estate-tax` and `marital-deduction` have in common: the first estate and what passes to the spouse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import ClassVar, TypeVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.death_taxes import (
    ForeignDeathTaxInput,
    RecomputedCredit,
    foreign_taxes_of,
    need_parts,
    recomputed_credit,
)
from planning.compute.fields import (
    Citizenship,
    Count,
    RuleInput,
    StateCode,
    Year,
    gift_law_of,
    is_citizen,
    law_of,
    one_day,
)
from planning.compute.schedules import RECAPITULATION, AssetInput, DeductionsInput, Schedules, work_out_schedules
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.election_out_2010 import may_elect_out, without_estate_tax
from planning.engine.rules.historic_law import historic_doubts
from planning.engine.rules.s2001_estate_tax import estate_tax
from planning.engine.rules.s2001g_tax_on_earlier_gifts import (
    TaxOnEarlierGifts,
    YearOfGifts,
    tax_on_earlier_gifts,
)
from planning.engine.rules.s2010_unified_credit import exclusion_not_taken_back, pre_1977_reduction
from planning.engine.rules.s2010c_dsue import FIRST_YEAR_OF_PORTABILITY
from planning.engine.rules.s2011_state_death_tax_credit import (
    lesser_of_paid_and_most,
    most_of_state_death_tax,
    write_state_death_tax_credit,
)
from planning.engine.rules.s2014_foreign_death_tax_credit import foreign_death_tax_credit
from planning.engine.rules.s2056_marital_deduction import MaritalTreatment, marital_treatment
from planning.engine.rules.s2056a_qdot import QdotBase, QdotBaseWithCredits
from planning.engine.rules.s2056b_terminable import Gate, Interest, interest_gate, net_of_charges, through_gate
from planning.engine.rules.s2056d4_citizenship_before_return import citizenship_before_return
from planning.engine.rules.s2058_state_death_tax import (
    HIGHEST_PERCENT,
    deductible_state_death_tax,
    settled_state_tax,
)
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, smaller_of, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money, Percent

E = TypeVar("E", bound="EstateInput")

SECOND_NAMES = {
    "decedent_date_of_death": "date_of_death",
    "decedent_death": "date_of_death",
    "tax_year": "year",
    "decedent_death_year": "year",
    "dsue_amount": "dsue",
    "dsue_received": "dsue",
    "return_filed": "return_filed_on",
    "extension": "extension_granted",
    "spouse_naturalized": "spouse_naturalized_on",
    "state_death_tax_paid": "state_death_tax",
    "state_death_tax_paid_by_decedent_estate": "state_death_tax",
    "pre_1977_specific_exemption_used": "pre_1977_exemption_used",
    "elected_out_of_estate_tax": "elected_out_2010",
}


class TaxableGiftsOfYear(RuleInput):
    """Taxable gifts of one earlier year."""

    second_names: ClassVar = {"amount": "taxable_gifts"}
    year: Year = Field(description="Calendar year of the gifts; law is held from 1977 on")
    taxable_gifts: Money = Field(description="Taxable gifts of that year after exclusions, USD (IRC 2503(a))")
    dsue_applied: Money | None = Field(
        None, description="DSUE used on that year's gifts, USD (Treas. Reg. 25.2505-2(b)); null: none"
    )


class EstateInput(RuleInput):
    """The decedent's estate and what passes to the surviving spouse."""

    second_names: ClassVar = SECOND_NAMES

    date_of_death: Day | None = Field(
        None, description="The decedent's day of death; decides the law (IRC 2001(c), 2010(c))"
    )
    year: Year | None = Field(None, description="Year of death where the day is not known")
    decedent_citizenship: Citizenship | None = Field(
        None, description="us or foreign; null: taken as citizen or resident"
    )
    decedent_domicile: Citizenship | None = Field(
        None, description="us or foreign: estate-tax domicile at death (Treas. Reg. 20.0-1(b)(1))"
    )
    state: StateCode | None = Field(None, description="US state of domicile, two letters; state tax is not worked out")
    gross_estate: Money | None = Field(None, description="Gross estate, USD (IRC 2031); give this or taxable_estate")
    taxable_estate: Money | None = Field(
        None, description="Taxable estate after every deduction, the marital one included, USD (IRC 2051)"
    )
    debts_and_expenses: Money | None = Field(
        None, description="Debts and expenses, USD (IRC 2053); null: taken as none"
    )
    charitable_deduction: Money | None = Field(None, description="Passing to charity, USD (IRC 2055); null: none")
    state_death_tax: Money | None = Field(
        None,
        description="State death tax actually paid, USD: deducted for deaths from 2005 (IRC 2058), credited for "
        "earlier ones (IRC 2011); null: none",
    )
    state_death_tax_percent: Percent | None = Field(
        None,
        description="In its place: the state's tax in percent of the federal taxable estate; the two are then settled "
        "together (IRC 2058)",
    )
    state_death_tax_threshold: Money | None = Field(
        None, description="What of the federal taxable estate the state leaves untaxed, USD; null: nothing"
    )
    passing_to_spouse_outright: Money | None = Field(
        None, description="Passing to the surviving spouse outside a QDOT, USD (IRC 2056(a), (d)(1))"
    )
    passing_to_qdot: Money | None = Field(None, description="Passing to a QDOT, USD (IRC 2056(d)(2), 2056A)")
    qdot_marital_deduction: Money | None = Field(
        None,
        description="Marital deduction allowed for an elected QDOT, USD: a short way to state passing_to_qdot, "
        "election_made and a spouse who is not a citizen",
    )
    passing_to_others: Money | None = Field(
        None, description="Passing to a bypass trust, children or others, no marital deduction, USD"
    )
    all_passes_outright_to_spouse: Flag | None = Field(None, description="true: the whole net estate passes so")
    all_passes_to_qdot: Flag | None = Field(None, description="true: the whole net estate passes so")
    election_made: Flag | None = Field(
        None, description="Whether the executor elects for the QDOT (IRC 2056A(a)(3), (d))"
    )
    spouse_is_us_citizen: Flag | None = Field(
        None,
        description="Whether the spouse is a US citizen at the death; needed once something passes to the spouse",
    )
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_us_resident: Flag | None = Field(None, description="Whether the spouse is domiciled in the United States")
    spouse_naturalized_on: Day | None = Field(None, description="Day of the spouse's oath, if any (IRC 2056(d)(4))")
    spouse_us_domiciled_throughout: Flag | None = Field(
        None, description="Whether the spouse was domiciled in the US from the death to the oath (IRC 2056(d)(4)(B))"
    )
    return_filed_on: Day | None = Field(None, description="Day Form 706 was filed; null: taken as filed in time")
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 gave six months more; null: no")
    adjusted_taxable_gifts: Money | None = Field(
        None, description="Taxable gifts after 1976 not in the gross estate, USD (IRC 2001(b)); null: taken as none"
    )
    taxable_gifts_by_year: list[TaxableGiftsOfYear] | None = Field(
        None, description="The same gifts year by year: the gift tax payable is then worked out (IRC 2001(g)(1))"
    )
    gift_tax_payable: Money | None = Field(
        None, description="Gift tax payable on those gifts at the rates of the day of death, USD (IRC 2001(b)(2), (g))"
    )
    pre_1977_exemption_used: Money | None = Field(
        None,
        description="Exemption of old section 2521 used on gifts from September 9 to December 31, 1976, USD "
        "(IRC 2010(b)); null: none",
    )
    dsue: Money | None = Field(
        None, description="Unused exclusion of an earlier deceased spouse, USD (IRC 2010(c)(4)); null: none"
    )
    prior_transfer_credit: Money | None = Field(
        None, description="Credit for tax on prior transfers, USD (IRC 2013); null: none"
    )
    foreign_death_tax_credit: Money | None = Field(
        None, description="Credit for foreign death taxes, USD (IRC 2014); null: none"
    )
    foreign_death_taxes: list[ForeignDeathTaxInput] | None = Field(
        None, description="In its place: the taxes by country, from which the credit is worked out (IRC 2014(b))"
    )
    pre_1977_gift_tax_credit: Money | None = Field(
        None, description="Credit for gift tax on gifts before 1977 in the gross estate, USD (IRC 2012); null: none"
    )
    elected_out_2010: Flag | None = Field(
        None,
        description="Death in 2010: whether the executor elected out of the estate tax (P.L. 111-312 sec. 301(c)); "
        "null: no",
    )
    basic_exclusion_assumed: Money | None = Field(
        None, description="A basic exclusion amount assumed in place of the law's, USD, to see what a change would do"
    )
    assets: list[AssetInput] | None = Field(
        None, description="The estate asset by asset, another way to state gross_estate (Form 706 schedules A to I)"
    )
    deductions: DeductionsInput | None = Field(
        None, description="Deductions by schedule, beside assets (Form 706 schedules J to L and O)"
    )
    spouse_interest: Interest | None = Field(
        None, description="Form of what passes to the spouse (IRC 2056(b)); null: taken to qualify"
    )
    qtip_elected: Flag | None = Field(None, description="Whether the QTIP election is made (IRC 2056(b)(7))")
    survivorship_condition_months: Count | None = Field(
        None, description="Months by which the spouse must survive to take (IRC 2056(b)(3)); null: no condition"
    )
    spouse_survived_condition: Flag | None = Field(None, description="Whether the spouse survived that long")
    charged_to_spouse_share: Money | None = Field(
        None, description="Death taxes, debts and expenses charged to the spouse's share, USD (IRC 2056(b)(4))"
    )

    @property
    def day(self) -> date | None:
        """The day whose law decides."""
        return one_day(self.date_of_death, self.year, "date_of_death")

    @property
    def nonresident_decedent(self) -> bool:
        """Whether the decedent was neither a US citizen nor domiciled in the US."""
        return self.decedent_citizenship == "foreign" and self.decedent_domicile == "foreign"

    @property
    def something_passes_to_spouse(self) -> bool:
        """Whether any share of the spouse is stated."""
        flags = self.all_passes_outright_to_spouse or self.all_passes_to_qdot
        return bool(flags or self.passing_to_spouse_outright or self.passing_to_qdot)


@dataclass(frozen=True, slots=True)
class SpouseStatus:
    """How the law sees the surviving spouse; None: not known."""

    citizen_at_death: bool | None
    citizen_before_return: bool = False
    reason: str = ""

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said: neither a citizen at the death nor shown to have become one in time."""
        return self.citizen_at_death is None and not self.citizen_before_return

    @property
    def counts_as_citizen(self) -> bool:
        """Whether the marital deduction needs no QDOT."""
        return bool(self.citizen_at_death) or self.citizen_before_return


@dataclass(frozen=True, slots=True)
class Shares:
    """The net estate and who gets it, USD; `net` is None where only the taxable estate is known.

    `state_tax` is what of state death tax was deducted to come to `net`.
    """

    gross: Decimal | None
    net: Decimal | None
    outright: Decimal
    qdot: Decimal
    state_tax: Decimal = ZERO

    @property
    def to_spouse(self) -> Decimal:
        """Everything that passes to the spouse, with or without a QDOT."""
        return self.outright + self.qdot


@dataclass(frozen=True, slots=True)
class Credits:
    """The credits after the unified credit, USD, in the order of Form 706; `state_limit` is the table's amount."""

    state_limit: Decimal = ZERO
    state: Decimal = ZERO
    pre_1977_gift_tax: Decimal = ZERO
    foreign: Decimal = ZERO
    prior_transfer: Decimal = ZERO

    @property
    def fixed(self) -> Decimal:
        """What a QDOT event leaves as it was: all but the credit for state death taxes."""
        return self.pre_1977_gift_tax + self.foreign + self.prior_transfer

    @property
    def total(self) -> Decimal:
        """All of them together."""
        return self.state + self.fixed


@dataclass(frozen=True, slots=True)
class Gifts:
    """Earlier gifts: what they used and cost (USD), and the basic exclusion among what they used."""

    earlier: TaxOnEarlierGifts
    exclusion_used: Decimal


@dataclass(frozen=True, slots=True)
class Estate:
    """The first estate worked out, USD; `basic_exclusion` is the exclusion of the year, or the one assumed."""

    law: Law
    shares: Shares
    outright: MaritalTreatment
    qdot: MaritalTreatment
    marital_deduction: Decimal
    base: QdotBase
    dsue: Decimal
    basic_exclusion: Decimal
    gift_exclusion_used: Decimal
    credit: Decimal
    credits: Credits
    tax: Decimal
    undeducted: Decimal
    tax_without_deduction: Decimal
    state_tax_paid: Decimal
    elected_out: bool

    @property
    def taxable_estate(self) -> Decimal:
        """IRC 2051, USD."""
        return self.base.taxable_estate


def spouse_status(facts: EstateInput, answer: Answer) -> SpouseStatus:
    """Return how the spouse counts; facts that are missing for it are noted in the answer."""
    citizen = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    oath, death = facts.spouse_naturalized_on, facts.date_of_death
    if citizen is None and oath is not None and death is not None:
        citizen = oath < death
    if citizen or oath is None:
        return SpouseStatus(citizen)
    if death is None:
        answer.need("date_of_death")
        return SpouseStatus(citizen)
    if facts.spouse_us_domiciled_throughout is None:
        answer.need("spouse_us_domiciled_throughout")
        return SpouseStatus(citizen)
    found = citizenship_before_return(
        date_of_death=death,
        return_filed_on=facts.return_filed_on,
        extension_granted=bool(facts.extension_granted),
        naturalized_on=oath,
        us_domiciled_throughout=facts.spouse_us_domiciled_throughout,
        is_holiday=is_legal_holiday,
    )
    return SpouseStatus(citizen, found.treated_as_citizen, found.reason)


def interest_of(facts: EstateInput, answer: Answer) -> Gate | None:
    """Return whether the spouse's interest may be deducted at all, None where its form is not stated."""
    if facts.spouse_interest is None and facts.survivorship_condition_months is None:
        return None
    gate = interest_gate(
        facts.spouse_interest or "outright",
        qtip_elected=facts.qtip_elected,
        survivorship_months=facts.survivorship_condition_months,
        survived=facts.spouse_survived_condition,
    )
    answer.need(*gate.missing)
    return gate


def schedules_of(
    facts: EstateInput, answer: Answer, title: str = RECAPITULATION, law: Law | None = None
) -> Schedules | None:
    """Return the estate asset by asset, None without assets or with a missing fact noted in the answer."""
    if facts.assets is None:
        if facts.deductions is not None:
            raise InputError(["deductions: stands without assets, expected assets beside it"])
        return None
    for name in ("gross_estate", "taxable_estate", "debts_and_expenses", "charitable_deduction", "state_death_tax"):
        if getattr(facts, name) is not None:
            raise InputError([f"{name}: stands beside assets, expected one of the two"])
    status = spouse_status(facts, answer)
    return work_out_schedules(
        facts.assets,
        facts.deductions,
        answer,
        date_of_death=facts.date_of_death,
        spouse_counts_as_citizen=None if status.unknown else status.counts_as_citizen,
        law=law,
        title=title,
    )


def with_schedules(facts: E, answer: Answer, book: LawBook) -> tuple[E, Schedules | None]:
    """Return the facts with the estate's figures taken from its assets, and the schedules (None without assets).

    What is missing to place an asset is noted in the answer.
    """
    day = facts.day if facts.assets is not None else None
    law = None if day is None else law_of(book, day, "date_of_death" if facts.date_of_death else "year")
    found = schedules_of(facts, answer, law=law)
    if found is None:
        return facts, None
    update = {
        "gross_estate": found.counted.amount,
        "debts_and_expenses": found.allowed.expenses,
        "charitable_deduction": found.allowed.charity,
        "state_death_tax": None if facts.deductions is None else facts.deductions.state_death_tax,
    } | shares_from_assets(found, facts, answer)
    if found.adjusted_taxable_gifts:
        update["adjusted_taxable_gifts"] = found.adjusted_taxable_gifts + (facts.adjusted_taxable_gifts or ZERO)
    return facts.model_copy(update=update), found


def shares_from_assets(found: Schedules, facts: EstateInput, answer: Answer) -> dict[str, Decimal]:
    """Return what passes to whom by the assets; what passes cannot be more than what debts and expenses leave."""
    shares = {
        "passing_to_spouse_outright": found.passing_to("spouse"),
        "passing_to_qdot": found.passing_to("qdot"),
        "passing_to_others": found.passing_to("others"),
    }
    shares = {name: amount for name, amount in shares.items() if amount}
    for name in shares:
        if getattr(facts, name) is not None:
            raise InputError([f"{name}: stands beside assets that pass so, expected one of the two"])
    net = found.counted.amount - found.allowed.expenses - found.allowed.charity - found.allowed.state_death_tax
    over = sum(shares.values(), ZERO) - max(ZERO, net)
    for name in ("passing_to_others", "passing_to_spouse_outright", "passing_to_qdot"):
        if over > 0 and name in shares:
            borne = min(over, shares[name])
            shares[name] -= borne
            over -= borne
            answer.warn(
                "expenses_taken_from_a_share",
                "Expenses that no other property covers are taken first from the others' share, then from the "
                "spouse's; the will or local law may say otherwise.",
                "IRC 2056(b)(4)(B)",
            )
    return shares


def as_stated(facts: E) -> E:
    """Return the facts with what a short form says put in its place."""
    amount = facts.qdot_marital_deduction
    if amount is not None:
        for name, wrong in (("passing_to_qdot", None), ("election_made", False), ("spouse_is_us_citizen", True)):
            value = getattr(facts, name)
            if value is not None and (wrong is None or value == wrong):
                raise InputError([f"qdot_marital_deduction: {name} says otherwise, expected one of the two"])
        update = {"passing_to_qdot": amount, "election_made": True, "spouse_is_us_citizen": False}
        update["qdot_marital_deduction"] = None
        facts = facts.model_copy(update=update)
    return facts


def shares_of(
    facts: EstateInput,
    answer: Answer,
    *,
    stated_state_tax: Decimal | None = None,
    settled_state_tax: Decimal = ZERO,
) -> Shares | None:
    """Return the net estate and the shares, or None where the estate is not known.

    `stated_state_tax` is what of the stated state death tax is deducted (USD), None for all of it; a
    `settled_state_tax` comes off too, and from the spouse's share only where nothing else is left.
    """
    facts = as_stated(facts)
    if stated_state_tax is None:
        if facts.state_death_tax_percent is not None:
            raise InputError(["state_death_tax_percent: is settled by estate-tax alone, expected state_death_tax"])
        stated_state_tax = facts.state_death_tax or ZERO
    if facts.gross_estate is not None and facts.taxable_estate is not None:
        raise InputError(["taxable_estate: stands beside gross_estate, expected one of the two"])
    outright, qdot = facts.passing_to_spouse_outright, facts.passing_to_qdot
    deductions = (facts.debts_and_expenses or ZERO) + (facts.charitable_deduction or ZERO) + stated_state_tax
    if facts.taxable_estate is not None:
        return Shares(None, None, outright or ZERO, qdot or ZERO)
    gross = facts.gross_estate
    if gross is None:
        parts = [part for part in (outright, qdot, facts.passing_to_others) if part is not None]
        if not parts:
            answer.need("gross_estate")
            return None
        gross = sum(parts, ZERO) + deductions
        answer.warn(
            "gross_estate_from_shares", "The gross estate is taken as the sum of what passes and what is deducted."
        )
    before_settled = gross - deductions
    if before_settled < 0:
        raise InputError(["debts_and_expenses: the deductions are more than the gross estate, expected at most that"])
    net = before_settled - settled_state_tax
    if facts.all_passes_outright_to_spouse and outright is None:
        outright = net
    if facts.all_passes_to_qdot and qdot is None:
        qdot = net
    to_spouse = (outright or ZERO) + (qdot or ZERO)
    passing = to_spouse + (facts.passing_to_others or ZERO)
    if passing > before_settled:
        fault = (
            f"what passes adds up to {passing:f}, expected at most {before_settled:f}, "
            "the estate after debts and deductions"
        )
        raise InputError([f"passing_to_spouse_outright: {fault}"])
    charged = (facts.charged_to_spouse_share or ZERO) + max(ZERO, to_spouse - net)
    outright_net = net_of_charges(outright or ZERO, charged)
    left_to_charge = charged - ((outright or ZERO) - outright_net)
    state_tax = stated_state_tax + settled_state_tax
    return Shares(gross, net, outright_net, net_of_charges(qdot or ZERO, left_to_charge), state_tax)


def work_out_estate(facts: EstateInput, book: LawBook, answer: Answer) -> Estate | None:
    """Write the estate's worksheet and return its figures, or None with the missing facts noted."""
    facts = as_stated(facts)
    day = facts.day
    path = "date_of_death" if facts.date_of_death else "year"
    law = None if day is None else law_of(book, day, path)
    if day is None:
        answer.need("date_of_death")
    _refuse_contradictions(facts, day)
    paid = facts.state_death_tax or ZERO
    shares = shares_of(facts, answer, stated_state_tax=paid if law is None else deductible_state_death_tax(paid, law))
    status = spouse_status(facts, answer)
    gate = interest_of(facts, answer)
    if facts.something_passes_to_spouse and status.citizen_at_death is None:
        answer.need("spouse_is_us_citizen")
    if shares is not None and shares.qdot and not status.counts_as_citizen and facts.election_made is None:
        answer.need("election_made")
    if day is None or law is None:
        return None
    if facts.elected_out_2010:
        law = without_estate_tax(law)
    gifts = gifts_of(facts, law, book)
    if gifts is None:
        answer.need("gift_tax_payable")
    if facts.foreign_death_taxes is not None and shares is not None and shares.gross is None:
        answer.need("gross_estate")
    if answer.missing or shares is None or gifts is None:
        return None
    outright = through_gate(
        marital_treatment(
            spouse_is_us_citizen=bool(status.citizen_at_death), citizen_before_return=status.citizen_before_return
        ),
        gate,
    )
    qdot = through_gate(
        marital_treatment(
            spouse_is_us_citizen=bool(status.citizen_at_death),
            citizen_before_return=status.citizen_before_return,
            through_elected_qdot=bool(facts.election_made),
        ),
        gate,
    )
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    _warn_about_silence(facts, answer, law)
    return _Worker(facts, answer, law, outright, qdot, gifts).estate(day)


def refuse_election_out(day: date) -> None:
    """Refuse the choice of 2010 for a death on a day of another year. P.L. 111-312 sec. 301(c)."""
    if not may_elect_out(day):
        raise InputError([f"elected_out_2010: the death was in {day.year}, expected a death in 2010"])


def _refuse_contradictions(facts: EstateInput, day: date | None) -> None:
    """Refuse facts that exclude each other, and those that the law of the day has no room for."""
    for name, other in (
        ("state_death_tax_percent", "state_death_tax"),
        ("foreign_death_taxes", "foreign_death_tax_credit"),
    ):
        if getattr(facts, name) is not None and getattr(facts, other) is not None:
            raise InputError([f"{name}: stands beside {other}, expected one of the two"])
    if facts.state_death_tax_percent is not None and facts.state_death_tax_percent > HIGHEST_PERCENT:
        raise InputError([f"state_death_tax_percent: is more than any state takes, expected at most {HIGHEST_PERCENT}"])
    if facts.elected_out_2010 and day is not None:
        refuse_election_out(day)
    if facts.dsue and day is not None and day.year < FIRST_YEAR_OF_PORTABILITY:
        raise InputError([f"dsue: the death was in {day.year}, expected none before {FIRST_YEAR_OF_PORTABILITY}"])


def gifts_of(facts: EstateInput, law: Law, book: LawBook) -> Gifts | None:
    """Return earlier gifts with the gift tax payable, or None where that tax cannot be left open."""
    stated = facts.gift_tax_payable
    if facts.taxable_gifts_by_year is not None:
        if facts.adjusted_taxable_gifts is not None:
            fault = "stands beside adjusted_taxable_gifts, expected one of the two"
            raise InputError([f"taxable_gifts_by_year: {fault}"])
        years = years_of_gifts(facts.taxable_gifts_by_year, book)
        found = tax_on_earlier_gifts(years, law.rate_table, pre_1977_reduction(facts.pre_1977_exemption_used or ZERO))
        earlier = found if stated is None else replace(found, tax_payable=stated)
    else:
        gifts = facts.adjusted_taxable_gifts or ZERO
        if gifts > law.gift_basic_exclusion_amount + (facts.dsue or ZERO) and stated is None:
            return None
        payable = stated or ZERO
        earlier = TaxOnEarlierGifts(gifts, max(ZERO, law.rate_table.tax(gifts) - payable), payable)
    if facts.elected_out_2010:
        return Gifts(replace(earlier, tax_payable=ZERO), ZERO)
    by_dsue = sum((entry.dsue_applied or ZERO for entry in facts.taxable_gifts_by_year or ()), ZERO)
    covered = law.rate_table.amount_taxed_at(earlier.credit_used)
    return Gifts(earlier, max(ZERO, covered - by_dsue))


def years_of_gifts(entries: Iterable[TaxableGiftsOfYear], book: LawBook) -> list[YearOfGifts]:
    """Return the gifts by year with each year's exclusion for gifts and the DSUE used by then. IRC 2505(a)."""
    years, dsue = [], ZERO
    by_year = sorted(enumerate(entries), key=lambda numbered: numbered[1].year)
    for index, entry in by_year:
        law = gift_law_of(book, date(entry.year, 12, 31), f"taxable_gifts_by_year[{index}].year")
        dsue += entry.dsue_applied or ZERO
        years.append(YearOfGifts(entry.year, entry.taxable_gifts, law.gift_basic_exclusion_amount + dsue))
    return years


def _warn_about_silence(facts: EstateInput, answer: Answer, law: Law) -> None:
    silent = {
        "debts and expenses": facts.debts_and_expenses if facts.taxable_estate is None else ZERO,
        "adjusted taxable gifts": facts.taxable_gifts_by_year or facts.adjusted_taxable_gifts,
        "DSUE": facts.dsue if law.year >= FIRST_YEAR_OF_PORTABILITY else ZERO,
    }
    names = [name for name, value in silent.items() if value is None]
    if names:
        answer.warn("taken_as_none", f"Not stated, taken as none: {', '.join(names)}.")
    if facts.decedent_citizenship is None and facts.decedent_domicile is None:
        answer.warn(
            "decedent_taken_as_citizen_or_resident",
            "The decedent is taken as a US citizen or as domiciled in the United States.",
            "IRC 2001(a)",
            "Treas. Reg. 20.0-1(b)",
        )
    if law.state_death_tax_credit is not None and facts.state_death_tax is None and not facts.state_death_tax_percent:
        answer.warn(
            "state_death_tax_taken_as_none",
            "Nothing is stated of state death tax paid: no credit is counted for it, though the law of that death "
            "gives one.",
            "IRC 2011",
        )
    if facts.basic_exclusion_assumed is not None:
        answer.warn(
            "basic_exclusion_assumed",
            "The basic exclusion amount is an assumption, not the law of the date of death.",
            "IRC 2010(c)(3)",
        )
    if facts.election_made and facts.passing_to_qdot:
        answer.warn(
            "qdot_taken_as_qualified",
            "The trust is taken to meet every condition of a QDOT; that is for the attorney to check.",
            "IRC 2056A(a)",
            "Treas. Reg. 20.2056A-2",
        )


@dataclass(slots=True)
class _Worker:
    """Works one estate out: with the marital deduction as it is, and once more without any."""

    facts: EstateInput
    answer: Answer
    law: Law
    outright: MaritalTreatment
    qdot: MaritalTreatment
    gifts: Gifts

    def estate(self, day: date) -> Estate:
        """Return the estate of a death on `day`, its worksheet written."""
        facts, law, gifts = self.facts, self.law, self.gifts.earlier
        state_sheet = self.answer.sheet("T-", "State death tax on the federal taxable estate")
        shares, paid = self.settled(state_sheet, deducted=True)
        sheet = self.answer.sheet("E-", f"Estate tax, death in {law.year}")
        deduction = ZERO
        if shares.net is None:
            taxable = given(facts.taxable_estate or ZERO, "taxable_estate")
        else:
            net = _net_estate(sheet, facts, shares)
            marital = _marital_deduction(sheet, shares, self.outright, self.qdot)
            deduction = marital.amount
            taxable = net - marital
        taxable = sheet.write("Taxable estate", taxable, "IRC 2051", kind="subtotal")
        need_parts(
            facts.foreign_death_taxes or (),
            self.answer,
            marital=deduction,
            charitable=facts.charitable_deduction or ZERO,
        )
        tax, credits_ = self.tax(sheet, taxable, shares, deduction, paid)
        dsue = facts.dsue or ZERO
        basic = self.basic_exclusion
        counted = exclusion_not_taken_back(basic, self.gifts.exclusion_used) + dsue
        base = self._base(taxable.amount, counted, credits_, paid, self._foreign_credit(shares, deduction))
        together = taxable.amount + gifts.taxable_gifts
        for doubt in historic_doubts(
            day,
            gift_tax_payable=gifts.tax_payable,
            elected_out=bool(facts.elected_out_2010),
            nonresident=False,
            taxed=together,
        ):
            self.answer.warn(doubt.code, doubt.text, *doubt.citations)
        undeducted, without_deduction = self.without_deduction(shares, taxable.amount)
        return Estate(
            law=law,
            shares=shares,
            outright=self.outright,
            qdot=self.qdot,
            marital_deduction=deduction,
            base=base,
            dsue=dsue,
            basic_exclusion=basic,
            gift_exclusion_used=self.gifts.exclusion_used,
            credit=max(ZERO, law.rate_table.tax(counted) - self.credit_reduction),
            credits=credits_,
            tax=tax,
            undeducted=undeducted,
            tax_without_deduction=without_deduction,
            state_tax_paid=paid,
            elected_out=bool(facts.elected_out_2010),
        )

    @property
    def basic_exclusion(self) -> Decimal:
        """The basic exclusion of the year of death, or the one assumed, USD."""
        assumed = self.facts.basic_exclusion_assumed
        return self.law.basic_exclusion_amount if assumed is None else assumed

    @property
    def credit_reduction(self) -> Decimal:
        """What an exemption used late in 1976 takes off the credit, USD."""
        return pre_1977_reduction(self.facts.pre_1977_exemption_used or ZERO)

    def settled(self, sheet: Worksheet, *, deducted: bool) -> tuple[Shares, Decimal]:
        """Return the shares and the state death tax paid, settled with the estate where it is stated in percent.

        `deducted`: whether the marital deduction comes off the base that the state taxes.
        """
        facts, law = self.facts, self.law
        paid = facts.state_death_tax or ZERO
        percent, threshold = facts.state_death_tax_percent, facts.state_death_tax_threshold or ZERO
        stated = deductible_state_death_tax(paid, law)

        def shares_after(state_tax: Decimal) -> Shares:
            shares = shares_of(facts, self.answer, stated_state_tax=stated, settled_state_tax=state_tax)
            assert shares is not None  # noqa: S101 - asked only once the estate is known
            return shares

        def base_after(state_tax: Decimal) -> Decimal:
            shares = shares_after(deductible_state_death_tax(state_tax, law))
            if shares.net is None:
                return facts.taxable_estate or ZERO
            return shares.net - (self.deductible_share(shares) if deducted else ZERO)

        if percent is None:
            return shares_after(ZERO), paid
        tax = settled_state_tax(sheet, base_after, percent=percent, threshold=threshold).amount
        return shares_after(deductible_state_death_tax(tax, law)), tax

    def deductible_share(self, shares: Shares) -> Decimal:
        """Return what of the spouse's share is deducted, USD."""
        return (shares.outright if self.outright.deductible else ZERO) + (shares.qdot if self.qdot.deductible else ZERO)

    def tax(
        self, sheet: Worksheet, taxable: Figure, shares: Shares, deduction: Decimal, state_tax_paid: Decimal
    ) -> tuple[Decimal, Credits]:
        """Write the tax on `taxable` with every credit, and return it with the credits."""
        gifts = self.gifts.earlier
        reduction = self.credit_reduction
        after_unified = estate_tax(
            sheet,
            taxable_estate=taxable,
            adjusted_taxable_gifts=given(gifts.taxable_gifts, "adjusted_taxable_gifts"),
            gift_tax_payable=given(gifts.tax_payable, "gift_tax_payable"),
            dsue_amount=given(self.facts.dsue or ZERO, "dsue"),
            law=self.law,
            basic_exclusion=self._basic_exclusion_line(sheet),
            credit_reduction=given(reduction, "20% of pre_1977_exemption_used, at most 6,000") if reduction else None,
        )
        return self._after_credits(sheet, taxable, shares, deduction, state_tax_paid, after_unified)

    def _basic_exclusion_line(self, sheet: Worksheet) -> Figure | None:
        """Write the exclusion where it is not the year's own: assumed, or what gifts used where that is more."""
        basic, used = self.basic_exclusion, self.gifts.exclusion_used
        line = None
        if self.facts.basic_exclusion_assumed is not None:
            assumed = given(basic, "basic_exclusion_assumed")
            line = sheet.write("Basic exclusion amount, assumed", assumed, "IRC 2010(c)(3)", status="assumed")
        counted = exclusion_not_taken_back(basic, used)
        if counted > basic:
            words = given(counted, "exclusion that the gifts used, more than there is at death")
            line = sheet.write("Basic exclusion amount that counts", words, "Treas. Reg. 20.2010-1(c)")
        return line

    def _after_credits(
        self,
        sheet: Worksheet,
        taxable: Figure,
        shares: Shares,
        deduction: Decimal,
        state_tax_paid: Decimal,
        tax: Figure,
    ) -> tuple[Decimal, Credits]:
        facts, law = self.facts, self.law
        state_limit = most_of_state_death_tax(taxable.amount, law)
        state = pre_1977 = foreign = prior = given(ZERO, "none")
        if state_tax_paid and law.state_death_tax_credit is not None:
            paid = given(state_tax_paid, "state death tax paid")
            state = write_state_death_tax_credit(sheet, taxable_estate=taxable, paid=paid, tax=tax, law=law)
            tax = sheet.write("Estate tax after this credit", tax - state, "IRC 2011", kind="result")
        if facts.pre_1977_gift_tax_credit:
            pre_1977, tax = _stated_credit(
                sheet, tax, "Credit for gift tax before 1977", "pre_1977_gift_tax_credit", facts, "IRC 2012"
            )
        if facts.foreign_death_taxes:
            charitable = facts.charitable_deduction or ZERO
            taxes = foreign_taxes_of(facts.foreign_death_taxes, marital=deduction, charitable=charitable)
            taxed = (shares.gross or ZERO) - charitable - deduction
            estate = given(taxed, "gross estate less charitable and marital deductions")
            foreign = sheet.write(
                "Credit for foreign death taxes",
                foreign_death_tax_credit(sheet, taxes, us_tax=tax, taxed_estate=estate),
                "IRC 2014",
            )
            tax = sheet.write("Estate tax after this credit", tax - foreign, "IRC 2014", kind="result")
        elif facts.foreign_death_tax_credit:
            foreign, tax = _stated_credit(
                sheet, tax, "Credit for foreign death taxes", "foreign_death_tax_credit", facts, "IRC 2014"
            )
        if facts.prior_transfer_credit:
            prior, tax = _stated_credit(
                sheet, tax, "Credit for tax on prior transfers", "prior_transfer_credit", facts, "IRC 2013"
            )
        return tax.amount, Credits(state_limit, state.amount, pre_1977.amount, foreign.amount, prior.amount)

    def without_deduction(self, shares: Shares, taxable: Decimal) -> tuple[Decimal, Decimal]:
        """Return taxable estate and tax if nothing were deducted for the spouse, USD: state tax and credits anew."""
        without = Worksheet("X-", "Without a marital deduction")
        if shares.net is None:
            undeducted = taxable + (shares.qdot if self.qdot.deductible else ZERO)
            again, paid = shares, self.facts.state_death_tax or ZERO
        else:
            again, paid = self.settled(without, deducted=False)
            undeducted = again.net or ZERO
        return undeducted, self.tax(without, given(undeducted, "undeducted"), again, ZERO, paid)[0]

    def _foreign_credit(self, shares: Shares, deduction: Decimal) -> RecomputedCredit | None:
        """Return the foreign credit of a later QDOT tax, limited anew; None where no country is stated."""
        if not self.facts.foreign_death_taxes:
            return None
        charitable = self.facts.charitable_deduction or ZERO
        return recomputed_credit(
            self.facts.foreign_death_taxes,
            marital=deduction,
            charitable=charitable,
            taxed_estate=(shares.gross or ZERO) - charitable - deduction,
            gift_tax_credit=self.facts.pre_1977_gift_tax_credit or ZERO,
        )

    def _base(
        self,
        taxable: Decimal,
        exclusion: Decimal,
        credits_: Credits,
        state_tax_paid: Decimal,
        foreign_credit: RecomputedCredit | None,
    ) -> QdotBase:
        """Return what a later QDOT tax is computed on, with credits only where there are any."""
        law, gifts = self.law, self.gifts.earlier
        common = (taxable, gifts.taxable_gifts, gifts.tax_payable, exclusion, law.rate_table, law.year)
        credited = law.state_death_tax_credit is not None
        if not credited and not credits_.fixed and not self.credit_reduction and foreign_credit is None:
            return QdotBase(*common)
        return QdotBaseWithCredits(
            *common,
            credit_cut=self.credit_reduction,
            # A foreign credit that is limited anew is no fixed one.
            other_credits=credits_.fixed - (credits_.foreign if foreign_credit is not None else ZERO),
            state_tax_paid=state_tax_paid,
            survivor_state_tax=ZERO,
            state_credit=partial(lesser_of_paid_and_most, law) if credited else None,
            foreign_credit=foreign_credit,
        )


def _stated_credit(
    sheet: Worksheet, tax: Figure, label: str, name: str, facts: EstateInput, citation: str
) -> tuple[Figure, Figure]:
    """Write a credit as stated, not above the tax, and return it with the tax after it."""
    credit = sheet.write(label, smaller_of(given(getattr(facts, name), name), tax), citation)
    return credit, sheet.write("Estate tax after this credit", tax - credit, citation, kind="result")


def _net_estate(sheet: Worksheet, facts: EstateInput, shares: Shares) -> Figure:
    where = "gross_estate" if facts.gross_estate is not None else "sum of what passes and what is deducted"
    net = sheet.write("Gross estate", given(shares.gross or ZERO, where), "IRC 2031")
    for label, amount, name, citation in (
        ("Debts and expenses", facts.debts_and_expenses, "debts_and_expenses", "IRC 2053"),
        ("Passing to charity", facts.charitable_deduction, "charitable_deduction", "IRC 2055"),
        ("State death tax", shares.state_tax, "state death tax paid", "IRC 2058"),
    ):
        if amount:
            net = net - sheet.write(label, given(amount, name), citation)
    if net.compound:
        net = sheet.write("Estate after these deductions", net, "IRC 2051")
    return net


def _marital_deduction(sheet: Worksheet, shares: Shares, outright: MaritalTreatment, qdot: MaritalTreatment) -> Figure:
    parts: list[Figure] = []
    for label, name, amount, treatment in (
        ("Passing to the spouse outright", "passing_to_spouse_outright", shares.outright, outright),
        ("Passing to the QDOT", "passing_to_qdot", shares.qdot, qdot),
    ):
        if not amount:
            continue
        passing = sheet.write(label, given(amount, name), "IRC 2056(a)")
        allowed = passing if treatment.deductible else given(ZERO, treatment.reason)
        words = "Deducted" if treatment.deductible else "Not deducted"
        figure = Figure(allowed.amount, f"{passing.how}, {treatment.reason}")
        parts.append(sheet.write(f"{words}: {label.lower().replace('qdot', 'QDOT')}", figure, *treatment.citations))
    return sheet.write("Marital deduction", total(parts, "nothing passes to the spouse"), "IRC 2056(a)")


def refused_nonresident(facts: EstateInput, answer: Answer) -> Answer | None:
    """Return the answer that the rule does not apply to a decedent outside IRC 2001, or None where it may."""
    if facts.nonresident_decedent:
        return answer.refuse(
            "nonresident_decedent",
            "The decedent was neither a US citizen nor domiciled in the United States: IRC 2101 applies, "
            "with the 13,000 credit and US-situs property only.",
            "IRC 2101",
            "IRC 2102(b)(1)",
            "IRC 2106(a)(3)",
        )
    if facts.decedent_citizenship == "foreign" and facts.decedent_domicile is None:
        answer.need("decedent_domicile")
    return None
