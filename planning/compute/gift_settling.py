"""From each gift of the input to what the engine excludes, deducts or taxes: value, form, donee and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planning.compute.answers import Answer
from planning.compute.fields import is_citizen
from planning.compute.gift_facts import FORMS, INCOME_TRUSTS, RIGHTS_TRUSTS, TRUSTS, GiftInput, GiftTaxInput
from planning.compute.valuation import mortality_table, section_7520_rate
from planning.engine.finding import Finding, State
from planning.engine.law import LawNotKnownError
from planning.engine.rules.gift_findings import gift_finding, told
from planning.engine.rules.s2036_access_trust import access_trust_fails
from planning.engine.rules.s2501_nonresident_donor import taxed_if_nonresident
from planning.engine.rules.s2503_gift_exclusions import Gift, GiftTreatment, is_future_interest
from planning.engine.rules.s2503_withdrawal_rights import lapse_is_safe, parts_of_addition, policy_clear_of_estate
from planning.engine.rules.s2503e_qualified_transfers import COVERED, is_no_gift
from planning.engine.rules.s2511_completed_gifts import (
    day_of_check,
    day_of_securities,
    donors_share,
    share_given_by_change,
)
from planning.engine.rules.s2511_joint_creation import (
    gift_on_deposit,
    gift_on_joint_registration,
    gift_on_withdrawal,
)
from planning.engine.rules.s2513_gift_splitting import HALF, may_split, part_that_splits
from planning.engine.rules.s2515_joint_tenancy import creation_is_no_gift
from planning.engine.rules.s2516_support_and_settlement import paid_for_in_full, settlement_window
from planning.engine.rules.s2523_gifts_to_spouse import (
    Form,
    annuity_keeps_deduction,
    citizen_on,
    closed_to_noncitizen,
    deducted,
    donor_may_deduct,
    has_limits,
    no_deduction_for_noncitizen,
    would_have_qualified,
)
from planning.engine.rules.s2642_gst_of_gifts import needs_gst_exemption
from planning.engine.rules.s7520_valuation import life_estate_factor
from planning.engine.rules.s7872_loans import (
    DAYS_OF_YEAR,
    gift_of_demand_loan,
    gift_of_term_loan,
    section_7872_applies,
)
from planning.engine.worksheet import ZERO, given
from planning.inputs import InputError


@dataclass(slots=True)
class Entry:
    """One gift with its place in the input and what became of it."""

    path: str
    given: GiftInput
    day: date
    day_known: bool = True
    amount: Decimal | None = None
    gifts: list[Gift] = field(default_factory=list)
    treatments: list[GiftTreatment] = field(default_factory=list)
    settled: str = ""
    citations: tuple[str, ...] = ()
    split: bool = False

    @property
    def year(self) -> int:
        """The calendar year of the gift."""
        return self.day.year

    @property
    def code(self) -> str:
        """What opens the numbers of its worksheets."""
        return self.path.removeprefix("gifts[").removesuffix("]")


@dataclass(slots=True)
class Notes:
    """What each rule found, gift by gift; one finding a rule comes of it."""

    found: dict[str, list[Finding]] = field(default_factory=dict)

    def add(
        self,
        rule: str,
        holds: State | bool | None,  # noqa: FBT001 - the answer of the test
        text: str,
        *,
        measured: Decimal | str | None = None,
        threshold: Decimal | str | None = None,
        missing: tuple[str, ...] = (),
    ) -> None:
        """Note what `rule` says of one gift; `holds` is the answer of its test, None where a fact is missing."""
        state = holds if isinstance(holds, str) else told(holds)
        finding = gift_finding(rule, state, text, measured=measured, threshold=threshold, missing=missing)
        self.found.setdefault(rule, []).append(finding)

    def findings(self) -> list[Finding]:
        """Return one finding a rule: what fired goes before what is open, and that before what did not fire."""
        order = ("fired", "undecided", "not_fired")
        return [
            min(found, key=lambda finding: order.index(finding.state)) for _rule, found in sorted(self.found.items())
        ]


def day_of_gift(gift: GiftInput, path: str, year: int | None, answer: Answer, notes: Notes) -> tuple[date, bool] | None:
    """Return the day on which the gift counts, and whether it is known; None where the year is not."""
    if gift.paid_by_check:
        return _dominion(_check_day(gift, path, answer), notes, "a check counts when presented, or else when paid")
    if gift.certificate_delivered_on is not None or gift.transferred_on_books_on is not None:
        if gift.through_donors_broker is None:
            answer.need(f"{path}.through_donors_broker")
            return None
        day = day_of_securities(
            delivered_on=gift.certificate_delivered_on,
            on_books_on=gift.transferred_on_books_on,
            through_broker=gift.through_donors_broker,
        )
        if day is None:
            name = "transferred_on_books_on" if gift.through_donors_broker else "certificate_delivered_on"
            answer.need(f"{path}.{name}")
        return _dominion(day, notes, "securities count on delivery, or through the donor's broker on the books")
    if gift.date is not None:
        if gift.year is not None and gift.date.year != gift.year:
            raise InputError([f"{path}.year: is not the year of the date, expected the two to agree"])
        return gift.date, True
    stated = gift.year or year
    if stated is None:
        answer.need(f"{path}.date")
        return None
    return date(stated, 12, 31), False


def _check_day(gift: GiftInput, path: str, answer: Answer) -> date | None:
    if gift.check_conditions_met is None:
        answer.need(f"{path}.check_conditions_met")
        return None
    day = day_of_check(
        presented_on=gift.check_presented_on, paid_on=gift.check_paid_on, conditions_met=gift.check_conditions_met
    )
    if day is None:
        answer.need(f"{path}.{'check_presented_on' if gift.check_conditions_met else 'check_paid_on'}")
    return day


def _dominion(day: date | None, notes: Notes, text: str) -> tuple[date, bool] | None:
    notes.add("GFT-45", None if day is None else True, text, measured=day.isoformat() if day else None)
    return None if day is None else (day, True)


def settle(facts: GiftTaxInput, entry: Entry, answer: Answer, notes: Notes) -> None:
    """Decide what can be decided without the exclusion; what is missing for it is noted."""
    if _no_gift_at_all(entry, notes) or _outside_the_tax(facts, entry, answer, notes):
        return
    citizen = _citizen_at_gift(facts, entry) if entry.given.donee == "spouse" else None
    if entry.given.donee == "spouse" and _settled_between_spouses(entry, citizen, answer, notes):
        return
    amount = _amount(entry, answer, notes)
    if entry.settled or amount is None:
        return
    share = donors_share(community_or_joint=bool(entry.given.community_property))
    if entry.given.community_property:
        notes.add("GFT-50", "fired", f"{share:f} of the gift is the donor's; the other spouse reports the rest")
    amount *= share
    entry.amount = amount
    _risks(entry, answer, notes)
    if entry.given.donee == "other":
        _to_others(facts, entry, amount, answer, notes)
        return
    if citizen is None:
        answer.need("spouse_is_us_citizen")
        return
    nonresident = facts.status == "nonresident"
    _to_spouse(entry, amount, answer, notes, citizen=citizen, nonresident_donor=nonresident)


def _no_gift_at_all(entry: Entry, notes: Notes) -> bool:
    gift = entry.given
    if gift.qualified_transfer == "none":
        return False
    straight = gift.qualified_transfer in COVERED if gift.paid_to_provider is None else gift.paid_to_provider
    covered = is_no_gift(gift.qualified_transfer, paid_to_provider=straight)
    words = gift.qualified_transfer.replace("_", " ")
    notes.add("GFT-09", covered, f"{words}: {'no gift, without limit' if covered else 'a gift like another'}")
    if covered:
        entry.settled, entry.citations = "tuition or medical care paid directly", ("IRC 2503(e)",)
    return covered


def _outside_the_tax(facts: GiftTaxInput, entry: Entry, answer: Answer, notes: Notes) -> bool:
    """Return whether a nonresident noncitizen's gift is not taxed; what decides it may be missing."""
    if facts.status != "nonresident":
        return False
    gift = entry.given
    taxed = gift.us_real_or_tangible_property
    if gift.property_kind is not None:
        taxed = taxed_if_nonresident(gift.property_kind, gift.located_in)
        if taxed is None:
            answer.need(f"{entry.path}.located_in")
    elif taxed is None:
        answer.need(f"{entry.path}.us_real_or_tangible_property")
    if gift.property_kind == "cash" and taxed:
        answer.warn(
            "unverified_rule",
            "GFT-20: that currency in the United States is a taxed thing is inferred; an attorney must confirm it. "
            "A transfer between accounts abroad avoids the question.",
            "Treas. Reg. 25.2511-3(b)(4)(iv)",
        )
    words = {True: "it lies in the United States", False: "it is free", None: "where it lies is not known"}
    notes.add("GFT-20", taxed, words[taxed])
    if taxed is False:
        entry.settled = "a nonresident noncitizen is taxed on US real and tangible property only"
        entry.citations = ("IRC 2501(a)(2)", "IRC 2511(a)")
        return True
    return False


