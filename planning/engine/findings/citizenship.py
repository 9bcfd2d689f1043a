"""Naturalization: whether it is open, when, and what it would change."""

from __future__ import annotations

from planning.engine.facts import Person, is_us_citizen
from planning.engine.findings.asking import Check, PlanFacts, Verdict, check, fired, not_fired, undecided
from planning.engine.rules.s7503_due_dates import add_months

FIVE_YEARS = 60
THREE_YEARS = 36
EARLY_MONTHS = 3


def _noncitizen(facts: PlanFacts) -> Person | None:
    """Return the survivor where the survivor is not known to be a citizen, else None."""
    return None if facts.survivor_is_citizen else facts.survivor


def _citizen(facts: PlanFacts) -> Verdict:
    return not_fired(f"{facts.survivor.name} is a US citizen")


@check(
    "CIT-09",
    "Could the survivor be a US citizen already?",
    questions=("Born in the United States, or abroad to a US parent; naturalized as a child through a parent?",),
)
def already_citizen(facts: PlanFacts) -> Verdict:
    """Ask before anything is built on the contrary."""
    if facts.survivor_is_citizen is None:
        return undecided("Citizenship is not confirmed", f"{facts.survivor_slot}.citizenships")
    if facts.survivor_is_citizen:
        return fired(f"{facts.survivor.name} is a US citizen as stated; staff see a document")
    return not_fired(f"{facts.survivor.name} is stated not to be a US citizen")


@check("CIT-08", "Is the survivor without permanent residence?", severity="warn")
def no_permanent_residence(facts: PlanFacts) -> Verdict:
    """Without it naturalization is not open in time."""
    person = _noncitizen(facts)
    if person is None:
        return _citizen(facts)
    since = person.lawful_permanent_resident_since
    if since is None:
        return undecided(
            "Whether and since when permanent residence is held is not known",
            f"{facts.survivor_slot}.lawful_permanent_resident_since",
        )
    return not_fired("Permanent residence is held", since.isoformat())


@check("CIT-01", "Are five years of permanent residence reached?", form="Form N-400")
def five_years(facts: PlanFacts) -> Verdict:
    """The general route opens three months before five years."""
    return _route(facts, FIVE_YEARS, "the general route")


@check("CIT-02", "Are three years of permanent residence reached in marriage to a citizen?", form="Form N-400")
def three_years(facts: PlanFacts) -> Verdict:
    """The spouse route opens three months before three years."""
    if is_us_citizen(facts.decedent) is False:
        return not_fired(f"{facts.decedent.name} is not a US citizen")
    return _route(facts, THREE_YEARS, "the route of a citizen's spouse")


def _route(facts: PlanFacts, months: int, words: str) -> Verdict:
    person = _noncitizen(facts)
    if person is None:
        return _citizen(facts)
    since = person.lawful_permanent_resident_since
    if since is None:
        return undecided(
            "Since when permanent residence is held is not known",
            f"{facts.survivor_slot}.lawful_permanent_resident_since",
        )
    opens = add_months(since, months - EARLY_MONTHS)
    is_open = opens <= facts.as_of
    text = f"By length of residence {words} is {'open' if is_open else 'not open yet'}; absences must be looked at"
    return Verdict(is_open, text, opens.isoformat(), facts.as_of.isoformat())


@check("CIT-03", "Would the citizen's death close the spouse route?", severity="warn")
def route_lost_by_death(facts: PlanFacts) -> Verdict:
    """The three-year route ends with the citizen's death before the oath."""
    if _noncitizen(facts) is None:
        return _citizen(facts)
    if is_us_citizen(facts.decedent) is False:
        return not_fired(f"{facts.decedent.name} is not a US citizen")
    if facts.decedent.citizenships is None:
        return undecided(
            f"The citizenship of {facts.decedent.name} is not known",
            f"{facts.assumptions.ranking_order}.citizenships",
        )
    return fired("Until the oath the three-year route lives only as long as the citizen does")


@check("CIT-12", "Is the expected oath within the processing times seen lately?", form="Form N-400")
def expected_oath(facts: PlanFacts) -> Verdict:
    """The expected day as stated."""
    person = _noncitizen(facts)
    if person is None:
        return _citizen(facts)
    day = person.naturalization_expected_on
    if person.naturalization_intent == "no":
        return not_fired("Naturalization is not planned")
    if day is None:
        return undecided(
            "The expected day of the oath is not known", f"{facts.survivor_slot}.naturalization_expected_on"
        )
    return fired("As stated; processing times move and are kept with their date", day.isoformat())


@check("CIT-20", "Would citizenship come before the estate tax return is made?", severity="warn", form="Form 706")
def citizen_before_return(facts: PlanFacts) -> Verdict:
    """Compare the expected oath with the latest due date of the assumed death."""
    person = _noncitizen(facts)
    if person is None:
        return _citizen(facts)
    if person.naturalization_intent == "no":
        return not_fired("Naturalization is not planned")
    day, years = person.naturalization_expected_on, facts.assumptions.years_to_first_death
    if day is None or years is None:
        return undecided(
            "The expected day of the oath is not known", f"{facts.survivor_slot}.naturalization_expected_on"
        )
    latest = add_months(facts.as_of.replace(year=facts.as_of.year + years, month=12, day=31), 15)
    return Verdict(
        day < latest,
        "In time for the assumed year of death; an earlier death can come before the oath",
        day.isoformat(),
        latest.isoformat(),
    )


@check("CIT-24", "Must the survivor live here from the death until the oath?", severity="warn")
def residence_until_oath(facts: PlanFacts) -> Verdict:
    """Residence is domicile, and a gap is fatal."""
    person = _noncitizen(facts)
    if person is None:
        return _citizen(facts)
    if person.us_domicile is None:
        return undecided("The survivor's domicile is not concluded", f"{facts.survivor_slot}.us_domicile")
    leaves = facts.assumptions.survivor_leaves_us or not person.us_domicile
    text = "A move abroad before the oath closes it" if not leaves else "The survivor is taken to live abroad"
    return fired(text)


@check("EST-22", "Would the ordinary deduction be open without a QDOT?", form="Form 706 Schedule M")
def treated_as_citizen(facts: PlanFacts) -> Verdict:
    """What citizenship in time would save at the first death."""
    if _noncitizen(facts) is None:
        return _citizen(facts)
    tax = facts.figure("outright", "tax_at_first_death")
    saved = facts.figure("naturalization", "tax_at_first_death")
    if tax is None or saved is None:
        return undecided("Citizenship in time was not worked out")
    return Verdict(tax > saved, "Citizenship in time saves this tax at the first death", tax - saved, tax)


@check("CIT-28", "Would citizenship bring duties for life?")
def duties_for_life(facts: PlanFacts) -> Verdict:
    """A citizen's estate is taxed worldwide wherever the home is."""
    person = _noncitizen(facts)
    if person is None:
        return fired("A citizen is taxed on the worldwide estate, also abroad")
    if person.naturalization_intent in (None, "not_sure"):
        return undecided("Whether citizenship is planned is not known", f"{facts.survivor_slot}.naturalization_intent")
    if person.naturalization_intent == "no":
        return not_fired("Naturalization is not planned")
    return fired("Taxed on the worldwide estate for life; giving citizenship up has a tax of its own")


CHECKS: tuple[Check, ...] = (
    already_citizen,
    no_permanent_residence,
    five_years,
    three_years,
    route_lost_by_death,
    expected_oath,
    citizen_before_return,
    residence_until_oath,
    treated_as_citizen,
    duties_for_life,
)
