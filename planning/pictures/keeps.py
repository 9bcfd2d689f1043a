"""The clients' picture: what the family keeps, as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    GREY,
    INK,
    LINE,
    PAPER,
    Picture,
    cut,
    millions_short,
    one_decimal,
    round_step,
    svg,
    text,
    turns_around,
)
from planning.pictures.names import NATURALIZATIONS
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m, usd_m_signed


def family_keeps(
    reading: Reading, *, chosen: str, order: str, accent: str = ACCENT, prefix: str = "keeps"
) -> Picture | None:
    """Draw what the family keeps as bars from zero; None where nothing was computed."""
    survivor = reading.short_name("b" if order == "a" else "a")
    chosen_label = _("No plan") if chosen in ("outright", "none_needed") else _("The plan")
    wanted = [(chosen, chosen_label), ("outright", _("No plan")), ("qdot", _("QDOT alone"))]
    if_citizen = (
        _("With citizenship") if turns_around(survivor) else _("If %(name)s is a citizen") % {"name": cut(survivor, 11)}
    )
    wanted += [(name, if_citizen) for name in NATURALIZATIONS]
    bars: list[tuple[str, str, Decimal, str | None]] = []
    seen: set[str] = set()
    for strategy, label in wanted:
        real = "outright" if strategy == "none_needed" else strategy
        amount = reading.figure(real, order, "family_wealth")
        is_second_citizenship = real in NATURALIZATIONS and bool(seen & set(NATURALIZATIONS))
        if amount is None or real in seen or is_second_citizenship:
            continue
        seen.add(real)
        bars.append((real, label, Decimal(amount), reading.figure(real, order, "against_outright")))
    if not bars:
        return None
    return _bars(bars, chosen="outright" if chosen == "none_needed" else chosen, accent=accent, prefix=prefix)


def _bars(bars: Sequence[tuple[str, str, Decimal, str | None]], *, chosen: str, accent: str, prefix: str) -> Picture:
    left, right, height = 122.0, 468.0, 33.0
    largest = max(amount for _strategy, _label, amount, _more in bars)
    step = round_step(max(largest, Decimal(1)), 4)
    high = (max(largest, Decimal(1)) / step).to_integral_value(ROUND_FLOOR) * step
    scale = (right - 104 - left) / float(max(largest, Decimal(1)))
    bottom = height * len(bars) + 2
    parts: list[str] = []
    tick = Decimal(0)
    while tick <= high:
        at = left + float(tick) * scale
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{bottom:.1f}" stroke="{LINE}" stroke-width=".6"/>')
        words = (
            "0"
            if tick == 0
            else f"${millions_short(tick)}"
            if tick < high
            else _("$%(n)s million") % {"n": millions_short(tick)}
        )
        parts.append(text(at, bottom + 14, words, size="8.5", anchor="middle"))
        tick += step
    rows: list[list[str]] = []
    words_of_bars: list[str] = []
    for index, (strategy, label, amount, more) in enumerate(bars):
        above = index * height + 4
        is_chosen = strategy == chosen
        color = accent if is_chosen else GREY
        width = max(1.0, float(amount) * scale)
        parts.append(text(0, above + 14, cut(label, 25), size="9.5", color=INK, bold=is_chosen))
        parts.append(f'<rect x="{left:.1f}" y="{above:.1f}" width="{width:.1f}" height="21" fill="{color}"/>')
        keeps = _("keeps %(amount)s") % {"amount": one_decimal(amount)}
        fits = width > 56  # noqa: PLR2004 - units of the drawing
        parts.append(
            text(left + 8, above + 14, keeps, size="9.5", color=PAPER, bold=True)
            if fits
            else text(left + width + 6, above + 14, keeps, size="9.5", color=INK, bold=True)
        )
        if more is not None and strategy != "outright" and len(bars) > 1:
            difference = Decimal(more)
            shown = one_decimal(abs(difference))
            say = _("%(amount)s more than no plan") if difference >= 0 else _("%(amount)s less than no plan")
            beside = _("the same as no plan") if shown == "0.0" else say % {"amount": shown}
            parts.append(text(left + width + (6 if fits else 66), above + 14, beside, size="8.5", color=INK))
        rows.append([label, usd_m(str(amount)), usd_m_signed(more)])
        words_of_bars.append(f"{label}: {one_decimal(amount)}")
    title = _("What your family keeps, in millions of dollars")
    return Picture(
        title,
        svg(prefix, 468, bottom + 22, title, "; ".join(words_of_bars) + ".", parts),
        [_("Choice"), _("Your family keeps"), _("Against no plan")],
        rows,
    )
