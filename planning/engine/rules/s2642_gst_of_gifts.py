"""IRC 2642(c), 2651(c): what a gift means for the generation-skipping transfer tax.

A spouse is of the donor's own generation whatever the age, so a gift to the spouse
is never a skip. A trust for the spouse and descendants has no relief by the yearly
exclusions: GST exemption must be allocated, or the automatic rule opted out of.
"""

from __future__ import annotations


def needs_gst_exemption(*, in_trust: bool, descendants_benefit: bool, one_person_trust_in_estate: bool) -> bool:
    """Return whether GST exemption should be allocated to the gift.

    Not where the trust is for one person alone and would be in that person's
    estate. IRC 2642(c)(1)-(3), 2651(c).
    """
    return in_trust and descendants_benefit and not one_person_trust_in_estate
