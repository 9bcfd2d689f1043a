"""IRC 2511 and 2523(i)(3): is setting up joint ownership with a spouse who is not a citizen a gift?"""

from __future__ import annotations

from planning.engine.worksheet import Figure, Worksheet, at_least_zero


def gift_on_joint_registration(sheet: Worksheet, *, donor_paid: Figure, spouse_paid: Figure) -> Figure:
    """Write and return the gift (USD) when securities are registered in both names with survivorship.

    Neither owner can undo it alone, so what the donor paid above half is given.
    Treas. Reg. 25.2511-1(h)(5). Both paying: inferred from the rule for one payer.
    """
    price = sheet.write("Price of the jointly registered property", donor_paid + spouse_paid, "IRC 2511(a)")
    half = sheet.write("Half of it", Figure(price.amount / 2, f"half of {price.how}"), "Treas. Reg. 25.2511-1(h)(5)")
    return sheet.write("Gift to the spouse", at_least_zero(donor_paid - half), "Treas. Reg. 25.2511-1(h)(5)")
