"""IRC 2501(a)(2), 2511: which gifts of a nonresident noncitizen are taxed, and how a donor counts.

Only real and tangible property that lies in the United States on the day of the
gift; and there is no credit. A donor's status is citizenship or domicile in a
State or the District of Columbia on that day.
"""

from __future__ import annotations

from typing import Literal

from planning.engine.rules.domicile import Place, domicile_points_to

Kind = Literal["real_property", "tangible_property", "cash", "bank_deposit", "stock", "bond", "other_intangible"]
# Currency is no debt obligation (Treas. Reg. 25.2511-3(b)(4)(iv)), so it is taken as a thing: inferred.
THINGS: frozenset[Kind] = frozenset({"real_property", "tangible_property", "cash"})
Status = Literal["citizen", "resident", "nonresident"]


def taxed_if_nonresident(kind: Kind, located_in: Place | None) -> bool | None:
    """Return whether such a donor's gift is taxed; None where its place decides and is not known.

    Shares and bonds, of whatever issuer, and bank deposits are free, except for an
    expatriate of section 877(b). IRC 2501(a)(2)-(3), 2511(a)-(b); Treas. Reg. 25.2511-3.
    """
    if kind not in THINGS:
        return False
    return None if located_in is None else located_in == "us"


def credit_allowed(status: Status) -> bool:
    """Return whether the donor has a credit against gift tax. IRC 2505(a)."""
    return status != "nonresident"


def domicile_of_donor(*, lived_in_us: bool | None, definite_intention_to_leave: bool | None) -> Place | None:
    """Return where the stated facts place the donor's domicile. Treas. Reg. 25.2501-1(b)."""
    return domicile_points_to(lived_in_us=lived_in_us, definite_intention_to_leave=definite_intention_to_leave)


def donor_status(*, citizen: bool, domicile: Place | None, citizen_through_possession_only: bool) -> Status | None:
    """Return how the donor counts on the day of the gift; None where the domicile decides and is not known.

    A citizen only through birth, residence or citizenship in a possession who is
    domiciled there counts as a nonresident noncitizen. IRC 2501(b)-(c); Treas. Reg.
    25.2501-1(b)-(d). Visa, permanent residence and income tax residence only speak for or against.
    """
    if citizen and not citizen_through_possession_only:
        return "citizen"
    if domicile is None:
        return None
    if domicile == "us":
        return "citizen" if citizen else "resident"
    return "nonresident"
