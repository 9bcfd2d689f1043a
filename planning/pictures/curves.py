"""How much in the bypass trust, and how many years of gifts: what the family keeps for every amount, as a curve."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    GREY,
    INK,
    MILLION,
    PAPER,
    Picture,
    millions_short,
    round_step,
    rule,
    svg,
    text,
)
from planning.reading import Json, Reading
from qdot_site.templatetags.money import usd_m, usd_m_signed, usd_short

WIDTH, HEIGHT = 424.0, 236.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 404.0, 12.0, 190.0
# Ticks of the axis at the foot, at most.
TICKS = 6
KINDS = {"bypass_percent": "bypass", "gift_years": "years"}


def solved_curves(
    reading: Reading, *, chosen: str, accent: str = ACCENT, prefix: str = "curve"
) -> dict[str, Picture | None]:
    """Draw the curves of the arrangement chosen, by `bypass` and `years`; None where a plan holds none."""
    option = next((found for found in reading.options if found["strategy"] == chosen), None)
    found: dict[str, Picture | None] = dict.fromkeys(KINDS.values())
    for solved in (option or {}).get("solved") or ():
        if solved["what"] in KINDS and len(solved["curve"]) > 1:
            name = KINDS[solved["what"]]
            found[name] = _curve(reading, solved, chosen=chosen, accent=accent, prefix=f"{prefix}-{name}")
    return found


def _curve(reading: Reading, solved: Json, *, chosen: str, accent: str, prefix: str) -> Picture:
    by_share = solved["what"] == "bypass_percent"
    points = [(Decimal(point["value"]), Decimal(point["family_wealth"])) for point in solved["curve"]]
    top, described = Decimal(solved["value"]), Decimal(solved["described"])
    lowest, highest = min(y for _x, y in points), max(y for _x, y in points)
    step = round_step(max(highest - lowest, MILLION / 10), 4)
    start = (lowest / step).to_integral_value(ROUND_FLOOR) * step
    end = max((highest / step).to_integral_value(ROUND_CEILING) * step, start + step)
    last = max(points[-1][0], Decimal(1))

    def across(value: Decimal) -> float:
        return LEFT + (RIGHT - LEFT) * float(value / last)

    def up(amount: Decimal) -> float:
        return BOTTOM - (BOTTOM - TOP) * float((amount - start) / (end - start))

    parts: list[str] = []
    tick = start
    while tick <= end:
        parts.append(rule(LEFT, up(tick), RIGHT, up(tick)))
        words = f"${millions_short(tick)}M" if tick == end else millions_short(tick)
        parts.append(text(LEFT - 6, up(tick) + 4, words, size="11.5", anchor="end"))
        tick += step
    every = max(round_step(last, TICKS), Decimal(1))
    if every % 1:
        # No halves of years.
        every *= 2
    tick = Decimal(0)
    while tick <= last:
        parts.append(text(across(tick), BOTTOM + 16, f"{tick:f}{'%' if by_share else ''}", anchor="middle"))
        tick += every
    axis = _("part of the exclusion that is left, in the bypass trust") if by_share else _("years of gifts")
    parts.append(text((LEFT + RIGHT) / 2, BOTTOM + 34, axis, anchor="middle"))
    line = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{INK}" stroke-width="1.75"/>')
    at = dict(points)
    if described in at and described != top:
        place = f'cx="{across(described):.1f}" cy="{up(at[described]):.1f}" r="4.5" fill="{PAPER}"'
        parts.append(f'<circle {place} stroke="{GREY}" stroke-width="2"/>')
    if top in at:
        parts.append(f'<circle cx="{across(top):.1f}" cy="{up(at[top]):.1f}" r="5" fill="{accent}"/>')
    title = _("How much in the bypass trust") if by_share else _("How many years of gifts")
    description = _("%(what)s: what the family keeps, from %(low)s to %(high)s. %(text)s") % {
        "what": reading.title(chosen),
        "low": usd_short(lowest),
        "high": usd_short(highest),
        "text": solved["text"],
    }
    note = _("%(what)s. %(text)s The dot is that, a ring what the plan describes; the axis does not begin at zero.") % {
        "what": reading.title(chosen),
        "text": solved["text"],
    }
    base = at.get(described)
    rows = [
        [f"{x.normalize():f}{'%' if by_share else ''}", usd_m(y), "" if base is None else usd_m_signed(y - base)]
        for x, y in points
    ]
    head = [_("In the bypass trust") if by_share else _("Years of gifts"), _("Family keeps"), _("Against the plan")]
    return Picture(title, svg(prefix, WIDTH, HEIGHT, title, description, parts), head, rows, note)
