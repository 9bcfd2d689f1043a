"""What a treaty leaves for the United States to tax of a decedent domiciled there: land and business property here.

Austria, article 7, at any size; Canada, article XXIX-B(8), while the worldwide
gross estate is at most 1,200,000. Shares of US corporations are then free. The
exempt property stays in the worldwide estate, and out of the numerator of a
share of the credit (2102(b)(3)(A)).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.treaties import LandAndBusinessOnly, Treaty


def land_and_business_only(treaty: Treaty | None, worldwide_estate: Decimal | None) -> LandAndBusinessOnly | None:
    """Return the rule where it applies, None where it does not.

    `worldwide_estate` is the worldwide gross estate in USD; None, not known, meets no limit.
    """
    rule = None if treaty is None else treaty.land_and_business_only
    if rule is None or rule.worldwide_limit is None:
        return rule
    return rule if worldwide_estate is not None and worldwide_estate <= rule.worldwide_limit else None


def exempt_property(us_gross_estate: Decimal, land_and_business: Decimal) -> Decimal:
    """Return what of the US gross estate (USD) is free of tax: all but land and business property."""
    return us_gross_estate - land_and_business
