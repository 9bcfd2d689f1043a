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
from planning.engine.rules.naturalization_applicant import Applicant, open_routes
from planning.engine.rules.s7503_due_dates import add_months, form_706_due
from planning.federal_holidays import is_legal_holiday
from planning.immigration import processing_times
from planning.inputs import Day, Flag, InputError
from planning.lawbook import life_table

MOST_MONTHS = 120
# A widow or widower of a citizen petitions within two years of the death. INA 201(b)(2)(A)(i).
WIDOW_MONTHS = 24
SPOUSE_ROUTE_FACTS = ("married_on", "decedent_citizen_since", "in_marital_union")


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

    second_names: ClassVar = {"from": "left_on", "start": "left_on", "to": "returned_on", "end": "returned_on"}

    left_on: Day = Field(description="Day of leaving")
    returned_on: Day | None = Field(None, description="Day of return; null: still away on the day asked about")
    residence_kept: Flag | None = Field(
        None, description="Whether residence was shown to be kept (8 CFR 316.5(c)(1)(i)); null: still to be shown"
    )
    residence_preserved: Flag | None = Field(
        None,
        description="Whether Form N-470 preserved residence (INA 316(b)), also as household of its holder; null: no",
    )


class NaturalizationTimelineInput(RuleInput):
    """The spouse's status, the marriage, the citizen, and the death if there was one."""

    second_names: ClassVar = {
        "lpr_date": "lawful_permanent_resident_since",
        "lpr": "lawful_permanent_resident_since",
        "lpr_since": "lawful_permanent_resident_since",
        "spouse_lpr_date": "lawful_permanent_resident_since",
        "green_card_since": "lawful_permanent_resident_since",
        "green_card_date": "lawful_permanent_resident_since",
        "permanent_resident_since": "lawful_permanent_resident_since",
        "dod": "date_of_death",
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "today": "as_of",
        "d_citizen_since": "decedent_citizen_since",
        "citizen_since": "decedent_citizen_since",
        "marriage_date": "married_on",
        "date_of_marriage": "married_on",
        "marital_union": "in_marital_union",
        "physical_presence_days": "presence_days",
        "t_low": "processing_months_low",
        "t_base": "processing_months_base",
        "t_high": "processing_months_high",
        "spouse_us_domiciled_throughout": "resident_all_times",
        "n400_filed_on": "application_filed_on",
        "n400_filed": "application_filed_on",
        "naturalization_filed_on": "application_filed_on",
        "spouse_naturalized": "oath_on",
        "spouse_naturalized_on": "oath_on",
        "cause_for_expedited_oath": "gravely_ill",
    }

    as_of: Day | None = Field(None, description="Day the question is asked; null with a date of death: that day")
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
    presence_days_in_three_years: Annotated[int, Field(strict=True, ge=0, le=1_096)] | None = Field(
        None, description="Days of presence in the last three years, for the spouse route; null: as presence_days"
    )
    in_state_since: Day | None = Field(
        None, description="Last move to another state or district (8 CFR 316.2(a)(5)); null: not tested"
    )
    spouse_date_of_birth: Day | None = Field(
        None, description="The spouse's day of birth, eighteen is the least age (INA 334(b)); null: not tested"
    )
    date_of_death: Day | None = Field(
        None, description="The citizen's day of death, actual, or assumed where it is after as_of; null: alive"
    )
    divorced: Flag | None = Field(None, description="Whether the marriage ended by divorce; null: no")
    citizenship_given_up: Flag | None = Field(
        None, description="Whether the other spouse gave US citizenship up (8 CFR 319.1(b)(2)(i)); null: no"
    )
    battered_spouse: Flag | None = Field(
        None, description="Whether permanent residence rests on battery or extreme cruelty (INA 319(a)); null: no"
    )
    application_filed_on: Day | None = Field(None, description="Day Form N-400 was filed; null: not yet")
    application_route: routes.RouteName | None = Field(
        None, description="Route of the application filed; null: the spouse's where it was open, else the general one"
    )
    oath_on: Day | None = Field(None, description="Day of the oath, set or taken; null: expected from processing times")
    nationality_hold: Flag | None = Field(
        None, description="Whether decisions for the spouse's nationality are on hold; null: asked of the lawyer"
    )
    stationed_abroad: Flag | None = Field(
        None, description="Whether the citizen is stationed abroad in qualifying work (INA 319(b)); null: no"
    )
    died_in_active_service: Flag | None = Field(
        None, description="Whether the citizen died in honorable active-duty service (INA 319(d)); null: no"
    )
    gravely_ill: Flag | None = Field(
        None, description="Whether grave illness or another cause asks for an early oath (INA 337(c))"
    )
    resident_all_times: Flag | None = Field(
        None, description="Whether the spouse was domiciled in the US at all times since the death (IRC 2056(d)(4)(B))"
    )
    processing_months_low: Months | None = Field(None, description="Months from filing to the oath, low; null: on file")
    processing_months_base: Months | None = Field(None, description="The same, base")
    processing_months_high: Months | None = Field(None, description="The same, high")
    processing_months_source: Words | None = Field(None, description="Where the firm read its own months")
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
    death = facts.date_of_death
    as_of = facts.as_of or death
    if as_of is None:
        answer.need("as_of")
        return answer
    times = _times(facts, as_of, answer)
    _no_residence(facts, answer)
    applicant = _applicant(facts, as_of, answer)
    death_has_come = death is not None and death <= as_of
    way = _Way(facts, applicant, times, as_of, death if death_has_come else None)
    _missing(facts, answer, way)
    result = way.printed()
    if death is not None and not death_has_come:
        if way.oath is not None and way.oath.high < death:
            result["result"] = "comfortable"
        else:
            way = _Way(facts, applicant, times, as_of, death)
            result = way.printed() | {"while_both_live": result}
    if answer.missing:
        result["result"] = None
    due = {
        f"return_due_{words}_months": form_706_due(death, is_legal_holiday, extended=extended) if death else None
        for words, extended in (("9", False), ("15", True))
    }
    answer.result = (
        result
        | due
        | {
            "form_4768_by": due["return_due_9_months"],
            "widow_petition_until": add_months(death, WIDOW_MONTHS) if death and applicant is None else None,
            "general_warnings": found.generic_warnings(),
        }
    )
    _findings(facts, answer, way, times)
    _risk(facts, answer, way)
    return answer


