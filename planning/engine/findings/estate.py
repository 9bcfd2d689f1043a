"""The estate: its tax, what it includes, and how the spouses count."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import Asset, is_us_citizen
from planning.engine.findings.asking import Check, PlanFacts, Verdict, about_assets, check, fired, not_fired, undecided
from planning.engine.law import BASIC_EXCLUSION_AMOUNT
from planning.engine.readiness import SPOUSES

NEEDS_FIGURES = "The figures wait for missing facts"


@check(
    "EST-13",
    "Is federal estate tax due at the first death with nothing arranged?",
    severity="warn",
    form="Form 706 Part II",
)
def tax_with_nothing_arranged(facts: PlanFacts) -> Verdict:
    """Decide whether a QDOT is needed at all."""
    result = facts.result("outright")
    if result is None:
        return undecided(NEEDS_FIGURES)
    tax = result.figures["tax_at_first_death"]
    text = "Tax is due at the first death if nothing is arranged" if tax else "No federal tax is due at the first death"
    return Verdict(bool(tax), text, result.taxable_estate, result.exclusion_at_first_death)


@check("EST-02", "Is the taxable estate with earlier gifts above the exclusion of the year of death?", severity="warn")
def estate_above_exclusion(facts: PlanFacts) -> Verdict:
    """Compare the first estate with the exclusion."""
    result = facts.result("outright")
    gifts = facts.decedent.adjusted_taxable_gifts
    if result is None or result.first_estate is None or result.exclusion_at_first_death is None or gifts is None:
        return undecided(NEEDS_FIGURES)
    measured = result.first_estate + gifts
    above = measured > result.exclusion_at_first_death
    text = f"The first estate is {'above' if above else 'within'} the exclusion of {result.first_death_year}"
    return Verdict(above, text, measured, result.exclusion_at_first_death)


@check("EST-12", "Must Form 706 be filed at the first death?", severity="warn", form="Form 706")
def return_required(facts: PlanFacts) -> Verdict:
    """Compare the gross estate with the filing threshold of the year."""
    result = facts.result("outright")
    gifts = facts.decedent.adjusted_taxable_gifts
    if result is None or result.first_estate is None or result.exclusion_at_first_death is None or gifts is None:
        return undecided(NEEDS_FIGURES)
    threshold = result.exclusion_at_first_death - (facts.decedent.dsue_received or Decimal(0))
    measured = result.first_estate + gifts
    required = measured > threshold
    text = (
        "A return must be filed" if required else "No return must be filed; it may be, for portability or an election"
    )
    return Verdict(required, text, measured, threshold)


@check("EST-11", "Is the first decedent a noncitizen domiciled abroad?", severity="warn", form="Form 706-NA")
def nonresident_decedent(facts: PlanFacts) -> Verdict:
    """Decide which estate tax governs the first estate."""
    citizen = is_us_citizen(facts.decedent)
    if citizen:
        return not_fired(f"{facts.decedent.name} is a US citizen")
    if facts.decedent.us_domicile is None:
        return undecided(
            f"The domicile of {facts.decedent.name} is not concluded", f"{facts.assumptions.ranking_order}.us_domicile"
        )
    if facts.decedent.us_domicile:
        return not_fired(f"{facts.decedent.name} is domiciled in the United States")
    return fired("Only US-situs property is taxed, with a credit of 13,000 in the place of the exclusion")


@check(
    "EST-20",
    "Is the survivor no US citizen at the first death?",
    severity="stop",
    form="Form 706 Schedule M",
    questions=("Has a document of the survivor's citizenship been seen?",),
)
def survivor_not_citizen(facts: PlanFacts) -> Verdict:
    """Decide whether the marital deduction is denied for what passes outright."""
    citizen = facts.survivor_is_citizen
    if citizen is None:
        return undecided(
            f"The citizenship of {facts.survivor.name} is not confirmed; counted as not a citizen",
            f"{facts.survivor_slot}.citizenships",
        )
    if citizen:
        return not_fired(f"{facts.survivor.name} is a US citizen: the ordinary marital deduction is open")
    return fired(f"{facts.survivor.name} is not a US citizen: no deduction for what passes outright")


@check("EST-23", "Is property held with survivorship, so that contributions must be shown?", severity="warn")
def survivorship_property(facts: PlanFacts) -> Verdict:
    """Find property under the contribution rule."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: half is included whoever paid")
    return about_assets(
        facts,
        lambda asset: None if asset.title is None else asset.title == "joint_survivorship",
        yes="The whole is included but for what the survivor is shown to have paid",
        no="Nothing is held with survivorship",
        fact="title",
    )


