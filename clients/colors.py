"""The firm's color: dark enough to read on white, and the shades the pages are drawn with."""

from __future__ import annotations

import re

PRODUCT_ACCENT = "#1f4e5f"
LEAST_CONTRAST = 4.5
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# Each step takes a little of the color's light, until it can be read on white.
STEP = 0.97
DEEP = 0.74
WASH = 0.09

Rgb = tuple[int, int, int]


def contrast_with_white(color: str) -> float:
    """Give the contrast of a color with white as WCAG 2 measures it, from 1 to 21."""
    red, green, blue = (_linear(part / 255) for part in _rgb(color))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable(color: str) -> str:
    """Darken a color until its contrast with white is at least 4.5; a darker one is given back as it is."""
    found = color.lower()
    light = 1.0
    while contrast_with_white(found) < LEAST_CONTRAST:
        light *= STEP
        found = _hex(tuple(round(part * light) for part in _rgb(color)))
    return found


def shades(color: str) -> dict[str, str]:
    """Give the accent, a deeper one for hovering and a wash for backgrounds; a broken color gives the product's."""
    accent = readable(color if HEX_COLOR.fullmatch(color) else PRODUCT_ACCENT)
    parts = _rgb(accent)
    return {
        "accent": accent,
        "deep": _hex(tuple(round(part * DEEP) for part in parts)),
        "wash": _hex(tuple(round(255 - (255 - part) * WASH) for part in parts)),
    }


def brand_sheet(color: str) -> str:
    """Write the style sheet that carries a firm's color."""
    shade = shades(color)
    return (
        f":root {{ --accent: {shade['accent']}; --accent-deep: {shade['deep']}; --accent-wash: {shade['wash']}; "
        f"--bs-primary: {shade['accent']}; --bs-link-color: {shade['accent']}; "
        f"--bs-link-hover-color: {shade['deep']}; }}\n"
    )


def _linear(part: float) -> float:
    value: float = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG 2
    return value


def _rgb(color: str) -> Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _hex(parts: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)
