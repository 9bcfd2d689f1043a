"""IRC 2056(d)(2)(B); Treas. Reg. 20.2056A-4(b): the spouse transfers or assigns to a QDOT what passed outright.

Actual transfer before, or irrevocable assignment on or before, the day the
return is actually filed, and never after the last day for the election. Only
property of the decedent goes in. What is assigned is conveyed before the
administration ends. For every other tax the spouse is the transferor.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of, any_of, opposite
from planning.engine.worksheet import Figure

Transferor = Literal["spouse", "legal_representative", "spouse_estate", "other"]
Expressed = Literal["specific_asset", "group_of_assets", "fraction", "pecuniary", "formula"]
Clause = Literal["value_on_transfer", "fairly_representative", "none"]
Origin = Literal["from_decedent", "proceeds_from_decedent", "owned_by_spouse"]

BY_SPOUSE = ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)")
FORM = ("Treas. Reg. 20.2056A-4(b)(2)", "Treas. Reg. 20.2056A-4(b)(4)")
PROPERTY = ("Treas. Reg. 20.2056A-4(b)(3)",)
CONVEYANCE = ("Treas. Reg. 20.2056A-4(b)(6)",)
CHARACTER = ("Treas. Reg. 20.2056A-4(b)(5)", "Treas. Reg. 20.2056A-4(d) Examples 1 and 5")
PECUNIARY: frozenset[Expressed] = frozenset({"pecuniary", "formula"})
MONTHS_TO_CONVEY = 12


def transferred_in_time(on: date, *, filed_on: date | None, bar: date) -> bool:
    """Return whether an actual transfer came before the return was filed, and by the last day for the election.

    `filed_on` is the actual day, also of an early return; None: not filed yet.
    """
    return on <= bar and (filed_on is None or on < filed_on)


def assigned_in_time(on: date, *, filed_on: date | None, bar: date) -> bool:
    """Return whether an irrevocable assignment was made by the day of filing, and by the last day for the election."""
    return on <= bar and (filed_on is None or on <= filed_on)


def may_act(by: Transferor) -> bool:
    """Return whether this person may transfer or assign: the spouse, or who stands in for the spouse."""
    return by != "other"


def assignment_binds(
    *, in_writing: bool | None, irrevocable: bool | None, enforceable: bool | None, complete_copy_filed: bool | None
) -> bool:
    """Return whether an assignment is written, irrevocable, good under local law, and copied to the return.

    What is not known is taken as in order; only a no breaks it.
    """
    return False not in (in_writing, irrevocable, enforceable, complete_copy_filed)


def pecuniary_clause_holds(expressed: Expressed, clause: Clause | None) -> bool | None:
    """Return whether a sum or formula says how it is paid: value on transfer, or a fair cross-section. Reg. -4(b)(4).

    An asset, a group or a fraction needs no clause.
    """
    if expressed not in PECUNIARY:
        return True
    return None if clause is None else clause != "none"


def eligible_property(origin: Origin) -> bool:
    """Return whether this property may go in: the decedent's or its proceeds, never the spouse's own in its stead."""
    return origin != "owned_by_spouse"


def included_part_only(*, percent_included: Decimal, percent_transferred: Decimal) -> bool:
    """Return whether no more of an asset is transferred than the gross estate includes, in percent. Reg. -4(b)(3)."""
    return percent_transferred <= percent_included


def transferee_trust_good(
    *, reg_2_requirements_met: bool | None, other_property: bool | None, marital_form: bool | None
) -> bool | None:
    """Return whether a trust may receive the spouse's property as a QDOT. Treas. Reg. 20.2056A-4(b)(1).

    It meets 2056A and Reg. 20.2056A-2, and holds nothing but what passed from
    the decedent to the spouse, or else qualifies for the deduction as a whole.
    """
    return all_of(reg_2_requirements_met, any_of(opposite(other_property), marital_form))


def conveyance_last_day(nominal_due: date) -> date:
    """Return the last day to convey where nothing is administered: a year after the return's due date.

    Extensions in, IRC 7503 out: the act is between private persons.
    """
    return add_months(nominal_due, MONTHS_TO_CONVEY)


def conveyed_in_time(on: date, *, administration_ends_on: date | None, last_day: date | None) -> bool | None:
    """Return whether assigned property was conveyed in time: before the administration ends, else by `last_day`."""
    if administration_ends_on is not None:
        return on < administration_ends_on
    return None if last_day is None else on <= last_day


def spouse_is_transferor(*, qualified_disclaimer: bool) -> bool:
    """Return whether gift, estate, GST and income tax see the spouse as transferor: unless by 2518(c)(3)."""
    return not qualified_disclaimer


def remainder_given_now(
    *, remainder_to_others: bool | None, keeps_power: bool | None, may_revoke: bool | None
) -> bool | None:
    """Return whether the spouse gives the remainder away at once: it vests in others, and nothing is kept back.

    A power over the remainder, or to revoke, keeps the gift incomplete.
    """
    return all_of(remainder_to_others, opposite(keeps_power), opposite(may_revoke))


def gift_of_remainder(transferred: Figure, remainder_factor: Figure) -> Figure:
    """Return the gift: value transferred (USD) times the remainder factor of IRC 7520; 2702 does not make it more.

    Treas. Reg. 20.2056A-4(d) Example 5, 25.2702-1(c)(8).
    """
    return (transferred * remainder_factor).cents()
