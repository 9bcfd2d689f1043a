"""The QDOT: what it needs, what it must be secured by, and how property gets into it."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import Asset
from planning.engine.findings.asking import Check, PlanFacts, Verdict, about_assets, check, fired, not_fired, undecided
from planning.engine.worksheet import plain, to_cents

LARGE_QDOT = "qdot_security_threshold"
SECURITY_PERCENT = "qdot_security_percent"
RESIDENCE_EXCLUSION = "qdot_residence_exclusion"
FOREIGN_LAND_PERCENT = "qdot_foreign_real_property_percent"
NO_QDOT = "The survivor is a US citizen: no QDOT is asked for"
HUNDRED = Decimal(100)


def _qdot(facts: PlanFacts) -> Decimal | None:
    """Return what the bypass-and-QDOT arrangement would put into the trust, USD."""
    result = facts.result("credit_shelter_and_qdot")
    return None if result is None else result.qdot_at_start


@check(
    "EST-30",
    "Is there someone who can be the US trustee?",
    severity="stop",
    questions=("Who serves, and who follows; is the person a US citizen with a tax home here, or a US corporation?",),
)
def us_trustee(facts: PlanFacts) -> Verdict:
    """A QDOT without a US trustee is none."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    available = facts.couple.us_trustee_available
    if available is None:
        return undecided("Nobody has said who could serve", "us_trustee_available")
    return Verdict(not available, "A US trustee is known" if available else "No US trustee is known yet")


@check("EST-31", "Does the trust have one of the marital forms?", questions=("Which form will the instrument take?",))
def marital_form(facts: PlanFacts) -> Verdict:
    """The form is assumed until the instrument is drafted."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    words = {"qtip": "a QTIP election", "general_power": "a general power of appointment"}
    form = words.get(facts.assumptions.qdot_form, "an estate trust")
    return fired(f"The plan takes a trust with {form}; the instrument must say so", form)


@check("EST-32", "Is the QDOT worth more than 2,000,000?", severity="warn")
def large_qdot(facts: PlanFacts) -> Verdict:
    """Above the amount, security is a duty."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    value = _qdot(facts)
    if value is None:
        return undecided("The figures wait for missing facts")
    threshold = facts.law[LARGE_QDOT].amount
    large = value > threshold
    return Verdict(large, "Security is a duty" if large else "The rules for smaller trusts apply", value, threshold)


@check(
    "EST-33",
    "What security does a QDOT of this size need?",
    severity="warn",
    questions=("Bank trustee, bond, or letter of credit?",),
)
def security(facts: PlanFacts) -> Verdict:
    """Measure the bond or letter of credit, 65% of the value at death."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    value = _qdot(facts)
    if value is None:
        return undecided("The figures wait for missing facts")
    threshold, percent = facts.law[LARGE_QDOT].amount, facts.law[SECURITY_PERCENT].amount
    if value <= threshold:
        return not_fired("No bank trustee, bond or letter of credit is required", value, threshold)
    amount = to_cents(value * percent / HUNDRED)
    return fired(f"A bank as trustee, or a bond or letter of credit of ${amount:,.0f}", value, threshold)


@check("EST-34", "Would foreign land be more than 35% of a QDOT without security?", severity="warn")
def foreign_land(facts: PlanFacts) -> Verdict:
    """Compare foreign real property with everything, as far as it can be told today."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    if facts.assets is None:
        return undecided("What the couple owns is not known yet", "assets")
    land = [asset for asset in facts.assets if asset.kind in ("home", "real_estate")]
    unknown = [f"assets[{i}].country" for i, a in enumerate(facts.assets) if a in land and a.country is None]
    if unknown:
        return undecided("Where some of the land lies is not known", *unknown)
    everything = sum((asset.value or Decimal(0) for asset in facts.assets), Decimal(0))
    foreign = sum((asset.value or Decimal(0) for asset in land if asset.country != "US"), Decimal(0))
    if not everything:
        return undecided("No values are known", "assets")
    percent = (foreign * HUNDRED / everything).quantize(Decimal("0.01"))
    limit = facts.law[FOREIGN_LAND_PERCENT].amount
    over = percent > limit
    text = "Foreign land would be above the limit if all went in" if over else "Foreign land stays within the limit"
    return Verdict(over, text, f"{plain(percent)}%", f"{plain(limit)}%")


@check(
    "EST-35",
    "Is there a residence whose value may be left out of the 2,000,000 test?",
    form="Form 706-QDT",
    questions=("Will the trust hold the residence directly, for the survivor's own use?",),
)
def residence(facts: PlanFacts) -> Verdict:
    """Find a home the trust could hold."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    homes = [asset for asset in facts.assets or () if asset.kind == "home"]
    value = sum((asset.value or Decimal(0) for asset in homes), Decimal(0))
    if not homes:
        return not_fired("No home is listed")
    most = facts.law[RESIDENCE_EXCLUSION].amount
    text = f"Up to {plain(most)} of a residence in the trust may be left out, if the executor elects"
    return fired(text, min(value, most), most)


@check("EST-36", "Would the trust hold a closely held business that is looked through?")
def look_through(facts: PlanFacts) -> Verdict:
    """Find businesses and interests in companies."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    return about_assets(
        facts,
        lambda asset: asset.kind == "business" or asset.title == "trust_or_company",
        yes="Above 20% with at most 15 owners its assets count as the trust's own",
        no="No business or company is listed",
    )


