"""IRC 2056A(b)(4)-(5); Treas. Reg. 20.2056A-4(c), -9, -10, -11: when a QDOT's returns and tax are due.

Form 706-QDT and the tax on lifetime payments: April 15 of the next year. After
the spouse's death, or when the trust stops qualifying: nine months. Time to
file may be extended by six months; time to pay only on request under IRC 6161.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planning.engine.rules.s7503_due_dates import Calendar, DueDate, add_months, private_act, tax_act

MONTHS_AFTER_DEATH = 9
MONTHS_OF_EXTENSION = 6
FILE_LATER = "Form 4768 by this date: six months more to file, none to pay (IRC 6081(a); Treas. Reg. 20.2056A-11)"
PAY_LATER = "on request, up to six months to pay (IRC 6161(a)(1); Treas. Reg. 20.2056A-11(c)(2))"


def april_15_after(year: int) -> date:
    """Return April 15 of the year after `year`: the 15th day of the fourth month. IRC 2056A(b)(5)(A)."""
    return date(year + 1, 4, 15)


def tax_on_distributions(calendar: Calendar, year: int, spouse_death: date | None = None) -> list[DueDate]:
    """Return the dates of tax on principal or hardship payments of `year`: file, file late, pay late.

    In the year of the spouse's death not later than the tax at death. IRC
    2056A(b)(5)(A); Treas. Reg. 20.2056A-5(c)(1), 20.2056A-11(a), (c)(2).
    """
    nominal = april_15_after(year)
    last = last_extended = None
    note = ""
    if spouse_death is not None and spouse_death.year == year:
        last = calendar.due(add_months(spouse_death, MONTHS_AFTER_DEATH))
        last_extended = calendar.due(add_months(spouse_death, MONTHS_AFTER_DEATH + MONTHS_OF_EXTENSION))
        note = "the spouse died that year: not later than the tax at the death"
    cites = ("IRC 2056A(b)(5)(A)", "Treas. Reg. 20.2056A-11(a)")
    return [
        tax_act(
            calendar,
            "lifetime_tax_due",
            f"Form 706-QDT and tax on principal or hardship payments of {year}",
            nominal,
            *cites,
            not_after=last,
            extension=f"{FILE_LATER}; {PAY_LATER}",
            note=note,
        ),
        tax_act(
            calendar,
            "lifetime_form_706_qdt_extended_due",
            f"Form 706-QDT for payments of {year} with Form 4768 filed in time",
            add_months(nominal, MONTHS_OF_EXTENSION),
            "IRC 6081(a)",
            *cites[1:],
            not_after=last_extended,
            note="the tax stays due on the earlier date",
        ),
        tax_act(
            calendar,
            "lifetime_payment_extension_until",
            f"Tax on payments of {year}: longest extension to pay",
            add_months(nominal, MONTHS_OF_EXTENSION),
            "IRC 6161(a)(1)",
            "Treas. Reg. 20.2056A-11(c)(2)",
            note="only if the IRS grants it",
        ),
    ]


def tax_at_end(calendar: Calendar, ended: date, *, death: bool) -> list[DueDate]:
    """Return the dates of the tax when the spouse dies or the trust stops qualifying on `ended`.

    IRC 2056A(b)(4), (b)(5)(B), 6161, 6166; Treas. Reg. 20.2056A-11(b)-(c).
    """
    nominal = add_months(ended, MONTHS_AFTER_DEATH)
    name, event = ("death", "the spouse's death") if death else ("cessation", "the trust ceased to qualify")
    cites = ("IRC 2056A(b)(5)(B)", "Treas. Reg. 20.2056A-11(b)")
    return [
        tax_act(
            calendar,
            f"{name}_tax_due",
            f"Form 706-QDT and tax after {event}",
            nominal,
            *(cites if death else ("IRC 2056A(b)(4)", *cites)),
            extension=f"{FILE_LATER}; to pay up to 12 months (IRC 6161(a)(1)), 10 years for reasonable cause "
            "(IRC 6161(a)(2)), or in installments (IRC 6166)",
        ),
        tax_act(
            calendar,
            f"{name}_form_706_qdt_extended_due",
            f"Form 706-QDT after {event} with Form 4768 filed in time",
            add_months(nominal, MONTHS_OF_EXTENSION),
            "IRC 6081(a)",
            cites[1],
            note="the tax stays due on the earlier date",
        ),
        tax_act(
            calendar,
            f"{name}_payment_extension_12_months_until",
            f"Tax after {event}: longest extension to pay under IRC 6161(a)(1)",
            add_months(nominal, 12),
            "IRC 6161(a)(1)",
            "Treas. Reg. 20.2056A-11(c)(2)",
            note="only if the IRS grants it",
        ),
        tax_act(
            calendar,
            f"{name}_payment_extension_10_years_until",
            f"Tax after {event}: longest extension to pay for reasonable cause",
            add_months(nominal, 120),
            "IRC 6161(a)(2)",
            "IRC 2056A(b)(10)(C)",
            "Treas. Reg. 20.2056A-11(c)(1)",
            note="only if the IRS grants it",
        ),
    ]


def final_return_of_citizen(calendar: Calendar, naturalized: date) -> list[DueDate]:
    """Return the date of the last Form 706-QDT that certifies the spouse's citizenship.

    IRC 2056A(b)(12); Treas. Reg. 20.2056A-10(a)(2).
    """
    nominal = april_15_after(naturalized.year)
    cites = ("IRC 2056A(b)(12)", "Treas. Reg. 20.2056A-10(a)(2)")
    return [
        tax_act(
            calendar,
            "final_form_706_qdt_due",
            "Final Form 706-QDT that certifies the spouse's citizenship",
            nominal,
            *cites,
            extension="six months; a missed notice needs a ruling (Treas. Reg. 301.9100-3)",
        ),
        tax_act(
            calendar,
            "final_form_706_qdt_extended_due",
            "Final Form 706-QDT with Form 4768 filed in time",
            add_months(nominal, MONTHS_OF_EXTENSION),
            "IRC 6081(a)",
            *cites,
        ),
    ]


def refund_claim(calendar: Calendar, tax_finally_determined: date) -> DueDate:
    """Return the date to claim back tax paid at the highest rate. IRC 2056A(b)(2)(B)(ii)."""
    nominal = add_months(tax_finally_determined, 12)
    return tax_act(
        calendar,
        "claim_by",
        "Claim the refund of tax paid at the highest rate",
        nominal,
        "IRC 2056A(b)(2)(B)(ii)",
        note=f"plan for {nominal.isoformat()}",
    )


def designated_filer_data(calendar: Calendar, return_due: date) -> DueDate:
    """Return the date each trustee's data must reach the Designated Filer: sixty days before Form 706-QDT is due.

    `return_due` is the date before IRC 7503. Treas. Reg. 20.2056A-9.
    """
    return private_act(
        calendar,
        "designated_filer_data_by",
        f"Data for the Form 706-QDT due {return_due.isoformat()} to the Designated Filer",
        return_due - timedelta(days=60),
        "Treas. Reg. 20.2056A-9",
    )


def annuity_tax(
    calendar: Calendar,
    year: int,
    *,
    pays: bool,
    estate_return_due: date | None,
    death: date | None,
    spouse_death: date | None,
) -> DueDate:
    """Return when Form 706-QDT for annuity payments of `year` is due, with the tax if the spouse `pays` it.

    Payments of the year of death: not before the estate tax return is due,
    extensions included (`estate_return_due`). Payments of the year the spouse
    dies: nine months after that death. Treas. Reg. 20.2056A-4(c)(6)(i), (c)(7)(i).
    """
    nominal = april_15_after(year)
    note = ""
    if spouse_death is not None and spouse_death.year == year:
        nominal = add_months(spouse_death, MONTHS_AFTER_DEATH)
        note = "nine months after the spouse's death; with the spouse's estate tax return if that is filed earlier"
    elif death is not None and death.year == year and estate_return_due is not None and estate_return_due > nominal:
        nominal = estate_return_due
        note = "payments of the year of death: not before the estate tax return is due"
    return tax_act(
        calendar,
        "annuity_tax_due" if pays else "annuity_form_706_qdt_due",
        f"Form 706-QDT {'and tax ' if pays else ''}on annuity payments of {year}",
        nominal,
        "Treas. Reg. 20.2056A-4(c)(6)(i)" if pays else "Treas. Reg. 20.2056A-4(c)(7)(i)",
        "Treas. Reg. 20.2056A-11(a)",
        extension=f"{FILE_LATER}; {PAY_LATER}" if pays else FILE_LATER,
        note=note,
    )


def annuity_rollovers(calendar: Calendar, received: Sequence[date]) -> list[DueDate]:
    """Return, for each payment received, the day its corpus must be in the QDOT: sixty days.

    Treas. Reg. 20.2056A-4(c)(7)(i). The act is between spouse and trustee, so IRC 7503 is not counted on.
    """
    return [
        private_act(
            calendar,
            "annuity_rollover_by",
            f"Move the corpus of the annuity payment of {day.isoformat()} to the QDOT",
            day + timedelta(days=60),
            "Treas. Reg. 20.2056A-4(c)(7)(i)",
        )
        for day in received
    ]
