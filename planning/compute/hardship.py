"""`hardship`: is principal paid for hardship exempt, and what else does a QDOT pay out without the tax?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.answers import Answer
from planning.compute.fields import Count, RuleInput, Words, Year
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules import s2056a_exempt_payments as exempt
from planning.engine.rules.election_findings import requirement_finding
from planning.engine.rules.s7503_due_dates import form_706_qdt_due_for_distribution
from planning.engine.worksheet import ZERO, given
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

FORM = "Form 706-QDT"
SOURCE_WORDS: tuple[tuple[str, exempt.SourceKind], ...] = (
    ("closely_held", "closely_held_business"),
    ("business", "closely_held_business"),
    ("partnership", "closely_held_business"),
    ("stock", "publicly_traded_stock"),
    ("securities", "publicly_traded_stock"),
    ("mutual_fund", "publicly_traded_stock"),
    ("certificate", "certificate_of_deposit"),
    ("cd", "certificate_of_deposit"),
    ("deposit", "cash"),
    ("cash", "cash"),
    ("bank", "cash"),
    ("money_market", "cash"),
    ("bond", "marketable_bonds"),
    ("treasur", "marketable_bonds"),
    ("real_", "real_estate"),
    ("residence", "real_estate"),
    ("home", "real_estate"),
    ("land", "real_estate"),
    ("tangible", "tangible_personalty"),
    ("art", "tangible_personalty"),
    ("jewel", "tangible_personalty"),
    ("car", "tangible_personalty"),
)
NEEDS: tuple[exempt.NeedFor, ...] = ("health", "maintenance", "education", "support")
PaymentKind = Literal["income", "expense", "bond_premium", "tax", "disposition", "reimbursement"]


@dataclass(frozen=True, slots=True)
class Need:
    """A need read from words; None where the words do not say."""

    what: exempt.NeedFor
    person: exempt.Person
    immediate: bool | None
    substantial: bool | None


def read_need(value: object) -> Need:
    """Return the need that words name: what for, for whom, and whether immediate and substantial."""
    if isinstance(value, Need):
        return value
    if not isinstance(value, str) or not value.strip():
        message = f"{value!r} is no need, expected words such as immediate_and_substantial_health"
        raise ValueError(message)
    words = value.strip().lower().replace(" ", "_").replace("-", "_")
    person: exempt.Person = "spouse"
    for phrase in ("must_support", "legally_supported", "obligated_to_support", "obliged_to_support", "dependent"):
        if phrase in words:
            person = "legally_supported"
            words = words.replace(phrase, "")
    if person == "spouse" and any(other in words for other in ("friend", "relative", "adult_child", "other_person")):
        person = "other"
    return Need(
        next((need for need in NEEDS if need in words), "other"),
        person,
        _said(words, "immediate", ("not_immediate", "no_immediate", "future", "later")),
        _said(words, "substantial", ("not_substantial", "insubstantial", "minor", "small")),
    )


def _said(words: str, yes: str, no: tuple[str, ...]) -> bool | None:
    if any(part in words for part in no):
        return False
    return True if yes in words else None


def read_source(value: object) -> object:
    """Return a source written as words (publicly_traded_stock_sufficient) as an object."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower().replace(" ", "_").replace("-", "_")
    covers = None
    if "insufficient" in words or "not_sufficient" in words or "not_enough" in words:
        covers = False
    elif "sufficient" in words or "enough" in words:
        covers = True
    return {"kind": words, "covers_need": covers}


def read_sources(value: object) -> object:
    """Return sources written as one object, kind and USD, as a list of objects."""
    return [{"kind": kind, "value": amount} for kind, amount in value.items()] if isinstance(value, dict) else value


