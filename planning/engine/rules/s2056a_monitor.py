"""IRC 2056A(b)(4); Treas. Reg. 20.2056A-5(b)(3): does the trust still qualify, year by year?

A trust that stops meeting the tests is taxed on its whole value that day, as if
the spouse had died then. Only the 35% limit knows a year of grace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s2056a_foreign_property import Cause, is_excused, limit_exceeded, next_year_end
from planning.engine.rules.three_valued import all_of

CITATIONS = ("IRC 2056A(b)(4)", "Treas. Reg. 20.2056A-5(b)(3)")
State = Literal["OK", "CURE_BY", "CEASED", "UNDECIDED"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustYear:
    """The trust on one day, mostly the last of its year; None is unknown. Values in USD."""

    day: date | None = None
    us_trustee_in_office: bool | None = None
    us_trustee_may_withhold_tax: bool | None = None
    kept_under_us_law: bool | None = None
    abusive_device: bool | None = None
    over_two_million: bool | None = None
    security_operative: bool | None = None
    trust_fmv: Decimal | None = None
    foreign_real_property: Decimal | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """The state of one day, the date it turns on, why, and the facts it lacks."""

    state: State
    on: date | None
    reason: str
    missing: tuple[str, ...] = ()


def _foreign_property(year: TrustYear, cure_by: date | None, percent: Decimal) -> Watch:
    """Apply the 35% limit to a trust without security. Reg. 20.2056A-2(d)(1)(ii)(D)."""
    missing = tuple(
        name
        for name, known in (("trust_fmv", year.trust_fmv), ("foreign_real_property", year.foreign_real_property))
        if known is None
    )
    if year.trust_fmv is None or year.foreign_real_property is None:
        return Watch("UNDECIDED", None, "the foreign real property and the whole trust are needed", missing)
    if not limit_exceeded(foreign=year.foreign_real_property, whole=year.trust_fmv, percent=percent):
        return Watch("OK", year.day, "foreign real property is within the limit")
    if cure_by is not None and year.day is not None and year.day >= cure_by:
        return Watch("CEASED", year.day, "foreign real property is over the limit for a second year end")
    excused = is_excused(year.cause)
    if excused is None:
        return Watch("UNDECIDED", None, "why the limit was exceeded decides", ("cause_of_excess",))
    if not excused:
        return Watch("CEASED", year.day, "the limit was exceeded by the trust's own purchase or another cause")
    by = None if year.day is None else next_year_end(year.day)
    return Watch("CURE_BY", by, "the limit was exceeded by distributions, currency or market")


def watch(year: TrustYear, *, percent: Decimal, cure_by: date | None = None) -> Watch:
    """Return whether the trust qualifies on the day; `cure_by` is the day an earlier excess had to be cured by.

    `percent` is the limit on foreign real property. Treas. Reg. 20.2056A-2(a), (c), (d), -5(b)(3).
    """
    for met, reason in (
        (year.us_trustee_in_office, "no US Trustee is in office"),
        (year.us_trustee_may_withhold_tax, "no US Trustee may withhold the tax"),
        (year.kept_under_us_law, "records or governing law have left the United States"),
        (year.abusive_device is not True, "a device with a principal purpose of avoiding the tax is used"),
        (
            all_of(year.over_two_million, year.security_operative is False) is not True,
            "the required security has lapsed",
        ),
    ):
        if met is False:
            return Watch("CEASED", year.day, reason)
    missing = tuple(
        name
        for name in ("us_trustee_in_office", "us_trustee_may_withhold_tax", "kept_under_us_law")
        if getattr(year, name) is None
    )
    if year.security_operative:
        held = Watch("OK", year.day, "security is in place")
    elif year.over_two_million:
        held = Watch("UNDECIDED", None, "security must be in place at all times", ("security_in_place",))
    else:
        held = _foreign_property(year, cure_by, percent)
    if held.state == "OK" and missing:
        return Watch("UNDECIDED", None, "facts are missing", missing)
    return held


def amount_on_cessation(trust_fmv: Decimal) -> Decimal:
    """Return what is taxed when a trust stops qualifying, USD: its whole value that day. Reg. 20.2056A-5(b)(3)."""
    return trust_fmv
