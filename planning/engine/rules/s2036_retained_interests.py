"""IRC 2036 to 2038: property the decedent gave away in life and yet kept hold of.

2036: the use or income for life, the right to say who enjoys it, or the vote of
given shares of a controlled corporation; also by an unspoken understanding.
2037: others take only by surviving the decedent, and a reversion worth more than
5 percent was kept. 2038: a power to alter, amend, revoke or terminate at the
death. Included is the value at death of the part concerned, less what was paid
for it (2043); a sale for full value takes it out. Such a gift is then no
adjusted taxable gift (2001(b), last sentence).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.inclusion import HUNDRED, Inclusion, Ruling, Undecided, nothing
from planning.engine.rules.s2035_three_years import given_up_inclusion

Retained = Literal[
    "income_or_use", "implied_understanding", "power_to_designate", "voting_rights", "reversion", "power_to_revoke"
]
SECTIONS: dict[Retained, tuple[str, str]] = {
    "income_or_use": ("IRC 2036(a)(1)", "the use or income was kept for life"),
    "implied_understanding": ("IRC 2036(a)(1)", "the use or income was kept by an understanding without words"),
    "power_to_designate": ("IRC 2036(a)(2)", "the right to say who enjoys the property was kept for life"),
    "voting_rights": ("IRC 2036(b)", "the vote of shares of a controlled corporation was kept"),
    "reversion": ("IRC 2037", "others take by surviving the decedent only, and a reversion was kept"),
    "power_to_revoke": ("IRC 2038(a)(1)", "a power to alter or revoke existed at the death"),
}
REVERSION_PERCENT = Decimal(5)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer in life: what was kept, of which percent, and whether and when it was given up.

    `reversion_percent` is the value of a reversion just before the death in
    percent of the property; `others_take_by_survival_only` is the survivorship
    test of 2037(a)(1). None means not known.
    """

    retained: Collection[Retained] | None
    share: Decimal = HUNDRED
    for_full_value: bool = False
    reversion_percent: Decimal | None = None
    others_take_by_survival_only: bool | None = None
    given_up_on: date | None = None
    given_up_for_full_value: bool = False


def retained_inclusion(transfer: Transfer, date_of_death: date | None) -> Ruling:
    """Return what the gross estate includes of property given away in life. IRC 2035(a), 2036, 2037, 2038."""
    if transfer.for_full_value:
        return nothing("sold for full value", "IRC 2036(a)", "IRC 2037(a)", "IRC 2038(a)(1)")
    if transfer.retained is None:
        return Undecided(("retained",))
    found: Ruling = nothing("a gift without strings does not come back", "IRC 2035(a)", "IRC 2001(b)")
    for kept in SECTIONS:
        if kept not in transfer.retained:
            continue
        ruling = _of(kept, transfer, date_of_death)
        if isinstance(ruling, Inclusion) and ruling.percent:
            return ruling
        if not isinstance(found, Undecided):
            found = ruling
    return found


def _of(kept: Retained, transfer: Transfer, date_of_death: date | None) -> Ruling:
    section, words = SECTIONS[kept]
    if kept == "reversion":
        holds = reversion_holds(transfer.reversion_percent, survival_only=transfer.others_take_by_survival_only)
        if holds is None:
            return Undecided(("reversion_percent", "others_take_by_survival_only"))
        if not holds:
            return nothing("a reversion of at most 5 percent, or others could take before the death", section)
    if transfer.given_up_on is None:
        return Inclusion(transfer.share, words, (section,))
    if date_of_death is None:
        return Undecided(("date_of_death",))
    return given_up_inclusion(
        given_up_on=transfer.given_up_on,
        date_of_death=date_of_death,
        section=section,
        for_full_value=transfer.given_up_for_full_value,
        share=transfer.share,
    )


def reversion_holds(percent: Decimal | None, *, survival_only: bool | None) -> bool | None:
    """Return whether a reversion holds the property in the estate, None where that is not known.

    It must be worth more than 5 percent, and others must take by surviving the
    decedent only. IRC 2037(a); Treas. Reg. 20.2037-1(a)-(c).
    """
    if survival_only is False or (percent is not None and percent <= REVERSION_PERCENT):
        return False
    return None if percent is None or survival_only is None else True