@check("EST-66", "Is anything paid toward survivorship property without papers?", severity="warn")
def contribution_unproved(facts: PlanFacts) -> Verdict:
    """Find survivorship property whose payer is not shown."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: nothing has to be shown")

    def unproved(asset: Asset) -> bool | None:
        if asset.title is None:
            return None
        return asset.title == "joint_survivorship" and asset.contribution_a is None

    return about_assets(
        facts,
        unproved,
        yes="Who paid is not shown, so the whole counts",
        no="Contributions are stated wherever they count",
        fact="title",
    )


@check("EST-26", "Is the domicile of every noncitizen concluded by the firm?", severity="warn")
def domicile_concluded(facts: PlanFacts) -> Verdict:
    """Find noncitizens without a conclusion about domicile."""
    open_for = [
        slot
        for slot, person in (("a", facts.couple.a), ("b", facts.couple.b))
        if is_us_citizen(person) is not True and person.us_domicile is None
    ]
    if open_for:
        return undecided(
            "Domicile turns on presence and intent; the attorney concludes it", *(f"{s}.us_domicile" for s in open_for)
        )
    return not_fired("No conclusion about domicile is open")


@check(
    "EST-25",
    "Could an estate tax treaty stand in the place of a QDOT?",
    questions=("Which country's treaty, if any, governs, and does the estate choose it in place of a QDOT?",),
)
def treaty_choice(facts: PlanFacts) -> Verdict:
    """Ask about treaties: of every decedent where one gives relief to residents too, else of one domiciled abroad."""
    tax = facts.figure("treaty", "tax_at_first_death")
    if tax is not None:
        return fired(
            "A treaty gives a relief in place of a QDOT; it is worked out as an arrangement of its own, never both",
            tax,
            facts.figure("outright", "tax_at_first_death"),
        )
    if is_us_citizen(facts.decedent) or facts.decedent.us_domicile:
        return not_fired("No treaty is known to give a relief to this citizen or resident decedent")
    if facts.decedent.us_domicile is None:
        return undecided("Domicile is not concluded", f"{facts.assumptions.ranking_order}.us_domicile")
    return fired("A treaty may give a marital deduction or a larger credit: one or the QDOT, never both")


@check("EST-07", "Is a state estate or inheritance tax in reach?", severity="warn")
def state_tax(facts: PlanFacts) -> Verdict:
    """Look at the states' taxes with nothing arranged; undecided where the state of domicile is not known."""
    tax = facts.figure("outright", "state_tax")
    if tax is None:
        unknown = [slot for slot in SPOUSES if facts.couple.person(slot).domicile_state is None]
        return undecided(
            "The states' taxes are not worked out: the state of domicile is not known, or the home is abroad",
            *(f"{slot}.domicile_state" for slot in unknown),
        )
    if not tax:
        return not_fired("No state takes anything at either death with nothing arranged", tax, Decimal(0))
    return fired(
        "With nothing arranged the states take part at the deaths; the federal estate deducts it", tax, Decimal(0)
    )


@check("EST-08", "Is anything situated abroad, so that a foreign death tax may be credited?", form="Form 706-CE")
def foreign_property(facts: PlanFacts) -> Verdict:
    """Find property abroad."""
    return about_assets(
        facts,
        lambda asset: None if asset.country is None else asset.country != "US",
        yes="A foreign death tax on it may be credited, country by country",
        no="Nothing is situated abroad",
        fact="country",
    )


