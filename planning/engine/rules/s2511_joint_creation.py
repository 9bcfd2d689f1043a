"""IRC 2511 and 2523(i)(3): when joint ownership with a spouse becomes a gift.

Property that neither can take back alone is a gift when it is registered in both
names. An account either may empty is none until the spouse draws for own use.
"""

from __future__ import annotations

from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given


def gift_on_joint_registration(sheet: Worksheet, *, donor_paid: Figure, spouse_paid: Figure) -> Figure:
    """Write and return the gift (USD) when securities are registered in both names with survivorship.

    Neither owner can undo it alone, so what the donor paid above half is given.
    Treas. Reg. 25.2511-1(h)(5). Both paying: inferred from the rule for one payer.
    """
    price = sheet.write("Price of the jointly registered property", donor_paid + spouse_paid, "IRC 2511(a)")
    half = sheet.write("Half of it", Figure(price.amount / 2, f"half of {price.how}"), "Treas. Reg. 25.2511-1(h)(5)")
    return sheet.write("Gift to the spouse", at_least_zero(donor_paid - half), "Treas. Reg. 25.2511-1(h)(5)")


def gift_on_withdrawal(drawn: Figure, spouses_own_deposits: Figure) -> Figure:
    """Return the gift (USD) when the spouse draws from a joint account for own use, with no duty to account.

    What the spouse had put in is no gift. Treas. Reg. 25.2511-1(h)(4); Rev. Rul. 69-148.
    """
    return at_least_zero(drawn - spouses_own_deposits)


def gift_on_deposit() -> Figure:
    """Return the gift (USD) when the donor deposits what the donor can take back. Treas. Reg. 25.2511-1(h)(4)."""
    return given(ZERO, "the donor can take all of it back")