def _settled_between_spouses(entry: Entry, citizen: bool | None, answer: Answer, notes: Notes) -> bool:  # noqa: FBT001
    """Return whether the form alone settles the gift between spouses."""
    gift = entry.given
    if gift.form == "joint_real_property_with_survivorship":
        none = creation_is_no_gift(entry.day, spouse_is_us_citizen=bool(citizen))
        notes.add("GFT-11", none, "no gift when created" if none else "a gift when created")
        if none:
            return _settle(
                entry,
                "joint title in real property with a spouse who is not a citizen is no gift when it is created",
                "IRC 2523(i)(3)",
                "Treas. Reg. 25.2523(i)-2(b)(1)",
            )
    if gift.form == "joint_bank_account_deposit" and not gift_on_deposit().amount:
        notes.add("GFT-15", "not_fired", "a deposit is no gift yet")
        return _settle(
            entry,
            "a deposit that the donor can take back is no gift; what the spouse draws for own use is",
            "Treas. Reg. 25.2511-1(h)(4)",
        )
    if gift.form == "survivor_annuity":
        keeps = annuity_keeps_deduction(only_spouses=gift.only_spouses_receive is not False)
        notes.add("GFT-10", keeps, "deducted whatever the citizenship" if keeps else "others can be paid before")
        if keeps:
            return _settle(
                entry,
                "a survivor annuity keeps the marital deduction, whatever the citizenship",
                "IRC 2523(f)(6)",
                "IRC 2523(i)",
            )
    if gift.form == "support" or (gift.form == "joint_account_withdrawal" and gift.for_own_use is False):
        notes.add("GFT-18", "fired", "support and household spending are no gift")
        answer.warn(
            "unverified_rule",
            "GFT-18: that support is no gift rests on general law; what the duty covers is a question of state law, "
            "and an attorney must confirm it.",
            "Treas. Reg. 25.2512-8",
        )
        return _settle(entry, "support and household spending discharge a duty", "Treas. Reg. 25.2512-8")
    return gift.form == "divorce_settlement" and _settlement(entry, answer, notes)


