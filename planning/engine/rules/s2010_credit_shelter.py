"""IRC 2010(c) and 2041(b): how large a credit shelter (bypass) trust can be without estate tax.

No marital deduction is claimed for it, so the survivor's citizenship plays no part
and no tax of section 2056A can fall on it.
"""

from __future__ import annotations

from planning.engine.worksheet import Figure, at_least_zero, smaller_of


def credit_shelter_size(estate: Figure, exclusion: Figure, adjusted_taxable_gifts: Figure) -> Figure:
    """Return the size (USD): the exclusion not used by gifts, at most the estate. IRC 2010(c); 2056A(a)(3)."""
    return smaller_of(estate, at_least_zero(exclusion - adjusted_taxable_gifts))