def read_source_kind(value: object) -> object:
    """Return the kind of a source that words name; words that name none are `other`."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower().replace(" ", "_")
    return next((kind for part, kind in SOURCE_WORDS if part in words), "other")


_WORDS = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})
NeedWords = Annotated[Need, BeforeValidator(read_need), _WORDS]
SourceKindWords = Annotated[exempt.SourceKind, BeforeValidator(read_source_kind), _WORDS]


class SourceInput(RuleInput):
    """Something else the spouse owns and could pay from."""

    second_names: ClassVar = {"amount": "value", "sufficient": "covers_need", "covers": "covers_need"}
    kind: SourceKindWords = Field(
        description="publicly_traded_stock, certificate_of_deposit, cash, marketable_bonds, closely_held_business, "
        "real_estate, tangible_personalty, or another word"
    )
    value: Money | None = Field(None, description="What it could pay, USD")
    covers_need: Flag | None = Field(None, description="Whether it is enough by itself, where its value is not stated")
    reasonably_available: Flag | None = Field(
        None, description="For a kind the regulation does not name: whether the spouse can reasonably turn to it"
    )


class PaymentInput(RuleInput):
    """Another payment of the trust that may be exempt."""

    second_names: ClassVar = {
        "spouse_income_tax_actual": "tax_with_item",
        "spouse_income_tax_without_item": "tax_without_item",
    }
    kind: PaymentKind = Field(
        description="income (to the spouse), expense, bond_premium (or letter of credit fee), tax (of the trust), "
        "disposition (sale, exchange, pledge), reimbursement (of the spouse's income tax)"
    )
    amount: Money = Field(description="Amount, USD")
    item: exempt.Item | None = Field(
        None,
        description="Income: accounting_income, capital_gain, income_in_respect_of_decedent, corpus_under_local_law, "
        "unitrust_or_adjustment (Treas. Reg. 20.2056A-5(c)(2))",
    )
    capital_gain_in_it: Flag | None = Field(None, description="Income: whether capital gain is in it; null: no")
    local_statute_qualifies: Flag | None = Field(
        None, description="Unitrust or adjustment: whether local law meets Treas. Reg. 1.643(b)-1"
    )
    ordinary_and_necessary: Flag | None = Field(None, description="Expense: whether ordinary and necessary")
    is_2056a_tax: Flag | None = Field(None, description="Tax: whether it is the 2056A tax itself")
    full_consideration: Flag | None = Field(
        None, description="Disposition: whether for full and adequate consideration"
    )
    tax_with_item: Money | None = Field(None, description="Reimbursement: the spouse's income tax with the items, USD")
    tax_without_item: Money | None = Field(None, description="Reimbursement: the same tax without them, USD")


class HardshipInput(RuleInput):
    """A payment for hardship, the need, and what else the spouse could pay from; other payments beside it."""

    second_names: ClassVar = {
        "distribution": "distribution_of_principal",
        "amount": "distribution_of_principal",
        "distribution_amount": "distribution_of_principal",
        "hardship_distribution": "distribution_of_principal",
        "other_sources": "spouse_owns",
        "spouse_assets": "spouse_owns",
        "amount_needed": "need_amount",
        "date": "paid_on",
        "designated_filer_appointed": "designated_filer",
    }
    need: NeedWords | None = Field(
        None,
        description="The need in words: immediate_and_substantial_health, maintenance, education, support; with "
        "of_person_spouse_must_support for somebody the spouse must support by law (Treas. Reg. 20.2056A-5(c)(1))",
    )
    need_for: exempt.NeedFor | None = Field(None, description="The same, apart: what for")
    need_of: exempt.Person | None = Field(None, description="spouse, legally_supported or other")
    need_immediate: Flag | None = Field(None, description="Whether the need is immediate")
    need_substantial: Flag | None = Field(None, description="Whether it is substantial")
    need_amount: Money | None = Field(None, description="The need, USD; null: what is paid out")
    spouse_owns: Annotated[
        list[Annotated[SourceInput, BeforeValidator(read_source)]] | None, BeforeValidator(read_sources)
    ] = Field(
        None,
        description="Other sources of the spouse: words, or objects with kind and value, or one object of kinds "
        "with USD; [] for none",
    )
    distribution_of_principal: Money | None = Field(None, description="Principal paid for it, USD")
    paid_on: Day | None = Field(None, description="Day it is paid")
    year: Year | None = Field(None, description="Year it is paid, where the day is not known")
    paid_to_spouse: Flag | None = Field(None, description="Whether it is paid to the spouse; null: taken as yes")
    number_of_qdots: Count | None = Field(None, description="How many QDOTs the decedent left; null: one")
    designated_filer: Flag | None = Field(
        None, description="Several QDOTs: whether one designated filer files for all (IRC 2056A(b)(2)(C))"
    )
    payments: list[PaymentInput] | None = Field(None, description="Other payments of the trust")
    note: Words | None = Field(None, description="Who says so, and by what paper; for the record")


def answer_hardship(facts: HardshipInput, book: LawBook) -> Answer:
    """Say what of the payment is exempt as hardship, what is taxable, and what of the other payments is exempt."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    asked = (facts.need, facts.need_for, facts.spouse_owns, facts.distribution_of_principal)
    if facts.payments is not None:
        rows = [_payment(f"payments[{index}]", one, answer) for index, one in enumerate(facts.payments)]
        answer.result["payments"] = rows
        taxable = [row["taxable_distribution"] for row in rows]
        answer.result["taxable_of_payments"] = None if None in taxable else sum(taxable, ZERO)
    if facts.payments is None or any(part is not None for part in asked):
        _hardship(facts, answer)
    return answer


