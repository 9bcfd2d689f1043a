"""The first estate as the states see it: their laws and parts, the spouse's shares, and the tax that settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.compute.answers import Answer
from planning.compute.state_estate_facts import StateEstateTaxInput
from planning.engine.law import LawNotKnownError
from planning.engine.rules.state_estate_tax import Holding, StateEstate, StateFigures, shares_of, state_tax
from planning.engine.rules.state_gift_addback import GiftInLife, brought_back, gifts_brought_back
from planning.engine.rules.state_noncitizen_spouse import Matter, Reading, SpouseForm, deducted, reading
from planning.engine.rules.state_settling import settled_tax
from planning.engine.state_law import StateBook, StateLaw
from planning.engine.worksheet import ZERO, given
from planning.inputs import InputError

WHOLE = Decimal(1)
# What the spouse's shares bear where nothing else is left, the least protected first.
BEARING: tuple[SpouseForm, ...] = ("outright", "qtip", "state_qtip", "special_marital_property", "qdot")


@dataclass(frozen=True, slots=True)
class EstateAtHand:
    """The estate before any state tax, USD: `taxable` only where nothing but that is stated.

    `net` is the gross estate less debts, expenses and charity; `shares` what
    passes to the spouse by form. `before_residue` is what others take before a
    spouse who takes the rest, who then bears the tax.
    """

    gross: Decimal | None
    net: Decimal | None
    taxable: Decimal | None
    shares: Mapping[SpouseForm, Decimal]
    before_residue: Decimal = ZERO

    def shares_after(self, borne: Decimal) -> dict[SpouseForm, Decimal]:
        """Return the spouse's shares less what of a state tax (USD) no other property covers."""
        shares = dict(self.shares)
        if self.net is None:
            return shares
        charged = max(ZERO, sum(shares.values(), self.before_residue) + borne - self.net)
        for form in BEARING:
            taken = min(charged, shares.get(form, ZERO))
            if taken:
                shares[form] -= taken
                charged -= taken
        return shares


@dataclass(frozen=True, slots=True)
class StateCase:
    """One state in this matter: its law, the part it may tax, and how it reads each form of the spouse's share."""

    law: StateLaw
    share: Decimal
    resident: bool
    readings: Mapping[SpouseForm, Reading]
    figures: StateFigures

    def taxable(self, estate: EstateAtHand, shares: Mapping[SpouseForm, Decimal], counted: Decimal) -> Decimal:
        """Return the estate less what of the spouse's `shares` is deducted (`counted`), USD.

        A stated taxable estate has every share deducted that the state does not deny.
        """
        if estate.taxable is not None:
            return estate.taxable + deducted(shares, self.readings, open_too=True) - counted
        assert estate.net is not None  # noqa: S101 - one of the two is known
        return max(ZERO, estate.net - counted)

    def estate(self, taxable: Decimal) -> StateEstate:
        """Return the estate as the state's rules take it."""
        return self.figures.estate()._replace(taxable_estate=taxable)


@dataclass(frozen=True, slots=True)
class Settled:
    """State taxes that no longer move, exact USD by state, with the spouse's shares then and the rounds it took."""

    taxes: Mapping[str, Decimal]
    taxable: Mapping[str, Decimal]
    shares: Mapping[SpouseForm, Decimal]
    rounds: int

    @property
    def total(self) -> Decimal:
        """All state estate taxes together."""
        return sum(self.taxes.values(), ZERO)


def law_of_state(book: StateBook, code: str, day: date, path: str) -> StateLaw | None:
    """Return the estate tax law of a state, None where it has none; an unknown state or day is a fault at `path`."""
    held = (*book.codes, *book.without_estate_tax)
    if code not in held:
        raise InputError([f"{path}: {code} is no state, expected one of {', '.join(sorted(held))}"])
    try:
        return book.estate_tax(code, day)
    except LawNotKnownError as error:
        expected = f"expected a death from {book.first_day.isoformat()} to {book.last_day.isoformat()}"
        raise InputError([f"date_of_death: {error}, {expected}"]) from None


