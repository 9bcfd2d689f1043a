"""State death taxes at both deaths: which states may tax, on what, and what they allow the spouse. IRC 2058.

The state of the domicile taxes everything but land elsewhere; a state where land
lies taxes that part. The shares are those at the first death, before gifts. After
it the survivor is taken to stay at home and to hold what both had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from planning.engine.facts import Person
from planning.engine.holdings import Holdings, Land
from planning.engine.projection.ground import Ground
from planning.engine.projection.heirs import (
    HeirsBear,
    Taken,
    TaxedHeirs,
    heirs_at_second_death,
    taxed_heirs,
    write_heirs_of_first_death,
    write_heirs_of_second_death,
)
from planning.engine.projection.state import Pots
from planning.engine.rules.s2056_marital_deduction import MaritalStatus, MaritalTreatment
from planning.engine.rules.state_estate_tax import (
    Holding,
    StateEstate,
    StateFigures,
    shares_of,
    state_tax,
    write_state_estate_tax,
)
from planning.engine.rules.state_noncitizen_spouse import Matter, SpouseForm, reading
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, to_cents, total

# The tax that falls on a deducted share lowers the deduction and so moves the tax again, each time far less.
SETTLED = Decimal("0.005")
CITIZENS = (MaritalStatus.FULL_CITIZEN, MaritalStatus.TREAT_AS_CITIZEN_D4)
FOUR_PLACES = Decimal("0.0001")
NO_LIMIT = Decimal(10) ** 15
NO_TAXES: Mapping[str, Decimal] = {}


class Reach(NamedTuple):
    """Where an estate lies: the state of the home, all property, and the real property by place; USD."""

    home: str
    whole: Decimal
    situated: tuple[Holding, ...]


def reach(person: Person, land: Sequence[tuple[Land, Decimal]], whole: Decimal) -> Reach | None:
    """Return where the estate of `person` lies; None where the state of domicile is not known.

    Land in the United States whose state is not known counts at home.
    """
    home = person.domicile_state
    if home is None:
        return None
    situated = [
        Holding(None if piece.country not in (None, "US") else piece.state or home, amount) for piece, amount in land
    ]
    return Reach(home, whole, tuple(situated))


def reach_at_first_death(person: Person, start: Holdings) -> Reach | None:
    """Return where the first decedent's estate lies."""
    return reach(person, [(piece, piece.decedent.amount) for piece in start.land], start.decedent.amount)


def reach_at_second_death(person: Person, start: Holdings) -> Reach | None:
    """Return where the survivor's estate lies: all that both have today."""
    land = [
        (piece, piece.decedent.amount + (piece.survivor.amount if piece.survivor is not None else ZERO))
        for piece in start.land
    ]
    return reach(person, land, start.decedent.amount + start.survivor.amount)


def _states_in_reach(ground: Ground, found: Reach, year: int) -> list[tuple[StateLaw, Decimal, bool]]:
    """Return each state with an estate tax in `year`, its part of the estate, and whether it is the home."""
    codes = dict.fromkeys([found.home, *(place.state for place in found.situated if place.state is not None)])
    laws = {code: ground.state_law(code, year) for code in codes}
    shares = shares_of(laws, found.whole, found.situated, found.home)
    return [(law, shares[code], code == found.home) for code, law in laws.items() if law is not None and shares[code]]


@dataclass(frozen=True, slots=True)
class StateDeduction:
    """Whether a state lets the spouse's share be deducted, in words.

    `open`: the state's answer is not settled; `sure`: a primary source, or the firm, settles what was taken.
    """

    allowed: bool
    open: bool
    sure: bool
    words: str
    citations: tuple[str, ...]
    question: str = ""


NOBODY = StateDeduction(allowed=False, open=False, sure=True, words="no spouse survives", citations=())