def _settle(entry: Entry, words: str, *citations: str) -> bool:
    entry.settled, entry.citations = words, citations
    return True


def _settlement(entry: Entry, answer: Answer, notes: Notes) -> bool:
    gift = entry.given
    if gift.agreement_on is None or gift.divorce_on is None:
        missing = [f"{entry.path}.{name}" for name in ("agreement_on", "divorce_on") if getattr(gift, name) is None]
        answer.need(*missing)
        notes.add("GFT-18", None, "the days of agreement and divorce decide", missing=tuple(missing))
        return _settle(entry, "the days of agreement and divorce decide", "IRC 2516")
    _first, last = settlement_window(gift.agreement_on)
    paid = paid_for_in_full(gift.agreement_on, gift.divorce_on)
    notes.add(
        "GFT-18",
        paid,
        "paid for in full" if paid else "the divorce falls outside the three years",
        measured=gift.divorce_on.isoformat(),
        threshold=last.isoformat(),
    )
    if gift.divorce_on == last:
        answer.warn(
            "settlement_last_day",
            "The divorce falls on the second anniversary of the agreement: whether that day is inside is not settled.",
            "IRC 2516",
        )
    return paid and _settle(entry, "a transfer under a written settlement on divorce is paid for in full", "IRC 2516")


def _amount(entry: Entry, answer: Answer, notes: Notes) -> Decimal | None:
    """Return the value given, USD; None where a fact is missing or a loan is no gift."""
    gift = entry.given
    if gift.form == "joint_registered_securities":
        return _joint_registration(entry, answer, notes)
    if gift.amount is None:
        answer.need(f"{entry.path}.amount")
        return None
    if gift.form == "joint_account_withdrawal":
        notes.add("GFT-15", "fired", "what the spouse draws for own use is the gift", measured=gift.amount)
        sheet = answer.sheet(f"A{entry.code}-", "Drawn from a joint account")
        own = given(gift.spouse_own_deposits or ZERO, "spouse_own_deposits")
        figure = gift_on_withdrawal(given(gift.amount, "amount drawn"), own)
        return sheet.write("Gift to the spouse", figure, "Treas. Reg. 25.2511-1(h)(4)", "Rev. Rul. 69-148").amount
    if gift.form == "regime_change":
        return _regime_change(entry, gift.amount, answer, notes)
    if gift.form == "loan":
        return _loan(entry, gift.amount, answer, notes)
    return gift.amount


