"""`joint-tenancy-termination`: the gift when spouses end a tenancy with survivorship in real property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, RuleInput, Year, gift_law_of, is_citizen, one_day
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.gift_findings import gift_finding, told
from planning.engine.rules.s2503_gift_exclusions import Gift, apply_exclusions
from planning.engine.rules.s2515_joint_tenancy import (
    FIRST_DAY_OF_RULE,
    Contribution,
    Era,
    Shares,
    creation_is_no_gift,
    era_of,
    gift_on_termination,
    proceeds_to_divide,
    reinvestment_counts,
    shares_of,
)
from planning.engine.rules.s2518_disclaimer import disclaimer_last_day, part_that_can_be_disclaimed
from planning.engine.rules.s2523_gifts_to_spouse import LIMITS, LIMITS_DOUBT, has_limits, no_deduction_for_noncitizen
from planning.engine.rules.s7503_due_dates import form_709_due
from planning.engine.worksheet import ZERO, Figure, given
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

End = Literal[
    "sale",
    "exchange",
    "gift_to_other",
    "severance_to_tenancy_in_common",
    "retitling",
    "debt_increase",
    "death",
]
ERA_WORDS: dict[Era, str] = {
    "before_1955": "before 1955: law of that time",
    "1955_1981": "1955 to 1981 without an election: no gift when created",
    "1982_1988": "1982 to July 13, 1988: creating it was a gift of half",
    "since_1988": "since July 14, 1988: no gift when created",
}
# A year alone decides unless the rule begins within it.
DIVIDED_YEAR = FIRST_DAY_OF_RULE.year


class ContributionInput(RuleInput):
    """One payment into the property."""

    by: Literal["donor", "spouse"] = Field(description="Who paid: donor or spouse")
    amount: Money = Field(description="Paid, USD; property put in counts at its value (Treas. Reg. 25.2515-1(c)(1))")
    on: Day | None = Field(None, description="Day; null: when the tenancy was created")
    value_before: Money | None = Field(
        None,
        description="Value of the property just before, USD, where it can be told: appreciation until then belongs to "
        "those who had paid (Treas. Reg. 25.2515-1(c)(2)); null: none is counted",
    )


class JointTenancyInput(RuleInput):
    """A tenancy with survivorship or by the entirety of two spouses, and how it ends."""

    second_names: ClassVar = {
        "creation_date": "created_on",
        "created_date": "created_on",
        "purchase_year": "created_year",
        "sale_date": "terminated_on",
        "sold_on": "terminated_on",
        "termination_date": "terminated_on",
        "sale_year": "terminated_year",
        "termination_year": "terminated_year",
        "year": "terminated_year",
        "termination": "terminated_by",
        "sale_proceeds": "proceeds",
        "proceeds_of_termination": "proceeds",
        "value": "proceeds",
        "donor_consideration": "donor_contribution",
        "donor_paid": "donor_contribution",
        "purchase_price_all_paid_by_donor": "donor_contribution",
        "spouse_consideration": "spouse_contribution",
        "spouse_paid": "spouse_contribution",
        "half_treated_as_gift_on_creation": "gift_on_creation",
        "deemed_gift_on_creation": "gift_on_creation",
        "donor_receives_from_sale": "donor_receives",
        "spouse_is_us_citizen_at_termination": "spouse_is_us_citizen",
        "elected_2515": "elected_2515c",
    }

    created_on: Day | None = Field(None, description="Day the tenancy was created: it decides which law applies")
    created_year: Year | None = Field(None, description="Year of creation, where the day is not known")
    terminated_on: Day | None = Field(None, description="Day it ends, or the debt grows")
    terminated_year: Year | None = Field(None, description="Year it ends, where the day is not known")
    terminated_by: End = Field("sale", description="How it ends (Treas. Reg. 25.2515-1(d)(2)); sale if not said")
    elected_2515c: Flag | None = Field(
        None, description="1955 to 1981: whether a timely gift tax return elected to treat the creation as a gift"
    )
    spouse_is_us_citizen_at_creation: Flag | None = Field(
        None, description="Whether the donee spouse was a US citizen then; null: not a citizen"
    )
    spouse_is_us_citizen: Flag | None = Field(None, description="Whether the donee spouse is a US citizen at the end")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same in a word")
    donor_is_us_citizen: Flag | None = Field(
        None, description="Whether the donor is a US citizen: a gift back to a citizen is deducted (IRC 2523(a))"
    )
    donor_contribution: Money | None = Field(
        None, description="What the donor paid, USD, not reduced by exclusions; give this pair or contributions"
    )
    spouse_contribution: Money | None = Field(None, description="What the other spouse paid of own money, USD")
    contributions: list[ContributionInput] | None = Field(None, description="Payments in order of time")
    gift_on_creation: Money | None = Field(
        None, description="1982 to July 13, 1988: what was a gift then, USD; counts as the spouse's consideration"
    )
    proceeds: Money | None = Field(
        None, description="Net proceeds, or the value where the property is divided or retitled, USD"
    )
    donor_receives: Money | None = Field(None, description="What the donor receives of what is divided, USD")
    spouse_receives: Money | None = Field(None, description="What the other spouse receives, USD")
    proceeds_undivided: Flag | None = Field(
        None, description="Proceeds are kept in both names: each receives the value of enforceable rights"
    )
    donor_enforceable_rights: Money | None = Field(
        None, description="Undivided proceeds: value of what the donor can enforce, USD (Treas. Reg. 25.2515-1(d)(3))"
    )
    reinvested: Money | None = Field(None, description="Undivided proceeds put into other real property, USD")
    reinvested_in_identical_tenancy: Flag | None = Field(None, description="Held in the same way by both")
    reinvestment_contract_on: Day | None = Field(None, description="Day of the binding purchase contract")
    reinvestment_closed_in_reasonable_time: Flag | None = Field(None, description="Whether closing followed in time")
    debt_increase: Money | None = Field(None, description="debt_increase: how much the debt on it grew, USD")
    debt_increase_put_back: Money | None = Field(
        None, description="debt_increase: what was put back into the property within a reasonable time, USD"
    )
    exclusion_used_before: Money | None = Field(
        None, description="Exclusion used by earlier gifts of that year to the same spouse, USD; null: none"
    )
    date_of_death: Day | None = Field(None, description="death: day of death, for the disclaimer")

    @property
    def created(self) -> date | None:
        """The day of creation; a year alone does where no rule begins within it."""
        if self.created_on is None and self.created_year == DIVIDED_YEAR:
            return None
        return one_day(self.created_on, self.created_year, "created_on")


@dataclass(slots=True)
class Ended:
    """What is divided and who receives how much, USD."""

    proceeds: Figure
    donor: Figure
    spouse: Figure


def answer_joint_tenancy_termination(facts: JointTenancyInput, book: LawBook) -> Answer:
    """Find the law of the creation, the shares paid for, and the gift at the end."""
    answer = Answer()
    created = facts.created
    if created is None:
        answer.need("created_on")
    elif _not_for_us(facts, created, answer):
        return answer
    terminated = one_day(facts.terminated_on, facts.terminated_year, "terminated_on")
    if terminated is None:
        answer.need("terminated_on")
    elif created is not None and terminated < created:
        raise InputError(["terminated_on: is before the creation, expected a later day"])
    shares = _shares(facts, created, answer)
    ended = _ended(facts, terminated, answer)
    if created is None or terminated is None or shares is None or ended is None or answer.missing:
        return answer
    _compute(facts, book, created, terminated, shares, ended, answer)
    return answer


def _not_for_us(facts: JointTenancyInput, created: date, answer: Answer) -> bool:
    """Refuse what this computation does not cover, and say who does."""
    era = era_of(created)
    answer.findings.append(
        gift_finding(
            "GFT-13",
            told(era != "since_1988"),
            ERA_WORDS[era],
            measured=created.isoformat(),
            threshold=FIRST_DAY_OF_RULE.isoformat(),
        )
    )
    if facts.terminated_by == "death":
        _at_death(facts, created, answer)
        return True
    if era == "before_1955" or facts.elected_2515c:
        answer.refuse(
            "created_under_older_law",
            "A tenancy created before 1955, or whose creation was treated as a gift by election, has a computation of "
            "its own; the attorney makes it.",
            "Treas. Reg. 25.2515-4",
        )
        return True
    if era == "1955_1981" and facts.elected_2515c is None:
        answer.need("elected_2515c")
    if era == "1982_1988":
        answer.warn(
            "unverified_rule",
            "GFT-13: that a tenancy created from 1982 to July 13, 1988 counts half for each spouse is inferred from "
            "an example and the estate tax rule; an attorney must confirm it.",
            "Treas. Reg. 25.2523(i)-2(c)",
            "Treas. Reg. 20.2056A-8(a)(2)",
        )
    return False


def _at_death(facts: JointTenancyInput, created: date, answer: Answer) -> None:
    answer.refuse(
        "ended_by_death",
        "A tenancy that ends by death makes no gift; what the estate includes is joint-property.",
        "Treas. Reg. 25.2515-1(d)(1)",
        "IRC 2040(a)",
    )
    citizen = _citizen(facts, answer)
    part = part_that_can_be_disclaimed(created, spouse_is_us_citizen=citizen)
    last = disclaimer_last_day(facts.date_of_death) if facts.date_of_death else None
    answer.result = {"disclaimable": part, "disclaimer_last_day": last}
    words = "any part the estate includes" if part == "any_part_included" else "one half"
    answer.findings.append(
        gift_finding(
            "GFT-42",
            told(None if last is None else True),
            f"The survivor may disclaim {words}, in writing, within nine months of the death",
            measured=last.isoformat() if last else None,
            missing=() if last else ("date_of_death",),
        )
    )


def _citizen(facts: JointTenancyInput, answer: Answer) -> bool:
    """Return whether the donee spouse is a citizen at the end; this rule is about one who is not."""
    found = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    if found is None:
        answer.warn(
            "spouse_taken_as_noncitizen",
            "The spouse's citizenship is not stated; the spouse is taken as not a US citizen.",
            "IRC 2523(i)",
        )
        return False
    return found


def _shares(facts: JointTenancyInput, created: date | None, answer: Answer) -> Shares | None:
    pair = (facts.donor_contribution, facts.spouse_contribution)
    if facts.contributions is not None:
        if pair != (None, None):
            raise InputError(["contributions: stands beside donor_contribution, expected one of the two"])
        paid = [Contribution(entry.by, entry.amount, entry.on, entry.value_before) for entry in facts.contributions]
    elif facts.gift_on_creation is not None and facts.donor_contribution is not None:
        return _stated_gift(facts)
    else:
        if None in pair:
            names = ("donor_contribution", "spouse_contribution")
            answer.need(*(name for name, amount in zip(names, pair, strict=True) if amount is None))
            return None
        paid = [Contribution("donor", pair[0] or ZERO), Contribution("spouse", pair[1] or ZERO)]
    if created is None:
        return None
    shares = shares_of(paid, created, citizen_at_creation=bool(facts.spouse_is_us_citizen_at_creation))
    if not shares.total:
        raise InputError(["donor_contribution: nothing was paid at all, expected what each spouse paid"])
    return shares


def _stated_gift(facts: JointTenancyInput) -> Shares:
    """Return the shares where the gift at creation is stated: it counts as the spouse's consideration."""
    paid, gift = facts.donor_contribution or ZERO, facts.gift_on_creation or ZERO
    if gift > paid:
        raise InputError([f"gift_on_creation: is more than {paid:f}, what the donor paid, expected at most that"])
    return Shares(paid - gift, gift + (facts.spouse_contribution or ZERO))