@check("EST-04", "Does the first decedent leave unused exclusion?", form="Form 706 Part 6")
def unused_exclusion_left(facts: PlanFacts) -> Verdict:
    """Measure what of the exclusion is left with citizenship in time."""
    result = facts.result("naturalization") if not facts.survivor_is_citizen else facts.result("outright")
    if result is None or result.taxable_estate is None or result.exclusion_at_first_death is None:
        return undecided("Not worked out for the way in which the deduction is open")
    left = result.exclusion_at_first_death - result.taxable_estate
    text = "Exclusion is left over; a timely return can pass it on" if left > 0 else "No exclusion is left over"
    return Verdict(left > 0, text, max(Decimal(0), left), Decimal(0))


@check(
    "EST-05",
    "Would a QDOT and portability be counted on together?",
    severity="warn",
    form="Form 706 Part 6 Section B",
)
def qdot_and_portability(facts: PlanFacts) -> Verdict:
    """Everything a QDOT pays out or leaves takes unused exclusion away."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: no QDOT")
    result = facts.result("qdot")
    if result is None or result.qdot_at_end is None:
        return undecided(NEEDS_FIGURES)
    return fired(
        "The unused exclusion stays preliminary until the QDOT's last taxable event, and shrinks by every dollar",
        result.qdot_at_end,
        result.exclusion_at_first_death,
    )


@check("EST-06", "Will the survivor be a noncitizen domiciled abroad at death?", severity="warn", form="Form 706-NA")
def survivor_abroad(facts: PlanFacts) -> Verdict:
    """A survivor under 2101 has no unused exclusion and no own one."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen")
    if facts.survivor.us_domicile is False or facts.assumptions.survivor_leaves_us:
        return fired(
            "No unused exclusion passes, and the survivor's US-situs property is taxed after a credit of 13,000: what a"
            " QDOT holds here bears its own tax and this one, what a bypass trust holds neither",
            facts.figure("qdot", "tax_at_second_death"),
        )
    if facts.survivor.us_domicile is None:
        return undecided("The survivor's domicile is not concluded", f"{facts.survivor_slot}.us_domicile")
    return not_fired("The survivor is taken to stay in the United States")


@check("EST-10", "Does tax come back as a credit in the survivor's estate?")
def credit_in_survivors_estate(facts: PlanFacts) -> Verdict:
    """Tax at the first death and QDOT tax are credited without fading."""
    result = facts.result("outright") if not facts.survivor_is_citizen else None
    if facts.survivor_is_citizen:
        return not_fired("The deduction is not denied")
    if result is None:
        return undecided(NEEDS_FIGURES)
    tax = result.figures["tax_at_first_death"]
    text = "The tax of the first death is credited in the survivor's estate, without time limit"
    return Verdict(bool(tax), text if tax else "No tax is paid that could be credited", tax, Decimal(0))


@check("EST-01", "Which rate does the next dollar of the first estate bear?")
def marginal_rate(facts: PlanFacts) -> Verdict:
    """Name the rate of the bracket the first estate ends in."""
    result = facts.result("outright")
    if result is None or result.taxable_estate is None:
        return undecided(NEEDS_FIGURES)
    rate = facts.law.rate_table.bracket(result.taxable_estate).rate
    return Verdict(
        rate == facts.law.rate_table.top_rate,
        f"The estate ends in the bracket of {rate}%",
        f"{rate}%",
        f"{facts.law.rate_table.top_rate}%",
    )


@check("GFT-37", "Is use of the exclusion pressed by a date in the law?")
def no_sunset(facts: PlanFacts) -> Verdict:
    """The exclusion is permanent and indexed since 2026."""
    basic = facts.law[BASIC_EXCLUSION_AMOUNT]
    return not_fired("The exclusion does not end on a date; only Congress can lower it", basic.amount)


CHECKS: tuple[Check, ...] = (
    tax_with_nothing_arranged,
    estate_above_exclusion,
    return_required,
    marginal_rate,
    survivor_not_citizen,
    nonresident_decedent,
    domicile_concluded,
    survivor_abroad,
    treaty_choice,
    survivorship_property,
    contribution_unproved,
    foreign_property,
    state_tax,
    unused_exclusion_left,
    qdot_and_portability,
    credit_in_survivors_estate,
    no_sunset,
)
