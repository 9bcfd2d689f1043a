"""What all pictures share: letters, lines and colours as SVG text.

Attributes only, so they pass a strict CSP and print in a PDF unchanged. At most
four colours and grey, told apart in grey print by their dashes, their lightness
or their hatching. Nothing is computed here but places on the paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe

FACES = (
    "Source Sans, Noto Sans, Noto Sans CJK SC, Noto Sans Arabic, Noto Sans Devanagari, Noto Sans Thai, "
    "Noto Sans Hebrew, sans-serif"
)
INK, GREY, LINE, EDGE, CAUTION, PAPER = "#1b1f24", "#5a636e", "#d9dee4", "#7b8590", "#8a5a00", "#ffffff"
ACCENT = "#1f4e5f"
MILLION = Decimal(1_000_000)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows in one line, the same as a table, and what is to be read with the table."""

    title: str
    svg: SafeString
    head: list[str]
    rows: list[list[str]]
    note: str = ""
    small: tuple[str, ...] = ()


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


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [cut(line, width + 3) for line in lines[:3]]


def text(
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


def rect(x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "") -> str:
    """Return a rectangle; widths and heights are never below zero."""
    outline = f' stroke="{stroke}" stroke-width=".75"' if stroke else ""
    size = f'width="{max(0.0, width):.1f}" height="{max(0.0, height):.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{fill}"{outline}/>'


def rule(x1: float, y1: float, x2: float, y2: float, *, color: str = LINE, width: str = "1", dashes: str = "") -> str:
    """Return a straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = f'x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{color}" stroke-width="{width}"{dashed}/>'


def hatching(name: str, color: str) -> str:
    """Return a pattern of slanting lines, used as `url(#name)`; grey print tells it from a plain colour."""
    lines = f'<path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="{color}" stroke-width="1.1"/>'
    return (
        f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<rect width="5" height="5" fill="{PAPER}"/>{lines}</pattern></defs>'
    )


def axis_of_money(step: Decimal, high: Decimal, x: Callable[[Decimal], float], top: float, bottom: float) -> list[str]:
    """Return upright lines with round amounts under them from zero to `high`."""
    parts: list[str] = []
    tick = ZERO
    while tick <= high:
        at = x(tick)
        parts.append(rule(at, top, at, bottom))
        words = f"${millions_short(tick)}M" if tick + step > high else millions_short(tick)
        parts.append(text(at, bottom + 16, words, anchor="middle" if tick else "start"))
        tick += step
    return parts


def svg(prefix: str, width: float, height: float, title: str, description: str, parts: Sequence[str]) -> SafeString:
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="{FACES}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-description"><title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-description">{escape(description)}</desc>'
    )
    # Every word in the drawing went through escape(); the rest is numbers and our own names.
    return mark_safe(opening + "".join(parts) + "</svg>")  # noqa: S308


def millions_short(amount: Decimal) -> str:
    """Return millions for an axis without needless zeros: 2.5, 30."""
    text = f"{amount / MILLION:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def one_decimal(amount: Decimal) -> str:
    return f"{amount / MILLION:,.1f}".replace("-", "−")
