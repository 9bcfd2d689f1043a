"""IRC 2056A(b)(10): what the tax at the survivor's death borrows from the survivor's own estate.

If the trust is in the survivor's estate, or would be were the survivor a
resident: the deductions for charity, a new spouse and state death tax,
alternate and special use valuation, and payment by installments. Expenses
(2053) are not on the list, nor is the credit of 2013, which works in the
survivor's own estate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.engine.worksheet import ZERO

# 2058 took the place of the 2011 credit for decedents dying after this day; the first decedent's day decides.
LAST_DAY_OF_STATE_CREDIT = date(2004, 12, 31)
# The regulation still prints this limit of 2032A(a)(2); the code indexes it.
SPECIAL_USE_LIMIT_IN_REGULATION = Decimal(750_000)


@dataclass(frozen=True, slots=True)
class DeductionsAtDeath:
    """What is deducted from the trust's value at the survivor's death, USD."""

    charitable: Decimal
    marital: Decimal
    state_death_tax: Decimal

    @property
    def total(self) -> Decimal:
        """All of them, USD."""
        return self.charitable + self.marital + self.state_death_tax


def deductions_at_death(
    *,
    in_survivors_estate: bool,
    charitable: Decimal,
    marital: Decimal,
    marital_allowed: bool,
    state_death_tax: Decimal,
    first_death: date,
) -> DeductionsAtDeath:
    """Return what is deducted, USD. IRC 2056A(b)(10)(A), 2055, 2056, 2058; Treas. Reg. 20.2056A-6(b)(1)-(3).

    `in_survivors_estate`: included, or would be were the survivor a resident.
    Charity is deducted from a charitable remainder trust even so. The marital
    deduction needs a new spouse who is a citizen, or another QDOT. State death
    tax is deducted where the first decedent died after 2004; before, it is a credit.
    """
    if not in_survivors_estate:
        return DeductionsAtDeath(charitable, ZERO, ZERO)
    return DeductionsAtDeath(
        charitable,
        marital if marital_allowed else ZERO,
        state_death_tax if first_death > LAST_DAY_OF_STATE_CREDIT else ZERO,
    )


def alternate_value_may_be_elected(
    *, value: Decimal, alternate_value: Decimal, tax: Decimal, tax_at_alternate: Decimal
) -> bool:
    """Return whether alternate valuation may be elected: both the value and the net tax must fall.

    For all QDOTs together, on the final Form 706-QDT, irrevocable. IRC 2032(c);
    Treas. Reg. 20.2056A-6(b)(5)(i)-(ii).
    """
    return alternate_value < value and tax_at_alternate < tax


def special_use_decrease(wanted: Decimal, limit: Decimal) -> Decimal:
    """Return the decrease (USD) for farm or business use: not above the limit of the survivor's year of death.

    IRC 2032A(a)(2)-(3); Treas. Reg. 20.2056A-6(b)(5)(iii).
    """
    return min(wanted, limit)


PAYMENT_RELIEF: tuple[tuple[str, str], ...] = (
    ("installments where a closely held business is more than 35% of the adjusted gross estate", "IRC 6166"),
    ("an extension of up to 12 months, and of up to 10 years for reasonable cause", "IRC 6161(a)(1)-(2)"),
    ("redemption of stock to pay the tax as a sale", "IRC 303"),
)