def _joint_registration(entry: Entry, answer: Answer, notes: Notes) -> Decimal | None:
    gift = entry.given
    if gift.donor_paid is None or gift.spouse_paid is None:
        missing = [name for name in ("donor_paid", "spouse_paid") if getattr(gift, name) is None]
        answer.need(*(f"{entry.path}.{name}" for name in missing))
        return None
    sheet = answer.sheet(f"J{entry.code}-", "Securities registered in both names")
    found = gift_on_joint_registration(
        sheet, donor_paid=given(gift.donor_paid, "donor_paid"), spouse_paid=given(gift.spouse_paid, "spouse_paid")
    )
    if gift.spouse_paid:
        answer.warn(
            "unverified_rule",
            "GFT-14: the gift where both paid is inferred from the rule for one payer; an attorney must confirm it.",
            "Treas. Reg. 25.2511-1(h)(5)",
        )
    notes.add("GFT-14", found.amount > 0, "above half of the price", measured=gift.donor_paid)
    return found.amount


def _regime_change(entry: Entry, amount: Decimal, answer: Answer, notes: Notes) -> Decimal | None:
    change = entry.given.regime_change
    if change is None:
        answer.need(f"{entry.path}.regime_change")
        return None
    share = share_given_by_change(change)
    notes.add("GFT-17", share > 0, f"{share:f} of the net value is given", measured=amount * share)
    if change != "separate_to_community":
        answer.warn(
            "unverified_rule",
            "GFT-17: what a change out of community property gives is inferred from the spouses' halves; an attorney "
            "must confirm it under the state's law.",
            "IRC 2511(a)",
        )
    if not share:
        _settle(entry, "each spouse keeps the half that was owned before", "IRC 2511(a)")
    return amount * share


def _loan(entry: Entry, lent: Decimal, answer: Answer, notes: Notes) -> Decimal | None:
    gift = entry.given
    applies = section_7872_applies(
        to_spouse=gift.donee == "spouse",
        lent=lent,
        for_income_producing_assets=bool(gift.for_income_producing_assets),
    )
    notes.add("GFT-43", applies, "interest forgone is given" if applies else "section 7872 does not reach it")
    if not applies:
        if gift.donee == "spouse":
            answer.warn(
                "unverified_rule",
                "GFT-43: whether a loan between spouses below the market rate is a gift of the use of money under "
                "section 2511 is not settled; none is counted, and an attorney must confirm it.",
                "IRC 7872(f)(7)",
                "IRC 2511",
            )
        _settle(entry, "section 7872 does not reach this loan", "IRC 7872(c)(2), (f)(7)")
        return None
    return _loan_gift(entry, lent, answer)


