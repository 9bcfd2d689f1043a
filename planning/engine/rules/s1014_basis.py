"""IRC 1014: property acquired from a decedent takes its value at the death, and what does not.

What the estate includes, or what passes by will or inheritance, is stepped up
(or down); what the decedent had given away is not, nor income in respect of a
decedent ((c)), nor a gift that comes back to the giver within a year ((e)).
Property that raised the estate tax cannot have more basis than its value there
((f)). Each function is one row: an asset held in one way at one death.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.rules.basis_facts import ONE, StepUp
from planning.engine.rules.s2044_survivors_estate import FORMS, QdotForm
from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of, any_of
from planning.engine.worksheet import ZERO, Figure, smaller_of

MONTHS_OF_THE_PERIOD = 12
SILENT = "no rule of basis names the 2056A tax alone"


def new_basis_at_death(*, value: Figure, basis: Figure, share: Decimal) -> Figure:
    """Return the basis after a death, USD: the value of the `share` that steps up, the old basis of the rest.

    IRC 1014(a)(1), or (2) where the alternate value is elected.
    """
    if share == ONE:
        return value
    if share == ZERO:
        return basis
    return value.percent(share * 100, "stepped up") + basis


def outside_income_in_respect(*, income_in_respect: bool) -> bool:
    """Return whether 1014 applies at all: not to income in respect of a decedent. IRC 1014(c)."""
    return not income_in_respect


def cap_applies(*, raised_estate_tax: bool | None, value: Decimal, estate_tax_value: Decimal | None) -> bool | None:
    """Return whether 1014(f) cuts the basis: the property raised the estate tax and was valued lower there.

    IRC 1014(f)(1)-(2). A deducted asset never raised it.
    """
    lower = None if estate_tax_value is None else estate_tax_value < value
    return False if lower is None else all_of(lower, raised_estate_tax)


def consistent_with_estate_tax(*, value: Figure, estate_tax_value: Figure) -> Figure:
    """Return the value that may be used, USD: not more than the final one of the estate tax. IRC 1014(f)(1), 6035."""
    return smaller_of(value, estate_tax_value)


def within_a_year(*, gift_on: date, death: date) -> bool:
    """Return whether a gift is in the year that ends on the day of death; the same day a year before is outside.

    IRC 1014(e)(1)(A).
    """
    return add_months(death, -MONTHS_OF_THE_PERIOD) < gift_on <= death


def comes_back_within_a_year(*, in_the_year: bool | None, gained: bool | None, returns: bool | None) -> bool | None:
    """Return whether 1014(e) holds: given within the year, worth more than its basis then, and back to the giver.

    Back to the giver or the giver's spouse, as property or as the proceeds of
    a sale by estate or trust. IRC 1014(e)(1)-(2).
    """
    return all_of(in_the_year, gained, returns)


def gift_at_givers_death() -> StepUp:
    """A gift that S kept does not step up when D dies: it is not D's. IRC 1014(b)."""
    return StepUp("BAS-03", ZERO, "given away before the death, so not acquired from the decedent", ("IRC 1014(b)",))


def gift_at_recipients_death() -> StepUp:
    """A gift that S still owns steps up at S's own death, also abroad. IRC 1014(b)(1); Rev. Rul. 84-139."""
    citations = ("IRC 1014(a), (b)(1)", "Rev. Rul. 84-139")
    return StepUp(
        "BAS-04", ONE, "owned by the spouse and passing by will or inheritance, wherever the spouse lived", citations
    )


def returned_gift() -> StepUp:
    """A gift that comes back within the year keeps the basis S had. IRC 1014(e)."""
    return StepUp(
        "BAS-05",
        ZERO,
        "given to the spouse within a year of the spouse's death and back to the giver",
        ("IRC 1014(e)",),
    )


def outright_at_first_death() -> StepUp:
    """Property that passes outright to S steps up at D's death. IRC 1014(b)(1)."""
    return StepUp("BAS-06", ONE, "acquired from the decedent by will or inheritance", ("IRC 1014(a), (b)(1)",))


