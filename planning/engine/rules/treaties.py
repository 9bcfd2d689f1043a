"""The estate and gift tax treaties in force, and what each may change.

Ten of them give a nonresident a share of the credit of 2010 (2102(b)(3)(A)). For a
decedent of a treaty country the estate may take the treaty's marital deduction
or a QDOT, never both (P.L. 101-239 sec. 7815(d)(14); Treas. Reg. 20.2056A-1(c)).
Canada, France and Germany know a marital relief of their own, also for some
residents here. The treaties' texts are not worked out: each is for the attorney.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CHOICE = ("P.L. 101-239 sec. 7815(d)(14)", "Treas. Reg. 20.2056A-1(c)")


@dataclass(frozen=True, slots=True)
class Treaty:
    """One country's treaty: whether it covers gifts, prorates the credit, or has a marital relief for residents."""

    country: str
    covers_gifts: bool = False
    pro_rata_credit: bool = False
    marital_relief_for_residents: bool = False


TREATIES: Mapping[str, Treaty] = {
    "AU": Treaty("Australia", covers_gifts=True, pro_rata_credit=True),
    "AT": Treaty("Austria", covers_gifts=True),
    "CA": Treaty("Canada", pro_rata_credit=True, marital_relief_for_residents=True),
    "DK": Treaty("Denmark", covers_gifts=True),
    "FI": Treaty("Finland", pro_rata_credit=True),
    "FR": Treaty("France", covers_gifts=True, pro_rata_credit=True, marital_relief_for_residents=True),
    "DE": Treaty("Germany", covers_gifts=True, pro_rata_credit=True, marital_relief_for_residents=True),
    "GR": Treaty("Greece", pro_rata_credit=True),
    "IE": Treaty("Ireland"),
    "IT": Treaty("Italy", pro_rata_credit=True),
    "JP": Treaty("Japan", covers_gifts=True, pro_rata_credit=True),
    "NL": Treaty("Netherlands"),
    "NO": Treaty("Norway", pro_rata_credit=True),
    "ZA": Treaty("South Africa"),
    "CH": Treaty("Switzerland", pro_rata_credit=True),
    "GB": Treaty("United Kingdom", covers_gifts=True),
}
CANADA = TREATIES["CA"]
OTHER_NAMES: Mapping[str, str] = {"UK": "GB", "GREAT BRITAIN": "GB", "THE NETHERLANDS": "NL", "HOLLAND": "NL"}
Choice = Literal["treaty", "qdot", "none", "both_refused", "no_treaty_relief", "attorney"]


def treaty_with(country: str) -> Treaty | None:
    """Return the treaty with `country`, an ISO code or English name, or None where there is none."""
    name = country.strip().upper()
    code = OTHER_NAMES.get(name, name)
    if code in TREATIES:
        return TREATIES[code]
    return next((treaty for treaty in TREATIES.values() if treaty.country.upper() == name), None)


def treaty_choice(
    *, decedent_nonresident: bool | None, treaty: Treaty | None, treaty_deduction: bool, qdot_elected: bool
) -> Choice:
    """Return what the estate's choice comes to: the treaty's deduction or the QDOT, one of the two.

    A citizen or resident has the choice only under a treaty with a relief for
    residents, and that is for the attorney. P.L. 101-239 sec. 7815(d)(14);
    Treas. Reg. 20.2056A-1(c).
    """
    if not treaty_deduction:
        return "qdot" if qdot_elected else "none"
    if qdot_elected:
        return "both_refused"
    if treaty is None:
        return "no_treaty_relief"
    if decedent_nonresident:
        return "treaty"
    return "attorney" if treaty.marital_relief_for_residents else "no_treaty_relief"