def spouses_share(
    law: StateLaw, *, treatment: MaritalTreatment, federal_return: bool, accept_open: bool
) -> StateDeduction:
    """Return whether the state lets the spouse's share be deducted in the form that `treatment` says.

    A deduction is never assumed where it is not settled that the state accepts a
    QDOT of its own, unless `accept_open` says so. Where the state knows a marital
    property that asks for no citizenship, that is elected.
    """
    in_qdot = treatment.status is MaritalStatus.QDOT
    matter = Matter(
        spouse_counts_as_citizen=treatment.status in CITIZENS,
        federal_return_required=federal_return,
        federal_election=in_qdot and federal_return,
        state_election=True,
        confirmed=True if accept_open else None,
        revival=None,
    )
    forms: tuple[SpouseForm, ...] = ("qdot", "special_marital_property") if in_qdot else ("outright",)
    readings = [reading(law, form, matter) for form in forms]
    found = next((one for one in readings if one.outcome == "deducted"), readings[0])
    sure = found.sureness in ("verified", "entered_by_firm")
    return StateDeduction(
        allowed=found.outcome == "deducted",
        open=found.outcome == "open",
        sure=sure,
        words=found.reason if sure else f"{found.reason} ({found.sureness.upper()})",
        citations=found.citations,
        question=found.question,
    )


@dataclass(frozen=True, slots=True)
class Taxing:
    """A state with a tax in the year of the death, its share, and what it does with the spouse's share."""

    law: StateLaw
    share: Decimal
    resident: bool
    deduction: StateDeduction

    def tax(
        self,
        net: Decimal,
        deductible: Decimal,
        gifts: Decimal,
        dsue: Decimal = ZERO,
        inheritance: Mapping[str, Decimal] = NO_TAXES,
    ) -> Decimal:
        """Return the state's estate tax, exact USD, on `net` less what it lets deduct of `deductible`.

        `inheritance` is the inheritance tax by state: Maryland credits its own.
        """
        base = net - deductible if self.deduction.allowed else net
        heirs = inheritance.get(self.law.code, ZERO)
        # By position: worked out for every year of every path.
        return state_tax(
            self.law, StateEstate(max(ZERO, base), gifts, ZERO, self.share, dsue, ZERO, heirs, ZERO, self.resident)
        )

    def write(
        self,
        sheet: Worksheet,
        taxable: Figure,
        gifts: Figure,
        dsue: Figure | None = None,
        inheritance: Mapping[str, Decimal] = NO_TAXES,
    ) -> Figure:
        """Write the state's tax on its taxable estate and return it, USD in cents."""
        part = given(self.share, "all of it" if self.share == 1 else f"{plain(self.share.quantize(FOUR_PLACES))} of it")
        figures = StateFigures(
            taxable_estate=taxable,
            adjusted_taxable_gifts=gifts,
            share=Figure(self.share, part.how),
            dsue=dsue or given(ZERO, "none"),
            inheritance_tax=given(inheritance.get(self.law.code, ZERO), f"inheritance tax of {self.law.name}"),
            resident=self.resident,
        )
        return write_state_estate_tax(sheet, self.law, figures)


@dataclass(slots=True)
class StateTaxes:
    """The state taxes of one estate; `tax` refers to its line. `borne_by_deducted` is what falls on the spouse's
    deducted share because nothing taxed is left to pay it; `open` are states whose answer is not settled; `heirs`
    is the inheritance tax in it and who bears it."""

    tax: Figure
    borne_by_deducted: Decimal = ZERO
    open: list[Taxing] = field(default_factory=list)
    heirs: HeirsBear = field(default_factory=HeirsBear)


def heirs_in_reach(ground: Ground, found: Reach, year: int) -> list[TaxedHeirs] | None:
    """Return the states that tax the assumed heirs in `year`; None where that turns on who and how many they are."""
    return taxed_heirs(ground, found.home, found.whole, found.situated, year)


def taxing_at_second_death(ground: Ground, found: Reach, year: int) -> list[Taxing]:
    """Return the states that would tax the survivor's estate in `year`; no spouse is left to deduct for."""
    return [Taxing(law, share, at_home, NOBODY) for law, share, at_home in _states_in_reach(ground, found, year)]