def states_of(facts: StateEstateTaxInput) -> dict[str, str]:
    """Return every state that the estate touches, the one named first, with the path it is named at."""
    named = {} if facts.state is None else {facts.state: "state"}
    for code in facts.property_in_states or {}:
        named.setdefault(code, f"property_in_states.{code}")
    for index, heir in enumerate(facts.heirs or ()):
        if heir.state is not None:
            named.setdefault(heir.state, f"heirs[{index}].state")
    return named


def estate_at_hand(facts: StateEstateTaxInput, answer: Answer) -> EstateAtHand | None:
    """Return the estate before state tax, or None with the missing facts noted."""
    shares: dict[SpouseForm, Decimal] = {form: amount for form, amount in facts.forms.items() if amount}
    if facts.taxable_estate is not None:
        return EstateAtHand(facts.gross_estate, None, facts.taxable_estate, shares)
    deductions = (facts.debts_and_expenses or ZERO) + (facts.charitable_deduction or ZERO)
    gross = facts.gross_estate
    if gross is None:
        if not facts.forms and facts.passing_to_others is None:
            answer.need("gross_estate")
            return None
        gross = sum(facts.forms.values(), ZERO) + (facts.passing_to_others or ZERO) + deductions
        answer.warn(
            "gross_estate_from_shares", "The gross estate is taken as the sum of what passes and what is deducted."
        )
    net = gross - deductions
    if net < 0:
        raise InputError(["debts_and_expenses: the deductions are more than the gross estate, expected at most that"])
    rest = net - sum(shares.values(), ZERO) - (facts.passing_to_others or ZERO)
    if rest < 0:
        fault = f"what passes adds up to {net - rest:f}, expected at most {net:f}, the estate after debts and charity"
        raise InputError([f"passing_to_spouse_outright: {fault}"])
    before_residue = ZERO
    residues: tuple[tuple[bool | None, SpouseForm], ...] = (
        (facts.all_passes_outright_to_spouse, "outright"),
        (facts.all_passes_to_qdot, "qdot"),
    )
    for flag, form in residues:
        if flag and rest:
            shares[form] = shares.get(form, ZERO) + rest
            before_residue, rest = facts.passing_to_others or ZERO, ZERO
            answer.warn(
                "tax_from_the_residue",
                "The spouse takes the rest, so the state tax comes out of the spouse's share; the will or local law "
                "may say otherwise.",
                "IRC 2056(b)(4)",
            )
    return EstateAtHand(gross, net, None, shares, before_residue)


def cases_of(
    facts: StateEstateTaxInput,
    laws: Mapping[str, StateLaw | None],
    estate: EstateAtHand,
    matter: Matter,
    day: date,
    inheritance_tax: Decimal,
    answer: Answer,
) -> list[StateCase]:
    """Return the states with an estate tax that take part, each with its share; missing facts are noted."""
    shares = _shares(facts, laws, estate, day, answer)
    adjusted = adjusted_gifts(facts)
    cases = []
    for code, law in laws.items():
        if law is None or code not in shares:
            continue
        if law.gifts.use == "base" and facts.taxable_gifts is None and facts.adjusted_taxable_gifts:
            answer.need("taxable_gifts")
        cases.append(
            StateCase(
                law=law,
                share=shares[code],
                resident=code == home_of(facts),
                readings={form: reading(law, form, matter) for form in estate.shares},
                figures=StateFigures(
                    taxable_estate=given(ZERO, "taxable estate"),
                    adjusted_taxable_gifts=given(adjusted, "adjusted taxable gifts"),
                    addback_gifts=given(
                        gifts_brought_back(law.gifts, code, gifts_in_life(facts), day), "taxable_gifts"
                    ),
                    share=given(shares[code], "part of the estate"),
                    dsue=given(_dsue(facts, law, answer), "left unused by an earlier spouse"),
                    gift_tax_paid=given(facts.state_gift_tax_paid or ZERO, "state_gift_tax_paid"),
                    inheritance_tax=given(
                        inheritance_tax if law.credits_inheritance_tax else ZERO, "inheritance tax of the heirs"
                    ),
                    business_property=given(facts.business_property or ZERO, "business_property"),
                    resident=code == home_of(facts),
                    nonresident_noncitizen=facts.nonresident_decedent,
                ),
            )
        )
    return cases


def home_of(facts: StateEstateTaxInput) -> str | None:
    """Return the state of domicile; a decedent domiciled abroad has none."""
    return None if facts.decedent_domicile == "foreign" else facts.at_home


