"""Treas. Reg. 20.2056A-2(d)(1)(v): a device to avoid the tax, or its collection, ends the QDOT at once.

The regulation names one example and says of it only that it may be such a
device: a US Trustee that is a corporation with little capital set up by the
spouse or the family. An attorney must clear that; it does not disqualify by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from planning.engine.rules.three_valued import all_of

CITATION = "Treas. Reg. 20.2056A-2(d)(1)(v)"


@dataclass(frozen=True, slots=True)
class AntiAbuse:
    """What the rule says: `disqualified` at once (None: undecided), and whether an attorney must clear the matter."""

    finding: str | None
    disqualified: bool | None
    attorney_must_clear: bool


def anti_abuse(*, thin_family_trustee: bool, device: bool | None, principal_purpose: bool | None) -> AntiAbuse:
    """Return what the anti-abuse rule says of the trust, whatever security it gives.

    `device`: another device or arrangement is used; `principal_purpose`: a
    principal purpose of it is to avoid the tax or prevent its collection.
    """
    disqualified = all_of(device, principal_purpose)
    if disqualified:
        return AntiAbuse("anti_abuse_device", disqualified=True, attorney_must_clear=True)
    if thin_family_trustee:
        return AntiAbuse("anti_abuse_thin_us_trustee", disqualified=False, attorney_must_clear=True)
    if device or principal_purpose:
        return AntiAbuse("anti_abuse_device_possible", disqualified=disqualified, attorney_must_clear=True)
    return AntiAbuse(None, disqualified=False, attorney_must_clear=False)
