"""The gift calendar: each year's exclusion, what is given so far, what it is worth later, and the gift tax return."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from planning.engine.rules.s7503_due_dates import form_709_due
from planning.federal_holidays import is_legal_holiday
from planning.pictures.drawing import (
    ACCENT,
    GREY,
    INK,
    LINE,
    MILLION,
    Picture,
    hatching,
    millions_short,
    one_decimal,
    rect,
    round_step,
    rule,
    svg,
    text,
)
from planning.pictures.shares import ZERO, shares_of
from planning.reading import Json, Reading, parts_of
from qdot_site.templatetags.money import client_date, usd, usd_m, usd_short

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 424.0, 40.0, 424.0, 44.0, 270.0
GIFT, LATER = re.compile(r"Gift in (\d{4})\b"), "The same at the first death"
# The same arrangement without gifts, to say what they take out of the QDOT.
WITHOUT = {
    "gifts_and_qdot": "qdot",
    "gifts_credit_shelter_and_qdot": "credit_shelter_and_qdot",
    "lifetime_gifts": "outright",
}


@dataclass(slots=True)
class GiftYear:
    """The gift of one year, USD; `worth` is what it is at the first death, `projected` where the exclusion is."""

    year: int
    amount: Decimal
    projected: bool
    worth: Decimal | None = None


def gift_strategy(reading: Reading, chosen: str, order: str) -> str | None:
    """Return the strategy whose gifts are shown: the chosen one if it gives, else the first-ranked that does."""
    names = [chosen, *(option["strategy"] for option in reading.ranked(order))]
    return next(
        (name for name in names if parts_of(name, reading.base(name))["gifts"] and reading.order(name, order)), None
    )


def gifts_of(reading: Reading, strategy: str, order: str) -> list[GiftYear]:
    """Return the gifts year by year; none where the lines do not add up to the figure of all gifts."""
    result = reading.order(strategy, order)
    total = None if result is None else result["figures"].get("gifts_total")
    if result is None or total is None:
        return []
    lines = [
        line for sheet in reading.sheets_of(strategy, order) if sheet["code"].endswith("-P") for line in sheet["lines"]
    ]
    found: dict[int, GiftYear] = {}
    current: GiftYear | None = None
    for line in lines:
        match = GIFT.match(line["label"])
        if match is not None:
            current = found.setdefault(int(match.group(1)), GiftYear(int(match.group(1)), ZERO, projected=False))
            current.amount += Decimal(line["amount"])
            current.projected |= line["status"] == "projected"
        elif current is not None and line["label"].startswith(LATER):
            current.worth = (current.worth or ZERO) + Decimal(line["amount"])
            current = None
        else:
            current = None
    gifts = [found[year] for year in sorted(found)]
    adds_up = abs(sum((gift.amount for gift in gifts), ZERO) - Decimal(total)) < 1
    return gifts if adds_up and Decimal(total) > 0 else []


def gift_calendar(
    reading: Reading, *, chosen: str, order: str, accent: str = ACCENT, prefix: str = "gifts"
) -> Picture | None:
    """Draw the gifts of the chosen strategy, or of the first-ranked one that gives; None where there are none."""
    strategy = gift_strategy(reading, chosen, order)
    gifts = gifts_of(reading, strategy, order) if strategy is not None else []
    if strategy is None or not gifts:
        return None
    total = sum((gift.amount for gift in gifts), ZERO)
    step = round_step(max(total, MILLION / 10), 4)
    high = max((total / step).to_integral_value(ROUND_CEILING) * step, step)

    def y(amount: Decimal) -> float:
        return BOTTOM - (BOTTOM - TOP) * float(amount / high)

    parts = [hatching(f"{prefix}-hatch", accent)]
    tick = ZERO
    while tick <= high:
        words = f"${millions_short(tick)}M" if tick == high else millions_short(tick)
        parts += [rule(LEFT, y(tick), RIGHT, y(tick)), text(0, y(tick) + 4, words)]
        tick += step
    parts += _keys(prefix, accent, any(not gift.projected for gift in gifts), any(gift.projected for gift in gifts))
    slot = (RIGHT - LEFT) / len(gifts)
    before = ZERO
    last_label = -100.0
    for index, gift in enumerate(gifts):
        left, width = LEFT + slot * index + slot * 0.12, min(slot * 0.76, 40.0)
        parts.append(rect(left, y(before), width, BOTTOM - y(before), LINE))
        now = before + gift.amount
        fill = f"url(#{prefix}-hatch)" if gift.projected else accent
        parts.append(rect(left, y(now), width, y(before) - y(now), fill, stroke=accent))
        before, middle = now, left + width / 2
        if middle - last_label > 40 and (index == len(gifts) - 1 or slot * (len(gifts) - 1 - index) > 40):  # noqa: PLR2004
            parts.append(text(max(middle, LEFT + 14), BOTTOM + 18, str(gift.year), anchor="middle"))
            last_label = middle
    edge = LEFT + slot * len(gifts)
    parts.append(
        text(
            min(edge, RIGHT),
            y(total) - 6,
            _("%(amount)s given") % {"amount": usd_short(total)},
            color=INK,
            bold=True,
            anchor="end",
            halo=True,
        )
    )
    worth = _worth(gifts)
    result = reading.order(strategy, order)
    year = result["first_death_year"] if result is not None else None
    lines = _captions(reading, strategy, order, total, worth, year)
    parts += [
        text(0, BOTTOM + 42 + 19 * index, line, color=INK if index == 0 else GREY) for index, line in enumerate(lines)
    ]
    title = _title(gifts, total, worth, year)
    return Picture(
        title,
        svg(prefix, WIDTH, BOTTOM + 30 + 19 * len(lines) + 4, title, _describe(gifts), parts),
        [
            _("Year"),
            _("Exclusion used"),
            _("Given so far"),
            _("Worth at the first death, so far"),
            _("Form 709, if needed, due"),
        ],
        _rows(gifts),
        _note(reading, strategy),
    )


def _worth(gifts: list[GiftYear]) -> Decimal | None:
    known = [gift.worth for gift in gifts if gift.worth is not None]
    return sum(known, ZERO) if len(known) == len(gifts) else None


def _keys(prefix: str, accent: str, has_law: bool, has_projected: bool) -> list[str]:  # noqa: FBT001
    keys = [(accent, _("law"))] if has_law else []
    keys += [(f"url(#{prefix}-hatch)", _("projected"))] if has_projected else []
    keys.append((LINE, _("given before")))
    parts: list[str] = []
    left = LEFT
    for fill, label in keys:
        parts += [rect(left, 2, 13, 13, fill, stroke=accent if fill != LINE else ""), text(left + 19, 13.5, label)]
        left += 44 + 7 * len(label)
    return parts


def _captions(
    reading: Reading, strategy: str, order: str, total: Decimal, worth: Decimal | None, year: int | None
) -> list[str]:
    """Return what the gifts come to and what they leave for the QDOT."""
    lines: list[str] = []
    if worth is not None and worth != total:
        words = {"amount": usd_short(worth), "year": year}
        lines.append(_("Worth %(amount)s at the first death in %(year)s") % words)
    own, other = shares_of(reading, strategy, order), shares_of(reading, WITHOUT.get(strategy, ""), order)
    if own is not None and other is not None and parts_of(strategy)["qdot"] and (own.first.qdot or other.first.qdot):
        words = {"without": one_decimal(other.first.qdot), "amount": usd_short(own.first.qdot)}
        lines.append(_("Left for the QDOT: %(amount)s, without gifts %(without)s") % words)
    return lines


def _title(gifts: list[GiftYear], total: Decimal, worth: Decimal | None, year: int | None) -> str:
    words = {"count": len(gifts), "total": usd_short(total), "worth": usd_short(worth), "year": year}
    if len(gifts) == 1:
        return _("One yearly gift moves %(total)s") % words
    if worth is None:
        return _("%(count)s yearly gifts move %(total)s") % words
    return _("%(count)s yearly gifts move %(total)s, %(worth)s by %(year)s") % words


def _describe(gifts: list[GiftYear]) -> str:
    listed = "; ".join(f"{gift.year} {usd(round(gift.amount))}" for gift in gifts)
    return _("Gifts by year: %(rows)s.") % {"rows": listed}


def _rows(gifts: list[GiftYear]) -> list[list[str]]:
    rows: list[list[str]] = []
    given, worth = ZERO, ZERO
    for gift in gifts:
        given += gift.amount
        worth += gift.worth or ZERO
        amount = usd(round(gift.amount))
        rows.append(
            [
                str(gift.year),
                _("%(amount)s, projected") % {"amount": amount} if gift.projected else amount,
                usd_m(given),
                usd_m(worth) if gift.worth is not None else usd_m(None),
                client_date(form_709_due(gift.year, is_legal_holiday)),
            ]
        )
    return rows


def _note(reading: Reading, strategy: str) -> str:
    """Return what the figures are and whether a return is needed, as the plan's own rule says."""
    finding: Json | None = next((f for f in reading.result.get("findings", ()) if f["rule"] == "GFT-23"), None)
    needs = _("Gifts within the year’s exclusion need no Form 709; whatever passes it does, even without tax.")
    if finding is not None and finding["state"] == "fired":
        needs = _("Form 709 is needed: %(why)s.") % {"why": str(finding["text"]).rstrip(".")}
    title = _("Of “%(title)s”, in millions of dollars.") % {"title": reading.title(strategy)}
    return f"{title} {needs}"
