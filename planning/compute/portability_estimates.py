"""Values a return filed for portability alone may estimate, as `estate-tax` prints them."""

from __future__ import annotations

from typing import Any

from planning.compute.answers import Answer
from planning.compute.schedules import Schedules
from planning.engine.rules.s2010c_estimated_values import CITATIONS, amount_on_the_return, may_be_estimated
from planning.engine.rules.s2031_gross_estate import goes_to
from planning.engine.worksheet import ZERO, Figure, given

WORDS = {
    True: "the return shows the estimates together at items 10 and 23",
    False: "the estate must file anyway, the property is not deducted whole, or its value matters elsewhere: each "
    "value is reported",
    None: "not known whether the value matters elsewhere on the return",
}


def estimated_values(
    schedules: Schedules, *, return_required: bool | None, outright: bool, qdot: bool, answer: Answer
) -> dict[str, Any] | None:
    """Return what items 10 and 23 show, or None where no value is an estimate.

    `outright` and `qdot` say whether what passes to the spouse so is deducted.
    """
    found = [(facts, entry, index) for index, (facts, entry) in enumerate(schedules.placed) if facts.value_estimated]
    if not found:
        return None
    deducted = {"spouse": outright, "qdot": qdot, "charity": True}
    elsewhere = [facts.value_matters_elsewhere for facts, _entry, _index in found]
    allowed = may_be_estimated(
        return_required=return_required,
        deducted_whole=all(deducted.get(goes_to(entry.asset) or "", False) for _facts, entry, _index in found),
        value_matters_elsewhere=True if True in elsewhere else None if None in elsewhere else False,
    )
    if allowed is None:
        answer.need(
            *(
                f"assets[{index}].value_matters_elsewhere"
                for facts, _entry, index in found
                if facts.value_matters_elsewhere is None
            )
        )
    shown = None
    together = sum((entry.included.amount for _facts, entry, _index in found), ZERO)
    if allowed:
        sheet = answer.sheet("P-", "Return filed for portability alone: values that are estimated")
        line = sheet.write("Estimated values of property deducted whole", given(together, "assets"), *CITATIONS)
        shown = sheet.write(
            "Items 10 and 23 of the recapitulation",
            Figure(amount_on_the_return(line.amount), f"{line.how}, the next 250,000"),
            *CITATIONS,
            kind="result",
        ).amount
    return {
        "allowed": allowed,
        "reason": WORDS[allowed],
        "estimated_total": together,
        "item_10": shown,
        "item_23": shown,
        "citations": list(CITATIONS),
    }
