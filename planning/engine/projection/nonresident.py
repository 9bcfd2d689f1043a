"""The first death of a spouse who is neither a citizen nor domiciled in the United States.

Only property situated here is taxed, after a credit of 13,000; only that
property needs a QDOT, so only that goes into one. IRC 2101-2106.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import Person, is_us_citizen
from planning.engine.law import Law
from planning.engine.projection.bypass import held_by_bypass
from planning.engine.projection.state import FirstDeath
from planning.engine.rules.s2056_marital_deduction import MaritalTreatment
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase
from planning.engine.rules.s2101_nonresident import NONRESIDENT_CREDIT, nonresident_estate_tax
from planning.engine.rules.treaty_pro_rata_credit import treaty_credit
from planning.engine.strategies.catalogue import Strategy
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of

HUNDRED = Decimal(100)


def is_nonresident_noncitizen(person: Person) -> bool:
    """Whether IRC 2101 governs the estate of `person`: no citizen, and domiciled abroad as the firm concluded."""
    return is_us_citizen(person) is not True and person.us_domicile is False


def first_death_of_nonresident(
    sheet: Worksheet,
    *,
    net: Figure,
    situated_here: Figure,
    percent_to_spouse: Figure,
    gifts: Figure,
    strategy: Strategy,
    bypass_percent: Decimal,
    treatment: MaritalTreatment,
    law: Law,
    prorated: bool = False,
) -> FirstDeath:
    """Write the estate and return what goes where; USD.

    `net` is the whole estate after debts, `situated_here` its US-situs part,
    `percent_to_spouse` 0 to 100, `gifts` the adjusted taxable gifts of
    US-situs property, `bypass_percent` the part of its room that a bypass trust takes.
    `prorated`: a treaty gives a share of the credit of a resident, and the attorney has
    confirmed it (2102(b)(3)).
    """
    zero = given(ZERO, "none in this strategy")
    whole = percent_to_spouse.amount == HUNDRED
    here = sheet.write(
        "Of it, situated in the United States", smaller_of(situated_here, net), "IRC 2103", "IRC 2104", kind="subtotal"
    )
    to_spouse = sheet.write("Share that goes to the spouse", net if whole else _part(net, percent_to_spouse))
    others = sheet.write("Share that goes to others", net - to_spouse)
    here_to_spouse = sheet.write(
        "US-situs part of the spouse's share", here if whole else _part(here, percent_to_spouse), "IRC 2106(a)(3)"
    )
    here_to_others = here - here_to_spouse
    elsewhere = sheet.write("The spouse's share situated elsewhere", to_spouse - here_to_spouse, "IRC 2103")
    credit = treaty_credit(sheet, law, us_gross_estate=here, worldwide_gross_estate=net) if prorated else None
    amount = law[NONRESIDENT_CREDIT].amount if credit is None else credit.amount
    on_gifts = law.rate_table.tax(gifts.amount)
    bypass_room = bypass = zero
    if strategy.credit_shelter:
        sheltered = given(
            law.rate_table.amount_taxed_at(on_gifts + amount), f"what a credit of {plain(amount)} shelters"
        )
        room = at_least_zero(sheltered - gifts - here_to_others)
        bypass_room = sheet.write(
            "Bypass trust: what the credit shelters", smaller_of(room, here_to_spouse), "IRC 2102(b)(1)"
        )
        bypass = held_by_bypass(sheet, bypass_room, bypass_percent)
    rest = sheet.write("US-situs rest of the spouse's share", here_to_spouse - bypass)
    in_qdot = treatment.status == "QDOT"
    deduction = (
        Figure(rest.amount, f"{rest.how}: {treatment.reason}")
        if treatment.deductible
        else given(ZERO, treatment.reason)
    )
    marital = sheet.write("Marital deduction", deduction, "IRC 2106(a)(3)", *treatment.citations)
    taxable = sheet.write("Taxable estate", here - marital, "IRC 2106(a)", kind="subtotal")
    tax = nonresident_estate_tax(sheet, taxable_estate=taxable, adjusted_taxable_gifts=gifts, law=law, credit=credit)
    base = NonresidentQdotBase(
        taxable_estate=taxable.amount,
        adjusted_taxable_gifts=gifts.amount,
        # 2101(b)(2) takes the tax on the gifts alone off, and the credit stands in the place of the exclusion.
        gift_tax_payable=on_gifts,
        applicable_exclusion_amount=law.rate_table.amount_taxed_at(amount),
        rate_table=law.rate_table,
        year=law.year,
        credit=amount,
        other_credits=ZERO,
    )
    return FirstDeath(
        tax=tax,
        base=base,
        outright=elsewhere if in_qdot else elsewhere + rest,
        bypass=bypass,
        qdot=rest if in_qdot else zero,
        others=others,
        treatment=treatment,
        dsue=given(ZERO, "an estate under 2101 leaves no unused exclusion"),
        portable=ZERO,
        taxed_outright=zero if in_qdot else rest,
        bypass_room=bypass_room,
    )


def _part(figure: Figure, percent: Figure) -> Figure:
    return figure.percent(percent.amount, percent.how).cents()