def _ended(facts: JointTenancyInput, terminated: date | None, answer: Answer) -> Ended | None:
    whole = _whole(facts, terminated, answer)
    if whole is None:
        return None
    if facts.terminated_by == "severance_to_tenancy_in_common":
        half = Figure(whole.amount / 2, f"half of {whole.how}, as tenants in common")
        return Ended(whole, half, half)
    if facts.proceeds_undivided:
        if not whole.amount:
            return Ended(whole, whole, whole)
        if facts.donor_enforceable_rights is None:
            answer.need("donor_enforceable_rights")
            return None
        donor = given(facts.donor_enforceable_rights, "donor_enforceable_rights")
        return Ended(whole, donor, whole - donor)
    return _divided(facts, whole, answer)


def _divided(facts: JointTenancyInput, whole: Figure, answer: Answer) -> Ended | None:
    donor, spouse = facts.donor_receives, facts.spouse_receives
    if donor is None and spouse is None:
        if not whole.amount:
            return Ended(whole, whole, whole)
        answer.need("donor_receives")
        return None
    if donor is None:
        donor = whole.amount - (spouse or ZERO)
    if spouse is None:
        spouse = whole.amount - donor
    if donor < 0 or spouse < 0 or donor + spouse > whole.amount:
        raise InputError([f"donor_receives: together more than {whole.amount:f} divided, expected at most that"])
    return Ended(whole, given(donor, "donor_receives"), given(spouse, "spouse_receives"))


