"""Which treaty, if any, gives an estate relief for the spouse in the place of a QDOT, and what that leaves of the tax.

The estate takes a treaty's relief or a QDOT for the property, never both
(P.L. 101-239 sec. 7815(d)(14); Treas. Reg. 20.2056A-1(c)). A relief that the
executor elects gives up the marital deduction for good. The return names the
treaty in a statement with the computation. Nothing is applied unasked: each
relief carries its conditions, how they stand, and what of them was not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from planning.engine.law import Law
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.treaties import CHOICE
from planning.engine.rules.treaty_conditions import DecedentStatus, Party, Tested, may_apply, tested
from planning.engine.rules.treaty_half_rule import held_to_floor, left_out, tax_if_domiciled_here, write_held_to_floor
from planning.engine.rules.treaty_half_rule import write_left_out as write_half
from planning.engine.rules.treaty_marital_credit import marital_credit, write_marital_credit
from planning.engine.rules.treaty_marital_deduction import limited_deduction, write_limited_deduction
from planning.engine.rules.treaty_with_the_uk import spouse_deduction, write_capped, write_spouse_deduction
from planning.engine.treaties import MaritalRelief, Treaty, TreatyBook
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, to_cents

# credit and deduction are elected in the place of a QDOT; half_rule and as_domiciled are of decedents abroad alone.
Way = Literal["credit", "deduction", "half_rule", "as_domiciled"]
WAIVER = (
    "The executor elects the treaty's relief and gives up the marital deduction, a QDOT with it, for good, by the "
    "last day on which a QDOT could be elected."
)
DISCLOSURE = "The return carries a statement that names the treaty and shows the computation."


@dataclass(frozen=True, slots=True)
class TreatyRelief:
    """One relief of one treaty for an estate, with its conditions.

    `open`: yes, no, or None where a fact is missing. `unverified` are the words
    of what was not read in the treaty's text; empty: all of it was.
    """

    treaty: Treaty
    way: Way
    article: str
    conditions: tuple[Tested, ...]
    open: bool | None
    unverified: tuple[str, ...]

    @property
    def waives_qdot(self) -> bool:
        """Whether the executor elects it and gives up the marital deduction and the QDOT."""
        return self.way in ("credit", "deduction")


class TaxedEstate(NamedTuple):
    """The estate with nothing deducted for the spouse; USD figures.

    `base` is that estate, `tax` the tax on it after every credit. `to_spouse` is
    what of the taxable estate passes to the spouse and would be deducted if the
    spouse were a citizen. `unified_credit` is that of the estate before gifts
    cut it: of a citizen or resident in full, of a decedent abroad what
    `write_before_gifts` gives. `worldwide_estate` is asked of decedents abroad.
    """

    base: QdotBase
    tax: Figure
    taxable_estate: Figure
    to_spouse: Figure
    unified_credit: Figure
    worldwide_estate: Figure | None = None


def matching_treaties(book: TreatyBook, *parties: Party) -> tuple[Treaty, ...]:
    """Return the treaties with countries that one of the persons has to do with, in the order of the book."""
    countries = {country for party in parties for country in party.countries}
    return tuple(treaty for code, treaty in book.treaties.items() if code in countries)


def treaty_relief(
    book: TreatyBook,
    *,
    status: DecedentStatus,
    decedent: Party,
    survivor: Party,
    on: date,
    elected: bool | None = None,
) -> TreatyRelief | None:
    """Return the relief that fits best in the place of a QDOT, None where no treaty has one that is not ruled out.

    Of several: one whose conditions are all met, then one whose text was read
    more, in the order of `reliefs_of`. `on` is the day of death; `elected`
    whether the executor elects, None: may still.
    """
    found = [
        relief
        for treaty in matching_treaties(book, decedent, survivor)
        for relief in reliefs_of(treaty, status=status, decedent=decedent, survivor=survivor, on=on, elected=elected)
        if relief.open is not False
    ]
    return min(found, key=lambda relief: (relief.open is None, len(relief.unverified)), default=None)


def reliefs_of(
    treaty: Treaty,
    *,
    status: DecedentStatus,
    decedent: Party,
    survivor: Party,
    on: date,
    elected: bool | None = None,
) -> tuple[TreatyRelief, ...]:
    """Return every relief for the spouse that the treaty knows for such an estate, the elected one first."""
    found: list[TreatyRelief] = []
    marital = treaty.marital_on(on)
    if marital is not None:
        conditions = tested(marital, treaty, status=status, decedent=decedent, survivor=survivor, elected=elected)
        found.append(
            TreatyRelief(treaty, marital.kind, marital.article, conditions, may_apply(conditions), _unread(marital))
        )
    if status != "neither":
        return tuple(found)
    lives_there = decedent.at_home_in(treaty, treaty.code)
    half = treaty.half_rule
    if half is not None:
        unread = () if half.verified else (f"{half.article}: the rule itself",)
        floor = (f"{half.article}: against which tax its floor is measured",) if half.floor else ()
        found.append(TreatyRelief(treaty, "half_rule", half.article, (), lives_there, unread + floor))
    as_domiciled = treaty.spouse_as_domiciled
    if as_domiciled is not None:
        # A national of the country has it too, wherever at home outside the United States.
        national = decedent.citizen_of(treaty.code)
        known = True if lives_there or national else None if None in (lives_there, national) else False
        unread = () if as_domiciled.verified else (f"{as_domiciled.article}: the article itself",)
        found.append(TreatyRelief(treaty, "as_domiciled", as_domiciled.article, (), known, unread))
    return tuple(found)


def _unread(marital: MaritalRelief) -> tuple[str, ...]:
    return tuple(condition.words for condition in marital.conditions if not condition.verified)


def treaty_deduction(relief: TreatyRelief, to_spouse: Decimal, law: Law) -> Decimal:
    """Return what the relief takes off the taxable estate, USD; nothing for a credit."""
    if relief.way == "deduction":
        return limited_deduction(to_spouse=to_spouse, exclusion=law.basic_exclusion_amount)
    if relief.way == "half_rule":
        return left_out(to_spouse)
    return spouse_deduction(to_spouse) if relief.way == "as_domiciled" else ZERO


def tax_caused(base: QdotBase, to_spouse: Decimal) -> Decimal:
    """Return the tax before credits on the estate less that without the spouse's property, USD."""
    total = base.taxable_estate + base.adjusted_taxable_gifts
    return base.rate_table.tax(total) - base.rate_table.tax(total - to_spouse)