def _loan_gift(entry: Entry, lent: Decimal, answer: Answer) -> Decimal | None:
    gift = entry.given
    principal = given(lent, "amount lent")
    if gift.loan_kind is None:
        answer.need(f"{entry.path}.loan_kind")
        return None
    sheet = answer.sheet(f"L{entry.code}-", "Loan below the market rate")
    if gift.loan_kind == "term":
        if gift.present_value_of_payments is None:
            answer.need(f"{entry.path}.present_value_of_payments")
            return None
        value = given(gift.present_value_of_payments, "present_value_of_payments")
        return sheet.write("Gift when lent", gift_of_term_loan(principal, value), "IRC 7872(b)(1), (d)(2)").amount
    if gift.federal_rate is None:
        answer.need(f"{entry.path}.federal_rate")
        return None
    figure = gift_of_demand_loan(
        principal,
        federal_rate=gift.federal_rate,
        charged_rate=gift.charged_rate or ZERO,
        days=gift.days_outstanding or DAYS_OF_YEAR,
    )
    return sheet.write("Interest forgone in the year", figure.cents(), "IRC 7872(a), (e)(2)").amount


def _citizen_at_gift(facts: GiftTaxInput, entry: Entry) -> bool | None:
    """Return whether the spouse is a citizen on the day of the gift. Treas. Reg. 25.2523(i)-1(a)."""
    if entry.given.spouse_is_us_citizen is not None:
        return entry.given.spouse_is_us_citizen
    oath = facts.spouse_naturalized_on
    if oath is not None:
        if entry.day_known or entry.year != oath.year:
            return citizen_on(entry.day, oath)
        return None
    stated = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    if stated is None and entry.given.marital_deduction_form:
        return False  # only of a spouse who is not a citizen is it asked "but for citizenship"
    return stated


def _form(gift: GiftInput) -> Form:
    if gift.marital_deduction_form is False or gift.form == "survivor_annuity":
        return "other_terminable_interest"
    return FORMS.get(gift.form, "outright")


def _future(gift: GiftInput) -> bool:
    return gift.present_interest is False or is_future_interest(gift.interest)


def _to_spouse(
    entry: Entry, amount: Decimal, answer: Answer, notes: Notes, *, citizen: bool, nonresident_donor: bool
) -> None:
    gift, form = entry.given, _form(entry.given)
    barred = no_deduction_for_noncitizen(entry.day, spouse_is_us_citizen=citizen)
    notes.add("GFT-01", barred, "no deduction: not a citizen on that day" if barred else "citizenship is no bar")
    if not barred:
        covered = deducted(form, qtip_elected=gift.qtip_elected, on=entry.day)
        if not donor_may_deduct(entry.day, nonresident=nonresident_donor):
            notes.add("GFT-02", "not_fired", "a nonresident donor had no deduction before July 14, 1988")
            covered = False
        elif covered and has_limits(entry.day):
            notes.add("GFT-02", covered, "deducted within the limits of 1977 to 1981")
        else:
            notes.add("GFT-02", covered, "deducted without limit" if covered else "the form is not deducted")
        if covered is None:
            answer.need(f"{entry.path}.qtip_elected")
            return
        entry.gifts = [_gift(entry, amount, deducted=covered, form=form)]
        return
    _form_findings(form, answer, notes)
    future = _future(gift)
    if gift.form in RIGHTS_TRUSTS:
        _rights(entry, amount, answer, notes)
        return
    notes.add("GFT-07", future, "a later interest has no exclusion" if future else "it begins at once")
    income: Decimal | None = None
    if gift.form in INCOME_TRUSTS and not future:
        income = _income_value(entry, amount, answer)
        if income is None:
            return
        notes.add("GFT-05", "fired", "the income interest only", measured=income, threshold=amount)
    entry.gifts = [_gift(entry, amount, form=form, larger=True, future=future, income=income)]


