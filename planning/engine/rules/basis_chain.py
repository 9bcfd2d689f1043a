"""IRC 1014, 1015, 1041: one asset through gifts, deaths, payments and sales, event after event.

`follow` is what a projection calls: it starts from how the asset is held and
its basis, and gives for every event the basis after it and what gain is still
latent. Where the law is silent the basis stays, the other reading is shown, and
an attorney decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from planning.engine.rules import basis_at_death, s1015_gift_basis, s1041_between_spouses, s2056a_basis
from planning.engine.rules.basis_facts import QDOTS, Event, Held, Reading
from planning.engine.worksheet import ZERO, Worksheet, given


class ImpossibleEventError(ValueError):
    """An event that cannot happen to an asset held like that, or facts that contradict each other."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event did: the row that decides, the asset after it, and what is taxed; amounts USD.

    `held` is None while a fact is `missing`. `readings` are the two ways where
    the law is silent. `gain` is taxed at the event to whoever holds the asset
    (below zero: a loss), `increase` joined the basis for tax on
    `net_appreciation`, `deduction` is that of 691(c).
    """

    rule: str
    reason: str
    citations: tuple[str, ...]
    held: Held | None
    missing: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    gain: Decimal = ZERO
    net_appreciation: Decimal | None = None
    increase: Decimal | None = None
    deduction: Decimal | None = None


def latent_gain(*, value: Decimal, basis: Decimal) -> Decimal:
    """Return the gain an immediate sale would tax, USD: the value above the basis, never below zero."""
    return max(ZERO, value - basis)


def follow(held: Held, events: Iterable[Event], sheets: Iterable[Worksheet]) -> list[Outcome]:
    """Return what every event did, in order; it stops after one that cannot be decided.

    `sheets` takes the work, one sheet an event. Raises `ImpossibleEventError`.
    """
    found: list[Outcome] = []
    for event, sheet in zip(events, sheets, strict=True):
        outcome = apply(held, event, sheet)
        found.append(outcome)
        if outcome.held is None:
            break
        held = outcome.held
    return found


def apply(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    """Return what one event does to one asset. Raises `ImpossibleEventError`."""
    match event.kind:
        case "gift":
            return _gift(held, event, sheet)
        case "first_death" | "second_death":
            found = basis_at_death.at_death(held, event, sheet)
            if found.row.share is None or found.held is None:
                return Outcome(found.row.rule, found.row.reason, found.row.citations, None, found.missing)
            return Outcome(
                found.row.rule,
                found.row.reason,
                found.row.citations,
                found.held,
                readings=found.readings,
                gain=found.gain,
            )
        case "assignment":
            return _assignment(held, sheet)
        case "distribution":
            return _distribution(held, event, sheet)
        case "sale":
            return _sale(held, event, sheet)
        case "naturalization":
            return _naturalization(held, sheet)
        case "cessation":
            return _cessation(held, event, sheet)
        case "income_taxed":
            return _income_taxed(held, event, sheet)


def _gift(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    if held.form == "grantor_trust":
        kept = sheet.write("Basis, as the giver's", given(held.basis, "adjusted_basis"), "IRC 1015", kind="result")
        reason = "a trust taxed to its grantor: for the income tax nothing has moved"
        return Outcome("BAS-25", reason, ("IRC 1015", "Rev. Rul. 2023-2"), replace(held, basis=kept.amount))
    if held.form != "decedent_owned":
        message = "a gift to the spouse is of property the giver owns (held_as decedent_owned)"
        raise ImpossibleEventError(message)
    resident = s1041_between_spouses.resident_for_income_tax(
        citizen=event.spouse_citizen, resident=event.spouse_income_tax_resident, elected=event.elected_6013
    )
    if resident is None:
        reason = "whether the spouse is a resident for the income tax is not known"
        missing = ("spouse_income_tax_resident",)
        return Outcome("GFT-30", reason, ("IRC 1041(d)",), None, missing)
    given_to = replace(
        held, form="gift_to_spouse", gift_on=event.on or held.gift_on, gift_gained=event.value > held.basis
    )
    if s1041_between_spouses.governed_by_1041(resident=resident):
        return _gift_between_residents(given_to, event, sheet)
    return _gift_to_nonresident(given_to, event, sheet)


def _gift_between_residents(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    basis = sheet.write("Giver's adjusted basis", given(held.basis, "adjusted_basis"), "IRC 1041(b)(2)")
    debt = sheet.write("Debt taken over", given(event.consideration, "consideration"), "IRC 1041(e)")
    excess = s1041_between_spouses.debt_above_basis(debt=debt, basis=basis, in_trust=event.in_trust)
    excess = sheet.write("Gain on debt above basis", excess, "IRC 1041(e)")
    after = s1041_between_spouses.basis_under_1041(basis=basis, excess_debt=excess)
    after = sheet.write("Recipient's basis, for gain and loss", after, "IRC 1041(b)(2)", "IRC 1015(e)", kind="result")
    return Outcome(
        "BAS-01",
        "between spouses, the spouse no nonresident alien: the giver's basis, without gift tax",
        s1041_between_spouses.CITATIONS,
        replace(held, basis=after.amount, loss_basis=after.amount),
        gain=excess.amount,
    )


def _gift_to_nonresident(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    if event.tax is None:
        reason = "the gift tax paid on the gift is not known"
        return Outcome("BAS-02", reason, s1015_gift_basis.CITATIONS, None, ("gift_tax_paid",))
    value = sheet.write("Value at the gift", given(event.value, "fair_market_value"), "IRC 1015(a)")
    basis = sheet.write("Giver's adjusted basis", given(held.basis, "adjusted_basis"), "IRC 1015(a)")
    grown = s1015_gift_basis.net_appreciation(value, basis)
    grown = sheet.write("Net appreciation", grown, "IRC 1015(d)(6)(B)")
    if event.amount_of_gift is None and event.tax and grown.amount:
        reason = "what is left of the gift after the exclusion is not known"
        return Outcome("BAS-02", reason, s1015_gift_basis.CITATIONS, None, ("amount_of_gift",))
    tax = sheet.write("Gift tax paid on it", given(event.tax, "gift_tax_paid"), "IRC 1015(d)(1)(A), (2)")
    amount = given(ZERO if event.amount_of_gift is None else event.amount_of_gift, "amount_of_gift")
    amount = sheet.write("Amount of the gift", amount, "IRC 1015(d)(2)", "IRC 2503(b)")
    added = s1015_gift_basis.addition_for_tax(tax=tax, appreciation=grown, amount_of_gift=amount)
    added = sheet.write("Addition for gift tax", added, "IRC 1015(d)(6)")
    after = s1015_gift_basis.basis_under_1015(basis=basis, addition=added)
    after = sheet.write("Recipient's basis for gain", after, *s1015_gift_basis.CITATIONS, kind="result")
    gain = s1041_between_spouses.gain_without_shield(
        value=event.value,
        basis=held.basis,
        consideration=event.consideration,
        releases_marital_rights=event.releases_marital_rights,
    )
    price = event.value if event.releases_marital_rights else event.consideration
    bought = s1015_gift_basis.basis_of_part_sale(basis=after.amount, consideration=price)
    loss = s1015_gift_basis.basis_for_loss(gain_basis=bought, value=event.value)
    return Outcome(
        "BAS-02",
        "the spouse a nonresident alien for the income tax: the giver's basis, with the gift tax on its gain",
        s1015_gift_basis.CITATIONS,
        replace(held, basis=bought, loss_basis=loss),
        gain=gain,
        net_appreciation=grown.amount,
        increase=added.amount,
    )


def _assignment(held: Held, sheet: Worksheet) -> Outcome:
    if held.form not in ("spouse_owned", "gift_to_spouse", "survivorship", "tenants_in_common", "community"):
        message = "the spouse can assign to a QDOT only what the spouse owns (held_as spouse_owned)"
        raise ImpossibleEventError(message)
    after = s2056a_basis.basis_after_assignment(given(held.basis, "adjusted_basis"))
    after = sheet.write("Basis after the assignment", after, *s2056a_basis.ASSIGNED, kind="result")
    reason = "the spouse stays the transferor: the assignment changes nothing"
    return Outcome(
        "BAS-15", reason, s2056a_basis.ASSIGNED, replace(held, form="qdot_spouse_funded", basis=after.amount)
    )


def _distribution(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    _of_a_qdot(held, "a payment of principal under 2056A(b)(1)")
    tax = ZERO if event.exempt else event.tax
    if tax is None:
        missing = ("section_2056a_tax", "exempt")
        return Outcome("BAS-17", "whether tax was imposed on it is not known", s2056a_basis.TAXED, None, missing)
    value = sheet.write("Value paid out in kind", given(event.value, "fair_market_value"), "IRC 2056A(b)(1)(A)")
    basis = sheet.write("Trust's adjusted basis", given(held.basis, "adjusted_basis"), "IRC 1015(a)")
    grown = s1015_gift_basis.net_appreciation(value, basis)
    grown = sheet.write("Net appreciation", grown, "IRC 1015(d)(6)(B)")
    paid_out = replace(held, form="spouse_owned")
    if not s2056a_basis.counts_as_gift(tax):
        gain = sheet.write("Gain the trust recognizes", given(event.recognized_gain, "recognized_gain"), "IRC 643(e)")
        after = s2056a_basis.basis_after_exempt_payment(basis=basis, recognized_gain=gain)
        after = sheet.write("Spouse's basis", after, *s2056a_basis.EXEMPT, kind="result")
        return Outcome(
            "BAS-18",
            "no 2056A tax was imposed: the trust's basis carries over",
            s2056a_basis.EXEMPT,
            replace(paid_out, basis=after.amount, loss_basis=min(held.loss_basis + gain.amount, after.amount)),
            gain=gain.amount,
            net_appreciation=grown.amount,
            increase=ZERO,
        )
    imposed = sheet.write("2056A tax on it", given(tax, "section_2056a_tax"), "IRC 2056A(b)(13)")
    added = s1015_gift_basis.addition_for_tax(tax=imposed, appreciation=grown, amount_of_gift=value)
    added = sheet.write("Addition for the tax", added, "IRC 1015(d)(6)", "Treas. Reg. 20.2056A-12")
    after = s2056a_basis.basis_after_taxed_payment(basis=basis, addition=added)
    after = sheet.write("Spouse's basis", after, *s2056a_basis.TAXED, kind="result")
    return Outcome(
        "BAS-17",
        "a taxed payment counts as a gift, and its 2056A tax as gift tax",
        s2056a_basis.TAXED,
        replace(
            paid_out,
            basis=after.amount,
            loss_basis=s1015_gift_basis.basis_for_loss(gain_basis=after.amount, value=event.value),
        ),
        net_appreciation=grown.amount,
        increase=added.amount,
    )


def _sale(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    price = sheet.write("Price", given(event.value, "fair_market_value"), "IRC 1001(b)")
    sheet.write("Trust's adjusted basis", given(held.basis, "adjusted_basis"), "IRC 1011")
    after = s2056a_basis.basis_of_buyer(price)
    after = sheet.write("Basis of the buyer, and of the cash", after, *s2056a_basis.SALE, kind="result")
    return Outcome(
        "BAS-16",
        "a sale is no event of the 2056A tax; its gain is corpus",
        s2056a_basis.SALE,
        replace(held, basis=after.amount, loss_basis=after.amount),
        gain=s2056a_basis.gain_of_trust(price=event.value, basis=held.basis, loss_basis=held.loss_basis),
    )


def _naturalization(held: Held, sheet: Worksheet) -> Outcome:
    after = s2056a_basis.basis_after_naturalization(given(held.basis, "adjusted_basis"))
    after = sheet.write("Basis after the oath", after, *s2056a_basis.NATURALIZED, kind="result")
    reason = "the oath is no event; the property is later in the spouse's estate by its form"
    return Outcome("BAS-19", reason, s2056a_basis.NATURALIZED, replace(held, basis=after.amount))


def _cessation(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    _of_a_qdot(held, "a trust that ceases to qualify")
    kept = s2056a_basis.basis_after_cessation(given(held.basis, "adjusted_basis"))
    readings = (
        Reading("no rule of basis: unchanged", kept.amount),
        Reading("taxed as if the spouse had died: the value", event.value),
    )
    chosen = given(readings[event.reading == "value"].basis, f"reading {event.reading}; an attorney decides")
    after = sheet.write("Basis after the trust ceased to qualify", chosen, *s2056a_basis.CEASED, kind="result")
    return Outcome(
        "BAS-23",
        "taxed as if the spouse had died, but the spouse did not; no rule of basis",
        s2056a_basis.CEASED,
        replace(held, basis=after.amount, loss_basis=after.amount),
        readings=readings,
    )


def _income_taxed(held: Held, event: Event, sheet: Worksheet) -> Outcome:
    if not held.income_in_respect:
        message = "only income in respect of a decedent is taxed when it is paid (income_in_respect true)"
        raise ImpossibleEventError(message)
    if event.tax is None:
        missing = ("section_2056a_tax",)
        return Outcome("BAS-24", "the estate tax on the income is not known", s2056a_basis.INCOME, None, missing)
    received = sheet.write("Income received", given(event.value, "fair_market_value"), "IRC 691(a)")
    less = given(s2056a_basis.deduction_for_estate_tax(event.tax), "section_2056a_tax")
    less = sheet.write("Deduction for the 2056A tax on it", less, *s2056a_basis.INCOME)
    sheet.write("Cash", received, "IRC 1012", kind="result")
    return Outcome(
        "BAS-24",
        "no step-up; income tax when it is paid, less a deduction for the 2056A tax on it",
        s2056a_basis.INCOME,
        replace(held, basis=event.value, loss_basis=event.value, income_in_respect=False),
        gain=event.value - held.basis,
        deduction=less.amount,
    )


def _of_a_qdot(held: Held, words: str) -> None:
    if held.form not in QDOTS:
        message = f"{words} is an event of a QDOT (held_as one of {', '.join(QDOTS)})"
        raise ImpossibleEventError(message)
