"""Treas. Reg. 20.2056A-2(d)(1)(i)(D), (iii): when a value is final, and what a low one costs.

Since T.D. 10050 a value is final (1) as reported, when the time to assess ends
without an adjustment; (2) as the IRS sets it, when that time ends without a
contest; (3) as agreed in writing, signed by both and binding; (4) as a court
sets it, when no appeal is left. A closing letter is none of these. Reported at
half of the final value or less, the whole marital deduction is lost where a bond or
letter of credit was chosen or the trust passed for one of 2,000,000 or less.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.engine.rules.three_valued import all_of, any_of, opposite

UNDERVALUATION = "qdot_undervaluation_percent"
PENALTY = "Treas. Reg. 20.2056A-2(d)(1)(i)(D)"
FINALITY = "Treas. Reg. 20.2056A-2(d)(1)(iii)"

Way = Literal["reported_value", "irs_value", "written_agreement", "court", "closing_letter", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finality:
    """How a value is said to have become final; None is unknown. Names are those of the input."""

    way: Way
    assessment_period_ended: bool | None = None
    adjusted_by_irs: bool | None = None
    contest_in_writing: bool | None = None
    contest_names_property: bool | None = None
    contest_states_value: bool | None = None
    agreement_signed_by_both: bool | None = None
    agreement_binding: bool | None = None
    appeal_possible: bool | None = None


def is_contested(finality: Finality) -> bool | None:
    """Return whether the executor contested the IRS's value: in writing, for that property, with a value. (iii)(B)."""
    return all_of(finality.contest_in_writing, finality.contest_names_property, finality.contest_states_value)


def is_finally_determined(finality: Finality) -> bool | None:
    """Return whether a value is finally determined. (iii)(A)(1)-(4)."""
    match finality.way:
        case "reported_value":
            return all_of(finality.assessment_period_ended, opposite(finality.adjusted_by_irs))
        case "irs_value":
            return all_of(finality.assessment_period_ended, opposite(is_contested(finality)))
        case "written_agreement":
            return all_of(finality.agreement_signed_by_both, finality.agreement_binding)
        case "court":
            return opposite(finality.appeal_possible)
    return False


def is_low(*, reported: Decimal, final: Decimal, percent: Decimal) -> bool:
    """Return whether the reported value is `percent` of the final one or less, both USD."""
    return reported * 100 <= final * percent


def deduction_lost(
    *,
    reported: Decimal,
    final: Decimal,
    percent: Decimal,
    threshold: Decimal,
    bond_or_letter: bool | None,
    reasonable_cause: bool | None,
) -> bool | None:
    """Return whether a low value takes the whole marital deduction away. (d)(1)(i)(D).

    `bond_or_letter`: the trustee chose one of the two. `reasonable_cause`: there
    was one, and the fiduciary acted in good faith (Reg. 1.6664-4(b)).
    """
    passed_for_small = reported <= threshold < final
    return all_of(
        is_low(reported=reported, final=final, percent=percent),
        any_of(passed_for_small, bond_or_letter),
        opposite(reasonable_cause),
    )
