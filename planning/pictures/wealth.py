"""What the family keeps by the year in which the survivor dies, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    CAUTION,
    EDGE,
    GREY,
    INK,
    LINE,
    MILLION,
    Picture,
    cut,
    millions_short,
    one_decimal,
    round_step,
    spread,
    svg,
    text,
    turns_around,
    wrapped,
)
from planning.pictures.names import NATURALIZATIONS, in_words, short_title
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m, usd_short


@dataclass(slots=True)
class Curve:
    """One line of the wealth picture; points are (year, USD)."""

    strategy: str
    label: str
    points: list[tuple[int, Decimal]]
    color: str
    width: str = "1.75"
    dashes: str = ""
    bold: bool = False
    label_lines: list[str] = field(default_factory=list)
    label_y: float = 0.0


def wealth_over_time(
    reading: Reading, *, chosen: str, order: str, accent: str = ACCENT, prefix: str = "wealth"
) -> Picture | None:
    """Draw what the family keeps, by the year in which the survivor dies; None where nothing was computed."""
    curves = _curves(reading, chosen, order, accent)
    both = _both_alive(reading, order)
    if not curves or not both:
        return None
    first_year, death_year = both[0][0], both[-1][0]
    last_year = max(year for curve in curves for year, _amount in curve.points)
    left, right, top, bottom = 40.0, 292.0, 18.0, 396.0
    amounts = [amount for _year, amount in both] + [amount for curve in curves for _year, amount in curve.points]
    low, high, step = _axis(min(amounts), max(amounts))

    def x(year: int) -> float:
        return left + (right - left) * (year - first_year) / max(1, last_year - first_year)

    def y(amount: Decimal) -> float:
        return bottom - (bottom - top) * float((amount - low) / (high - low))

    parts = _grid(low, high, step, y, left, right)
    parts += _years([first_year, death_year, last_year], x, bottom + 22)
    decedent, survivor = reading.short_name(order), reading.short_name("b" if order == "a" else "a")
    if death_year > first_year:
        parts.append(
            f'<line x1="{x(death_year):.1f}" x2="{x(death_year):.1f}" y1="{top - 14:.1f}" y2="{bottom:.1f}" '
            f'stroke="{EDGE}" stroke-dasharray="1 3"/>'
        )
        on_left = x(death_year) > (left + right) / 2
        parts.append(
            text(
                x(death_year) + (-6 if on_left else 6),
                top - 4,
                _("First death") if turns_around(decedent) else _("%(name)s dies") % {"name": cut(decedent, 16)},
                anchor="end" if on_left else "start",
            )
        )
        middle = both[len(both) // 2]
        parts.append(_line(both, x, y, INK, "1.75", ""))
        parts.append(
            text(
                max(x(middle[0]) - 8, left + 62), y(middle[1]) - 6, _("Both alive"), color=INK, anchor="end", halo=True
            )
        )
    for curve in reversed(curves):
        parts.append(_line(curve.points, x, y, curve.color, curve.width, curve.dashes))
    parts += _end_labels(curves, x(last_year), y, top, bottom)
    title = _title(reading, chosen, order)
    description = _describe(reading, curves, both, death_year, last_year, decedent)
    years = sorted({death_year, (death_year + last_year) // 2, last_year})
    rows = [[curve.label, *(usd_m(dict(curve.points).get(year)) for year in years)] for curve in curves]
    return Picture(
        title,
        svg(prefix, 424, 424, title, description, parts),
        [_("%(name)s dies in") % {"name": survivor}, *(str(year) for year in years)],
        rows,
        _("Kept after all taxes, by the year in which %(name)s dies, in millions of dollars of that year.")
        % {"name": survivor},
    )


def _curves(reading: Reading, chosen: str, order: str, accent: str) -> list[Curve]:
    real = "outright" if chosen == "none_needed" else chosen
    citizen = next((name for name in NATURALIZATIONS if reading.order(name, order) is not None), "")
    wanted = [
        (real, accent, "3.25", "", True),
        ("outright", INK, "1.75", "", False),
        ("qdot", CAUTION, "1.75", "2 3", False),
        (citizen, GREY, "1.75", "7 4", False),
    ]
    found: list[Curve] = []
    for strategy, color, width, dashes, bold in wanted:
        result = reading.order(strategy, order) if strategy else None
        if result is None or any(curve.strategy == strategy for curve in found):
            continue
        points = [(p["year"], Decimal(p["family_wealth"])) for p in result["path"] if not p["both_alive"]]
        if points:
            found.append(Curve(strategy, short_title(reading, strategy), points, color, width, dashes, bold))
    return found


def _both_alive(reading: Reading, order: str) -> list[tuple[int, Decimal]]:
    for option in reading.options:
        result = reading.order(option["strategy"], order)
        if result is not None:
            return [(p["year"], Decimal(p["family_wealth"])) for p in result["path"] if p["both_alive"]]
    return []


def _axis(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return the ends and the step of the axis, all round; the lowest tick is never below zero without need."""
    step = round_step(high - low if high > low else max(abs(high), MILLION), 4)
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    return bottom, top if top > bottom else bottom + step, step


