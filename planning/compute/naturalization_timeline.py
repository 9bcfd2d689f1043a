"""`naturalization-timeline`: when may the spouse file, when can the oath come, and is it before the return?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, RuleInput, Words, is_citizen
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.mortality import Sex, age_on
from planning.engine.rules import naturalization_findings as found
from planning.engine.rules import naturalization_routes as routes
from planning.engine.rules import naturalization_timeline as timeline
from planning.engine.rules.s7503_due_dates import form_706_due
from planning.federal_holidays import is_legal_holiday
from planning.immigration import processing_times
from planning.inputs import Day, Flag, InputError
from planning.lawbook import life_table

MOST_MONTHS = 120


def _months(value: object) -> Decimal:
    expected = 'expected months from 0 to 120 in quotes, such as "6.4"'
    if isinstance(value, bool | float) or not isinstance(value, str | int):
        message = f"{value!r} is not taken, {expected}"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a fault
    text = str(value).strip()
    if not text.replace(".", "", 1).isdigit() or Decimal(text) > MOST_MONTHS:
        message = f"{value!r} is not taken, {expected}"
        raise ValueError(message)
    return Decimal(text)


Months = Annotated[
    Decimal,
    BeforeValidator(_months),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d+(\.\d+)?$"}, {"type": "integer", "minimum": 0}]}),
]


class AbsenceInput(RuleInput):
    """One absence from the United States."""

    left_on: Day = Field(description="Day of leaving")
    returned_on: Day = Field(description="Day of return")


class NaturalizationTimelineInput(RuleInput):
    """The spouse's status, the marriage, the citizen, and the death if there was one."""

    second_names: ClassVar = {
        "lpr_date": "lawful_permanent_resident_since",
        "lpr": "lawful_permanent_resident_since",
        "permanent_resident_since": "lawful_permanent_resident_since",
        "dod": "date_of_death",
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "today": "as_of",
        "d_citizen_since": "decedent_citizen_since",
        "marriage_date": "married_on",
        "marital_union": "in_marital_union",
        "t_low": "processing_months_low",
        "t_base": "processing_months_base",
        "t_high": "processing_months_high",
        "spouse_us_domiciled_throughout": "resident_all_times",
    }

    as_of: Day | None = Field(None, description="Day the question is asked")
    spouse_is_us_citizen: Flag | None = Field(None, description="Whether the spouse is a citizen already; null: no")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question as a word")
    has_permanent_residence: Flag | None = Field(
        None, description="Whether a green card is held; null: follows the date"
    )
    lawful_permanent_resident_since: Day | None = Field(None, description="Day permanent residence began (INA 316(a))")
    married_on: Day | None = Field(None, description="Day of the marriage to the citizen (INA 319(a))")
    decedent_citizenship: Citizenship | None = Field(None, description="us or foreign: the other spouse")
    decedent_citizen_since: Day | None = Field(
        None, description="Since when the other spouse is a citizen; by birth: the birthday"
    )
    in_marital_union: Flag | None = Field(
        None, description="Whether they live in marital union and have for three years"
    )
    presence_days: Annotated[int, Field(strict=True, ge=0, le=40_000)] | None = Field(
        None, description="Days of physical presence in the period so far; null: presence is not tested"
    )
    absences: Annotated[list[AbsenceInput], Field(max_length=200)] | None = Field(
        None, description="Absences of more than six months since permanent residence; null: not known"
    )
    date_of_death: Day | None = Field(None, description="The citizen's day of death, actual or assumed; null: alive")
    stationed_abroad: Flag | None = Field(
        None, description="Whether the citizen is stationed abroad in qualifying work (INA 319(b)); null: no"
    )
    died_in_active_service: Flag | None = Field(
        None, description="Whether the citizen died in honorable active-duty service (INA 319(d)); null: no"
    )
    gravely_ill: Flag | None = Field(None, description="Whether somebody in the family is gravely ill (INA 337(c))")
    resident_all_times: Flag | None = Field(
        None, description="Whether the spouse was domiciled in the US at all times since the death (IRC 2056(d)(4)(B))"
    )
    processing_months_low: Months | None = Field(None, description="Months from filing to the oath, low; null: on file")
    processing_months_base: Months | None = Field(None, description="The same, base")
    processing_months_high: Months | None = Field(None, description="The same, high")
    processing_months_source: Words | None = Field(None, description="Where the firm read them; needed with own months")
    citizen_date_of_birth: Day | None = Field(None, description="For the chance that the citizen dies before the oath")
    citizen_sex: Literal["female", "male"] | None = Field(None, description="For the life table; null: unisex mean")


