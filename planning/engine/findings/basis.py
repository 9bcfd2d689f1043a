"""Basis: what gives a step-up, and what gives it away."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.facts import is_us_citizen
from planning.engine.findings.asking import Check, PlanFacts, Verdict, about_assets, check, fired, not_fired, undecided
from planning.engine.holdings import other
from planning.engine.worksheet import plain


@check("GFT-30", "Would gifts carry the donor's basis over?")
def carried_over(facts: PlanFacts) -> Verdict:
    """The recipient takes the donor's basis, so cash and high-basis assets go first."""
    total = facts.figure("lifetime_gifts", "gifts_total")
    if total is None:
        return undecided("No gifts are planned, or their years are not known")
    share = facts.assumptions.basis_share_of_gifts
    if share is None:
        return undecided("The cost of the assets to be given is not known", "assumptions.basis_share_of_gifts")
    text = "What is given has gained, and loses the step-up" if share < 100 else "What is given has not gained"  # noqa: PLR2004 - percent
    return Verdict(share < 100, text, f"{plain(share)}%", "100%")  # noqa: PLR2004 - percent


@check("BAS-03", "Does a gift kept until the donor's death lose a step-up?")
def lost_step_up(facts: PlanFacts) -> Verdict:
    """The cost counted for the lost step-up."""
    cost = facts.figure("lifetime_gifts", "lost_basis_cost")
    if cost is None:
        return undecided("What the lost step-up costs cannot be worked out", "assumptions.basis_share_of_gifts")
    text = "Its cost is counted" if cost else "No sale before the recipient's death is assumed, so nothing is counted"
    return Verdict(cost > 0, text, cost, Decimal(0))


@check("BAS-08", "Does survivorship property step up by the share the estate includes?")
def survivorship_step_up(facts: PlanFacts) -> Verdict:
    """The included share gets the value at death."""
    return about_assets(
        facts,
        lambda asset: None if asset.title is None else asset.title == "joint_survivorship",
        yes="The included share takes its value at death, less depreciation the survivor was allowed",
        no="Nothing is held with survivorship",
        fact="title",
    )


@check("BAS-09", "Do both halves of community property step up?")
def community_step_up(facts: PlanFacts) -> Verdict:
    """Both halves step up at the first death."""
    return about_assets(
        facts,
        lambda asset: None if asset.title is None else asset.title == "community",
        yes="Both halves take their value at the first death",
        no="No community property is listed",
        fact="title",
    )


@check("BAS-13", "Does a bypass trust miss the step-up of the second death?")
def bypass_no_step_up(facts: PlanFacts) -> Verdict:
    """What is in neither estate is not stepped up."""
    result = facts.result("credit_shelter_and_qdot") or facts.result("naturalization_and_credit_shelter")
    if result is None:
        return undecided("The figures wait for missing facts")
    amount = result.bypass_at_start or Decimal(0)
    text = "Its growth after the first death is not stepped up" if amount else "The bypass trust holds nothing"
    return Verdict(amount > 0, text, amount, Decimal(0))


@check("BAS-20", "Is a QDOT stepped up at the survivor's death?")
def qdot_step_up(facts: PlanFacts) -> Verdict:
    """A QDOT in the survivor's estate is stepped up there."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: no QDOT")
    if facts.assumptions.survivor_leaves_us or facts.survivor.us_domicile is False:
        return not_fired("Of a survivor domiciled abroad only the US-situs part is in the estate")
    return fired("Included in the survivor's estate by its form, it takes its value at that death")


@check(
    "BAS-22",
    "Is the basis of a QDOT open because the survivor's estate does not include it?",
    severity="warn",
    questions=("Does any basis rule attach to the 2056A tax at the survivor's death?",),
)
def qdot_basis_open(facts: PlanFacts) -> Verdict:
    """The law is silent for a survivor domiciled abroad."""
    if facts.survivor_is_citizen:
        return not_fired("The survivor is a US citizen: no QDOT")
    abroad = facts.assumptions.survivor_leaves_us or facts.survivor.us_domicile is False
    outside = facts.assumptions.qdot_us_situs_share < 100  # noqa: PLR2004 - percent
    text = "No rule gives a new basis to what is situated abroad" if abroad and outside else "The estate includes it"
    return Verdict(abroad and outside, text, f"{plain(facts.assumptions.qdot_us_situs_share)}%", "100%")


@check("BAS-24", "Is income in respect of a decedent among the assets?")
def income_in_respect(facts: PlanFacts) -> Verdict:
    """Retirement accounts are not stepped up."""
    return about_assets(
        facts,
        lambda asset: asset.kind == "retirement",
        yes="No step-up; income tax is due when it is paid, with a deduction for the estate tax on it",
        no="No retirement account is listed",
    )


@check("GFT-32", "Could an appreciated gift come back within a year?")
def gift_comes_back(facts: PlanFacts) -> Verdict:
    """A gift to a spouse who dies within a year and leaves it to the donor."""
    if facts.figure("lifetime_gifts", "gifts_total") is None:
        return undecided("No gifts are planned, or their years are not known")
    return not_fired("The plan lets the donor die first; look again if the recipient falls ill")


@check("BAS-26", "Is a death benefit paid in cash, without income tax?")
def insurance_in_cash(facts: PlanFacts) -> Verdict:
    """Life insurance proceeds."""
    return about_assets(
        facts,
        lambda asset: asset.kind == "life_insurance",
        yes="Paid in cash and no income, unless the policy was bought from somebody",
        no="No life insurance is listed",
    )


@check("BAS-01", "Does the recipient of gifts take the donor's basis for gain and loss?")
def between_residents(facts: PlanFacts) -> Verdict:
    """Between spouses the basis moves unchanged unless the recipient is no resident for income tax."""
    donee = facts.couple.person(other(facts.assumptions.gift_donor))
    if is_us_citizen(donee) or donee.us_domicile:
        return fired("The donor's basis moves over unchanged; a resident for income tax is taken")
    if donee.us_domicile is None:
        return undecided("Residence is not concluded", f"{other(facts.assumptions.gift_donor)}.us_domicile")
    return not_fired("For a recipient who is no resident for income tax the general gift rule governs")


CHECKS: tuple[Check, ...] = (
    carried_over,
    between_residents,
    lost_step_up,
    gift_comes_back,
    survivorship_step_up,
    community_step_up,
    bypass_no_step_up,
    qdot_step_up,
    qdot_basis_open,
    income_in_respect,
    insurance_in_cash,
)
