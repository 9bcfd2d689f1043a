"""Where the law of an old death leaves a doubt that an attorney must settle before the figure is used.

Deaths before 2013 are computed with the law of their date like any other. Four
matters stay open: the schedule of a nonresident above 10,000,000 while the
additional 5% was in force, gift tax payable for deaths before 2010, the choice of
2010, and deaths before the QDOT regulations took effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SURTAX_FROM = Decimal(10_000_000)
LAST_DAY_OF_SURTAX = date(2001, 12, 31)
# IRC 2001(g) (P.L. 111-312 sec. 302(d)) names the rates for tax and credit of estates of decedents dying after 2009.
FIRST_DAY_OF_2001G = date(2010, 1, 1)
FIRST_DAY_OF_REGULATIONS = date(1995, 8, 22)  # Treas. Reg. 20.2056A-13
CONFIRM = "historic_law_confirm"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt with the code of its warning."""

    code: str
    text: str
    citations: tuple[str, ...]


def historic_doubts(
    day: date, *, gift_tax_payable: Decimal, elected_out: bool, nonresident: bool, taxed: Decimal
) -> list[Doubt]:
    """Return what of an estate of a death on `day` must be confirmed.

    `taxed` is the taxable estate with the gifts added, `gift_tax_payable` the tax on those gifts (USD).
    """
    doubts = []
    if nonresident and day <= LAST_DAY_OF_SURTAX and taxed > SURTAX_FROM:
        doubts.append(
            Doubt(
                CONFIRM,
                "The additional 5% of 1988 to 2001 ends for a nonresident noncitizen at an amount that is inferred, "
                "not published: an attorney must confirm it.",
                ("IRC 2101(b)", "P.L. 101-239 sec. 7815(c)"),
            )
        )
    if gift_tax_payable and day < FIRST_DAY_OF_2001G:
        text = (
            "Gift tax was payable and the death was before 2010: which credit figures enter it is not verified. They "
            "are worked out here at the rates of the day of death; an attorney must confirm the amount."
        )
        citations = ("IRC 2001(b)(2)", "P.L. 111-312 sec. 302(d)")
        doubts += [Doubt("gift_tax_payable_before_2010", text, citations), Doubt(CONFIRM, text, citations)]
    if elected_out:
        doubts.append(
            Doubt(
                CONFIRM,
                "The executor elected out of the estate tax of 2010: no tax and no QDOT tax for this decedent, and "
                "basis under IRC 1022. That no QDOT tax follows is inferred: an attorney must confirm it.",
                ("P.L. 111-312 sec. 301(c)", "IRC 1022"),
            )
        )
    if day < FIRST_DAY_OF_REGULATIONS:
        doubts.append(
            Doubt(
                CONFIRM,
                "The death was before August 22, 1995: the QDOT regulations do not apply to it of their own force; "
                "an attorney must confirm what they say here.",
                ("IRC 2056A", "Treas. Reg. 20.2056A-13"),
            )
        )
    return doubts
