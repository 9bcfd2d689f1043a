"""IRC 2503(e): tuition and medical care paid for another, which are no gifts, without limit.

The money must go straight to the school or the provider. Books, room and board,
savings plans and what is paid back to the person are gifts like others; so is
medical cost that insurance later reimburses, on the day it does.
"""

from __future__ import annotations

from typing import Literal

Payment = Literal[
    "none",
    "tuition",
    "medical",
    "medical_insurance",
    "books_or_supplies",
    "room_and_board",
    "savings_plan",
    "repaid_to_person",
    "medical_reimbursed_by_insurance",
]
COVERED: frozenset[Payment] = frozenset({"tuition", "medical", "medical_insurance"})


def is_no_gift(payment: Payment, *, paid_to_provider: bool) -> bool:
    """Return whether the payment is outside the gift tax. IRC 2503(e); Treas. Reg. 25.2503-6(a)-(c)."""
    return paid_to_provider and payment in COVERED
