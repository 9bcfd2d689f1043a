"""IRC 2001(b): adjusted taxable gifts, the taxable gifts after 1976 that the gross estate does not hold anyway.

They are added at the value of the day of the gift. What an exclusion or 2503(e)
covered was no taxable gift and is never added; property that comes back under
2035 to 2042 is taxed at its value at death instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planning.engine.worksheet import ZERO


@dataclass(frozen=True, slots=True)
class TransferInLife:
    """A transfer with the taxable gift (USD, after exclusions) it was, and whether the estate holds the property."""

    taxable_gift: Decimal
    in_gross_estate: bool


def adjusted_taxable_gifts(transfers: Iterable[TransferInLife]) -> Decimal:
    """Return the taxable gifts that are added to the taxable estate, USD. IRC 2001(b), last sentence."""
    return sum((transfer.taxable_gift for transfer in transfers if not transfer.in_gross_estate), ZERO)