def _no_residence(facts: NaturalizationTimelineInput, answer: Answer) -> None:
    since = facts.lawful_permanent_resident_since
    if since is None and facts.has_permanent_residence is not False:
        answer.need("lawful_permanent_resident_since")
    answer.findings.append(
        found.no_permanent_residence(
            has_it=since is not None if facts.has_permanent_residence is None else facts.has_permanent_residence,
            widowed=facts.date_of_death is not None,
            stationed_abroad=bool(facts.stationed_abroad),
        )
    )


def _times(facts: NaturalizationTimelineInput, as_of: date, answer: Answer) -> timeline.ProcessingTimes:
    own = (facts.processing_months_low, facts.processing_months_base, facts.processing_months_high)
    on_file = processing_times()
    if own == (None, None, None):
        return on_file
    low, base, high = (
        mine if mine is not None else filed
        for mine, filed in zip(own, (on_file.low, on_file.base, on_file.high), strict=True)
    )
    if not low <= base <= high:
        raise InputError(["processing_months_base: is out of order, expected low, base and high from small to large"])
    if facts.processing_months_source is None:
        answer.warn("months_without_source", "The processing months were entered without a source.", "8 CFR 335.3")
    return timeline.ProcessingTimes(low, base, high, as_of, facts.processing_months_source or "no source stated")


def _applicant(facts: NaturalizationTimelineInput, as_of: date, answer: Answer) -> Applicant | None:
    """Return the applicant; None without permanent residence."""
    absences = _absences(facts, as_of, answer)
    if facts.lawful_permanent_resident_since is None or facts.has_permanent_residence is False:
        return None
    return Applicant(
        permanent_resident_since=facts.lawful_permanent_resident_since,
        other_is_citizen=facts.decedent_citizenship != "foreign",
        married_on=facts.married_on,
        citizen_since=facts.decedent_citizen_since,
        in_marital_union=facts.in_marital_union,
        divorced=bool(facts.divorced),
        citizenship_given_up=bool(facts.citizenship_given_up),
        battered=bool(facts.battered_spouse),
        stationed_abroad=bool(facts.stationed_abroad),
        died_in_service=bool(facts.died_in_active_service),
        absences=tuple(absences),
        presence_days=facts.presence_days,
        presence_days_in_three_years=facts.presence_days_in_three_years,
        in_state_since=facts.in_state_since,
        date_of_birth=facts.spouse_date_of_birth,
    )