@check(
    "EST-43",
    "Does property pass to the survivor outside the will, so that it must be assigned?",
    severity="warn",
    form="Form 706 Schedule M",
)
def outside_the_will(facts: PlanFacts) -> Verdict:
    """Find survivorship property, insurance and retirement accounts."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)

    def outside(asset: Asset) -> bool | None:
        if asset.kind in ("life_insurance", "retirement"):
            return True
        return None if asset.title is None else asset.title == "joint_survivorship"

    return about_assets(
        facts,
        outside,
        yes="The survivor must transfer or assign it before the return is filed",
        no="Nothing passes outside the will",
        fact="title",
    )


@check(
    "EST-47",
    "Are there retirement accounts or annuities?",
    severity="warn",
    questions=("Can each plan or account be assigned to a trust by its terms?",),
)
def retirement(facts: PlanFacts) -> Verdict:
    """Find retirement accounts."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    return about_assets(
        facts,
        lambda asset: asset.kind == "retirement",
        yes="What cannot be assigned needs an agreement with the return",
        no="No retirement account is listed",
    )


@check("EST-50", "Does anything depend on a timely election?", severity="stop", form="Form 706 Schedule M")
def election(facts: PlanFacts) -> Verdict:
    """An arrangement with a QDOT needs the executor's election."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    tax = facts.figure("outright", "tax_at_first_death")
    if tax is None:
        return undecided("The figures wait for missing facts")
    if not tax:
        return not_fired("No tax is due without a QDOT: nothing has to be elected", tax, Decimal(0))
    return fired("The deduction is lost without an election on a return at most one year late", tax, Decimal(0))


@check("EST-61", "Is what leaves the QDOT taxed at the first decedent's rates, with an exclusion that never grows?")
def frozen_exclusion(facts: PlanFacts) -> Verdict:
    """Measure the tax of a QDOT that holds everything."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    tax = facts.figure("qdot", "qdot_tax")
    if tax is None:
        return undecided("The figures wait for missing facts")
    text = "Everything the QDOT grows to is taxed above an exclusion fixed at the first death"
    return Verdict(tax > 0, text if tax else "What the QDOT grows to stays within the exclusion left", tax, Decimal(0))


@check("EST-62", "Would principal be paid out soon after the first death?", severity="warn", form="Form 706-QDT")
def principal_paid_out(facts: PlanFacts) -> Verdict:
    """Before the tax is finally determined, a distribution bears the highest rate first."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    if facts.assumptions.survivor_spending is None:
        return undecided("What the survivor will need is not known", "survivor_spending")
    result = facts.result("qdot")
    if result is None:
        return undecided("The figures wait for missing facts")
    paid = [event for event in result.qdot_events if event.kind == "principal"]
    if not paid:
        return not_fired("The survivor's income and own property cover the spending")
    text = f"Principal is paid out from {paid[0].year}; before the final determination it bears the highest rate first"
    return fired(text, paid[0].amount)


@check("EST-71", "Does the tax on principal have to be withheld from it?", form="Form 706-QDT")
def grossed_up(facts: PlanFacts) -> Verdict:
    """Principal that pays spending is grossed up."""
    result = facts.result("qdot")
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    if result is None:
        return undecided("The figures wait for missing facts")
    taxed = [event for event in result.qdot_events if event.kind == "principal" and event.tax]
    total = sum((event.tax for event in taxed), Decimal(0))
    text = "Tax is withheld from principal" if taxed else "No taxed principal is paid out in the survivor's life"
    return Verdict(bool(taxed), text, total, Decimal(0))


@check("EST-81", "Is the QDOT also in the survivor's own estate?", form="Form 706")
def in_survivors_estate(facts: PlanFacts) -> Verdict:
    """The form decides; the 2056A tax is credited there."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    result = facts.result("qdot")
    if result is None:
        return undecided("The figures wait for missing facts")
    return fired("It is taxed there too, with credit for all 2056A tax", result.qdot_at_end)


@check("EST-68", "Could citizenship end the QDOT's tax?", form="Form 706-QDT")
def citizenship_ends_it(facts: PlanFacts) -> Verdict:
    """Naturalization after the first death."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    intent = facts.survivor.naturalization_intent
    if intent in (None, "not_sure"):
        return undecided(
            f"Whether {facts.survivor.name} means to naturalize is not known",
            f"{facts.survivor_slot}.naturalization_intent",
        )
    if intent == "no":
        return not_fired("Naturalization is not planned")
    return fired("A citizen who lived here throughout owes no further 2056A tax, if the trustee certifies it")


@check("EST-82", "Is the trust domestic also for income tax?", questions=("Who may veto the trustees, from where?",))
def domestic_trust(facts: PlanFacts) -> Verdict:
    """Court and control are not known before the instrument is drafted."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    return undecided("The instrument is not known: court, control and vetoes must be read", "trust instrument")


@check("EST-80", "Should the decedent stay the transferor for the generation-skipping tax?", form="Form 706 Schedule R")
def reverse_qtip(facts: PlanFacts) -> Verdict:
    """A reverse QTIP election is open only where the decedent funds the trust."""
    if facts.survivor_is_citizen:
        return not_fired(NO_QDOT)
    if facts.assumptions.qdot_form != "qtip":
        return not_fired("Only a QTIP trust can be elected back to the decedent")
    return fired("Open for what the decedent puts in, not for what the survivor assigns")


CHECKS: tuple[Check, ...] = (
    us_trustee,
    marital_form,
    large_qdot,
    security,
    foreign_land,
    residence,
    look_through,
    outside_the_will,
    retirement,
    election,
    frozen_exclusion,
    principal_paid_out,
    grossed_up,
    in_survivors_estate,
    citizenship_ends_it,
    domestic_trust,
    reverse_qtip,
)
