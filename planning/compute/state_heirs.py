"""The inheritance taxes of `state-estate-tax`: each heir in the state that taxes what the heir takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.state_estate_facts import HeirInput, StateEstateTaxInput
from planning.engine.finding import Finding
from planning.engine.inheritance_law import HeirClass, InheritanceBook, InheritanceLaw
from planning.engine.law import LawNotKnownError
from planning.engine.rules.state_findings import not_verified_finding
from planning.engine.rules.state_inheritance_tax import (
    GiftBeforeDeath,
    Heir,
    HeirTax,
    spared_for_age,
    spouse_outcome,
    words,
    write_heir_tax,
)
from planning.engine.rules.state_noncitizen_spouse import least_sure
from planning.engine.worksheet import ZERO, given
from planning.inputs import InputError


@dataclass(frozen=True, slots=True)
class HeirsOfState:
    """What came out for the heirs of one state, USD; `law` is None where it has no inheritance tax."""

    state: str
    taxes: tuple[HeirTax, ...]
    deferred: Decimal
    findings: tuple[Finding, ...]

    @property
    def total(self) -> Decimal:
        """The tax of all heirs."""
        return sum((found.tax for found in self.taxes), ZERO)


def inheritance_taxes(
    facts: StateEstateTaxInput, states: Iterable[str], book: InheritanceBook, day: date, answer: Answer
) -> dict[str, HeirsOfState]:
    """Return the inheritance tax of each state that has one; a state without heirs stated is asked for them."""
    taxed: dict[str, HeirsOfState] = {}
    for state in states:
        if state not in book.states:
            continue
        try:
            law = book.of(state, day)
        except LawNotKnownError as error:
            held = [law for law in book.laws if law.state == state]
            expected = f"a death from {held[0].first.isoformat()} to {held[-1].last.isoformat()}"
            raise InputError([f"date_of_death: {error}, expected {expected}"]) from None
        if not law.classes:
            answer.warn("inheritance_tax_ended", f"{law.name} has ended its inheritance tax.", *law.citations)
            continue
        here = [(index, heir) for index, heir in enumerate(facts.heirs or ()) if (heir.state or facts.state) == state]
        if here:
            taxed[state] = _of_state(facts, law, here, day, answer)
        elif facts.heirs is None:
            _ask_for_heirs(law, answer)
    return taxed


def _ask_for_heirs(law: InheritanceLaw, answer: Answer) -> None:
    """Ask for the heirs; beside Maryland's estate tax their tax is only left out, and said so."""
    if law.state == "MD":
        answer.warn(
            "inheritance_tax_not_computed",
            "Maryland also taxes heirs who are not close relatives; state heirs to have that tax worked out and "
            "credited.",
            *law.citations,
        )
        return
    answer.need("heirs")


def _of_state(
    facts: StateEstateTaxInput, law: InheritanceLaw, heirs: Sequence[tuple[int, HeirInput]], day: date, answer: Answer
) -> HeirsOfState:
    sheet = answer.sheet(f"{law.state}H-", f"{law.name} inheritance tax")
    taxes, deferred, points, questions = [], ZERO, [], []
    sureness = []
    for index, heir in heirs:
        path = f"heirs[{index}]"
        found = _class_of(law, heir, path, answer)
        if found is None:
            questions.append(law.asks[heir.relationship])
            continue
        for point in law.open_for(heir.relationship, day):
            points.append(point.point)
            questions.append(point.question)
            sureness.append(point.status)
            answer.warn("unverified_rule", f"{law.name}: {point.point}.", *point.citations)
        _warn_of_age(facts, law, heir, found, answer)
        taxes.append(write_heir_tax(sheet, law, _heir(heir), found, death=day, decedent_age=facts.decedent_age))
        if heir.relationship == "spouse":
            later, remainder = _spouse(law, heir, path, answer)
            deferred += later
            if remainder is not None:
                found = law.class_of(remainder.relationship) or found
                taxes.append(write_heir_tax(sheet, law, remainder, found, death=day, decedent_age=facts.decedent_age))
    sheet.write(
        f"{law.name} inheritance tax of all heirs",
        given(sum((tax.tax for tax in taxes), ZERO), "the taxes of the heirs above"),
        *law.citations,
        kind="result",
    )
    finding = not_verified_finding(law.name, points, least_sure(*sureness), *law.citations)
    return HeirsOfState(law.state, tuple(taxes), deferred, (finding,))


def _heir(heir: HeirInput) -> Heir:
    return Heir(
        name=heir.name or words(heir.relationship),
        relationship=heir.relationship,
        value=heir.value,
        age=heir.age,
        gifts=tuple(GiftBeforeDeath(gift.date, gift.value) for gift in heir.gifts or ()),
    )


def _class_of(law: InheritanceLaw, heir: HeirInput, path: str, answer: Answer) -> HeirClass | None:
    if heir.heir_class is not None:
        named = {words(name).lower(): found for name, found in law.classes.items()}
        stated = words(heir.heir_class).lower()
        if stated not in named:
            fault = f"{heir.heir_class!r} is no class of {law.name}, expected one of {', '.join(named)}"
            raise InputError([f"{path}.heir_class: {fault}"])
        return named[stated]
    found = law.class_of(heir.relationship)
    if found is None:
        answer.need(f"{path}.heir_class")
    return found


def _warn_of_age(
    facts: StateEstateTaxInput, law: InheritanceLaw, heir: HeirInput, found: HeirClass, answer: Answer
) -> None:
    spared = spared_for_age(law.young, heir.relationship, age=heir.age, decedent_age=facts.decedent_age)
    if spared is None and found.table is not None and law.young is not None:
        answer.warn(
            "taken_as_grown_up",
            f"{law.name} spares the young; an age that is not stated is taken as more than {law.young.oldest}.",
            *law.young.citations,
        )


def _spouse(law: InheritanceLaw, heir: HeirInput, path: str, answer: Answer) -> tuple[Decimal, Heir | None]:
    """Return what is deferred to the spouse's death (USD), and those who take after the spouse, if taxed now."""
    outcome = spouse_outcome(law.spouse_trust, heir.spouse_interest or "outright", elected=heir.state_election_made)
    if outcome == "exempt":
        return ZERO, None
    if outcome == "deferred":
        answer.warn(
            "taxed_at_the_spouses_death",
            f"The trust for the spouse is taxed at the spouse's death, on its value then, at the lower of the rates of "
            f"either spouse, unless the estate elects to be taxed now ({law.name}).",
            *law.spouse_trust_citations,
        )
        return heir.value, None
    if outcome == "undecided":
        answer.need(f"{path}.state_election_made")
        return ZERO, None
    if heir.remainder_value is None or heir.remainder_to is None:
        missing = {"remainder_value": heir.remainder_value, "remainder_to": heir.remainder_to}
        answer.need(*(f"{path}.{name}" for name, value in missing.items() if value is None))
        return ZERO, None
    return ZERO, Heir(f"those after {heir.name or 'the spouse'}", heir.remainder_to, heir.remainder_value)


def heirs_result(found: HeirsOfState) -> list[dict[str, Any]]:
    """Return a row for each heir."""
    return [
        {
            "name": tax.heir.name,
            "relationship": tax.heir.relationship,
            "class": words(tax.found.name),
            "value": tax.heir.value,
            "gifts_taken_back": tax.base - tax.heir.value,
            "taxed_on": tax.base,
            "tax": tax.tax,
            "spared_for_age": tax.spared_for_age,
        }
        for tax in found.taxes
    ]
