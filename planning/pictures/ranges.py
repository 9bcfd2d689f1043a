"""What each arrangement leaves over many drawn lives: a tenth below, half below, a tenth above."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    INK,
    MILLION,
    PAPER,
    Picture,
    cut,
    millions_short,
    one_decimal,
    round_step,
    rule,
    svg,
    text,
)
from planning.pictures.names import strategy_in_words
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m, usd_short

WIDTH, ROW = 424.0, 52.0
LEFT, RIGHT = 20.0, 398.0


def range_chart(reading: Reading, *, chosen: str, accent: str = ACCENT, prefix: str = "range") -> Picture | None:
    """Draw a line for each arrangement from the tenth to the ninetieth of a hundred paths; None without odds."""
    odds = reading.result.get("odds")
    outlooks = sorted(odds["outlooks"], key=lambda found: -Decimal(found["middle"])) if odds else []
    if not outlooks:
        return None
    real = "outright" if chosen == "none_needed" else chosen
    rows = [(found["strategy"], *(Decimal(found[name]) for name in ("low", "middle", "high"))) for found in outlooks]
    lowest, highest = min(low for _s, low, _m, _h in rows), max(high for _s, _l, _m, high in rows)
    step = round_step(max(highest - lowest, MILLION / 10), 4)
    start = (lowest / step).to_integral_value(ROUND_FLOOR) * step
    end = max((highest / step).to_integral_value(ROUND_CEILING) * step, start + step)

    def x(amount: Decimal) -> float:
        return LEFT + (RIGHT - LEFT) * float((amount - start) / (end - start))

    bottom = ROW * len(rows) + 6
    parts: list[str] = []
    tick = start
    while tick <= end:
        words = f"${millions_short(tick)}M" if tick == end else millions_short(tick)
        parts += [rule(x(tick), 0, x(tick), bottom), text(x(tick), bottom + 16, words, anchor="middle")]
        tick += step
    for index, (strategy, low, middle, high) in enumerate(rows):
        line, is_first = index * ROW, strategy == real
        color = accent if is_first else INK
        at = line + 28
        parts.append(text(0, line + 15, cut(reading.title(strategy), 56), color=color, bold=is_first, halo=True))
        parts.append(rule(x(low), at, x(high), at, color=color, width="4" if is_first else "2"))
        parts += [rule(x(end_), at - 4, x(end_), at + 4, color=color, width="1.5") for end_ in (low, high)]
        dot = f'cx="{x(middle):.1f}" cy="{at:.1f}" r="5" fill="{PAPER}" stroke="{color}" stroke-width="2.25"'
        parts.append(f"<circle {dot}/>")
        parts.append(
            text(x(middle), at + 17, one_decimal(middle), color=color, size="11.5", anchor="middle", halo=True)
        )
        parts += _ends(x(low), x(middle), x(high), at + 17, low, high, color)
    found = next((row for row in rows if row[0] == real), rows[0])
    title = _("%(what)s: one path in ten leaves less than %(low)s, one in ten more than %(high)s") % {
        "what": strategy_in_words(found[0]),
        "low": usd_short(found[1]),
        "high": usd_short(found[3]),
    }
    description = _("What the family keeps in millions of dollars, a tenth below, half below, a tenth above: %(rows)s.")
    ends = "; ".join(
        f"{reading.title(name)} {one_decimal(low)}, {one_decimal(middle)}, {one_decimal(high)}"
        for name, low, middle, high in rows
    )
    return Picture(
        title,
        svg(prefix, WIDTH, bottom + 22, title, description % {"rows": ends}, parts),
        [_("Arrangement"), _("One in ten below"), _("Half below"), _("One in ten above")],
        [[reading.title(name), usd_m(low), usd_m(middle), usd_m(high)] for name, low, middle, high in rows],
        _("Family wealth after all taxes in millions of dollars; the ring is the middle path."),
    )


def _ends(left: float, middle: float, right: float, at: float, low: Decimal, high: Decimal, color: str) -> list[str]:
    """Return the amounts at the ends, left out where they would touch the one in the middle."""
    room = 34.0
    parts: list[str] = []
    if middle - left > room:
        parts.append(text(left, at, one_decimal(low), color=color, size="11.5", anchor="middle", halo=True))
    if right - middle > room:
        parts.append(text(right, at, one_decimal(high), color=color, size="11.5", anchor="middle", halo=True))
    return parts
