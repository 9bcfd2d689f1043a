"""IRC 6039F: a US person who receives large gifts from abroad reports them on Form 3520.

The donee reports; nobody pays tax by it, but a late report costs 5% a month, at most
25%. Tuition and medical care paid straight to the provider do not count.
"""

from __future__ import annotations

from decimal import Decimal


def form_3520_needed(received: Decimal, threshold: Decimal) -> bool:
    """Return whether the year's gifts from such donors (USD) pass the threshold.

    IRC 6039F(a)-(b); Notice 97-34 sec. VI.B.
    """
    return received > threshold
