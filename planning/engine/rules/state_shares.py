"""Which part of an estate each state may tax when property lies in several.

Every state with an estate tax reaches real and tangible property by where it
lies, and everything else through the home of the decedent: the home state takes
all but real and tangible property elsewhere, each other state only what lies in
it. So the parts never make more than the whole, but for the rounding of forms: Vermont
carries its fraction to
four decimals (Form EST-191 line 14), as does Hawaii (Form M-6 line 3); Vermont and
Minnesota count the gifts they bring back in both parts of the fraction (32 V.S.A.
7442a(b); Minn. Stat. 291.03 subd. 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO


class Holding(NamedTuple):
    """Property that lies, or a gift that lay, in one place: the code of a state, or None abroad; USD."""

    state: str | None
    value: Decimal


def shares_of(
    laws: Mapping[str, StateLaw | None],
    gross_estate: Decimal,
    situated: Sequence[Holding],
    home: str | None,
    gifts: Sequence[Holding] = (),
) -> dict[str, Decimal]:
    """Return the part of the estate that each state with an estate tax may tax, 0 to 1, by code.

    `laws` are those of the home state and of every state with property; `situated`
    is all real and tangible property, wherever it lies. `home` is None for a
    decedent who was at home in no state. `gifts` are those that the state brings
    back, intangibles at the donor's home; only states that count them look at them.
    """
    shares: dict[str, Decimal] = {}
    for code, law in laws.items():
        if law is None:
            continue
        if code == home:
            taxed = gross_estate - sum((found.value for found in situated if found.state != home), ZERO)
        else:
            taxed = sum((found.value for found in situated if found.state == code), ZERO)
        whole = gross_estate
        if law.sharing.with_gifts:
            taxed += sum((gift.value for gift in gifts if gift.state == code), ZERO)
            whole += sum((gift.value for gift in gifts), ZERO)
        shares[code] = fraction(law, taxed, whole)
    return shares


def fraction(law: StateLaw, taxed: Decimal, whole: Decimal) -> Decimal:
    """Return `taxed` over the whole, 0 to 1, with as many decimals as the state's form takes."""
    if whole <= 0:
        return ZERO
    share = min(max(ZERO, taxed), whole) / whole
    if law.sharing.places is None:
        return share
    return share.quantize(Decimal(1).scaleb(-law.sharing.places), ROUND_HALF_UP)
