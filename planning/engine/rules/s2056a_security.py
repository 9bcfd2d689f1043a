"""Treas. Reg. 20.2056A-2(d)(1)(i): when a QDOT must be secured, by what and for how much.

Worth more than 2,000,000 at the decedent's death, all QDOTs together and debt
not deducted, its instrument must at all times demand a Bank Trustee, a bond or
a letter of credit; the latter two for 65% of the assets at the death, less the
residence exclusion, however the value moves later. Since T.D. 10050
(2026-07-10) they go to the Estate Tax Advisory Group, apart from the return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planning.engine.rules.three_valued import all_of, any_of, opposite
from planning.engine.worksheet import Figure, Worksheet

THRESHOLD = "qdot_security_threshold"
PERCENT = "qdot_security_percent"
CITATION = "Treas. Reg. 20.2056A-2(d)(1)(i)"
BOND = f"{CITATION}(B)"
LETTER = f"{CITATION}(C)"

SEPARATE_FILING_FROM = date(2026, 7, 10)
NOTICE_DAYS = 60
PROOF_DAYS = 30
ADJUST_DAYS = 60
SHORTEST_TERM_MONTHS = 12
APRIL_15 = (4, 15)

Arrangement = Literal["bank_trustee", "bond", "letter_of_credit", "published_guidance", "private_letter_ruling", "none"]
Issuer = Literal["us_bank", "us_branch_of_foreign_bank", "foreign_bank"]


def over_two_million(value: Decimal, threshold: Decimal) -> bool:
    """Return whether `value` (USD) calls for security: more than the threshold, which itself is not over."""
    return value > threshold


def security_rules_met(
    *,
    instrument_secures_tax: bool | None,
    over: bool | None,
    security_operative: bool | None,
    limit_exceeded: bool | None,
    device: bool | None,
) -> bool | None:
    """Return whether gate 3 is passed: secured, or small with at most 35% abroad. Treas. Reg. 20.2056A-2(d)(1).

    A security that is operative is enough whatever the value. Clauses of the
    instrument that are not said to be wanting are taken as there, and no device
    to avoid the tax is assumed.
    """
    small = all_of(opposite(over), opposite(limit_exceeded))
    return all_of(instrument_secures_tax is not False, any_of(security_operative, small), device is not True)


def value_for_test(sheet: Worksheet, *, assets: Figure, exclusion: Figure) -> Figure:
    """Write the value that the 2,000,000 test asks of, USD: assets of all QDOTs less the residence exclusion."""
    whole = sheet.write(
        "Assets of all QDOTs for the spouse, debt not deducted", assets, CITATION, "Treas. Reg. 20.2056A-2(d)(1)(ii)(A)"
    )
    less = sheet.write("Residence exclusion", exclusion, "Treas. Reg. 20.2056A-2(d)(1)(iv)(A)")
    return sheet.write("Value for the 2,000,000 test", whole - less, CITATION, kind="subtotal")


def security_base(sheet: Worksheet, *, assets: Figure, exclusion: Figure) -> Figure:
    """Write the value a bond or letter of credit secures, USD: this trust's assets less the residence exclusion."""
    whole = sheet.write("Assets of the trust at the decedent's death, debt not deducted", assets, BOND, LETTER)
    less = sheet.write("Residence exclusion for the security", exclusion, "Treas. Reg. 20.2056A-2(d)(1)(iv)(B)")
    return sheet.write("Value to be secured", whole - less, BOND, LETTER, kind="subtotal")