def _absences(facts: NaturalizationTimelineInput, as_of: date, answer: Answer) -> list[routes.Absence]:
    """Return the absences; one that still goes on is measured to `as_of`."""
    found_absences = []
    for index, given in enumerate(facts.absences or ()):
        returned = given.returned_on or as_of
        if returned < given.left_on:
            raise InputError([f"absences[{index}].returned_on: is before left_on, expected a later day"])
        preserved = bool(given.residence_preserved)
        if given.residence_kept is False:
            answer.warn(
                "unverified_rule",
                "CIT-07: that residence given up in an absence of less than a year begins again as after a year is "
                "inferred; an immigration lawyer must confirm it.",
                "8 CFR 316.5(c)(1)",
            )
        found_absences.append(routes.Absence(given.left_on, returned, given.residence_kept, preserved))
    return found_absences


class _Way:
    """The routes and the expected oath of one applicant, the citizen alive or dead."""

    def __init__(
        self,
        facts: NaturalizationTimelineInput,
        applicant: Applicant | None,
        times: timeline.ProcessingTimes,
        as_of: date,
        death: date | None,
    ) -> None:
        self.facts, self.applicant, self.as_of, self.death = facts, applicant, as_of, death
        self.routes = [] if applicant is None else open_routes(applicant, as_of=as_of, date_of_death=death)
        self.by_name = {route.name: route for route in self.routes}
        self.outlook = timeline.outlook(
            self.routes,
            times,
            as_of=as_of,
            date_of_death=death,
            filed_on=facts.application_filed_on,
            applied_for=facts.application_route or "spouse_of_citizen",
        )
        known = facts.oath_on
        expected = None if self.outlook is None else self.outlook.oath
        self.oath = expected if known is None else timeline.Oath(known, known, known)

    def printed(self) -> dict[str, Any]:
        """Return what the answer prints of it."""
        outlook, oath = self.outlook, self.oath
        return {
            "routes": {
                route.name: {"opens_on": route.opens_on, "reason": route.reason, "citations": list(route.citations)}
                for route in self.routes
            },
            "route": outlook.route.name if outlook else None,
            "earliest_filing": outlook.route.opens_on if outlook else None,
            "filing": outlook.filing if outlook else None,
            "oath_low": oath.low if oath else None,
            "oath_base": oath.base if oath else None,
            "oath_high": oath.high if oath else None,
            "result": self._result(),
        }

    def _result(self) -> str:
        if self.death is None:
            return self._result_in_life()
        if self.oath is None:
            return "not feasible"
        if self.facts.resident_all_times is False and self.oath.base >= self.death:
            return "not in time: QDOT, then CIT-25"
        return timeline.against_the_return(self.oath, self.death, is_legal_holiday)

    def _result_in_life(self) -> str:
        if self.facts.oath_on is not None:
            return "oath taken" if self.facts.oath_on <= self.as_of else "oath set"
        if self.outlook is None or self.outlook.route.opens_on is None:
            stationed = self.facts.stationed_abroad and self.applicant is None
            return "permanent residence first" if stationed else "not feasible"
        if self.outlook.filed:
            return "filed: the oath is awaited"
        return "file now" if self.outlook.route.opens_on <= self.as_of else "file when the route opens"


def _missing(facts: NaturalizationTimelineInput, answer: Answer, way: _Way) -> None:
    """Ask for what decides: the marriage where the spouse route could open before the general one."""
    applicant = way.applicant
    if applicant is None or not applicant.other_is_citizen or applicant.battered:
        return
    if facts.died_in_active_service and way.death is not None and facts.in_marital_union is None:
        answer.need("in_marital_union")
    general = way.by_name["general"].opens_on
    waits = general is not None and general > way.as_of
    if waits and not facts.stationed_abroad and applicant.spouse_route_end(way.death) is None:
        answer.need(*(name for name in SPOUSE_ROUTE_FACTS if getattr(facts, name) is None))