def _need(facts: HardshipInput) -> Need | None:
    read = facts.need
    if read is None and facts.need_for is None:
        return None
    what = facts.need_for or (read.what if read else "other")
    person = facts.need_of or (read.person if read else "spouse")
    immediate = facts.need_immediate if facts.need_immediate is not None else (read.immediate if read else None)
    substantial = facts.need_substantial if facts.need_substantial is not None else (read.substantial if read else None)
    return Need(what, person, immediate, substantial)


def _hardship(facts: HardshipInput, answer: Answer) -> None:
    need = _need(facts)
    counts: bool | None = None
    if need is not None:
        counts = exempt.need_counts(
            need=need.what, person=need.person, immediate=need.immediate, substantial=need.substantial
        )
    opened = exempt.hardship_open(
        number_of_qdots=facts.number_of_qdots or 1,
        designated_filer=facts.designated_filer,
        paid_to_spouse=facts.paid_to_spouse,
    )
    if opened is False or counts is False:
        _print(facts, answer, met=False, part=ZERO, reason=_why_closed(facts, opened=opened))
        return
    sources = [
        exempt.Source(one.kind, one.value, one.covers_need, one.reasonably_available) for one in facts.spouse_owns or []
    ]
    covered = exempt.covered_by_sources(sources)
    if covered in ("all", "presumed"):
        if covered == "presumed":
            _warn_presumed(answer)
        _print(facts, answer, met=False, part=ZERO, reason="other sources that are reasonably available meet the need")
        return
    missing = _missing(facts, need, sources, opened=opened, counts=counts)
    answer.need(*missing)
    if missing:
        _print(facts, answer, met=None, part=None, reason="not decided yet", missing=missing)
        return
    met, part = _amounts(facts, covered, answer)
    reasons = {
        True: "the need counts, and no reasonably available source meets it",
        False: "other sources that are reasonably available meet the need",
        None: "not decided yet",
    }
    _print(facts, answer, met=met, part=part, reason=reasons[met], missing=answer.missing if met is None else [])


def _why_closed(facts: HardshipInput, *, opened: bool | None) -> str:
    if opened is not False:
        return (
            "not an immediate and substantial need for health, maintenance, education or support of the spouse or of "
            "a person the spouse must support"
        )
    if facts.paid_to_spouse is False:
        return "it is not paid to the spouse"
    return "several QDOTs without a designated filer: the hardship rule is closed"


def _amounts(
    facts: HardshipInput, covered: exempt.Coverage | Decimal, answer: Answer
) -> tuple[bool | None, Decimal | None]:
    """Return whether the payment is exempt as far as the sources go, and how much of it, USD."""
    paid = facts.distribution_of_principal
    if not isinstance(covered, Decimal):
        answer.need(
            *[
                f"spouse_owns[{index}].value"
                for index, one in enumerate(facts.spouse_owns or [])
                if one.covers_need is False and one.value is None
            ]
        )
        return True, None
    if paid is None:
        if covered > ZERO:
            answer.need("distribution_of_principal")
            return None, None
        return True, None
    need = facts.need_amount if facts.need_amount is not None else paid
    part = exempt.hardship_amount(
        answer.sheet("H-", "Principal paid for hardship"),
        paid=given(paid, "distribution_of_principal"),
        need=given(need, "distribution_of_principal" if facts.need_amount is None else "need_amount"),
        other_sources=given(covered, "spouse_owns"),
    ).amount
    if ZERO < part < paid:
        answer.warn(
            "hardship_in_part",
            "A part of the payment meets a need that nothing else does: that part is taken as exempt. The regulation "
            "does not speak of parts; an attorney must confirm it.",
            "Treas. Reg. 20.2056A-5(c)(1)",
        )
    return part > ZERO, part


def _missing(
    facts: HardshipInput,
    need: Need | None,
    sources: list[exempt.Source],
    *,
    opened: bool | None,
    counts: bool | None,
) -> list[str]:
    names: list[str] = []
    if opened is None:
        names.append("designated_filer")
    if counts is None and need is None:
        names.append("need")
    elif counts is None and need is not None:
        names += ["need_immediate"] * (need.immediate is None) + ["need_substantial"] * (need.substantial is None)
    if facts.spouse_owns is None:
        names.append("spouse_owns")
    names += [
        f"spouse_owns[{index}].reasonably_available"
        for index, source in enumerate(sources)
        if exempt.reasonably_available(source) is None
    ]
    return names


