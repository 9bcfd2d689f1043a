"""Treas. Reg. 20.2056A-2(d): until when a QDOT must report, secure or cure.

Dates of the trustee toward the IRS move under IRC 7503; what happens between
private persons, such as a notice of nonrenewal, does not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from planning.engine.rules.s2056a_tax_dates import FILE_LATER, MONTHS_OF_EXTENSION, april_15_after
from planning.engine.rules.s7503_due_dates import Calendar, DueDate, add_months, private_act, tax_act

Security = Literal["bond", "letter_of_credit"]


def annual_statement(calendar: Calendar, trust_year_end: date) -> list[DueDate]:
    """Return the dates of the trustee's annual statement. Treas. Reg. 20.2056A-2(d)(3)(ii), 20.2056A-11(a)."""
    nominal = april_15_after(trust_year_end.year)
    cites = ("Treas. Reg. 20.2056A-2(d)(3)(ii)",)
    return [
        tax_act(
            calendar,
            "annual_statement_due",
            f"Annual statement for the trust year that ended on {trust_year_end.isoformat()}, with Form 706-QDT",
            nominal,
            *cites,
            extension=FILE_LATER,
            note="needed for foreign real property without a bank, bond or letter of credit, or a residence sold or "
            "no longer used",
        ),
        tax_act(
            calendar,
            "annual_statement_extended_due",
            "Annual statement with Form 4768 filed in time",
            add_months(nominal, MONTHS_OF_EXTENSION),
            "IRC 6081(a)",
            "Treas. Reg. 20.2056A-11(a)",
        ),
    ]


def security_after_determination(calendar: Calendar, value_finally_determined: date) -> DueDate:
    """Return the date to adjust the bond or letter of credit, or to secure a trust found to be over the limit.

    Sixty days. Treas. Reg. 20.2056A-2(d)(1)(i)(B), (C), (d)(1)(ii).
    """
    return tax_act(
        calendar,
        "security_adjusted_by",
        "Adjust the bond or letter of credit; secure a trust whose value turns out to be over 2,000,000",
        value_finally_determined + timedelta(days=60),
        "Treas. Reg. 20.2056A-2(d)(1)(i)(B)",
        "Treas. Reg. 20.2056A-2(d)(1)(i)(C)",
        "Treas. Reg. 20.2056A-2(d)(1)(ii)",
    )


def nonrenewal_notice(calendar: Calendar, expires: date) -> DueDate:
    """Return the last day the issuer may say it will not renew. Treas. Reg. 20.2056A-2(d)(1)(i)(B)(1), (C)."""
    return private_act(
        calendar,
        "nonrenewal_notice_by",
        "Issuer's notice that the bond or letter of credit will not be renewed",
        expires - timedelta(days=60),
        "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(1)",
        "Treas. Reg. 20.2056A-2(d)(1)(i)(C)",
        note="later than this it renews by itself for a year",
    )


def replacement_security(calendar: Calendar, notice_received: date) -> DueDate:
    """Return the date to show the IRS a replacement after a notice of nonrenewal: thirty days."""
    return tax_act(
        calendar,
        "replacement_security_by",
        "Show the IRS a replacement for the bond or letter of credit",
        notice_received + timedelta(days=30),
        "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(1)",
        "Treas. Reg. 20.2056A-2(d)(1)(i)(C)",
        note="it must take effect on or before the old one expires; otherwise the IRS may draw",
    )


def residence_gone(calendar: Calendar, day: date, *, sold: bool) -> list[DueDate]:
    """Return the dates after the excluded residence is sold or no longer used: reinvest, secure, report.

    Treas. Reg. 20.2056A-2(d)(1)(iv)(F)-(G).
    """
    cite = "Treas. Reg. 20.2056A-2(d)(1)(iv)(G)"
    found = [
        tax_act(
            calendar,
            "residence_security_by",
            "Meet the security rules without the exclusion for the residence",
            day + timedelta(days=120),
            cite,
            note="counted from the sale; where the price is reinvested in time the exclusion goes on"
            if sold
            else "unless the exclusion is moved to another residence",
        )
    ]
    if sold:
        found.append(
            private_act(
                calendar,
                "residence_reinvested_by",
                "Reinvest the adjusted sales price in another residence",
                add_months(day, 12),
                cite,
                note="reinvested in part: the exclusion goes on in part",
            )
        )
    found.append(
        tax_act(
            calendar,
            "residence_statement_due",
            "Annual statement that the residence was sold or is no longer used, with Form 706-QDT",
            april_15_after(day.year),
            "Treas. Reg. 20.2056A-2(d)(1)(iv)(F)",
            "Treas. Reg. 20.2056A-2(d)(3)(ii)",
            extension=FILE_LATER,
            note="counted for a trust on the calendar year",
        )
    )
    return found


def foreign_property_cure(calendar: Calendar, trust_year_end: date) -> DueDate:
    """Return the end of the next trust year, by which foreign real property must be back at 35% or secured.

    `trust_year_end` is the last day of the year it went over. Treas. Reg. 20.2056A-2(d)(1)(ii)(D).
    """
    following = add_months(trust_year_end + timedelta(days=1), 12) - timedelta(days=1)
    return private_act(
        calendar,
        "foreign_property_cured_by",
        "Bring foreign real property back to 35% of the trust, or give security",
        following,
        "Treas. Reg. 20.2056A-2(d)(1)(ii)(D)",
        note="only where distributions, currency or markets caused it",
    )


def refund_of_drawn_security(calendar: Calendar, drawn: date, security: Security) -> DueDate:
    """Return the day before which nobody may ask back what the IRS drew.

    Treas. Reg. 20.2056A-2(d)(1)(i)(B)(3), (C)(4).
    """
    day = april_15_after(drawn.year)
    return private_act(
        calendar,
        "drawn_security_refund_request_after",
        "Ask back what the IRS drew on the bond or letter of credit: not before",
        day,
        "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(3)" if security == "bond" else "Treas. Reg. 20.2056A-2(d)(1)(i)(C)(4)",
        note="after this day" if security == "bond" else "from this day on",
    )
