"""Inheritance taxes at both deaths: which states take from the heirs, on what, and out of which share.

Who takes is an assumption: the same kind of heirs, in equal shares, as `others`
at the first death and of everything at the second. A spouse pays nothing. What a
bypass trust holds counts as the heirs' at the first death, and so does a QDOT in a
state that frees only the spouse's own interest: that interest is not valued here,
so the tax is the most it can be. Elsewhere the QDOT is taxed as the spouse's at the
second death. Life insurance is taken to be payable to somebody named, which these
states do not tax; what they let deduct for federal estate tax is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from planning.engine.assumptions import HeirsKind
from planning.engine.inheritance_law import HeirClass, InheritanceLaw, Relationship
from planning.engine.projection.ground import Ground
from planning.engine.projection.state import FirstDeath
from planning.engine.rules.s2044_survivors_estate import QdotForm
from planning.engine.rules.state_inheritance_tax import class_tax, spouse_outcome, words
from planning.engine.rules.state_shares import Holding
from planning.engine.worksheet import ZERO, Figure, LineStatus, Worksheet, at_least_zero, given, plain, to_cents

RELATIONSHIPS: Mapping[HeirsKind, Relationship] = {
    "children": "child",
    "siblings": "sibling",
    "nieces_nephews": "nephew_or_niece",
    "unrelated": "friend",
    "charity": "charity",
}
ONE_OF: Mapping[HeirsKind, str] = {
    "children": "child",
    "siblings": "sibling",
    "nieces_nephews": "niece or nephew",
    "unrelated": "unrelated heir",
    "charity": "charity",
}


def taken_as_heirs_at_first_death(law: InheritanceLaw, form: QdotForm) -> bool:
    """Return whether what a QDOT holds is taxed as if the heirs took it at the first death.

    An estate trust goes to the spouse's own estate, so nobody takes after the spouse. Kentucky's election is
    taken to be made, Pennsylvania's election out of deferral not.
    """
    if form == "estate_trust":
        return False
    elected = law.spouse_trust == "elected_in"
    return spouse_outcome(law.spouse_trust, "life_income_trust", elected=elected) == "own_interest"


def class_of_heirs(law: InheritanceLaw, kind: HeirsKind) -> HeirClass | None:
    """Return the class of the assumed heirs; None where it turns on a further fact."""
    return law.class_of(RELATIONSHIPS[kind])


@dataclass(frozen=True, slots=True)
class TaxedHeirs:
    """Heirs whom one state taxes: its law, their class and number, and its part (`taxed` of `whole`, USD).

    `carried_on`: the law is that of the last year held, for a later one.
    """

    law: InheritanceLaw
    found: HeirClass
    kind: HeirsKind
    number: int
    taxed: Decimal
    whole: Decimal
    qdot_at_first_death: bool
    carried_on: bool

    def tax(self, amount: Decimal) -> Decimal:
        """Return the tax of all heirs on what they take together, USD in cents."""
        each = given(to_cents(self.in_state(amount) / self.number), "")
        return to_cents(class_tax(self.found, each).amount) * self.number

    def in_state(self, amount: Decimal) -> Decimal:
        """Return the part of `amount` that the state reaches, USD in cents."""
        return to_cents(amount * self.taxed / self.whole)

    def write(self, sheet: Worksheet, takes: Figure) -> Figure:
        """Write what each heir takes and pays, and return the tax of all, USD in cents."""
        law, heir = self.law, ONE_OF[self.kind]
        if self.taxed != self.whole:
            part = f"{takes.how} times {plain(self.taxed)} over {plain(self.whole)}, as property lies today"
            figure = Figure(self.in_state(takes.amount), part, compound=True)
            takes = sheet.write(f"Of it, in reach of {law.name}", figure, *law.citations)
        each = takes
        if self.number > 1:
            share = Figure(to_cents(takes.amount / self.number), f"{takes.how} in {self.number} equal shares")
            each = sheet.write(f"To each {heir}", share, *law.citations, status="assumed")
        tax = class_tax(self.found, each).cents()
        label = f"{law.name} inheritance tax of each {heir}, class {words(self.found.name)}"
        tax = sheet.write(label, tax, *self.found.citations)
        if self.number > 1:
            tax = tax * given(Decimal(self.number), f"{self.number} heirs")
        status: LineStatus | None = "projected" if self.carried_on else None
        return sheet.write(f"{law.name} inheritance tax", tax, *law.citations, kind="result", status=status)


def taxed_heirs(ground: Ground, home: str, whole: Decimal, situated: Sequence[Holding], year: int) -> (
    list[TaxedHeirs] | None
):  # fmt: skip
    """Return the states that tax the heirs of an estate in `year`; None where that turns on who and how many they are.

    `home` is the state of domicile, `whole` the estate and `situated` its real property by place, USD.
    """
    assumed = ground.assumptions
    kind, number = assumed.heirs, assumed.number_of_heirs
    found: list[TaxedHeirs] = []
    for code in dict.fromkeys([home, *(place.state for place in situated if place.state is not None)]):
        law = ground.inheritance_law(code, year)
        if law is None or (kind is None and not law.taxes_children):
            continue
        group = None if kind is None else class_of_heirs(law, kind)
        if group is not None and group.table is None:
            continue
        if group is None or kind is None or number is None:
            return None
        if code == home:
            taxed = whole - sum((place.value for place in situated if place.state != home), ZERO)
        else:
            taxed = sum((place.value for place in situated if place.state == code), ZERO)
        taxed = min(max(ZERO, taxed), whole)
        if taxed > 0:
            at_first = taken_as_heirs_at_first_death(law, assumed.qdot_form)
            carried_on = year > law.last.year
            found.append(TaxedHeirs(law, group, kind, number, taxed, whole, at_first, carried_on))
    return found


def write_taken(sheet: Worksheet, law: InheritanceLaw, figure: Figure) -> Figure:
    """Write what counts as taken by the heirs in the state of `law`."""
    label = f"Taken by the heirs, as {law.name} is taken to see it"
    return sheet.write(label, figure, *law.spouse_trust_citations, status="assumed")


def write_uninsured(sheet: Worksheet, law: InheritanceLaw, figure: Figure) -> Figure:
    """Write what of it is no life insurance, which is taken to be payable to somebody named and so not taxed."""
    insurance = law.insurance
    sureness, citations = ("", ()) if insurance is None else (insurance.status, insurance.citations)
    mark = "" if sureness in ("", "verified") else f" ({sureness})"
    return sheet.write(f"Of it, other than life insurance{mark}", figure, *citations, status="assumed")


class Taken(NamedTuple):
    """What passes at the first death other than outright to the spouse, USD; `insured_part` of `whole` is insurance."""

    others: Decimal
    bypass: Decimal
    qdot: Decimal
    insured_part: Decimal
    whole: Decimal

    def by_heirs(self, state: TaxedHeirs) -> Decimal:
        """Return what of it counts as taken by the heirs in `state`, USD."""
        return self.others + self.bypass + (self.qdot if state.qdot_at_first_death else ZERO)

    def write(self, sheet: Worksheet, state: TaxedHeirs) -> Figure:
        """Write what of it counts as taken by the heirs in `state`, and what is no life insurance; USD in cents."""
        shares = {
            "what others receive": self.others,
            "the bypass trust": self.bypass,
            "the QDOT": self.qdot if state.qdot_at_first_death else ZERO,
        }
        how = " plus ".join(f"{plain(value)} ({name})" for name, value in shares.items() if value)
        takes = write_taken(sheet, state.law, given(self.by_heirs(state), how))
        if not self.insured_part:
            return takes
        uninsured = max(ZERO, self.whole - self.insured_part)
        words = f"{takes.how} times {plain(uninsured)} over {plain(self.whole)}"
        return write_uninsured(
            sheet, state.law, Figure(part(takes.amount, uninsured, self.whole), words, compound=True)
        )


@dataclass(slots=True)
class HeirsBear:
    """The inheritance taxes of the first death, USD: by state, and what falls on each share."""

    by_state: dict[str, Decimal] = field(default_factory=dict)
    others: Decimal = ZERO
    bypass: Decimal = ZERO
    qdot: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """The taxes of all states."""
        return self.others + self.bypass + self.qdot

    def add(self, state: TaxedHeirs, tax: Decimal, taken: Taken) -> None:
        """Add the tax of a state: each share bears its part."""
        self.by_state[state.law.state] = tax
        together = taken.by_heirs(state)
        others = part(tax, taken.others, together)
        bypass = part(tax - others, taken.bypass, together - taken.others)
        self.others += others
        self.bypass += bypass
        self.qdot += tax - others - bypass


def part(amount: Decimal, share: Decimal, whole: Decimal) -> Decimal:
    """Return `amount` times `share` over `whole`, rounded half up to cents; nothing over nothing is 0."""
    return to_cents(amount * share / whole) if whole > 0 else ZERO


def write_heirs_of_first_death(sheet: Worksheet, states: Sequence[TaxedHeirs], taken: Taken) -> HeirsBear:
    """Write the inheritance tax of each state on what the heirs take at the first death, and return who bears it."""
    bear = HeirsBear()
    for state in states:
        if taken.by_heirs(state):
            bear.add(state, state.write(sheet, taken.write(sheet, state)).amount, taken)
    return bear


def bear_inheritance_tax(sheet: Worksheet, first: FirstDeath, bear: HeirsBear) -> None:
    """Take inheritance tax off the bypass trust and off what others receive; the deducted share bore its part."""
    for name, tax, label in (
        ("bypass", bear.bypass, "Bypass trust after inheritance tax"),
        ("others", bear.others, "Others receive, after inheritance tax"),
    ):
        if tax:
            share: Figure = getattr(first, name)
            setattr(first, name, sheet.write(label, share - given(tax, "inheritance tax that falls on it")))


def heirs_at_second_death(
    states: Sequence[TaxedHeirs], *, own: Decimal, qdot: Decimal, insurance: Decimal
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the inheritance taxes of the second death by state, with and without the QDOT, USD in cents.

    `own` is the survivor's property with `insurance` on the survivor's life.
    """
    taxed = max(ZERO, own - insurance)
    without = {state.law.state: state.tax(taxed) for state in states}
    if not qdot:
        return without, without
    return {
        state.law.state: without[state.law.state] if state.qdot_at_first_death else state.tax(taxed + qdot)
        for state in states
    }, without


def write_heirs_of_second_death(
    sheet: Worksheet, states: Sequence[TaxedHeirs], *, own: Figure, qdot: Figure, insurance: Decimal
) -> list[Figure]:
    """Write the inheritance tax of each state on what the heirs take at the second death; equal to the numbers."""
    taxes: list[Figure] = []
    for state in states:
        taxed = own
        if insurance:
            less = at_least_zero(own - given(insurance, f"life insurance of {plain(insurance)}"))
            taxed = write_uninsured(sheet, state.law, less)
        if qdot.amount and not state.qdot_at_first_death:
            taxed = taxed + qdot
        taxes.append(state.write(sheet, write_taken(sheet, state.law, taxed)))
    return taxes
