"""INA 316, 319, 334, 337 (8 USC 1427, 1430, 1445, 1448): the ways to citizenship and from what day each is open.

The general route asks five years of permanent residence, that of a citizen's
spouse three; both may be filed ninety days before the residence is complete and
never before other periods are. Long absences break the residence until the
oath. Immigration answers are flags for an immigration lawyer, never advice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months

RouteName = Literal["general", "spouse_of_citizen", "stationed_abroad", "surviving_spouse_of_service_member"]
GENERAL_MONTHS, SPOUSE_MONTHS = 60, 36
EARLY_DAYS = 90
# Half of five and of three years, as days are counted.
GENERAL_PRESENCE_DAYS, SPOUSE_PRESENCE_DAYS = 913, 548
PRESUMED_BROKEN_MONTHS, BROKEN_MONTHS = 6, 12


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence from the United States after permanent residence began."""

    left_on: date
    returned_on: date


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
    *, permanent_resident_since: date, married_on: date, citizen_since: date, in_marital_union: bool, alive: bool
) -> Route:
    """Return the three-year route of a citizen's spouse. INA 319(a) (8 USC 1430(a)); 8 CFR 319.1.

    Three years of marriage and of the other's citizenship must be whole on the
    day of filing; only the residence may be filed early.
    """
    cites = ("INA 319(a)", "8 CFR 319.1(a)")
    if spouse_route_lost(alive=alive):
        reason = "lost with the citizen's death before the oath"
        return Route("spouse_of_citizen", None, reason, ("INA 319(a)", "8 CFR 319.1(b)(2)(i)"))
    if not in_marital_union:
        return Route("spouse_of_citizen", None, "not living in marital union for the three years", cites)
    opens = max(
        earliest_filing(add_months(permanent_resident_since, SPOUSE_MONTHS)),
        add_months(married_on, SPOUSE_MONTHS),
        add_months(citizen_since, SPOUSE_MONTHS),
    )
    return Route("spouse_of_citizen", opens, "three years in marital union with a citizen", cites)


def spouse_route_lost(*, alive: bool) -> bool:
    """Return whether the spouse route has ended: it ends with the citizen's death. 8 CFR 319.1(b)(2)(i)."""
    return not alive


def stationed_abroad_route(*, stationed: bool, alive: bool, as_of: date) -> Route | None:
    """Return the route of the spouse of a citizen stationed abroad, without any period. INA 319(b)."""
    if not stationed or not alive:
        return None
    return Route(
        "stationed_abroad", as_of, "the citizen is stationed abroad in qualifying work", ("INA 319(b)", "8 CFR 319.2")
    )


def service_member_route(*, died_in_service: bool, as_of: date) -> Route | None:
    """Return the route of the surviving spouse of a citizen who died in honorable service. INA 319(d)."""
    if not died_in_service:
        return None
    return Route(
        "surviving_spouse_of_service_member",
        as_of,
        "the citizen died in active-duty service",
        ("INA 319(d)", "8 CFR 319.3"),
    )


def continuity(absence: Absence) -> Literal["kept", "presumed_broken", "broken"]:
    """Return what an absence does to continuous residence. INA 316(b); 8 CFR 316.5(c)(1).

    More than six months: broken unless residence is shown not to be given up;
    a year or more: broken.
    """
    if absence.returned_on >= add_months(absence.left_on, BROKEN_MONTHS):
        return "broken"
    if absence.returned_on > add_months(absence.left_on, PRESUMED_BROKEN_MONTHS):
        return "presumed_broken"
    return "kept"


def after_broken_residence(route: Route, absences: Iterable[Absence]) -> Route:
    """Return `route` opening again after absences of a year or more.

    Four years and a day after the return, two years and a day on the spouse
    route. 8 CFR 316.5(c)(1)(ii).
    """
    months = {"general": GENERAL_MONTHS - BROKEN_MONTHS, "spouse_of_citizen": SPOUSE_MONTHS - BROKEN_MONTHS}
    if route.opens_on is None or route.name not in months:
        return route
    opens = route.opens_on
    for absence in absences:
        if continuity(absence) == "broken":
            opens = max(opens, add_months(absence.returned_on, months[route.name]) + timedelta(days=1))
    if opens == route.opens_on:
        return route
    return Route(
        route.name, opens, f"{route.reason}, broken by an absence", (*route.citations, "8 CFR 316.5(c)(1)(ii)")
    )


def presence_reached_on(route: RouteName, presence_days: int, as_of: date) -> date:
    """Return the first day physical presence is enough if the spouse stays from `as_of` on. INA 316(a), 319(a)."""
    needed = {"general": GENERAL_PRESENCE_DAYS, "spouse_of_citizen": SPOUSE_PRESENCE_DAYS}.get(route, 0)
    return as_of + timedelta(days=max(0, needed - presence_days))
