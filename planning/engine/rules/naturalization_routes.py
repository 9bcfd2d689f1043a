"""INA 316, 319, 334, 337 (8 USC 1427, 1430, 1445, 1448): the ways to citizenship and from what day each is open.

The general route asks five years of permanent residence, that of a citizen's
spouse three; both may be filed ninety days before the residence is complete and
never before other periods are. Long absences break the residence until the
oath. Immigration answers are flags for an immigration lawyer, never advice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months

RouteName = Literal["general", "spouse_of_citizen", "stationed_abroad", "surviving_spouse_of_service_member"]
GENERAL_MONTHS, SPOUSE_MONTHS = 60, 36
EARLY_DAYS = 90
# Half of five and of three years, as days are counted.
GENERAL_PRESENCE_DAYS, SPOUSE_PRESENCE_DAYS = 913, 548
PRESUMED_BROKEN_MONTHS, BROKEN_MONTHS = 6, 12
IN_STATE_MONTHS = 3
MONTHS_OF_AGE = 18 * 12


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence from the United States after permanent residence began.

    `kept`: residence was shown to be kept (True), shown to be given up (False),
    or not asked (None). `preserved`: an approved Form N-470, of the spouse or
    of the person whose household the spouse belongs to. INA 316(b).
    """

    left_on: date
    returned_on: date
    kept: bool | None = None
    preserved: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One way to citizenship; `opens_on` is None where it is not open at all."""

    name: RouteName
    opens_on: date | None
    reason: str
    citations: tuple[str, ...]


def earliest_filing(residence_complete_on: date) -> date:
    """Return the first day to file: ninety days before the residence is complete. INA 334(a); 8 CFR 334.2(b)."""
    return residence_complete_on - timedelta(days=EARLY_DAYS)


def general_route(permanent_resident_since: date) -> Route:
    """Return the five-year route. INA 316(a) (8 USC 1427(a))."""
    opens = earliest_filing(add_months(permanent_resident_since, GENERAL_MONTHS))
    return Route("general", opens, "five years of permanent residence", ("INA 316(a)", "8 CFR 316.2"))


def spouse_route(
    *, permanent_resident_since: date, married_on: date, citizen_since: date, in_marital_union: bool
) -> Route:
    """Return the three-year route of a citizen's spouse. INA 319(a) (8 USC 1430(a)); 8 CFR 319.1.

    Three years of marriage and of the other's citizenship must be whole on the
    day of filing; only the residence may be filed early.
    """
    cites = ("INA 319(a)", "8 CFR 319.1(a)")
    if not in_marital_union:
        return Route("spouse_of_citizen", None, "not living in marital union for the three years", cites)
    opens = max(
        earliest_filing(add_months(permanent_resident_since, SPOUSE_MONTHS)),
        add_months(married_on, SPOUSE_MONTHS),
        add_months(citizen_since, SPOUSE_MONTHS),
    )
    return Route("spouse_of_citizen", opens, "three years in marital union with a citizen", cites)


def battered_spouse_route(permanent_resident_since: date) -> Route:
    """Return the three-year route of one whose permanent residence rests on battery or cruelty by the citizen.

    It asks neither marital union nor that the citizen still lives. INA 319(a).
    """
    opens = earliest_filing(add_months(permanent_resident_since, SPOUSE_MONTHS))
    return Route("spouse_of_citizen", opens, "three years of permanent residence as a battered spouse", ("INA 319(a)",))


def lost_spouse_route(end: str) -> Route:
    """Return the spouse route closed by what ended it."""
    return Route("spouse_of_citizen", None, f"lost with {end} before the oath", ("INA 319(a)", "8 CFR 319.1(b)(2)(i)"))


def spouse_route_end(*, alive: bool, divorced: bool, gave_up_citizenship: bool) -> str | None:
    """Return what ended the spouse route: death, divorce or loss of citizenship before the oath.

    Marrying another citizen does not bring it back. 8 CFR 319.1(b)(2)(i).
    """
    if not alive:
        return "the citizen's death"
    if divorced:
        return "the divorce"
    if gave_up_citizenship:
        return "the loss of the other spouse's citizenship"
    return None


def stationed_abroad_route(permanent_resident_since: date) -> Route:
    """Return the route of the spouse of a living citizen stationed abroad, without any period. INA 319(b)."""
    reason = "the citizen is stationed abroad in qualifying work"
    return Route("stationed_abroad", permanent_resident_since, reason, ("INA 319(b)", "8 CFR 319.2"))


def service_member_route(date_of_death: date) -> Route:
    """Return the route of the surviving spouse of a citizen who died in honorable service. INA 319(d)."""
    reason = "the citizen died in active-duty service"
    return Route("surviving_spouse_of_service_member", date_of_death, reason, ("INA 319(d)", "8 CFR 319.3"))


def continuity(absence: Absence) -> Literal["kept", "presumed_broken", "broken"]:
    """Return what an absence does to continuous residence. INA 316(b)-(c); 8 CFR 316.5(c)(1).

    More than six months: broken unless residence is shown not to be given up;
    a year or more: broken, unless it was preserved beforehand.
    """
    if absence.preserved or absence.returned_on <= add_months(absence.left_on, PRESUMED_BROKEN_MONTHS):
        return "kept"
    if absence.returned_on >= add_months(absence.left_on, BROKEN_MONTHS) or absence.kept is False:
        return "broken"
    return "kept" if absence.kept else "presumed_broken"


def in_last_five_years(absences: Iterable[Absence], as_of: date) -> list[Absence]:
    """Return the absences that reach into the five years before `as_of`; older ones no longer count."""
    return [absence for absence in absences if absence.returned_on > add_months(as_of, -GENERAL_MONTHS)]


def after_broken_residence(route: Route, absences: Iterable[Absence]) -> Route:
    """Return `route` opening again after absences that broke the residence.

    Four years and a day after the return, two years and a day on the spouse
    route. 8 CFR 316.5(c)(1)(ii).
    """
    months = (GENERAL_MONTHS if route.name == "general" else SPOUSE_MONTHS) - BROKEN_MONTHS
    again = [
        add_months(absence.returned_on, months) + timedelta(days=1)
        for absence in absences
        if continuity(absence) == "broken"
    ]
    return later(route, again, "broken by an absence", "8 CFR 316.5(c)(1)(ii)")


def after_move(route: Route, in_state_since: date) -> Route:
    """Return `route` opening three months after the last move to a state or district. INA 316(a), 319(a).

    An application filed early may count them to the examination (8 CFR
    319.1(a)(5)); the later, careful day is taken.
    """
    return later(route, [add_months(in_state_since, IN_STATE_MONTHS)], "three months in the state", "8 CFR 316.2(a)(5)")


def after_presence(route: Route, presence_days: int, as_of: date) -> Route:
    """Return `route` opening when physical presence is enough if the spouse stays from `as_of` on.

    Half of the period: `presence_days` are those in the five or three years so far. INA 316(a), 319(a).
    """
    needed = GENERAL_PRESENCE_DAYS if route.name == "general" else SPOUSE_PRESENCE_DAYS
    short = max(0, needed - presence_days)
    return later(route, [as_of + timedelta(days=short)] if short else [], "presence to be made up", "8 CFR 316.2(a)(4)")


def of_age(route: Route, date_of_birth: date) -> Route:
    """Return `route` opening at eighteen at the earliest. INA 334(b)."""
    return later(route, [add_months(date_of_birth, MONTHS_OF_AGE)], "eighteen years of age", "INA 334(b)")


def later(route: Route, days: Iterable[date], why: str, citation: str) -> Route:
    """Return `route` opening on the last of `days`, with the reason, where that is later; a closed one stays closed."""
    if route.opens_on is None:
        return route
    opens = max([route.opens_on, *days])
    if opens == route.opens_on:
        return route
    return replace(route, opens_on=opens, reason=f"{route.reason}, {why}", citations=(*route.citations, citation))
