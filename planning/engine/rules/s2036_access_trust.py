"""IRC 2036, 2041, 677: a trust for the spouse out of the donor's own exclusion (SLAT).

No marital deduction is asked for, so the spouse's citizenship is no bar and no
QDOT is needed. It holds only while the spouse has no general power, the trusts of
both spouses are not mirror images, and the donor keeps nothing.
"""

from __future__ import annotations

from planning.engine.rules.three_valued import any_of


def access_trust_fails(
    *,
    spouse_is_trustee_without_standard: bool | None,
    mirror_trust_of_spouse: bool | None,
    donor_keeps_interest: bool | None,
) -> bool | None:
    """Return whether the trust comes back into an estate; None where a deciding fact is not known.

    IRC 2036(a), 2041(b)(1)(A); US v. Estate of Grace, 395 U.S. 316 (1969).
    """
    return any_of(spouse_is_trustee_without_standard, mirror_trust_of_spouse, donor_keeps_interest)
