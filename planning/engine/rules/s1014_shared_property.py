"""IRC 1014(b)(6), (9): what steps up of property the spouses hold together when D dies.

Survivorship property: the part the estate includes. Community property: both
halves, if the estate includes at least half of the whole. Separate shares: D's
share alone.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.basis_facts import ONE, StepUp
from planning.engine.rules.three_valued import any_of
from planning.engine.worksheet import Figure, at_least_zero

HALF = Decimal("0.5")


def survivorship_at_first_death(included_share: Decimal | None) -> StepUp:
    """Return what steps up of survivorship property: the share (0 to 1) the estate includes by contribution.

    IRC 1014(b)(9), 2040(a), 2056(d)(1)(B); Treas. Reg. 20.2056A-8(a).
    """
    citations = ("IRC 1014(b)(9)", "IRC 2040", "Treas. Reg. 20.2056A-8(a)")
    missing = ("included_share",) if included_share is None else ()
    return StepUp("BAS-08", included_share, "the share the estate includes by contribution", citations, missing)


def less_depreciation(value: Figure, allowed_to_spouse: Figure) -> Figure:
    """Return the stepped-up part after depreciation S was allowed on it before the death, USD. IRC 1014(b)(9)."""
    return at_least_zero(value - allowed_to_spouse)


def decedents_half_included(*, decedent_us_person: bool | None, us_situs: bool | None) -> bool | None:
    """Return whether D's half of community property is in D's gross estate. IRC 2033, 2103, 2104."""
    return any_of(decedent_us_person, us_situs)


def community_in_estate() -> StepUp:
    """Both halves of community property step up where D's half is included. IRC 1014(b)(1), (6)."""
    citations = ("IRC 1014(b)(1), (6)",)
    return StepUp("BAS-09", ONE, "at least half of the whole is in the estate, so both halves step up", citations)


def community_outside_estate() -> StepUp:
    """Only D's half steps up, as inherited, where no half is in the estate. IRC 1014(b)(6), 2103; Rev. Rul. 84-139."""
    citations = ("IRC 1014(b)(1), (6)", "IRC 2103", "Rev. Rul. 84-139")
    return StepUp(
        "BAS-10",
        HALF,
        "the decedent's half is inherited; the spouse's half needs the decedent's half in the estate",
        citations,
    )


def community_undecided() -> StepUp:
    """Neither is known: what the estate of a nonresident noncitizen includes turns on situs. IRC 2103."""
    missing = ("decedent_domicile", "us_situs")
    return StepUp(
        "BAS-09", None, "whether the estate includes the decedent's half is not known", ("IRC 1014(b)(6)",), missing
    )


def common_at_first_death(decedent_share: Decimal | None) -> StepUp:
    """Return what steps up of separate shares: D's own (0 to 1). IRC 1014(b)(1)."""
    missing = ("included_share",) if decedent_share is None else ()
    return StepUp(
        "BAS-11",
        decedent_share,
        "the decedent's share alone; the spouse's was not acquired from the decedent",
        ("IRC 1014(b)(1), (6)",),
        missing,
    )


def basis_of_the_rest(*, basis: Figure, share: Decimal, spouse_basis: Figure | None) -> Figure:
    """Return S's own basis in what does not step up, USD; by shares of the whole where it is not stated."""
    return spouse_basis if spouse_basis is not None else basis.percent((ONE - share) * 100, "the spouse's own share")
