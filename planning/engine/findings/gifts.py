"""Gifts during life, insurance and bypass trusts."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import Asset, Person, Spouse, is_us_citizen
from planning.engine.findings.asking import Check, PlanFacts, Verdict, about_assets, check, fired, not_fired, undecided
from planning.engine.holdings import other
from planning.engine.law import NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION
from planning.engine.projection.insurance_trust import YEARS_TO_OUTLIVE, given_too_late


def _donee(facts: PlanFacts) -> tuple[Spouse, Person]:
    slot = other(facts.assumptions.gift_donor)
    return slot, facts.couple.person(slot)


def _donor(facts: PlanFacts) -> Person:
    return facts.couple.person(facts.assumptions.gift_donor)


@check("GFT-01", "Is the spouse who would receive gifts not a US citizen?", form="Form 709")
def no_deduction_for_gifts(facts: PlanFacts) -> Verdict:
    """The status on the day of each gift decides."""
    slot, donee = _donee(facts)
    citizen = is_us_citizen(donee)
    if citizen is None:
        return undecided(f"The citizenship of {donee.name} is not confirmed", f"{slot}.citizenships")
    text = "Gifts are deducted without limit" if citizen else f"No gift-tax marital deduction for gifts to {donee.name}"
    return Verdict(not citizen, text)


@check("GFT-02", "Could the noncitizen give to the citizen without limit?")
def gifts_to_the_citizen(facts: PlanFacts) -> Verdict:
    """Gifts from the noncitizen to the citizen spouse are deducted."""
    donor = _donor(facts)
    citizen = is_us_citizen(donor)
    if citizen is None:
        return undecided(f"The citizenship of {donor.name} is not confirmed")
    text = (
        f"What goes to {donor.name}, a citizen, is deducted in full" if citizen else "Neither is known to be a citizen"
    )
    return Verdict(citizen, text)


@check("GFT-03", "Is there room for yearly gifts within the larger exclusion?", form="Form 709")
def yearly_gifts(facts: PlanFacts) -> Verdict:
    """Name the limit of the year and the programme."""
    _slot, donee = _donee(facts)
    if is_us_citizen(donee):
        return not_fired(f"{donee.name} is a US citizen: the limit does not apply")
    limit = facts.law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount
    total = facts.figure("lifetime_gifts", "gifts_total")
    text = f"{limit:,.0f} in {facts.law.year}, unused years are lost"
    if total is None:
        return undecided(f"{text}; the years of gifts are not known")
    return Verdict(total > 0, text, total, limit)


@check(
    "GFT-04",
    "Will every gift be a present interest in a form that earns the larger exclusion?",
    severity="warn",
    questions=("Are the gifts made outright, from the donor's own account to the recipient's own account?",),
)
def gift_form(facts: PlanFacts) -> Verdict:
    """The plan takes outright gifts."""
    _slot, donee = _donee(facts)
    if is_us_citizen(donee):
        return not_fired(f"{donee.name} is a US citizen: the limit does not apply")
    return fired("The plan takes outright gifts; a trust with a QTIP form earns only the ordinary exclusion")


@check("GFT-11", "Is land held with survivorship, so that its creation was no gift?")
def land_in_both_names(facts: PlanFacts) -> Verdict:
    """Joint real property since July 14, 1988."""

    def joint_land(asset: Asset) -> bool | None:
        if asset.kind not in ("home", "real_estate"):
            return False
        return None if asset.title is None else asset.title == "joint_survivorship"

    return about_assets(
        facts,
        joint_land,
        yes="Putting it in both names was no gift; selling and dividing it can be one",
        no="No land is held with survivorship",
        fact="title",
    )


@check("GFT-13", "Was land put in both names before July 14, 1988?", severity="warn")
def old_tenancies(facts: PlanFacts) -> Verdict:
    """Older tenancies follow the rules of their time."""
    last_year = 1988

    def old(asset: Asset) -> bool | None:
        if asset.kind not in ("home", "real_estate") or asset.title != "joint_survivorship":
            return False
        return None if asset.acquired_year is None else asset.acquired_year <= last_year

    return about_assets(
        facts,
        old,
        yes="Its creation may have been a gift; the attorney looks at the year",
        no="No tenancy of that time is listed",
        fact="acquired_year",
    )


@check("GFT-14", "Are securities registered in both names?", form="Form 709")
def securities_in_both_names(facts: PlanFacts) -> Verdict:
    """Registered securities: half is a gift when they are registered."""
    return about_assets(
        facts,
        lambda asset: asset.kind == "brokerage" and asset.title == "joint_survivorship",
        yes="If one cannot take it back alone, half of what the other did not pay was a gift",
        no="No securities are held with survivorship",
    )


@check("GFT-15", "Is there a joint bank account?")
def joint_accounts(facts: PlanFacts) -> Verdict:
    """A gift comes only with a withdrawal for own benefit."""
    return about_assets(
        facts,
        lambda asset: asset.kind == "bank" and asset.title == "joint_survivorship",
        yes="A deposit is no gift; what the other draws for own use is",
        no="No joint account is listed",
    )


@check("GFT-16", "Will survivorship property be counted by who paid when the first spouse dies?", severity="warn")
def counted_by_payer(facts: PlanFacts) -> Verdict:
    """At death the contribution rule governs."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: half is included")
    return about_assets(
        facts,
        lambda asset: asset.title == "joint_survivorship",
        yes="Keep papers of every contribution from the first day",
        no="Nothing is held with survivorship",
    )