def taxing_states(
    ground: Ground,
    found: Reach,
    year: int,
    *,
    treatment: MaritalTreatment,
    federal_return: bool,
    accept_open: bool,
) -> list[Taxing]:
    """Return the states that have an estate tax in `year`, with their answer on the spouse's share."""
    taxing: list[Taxing] = []
    for law, share, at_home in _states_in_reach(ground, found, year):
        deduction = spouses_share(law, treatment=treatment, federal_return=federal_return, accept_open=accept_open)
        taxing.append(Taxing(law, share, at_home, deduction))
    return taxing


def settle_first_death(
    taxing: Sequence[Taxing],
    *,
    net: Decimal,
    deducted: Decimal,
    taxed_shares: Decimal,
    gifts: Decimal,
    heirs: HeirsBear,
) -> tuple[Decimal, Decimal]:
    """Return the states' estate taxes together and what of all their taxes falls on the deducted share, USD.

    Whoever takes bears the inheritance tax. Of estate taxes the taxed shares pay
    first; what is left over comes out of the share the states let deduct, which
    lowers that deduction: worked out again until it settles.
    """
    borne, inheritance = ZERO, heirs.by_state
    left = taxed_shares - heirs.others - heirs.bypass
    while True:
        together = sum(
            (to_cents(state.tax(net, deducted - borne, gifts, inheritance=inheritance)) for state in taxing), ZERO
        )
        now = min(deducted, heirs.qdot + max(ZERO, together - left))
        if abs(now - borne) <= SETTLED:
            return together, now
        borne = now


def write_first_death(
    sheet: Worksheet,
    taxing: Sequence[Taxing],
    *,
    net: Figure,
    deducted: Figure,
    taxed_shares: Decimal,
    gifts: Figure,
    heirs: Sequence[TaxedHeirs] = (),
    taken: Taken | None = None,
) -> StateTaxes:
    """Write each state's taxes on the first estate and their sum, USD in cents.

    `net` is the estate after debts and expenses, `deducted` what goes to the
    spouse in a form the federal return deducts or would, `taxed_shares` what
    else there is to pay from; `heirs` are taxed on what they take of `taken`.
    """
    bear = HeirsBear() if taken is None else write_heirs_of_first_death(sheet, heirs, taken)
    _together, borne = settle_first_death(
        taxing, net=net.amount, deducted=deducted.amount, taxed_shares=taxed_shares, gifts=gifts.amount, heirs=bear
    )
    kept = deducted
    if borne:
        kept = deducted - given(borne, "state tax that falls on it")
    taxes = [given(tax, f"inheritance tax of {code}") for code, tax in bear.by_state.items()]
    for state in taxing:
        taxable = net
        if state.deduction.allowed and kept.amount:
            allowed = sheet.write(
                f"Spouse's share deducted by {state.law.name}",
                Figure(kept.amount, f"{kept.how}: {state.deduction.words}"),
                *state.deduction.citations,
                status=None if state.deduction.sure else "assumed",
            )
            taxable = sheet.write(f"Taxable estate of {state.law.name}", net - allowed, *state.law.citations)
        elif kept.amount:
            sheet.write(
                f"Spouse's share deducted by {state.law.name}",
                given(ZERO, state.deduction.words),
                *state.deduction.citations,
                status=None if state.deduction.sure else "assumed",
            )
        taxes.append(state.write(sheet, taxable, gifts, inheritance=bear.by_state))
    tax = sheet.write("State death taxes", total(taxes, "no state taxes this estate"), "IRC 2058(a)", kind="result")
    return StateTaxes(tax, borne, [state for state in taxing if state.deduction.open], bear)


def state_dsue(
    taxing: Sequence[Taxing], *, net: Decimal, deducted: Decimal, treatment: MaritalTreatment
) -> dict[str, Decimal]:
    """Return the exclusion each state lets a citizen survivor carry over, USD, by state: Hawaii and Maryland."""
    if treatment.status not in CITIZENS:
        return {}
    return {state.law.code: max(ZERO, state.law.exclusion - (net - deducted)) for state in taxing if state.law.portable}