def _findings(facts: NaturalizationTimelineInput, answer: Answer, way: _Way, times: timeline.ProcessingTimes) -> None:
    """Add what each rule says of the way that decides."""
    by_name, applicant, death = way.by_name, way.applicant, facts.date_of_death
    asked: tuple[tuple[str, routes.RouteName, str, tuple[str, ...]], ...] = (
        ("CIT-01", "general", "Is the general route open?", ("INA 316(a)", "8 CFR 316.2")),
        ("CIT-02", "spouse_of_citizen", "Is the route of a citizen's spouse open?", ("INA 319(a)", "8 CFR 319.1")),
        ("CIT-04", "stationed_abroad", "Is the citizen stationed abroad?", ("INA 319(b)", "8 CFR 319.2")),
        (
            "CIT-05",
            "surviving_spouse_of_service_member",
            "Did the citizen die in service?",
            ("INA 319(d)", "8 CFR 319.3"),
        ),
    )
    answer.findings += [found.route_finding(rule, by_name.get(name), test, cites) for rule, name, test, cites in asked]
    end = None if applicant is None else applicant.spouse_route_end(way.death)
    answer.findings.append(
        found.spouse_route_ends(
            end=end,
            decedent_is_citizen=facts.decedent_citizenship != "foreign",
            battered=bool(facts.battered_spouse),
        )
    )
    absences = None if facts.absences is None else _absences(facts, way.as_of, answer)
    answer.findings.append(
        found.absences_finding(None if absences is None else routes.in_last_five_years(absences, way.as_of))
    )
    _filing_findings(facts, answer, way)
    answer.findings += [
        found.oath_hastened(gravely_ill=facts.gravely_ill),
        found.documents_finding(),
        found.processing_finding(f"{times.low}, {times.base} and {times.high}", times.as_of.isoformat(), times.source),
        found.slow_downs(hold=facts.nationality_hold),
        found.lifelong_duties(),
    ]
    if death is not None:
        _return_findings(facts, answer, way, death)
    answer.warn(
        "immigration_lawyer",
        "Immigration answers are flags for an immigration lawyer; processing times come from secondary sources.",
        "8 CFR 335.3",
    )


def _filing_findings(facts: NaturalizationTimelineInput, answer: Answer, way: _Way) -> None:
    outlook = way.outlook
    if outlook is None or outlook.route.opens_on is None:
        return
    if facts.application_filed_on is not None:
        goes_on = outlook.route.name if outlook.filed else None
        filed_on = facts.application_filed_on.isoformat()
        answer.findings.append(found.pending_application(filed_on=filed_on, goes_on=goes_on))
    else:
        answer.findings.append(found.filed_early(as_of_is_early=outlook.route.opens_on > way.as_of))


def _return_findings(facts: NaturalizationTimelineInput, answer: Answer, way: _Way, death: date) -> None:
    first, last = (form_706_due(death, is_legal_holiday, extended=extended) for extended in (False, True))
    if way.oath is not None:
        in_time = timeline.in_time(way.oath.base, last)
        answer.findings += [
            found.oath_before_return(oath_base=way.oath.base.isoformat(), last_due=last.isoformat(), in_time=in_time),
            found.ask_for_more_time(
                due=first.isoformat(), needed=in_time and not timeline.in_time(way.oath.high, first)
            ),
        ]
    answer.findings.append(found.residence_finding(throughout=facts.resident_all_times))


def _risk(facts: NaturalizationTimelineInput, answer: Answer, way: _Way) -> None:
    """Add the chance that the living citizen dies before the base oath, from the life table, as percent."""
    born, oath = facts.citizen_date_of_birth, way.oath
    if born is None or oath is None or facts.date_of_death is not None:
        return
    table, age = life_table(), age_on(born, way.as_of)
    years = Decimal((oath.base - way.as_of).days) / Decimal("365.25")
    sexes: tuple[Sex, ...] = (facts.citizen_sex,) if facts.citizen_sex else ("female", "male")
    chances = [timeline.chance_of_death(table.q[sex][age:], years) for sex in sexes]
    percent = sum(chances, Decimal(0)) / len(chances) * 100
    answer.result["risk_of_death_before_oath_percent"] = f"{percent:.2f}"
    answer.warn("period_table", f"The chance is read from {table.name}, which ignores that mortality may improve.")


RULE = Rule(
    "naturalization-timeline",
    "From when the spouse may file for citizenship, when the oath can come, and is it before the return",
    NaturalizationTimelineInput,
    answer_naturalization_timeline,
)
