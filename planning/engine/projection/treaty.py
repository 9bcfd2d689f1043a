"""A treaty's relief in the place of a QDOT, for the first estate of a citizen or resident.

All goes to the spouse outright; the executor elects the treaty's credit or
limited deduction and gives the QDOT up. What is not relieved is taxed at once;
what the spouse has is taxed again in the spouse's own estate.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.facts import Couple, Person, Spouse, is_us_citizen
from planning.engine.holdings import other
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law
from planning.engine.results import Reason
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.treaties import CHOICE
from planning.engine.rules.treaty_conditions import Party, decedent_status
from planning.engine.rules.treaty_pro_rata_credit import prorates
from planning.engine.rules.treaty_relief import (
    DISCLOSURE,
    WAIVER,
    TaxedEstate,
    TreatyRelief,
    treaty_deduction,
    treaty_relief,
    write_treaty_relief,
)
from planning.engine.treaties import UNITED_STATES, TreatyBook
from planning.engine.worksheet import ZERO, Figure, Worksheet, given

ELECTED_IN_PLACE_OF_A_QDOT = ("credit", "deduction")


def party(person: Person) -> Party:
    """Return a spouse as the treaties see one: citizenships and the country of the home."""
    home = person.domicile_country
    if home is None and person.us_domicile:
        home = UNITED_STATES
    return Party(citizenships=person.citizenships, domicile=home)


def relief_for(book: TreatyBook | None, couple: Couple, decedent: Spouse, on: date) -> TreatyRelief | None:
    """Return the relief a treaty gives the first estate in the place of a QDOT, None where there is none.

    Estates under 2101 are not worked out here: their reliefs are other ones.
    """
    first, survivor = couple.person(decedent), couple.person(other(decedent))
    status = decedent_status(citizen=is_us_citizen(first), domiciled_here=first.us_domicile)
    if book is None or status is None or status == "neither" or is_us_citizen(survivor):
        return None
    found = treaty_relief(book, status=status, decedent=party(first), survivor=party(survivor), on=on)
    return found if found is not None and found.way in ELECTED_IN_PLACE_OF_A_QDOT else None


def treaty_prorates(book: TreatyBook | None, decedent: Person, on: date) -> bool:
    """Return whether the treaty of the decedent's home gives a share of the unified credit. IRC 2102(b)(3)(A)."""
    home = decedent.domicile_country
    return book is not None and home is not None and prorates(book.named(home), on)


def write_relieved_tax(
    sheet: Worksheet,
    relief: TreatyRelief,
    *,
    base: QdotBase,
    tax: Figure,
    taxable_estate: Figure,
    to_spouse: Figure,
    law: Law,
) -> tuple[Figure, Decimal]:
    """Write the relief; return the tax left (USD in cents) and what the relief takes off the taxable estate (USD)."""
    # Whether DSUE counts in the treaty's measure is not clear; the basic exclusion alone is the smaller reading.
    basic = law[BASIC_EXCLUSION_AMOUNT]
    estate = TaxedEstate(
        base=base,
        tax=tax,
        taxable_estate=taxable_estate,
        to_spouse=to_spouse,
        unified_credit=given(law.rate_table.credit_for(basic.amount), f"credit of the {basic.label.lower()}"),
    )
    left = write_treaty_relief(sheet, relief, estate, law)
    return left, treaty_deduction(relief, to_spouse.amount, law) if relief.way == "deduction" else ZERO


def closed(relief: TreatyRelief | None) -> Reason | None:
    """Return why the treaty strategy is not open, None where it is."""
    if relief is not None:
        return None
    return Reason(
        "no_treaty_relief",
        "No estate tax treaty is known to give this first estate a relief for the spouse in place of a QDOT",
        ("Treas. Reg. 20.2056A-1(c)",),
    )


def open_facts(relief: TreatyRelief, couple: Couple) -> list[str]:
    """Return the facts that keep open whether the treaty applies."""
    if relief.open is not None:
        return []
    found = []
    for spouse in ("a", "b"):
        person = couple.person("a" if spouse == "a" else "b")
        if party(person).domicile is None:
            found.append(f"{spouse}.domicile_country")
        if person.citizenships is None:
            found.append(f"{spouse}.citizenships")
    return found


def reasons(relief: TreatyRelief) -> list[Reason]:
    """Return what the treaty gives, what it takes, and which of its conditions an attorney must confirm."""
    gives = (
        "a marital credit beside the unified credit"
        if relief.way == "credit"
        else "a deduction for the spouse up to the exclusion of the year of death"
    )
    found = [
        Reason("treaty_relief", f"The treaty with {relief.treaty.called} gives {gives}", (relief.article,)),
        Reason("treaty_in_place_of_qdot", WAIVER, CHOICE),
        Reason("treaty_disclosure", DISCLOSURE, ("Form 706 instructions, schedule P", "IRC 6114")),
    ]
    words = {"met": "met", "not_met": "not met", "unknown": "not known", "to_do": "to be done"}
    found += [
        Reason(
            "treaty_condition",
            f"{tested.condition.words}: {words[tested.state]}"
            + ("" if tested.condition.verified else " (not verified in the treaty's text)"),
            (relief.article,),
        )
        for tested in relief.conditions
    ]
    return found