def relief_of_tax(relief: TreatyRelief, estate: TaxedEstate, law: Law) -> Decimal:
    """Return how much less tax there is with the relief, USD in cents; never more than the tax, never below zero."""
    tax, to_spouse = estate.tax.amount, estate.to_spouse.amount
    if relief.way == "credit":
        credit = marital_credit(
            unified_credit=estate.unified_credit.amount, tax_caused=tax_caused(estate.base, to_spouse)
        )
        return to_cents(min(tax, credit))
    left = estate.base.net_tax(-treaty_deduction(relief, to_spouse, law))
    if estate.worldwide_estate is not None and relief.way in ("half_rule", "as_domiciled"):
        as_if = tax_if_domiciled_here(estate.worldwide_estate.amount, law)
        if relief.way == "as_domiciled":
            left = min(left, as_if)
        elif relief.treaty.half_rule is not None and relief.treaty.half_rule.floor:
            left = held_to_floor(tax=left, without=tax, floor=as_if)
    return max(ZERO, to_cents(tax) - to_cents(left))


def write_treaty_relief(sheet: Worksheet, relief: TreatyRelief, estate: TaxedEstate, law: Law) -> Figure:
    """Write the relief and return the tax that is left, USD in cents: `estate.tax` less `relief_of_tax`.

    Lines that rest on a text not read are marked as assumed.
    """
    if relief.way == "credit":
        caused = Figure(
            tax_caused(estate.base, estate.to_spouse.amount),
            "tax before credits on the taxable estate and gifts, less that without the spouse's property",
        )
        left = write_marital_credit(
            sheet, relief.article, tax=estate.tax, unified_credit=estate.unified_credit, tax_caused=caused
        )
        return _result(sheet, relief, left)
    if relief.way == "deduction":
        deduction = write_limited_deduction(sheet, relief.article, to_spouse=estate.to_spouse, law=law)
    elif relief.way == "half_rule":
        deduction = write_half(sheet, relief.article, estate.to_spouse)
    else:
        deduction = write_spouse_deduction(sheet, relief.article, estate.to_spouse)
    taxable = sheet.write(
        "Taxable estate with the treaty", at_least_zero(estate.taxable_estate - deduction), relief.article
    )
    left = sheet.write(
        "Estate tax on it",
        Figure(to_cents(estate.base.net_tax(-deduction.amount)), f"worked out like {estate.tax.how} on {taxable.how}"),
        relief.article,
    )
    if estate.worldwide_estate is not None:
        worldwide, rule = estate.worldwide_estate, relief.treaty.half_rule
        if relief.way == "as_domiciled":
            left = write_capped(sheet, relief.article, tax=left, worldwide_estate=worldwide, law=law)
        elif relief.way == "half_rule" and rule is not None and rule.floor:
            left = write_held_to_floor(
                sheet, relief.article, tax=left, without=estate.tax, worldwide_estate=worldwide, law=law
            )
    return _result(sheet, relief, left)


def _result(sheet: Worksheet, relief: TreatyRelief, left: Figure) -> Figure:
    return sheet.write(
        f"Estate tax under the treaty with {relief.treaty.called}",
        left,
        relief.article,
        *(CHOICE if relief.waives_qdot else ()),
        kind="result",
        status="assumed" if relief.unverified else None,
    )
