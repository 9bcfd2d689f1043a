"""IRC 2513: gifts to others counted as made half by each spouse.

Both must be citizens or domiciled here on the day of the gift, both consent for
all gifts of the year, and nobody splits what goes to the other spouse.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.three_valued import all_of, opposite

HALF = Decimal("0.5")


def may_split(
    *,
    donor_citizen_or_resident: bool | None,
    spouse_citizen_or_resident: bool | None,
    married_at_gift: bool | None,
    remarried_in_year: bool | None,
    both_consent: bool | None,
) -> bool | None:
    """Return whether gifts to others of that day are split; None where a deciding fact is not known.

    IRC 2513(a)(1)-(2); Treas. Reg. 25.2513-1(a)-(b).
    """
    return all_of(
        donor_citizen_or_resident,
        spouse_citizen_or_resident,
        married_at_gift,
        opposite(remarried_in_year),
        both_consent,
    )


def part_that_splits(amount: Decimal, *, spouse_has_general_power: bool, spouses_part: Decimal | None) -> Decimal:
    """Return how much of a gift (USD) can be split: what goes to others and can be told apart.

    Nothing where the spouse receives a general power over it. `spouses_part` is
    the ascertainable part of a gift in which the spouse shares, None where it
    cannot be told apart. IRC 2513(a)(1); Treas. Reg. 25.2513-1(b)(3)-(4).
    """
    if spouse_has_general_power or spouses_part is None:
        return Decimal(0)
    return max(Decimal(0), amount - spouses_part)
