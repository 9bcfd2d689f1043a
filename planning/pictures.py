"""Pictures as SVG text: attributes only, so they pass a strict CSP and print in a PDF unchanged.

At most four colours and grey, each with its own dash pattern, labels at the
ends of lines, an axis in $M with round steps. Each picture comes with the table
that says the same. Nothing is computed here but places on the paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from planning.reading import Reading, parts_of
from qdot_site.templatetags.money import usd_m, usd_m_signed, usd_short

FACES = (
    "Source Sans, Noto Sans, Noto Sans CJK SC, Noto Sans Arabic, Noto Sans Devanagari, Noto Sans Thai, "
    "Noto Sans Hebrew, sans-serif"
)
INK, GREY, LINE, EDGE, CAUTION, PAPER = "#1b1f24", "#5a636e", "#d9dee4", "#7b8590", "#8a5a00", "#ffffff"
ACCENT = "#1f4e5f"
MILLION = Decimal(1_000_000)
NATURALIZATIONS = ("naturalization_and_credit_shelter", "naturalization")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows in one line, and the same as a table."""

    title: str
    svg: SafeString
    head: list[str]
    rows: list[list[str]]
    note: str = ""


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


def cut(text: str, longest: int) -> str:
    """Return the text, shortened with an ellipsis where its letters need more room than `longest` narrow ones."""
    width = 0
    kept: list[str] = []
    for letter in text:
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}:
            continue
        width += 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 0 if unicodedata.combining(letter) else 1
        if width > longest:
            return "".join(kept[:-1]).rstrip() + "…"
        kept.append(letter)
    return "".join(kept)


def turns_around(text: str) -> bool:
    """Whether the text holds letters written from right to left, which drawings in a PDF cannot join."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def round_step(span: Decimal, most: int) -> Decimal:
    """Return a round step (1, 2, 2.5 or 5 times a power of ten) that divides `span` into at most `most` parts."""
    if span <= 0:
        return Decimal(1)
    power = Decimal(10) ** (span / most).adjusted()
    for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10)):
        if span / (factor * power) <= most:
            return factor * power
    return power * 10


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return places for labels (their upper edges) near the wanted ones, none over another, inside the frame."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = list(wanted)
    edge = top
    for index in order:
        places[index] = max(places[index], edge)
        edge = places[index] + heights[index]
    edge = bottom
    for index in reversed(order):
        places[index] = min(places[index], edge - heights[index])
        edge = places[index]
    return places


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
            _text(
                x(death_year) + (-6 if on_left else 6),
                top - 4,
                _("First death") if turns_around(decedent) else _("%(name)s dies") % {"name": cut(decedent, 16)},
                anchor="end" if on_left else "start",
            )
        )
        middle = both[len(both) // 2]
        parts.append(_line(both, x, y, INK, "1.75", ""))
        parts.append(
            _text(
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
        _svg(prefix, 424, 424, title, description, parts),
        [_("%(name)s dies in") % {"name": survivor}, *(str(year) for year in years)],
        rows,
        _("Kept after all taxes, by the year in which %(name)s dies, in millions of dollars of that year.")
        % {"name": survivor},
    )


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
        words = "0" if tick == 0 else f"${_short(tick)}" if tick < high else _("$%(n)s million") % {"n": _short(tick)}
        parts.append(_text(at, bottom + 14, words, size="8.5", anchor="middle"))
        tick += step
    rows: list[list[str]] = []
    words_of_bars: list[str] = []
    for index, (strategy, label, amount, more) in enumerate(bars):
        above = index * height + 4
        is_chosen = strategy == chosen
        color = accent if is_chosen else GREY
        width = max(1.0, float(amount) * scale)
        parts.append(_text(0, above + 14, cut(label, 25), size="9.5", color=INK, bold=is_chosen))
        parts.append(f'<rect x="{left:.1f}" y="{above:.1f}" width="{width:.1f}" height="21" fill="{color}"/>')
        keeps = _("keeps %(amount)s") % {"amount": _one_decimal(amount)}
        fits = width > 56  # noqa: PLR2004 - units of the drawing
        parts.append(
            _text(left + 8, above + 14, keeps, size="9.5", color=PAPER, bold=True)
            if fits
            else _text(left + width + 6, above + 14, keeps, size="9.5", color=INK, bold=True)
        )
        if more is not None and strategy != "outright" and len(bars) > 1:
            difference = Decimal(more)
            shown = _one_decimal(abs(difference))
            say = _("%(amount)s more than no plan") if difference >= 0 else _("%(amount)s less than no plan")
            beside = _("the same as no plan") if shown == "0.0" else say % {"amount": shown}
            parts.append(_text(left + width + (6 if fits else 66), above + 14, beside, size="8.5", color=INK))
        rows.append([label, usd_m(str(amount)), usd_m_signed(more)])
        words_of_bars.append(f"{label}: {_one_decimal(amount)}")
    title = _("What your family keeps, in millions of dollars")
    return Picture(
        title,
        _svg(prefix, 468, bottom + 22, title, "; ".join(words_of_bars) + ".", parts),
        [_("Choice"), _("Your family keeps"), _("Against no plan")],
        rows,
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
            found.append(Curve(strategy, _label(reading, strategy), points, color, width, dashes, bold))
    return found


def _label(reading: Reading, strategy: str) -> str:
    short = {
        "outright": _("Nothing arranged"),
        "qdot": _("QDOT alone"),
        "lifetime_gifts": _("Gifts, rest outright"),
        "gifts_and_qdot": _("Gifts and QDOT"),
        "credit_shelter_and_qdot": _("Bypass and QDOT"),
        "gifts_credit_shelter_and_qdot": _("Gifts, bypass and QDOT"),
        "naturalization": _("If citizen"),
        "naturalization_and_credit_shelter": _("If citizen, with bypass"),
    }
    return short.get(strategy) or reading.title(strategy)


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
        words = f"${_short(tick)}M" if tick == high else _short(tick)
        parts.append(_text(0, at + 4, words))
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
            parts.append(_text(place, at, str(year), anchor="middle"))
    return parts


def _end_labels(curves: Sequence[Curve], at: float, y, top: float, bottom: float) -> list[str]:  # type: ignore[no-untyped-def]
    """Write each curve's name and end value beside its end, none over another."""
    size, lead = 13.0, 15.0
    for curve in curves:
        curve.label_lines = _wrapped(curve.label, 13)
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
        parts.append(_text(at + 11, base, _one_decimal(curve.points[-1][1]), color=curve.color, bold=True))
        parts += [
            _text(at + 45, base + lead * index, line, color=curve.color, bold=curve.bold)
            for index, line in enumerate(curve.label_lines)
        ]
    return parts


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [cut(line, width + 3) for line in lines[:3]]


