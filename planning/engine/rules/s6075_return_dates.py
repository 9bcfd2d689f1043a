"""IRC 6075, 6081, 6151; 2056A(d); 2010(c)(5): dates that follow from a death, and of the gift tax return.

Form 706 or 706-NA: nine months, six more to file with Form 4768. The QDOT
election, reformation and assignment hang on that return; the tax is due at nine
months whatever the extension.
"""

from __future__ import annotations

from datetime import date, timedelta

from planning.engine.rules.s7503_due_dates import (
    Calendar,
    DueDate,
    add_months,
    private_act,
    tax_act,
)

FIRST_PORTABILITY = date(2011, 1, 1)
ELECTION = ("IRC 2056A(a)(3)", "Treas. Reg. 20.2056A-3(a)")


def estate_return(calendar: Calendar, death: date, *, extended: bool) -> list[DueDate]:
    """Return when Form 706 or 706-NA is due, paid and extended. IRC 6075(a), 6081(a), 6151(a)."""
    nine, fifteen = add_months(death, 9), add_months(death, 15)
    return [
        tax_act(
            calendar,
            "form_706_due",
            "Form 706 or 706-NA: file",
            fifteen if extended else nine,
            "IRC 6075(a)",
            "IRC 6081(a)",
            extension="granted: six months" if extended else "Form 4768 by this date: six months more to file",
        ),
        tax_act(
            calendar,
            "payment_due",
            "Estate tax: pay",
            nine,
            "IRC 6151(a)",
            extension="only on request or in installments (IRC 6161, 6166)",
            note="an extension to file does not extend payment",
        ),
        tax_act(
            calendar,
            "form_4768_due",
            "Form 4768: ask for six more months to file",
            nine,
            "IRC 6081(a)",
            "Treas. Reg. 20.6081-1",
        ),
        tax_act(
            calendar,
            "form_706_extended_due",
            "Form 706 or 706-NA with Form 4768 filed in time",
            fifteen,
            "IRC 6075(a)",
            "IRC 6081(a)",
        ),
    ]


def hanging_on_the_return(calendar: Calendar, nominal: date, last: date, filed: date | None) -> list[DueDate]:
    """Return what must be done by the estate's return or with it: election, ways into the QDOT, security.

    `nominal` is the return's due date with extensions before IRC 7503, `last`
    the last day a late first return may elect, `filed` the day the return was
    actually filed, if it was. IRC 2056(d)(2), (4), (5), 2056A(d); Treas. Reg.
    20.2056A-1(b), -2(d)(1)(i), -3(a), -4(a)-(b).
    """
    due = calendar.due(nominal)
    made = due if filed is None or filed <= due else filed
    by_filing = min(filed, last) if filed is not None else None
    follows = "follows an extension of the return"
    return [
        tax_act(
            calendar,
            "qdot_election_timely_until",
            "QDOT election on the last return filed in time",
            nominal,
            *ELECTION,
            extension=follows,
        ),
        private_act(
            calendar,
            "qdot_election_last_day",
            "QDOT election on a first return filed late: last day",
            last,
            "IRC 2056A(d)",
            note="one year after the due date; IRC 7503 is not counted on",
        ),
        private_act(
            calendar,
            "spouse_naturalized_until",
            "The spouse's oath, to count as a citizen: last day",
            made - timedelta(days=1),
            "IRC 2056(d)(4)",
            "Treas. Reg. 20.2056A-1(b)",
            note="before the day the return is made; a return filed early counts as made on its due date",
        ),
        tax_act(
            calendar,
            "reformation_until",
            "Reform of the trust under its own terms: complete",
            nominal,
            "Treas. Reg. 20.2056A-4(a)(1)",
            extension=follows,
            note="a late return: the day it is filed",
        ),
        tax_act(
            calendar,
            "court_reformation_until",
            "Reform of the trust by a court: action commenced",
            nominal,
            "IRC 2056(d)(5)",
            "Treas. Reg. 20.2056A-4(a)(2)",
            extension=follows,
            note="whenever the return is filed",
        ),
        _assignment(
            calendar, "assignment_until", "The spouse's irrevocable assignment to the QDOT", nominal, by_filing
        ),
        _assignment(
            calendar,
            "transfer_until",
            "The spouse's actual transfer to the QDOT",
            nominal,
            None if by_filing is None else by_filing - timedelta(days=1),
        ),
        private_act(
            calendar,
            "conveyance_until",
            "Convey the assigned property to the QDOT, where there is no administration",
            add_months(nominal, 12),
            "Treas. Reg. 20.2056A-4(b)(6)",
            note="with an administration: before it ends; more time only by ruling (Treas. Reg. 301.9100-1)",
        ),
        tax_act(
            calendar,
            "security_filed_by",
            "Bond or letter of credit to the IRS Estate Tax Advisory Group",
            nominal if filed is None or filed <= due else filed,
            "Treas. Reg. 20.2056A-2(d)(1)(i)(B)(4)",
            "Treas. Reg. 20.2056A-2(d)(1)(i)(C)(5)",
            extension="only by ruling (Treas. Reg. 301.9100)",
            note="the later of the return's due date and its filing; sent by itself, not with the return",
        ),
    ]


