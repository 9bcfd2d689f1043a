"""Which facts are still missing, and which strategies are open to this couple."""

from __future__ import annotations

from datetime import date

from planning.engine.assumptions import LABELS, Assumptions
from planning.engine.facts import Couple, Spouse, is_us_citizen
from planning.engine.holdings import missing_of_assets, other, us_situs_is_known
from planning.engine.results import MissingFact, Reason
from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.strategies.catalogue import Strategy

SPOUSES: tuple[Spouse, Spouse] = ("a", "b")
# Conclusions of the firm, not answers of a client.
ASKED_OF_THE_FIRM = ("us_domicile", "domicile_state", "domicile_country", "adjusted_taxable_gifts", "us_situs_share")
WORDS = {
    "date_of_birth": "The date of birth of {name}",
    "adjusted_taxable_gifts": "The exclusion {name} has used on gifts so far",
    "us_domicile": "Whether the home of {name} is in the United States for good (domicile)",
    "domicile_state": "In which state {name} is at home for good (domicile)",
    "domicile_country": "In which country {name} is at home for good (domicile)",
    "naturalization_intent": "Whether {name} means to become a US citizen",
    "naturalization_expected_on": "When {name} expects to become a US citizen",
    "us_situs_share": "What part of the property of {name} is situated in the United States",
    "title": "Who owns {asset}",
    "value": "The value of {asset}",
    "insured": "Whose life {asset} insures",
    "death_benefit": "The death benefit of {asset}",
    "share_a": "The share of {asset} that {a} owns",
    "share_b": "The share of {asset} that {b} owns",
}


def noncitizens(couple: Couple) -> list[Spouse]:
    """Return the spouses who are not known to be US citizens."""
    return [spouse for spouse in SPOUSES if is_us_citizen(couple.person(spouse)) is not True]


def missing_facts(couple: Couple, assumptions: Assumptions) -> list[str]:
    """Return the paths of the facts without which no figure at all can be worked out."""
    missing: list[str] = []
    if assumptions.years_to_first_death is None or assumptions.years_to_second_death is None:
        missing += [f"{spouse}.date_of_birth" for spouse in SPOUSES if couple.person(spouse).date_of_birth is None]
    missing += [
        f"{spouse}.adjusted_taxable_gifts" for spouse in SPOUSES if couple.person(spouse).adjusted_taxable_gifts is None
    ]
    missing += [f"{spouse}.us_domicile" for spouse in noncitizens(couple) if couple.person(spouse).us_domicile is None]
    of_assets = missing_of_assets(couple)
    if not of_assets:
        abroad = [spouse for spouse in nonresident(couple) if not us_situs_is_known(couple, spouse)]
        missing += [f"{spouse}.us_situs_share" for spouse in abroad]
    return missing + of_assets


def explain_missing(couple: Couple, path: str) -> MissingFact:
    """Return the missing fact in words with the person to ask."""
    owner, _, name = path.rpartition(".")
    if owner in SPOUSES:
        person = couple.person("a" if owner == "a" else "b")
        ask = "attorney" if name in ASKED_OF_THE_FIRM else owner
        return MissingFact(path, WORDS[name].format(name=person.name), ask)
    if owner.startswith("assets["):
        asset = (couple.assets or ())[int(owner[7:-1])]
        text = WORDS[name].format(asset=asset.name, a=couple.a.name, b=couple.b.name)
        return MissingFact(path, text, "both")
    if owner == "assumptions":
        return MissingFact(path, LABELS[name][0], "attorney")
    return MissingFact(path, "What the couple owns: at least a rough total", "both")


def nonresident(couple: Couple) -> list[Spouse]:
    """Return the noncitizens whom the firm holds not to be domiciled in the United States."""
    return [spouse for spouse in noncitizens(couple) if couple.person(spouse).us_domicile is False]


def unavailable(strategy: Strategy, couple: Couple, assumptions: Assumptions, as_of: date) -> Reason | None:
    """Return why `strategy` is not open to this couple, or None where it is."""
    without = noncitizens(couple)
    if not without:
        if strategy.qdot or strategy.naturalization:
            return Reason(
                "both_are_citizens",
                "Both spouses are US citizens: the marital deduction is open without it",
                ("IRC 2056(a)",),
            )
        if strategy.gifts:
            return Reason(
                "unlimited_gifts_to_citizen",
                "Gifts to a spouse who is a citizen are deducted without limit; a yearly programme adds nothing",
                ("IRC 2523(a)",),
            )
    if strategy.gifts:
        donee = other(assumptions.gift_donor)
        if is_us_citizen(couple.person(donee)) is True:
            return Reason(
                "donee_is_citizen", "The spouse who would receive the gifts is a US citizen", ("IRC 2523(a)",)
            )
        if assumptions.gift_years == 0:
            return Reason("no_gift_years", "There is no year in which a gift could be made")
    if strategy.naturalization:
        spouse = _who_would_naturalize(couple, assumptions)
        if spouse in nonresident(couple):
            return Reason(
                "no_residence_since_the_death",
                f"{couple.person(spouse).name} is not domiciled in the United States: citizenship would count only"
                " with residence here from the death until the oath",
                ("IRC 2056(d)(4)(B)", "Treas. Reg. 20.2056A-1(b)"),
            )
        if couple.person(spouse).naturalization_intent == "no":
            return Reason(
                "does_not_plan_to_naturalize", f"{couple.person(spouse).name} does not plan to become a US citizen"
            )
        expected, years = couple.person(spouse).naturalization_expected_on, assumptions.years_to_first_death
        if expected is not None and years is not None and expected >= last_day_of_oath(as_of, years):
            return Reason(
                "citizenship_too_late",
                f"The oath expected on {expected.isoformat()} comes after the estate tax return"
                " of the first death would be made",
                ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)"),
            )
    return None


def _who_would_naturalize(couple: Couple, assumptions: Assumptions) -> Spouse:
    """Return the survivor of the order that ranks, or the only noncitizen."""
    survivor = other(assumptions.ranking_order)
    without = noncitizens(couple)
    return survivor if survivor in without or not without else without[0]


def last_day_of_oath(as_of: date, years: int) -> date:
    """Return the day before which the oath must be taken: 15 months after the assumed death, Form 4768 filed."""
    return add_months(date(as_of.year + years, 12, 31), 15)


def open_points(strategy: Strategy, couple: Couple, assumptions: Assumptions) -> list[str]:
    """Return the facts that keep a strategy from being ranked though its figures can be worked out."""
    if not strategy.naturalization or not noncitizens(couple):
        return []
    spouse = _who_would_naturalize(couple, assumptions)
    person = couple.person(spouse)
    if person.naturalization_intent in (None, "maybe", "not_sure"):
        return [f"{spouse}.naturalization_intent"]
    if person.naturalization_expected_on is None:
        return [f"{spouse}.naturalization_expected_on"]
    return []