def _whole(facts: JointTenancyInput, terminated: date | None, answer: Answer) -> Figure | None:
    """Return what counts as proceeds, USD; None while a fact is missing."""
    if facts.terminated_by == "debt_increase":
        if facts.debt_increase is None:
            answer.need("debt_increase")
            return None
        back = facts.debt_increase_put_back or ZERO
        if back > facts.debt_increase:
            raise InputError(["debt_increase_put_back: is more than the increase, expected at most that"])
        return given(facts.debt_increase, "debt_increase") - given(back, "put back into the property")
    if facts.proceeds is None:
        answer.need("proceeds")
        return None
    if not facts.reinvested:
        return given(facts.proceeds, "proceeds")
    if facts.reinvested > facts.proceeds:
        raise InputError(["reinvested: is more than the proceeds, expected at most that"])
    counts = _reinvestment(facts, terminated, answer)
    if counts is None:
        return None
    return proceeds_to_divide(facts.proceeds, facts.reinvested if counts else ZERO)


def _reinvestment(facts: JointTenancyInput, terminated: date | None, answer: Answer) -> bool | None:
    if terminated is None:
        return None
    due = form_709_due(terminated.year, is_legal_holiday)
    counts = reinvestment_counts(
        identical_tenancy=facts.reinvested_in_identical_tenancy,
        contract_on=facts.reinvestment_contract_on,
        due=due,
        closed_in_reasonable_time=facts.reinvestment_closed_in_reasonable_time,
    )
    if counts is None:
        names = (
            "reinvested_in_identical_tenancy",
            "reinvestment_contract_on",
            "reinvestment_closed_in_reasonable_time",
        )
        answer.need(*(name for name in names if getattr(facts, name) is None))
    answer.result["reinvestment_counts"] = counts
    answer.result["reinvestment_contract_until"] = due
    return counts