def _assignment(calendar: Calendar, name: str, what: str, nominal: date, by_filing: date | None) -> DueDate:
    """Return the date of the spouse's own act: by the actual filing, else by the due date of the return."""
    cites = ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)")
    if by_filing is not None:
        return private_act(calendar, name, what, by_filing, *cites, note="counted from the day the return was filed")
    when = "before" if name == "transfer_until" else "on or before"
    note = f"{when} the day the return is actually filed; a late first return: that day, at most one year late"
    return tax_act(calendar, name, what, nominal, *cites, note=note)


def portability(calendar: Calendar, death: date) -> list[DueDate]:
    """Return the fifth anniversary of a death after 2010: late portability where no return was required.

    IRC 2010(c)(5)(A); Rev. Proc. 2022-32, section 3.
    """
    if death < FIRST_PORTABILITY:
        return []
    return [
        private_act(
            calendar,
            "portability_relief_until",
            "Portability for an estate that need not file: late election",
            add_months(death, 60),
            "IRC 2010(c)(5)(A)",
            "Rev. Proc. 2022-32",
            note="an estate that must file elects on a return filed in time",
        )
    ]


def claims_after_filing(calendar: Calendar, filed: date) -> list[DueDate]:
    """Return the last days to claim state and foreign death taxes: four years after Form 706 was filed.

    IRC 2058(b), 2014(e); both name later events that may extend them.
    """
    nominal = add_months(filed, 48)
    later = "later where a Tax Court case, an extension to pay or a refund claim runs"
    return [
        tax_act(
            calendar,
            "state_death_tax_claim_by",
            "Pay and claim the deduction for state death taxes",
            nominal,
            "IRC 2058(b)",
            note=later,
        ),
        tax_act(
            calendar,
            "foreign_death_tax_claim_by",
            "Claim the credit for foreign death taxes",
            nominal,
            "IRC 2014(e)",
            note=later,
        ),
    ]


def gift_return(
    calendar: Calendar,
    year: int,
    *,
    donor_death: date | None,
    estate_return_extended: bool,
    estate_return_required: bool | None,
    extended: bool,
) -> list[DueDate]:
    """Return when Form 709 for gifts of `year` is due, paid and extended.

    If the donor died that year and an estate tax return must be filed (None: taken
    as so), not later than that return. IRC 6075(b), 6081, 6151(a); Treas. Reg.
    25.6075-1, 25.6081-1.
    """
    nominal = date(year + 1, 4, 15)
    last = last_extended = None
    note = ""
    if donor_death is not None and donor_death.year == year and estate_return_required is not False:
        nine, fifteen = calendar.due(add_months(donor_death, 9)), calendar.due(add_months(donor_death, 15))
        last, last_extended = (fifteen if estate_return_extended else nine), fifteen
        note = "the donor died that year: not later than Form 706, where one must be filed"
    cites = ("IRC 6075(b)", "Treas. Reg. 25.6075-1")
    six_more = add_months(nominal, 6)
    return [
        tax_act(
            calendar,
            "form_709_due",
            f"Form 709 for gifts of {year}",
            six_more if extended else nominal,
            *cites,
            not_after=last,
            extension="granted: six months" if extended else "Form 4868 or 8892 by this date: six months more to file",
            note=note,
        ),
        tax_act(
            calendar,
            "gift_tax_payment_due",
            f"Gift tax on gifts of {year}: pay",
            nominal,
            "IRC 6151(a)",
            not_after=last,
            note="an extension to file does not extend payment",
        ),
        tax_act(
            calendar,
            "form_709_extended_due",
            f"Form 709 for gifts of {year} with Form 4868 or 8892",
            six_more,
            "IRC 6075(b)(2)",
            "Treas. Reg. 25.6081-1",
            not_after=last_extended,
            note=note,
        ),
    ]
