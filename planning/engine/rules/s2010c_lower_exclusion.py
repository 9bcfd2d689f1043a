"""What a fall of the exclusion does to gifts, and whether one is coming: two findings about gifts in life.

Gifts that a larger exclusion covered are not taxed at death because the exclusion
fell meanwhile (20.2010-1(c)). From 2018 to 2025 a fall stood in the statute; P.L.
119-21 took it out: since 2026 the exclusion is 15,000,000, indexed, with no end.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.finding import Finding
from planning.engine.worksheet import plain

FIRST_YEAR_OF_SUNSET = 2018  # P.L. 115-97 sec. 11061(a): twice the exclusion for 2018 to 2025
FIRST_YEAR_WITHOUT_SUNSET = 2026  # P.L. 119-21 sec. 70106


def fall_stands_in_the_law(year: int) -> bool:
    """Return whether the law of `year` had a fall of the exclusion coming. IRC 2010(c)(3)(C) of 2017."""
    return FIRST_YEAR_OF_SUNSET <= year < FIRST_YEAR_WITHOUT_SUNSET


def sunset_finding(year: int, exclusion: Decimal) -> Finding:
    """Return whether exclusion that gifts do not use is lost to a coming fall. P.L. 119-21 sec. 70106.

    `exclusion` is the basic exclusion amount of `year`, USD.
    """
    if fall_stands_in_the_law(year):
        text = (
            "the exclusion was to fall to half after 2025: what gifts did not use above that half was at risk; the "
            "law was changed before it came"
        )
    else:
        text = (
            "no fall of the exclusion stands in the law, so nothing is lost by waiting: a large gift now takes its "
            "growth out of the estate, and keeps today's law for it"
        )
    fired = fall_stands_in_the_law(year)
    return Finding(
        rule="GFT-37",
        state="fired" if fired else "not_fired",
        severity="note",
        test="Is exclusion lost that gifts in life do not use?",
        text=text,
        citations=("IRC 2010(c)(3)", "P.L. 119-21 sec. 70106"),
        measured=exclusion,
        form="Form 709",
        questions=("Should the donor make a large gift for its growth, though no fall of the exclusion presses?",),
    )


def clawback_finding(*, exclusion: Decimal, used_by_gifts: Decimal, counted: Decimal) -> Finding:
    """Return whether gifts used more exclusion than there is at death. Treas. Reg. 20.2010-1(c).

    `exclusion` is the basic exclusion at death, `used_by_gifts` what of earlier
    ones gifts used, `counted` what the estate counts with, all USD.
    """
    fired = used_by_gifts > exclusion
    return Finding(
        rule="GFT-36",
        state="fired" if fired else "not_fired",
        severity="note",
        test="Did gifts use more exclusion than there is at death?",
        text=(
            f"gifts used {plain(used_by_gifts)}; the estate counts with a basic exclusion of {plain(counted)}"
            if fired
            else "gifts used no more than the exclusion at death"
        ),
        citations=("Treas. Reg. 20.2010-1(c)", "IRC 2001(g)(2)"),
        measured=used_by_gifts,
        threshold=exclusion,
        form="Form 706 part 2",
        questions=("Are the gifts still outside the gross estate? Proposed rules deny the larger amount otherwise.",),
    )