def answer_naturalization_timeline(facts: NaturalizationTimelineInput, book: LawBook) -> Answer:
    """Say from when each route is open, when the oath can come, and how it stands to the return."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    citizen = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    answer.findings.append(found.already_citizen(is_citizen=citizen))
    if citizen:
        return answer.refuse("already_citizen", "The spouse is a US citizen: nothing has to be waited for.", "INA 301")
    if facts.as_of is None:
        answer.need("as_of")
        return answer
    times = _times(facts)
    since, death = facts.lawful_permanent_resident_since, facts.date_of_death
    has_it = since is not None if facts.has_permanent_residence is None else facts.has_permanent_residence
    if since is None and facts.has_permanent_residence is not False:
        answer.need("lawful_permanent_resident_since")
    answer.findings.append(found.no_permanent_residence(has_it=has_it, widowed=death is not None))
    open_routes = _routes(facts, answer, facts.as_of)
    first = timeline.first_open(open_routes)
    answer.result = {
        "routes": {route.name: {"opens_on": route.opens_on, "reason": route.reason} for route in open_routes},
        "route": first.name if first else None,
        "earliest_filing": None,
        "oath_low": None,
        "oath_base": None,
        "oath_high": None,
        "return_due_9_months": form_706_due(death, is_legal_holiday) if death else None,
        "return_due_15_months": form_706_due(death, is_legal_holiday, extended=True) if death else None,
        "result": None if answer.missing else "not feasible",
        "general_warnings": found.generic_warnings(),
    }
    if first is not None and first.opens_on is not None:
        _dates(facts, answer, first, times, facts.as_of)
    _more_findings(facts, answer, times)
    return answer


def _times(facts: NaturalizationTimelineInput) -> timeline.ProcessingTimes:
    own = (facts.processing_months_low, facts.processing_months_base, facts.processing_months_high)
    on_file = processing_times()
    if own == (None, None, None):
        return on_file
    if facts.processing_months_source is None or facts.as_of is None:
        raise InputError(["processing_months_source: is missing, expected where the firm's own months were read"])
    low, base, high = (
        mine if mine is not None else filed
        for mine, filed in zip(own, (on_file.low, on_file.base, on_file.high), strict=True)
    )
    if not low <= base <= high:
        raise InputError(["processing_months_base: is out of order, expected low, base and high from small to large"])
    return timeline.ProcessingTimes(low, base, high, facts.as_of, facts.processing_months_source)


def _routes(facts: NaturalizationTimelineInput, answer: Answer, as_of: date) -> list[routes.Route]:
    since, alive = facts.lawful_permanent_resident_since, facts.date_of_death is None
    absences = [routes.Absence(absence.left_on, absence.returned_on) for absence in facts.absences or ()]
    for index, absence in enumerate(absences):
        if absence.returned_on < absence.left_on:
            raise InputError([f"absences[{index}].returned_on: is before left_on, expected a later day"])
    all_routes: list[routes.Route] = []
    general = spouse = None
    if since is not None:
        general = routes.after_broken_residence(routes.general_route(since), absences)
        all_routes.append(general)
        spouse = _spouse_route(facts, answer, since, alive=alive)
        if spouse is not None:
            spouse = routes.after_broken_residence(spouse, absences)
            all_routes.append(spouse)
    stationed = routes.stationed_abroad_route(stationed=bool(facts.stationed_abroad), alive=alive, as_of=as_of)
    service = routes.service_member_route(died_in_service=bool(facts.died_in_active_service), as_of=as_of)
    if facts.has_permanent_residence is not False:
        all_routes += [route for route in (stationed, service) if route is not None]
    answer.findings += [
        found.route_finding("CIT-01", general, "Is the general route open?", ("INA 316(a)", "8 CFR 316.2")),
        found.route_finding(
            "CIT-02", spouse, "Is the route of a citizen's spouse open?", ("INA 319(a)", "8 CFR 319.1")
        ),
        found.route_finding("CIT-04", stationed, "Is the citizen stationed abroad?", ("INA 319(b)", "8 CFR 319.2")),
        found.route_finding("CIT-05", service, "Did the citizen die in service?", ("INA 319(d)", "8 CFR 319.3")),
        found.spouse_route_ends(alive=alive, decedent_is_citizen=facts.decedent_citizenship != "foreign"),
        found.absences_finding(None if facts.absences is None else absences),
    ]
    return all_routes


def _spouse_route(
    facts: NaturalizationTimelineInput, answer: Answer, since: date, *, alive: bool
) -> routes.Route | None:
    """Return the three-year route, or None where the other spouse is no citizen or a fact is missing."""
    if facts.decedent_citizenship == "foreign":
        return None
    needed = {
        "married_on": facts.married_on,
        "decedent_citizen_since": facts.decedent_citizen_since,
        "in_marital_union": facts.in_marital_union,
    }
    missing = [name for name, value in needed.items() if value is None]
    if missing and alive:
        answer.need(*missing)
        return None
    return routes.spouse_route(
        permanent_resident_since=since,
        married_on=facts.married_on or since,
        citizen_since=facts.decedent_citizen_since or since,
        in_marital_union=bool(facts.in_marital_union),
        alive=alive,
    )


def _dates(
    facts: NaturalizationTimelineInput,
    answer: Answer,
    first: routes.Route,
    times: timeline.ProcessingTimes,
    as_of: date,
) -> None:
    opens = first.opens_on or as_of
    if facts.presence_days is not None:
        opens = max(opens, routes.presence_reached_on(first.name, facts.presence_days, as_of))
    filed = timeline.filing_day(opens, as_of=as_of, date_of_death=facts.date_of_death)
    oath = timeline.expected_oath(filed, times)
    answer.result |= {
        "earliest_filing": opens,
        "filing": filed,
        "oath_low": oath.low,
        "oath_base": oath.base,
        "oath_high": oath.high,
    }
    answer.findings.append(found.filed_early(as_of_is_early=opens > as_of))
    if facts.date_of_death is None:
        answer.result["result"] = "file now" if opens <= as_of else "file when the route opens"
        _risk(facts, answer, as_of, oath.base)
        return
    result: Any = timeline.against_the_return(oath, facts.date_of_death, is_legal_holiday)
    if facts.resident_all_times is False:
        result = "not in time: QDOT, then CIT-25"
    answer.result["result"] = result


def _risk(facts: NaturalizationTimelineInput, answer: Answer, as_of: date, oath: date) -> None:
    """Add the chance that the citizen dies before the base oath, from the life table, as percent."""
    born = facts.citizen_date_of_birth
    if born is None:
        return
    table, age = life_table(), age_on(born, as_of)
    years = Decimal((oath - as_of).days) / Decimal("365.25")
    sexes: tuple[Sex, ...] = (facts.citizen_sex,) if facts.citizen_sex else ("female", "male")
    rates = [table.q[sex][min(age, len(table.q[sex]) - 1)] for sex in sexes]
    chance = sum(rates, Decimal(0)) / len(rates) * years * 100
    answer.result["risk_of_death_before_oath_percent"] = f"{min(chance, Decimal(100)):.2f}"
    answer.warn("period_table", f"The chance is read from {table.name}, which ignores that mortality may improve.")


def _more_findings(facts: NaturalizationTimelineInput, answer: Answer, times: timeline.ProcessingTimes) -> None:
    months = f"{times.low}, {times.base} and {times.high}"
    answer.findings += [
        found.oath_hastened(gravely_ill=facts.gravely_ill),
        found.documents_finding(),
        found.processing_finding(months, times.as_of.isoformat(), times.source),
        found.slow_downs(),
        found.lifelong_duties(),
    ]
    if facts.date_of_death is not None:
        answer.findings.append(found.residence_finding(throughout=facts.resident_all_times))
    answer.warn(
        "immigration_lawyer",
        "Immigration answers are flags for an immigration lawyer; processing times come from secondary sources.",
        "8 CFR 335.3",
    )


RULE = Rule(
    "naturalization-timeline",
    "From when the spouse may file for citizenship, when the oath can come, and is it before the return",
    NaturalizationTimelineInput,
    answer_naturalization_timeline,
)
