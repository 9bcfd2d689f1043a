"""IRC 2010(c)(4)-(5): who elects portability, how much exclusion is left over, and when the survivor may use it.

The amount is fixed by the first decedent's estate; a QDOT makes it preliminary,
because everything the 2056A tax is imposed on uses the same exclusion up. The
survivor's right is a second question: it turns on citizenship and domicile at
the survivor's own transfer, and with a QDOT it waits for the last event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.law import RateTable
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts
from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, form_706_due
from planning.engine.worksheet import ZERO

FIRST_YEAR_OF_PORTABILITY = 2011
MONTHS_OF_LATE_RELIEF = 60

ElectionState = Literal[
    "made", "made_late", "open", "open_late", "lost", "opted_out", "not_open_to_estate", "before_portability"
]
AvailabilityState = Literal["available", "waits", "none", "attorney_question"]


def gifts_that_count(adjusted_taxable_gifts: Decimal, taxed: Decimal) -> Decimal:
    """Return the gifts that used exclusion up, USD: those on which gift tax was paid are left out.

    Treas. Reg. 20.2010-2(c)(2).
    """
    return max(ZERO, adjusted_taxable_gifts - taxed)


def gifts_on_which_tax_was_paid(years: Iterable[YearOfGifts], rate_table: RateTable) -> Decimal:
    """Return the part of the gifts of `years` that no credit covered, USD.

    Each year's gifts use the credit left by earlier years first; what the rest
    of the tax falls on is taxed. Treas. Reg. 20.2010-2(c)(2), 25.2505-1(c).
    """
    gifts = used = taxed = ZERO
    for year in sorted(years, key=lambda year: year.year):
        before = rate_table.tax(gifts)
        tax = rate_table.tax(gifts + year.taxable_gifts) - before
        credit = min(tax, max(ZERO, rate_table.tax(year.exclusion) - used))
        taxed += gifts + year.taxable_gifts - rate_table.amount_taxed_at(before + credit)
        gifts += year.taxable_gifts
        used += credit
    return taxed


@dataclass(frozen=True, slots=True)
class Election:
    """How the portability election stands; `last_day` is the last day a return may still make it."""

    state: ElectionState
    reason: str
    citations: tuple[str, ...]
    last_day: date | None = None

    @property
    def made(self) -> bool | None:
        """Whether the election is made; None: the time is not over and no return is filed."""
        if self.state in ("open", "open_late"):
            return None
        return self.state in ("made", "made_late")


def estate_may_elect(*, nonresident_decedent: bool) -> bool:
    """Return whether the estate may elect at all: not that of a nonresident noncitizen. Treas. Reg. 20.2010-2(a)(5)."""
    return not nonresident_decedent


def late_relief_day(date_of_death: date) -> date:
    """Return the last day of the simplified relief: the fifth anniversary of the death. Rev. Proc. 2022-32, 4.01.

    IRC 7503 is left out on purpose: the day is a bar, so the earlier one is shown.
    """
    return add_months(date_of_death, MONTHS_OF_LATE_RELIEF)


def portability_election(
    *,
    date_of_death: date,
    nonresident_decedent: bool,
    filing_required: bool | None,
    extension_granted: bool,
    return_filed_on: date | None,
    opted_out: bool,
    is_holiday: IsHoliday,
) -> Election:
    """Return how the election of the first estate stands.

    A complete return filed in time elects unless it says otherwise
    (2010(c)(5)(A); Treas. Reg. 20.2010-2(a)(1)-(4)); an estate that need not
    file under 6018(a) may file to the fifth anniversary (Rev. Proc. 2022-32).
    `filing_required` None: not known, so no late relief is promised.
    """
    by_return = ("IRC 2010(c)(5)(A)", "Treas. Reg. 20.2010-2(a)")
    by_relief = (*by_return, "Rev. Proc. 2022-32")
    if date_of_death.year < FIRST_YEAR_OF_PORTABILITY:
        return Election("before_portability", "the death was before 2011", ("IRC 2010(c)(4)", "Pub. L. 111-312"))
    if not estate_may_elect(nonresident_decedent=nonresident_decedent):
        return Election(
            "not_open_to_estate",
            "the decedent was neither a citizen nor domiciled in the United States",
            ("Treas. Reg. 20.2010-2(a)(5)",),
        )
    due = form_706_due(date_of_death, is_holiday, extended=extension_granted)
    last = late_relief_day(date_of_death)
    if opted_out:
        return Election("opted_out", "the return states that portability is not elected", by_return, due)
    if return_filed_on is None:
        if filing_required is False:
            return Election("open_late", f"no return is filed; open to {last.isoformat()}", by_relief, last)
        return Election("open", f"no return is filed; due {due.isoformat()}", by_return, due)
    if return_filed_on <= due:
        return Election("made", "a complete return was filed in time", by_return, due)
    if filing_required is False and return_filed_on <= last:
        return Election(
            "made_late", "a return that was not required was filed by the fifth anniversary", by_relief, last
        )
    return Election("lost", "the return was filed too late for the election", by_relief, due)


@dataclass(frozen=True, slots=True)
class Survivor:
    """What decides about the survivor's right; None is unknown.

    `nonresident_noncitizen` is the status at the survivor's own death or gift;
    `conditions_after_oath_met` are those of 2056A(b)(12); `final_qdot_event_on`
    is the last distribution, the end of all QDOTs or the survivor's death;
    `attorney_allows` is a recorded answer to the open question.
    """

    citizen_at_first_death: bool
    nonresident_noncitizen: bool
    treaty_allows: bool
    has_qdot: bool
    naturalized_on: date | None
    conditions_after_oath_met: bool | None
    final_qdot_event_on: date | None
    attorney_allows: bool | None


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether and from what day the survivor may use the amount; `final_event` if that day is the last QDOT event."""

    state: AvailabilityState
    reason: str
    citations: tuple[str, ...]
    usable_from: date | None = None
    final_event: bool = False


