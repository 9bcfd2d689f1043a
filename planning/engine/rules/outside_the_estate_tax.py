"""Two matters beside the estate tax that a QDOT touches: the income tax of the trust, and covered bequests.

They are findings only. The income tax turns on subchapter J and the treaty of
the survivor's country, year by year; the tax on covered bequests turns on who is
a covered expatriate, which is decided outside the estate. Neither changes a
figure of the estate or QDOT tax, so they are named for the attorney, no more.
"""

from __future__ import annotations

from planning.engine.finding import Finding


def trust_income_finding(*, spouse_funded: bool | None, spouse_nonresident: bool | None) -> Finding:
    """Return how the income of a QDOT is generally taxed, and to whom. IRC 641-679, 1441 (not verified)."""
    parts = ["paid-out income is generally the spouse's, capital gains are the trust's"]
    if spouse_funded:
        parts.append(
            "a trust that the spouse funded and kept an interest in is generally a grantor trust of the spouse"
        )
    if spouse_nonresident:
        parts.append("payments of US income to a nonresident spouse are generally subject to withholding")
    known = spouse_funded is not None and spouse_nonresident is not None
    return Finding(
        rule="EST-83",
        state="fired" if known else "undecided",
        severity="note",
        test="Who is taxed on the income of the QDOT?",
        text=f"{'; '.join(parts)} (not verified: the attorney confirms)",
        citations=("IRC 641-679", "IRC 1441"),
        form="Form 1041",
        questions=("Is the trust simple, complex or a grantor trust, and must tax be withheld?",),
        missing=tuple(
            name
            for name, value in (("spouse_funded", spouse_funded), ("spouse_us_resident", spouse_nonresident))
            if value is None
        ),
    )


def covered_bequest_finding(*, covered_expatriate: bool | None, spouse_is_us_citizen: bool | None) -> Finding:
    """Return whether a covered expatriate's bequest may be taxed to the spouse who receives it. IRC 2801."""
    fired: bool | None = False
    if covered_expatriate is None:
        fired, text = None, "not known whether the decedent was a covered expatriate"
    elif not covered_expatriate:
        text = "the decedent was no covered expatriate"
    elif spouse_is_us_citizen is None:
        fired, text = None, "not known whether the spouse is a citizen"
    elif spouse_is_us_citizen:
        text = "a bequest that would be deductible for the spouse of a US person is no covered bequest"
    else:
        fired, text = True, "what passes to a resident spouse is a covered bequest, unless it goes to a QDOT (inferred)"
    facts = {"decedent_covered_expatriate": covered_expatriate, "spouse_is_us_citizen": spouse_is_us_citizen}
    return Finding(
        rule="EST-86",
        state="undecided" if fired is None else "fired" if fired else "not_fired",
        severity="warn" if fired else "note",
        test="Is the bequest a covered one, taxed to the spouse who receives it?",
        text=text,
        citations=("IRC 2801(a), (e)(3)", "T.D. 10027"),
        form="Form 708",
        questions=("Was the decedent a covered expatriate under IRC 877A(g)(1)?",) if fired is not False else (),
        missing=tuple(name for name, value in facts.items() if value is None) if fired is None else (),
    )
