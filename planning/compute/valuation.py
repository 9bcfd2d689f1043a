"""The section 7520 rate and the mortality table of a valuation day, from the law files or as the firm entered them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.actuarial import actuarial_book
from planning.compute.answers import Answer
from planning.engine.actuarial import ActuarialBook, MonthlyRate, MortalityTable
from planning.engine.law import LawNotKnownError
from planning.engine.rules.s7520_valuation import option_not_verified, rate_of_month, tables_on
from planning.inputs import InputError

RATE_STEP = Decimal("0.2")
RATE, CITATION, TABLE = "section_7520_rate", "section_7520_rate_citation", "mortality_table"


def section_7520_rate(
    answer: Answer, day: date | None, *, entered: Decimal | None, citation: str | None, path: str, name: str = RATE
) -> MonthlyRate | None:
    """Return the rate of the month of `day`, or the firm's own; None where neither is known.

    Warns of a rate that is the firm's, that differs from the files or that is
    not verified. Raises `InputError` for a month the files do not hold (`path`
    names the day in the input, `name` the rate) and for a rate of zero.
    """
    held: MonthlyRate | None = None
    if day is not None:
        try:
            held = rate_of_month(actuarial_book(), day)
        except LawNotKnownError as error:
            if entered is None:
                message = f"{path}: {error}, expected {name} as entered by the firm, with its ruling"
                raise InputError([message]) from None
    if entered is None:
        if held is None:
            answer.need(name)
        elif held.status == "unverified":
            answer.warn(
                "unverified_rule",
                f"The section 7520 rate of {held.year}-{held.month:02} rests on one compilation; an attorney must "
                "confirm it.",
                *held.citations,
            )
        return held
    if entered == 0:
        raise InputError([f"{name}: 0 is no rate, expected percent above zero such as 5.2"])
    _warn_of_entered_rate(answer, entered, citation, held)
    year, month = (day.year, day.month) if day is not None else (0, 0)
    return MonthlyRate(year, month, entered, ("IRC 7520(a)(2)", *([citation] if citation else [])), "entered_by_firm")


def _warn_of_entered_rate(answer: Answer, entered: Decimal, citation: str | None, held: MonthlyRate | None) -> None:
    source = f"its authority: {citation}" if citation else f"no authority is given; enter {CITATION}"
    answer.warn("section_7520_rate_entered_by_firm", f"{entered}% was entered by the firm; {source}.", "IRC 7520(a)(2)")
    if held is not None and held.rate != entered:
        answer.warn(
            "section_7520_rate_differs",
            f"The law files hold {held.rate}% for {held.year}-{held.month:02}, not {entered}%.",
            *held.citations,
        )
    if entered % RATE_STEP:
        answer.warn(
            "section_7520_rate_step", f"{entered}% is not a step of 0.2%, to which rates are rounded.", "IRC 7520(a)(2)"
        )


def mortality_table(answer: Answer, day: date | None, *, chosen: str | None, path: str) -> MortalityTable | None:
    """Return the table prescribed on `day`, or the one `chosen` where the day allows it.

    Without a day the chosen one is taken as it is; None where neither is known.
    Raises `InputError` for a table that cannot be used and a day before the
    first one (`path` names the day in the input).
    """
    book = actuarial_book()
    if day is None:
        if chosen is None:
            answer.need("date_of_death")
            return None
        found = _named(book, chosen)
    else:
        found = _on(answer, book, day, chosen, path)
    if not found.verified:
        answer.warn(
            "unverified_rule",
            f"Mortality table {found.name} rests on one transcription; an attorney must confirm the factor.",
            *found.citations,
        )
    return found


def _named(book: ActuarialBook, name: str) -> MortalityTable:
    tables = {table.name: table for table in book.tables}
    if name not in tables:
        raise InputError([f"{TABLE}: {name!r} is not a table, expected one of {', '.join(sorted(tables))}"])
    return tables[name]


def _on(answer: Answer, book: ActuarialBook, day: date, chosen: str | None, path: str) -> MortalityTable:
    try:
        allowed = tables_on(book, day)
    except LawNotKnownError as error:
        raise InputError([f"{path}: {error}, expected a later day"]) from None
    prescribed = allowed[0]
    names = ", ".join(table.name for table in allowed)
    found = prescribed
    if chosen is not None:
        found = _named(book, chosen)
        if found not in allowed:
            raise InputError([f"{TABLE}: {chosen} may not be used on {day.isoformat()}, expected {names}"])
    elif len(allowed) > 1:
        answer.warn(
            "mortality_table_option",
            f"On {day.isoformat()} the executor or donor may choose: {names}. {prescribed.name} is used; one basis for "
            "all interests valued on that day.",
            "Treas. Reg. 20.2031-7(d)(3)",
        )
    if option_not_verified(book, day):
        answer.warn(
            "unverified_rule",
            f"In the first two months of table {prescribed.name} the older table may have been open to choice; an "
            "attorney must confirm it.",
            *prescribed.citations,
        )
    return found