def gifts_in_life(facts: StateEstateTaxInput) -> list[GiftInLife]:
    """Return the taxable gifts stated by day; where nothing else is said the donor was at home as at the death."""
    return [
        GiftInLife(gift.date, gift.amount, gift.made_as_resident_of or home_of(facts))
        for gift in facts.taxable_gifts or ()
    ]


def adjusted_gifts(facts: StateEstateTaxInput) -> Decimal:
    """Return the adjusted taxable gifts: as stated, else the sum of the gifts by day, USD."""
    if facts.adjusted_taxable_gifts is not None:
        return facts.adjusted_taxable_gifts
    return sum((gift.amount for gift in facts.taxable_gifts or ()), ZERO)


def _dsue(facts: StateEstateTaxInput, law: StateLaw, answer: Answer) -> Decimal:
    if facts.state_dsue is not None:
        return facts.state_dsue
    if law.portable and facts.dsue:
        answer.warn(
            "state_dsue_taken_as_federal",
            f"The unused exclusion for {law.name} is taken as the federal one; the state counts its own.",
            *law.exclusion_citations,
        )
        return facts.dsue
    return ZERO


def _shares(
    facts: StateEstateTaxInput, laws: Mapping[str, StateLaw | None], estate: EstateAtHand, day: date, answer: Answer
) -> dict[str, Decimal]:
    """Return the part of the estate that each state may tax; STA-08."""
    situated = [Holding(code, value) for code, value in facts.situated.items()]
    if facts.property_abroad:
        situated.append(Holding(None, facts.property_abroad))
    if facts.state_share is not None:
        return {code: facts.state_share for code, law in laws.items() if law is not None and code == facts.state}
    home = home_of(facts)
    if not situated:
        if home is None:
            answer.need("property_in_states")
        return {code: WHOLE for code, law in laws.items() if law is not None and code == home}
    if estate.gross is None:
        answer.need("gross_estate")
        return {}
    if sum((holding.value for holding in situated), ZERO) > estate.gross:
        raise InputError([f"property_in_states: is more than the gross estate, expected at most {estate.gross:f}"])
    return shares_of(laws, estate.gross, situated, home, _gifts_shared(facts, laws, day))


def _gifts_shared(facts: StateEstateTaxInput, laws: Mapping[str, StateLaw | None], day: date) -> list[Holding]:
    """Return the gifts that a state brings back and counts in its fraction, by where they lay."""
    counting_gifts = [law for law in laws.values() if law is not None and law.sharing.with_gifts]
    stated = zip(facts.taxable_gifts or (), gifts_in_life(facts), strict=True)
    return [
        Holding(told.situated_in or gift.resident_of, gift.amount)
        for told, gift in stated
        if any(brought_back(law.gifts, law.code, gift, day) for law in counting_gifts)
    ]


def settle(cases: list[StateCase], estate: EstateAtHand, counts: Mapping[str, Mapping[SpouseForm, bool]]) -> Settled:
    """Return the state taxes once they no longer move. STA-09: what they take may shrink the spouse's own share.

    `counts` says for each state which forms are deducted. Each round takes the
    tax of the round before from the estate; a tax that grows with the base is
    approached from below.
    """

    def after(borne: Decimal) -> tuple[dict[str, Decimal], dict[str, Decimal], dict[SpouseForm, Decimal]]:
        shares = estate.shares_after(borne)
        taxes, taxable = {}, {}
        for case in cases:
            code = case.law.code
            counted = sum((amount for form, amount in shares.items() if counts[code][form]), ZERO)
            taxable[code] = case.taxable(estate, shares, counted)
            taxes[code] = state_tax(case.law, case.estate(taxable[code]))
        return taxes, taxable, shares

    total, rounds = settled_tax(lambda borne: sum(after(borne)[0].values(), ZERO))
    return Settled(*after(total), rounds)


def counting(cases: list[StateCase], outcomes: frozenset[str]) -> dict[str, dict[SpouseForm, bool]]:
    """Return for each state which forms of the spouse's share have one of these outcomes."""
    return {case.law.code: {form: found.outcome in outcomes for form, found in case.readings.items()} for case in cases}
