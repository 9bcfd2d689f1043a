"""IRC 2039: what an annuity, pension or retirement account pays to others after the decedent's death.

Included is the survivors' benefit in the proportion of the price that the
decedent paid; what the employer paid because of the employment counts as paid
by the decedent. Payments that end with the decedent leave nothing to include.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.inclusion import Inclusion, Ruling, Undecided, nothing


def annuity_inclusion(
    *, payable_to_survivor: bool | None, decedent_percent: Decimal | None, employer_percent: Decimal | None
) -> Ruling:
    """Return what is included of the survivor's benefit; the percents are shares of the price (0-100).

    IRC 2039(a)-(b); Treas. Reg. 20.2039-1(c).
    """
    if payable_to_survivor is False:
        return nothing("payments end at the death", "IRC 2039(a)")
    if payable_to_survivor is None:
        return Undecided(("payable_to_survivor",))
    if decedent_percent is None:
        return Undecided(("decedent_consideration_percent",))
    paid = decedent_percent + (employer_percent if employer_percent is not None else 0)
    return Inclusion(paid, "the decedent's and the employer's share of the price", ("IRC 2039(a)", "IRC 2039(b)"))
