"""IRC 1022, deaths of 2010 whose executor elected out of the estate tax: the decedent's basis carries over.

The lesser of the decedent's basis and the value (a)(2), and what the executor
allocated out of the general and the spousal increase, never above the value
(b), (c), (d)(2). P.L. 111-312 sec. 301(c).
"""

from __future__ import annotations

from planning.engine.worksheet import Figure, smaller_of

CITATIONS = ("IRC 1022(a)(2), (b)-(d)", "P.L. 111-312 sec. 301(c)")


def carryover_basis_2010(*, basis: Figure, value: Figure, allocated: Figure) -> Figure:
    """Return the basis after the death, USD; `allocated` is what the executor assigned to this asset. IRC 1022."""
    return smaller_of(smaller_of(basis, value) + allocated, value)
