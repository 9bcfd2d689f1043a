"""Which routes to citizenship are open to one applicant, alive or widowed. INA 316, 319 (8 USC 1427, 1430)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planning.engine.rules import naturalization_routes as routes
from planning.engine.rules.naturalization_routes import Absence, Route


@dataclass(frozen=True, slots=True)
class Applicant:
    """The spouse who is not a citizen, and the marriage; None is not known, and where so said not tested."""

    permanent_resident_since: date
    other_is_citizen: bool
    married_on: date | None
    citizen_since: date | None
    in_marital_union: bool | None
    divorced: bool
    citizenship_given_up: bool
    battered: bool
    stationed_abroad: bool
    died_in_service: bool
    absences: tuple[Absence, ...]
    presence_days: int | None
    presence_days_in_three_years: int | None
    in_state_since: date | None
    date_of_birth: date | None

    def spouse_route_end(self, date_of_death: date | None) -> str | None:
        """Return what ended the spouse route, None: nothing yet."""
        return routes.spouse_route_end(
            alive=date_of_death is None, divorced=self.divorced, gave_up_citizenship=self.citizenship_given_up
        )


def open_routes(applicant: Applicant, *, as_of: date, date_of_death: date | None) -> list[Route]:
    """Return every route that is open, will be, or is closed for a reason; one that is no question is left out.

    `date_of_death` None: the citizen lives.
    """
    since = applicant.permanent_resident_since
    found = [_with_periods(routes.general_route(since), applicant, applicant.presence_days, as_of)]
    spouse = _spouse_route(applicant, date_of_death)
    if spouse is not None:
        shorter = applicant.presence_days_in_three_years
        days = applicant.presence_days if shorter is None else shorter
        found.append(_with_periods(spouse, applicant, days, as_of))
    if applicant.stationed_abroad and date_of_death is None:
        found.append(routes.stationed_abroad_route(since))
    if applicant.died_in_service and date_of_death is not None and applicant.in_marital_union:
        found.append(routes.service_member_route(date_of_death))
    born = applicant.date_of_birth
    return found if born is None else [routes.of_age(route, born) for route in found]


def _spouse_route(applicant: Applicant, date_of_death: date | None) -> Route | None:
    """Return the three-year route; None where the other spouse is no citizen or a fact is missing."""
    if applicant.battered:
        return routes.battered_spouse_route(applicant.permanent_resident_since)
    if not applicant.other_is_citizen:
        return None
    end = applicant.spouse_route_end(date_of_death)
    if end is not None:
        return routes.lost_spouse_route(end)
    if applicant.married_on is None or applicant.citizen_since is None or applicant.in_marital_union is None:
        return None
    return routes.spouse_route(
        permanent_resident_since=applicant.permanent_resident_since,
        married_on=applicant.married_on,
        citizen_since=applicant.citizen_since,
        in_marital_union=applicant.in_marital_union,
    )


def _with_periods(route: Route, applicant: Applicant, presence_days: int | None, as_of: date) -> Route:
    """Return `route` after absences, a move and presence still to be made up."""
    route = routes.after_broken_residence(route, applicant.absences)
    if applicant.in_state_since is not None:
        route = routes.after_move(route, applicant.in_state_since)
    return route if presence_days is None else routes.after_presence(route, presence_days, as_of)