def barred_as_nonresident(*, nonresident_noncitizen: bool, treaty_allows: bool) -> bool:
    """Return whether a nonresident noncitizen survivor is barred: always, unless a treaty says otherwise.

    Treas. Reg. 20.2010-3(e), 25.2505-2(f); IRC 2102(b)(3).
    """
    return nonresident_noncitizen and not treaty_allows


def waits_for_final_event(*, has_qdot: bool, conditions_after_oath_met: bool) -> bool:
    """Return whether the amount waits for the last QDOT event. Treas. Reg. 20.2010-3(c)(3)(i)-(ii)."""
    return has_qdot and not conditions_after_oath_met


def availability(survivor: Survivor, first_death: date) -> Availability:
    """Return whether the survivor may use the first decedent's DSUE, and from what day.

    Never refused because the survivor is not a citizen: a resident who never
    becomes one and has no QDOT is an open question of law (Treas. Reg.
    20.2010-3(a), (c)(2)), unless the attorney's answer is recorded.
    """
    if barred_as_nonresident(
        nonresident_noncitizen=survivor.nonresident_noncitizen, treaty_allows=survivor.treaty_allows
    ):
        return Availability(
            "none",
            "the survivor is neither a citizen nor domiciled in the United States, and no treaty allows it",
            ("Treas. Reg. 20.2010-3(e)", "Treas. Reg. 25.2505-2(f)", "IRC 2102(b)(3)"),
        )
    if survivor.citizen_at_first_death:
        return Availability(
            "available", "the survivor was a citizen at the death", ("Treas. Reg. 20.2010-3(c)(1)",), first_death
        )
    met = survivor.naturalized_on is not None and bool(survivor.conditions_after_oath_met)
    if waits_for_final_event(has_qdot=survivor.has_qdot, conditions_after_oath_met=met):
        return _after_final_event(survivor)
    if survivor.naturalized_on is not None:
        return Availability(
            "available",
            "the survivor became a citizen",
            ("Treas. Reg. 20.2010-3(c)(3)(ii)" if survivor.has_qdot else "Treas. Reg. 20.2010-3(c)(2)",),
            survivor.naturalized_on,
        )
    return _resident_who_never_becomes_a_citizen(survivor, first_death)


def _after_final_event(survivor: Survivor) -> Availability:
    citations = ("Treas. Reg. 20.2010-3(c)(3)(i)", "Treas. Reg. 25.2505-2(d)(3)(i)")
    if survivor.final_qdot_event_on is None:
        return Availability("waits", "a QDOT exists: the amount waits for its last taxable event", citations)
    return Availability(
        "available",
        "the last QDOT event has happened",
        citations,
        survivor.final_qdot_event_on,
        final_event=True,
    )


def _resident_who_never_becomes_a_citizen(survivor: Survivor, first_death: date) -> Availability:
    citations = ("IRC 2010(c)(2)(B)", "Treas. Reg. 20.2010-3(a), (c)(2)", "Treas. Reg. 25.2505-2(d)(2)")
    if survivor.attorney_allows is None:
        return Availability(
            "attorney_question", "a resident survivor without citizenship and without a QDOT is not settled", citations
        )
    if survivor.attorney_allows:
        return Availability("available", "the attorney's recorded answer allows it", citations, first_death)
    return Availability("none", "the attorney's recorded answer denies it", citations)


def usable_for_gift(found: Availability, gift_on: date) -> bool:
    """Return whether a gift of the survivor may use the amount.

    After the last QDOT event the whole calendar year of that event counts, days
    before it included. Treas. Reg. 25.2505-2(d)(1)-(3).
    """
    if found.usable_from is None:
        return False
    if found.final_event:
        return gift_on.year >= found.usable_from.year
    return gift_on >= found.usable_from


@dataclass(frozen=True, slots=True)
class DeceasedSpouse:
    """One deceased spouse of the survivor: the DSUE left (USD) and what of it covered the survivor's gifts (USD)."""

    died_on: date
    dsue: Decimal
    applied_to_gifts: Decimal
    portability_elected: bool
    married_at_death: bool


def dsue_of_all(spouses: Iterable[DeceasedSpouse]) -> Decimal:
    """Return what the survivor's exclusion is raised by, USD.

    The amount of the last spouse who died married to the survivor, if elected,
    and of every earlier one what gifts already used. Treas. Reg.
    20.2010-1(d)(5), 20.2010-3(a)(2)-(3), (b)(1).
    """
    married = sorted((spouse for spouse in spouses if spouse.married_at_death), key=lambda spouse: spouse.died_on)
    if not married:
        return ZERO
    *earlier, last = married
    amount = last.dsue if last.portability_elected else ZERO
    return amount + sum((spouse.applied_to_gifts for spouse in earlier), ZERO)