def _form_findings(form: Form, answer: Answer, notes: Notes) -> None:
    notes.add("GFT-04", would_have_qualified(form), f"form: {form.replace('_', ' ')}")
    closed = closed_to_noncitizen(form)
    notes.add("GFT-06", closed, f"{form.replace('_', ' ')}: {'closed' if closed else 'open'} to a noncitizen spouse")
    if form == "estate_trust":
        answer.warn(
            "unverified_rule",
            "GFT-06: that an estate trust earns the ordinary exclusion only is inferred; an attorney must confirm it.",
            "IRC 2523(b)",
        )


def _gift(
    entry: Entry,
    amount: Decimal,
    *,
    form: Form = "outright",
    deducted: bool = False,
    larger: bool = False,
    future: bool = False,
    income: Decimal | None = None,
    donee: str | None = None,
) -> Gift:
    to = "the spouse" if entry.given.donee == "spouse" else entry.given.donee_name or "another person"
    return Gift(entry.day, amount, donee or to, deducted, larger, future, form, income)


def _rights(entry: Entry, amount: Decimal, answer: Answer, notes: Notes) -> None:
    """Divide an addition into what may be withdrawn at once and a future interest."""
    gift = entry.given
    rights: Mapping[str, Decimal] = {
        "the spouse" if right.holder == "spouse" else right.holder: right.amount
        for right in gift.withdrawal_rights or []
    }
    parts, rest = parts_of_addition(amount, rights)
    entry.gifts = [
        _gift(entry, part, form="other_terminable_interest", larger=holder == "the spouse", donee=holder)
        for holder, part in parts.items()
    ]
    if rest:
        entry.gifts.append(_gift(entry, rest, future=True, donee="the trust"))
    notes.add("GFT-07", rest > 0, "what nobody may withdraw at once has no exclusion", measured=rest, threshold=ZERO)
    if rights:
        answer.warn(
            "unverified_rule",
            "GFT-39: the exclusion for each holder of a right to withdraw rests on case law, and the spouse's ordinary "
            "exclusion on the right being terminable; an attorney must confirm it.",
            "Treas. Reg. 25.2503-3(c) example 2",
        )
    own = rights.get("the spouse")
    if own is not None and gift.trust_fund is not None and not lapse_is_safe(own, gift.trust_fund):
        answer.warn(
            "lapse_above_five_and_five",
            "The spouse's right is above 5,000 and 5% of the trust: its lapse is a gift by the spouse, and part of the "
            "trust comes into the spouse's estate.",
            "IRC 2514(e)",
            "IRC 2041(b)(2)",
        )


def _income_value(entry: Entry, amount: Decimal, answer: Answer) -> Decimal | None:
    """Return what the spouse's income interest is worth, USD, as stated or by section 7520."""
    gift = entry.given
    if gift.income_interest_value is not None:
        return gift.income_interest_value
    if gift.spouse_age is None:
        answer.need(f"{entry.path}.income_interest_value")
        return None
    if not entry.day_known:
        answer.need(f"{entry.path}.date")
        return None
    path = f"{entry.path}.date"
    rate = section_7520_rate(
        answer, entry.day, entered=gift.section_7520_rate, citation=gift.section_7520_rate_citation, path=path
    )
    table = mortality_table(answer, entry.day, chosen=gift.mortality_table, path=path)
    if rate is None or table is None:
        return None
    try:
        factor = life_estate_factor(gift.spouse_age, rate.rate, table)
    except LawNotKnownError as error:
        raise InputError([f"{entry.path}.spouse_age: {error}"]) from None
    sheet = answer.sheet(f"V{entry.code}-", "Value of the spouse's income interest")
    words = f"life estate factor of age {gift.spouse_age} at {rate.rate}%, table {table.name}"
    figure = given(amount, "value of the trust") * given(factor, words)
    return sheet.write(
        "Income interest", figure.cents(), "IRC 7520", "Treas. Reg. 25.2512-5(d)(2)(iii)", *table.citations
    ).amount