def outright_at_second_death() -> StepUp:
    """What S owns steps up again at S's death, also abroad. IRC 1014(b)(1); Rev. Rul. 84-139."""
    citations = ("IRC 1014(a), (b)(1)", "Rev. Rul. 84-139")
    return StepUp(
        "BAS-07", ONE, "owned by the spouse and passing by will or inheritance, wherever the spouse lived", citations
    )


def bypass_at_first_death() -> StepUp:
    """Property for a bypass trust steps up at D's death. IRC 1014(b)(1)-(3), (9)."""
    return StepUp("BAS-12", ONE, "acquired from the decedent through the trust", ("IRC 1014(a), (b)(1)-(3), (9)",))


def bypass_at_second_death() -> StepUp:
    """A trust in nobody's estate does not step up at S's death. IRC 2041(b)(1)(A)."""
    citations = ("IRC 1014(b)", "IRC 2041(b)(1)(A)")
    return StepUp(
        "BAS-13", ZERO, "the trust is not in the spouse's estate; a general power would change this", citations
    )


def qdot_at_first_death() -> StepUp:
    """Property that D leaves to a QDOT steps up at D's death. IRC 1014(b)(1), (9)."""
    return StepUp(
        "BAS-14",
        ONE,
        "acquired from the decedent; deducted, so no cap of 1014(f)",
        ("IRC 1014(a), (b)(1), (9), (f)(2)",),
    )


def assigned_at_first_death() -> StepUp:
    """Property that S is going to assign to a QDOT steps up at D's death like any other. IRC 1014(b)(1)."""
    citations = ("IRC 1014(b)(1)", "Treas. Reg. 20.2056A-4(b)(5)")
    return StepUp("BAS-15", ONE, "acquired from the decedent before the spouse assigned it", citations)


def qtip_qdot_in_estate() -> StepUp:
    """A QDOT in QTIP form that S's estate includes steps up at S's death. IRC 2044(c), 1014(b)(10)."""
    citations = ("IRC 2044(c)", "IRC 1014(b)(9), (10)")
    return StepUp("BAS-20", ONE, "included in the spouse's estate as QTIP property", citations)


def other_qdot_in_estate(form: QdotForm) -> StepUp:
    """A QDOT under a general power, or funded by S, that S's estate includes steps up. IRC 1014(b)(2)-(4), (9)."""
    reason = f"included in the spouse's estate: {FORMS[form].words}"
    return StepUp("BAS-21", ONE, reason, (*FORMS[form].citations, "IRC 1014(b)(2)-(4), (9)"))


def qdot_outside_estate() -> StepUp:
    """A QDOT that S's estate does not include: the law is silent, an attorney decides. IRC 2056A(b)(1)(B), (13)."""
    citations = ("IRC 1014(b)", "IRC 2056A(b)(1)(B), (13)")
    return StepUp("BAS-22", ZERO, f"not in the spouse's estate, and {SILENT}", citations, open=True)


def in_spouses_estate(*, stated: bool | None, spouse_us_person: bool | None, us_situs: bool | None) -> bool | None:
    """Return whether S's estate includes a QDOT asset: all of a US person's, else what is situated here.

    `stated` is the answer itself where it is known. IRC 2033-2044, 2103, 2104.
    """
    return any_of(spouse_us_person, us_situs) if stated is None else stated


def grantor_trust_at_death() -> StepUp:
    """A completed gift to a grantor trust does not step up: the estate does not hold it. Rev. Rul. 2023-2."""
    citations = ("IRC 1014(b)", "IRC 1015", "Rev. Rul. 2023-2")
    return StepUp(
        "BAS-25", ZERO, "given away in trust and not in the estate, though the decedent paid its income tax", citations
    )


def citizen_spouse_property() -> StepUp:
    """With a citizen spouse property outright or in a QTIP trust steps up at each death. IRC 1014(b)(1), (10)."""
    return StepUp("BAS-27", ONE, "acquired from a decedent whose spouse is a citizen", ("IRC 1014(b)(1), (10)",))