def _compute(
    facts: JointTenancyInput,
    book: LawBook,
    created: date,
    terminated: date,
    shares: Shares,
    ended: Ended,
    answer: Answer,
) -> None:
    law = gift_law_of(book, terminated, "terminated_on")
    sheet = answer.sheet("T-", f"Joint tenancy created {created.isoformat()}, ended {terminated.isoformat()}")
    proceeds = sheet.write("Proceeds to divide", ended.proceeds, "Treas. Reg. 25.2515-1(d)(2)-(3)")
    gifts = {
        who: gift_on_termination(
            sheet, proceeds=proceeds, paid=paid, paid_by_both=shares.total, receives=receives, who=f"the {who}"
        ).amount
        for who, paid, receives in (("donor", shares.donor, ended.donor), ("spouse", shares.spouse, ended.spouse))
    }
    giver = "donor" if gifts["donor"] else "spouse" if gifts["spouse"] else None
    amount = max(gifts.values())
    no_gift = creation_is_no_gift(created, spouse_is_us_citizen=bool(facts.spouse_is_us_citizen_at_creation))
    answer.result |= {
        "era": era_of(created),
        "creation_was_gift": not no_gift,
        "donor_consideration": shares.donor,
        "spouse_consideration": shares.spouse,
        "donor_share_of_proceeds": proceeds.amount * shares.donor / shares.total,
        "spouse_share_of_proceeds": proceeds.amount * shares.spouse / shares.total,
        "gift": amount,
        "gift_by": giver,
        "gift_by_donor": gifts["donor"],
        "gift_by_spouse": gifts["spouse"],
    }
    answer.findings.append(
        gift_finding(
            "GFT-11", told(no_gift), "Who paid is counted at the end" if no_gift else "Each paid half, by the gift then"
        )
    )
    answer.findings.append(
        gift_finding(
            "GFT-12",
            told(amount > 0),
            f"gift by the {giver}" if giver else "each receives what was paid for",
            measured=amount,
            threshold=ZERO,
        )
    )
    citizen = _citizen(facts, answer) if giver != "spouse" else facts.donor_is_us_citizen
    if amount and citizen is None:
        answer.need("donor_is_us_citizen")
        return
    barred = no_deduction_for_noncitizen(terminated, spouse_is_us_citizen=bool(citizen))
    gift = Gift(terminated, amount, "the other spouse", deducted=not barred, larger=barred)
    earlier = Gift(date(terminated.year, 1, 1), facts.exclusion_used_before or ZERO, gift.donee, larger=True)
    answer.uses(law)
    if gift.deducted and has_limits(terminated):
        answer.warn("unverified_rule", LIMITS_DOUBT, *LIMITS)
    found = apply_exclusions(sheet, [earlier, gift] if barred and earlier.amount else [gift], law)[-1]
    answer.result |= {
        "excluded": found.excluded,
        "marital_deduction": found.marital_deduction,
        "taxable_gift": found.taxable,
        "form_709_required": found.taxable > 0,
        "due_date": form_709_due(terminated.year, is_legal_holiday) if found.taxable else None,
    }


RULE = Rule(
    "joint-tenancy-termination",
    "Gift when spouses end a tenancy with survivorship in real property, by the law of its creation",
    JointTenancyInput,
    answer_joint_tenancy_termination,
)
