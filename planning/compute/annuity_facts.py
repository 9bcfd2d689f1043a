"""Input of `annuity-corpus-portion`, and the words its facts may be written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.fields import Count, RuleInput, Words, Year
from planning.engine.rules.s2056a_nonassignable_annuity import DivideBy, Option, PlanKind
from planning.inputs import Day, Flag, Money, Percent

Route = Literal["regulation", "table_s"]
FREQUENCY_WORDS = {
    "annual": 1,
    "annually": 1,
    "yearly": 1,
    "semiannual": 2,
    "semiannually": 2,
    "quarterly": 4,
    "monthly": 12,
    "weekly": 52,
}
START_WORDS = frozenset({"start", "beginning", "advance"})
END_WORDS = frozenset({"end", "arrears"})
WORDS_OR_NULL: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
# Looked for in this order; what is not a letter or a number is left out of the words first.
PLAN_WORDS: tuple[tuple[str, PlanKind], ...] = (
    ("nonqualified", "other_arrangement"),
    ("other", "other_arrangement"),
    ("foreign", "other_arrangement"),
    ("commercial", "other_arrangement"),
    ("403b", "other_arrangement"),
    ("408b", "individual_retirement_annuity"),
    ("individualretirementannuity", "individual_retirement_annuity"),
    ("408a", "individual_retirement_account"),
    ("individualretirementaccount", "individual_retirement_account"),
    ("ira", "individual_retirement_account"),
    ("401a", "qualified_plan"),
    ("401k", "qualified_plan"),
    ("qualifiedplan", "qualified_plan"),
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """Payments a year, and whether each is made at the start of its period (None: not said)."""

    payments: int
    at_start: bool | None


def _frequency(value: object) -> Frequency:
    words = value.lower().replace("-", "").replace("_", " ").split() if isinstance(value, str) else []
    if words and words[0] in FREQUENCY_WORDS:
        at_start = True if set(words) & START_WORDS else False if set(words) & END_WORDS else None
        return Frequency(FREQUENCY_WORDS[words[0]], at_start)
    message = f"{value!r} is no frequency, expected monthly, quarterly, semiannually, weekly or annually"
    raise ValueError(message)


def _plan(value: object) -> str:
    text = re.sub(r"[^a-z0-9]", "", value.lower()) if isinstance(value, str) else ""
    for word, kind in PLAN_WORDS:
        if word in text:
            return kind
    message = (
        f"{value!r} is no kind of plan, expected qualified_plan (401(a)), individual_retirement_annuity (408(b)), "
        "individual_retirement_account (408(a)) or other_arrangement"
    )
    raise ValueError(message)


def _factor(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int) or not re.fullmatch(r"\d{1,4}(\.\d+)?", str(value)):
        message = f'{value!r} is no factor, expected a number in quotes such as "14.6908"'
        raise ValueError(message)
    return Decimal(str(value))


def _option(value: object) -> object:
    words = {"rollover": "roll_over", "roll-over": "roll_over", "pay_tax": "pay", "remit": "pay"}
    return words.get(value, value) if isinstance(value, str) else value


FactorNumber = Annotated[
    Decimal,
    BeforeValidator(_factor),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d{1,4}(\.\d+)?$"}, {"type": "integer", "minimum": 0}]}),
]


class PaymentInput(RuleInput):
    """One payment of the annuity to the spouse."""

    second_names: ClassVar = {"received_on": "date", "hardship": "hardship_amount"}

    date: Day = Field(description="Day the spouse received it")
    amount: Money | None = Field(None, description="Amount paid, USD; null: the year's amount over its payments")
    hardship_amount: Money | None = Field(
        None,
        description="What of it would be exempt for hardship if a QDOT paid it, USD (20.2056A-5(c)(1)); null: none",
    )


class AnnuityCorpusPortionInput(RuleInput):
    """The annuity, the spouse, and what executor and spouse did with the return."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "decedent_death_on_or_after": "death_not_before",
        "plan_type": "plan",
        "arrangement": "plan",
        "annuity_type": "plan",
        "payments_assignable": "assignable",
        "treat_ira_as_nonassignable": "treat_as_nonassignable",
        "spouse_treats_as_nonassignable": "treat_as_nonassignable",
        "annual": "annual_annuity",
        "annual_amount": "annual_annuity",
        "annual_payment": "annual_annuity",
        "frequency": "payment_frequency",
        "per_year": "payments_per_year",
        "payments_at_start": "paid_at_start",
        "age": "spouse_age",
        "spouse_age_nearest_birthday": "spouse_age",
        "spouse_date_of_birth": "spouse_birth_date",
        "spouse_born_on": "spouse_birth_date",
        "term_certain_years": "term_years",
        "section_7520_rate_percent": "section_7520_rate",
        "rate_7520": "section_7520_rate",
        "rate": "section_7520_rate",
        "mortality": "mortality_table",
        "table_s_annuity_factor": "annuity_factor",
        "remainder": "remainder_factor",
        "table_s_remainder_factor": "remainder_factor",
        "table_k_factor": "frequency_factor",
        "table_k_monthly_factor": "frequency_factor",
        "K": "frequency_factor",
        "foreign_payor": "payor_abroad",
        "extension": "extension_granted",
        "spouse_date_of_death": "spouse_death",
        "fund_value": "limited_fund_value",
        "annuity_payments": "payments",
    }

    date_of_death: Day | None = Field(None, description="The decedent's day of death: its rate and table hold")
    death_not_before: Day | None = Field(
        None, description="A day the death is not before, where the day itself is open: sets the mortality table only"
    )
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 extended the return; null: no")
    plan: Annotated[
        PlanKind | None,
        BeforeValidator(lambda value: value if value is None else _plan(value)),
        WithJsonSchema(WORDS_OR_NULL),
    ] = Field(None, description="What pays: 401(a), 408(b), 408(a) or another arrangement (20.2056A-4(b)(7), (c)(1))")
    assignable: Flag | None = Field(
        None, description="Whether law and terms let the rights be assigned; for 401(a) and 408(b) the law says no"
    )
    treat_as_nonassignable: Flag | None = Field(
        None, description="408(a) account: whether the spouse treats it as not assignable (20.2056A-4(b)(7)(iii))"
    )
    annual_annuity: Money | None = Field(None, description="Total payable each year, USD")
    payment_amount: Money | None = Field(None, description="One payment, USD, where the year's total is not given")
    payment_frequency: Annotated[
        Frequency | None,
        BeforeValidator(lambda value: value if value is None else _frequency(value)),
        WithJsonSchema(WORDS_OR_NULL),
    ] = Field(None, description="monthly, quarterly, semiannually, weekly or annually; may add end_of_period")
    payments_per_year: Count | None = Field(None, description="The same as a number")
    paid_at_start: Flag | None = Field(None, description="Whether paid at the start of each period; null: at its end")
    spouse_age: int | None = Field(
        None, strict=True, ge=0, le=109, description="The spouse's age at the birthday nearest to the death"
    )
    spouse_birth_date: Day | None = Field(None, description="The spouse's birth date; gives the age")
    term_years: Count | None = Field(None, description="Years of a term certain; null: for the spouse's life")
    section_7520_rate: Percent | None = Field(
        None, description="Percent, as entered by the firm; null: the rate of the month of death (IRC 7520(a)(2))"
    )
    section_7520_rate_citation: Words | None = Field(None, description="The revenue ruling of that rate")
    mortality_table: Words | None = Field(None, description="2010CM, 2000CM, 90CM or 80CNSMT, where the day allows")
    annuity_factor: FactorNumber | None = Field(
        None, description="Annuity factor as entered by the firm; one for a special case is taken, others are compared"
    )
    remainder_factor: FactorNumber | None = Field(None, description="Table S remainder as read by the firm; compared")
    frequency_factor: FactorNumber | None = Field(None, description="Table K or J factor as read by the firm; compared")
    table_b_annuity_factors: dict[str, FactorNumber] | None = Field(
        None, description="Table B annuity factors by years as read by the firm; compared"
    )
    factor_route: Route = Field(
        "regulation",
        description="regulation: from the rounded remainder (20.2056A-4(d)(4)); table_s: as Table S prints",
    )
    divide_by: DivideBy = Field(
        "adjusted",
        description="Divide by the yearly amount adjusted by Table K, as the official example, or unadjusted",
    )
    corpus_portion_decimals: int = Field(
        2, strict=True, ge=2, le=10, description="Decimals of the corpus portion; the official example keeps two"
    )
    option: Annotated[Option | None, BeforeValidator(_option)] = Field(
        None, description="pay: the spouse pays the tax each year; roll_over: the corpus goes to a QDOT"
    )
    information_statement_filed: Flag | None = Field(None, description="Signed by executor and spouse, with the return")
    agreement_filed: Flag | None = Field(None, description="Agreement to pay or to roll over, filed with the return")
    election_made: Flag | None = Field(None, description="QDOT election for the annuity (20.2056A-3)")
    qdot_established_before_return: Flag | None = Field(None, description="Roll-over: a QDOT made before the return")
    employment_related: Flag | None = Field(None, description="Whether the annuity comes from an employment")
    payor_abroad: Flag | None = Field(None, description="Whether plan and payor are outside the United States")
    spouse_terminally_ill: Flag | None = Field(
        None, description="Incurably ill and at least as likely as not to die within a year (20.7520-3(b)(3))"
    )
    paid_from_limited_fund: Flag | None = Field(
        None, description="Whether a trust or limited fund pays (20.7520-3(b)(2))"
    )
    limited_fund_value: Money | None = Field(None, description="Value of that fund at the death, USD")
    spouse_death: Day | None = Field(None, description="The spouse's day of death")
    first_payment_on: Day | None = Field(None, description="Day of the first payment, where payments are not listed")
    payments: list[PaymentInput] | None = Field(None, description="Payments received, in any order")
    breach_year: Year | None = Field(
        None, description="Year of a payment for which tax, return or roll-over was missed (20.2056A-4(c)(6)-(7))"
    )
    breach_section_7520_rate: Percent | None = Field(
        None, description="Rate for January of that year, entered by the firm"
    )
    remaining_term_years: Count | None = Field(None, description="Term certain: years left at the start of that year")