@check("GFT-17", "Could separate property have become community property, or the other way?")
def transmutation(facts: PlanFacts) -> Verdict:
    """A change of regime can be a gift of half."""
    lived = facts.couple.lived_in_community_property_place
    if lived is None:
        return undecided(
            "Not known whether they ever lived in a community property place", "lived_in_community_property_place"
        )
    return Verdict(lived, "A change of regime can be a gift of half" if lived else "They never lived in such a place")


@check("GFT-19", "Could gifts to others be split between the spouses?", form="Form 709")
def splitting(facts: PlanFacts) -> Verdict:
    """Both must be citizens or domiciled here."""
    unknown: list[str] = []
    for slot, person in (("a", facts.couple.a), ("b", facts.couple.b)):
        if is_us_citizen(person):
            continue
        if person.us_domicile is False:
            return not_fired(f"{person.name} is a noncitizen domiciled abroad: gifts cannot be split")
        if person.us_domicile is None:
            unknown.append(f"{slot}.us_domicile")
    if unknown:
        return undecided("The domicile of a noncitizen is not concluded", *unknown)
    return fired("Gifts to others may be split if both consent; gifts to one another never")


@check("GFT-20", "Is the donor a noncitizen domiciled abroad?", severity="warn", form="Form 709-NA")
def nonresident_donor(facts: PlanFacts) -> Verdict:
    """Such a donor has no credit and is taxed on land and things here."""
    donor = _donor(facts)
    if is_us_citizen(donor):
        return not_fired(f"{donor.name} is a US citizen")
    if donor.us_domicile is None:
        return undecided("The donor's domicile is not concluded", f"{facts.assumptions.gift_donor}.us_domicile")
    if donor.us_domicile:
        return not_fired(f"{donor.name} is domiciled in the United States")
    return fired("Only land and things situated here are taxed, without any credit")


@check("GFT-23", "Will the yearly gifts of the plan need Form 709?", form="Form 709")
def gift_return(facts: PlanFacts) -> Verdict:
    """Outright gifts within the limit need none."""
    total = facts.figure("lifetime_gifts", "gifts_total")
    if total is None:
        return undecided("No gifts are planned, or their years are not known")
    return not_fired("Outright gifts within the yearly limit need no return", total)


@check("GFT-26", "Do earlier taxable gifts use up exclusion?", form="Form 709")
def earlier_gifts(facts: PlanFacts) -> Verdict:
    """Adjusted taxable gifts are added to the estate."""
    gifts = facts.decedent.adjusted_taxable_gifts
    if gifts is None:
        return undecided(
            f"What {facts.decedent.name} has given is not known",
            f"{facts.assumptions.ranking_order}.adjusted_taxable_gifts",
        )
    text = "They are added to the estate" if gifts else "None were made"
    return Verdict(gifts > 0, text, gifts, Decimal(0))


