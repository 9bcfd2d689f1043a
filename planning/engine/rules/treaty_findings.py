"""Findings about treaties: which to look at, what they shelter, what the return must say, and what they leave open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planning.engine.finding import Finding
from planning.engine.rules.treaties import CHOICE
from planning.engine.rules.treaty_conditions import Party
from planning.engine.rules.treaty_relief import DISCLOSURE, WAIVER, TreatyRelief
from planning.engine.rules.treaty_totals import no_tax_now
from planning.engine.treaties import Treaty
from planning.engine.worksheet import plain

SOURCE = "IRS list of estate and gift tax treaties"


def unknown_of(who: str, party: Party) -> tuple[str, ...]:
    """Return the facts about a person without which no treaty can be ruled out."""
    citizenships = () if party.citizenships is not None else (f"{who}_citizenship_countries",)
    return (*citizenships, *(() if party.domicile is not None else (f"{who}_domicile_country",)))


def review_finding(treaties: Sequence[Treaty], missing: tuple[str, ...]) -> Finding:
    """Return which treaties the persons have to do with; every one is for the attorney, none is applied unasked."""
    names = ", ".join(treaty.called for treaty in treaties)
    if treaties:
        text = f"treaty with {names}: the attorney reads it; nothing of it is taken unasked"
    elif missing:
        text = "citizenship and domicile of both spouses are not all known"
    else:
        text = "no citizenship, domicile or residence in a treaty country"
    asked = tuple(f"{treaty.country}: {question}" for treaty in treaties for question in treaty.questions)
    return Finding(
        rule="TRY-01",
        state="fired" if treaties else "undecided" if missing else "not_fired",
        severity="warn" if treaties else "note",
        test="Is one of the spouses a citizen, domiciliary or resident of a country with an estate or gift tax treaty?",
        text=text,
        citations=tuple(f"Treaty with {treaty.called}" for treaty in treaties) or (SOURCE,),
        measured=names or None,
        form="Form 706; Form 706-NA; Form 709",
        questions=asked,
        missing=() if treaties else missing,
    )


def relief_finding(relief: TreatyRelief, *, most: Decimal | None) -> Finding:
    """Return whether an elected marital relief is open, and how much it shelters.

    `most` is the largest estate of a citizen or resident without tax, USD; None for a decedent abroad.
    """
    kind, treaty = relief.way, relief.treaty
    failed = [entry.condition.words for entry in relief.conditions if entry.state == "not_met"]
    unknown = [entry.condition.words for entry in relief.conditions if entry.state == "unknown"]
    if failed:
        text = f"not open, since this does not hold: {'; '.join(failed)}"
    elif unknown:
        text = f"a marital {kind}; not decided: {'; '.join(unknown)}"
    elif most is None:
        text = f"a marital {kind} for the US-situs property that passes to the spouse"
    else:
        text = f"a marital {kind}; with everything to the spouse it leaves no tax up to {plain(most)}"
    return Finding(
        rule="TRY-02",
        state="not_fired" if failed else "undecided" if unknown else "fired",
        severity="note" if failed else "warn",
        test=f"Does the treaty with {treaty.called} give a marital {kind} in the place of a QDOT?",
        text=text,
        citations=(relief.article,),
        threshold=most,
        form="Form 706; Form 706-NA",
        questions=tuple(f"Not read in the treaty's text: {words}. Does it hold?" for words in relief.unverified),
    )


def no_tax_finding(treaty: Treaty, *, estate: Decimal, most: Decimal, left: Decimal, by_qdot: Decimal) -> Finding:
    """Return whether the treaty leaves no tax at the first death, measured against what it shelters; all USD.

    `left` is the tax with the treaty, `by_qdot` that with the spouse's share in a QDOT.
    """
    within = no_tax_now(estate, most) and not left
    more = f"the treaty leaves {plain(left)} now, a QDOT {plain(by_qdot)} now and its own tax later"
    return Finding(
        rule="TRY-03",
        state="fired" if within else "not_fired",
        severity="note" if within else "warn",
        test=f"Does the treaty with {treaty.called} leave no estate tax at the first death?",
        text="no tax at the first death with the treaty, and no QDOT" if within else more,
        citations=CHOICE,
        measured=estate,
        threshold=most,
        form="Form 706",
        questions=("Is the survivor's estate taxed here, so that the property is taxed at the second death?",),
    )


def credit_finding(treaty: Treaty | None, *, shared: bool) -> Finding:
    """Return whether a nonresident noncitizen's estate has a treaty's share of the credit or the 13,000 alone."""
    country = "no treaty" if treaty is None else f"the treaty with {treaty.called}"
    return Finding(
        rule="TRY-04",
        state="fired" if shared else "not_fired",
        severity="warn" if shared else "note",
        test="Does a treaty give the estate a share of the unified credit, in the place of 13,000?",
        text=f"{country}: a share by US-situs over worldwide gross estate" if shared else f"{country}: 13,000 alone",
        citations=("IRC 2102(b)(1)", "IRC 2102(b)(3)"),
        form="Form 706-NA schedule B",
        questions=("Does the return show the worldwide estate, with the foreign return or an inventory?",)
        if shared
        else (),
    )


def disclosure_finding(treaty: Treaty, *, waives_qdot: bool, taken: bool | None) -> Finding:
    """Return what the return must say of a position under a treaty, and that an election gives up the QDOT.

    `taken`: whether the estate takes such a position, None where it is not decided.
    """
    return Finding(
        rule="TRY-05",
        state="undecided" if taken is None else "fired" if taken else "not_fired",
        severity="note" if taken is False else "warn",
        test=f"Does the return take a position under the treaty with {treaty.called}?",
        text=f"{DISCLOSURE}{' For the marital relief: ' + WAIVER if waives_qdot else ''}",
        citations=("Form 706 instructions, schedule P", "IRC 6114"),
        form="Form 706; Form 706-NA; statement",
        questions=("Which statement goes with the return, and is Form 8833 due?",),
    )


def gift_finding(treaty: Treaty | None, country: str) -> Finding:
    """Return whether a treaty covers gifts and so may relieve one to a spouse who is no citizen."""
    name = country if treaty is None else treaty.called
    covers = treaty is not None and treaty.covers_gifts
    no = "it covers estates alone" if treaty is not None else "there is no estate and gift tax treaty"
    return Finding(
        rule="TRY-06",
        state="undecided" if covers else "not_fired",
        severity="warn" if covers else "note",
        test=f"May a treaty with {name} relieve gifts to a spouse who is not a citizen?",
        text="it covers gifts; a relief for the spouse was not read" if covers else no,
        citations=(f"Treaty with {name}",) if treaty is not None else (SOURCE,),
        form="Form 709",
        questions=(f"Does the treaty with {name} relieve a gift to the spouse, and on what conditions?",)
        if covers
        else (),
    )


def domestic_law_finding(treaty: Treaty) -> Finding:
    """Return whether the treaty keeps the deductions of domestic law, so that a QDOT stays possible beside it."""
    kept = treaty.keeps_domestic_deductions
    return Finding(
        rule="TRY-07",
        state="fired" if kept else "undecided",
        severity="note" if kept else "warn",
        test=f"Does a QDOT stay possible beside the treaty with {treaty.called}?",
        text="the treaty keeps every deduction of domestic law, a QDOT's among them"
        if kept
        else "a QDOT and the treaty's relief for the same property exclude each other; what else may stand together "
        "was not read",
        citations=(kept,) if kept else CHOICE,
        form="Form 706 Schedule M; Form 706-NA",
        questions=() if kept else (f"What may the estate take beside a QDOT under the treaty with {treaty.called}?",),
    )
