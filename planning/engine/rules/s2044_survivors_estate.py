"""IRC 2033, 2036, 2041, 2044: how much of a QDOT the surviving spouse's own estate includes, by the trust's form.

The 2056A tax of the first decedent comes first and is no deduction of the
survivor's estate (2053(c)(1)(B)); then the survivor's own tax under 2001 or
2101; last the credit of 2013 for the 2056A tax. A survivor who is neither a
citizen nor domiciled here is taxed on the part situated in the United States
only (2103). What the inclusion costs is recovered from the trust, not from
those who take the survivor's own property.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.engine.worksheet import ZERO, to_cents

QdotForm = Literal["qtip", "general_power", "spouse_funded", "estate_trust", "charitable_remainder"]


@dataclass(frozen=True, slots=True)
class FormOfTrust:
    """One form of QDOT: its words, whether the survivor's estate includes it, and by what section."""

    words: str
    citations: tuple[str, ...]
    recovery: str
    included: bool = True


FORMS: Mapping[QdotForm, FormOfTrust] = {
    "qtip": FormOfTrust(
        "a trust with a QTIP election", ("IRC 2044", "IRC 2056(b)(7)", "IRC 2056A(b)(14)"), "IRC 2207A(a)"
    ),
    "general_power": FormOfTrust(
        "a trust with a general power of appointment", ("IRC 2041(a)(2)", "IRC 2056(b)(5)"), "IRC 2207"
    ),
    "spouse_funded": FormOfTrust(
        "a trust the survivor funded and kept an interest in",
        ("IRC 2036(a)", "IRC 2038(a)(1)", "Treas. Reg. 20.2056A-4(b)(5)"),
        "IRC 2207B",
    ),
    "estate_trust": FormOfTrust(
        "a trust whose remainder goes to the survivor's estate",
        ("IRC 2033", "Treas. Reg. 20.2056(c)-2(b)(1)"),
        "",
    ),
    "charitable_remainder": FormOfTrust(
        "a charitable remainder trust", ("IRC 2056(b)(8)", "Treas. Reg. 20.2056A-6(b)(3)"), "", included=False
    ),
}


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What of a QDOT the survivor's estate includes, USD; `amount` is None where the US-situs part is not known."""

    amount: Decimal | None
    reason: str
    citations: tuple[str, ...]


def qdot_in_survivors_estate(
    *, form: QdotForm, value: Decimal, survivor_nonresident: bool, us_situs_value: Decimal | None
) -> Inclusion:
    """Return what the survivor's gross estate includes of a QDOT worth `value` USD at the survivor's death.

    `us_situs_value` (USD) is the part situated in the United States by its
    underlying assets; it counts only for a survivor who is neither a citizen
    nor domiciled here. IRC 2033, 2036, 2038, 2041, 2044, 2103, 2104.
    """
    trust = FORMS[form]
    if not trust.included:
        return Inclusion(ZERO, f"{trust.words} is not in the survivor's estate", trust.citations)
    if not survivor_nonresident:
        return Inclusion(value, f"{trust.words} is in the survivor's estate", trust.citations)
    return Inclusion(
        us_situs_value,
        f"{trust.words} is in the estate of a nonresident noncitizen so far as it is situated in the United States",
        (*trust.citations, "IRC 2103", "IRC 2104"),
    )


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the survivor's estate may recover from the trust, USD, and by what section; None: no right."""

    amount: Decimal | None
    citation: str


def recovery_from_trust(
    *, form: QdotForm, included: Decimal, taxable_estate: Decimal, tax: Decimal, tax_without: Decimal, waived: bool
) -> Recovery:
    """Return the survivor's estate's right against the trust, all USD; a will may waive it.

    `tax` and `tax_without` are the survivor's tax after all credits with and
    without the trust. QTIP property bears the whole extra tax (2207A(a)(1));
    property under a general power or a retained interest its ratio to the
    taxable estate (2207, 2207B).
    """
    citation = FORMS[form].recovery
    if not citation:
        return Recovery(None, "")
    if waived or taxable_estate <= 0:
        return Recovery(ZERO, citation)
    if form == "qtip":
        return Recovery(extra_tax_of_qtip(tax=tax, tax_without=tax_without), citation)
    return Recovery(to_cents(tax * included / taxable_estate), citation)


def extra_tax_of_qtip(*, tax: Decimal, tax_without: Decimal) -> Decimal:
    """Return what the inclusion of a QTIP trust costs the survivor's estate, USD. IRC 2207A(a)(1)."""
    return max(ZERO, tax - tax_without)