@check("GFT-27", "Would insurance moved out of the estate need three years?", severity="warn")
def insurance_three_years(facts: PlanFacts) -> Verdict:
    """Policies owned by the insured, and whether the insured is taken to live long enough."""
    verdict = about_assets(
        facts,
        lambda asset: asset.kind == "life_insurance" and asset.insured is not None and asset.title == asset.insured,
        yes="Giving the policy away counts only if the insured lives three years more",
        no="No policy is owned by the insured",
    )
    late = list(given_too_late(facts.couple, facts.assumptions, facts.as_of))
    if not verdict.fired or not late:
        return verdict
    years = min(years for _policy, years in late)
    names = " and ".join(dict.fromkeys(facts.couple.person(policy.insured).name for policy, _years in late))
    text = f"{verdict.text}. {names} is taken to die too early: the proceeds would come back into the estate"
    return fired(text, Decimal(years), Decimal(YEARS_TO_OUTLIVE))


@check("GFT-39", "Could an insurance trust keep the death benefit out of both estates?")
def insurance_trust(facts: PlanFacts) -> Verdict:
    """Insurance on the first decedent's life owned by the insured."""
    order = facts.assumptions.ranking_order
    return about_assets(
        facts,
        lambda asset: asset.kind == "life_insurance" and asset.insured == order and asset.title != other(order),
        yes="In the first estate as owned today",
        no="No such policy is in the first estate",
    )


@check("GFT-40", "Was a bypass trust tested beside the QDOT?", severity="warn")
def bypass_tested(facts: PlanFacts) -> Verdict:
    """The exclusion freezes in a QDOT and grows outside the estates in a bypass trust."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: no QDOT")
    with_bypass = facts.figure("credit_shelter_and_qdot", "family_wealth")
    without = facts.figure("qdot", "family_wealth")
    if with_bypass is None or without is None:
        return undecided("The figures wait for missing facts")
    better = with_bypass > without
    text = (
        "A QDOT for everything leaves the family less than one behind a bypass trust"
        if better
        else "A bypass trust adds nothing here"
    )
    return Verdict(better, text, with_bypass - without, Decimal(0))


@check("GFT-42", "Could the survivor refuse property within nine months, so that it takes another way?")
def disclaimer(facts: PlanFacts) -> Verdict:
    """Survivorship land with a noncitizen can be disclaimed as far as it is included."""
    if facts.survivor_is_citizen:
        return not_fired("Half of survivorship property can be disclaimed; the ordinary deduction is open")
    return about_assets(
        facts,
        lambda asset: asset.kind in ("home", "real_estate") and asset.title == "joint_survivorship",
        yes="Any part of it that the estate includes can be disclaimed",
        no="No survivorship land is listed",
    )


@check("GFT-44", "Would gifts after the oath be deducted without limit?")
def gifts_after_the_oath(facts: PlanFacts) -> Verdict:
    """Gifts after naturalization leave the yearly limit."""
    slot, donee = _donee(facts)
    if is_us_citizen(donee):
        return not_fired(f"{donee.name} is a US citizen already")
    if donee.naturalization_intent in (None, "not_sure"):
        return undecided("Whether citizenship is planned is not known", f"{slot}.naturalization_intent")
    planned = donee.naturalization_intent in ("planned", "applied")
    text = "Larger gifts wait for the oath" if planned else "No oath is planned"
    day = donee.naturalization_expected_on
    return Verdict(planned, text, None if day is None else day.isoformat())


@check("GFT-49", "Is it open whether a resident survivor without a QDOT may use unused exclusion?", severity="warn")
def portability_is_weak(facts: PlanFacts) -> Verdict:
    """The regulation does not answer it for a survivor who never becomes a citizen."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: portability is open")
    result = facts.result("outright")
    if result is None:
        return undecided("The figures wait for missing facts")
    beside = result.family_wealth_with_dsue
    if beside is None or result.family_wealth is None:
        return not_fired("It makes no difference here")
    text = "None is counted; the other reading is shown beside it, and an attorney must answer"
    return fired(text, beside - result.family_wealth, Decimal(0))


CHECKS: tuple[Check, ...] = (
    no_deduction_for_gifts,
    gifts_to_the_citizen,
    yearly_gifts,
    gift_form,
    gifts_after_the_oath,
    land_in_both_names,
    old_tenancies,
    securities_in_both_names,
    joint_accounts,
    counted_by_payer,
    transmutation,
    splitting,
    nonresident_donor,
    gift_return,
    earlier_gifts,
    insurance_three_years,
    insurance_trust,
    bypass_tested,
    disclaimer,
    portability_is_weak,
)