def security_amount(sheet: Worksheet, *, base: Figure, percent: Decimal) -> Figure:
    """Write the amount of the bond or letter of credit, USD in cents: `percent` of `base`."""
    return sheet.write(
        "Bond or letter of credit", base.percent(percent, "law table").cents(), BOND, LETTER, kind="result"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """The security given, as far as known; names are those of the input."""

    arrangement: Arrangement
    bank_trustee_in_office: bool | None = None
    security_amount: Decimal | None = None
    satisfactory_surety: bool | None = None
    cancellable: bool | None = None
    term_months: int | None = None
    automatically_renewable: bool | None = None
    irrevocable: bool | None = None
    sight_payment: bool | None = None
    issuer: Issuer | None = None
    confirmed_by_us_bank: bool | None = None
    instrument_bars_return_until_april_15: bool | None = None
    asset_statement_filed: bool | None = None
    arrangement_approved: bool | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a security must be, by the fact that says so."""

    fact: str
    words: str
    met: bool | None
    citation: str


def issuer_fits(security: Security) -> bool | None:
    """Return whether the bank may issue the letter of credit; a foreign bank needs a confirming bank here. (C)."""
    if security.issuer is None:
        return None
    return any_of(security.issuer != "foreign_bank", security.confirmed_by_us_bank)


def _common(security: Security, required: Decimal | None, citation: str) -> tuple[Term, ...]:
    covered = security.security_amount
    amount = None if covered is None or required is None else covered >= required
    months = security.term_months
    return (
        Term("security_amount", "it covers the full amount", amount, citation),
        Term(
            "term_months",
            "it runs at least a year",
            None if months is None else months >= SHORTEST_TERM_MONTHS,
            f"{citation}(1)",
        ),
        Term(
            "automatically_renewable",
            "it renews by itself every year",
            security.automatically_renewable,
            f"{citation}(1)",
        ),
        Term(
            "asset_statement_filed",
            "the trustee files with it a statement of the assets, their values and exclusions claimed",
            security.asset_statement_filed,
            f"{citation}({'4' if citation == BOND else '5'})",
        ),
        Term(
            "instrument_bars_return_until_april_15",
            "the instrument lets nobody ask for a drawn amount back until April 15 of the following year",
            security.instrument_bars_return_until_april_15,
            f"{citation}({'3' if citation == BOND else '4'})",
        ),
    )


def terms_of(security: Security, required: Decimal | None) -> tuple[Term, ...]:
    """Return what the arrangement demands, each with whether it is met; `required` is the amount in USD."""
    if security.arrangement == "bank_trustee":
        bank = security.bank_trustee_in_office
        words = "a bank is US Trustee, or a US branch of a foreign bank is trustee beside a US Trustee"
        return (Term("trustees", words, bank, f"{CITATION}(A)"),)
    if security.arrangement == "bond":
        return (
            Term(
                "satisfactory_surety",
                "the surety is satisfactory (IRC 7101)",
                security.satisfactory_surety,
                f"{BOND}(1)",
            ),
            Term("cancellable", "it cannot be canceled", opposite(security.cancellable), f"{BOND}(1)"),
            *_common(security, required, BOND),
        )
    if security.arrangement == "letter_of_credit":
        return (
            Term("irrevocable", "it is irrevocable", security.irrevocable, f"{LETTER}(1)"),
            Term("sight_payment", "it is payable at sight", security.sight_payment, f"{LETTER}(1)"),
            Term(
                "issuer",
                "a US bank or a foreign bank's US branch issues it, or a US bank confirms it",
                issuer_fits(security),
                LETTER,
            ),
            *_common(security, required, LETTER),
        )
    if security.arrangement == "none":
        return (Term("security", "a security is in place", met=False, citation=CITATION),)
    words = "the other arrangement follows published guidance or a private letter ruling"
    return (Term("arrangement_approved", words, security.arrangement_approved, "Treas. Reg. 20.2056A-2(d)(4)"),)


def is_operative(terms: tuple[Term, ...]) -> bool | None:
    """Return whether the security holds: every term met. One of the arrangements must be operative at all times."""
    return all_of(*(term.met for term in terms))


def nonrenewal_notice_by(expires_on: date) -> date:
    """Return the last day to mail the notice that a security will not renew: 60 days before its end. (B)(1), (C)(1)."""
    return expires_on - timedelta(days=NOTICE_DAYS)


def renews(expires_on: date, mailed_on: date) -> bool:
    """Return whether a security renews all the same because the notice was mailed too late. (B)(1), (C)(1)."""
    return mailed_on > nonrenewal_notice_by(expires_on)


def replacement_proof_by(received_on: date) -> date:
    """Return the last day to show the IRS a new arrangement after it received the notice: 30 days. (B)(1), (C)(1)."""
    return received_on + timedelta(days=PROOF_DAYS)


def adjust_by(determined_on: date) -> date:
    """Return the last day to fit the security to the final value: 60 days. (B), (C), (ii)."""
    return determined_on + timedelta(days=ADJUST_DAYS)


def filing_due(return_due: date, return_filed_on: date | None) -> date:
    """Return when bond or letter of credit reach the IRS: by the later of filing and due date. (B)(4), (C)(5)."""
    return return_due if return_filed_on is None else max(return_due, return_filed_on)


def refund_request_from(drawn_on: date) -> date:
    """Return April 15 of the year after a draw: until then nobody may ask for the amount back. (B)(3), (C)(4)."""
    return date(drawn_on.year + 1, *APRIL_15)