def _grid(low: Decimal, high: Decimal, step: Decimal, y, left: float, right: float) -> list[str]:  # type: ignore[no-untyped-def]
    parts: list[str] = []
    tick = low
    while tick <= high:
        at = y(tick)
        parts.append(f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{at:.1f}" y2="{at:.1f}" stroke="{LINE}"/>')
        words = f"${millions_short(tick)}M" if tick == high else millions_short(tick)
        parts.append(text(0, at + 4, words))
        tick += step
    return parts


def _years(years: Sequence[int], x, at: float) -> list[str]:  # type: ignore[no-untyped-def]
    """Write the years under the axis, leaving out those that would touch one another."""
    parts: list[str] = []
    shown: list[float] = []
    for year in sorted({years[0], years[-1], *years}, key=lambda year: (year not in (years[0], years[-1]), year)):
        place = x(year)
        if all(abs(place - other) > 40 for other in shown):  # noqa: PLR2004 - width of a year in the drawing
            shown.append(place)
            parts.append(text(place, at, str(year), anchor="middle"))
    return parts


def _end_labels(curves: Sequence[Curve], at: float, y, top: float, bottom: float) -> list[str]:  # type: ignore[no-untyped-def]
    """Write each curve's name and end value beside its end, none over another."""
    size, lead = 13.0, 15.0
    for curve in curves:
        curve.label_lines = wrapped(curve.label, 13)
    heights = [lead * len(curve.label_lines) + 3 for curve in curves]
    wanted = [y(curve.points[-1][1]) - lead / 2 - 2 for curve in curves]
    parts: list[str] = []
    for curve, place, asked in zip(curves, spread(wanted, heights, top - 8, bottom + 8), wanted, strict=True):
        base = place + size - 1
        if abs(place - asked) > 5:  # noqa: PLR2004 - units of the drawing
            parts.append(
                f'<line x1="{at + 1:.1f}" y1="{y(curve.points[-1][1]):.1f}" x2="{at + 8:.1f}" y2="{base - 4:.1f}" '
                f'stroke="{curve.color}" stroke-width=".75"/>'
            )
        parts.append(text(at + 11, base, one_decimal(curve.points[-1][1]), color=curve.color, bold=True))
        parts += [
            text(at + 45, base + lead * index, line, color=curve.color, bold=curve.bold)
            for index, line in enumerate(curve.label_lines)
        ]
    return parts


def _title(reading: Reading, chosen: str, order: str) -> str:
    more = reading.figure(chosen, order, "against_outright")
    if chosen in ("outright", "none_needed") or more is None:
        return _("What the family keeps")
    amount = Decimal(more)
    words = {"what": in_words(chosen, reading.base(chosen)), "amount": usd_short(abs(amount))}
    return _("%(what)s: %(amount)s more") % words if amount >= 0 else _("%(what)s: %(amount)s less") % words


def _describe(
    reading: Reading,
    curves: Sequence[Curve],
    both: Sequence[tuple[int, Decimal]],
    death_year: int,
    last_year: int,
    decedent: str,
) -> str:
    start = _("The couple has %(start)s million dollars in %(first)s and %(end)s in %(death)s, when %(name)s dies.") % {
        "start": one_decimal(both[0][1]),
        "first": both[0][0],
        "end": one_decimal(both[-1][1]),
        "death": death_year,
        "name": decedent,
    }
    ends = "; ".join(f"{curve.label} {one_decimal(curve.points[-1][1])}" for curve in curves)
    return f"{start} " + _("The family keeps in %(year)s, in millions of dollars: %(ends)s.") % {
        "year": last_year,
        "ends": ends,
    }


def _line(points: Sequence[tuple[int, Decimal]], x, y, color: str, width: str, dashes: str) -> str:  # type: ignore[no-untyped-def]
    places = " ".join(f"{x(year):.1f},{y(amount):.1f}" for year, amount in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    look = f'fill="none" stroke="{color}" stroke-width="{width}"{dashed} stroke-linecap="butt"'
    return f'<polyline points="{places}" {look}/>'