def _warn_presumed(answer: Answer) -> None:
    answer.warn(
        "source_taken_as_enough",
        "A source that is reasonably available is named without its value: it is taken to be enough until its value "
        "shows otherwise.",
        "Treas. Reg. 20.2056A-5(c)(1)",
    )


def _print(
    facts: HardshipInput,
    answer: Answer,
    *,
    met: bool | None,
    part: Decimal | None,
    reason: str,
    missing: list[str] | None = None,
) -> None:
    """Fill the result and the finding; `part` is what is exempt, USD."""
    paid = facts.distribution_of_principal
    exempt_amount = None if paid is None else part
    taxable = None if paid is None or part is None else paid - part
    year = facts.paid_on.year if facts.paid_on else facts.year
    if facts.paid_on and facts.year not in (None, facts.paid_on.year):
        raise InputError(["year: is not the year of paid_on, expected the two to agree"])
    answer.result |= {
        "hardship_exempt": met,
        "exempt_distribution": exempt_amount,
        "taxable_distribution": taxable,
        "must_report_on_form_706_qdt": exempt.hardship_is_reported(),
        "report_due": None if year is None else form_706_qdt_due_for_distribution(year, is_legal_holiday),
        "reason": reason,
        "citations": list(exempt.HARDSHIP),
    }
    answer.findings.append(
        requirement_finding(
            "EST-64",
            met=met,
            test="Is the payment exempt because of hardship?",
            text=reason,
            citations=(*exempt.HARDSHIP, *exempt.SEVERAL_QDOTS),
            form=FORM,
            question="What is the need, whose is it, and what else could the spouse turn to?",
            missing=tuple(missing or ()),
            if_not="warn",
        )
    )


def _payment(path: str, one: PaymentInput, answer: Answer) -> dict[str, Any]:
    """Return what of another payment is exempt."""
    if one.kind == "reimbursement":
        return _reimbursement(path, one, answer)
    found, missing, citations = _whether_exempt(one)
    if found is None:
        answer.need(f"{path}.{missing}")
    part = None if found is None else one.amount if found else ZERO
    return _payment_row(path, one, part, citations)


def _whether_exempt(one: PaymentInput) -> tuple[bool | None, str, tuple[str, ...]]:
    """Return whether the payment is exempt, the fact that decides, and the authority."""
    match one.kind:
        case "income":
            if one.item is None:
                return None, "item", exempt.INCOME
            found = exempt.is_income(
                one.item,
                local_statute_qualifies=one.local_statute_qualifies,
                capital_gain_in_it=one.capital_gain_in_it,
            )
            return found, "local_statute_qualifies", exempt.INCOME
        case "tax":
            return exempt.tax_exempt(is_2056a_tax=one.is_2056a_tax), "is_2056a_tax", exempt.OTHER_TAXES
        case "disposition":
            found = exempt.disposition_exempt(full_consideration=one.full_consideration)
            return found, "full_consideration", exempt.FULL_VALUE
    necessary = True if one.kind == "bond_premium" else one.ordinary_and_necessary
    return exempt.expense_exempt(ordinary_and_necessary=necessary), "ordinary_and_necessary", exempt.EXPENSES


def _reimbursement(path: str, one: PaymentInput, answer: Answer) -> dict[str, Any]:
    if one.tax_with_item is None or one.tax_without_item is None:
        names = ("tax_with_item", "tax_without_item")
        answer.need(*[f"{path}.{name}" for name in names if getattr(one, name) is None])
        return _payment_row(path, one, None, exempt.REIMBURSEMENT)
    sheet = answer.sheet(f"R{len(answer.worksheets) + 1}-", "Income tax reimbursed to the spouse")
    part = exempt.reimbursement_exempt(
        sheet,
        paid=given(one.amount, f"{path}.amount"),
        tax_with=given(one.tax_with_item, f"{path}.tax_with_item"),
        tax_without=given(one.tax_without_item, f"{path}.tax_without_item"),
    )
    return _payment_row(path, one, part.amount, exempt.REIMBURSEMENT)


def _payment_row(path: str, one: PaymentInput, part: Decimal | None, citations: tuple[str, ...]) -> dict[str, Any]:
    return {
        "payment": path,
        "kind": one.kind,
        "amount": one.amount,
        "exempt": part,
        "taxable_distribution": None if part is None else one.amount - part,
        "citations": list(citations),
    }


RULE = Rule("hardship", "Is principal for hardship exempt, and what else is", HardshipInput, answer_hardship)