def _to_others(facts: GiftTaxInput, entry: Entry, amount: Decimal, answer: Answer, notes: Notes) -> None:
    gift = entry.given
    if gift.form in RIGHTS_TRUSTS:
        _rights(entry, amount, answer, notes)
    else:
        future = _future(gift)
        notes.add("GFT-07", future, "a later interest has no exclusion" if future else "it begins at once")
        entry.gifts = [_gift(entry, amount, future=future)]
    split = may_split(
        donor_citizen_or_resident=None if facts.status is None else facts.status != "nonresident",
        spouse_citizen_or_resident=_spouse_counts(facts, entry),
        married_at_gift=facts.married_at_gifts is not False,
        remarried_in_year=bool(facts.remarried_in_year),
        both_consent=bool(facts.split_gifts),
    )
    notes.add("GFT-19", split, "half by each spouse" if split else "each spouse's own gifts")
    if split is None:
        answer.need("spouse_domicile")
        return
    shares = gift.spouse_shares or gift.form == "spousal_access_trust"
    part = part_that_splits(
        amount,
        spouse_has_general_power=bool(gift.spouse_has_general_power),
        spouses_part=None if shares and gift.spouse_part is None else gift.spouse_part or ZERO,
    )
    entry.split = split and part > 0
    kept = (amount - part * HALF) if split else amount
    if gift.given_by == "spouse":
        if not entry.split:
            entry.gifts = []
            _settle(entry, "a gift of the other spouse, on that spouse's own return", "IRC 2513")
            return
        kept = part * HALF
    if kept != amount:
        entry.gifts = [
            Gift(one.on, one.amount * kept / amount, one.donee, one.deducted, one.larger, one.future, one.form)
            for one in entry.gifts
        ]
        entry.amount = kept


def _spouse_counts(facts: GiftTaxInput, entry: Entry) -> bool | None:
    """Return whether the spouse is a citizen or resident on the day; domicile decides for a noncitizen."""
    citizen = _citizen_at_gift(facts, entry)
    if citizen:
        return True
    if facts.spouse_domicile is not None:
        return facts.spouse_domicile == "us"
    return None


def _risks(entry: Entry, answer: Answer, notes: Notes) -> None:
    """Say what may bring the property back or ask for GST exemption; other rules work that out."""
    gift = entry.given
    if gift.transfers_life_insurance:
        answer.warn(
            "three_year_rule",
            "A policy on the donor's life comes back into the estate if the donor dies within three years; see the "
            "estate tax rule.",
            "IRC 2035(a)",
            "IRC 2042",
        )
    if gift.donor_keeps_interest:
        answer.warn(
            "retained_interest",
            "What the donor can still use, take or change comes back into the estate at its value then; see the estate "
            "tax rule.",
            "IRC 2036(a)",
            "IRC 2038(a)(1)",
        )
    if gift.form == "spousal_access_trust":
        fails = access_trust_fails(
            spouse_is_trustee_without_standard=gift.spouse_is_trustee_without_standard,
            mirror_trust_of_spouse=gift.mirror_trust_of_spouse,
            donor_keeps_interest=gift.donor_keeps_interest,
        )
        notes.add("GFT-38", fails, "no deduction is asked for: citizenship is no bar, and no QDOT is needed")
    if gift.form == "insurance_trust":
        clear = policy_clear_of_estate(
            owned_by_trust_from_start=gift.policy_owned_by_trust_from_start,
            insured_keeps_incidents=gift.insured_keeps_incidents,
            executor_receives=gift.executor_receives_proceeds,
        )
        words = {True: "clear of the estate", False: "not clear of the estate", None: "facts of the policy are open"}
        notes.add("GFT-39", clear, words[clear])
    in_trust = gift.form in TRUSTS
    if in_trust or gift.donee == "spouse":
        needed = needs_gst_exemption(
            in_trust=in_trust,
            descendants_benefit=bool(gift.descendants_benefit),
            one_person_trust_in_estate=bool(gift.one_person_trust),
        )
        notes.add(
            "GFT-48",
            needed,
            "allocate GST exemption or opt out" if needed else "a spouse is never a skip person",
            measured=entry.amount if needed else None,
        )
