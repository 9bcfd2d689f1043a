"""Which part of an estate each state may tax when property lies in several.

Every state with an estate tax reaches real and tangible property by where it
lies, and everything else through the home of the decedent: the home state takes
all but real and tangible property elsewhere, each other state only what lies in
it. So the parts never make more than the whole. Vermont rounds its fraction to
four decimals (Form EST-191).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO


class Holding(NamedTuple):
    """Real or tangible property that lies in one place: the code of a state, or None abroad; USD."""

    state: str | None
    value: Decimal


def shares_of(
    laws: Mapping[str, StateLaw | None], gross_estate: Decimal, situated: Sequence[Holding], home: str | None
) -> dict[str, Decimal]:
    """Return the part of the estate that each state with an estate tax may tax, 0 to 1, by code.

    `laws` are those of the home state and of every state with property; `situated`
    is all real and tangible property, wherever it lies. `home` is None for a
    decedent who was at home in no state.
    """
    shares: dict[str, Decimal] = {}
    for code, law in laws.items():
        if law is None:
            continue
        if code == home:
            taxed = gross_estate - sum((found.value for found in situated if found.state != home), ZERO)
        else:
            taxed = sum((found.value for found in situated if found.state == code), ZERO)
        shares[code] = fraction(law, taxed, gross_estate)
    return shares


def fraction(law: StateLaw, taxed: Decimal, gross_estate: Decimal) -> Decimal:
    """Return `taxed` over the gross estate, 0 to 1, with as many decimals as the state's form takes."""
    if gross_estate <= 0:
        return ZERO
    share = min(max(ZERO, taxed), gross_estate) / gross_estate
    if law.sharing.places is None:
        return share
    return share.quantize(Decimal(1).scaleb(-law.sharing.places), ROUND_FLOOR)
