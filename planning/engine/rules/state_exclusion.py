"""What a state leaves untaxed in one estate: its exclusion, with what a spouse left unused and what gifts have used.

HRS 236E-6: the exclusion less adjusted taxable gifts, plus what the earlier
spouse left; 60,000 for a decedent who was neither citizen nor resident. Md.
Tax-Gen. 7-309(b)(9): plus at most 5,000,000 that the earlier spouse left. Minn.
Stat. 291.016 subd. 3: plus a qualifying farm or business, at most 2,000,000.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.state_estate import StateEstate, StateFigures
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of


def exclusion_of(law: StateLaw, estate: StateEstate) -> Decimal:
    """Return what the state leaves untaxed in `estate`, USD, for an estate that lies in the state as a whole."""
    if estate.nonresident_noncitizen and law.nonresident_noncitizen_exclusion is not None:
        return law.nonresident_noncitizen_exclusion
    left = law.exclusion
    if law.gifts.use == "exclusion":
        left = max(ZERO, left - estate.adjusted_taxable_gifts)
    if law.portable:
        left += estate.dsue if law.dsue_limit is None else min(estate.dsue, law.dsue_limit)
    return left + min(estate.business_property, law.business_subtraction)


def write_exclusion(sheet: Worksheet, law: StateLaw, figures: StateFigures) -> Figure:
    """Write what the state leaves untaxed, line by line, and return it; equal to `exclusion_of`."""
    name = f"{law.name} {law.exclusion_label}"
    if figures.nonresident_noncitizen and law.nonresident_noncitizen_exclusion is not None:
        amount = law.amount_figure(law.nonresident_noncitizen_exclusion)
        label = f"{name} of a nonresident noncitizen"
        return sheet.write(label, amount, *law.exclusion_citations, status=law.status)
    left = sheet.write(name, law.amount_figure(law.exclusion), *law.exclusion_citations, status=law.status)
    if law.gifts.use == "exclusion" and figures.adjusted_taxable_gifts.amount:
        left = sheet.write(
            f"{name} left after gifts", at_least_zero(left - figures.adjusted_taxable_gifts), *law.gifts.citations
        )
    if law.portable and figures.dsue.amount:
        carried = figures.dsue
        if law.dsue_limit is not None:
            carried = smaller_of(carried, given(law.dsue_limit, "the most that can be carried over"))
        left = sheet.write(f"{name} with the earlier spouse's unused amount", left + carried, *law.exclusion_citations)
    if law.business_subtraction and figures.business_property.amount:
        most = given(law.business_subtraction, "the most for a farm or business")
        kept = smaller_of(figures.business_property, most)
        left = sheet.write(f"{name} with farm or business property", left + kept, *law.exclusion_citations)
    return left