def state_exclusion_left(ground: Ground, found: Reach, year: int, others: Figure, gifts: Figure) -> Figure:
    """Return what the state of domicile leaves untaxed beside `others` and `gifts`, USD; without a tax, everything."""
    law = ground.state_law(found.home, year)
    if law is None:
        return given(NO_LIMIT, "no limit set by a state")
    words = f"what {law.name} leaves untaxed in {year}"
    return at_least_zero(given(law.exclusion, words) - others - gifts)


@dataclass(slots=True)
class SecondStateTaxes:
    """The state taxes of the survivor's estate, USD lines; `on_qdot` is what there is only because of the QDOT."""

    tax: Figure
    on_qdot: Figure


def state_taxes_as_numbers(
    taxing: Sequence[Taxing],
    *,
    own: Decimal,
    qdot: Decimal,
    gifts: Decimal,
    dsue: Mapping[str, Decimal],
    heirs: Sequence[TaxedHeirs] = (),
    insurance: Decimal = ZERO,
) -> tuple[Decimal, Decimal]:
    """Return the states' taxes of the survivor's estate and the part due to the QDOT, USD in cents.

    `heirs` take everything; they are not taxed on the `insurance` on the survivor's life that is in `own`.
    """
    inherited, own_inherited = heirs_at_second_death(heirs, own=own, qdot=qdot, insurance=insurance)
    together, without = sum(inherited.values(), ZERO), sum(own_inherited.values(), ZERO)
    for state in taxing:
        unused = dsue.get(state.law.code, ZERO)
        tax = to_cents(state.tax(own + qdot, ZERO, gifts, unused, inherited))
        together += tax
        if qdot and (tax or heirs):
            without += to_cents(state.tax(own, ZERO, gifts, unused, own_inherited))
    return together, together - without if qdot else ZERO


def write_second_death(
    sheet: Worksheet,
    taxing: Sequence[Taxing],
    *,
    own: Figure,
    qdot: Figure,
    gifts: Figure,
    dsue: Mapping[str, Decimal],
    heirs: Sequence[TaxedHeirs] = (),
    insurance: Decimal = ZERO,
) -> SecondStateTaxes:
    """Write each state's taxes on the survivor's estate, their sum, and what the QDOT adds; USD in cents.

    The states read the federal estate, so the trust counts where 2044 or 2041 includes it.
    """
    inherited, _own_inherited = heirs_at_second_death(heirs, own=own.amount, qdot=qdot.amount, insurance=insurance)
    own = sheet.write("The survivor's own property", own, "IRC 2033", kind="subtotal")
    taxes = write_heirs_of_second_death(sheet, heirs, own=own, qdot=qdot, insurance=insurance)
    taxable = own
    if qdot.amount:
        taxable = sheet.write("Estate with the QDOT", taxable + qdot, "IRC 2041(a)(2)", "IRC 2044", kind="subtotal")
    for state in taxing:
        unused = dsue.get(state.law.code, ZERO)
        carried = given(unused, "left unused by the first decedent") if unused else None
        taxes.append(state.write(sheet, taxable, gifts, carried, inherited))
    tax = sheet.write("State death taxes", total(taxes, "no state taxes this estate"), "IRC 2058(a)", kind="result")
    _together, part = state_taxes_as_numbers(
        taxing, own=own.amount, qdot=qdot.amount, gifts=gifts.amount, dsue=dsue, heirs=heirs, insurance=insurance
    )
    on_qdot = given(part, "none of it")
    if part:
        words = f"{tax.how} less the same taxes without the QDOT"
        on_qdot = sheet.write("Of it, because of the QDOT", given(part, words), "IRC 2056A(b)(10)(A)")
    return SecondStateTaxes(tax, on_qdot)


def qdot_amount_taxed(pots: Pots, states: SecondStateTaxes | None) -> Figure:
    """Return what the 2056A tax at the survivor's death is on: the QDOT less its state death tax. 2056A(b)(10)(A)."""
    if states is None or not states.on_qdot.amount:
        return pots.qdot
    return pots.qdot - states.on_qdot
