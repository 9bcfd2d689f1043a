"""IRC 2056A(e); Treas. Reg. 20.2056A-4(b)(7), (c): annuities and plans that cannot be put into a QDOT.

The payments of such a plan count as a QDOT if the spouse agrees either to pay
the tax on the corpus portion of each payment or to move that portion to a QDOT.
The corpus portion is the present value at the death spread evenly over the
years the payments would take to use it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from planning.engine.finding import Finding
from planning.engine.rules.s7520_valuation import ANNUITY_DECIMALS, shortest_term_reaching, term_factors
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, to_cents

PlanKind = Literal[
    "qualified_plan", "individual_retirement_annuity", "individual_retirement_account", "other_arrangement"
]
Option = Literal["pay", "roll_over"]
DivideBy = Literal["adjusted", "unadjusted"]

PAYMENT_FORM = "Form 706 or 706-NA, Information Statement and agreement"
# The last age Treas. Reg. 20.7520-3(b)(2)(i) lets an annuitant reach.
LAST_AGE = 110
# Digits of a ratio that is printed unrounded.
RATIO_DECIMALS = Decimal("0.0000000001")
EXAMPLE = "Treas. Reg. 20.2056A-4(d)(4)"


def nonassignable(plan: PlanKind, *, assignable: bool | None, treated_as_nonassignable: bool) -> bool | None:
    """Return whether the spouse's rights count as not assignable; None where a fact is missing.

    Rights in a 401(a) plan and in a 408(b) annuity never can be assigned. A
    408(a) account can, unless its terms forbid it or the spouse chooses to
    treat it as if not. For anything else its law and terms decide: `assignable`.
    Treas. Reg. 20.2056A-4(b)(7), (c)(1); IRC 401(a)(13), 408(b)(1).
    """
    if plan in ("qualified_plan", "individual_retirement_annuity"):
        return True
    if plan == "individual_retirement_account":
        return treated_as_nonassignable or assignable is False
    return None if assignable is None else not assignable


def may_exhaust(*, annual: Decimal, fund: Decimal, rate: Decimal, years: int) -> bool:
    """Return whether a limited fund (USD) may run out before the last of `years` payments of `annual` USD.

    `years` run to age 110 for a life. A standard factor then may not be used.
    Treas. Reg. 20.7520-3(b)(2)(i).
    """
    if annual * 100 <= rate * fund:
        return False
    return annual * term_factors(rate, years).annuity > fund


def factor_from_remainder(remainder: Decimal, rate: Decimal) -> Decimal:
    """Return the annuity factor from a remainder factor of five decimals, as the regulation's example takes it.

    Table S prints the factor of the unrounded remainder, which may differ in
    the last digit. Treas. Reg. 20.2056A-4(d)(4)(i).
    """
    return ((1 - remainder) * 100 / rate).quantize(ANNUITY_DECIMALS, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class AnnuityTerms:
    """What is paid and the factors it is valued with.

    `annual` is USD a year, `payments` their number a year, `rate` percent,
    `factor` the annuity factor of the life or term, `frequency` the Table K or
    J factor. `first_payment` is USD paid at once for a life annuity paid at the
    start of each period, else zero.
    """

    annual: Figure
    rate: Decimal
    factor: Figure
    frequency: Figure
    first_payment: Figure
    divide_by: DivideBy = "adjusted"


@dataclass(frozen=True, slots=True)
class CorpusPortion:
    """The steps of the regulation; USD, years, and the share of each payment that is corpus, unrounded."""

    adjusted_annual: Decimal
    present_value: Decimal
    quotient: Decimal
    term: int
    corpus_amount: Decimal
    portion: Decimal


def corpus_portion(sheet: Worksheet, terms: AnnuityTerms) -> CorpusPortion:
    """Write and return the corpus portion of each payment.

    Raises `LawNotKnownError` where no term of years reaches the quotient.
    Treas. Reg. 20.2056A-4(c)(4), (d)(4).
    """
    annual = sheet.write("Paid each year", terms.annual, "Treas. Reg. 20.2056A-4(c)(5)(iii)")
    frequency = sheet.write("Factor for payments within the year", terms.frequency, "Treas. Reg. 20.2031-7(d)(2)(iv)")
    adjusted = sheet.write("Worth of a year's payments at its end", (annual * frequency).cents(), EXAMPLE)
    factor = sheet.write("Annuity factor", terms.factor, "IRC 7520", "Treas. Reg. 20.2031-7(d)(2)(iv)")
    worth = adjusted * factor
    if terms.first_payment.amount:
        at_once = sheet.write("First payment, made at once", terms.first_payment, "Treas. Reg. 20.2031-7(d)(2)(iv)(C)")
        worth = worth + at_once
    present = sheet.write("Present value at the death", worth.cents(), "Treas. Reg. 20.2056A-4(c)(4)(ii)(B)")
    written = annual if terms.divide_by == "unadjusted" else adjusted
    # From the unrounded value: a rounded cent must not push an exact term to the next year.
    quotient = worth.amount / written.amount
    shown = Figure(quotient.quantize(ANNUITY_DECIMALS, ROUND_HALF_UP), f"{present.how} divided by {written.how}")
    sheet.write("Years' payments in the present value", shown, "Treas. Reg. 20.2056A-4(c)(4)(ii)(B)")
    years = shortest_term_reaching(terms.rate, quotient)
    below = term_factors(terms.rate, years - 1).annuity if years > 1 else ZERO
    term = sheet.write(
        "Expected annuity term, years",
        given(
            Decimal(years),
            f"Table B at {terms.rate}%: {below} for {years - 1} years, {term_factors(terms.rate, years).annuity} for "
            f"{years}; between two terms the longer",
        ),
        "Treas. Reg. 20.2056A-4(c)(4)(ii)(B)",
    )
    amount = to_cents(present.amount / years)
    corpus = sheet.write(
        "Corpus amount of a year's payments",
        Figure(amount, f"{present.how} divided by {term.how}"),
        "Treas. Reg. 20.2056A-4(c)(4)(ii)(A)",
    )
    portion = amount / written.amount
    sheet.write(
        "Corpus portion of each payment, unrounded",
        Figure(portion.quantize(RATIO_DECIMALS, ROUND_HALF_UP), f"{corpus.how} divided by {written.how}"),
        "Treas. Reg. 20.2056A-4(c)(4)(i)",
        kind="result",
    )
    return CorpusPortion(adjusted.amount, present.amount, quotient, years, amount, portion)


def rounded_portion(portion: Decimal, decimals: int) -> Decimal:
    """Return the corpus portion half up to `decimals` places; the official example keeps two."""
    return portion.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PaymentShare:
    """What of one payment is corpus, what of that is exempt for hardship, and what is taxed or rolled over, USD."""

    corpus: Decimal
    exempt: Decimal
    due: Decimal


def share_of_payment(amount: Decimal, portion: Decimal, hardship: Decimal) -> PaymentShare:
    """Return the corpus of one payment of `amount` USD; `hardship` USD would have been exempt from a QDOT.

    Treas. Reg. 20.2056A-4(c)(2)(i), (c)(3)(i), 20.2056A-5(c)(1).
    """
    corpus = to_cents(amount * portion)
    exempt = min(corpus, hardship)
    return PaymentShare(corpus, exempt, corpus - exempt)


@dataclass(frozen=True, slots=True)
class Steps:
    """What the estate and the spouse did; None is not known yet."""

    option: Option | None
    information_statement: bool | None
    agreement: bool | None
    election: bool | None
    qdot_before_return: bool | None

    def answers(self) -> dict[str, bool | None]:
        """Return each step that the option asks for by the name of its fact."""
        asked = {
            "information_statement_filed": self.information_statement,
            "agreement_filed": self.agreement,
            "election_made": self.election,
        }
        if self.option == "roll_over":
            asked["qdot_established_before_return"] = self.qdot_before_return
        return asked


def qualifies(steps: Steps) -> bool | None:
    """Return whether the annuity counts as passing in a QDOT; None while a step is not known.

    Both options: Information Statement, agreement and election with the return;
    for the roll-over a QDOT made before the return is filed. Treas. Reg. 20.2056A-4(c)(2)-(3).
    """
    answers = list(steps.answers().values())
    if False in answers:
        return False
    return None if steps.option is None or None in answers else True


def assignability_finding(plan: PlanKind | None, *, held: bool | None) -> Finding:
    """Return EST-47: is the plan outside what can be assigned?"""
    texts = {
        True: "The payments count as not assignable: they qualify by agreement, not by assignment.",
        False: "The rights can be assigned to the QDOT and then count in full, whatever way of payment is chosen; "
        "the income tax on assigning them is another question.",
        None: "Whether the rights can be assigned to a QDOT is not known.",
    }
    missing = () if held is not None else ("plan",) if plan is None else ("assignable",)
    return Finding(
        rule="EST-47",
        state="undecided" if held is None else "fired" if held else "not_fired",
        severity="note",
        test="Are the rights barred from assignment by law, by their terms, or treated so by the spouse?",
        text=texts[held],
        citations=("Treas. Reg. 20.2056A-4(b)(7)", "Treas. Reg. 20.2056A-4(c)(1)"),
        measured=plan,
        form="Form 706 or 706-NA, Schedule M",
        questions=("What do the plan's terms and its law say about assignment?",) if held is None else (),
        missing=missing,
    )


def agreement_finding(steps: Steps, *, payor_abroad: bool | None) -> Finding:
    """Return EST-48: does the annuity qualify by agreement?"""
    held = qualifies(steps)
    answers = steps.answers()
    failed = [name for name, value in answers.items() if value is False]
    missing = [name for name, value in answers.items() if value is None]
    if steps.option is None:
        missing.insert(0, "option")
    questions = ["Is the payor a company that sells annuities? Then Treas. Reg. 20.2031-8 values it on the return."]
    if payor_abroad is not False:
        questions.append("Is the payor abroad? The IRS may then ask for a security agreement.")
    texts = {
        True: "The annuity counts as passing in a QDOT; its present value is deducted.",
        False: f"No deduction for the annuity: {', '.join(failed)} is answered no.",
        None: "The deduction stands only if every step is taken with the return.",
    }
    return Finding(
        rule="EST-48",
        state="undecided" if held is None else "fired" if held else "not_fired",
        severity="stop" if held is False else "warn",
        test="Do an Information Statement, an agreement to pay or to roll over, and the election go with the return?",
        text=texts[held],
        citations=("Treas. Reg. 20.2056A-4(c)(2)", "Treas. Reg. 20.2056A-4(c)(3)", "Treas. Reg. 20.2056A-4(c)(5)"),
        measured=steps.option,
        form=PAYMENT_FORM,
        questions=tuple(questions),
        missing=tuple(missing) if held is None else (),
    )


def standard_factor_allowed(
    *, life: bool, terminally_ill: bool | None, survived_long: bool, exhausts: bool | None
) -> bool | None:
    """Return whether a factor of the tables may be used; None while a fact is missing.

    Not for a `life` known to be incurably ill and at least as likely as not to
    end within a year (one that went on for 18 months is presumed not so), and
    not where a limited fund may run out. Treas. Reg. 20.7520-3(b)(2)(i), (3)(i).
    """
    ill = terminally_ill if life and not survived_long else False
    if ill or exhausts:
        return False
    return None if ill is None or exhausts is None else True


def standard_factor_finding(allowed: bool | None, missing: tuple[str, ...]) -> Finding:  # noqa: FBT001 - the answer
    """Return the finding on the factors of the tables, part of EST-48."""
    texts = {
        True: "The factors of the tables may be used.",
        False: "The factors of the tables may not be used; a special factor is needed.",
        None: "The factors of the tables are used; whether they may be is not known yet.",
    }
    return Finding(
        rule="EST-48",
        state="undecided" if allowed is None else "not_fired" if allowed else "fired",
        severity="stop" if allowed is False else "note",
        test="Is the measuring life terminally ill, or may the fund that pays run out?",
        text=texts[allowed],
        citations=("Treas. Reg. 20.7520-3(b)(2)(i)", "Treas. Reg. 20.7520-3(b)(3)(i)"),
        form=PAYMENT_FORM,
        questions=(
            "Is the person incurably ill and at least as likely as not to die within a year?",
            "Is the annuity paid from a trust or other limited fund?",
        )
        if allowed is None
        else (),
        missing=missing if allowed is None else (),
    )


SOURCE_FIELDS = {
    True: (
        "employer: name and address",
        "day the decedent retired or left the employment",
        "payor: name and address",
        "payor's number for the annuity, if any",
    ),
    False: (
        "payor: name and address",
        "day the contract was acquired",
        "payor's number for the annuity, if any",
    ),
}
LATER_FIELDS = (
    "total payable each year, how often, and scheduled changes",
    "term in years, or name, address and birth date of each measuring life",
    "section 7520 rate",
    "present value at the death",
    "expected annuity term",
    "corpus amount of the annual payments",
    "corpus portion of the annual payments",
)
ROLLOVER_FIELDS = ("US Trustee: name and address", "QDOT: name and taxpayer identification number")
CERTIFICATION = "certification under penalties of perjury, signed by executor and spouse"


def information_statement(*, employment_related: bool | None, option: Option | None) -> tuple[str, ...]:
    """Return what the Information Statement must say, in the order of Treas. Reg. 20.2056A-4(c)(5)(ii)-(viii).

    Unknown facts ask for both sets of fields.
    """
    kinds = (True, False) if employment_related is None else (employment_related,)
    source = dict.fromkeys(text for kind in kinds for text in SOURCE_FIELDS[kind])
    rollover = () if option == "pay" else ROLLOVER_FIELDS
    return (*source, *LATER_FIELDS, *rollover, CERTIFICATION)