def _title(reading: Reading, chosen: str, order: str) -> str:
    more = reading.figure(chosen, order, "against_outright")
    if chosen in ("outright", "none_needed") or more is None:
        return _("What the family keeps")
    amount = Decimal(more)
    words = {"what": _sentence(chosen), "amount": usd_short(abs(amount))}
    return _("%(what)s: %(amount)s more") % words if amount >= 0 else _("%(what)s: %(amount)s less") % words


def _sentence(strategy: str) -> str:
    parts = parts_of(strategy)
    words = [
        _("gifts") if parts["gifts"] else "",
        _("citizenship") if parts["naturalization"] else "",
        _("bypass trust") if parts["credit_shelter"] else "",
        _("QDOT") if parts["qdot"] else "",
    ]
    found = [word for word in words if word]
    text = (
        found[0]
        if len(found) == 1
        else _("%(several)s and %(last)s")
        % {
            "several": ", ".join(found[:-1]),
            "last": found[-1],
        }
    )
    return text[:1].upper() + text[1:]


def _describe(
    reading: Reading,
    curves: Sequence[Curve],
    both: Sequence[tuple[int, Decimal]],
    death_year: int,
    last_year: int,
    decedent: str,
) -> str:
    start = _("The couple has %(start)s million dollars in %(first)s and %(end)s in %(death)s, when %(name)s dies.") % {
        "start": _one_decimal(both[0][1]),
        "first": both[0][0],
        "end": _one_decimal(both[-1][1]),
        "death": death_year,
        "name": decedent,
    }
    ends = "; ".join(f"{curve.label} {_one_decimal(curve.points[-1][1])}" for curve in curves)
    return f"{start} " + _("The family keeps in %(year)s, in millions of dollars: %(ends)s.") % {
        "year": last_year,
        "ends": ends,
    }


def _line(points: Sequence[tuple[int, Decimal]], x, y, color: str, width: str, dashes: str) -> str:  # type: ignore[no-untyped-def]
    places = " ".join(f"{x(year):.1f},{y(amount):.1f}" for year, amount in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    look = f'fill="none" stroke="{color}" stroke-width="{width}"{dashed} stroke-linecap="butt"'
    return f'<polyline points="{places}" {look}/>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    color: str = GREY,
    size: str = "13",
    anchor: str = "",
    bold: bool = False,
    halo: bool = False,
) -> str:
    extra = f' text-anchor="{anchor}"' if anchor else ""
    extra += ' font-weight="600"' if bold else ""
    extra += f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}"{extra}>{escape(words)}</text>'


def _svg(prefix: str, width: float, height: float, title: str, description: str, parts: Sequence[str]) -> SafeString:
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="{FACES}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-description"><title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-description">{escape(description)}</desc>'
    )
    # Every word in the drawing went through escape(); the rest is numbers and our own names.
    return mark_safe(opening + "".join(parts) + "</svg>")  # noqa: S308


def _short(amount: Decimal) -> str:
    """Return millions for an axis without needless zeros: 2.5, 30."""
    text = f"{amount / MILLION:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _one_decimal(amount: Decimal) -> str:
    return f"{amount / MILLION:,.1f}".replace("-", "−")
