"""IRC 2056A(a)(1); Treas. Reg. 20.2056A-2(c), (d)(1)(i)(A), (d)(2): who counts as US Trustee, and as Bank Trustee.

A US Trustee is an individual US citizen whose tax home (IRC 911(d)(3)) is in
the United States, or a corporation under federal, State or District law. A US
branch of a foreign bank may give the bank security, but only beside one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.engine.rules.three_valued import all_of, any_of

TrusteeKind = Literal[
    "us_individual",
    "domestic_corporation",
    "us_bank",
    "us_branch_of_foreign_bank",
    "thin_family_company",
    "foreign_individual",
    "foreign_corporation",
]
DOMESTIC_CORPORATIONS = frozenset({"domestic_corporation", "us_bank", "thin_family_company"})
CITATIONS = ("IRC 2056A(a)(1)(A)", "Treas. Reg. 20.2056A-2(c)", "Treas. Reg. 20.2056A-2(d)(2)")


@dataclass(frozen=True, slots=True)
class Trustee:
    """One trustee in office; `tax_home_in_us` counts for an individual US citizen only."""

    kind: TrusteeKind
    tax_home_in_us: bool | None = None


def is_us_trustee(trustee: Trustee) -> bool | None:
    """Return whether `trustee` is a US Trustee; None where the tax home of an individual is not known."""
    if trustee.kind == "us_individual":
        return trustee.tax_home_in_us
    return trustee.kind in DOMESTIC_CORPORATIONS


def us_trustee_in_office(trustees: tuple[Trustee, ...]) -> bool | None:
    """Return whether at least one of `trustees` is a US Trustee."""
    return any_of(*(is_us_trustee(trustee) for trustee in trustees))


def bank_trustee_in_office(trustees: tuple[Trustee, ...]) -> bool | None:
    """Return whether the Bank Trustee security is given: a bank, or a foreign bank's US branch with a US Trustee."""
    kinds = {trustee.kind for trustee in trustees}
    if "us_bank" in kinds:
        return True
    return all_of("us_branch_of_foreign_bank" in kinds, us_trustee_in_office(trustees))
