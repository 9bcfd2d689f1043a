"""What ranks first over the size of the estate and the years between the deaths, as a map of fields."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    CAUTION,
    INK,
    LINE,
    PAPER,
    Picture,
    cut,
    hatching,
    rect,
    rule,
    svg,
    text,
)
from planning.pictures.names import short_title, strategy_in_words
from planning.reading import Json, Reading
from qdot_site.templatetags.money import usd_short

WIDTH, LEFT, CELL, ROW = 424.0, 34.0, 29.5, 22.0
LETTERS = "ABCDEFGHIJKLM"


def flip_map(reading: Reading, *, accent: str = ACCENT, prefix: str = "map") -> Picture | None:
    """Draw the map; None where the plan holds none."""
    found: Json | None = reading.result.get("flip_map")
    if not found:
        return None
    first, close, here = found["first"], found["close"], (found["here"]["row"], found["here"]["column"])
    names = _by_count(first, first[here[0]][here[1]])
    fills = _fills(names, prefix, accent)
    width, height = CELL * len(found["factors"]), ROW * len(found["years"])
    parts = [hatching(f"{prefix}-hatch", CAUTION)]
    parts.append(text(0, 13, _("Years from the first death to the second")))
    top = 24.0
    for row, line in enumerate(first):
        # The longest widowhood on top, so that the years grow upward.
        at = top + ROW * (len(first) - 1 - row)
        if row % 2 == 0 or row == here[0]:
            parts.append(text(LEFT - 8, at + 15.5, str(found["years"][row]), anchor="end", bold=row == here[0]))
        for column, name in enumerate(line):
            left = LEFT + CELL * column
            parts.append(rect(left, at, CELL + 0.3, ROW + 0.3, fills[name]))
    parts += _borders(first, top)
    for row, line in enumerate(first):
        at = top + ROW * (len(first) - 1 - row)
        for column, name in enumerate(line):
            left, is_here = LEFT + CELL * column, (row, column) == here
            dark = fills[name] == accent
            mark = LETTERS[names.index(name)]
            is_close = close[row][column]
            ink = PAPER if dark else INK
            parts.append(
                text(
                    left + CELL / 2 - (2 if is_close else 0),
                    at + 15.5,
                    mark,
                    color=ink,
                    size="11.5",
                    anchor="middle",
                    bold=is_here,
                    halo=fills[name].startswith("url"),
                )
            )
            if is_close:
                parts.append(f'<circle cx="{left + CELL / 2 + 6:.1f}" cy="{at + 13.5:.1f}" r="1.4" fill="{ink}"/>')
    row, column = here
    box = (LEFT + CELL * column, top + ROW * (len(first) - 1 - row))
    parts.append(
        f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{CELL}" height="{ROW}" fill="none" '
        f'stroke="{PAPER}" stroke-width="5"/>'
    )
    parts.append(
        f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{CELL}" height="{ROW}" fill="none" '
        f'stroke="{INK}" stroke-width="2.5"/>'
    )
    bottom = top + height
    parts += _estates(found, here[1], bottom, width)
    line_at = bottom + 54
    parts.append(text(0, line_at - 8, _("What they own today")))
    for index, name in enumerate(names):
        at = line_at + 21 * index
        parts.append(rect(LEFT, at, 22, 15, fills[name], stroke=INK))
        ink = PAPER if fills[name] == accent else INK
        parts.append(
            text(
                LEFT + 11,
                at + 12,
                LETTERS[index],
                color=ink,
                size="11.5",
                anchor="middle",
                halo=fills[name].startswith("url"),
            )
        )
        parts.append(text(LEFT + 32, at + 12.5, cut(_called(reading, name), 44), color=INK, bold=index == 0))
    end = line_at + 21 * len(names)
    parts.append(text(LEFT, end + 14, _("A dot: close. The box: what the plan assumes.")))
    counts = {name: sum(row.count(name) for row in first) for name in names}
    title = _title(names[0], counts[names[0]], sum(counts.values()))
    listed = "; ".join(f"{_called(reading, name)}: {counts[name]}" for name in names)
    return Picture(
        title,
        svg(
            prefix,
            WIDTH,
            end + 20,
            title,
            _("Number of places of the map by what ranks first: %(rows)s.") % {"rows": listed},
            parts,
        ),
        [_("Years"), *(usd_short(estate) for estate in found["estates"])],
        [
            [
                str(years),
                *(
                    _called(reading, name) + (" ·" if is_close else "")
                    for name, is_close in zip(line, marks, strict=True)
                ),
            ]
            for years, line, marks in zip(found["years"], first, close, strict=True)
        ],
        _("The letters stand for what ranks first; all else is as in the plan."),
        (*found["conventions"], _("In the table a point marks what is close.")),
    )


def _by_count(first: Sequence[Sequence[str | None]], own: str | None) -> list[str | None]:
    """Return what ranks first anywhere: at what the plan assumes, then the most frequent."""
    flat = [name for line in first for name in line]
    return sorted(dict.fromkeys(flat), key=lambda name: (name != own, -flat.count(name)))


def _fills(names: Sequence[str | None], prefix: str, accent: str) -> dict[str | None, str]:
    """Return a filling for each: light ones in grey print as far apart as they can be."""
    fills = [accent, LINE, f"url(#{prefix}-hatch)", "#a9b8be", PAPER]
    found: dict[str | None, str] = {}
    if "none_needed" in names:
        found["none_needed"] = PAPER
    for name in names:
        if name not in found:
            found[name] = next((fill for fill in fills if fill not in found.values()), PAPER)
    return found


def _borders(first: Sequence[Sequence[str | None]], top: float) -> list[str]:
    """Return lines between fields that rank differently, and a frame."""
    rows, columns = len(first), len(first[0])
    parts: list[str] = []
    for row in range(rows):
        at = top + ROW * (rows - 1 - row)
        for column in range(columns):
            left = LEFT + CELL * column
            if column + 1 < columns and first[row][column] != first[row][column + 1]:
                parts.append(rule(left + CELL, at, left + CELL, at + ROW, color=INK, width="1.25"))
            if row + 1 < rows and first[row][column] != first[row + 1][column]:
                parts.append(rule(left, at, left + CELL, at, color=INK, width="1.25"))
    size = f'width="{CELL * columns:.1f}" height="{ROW * rows:.1f}"'
    return [*parts, f'<rect x="{LEFT:.1f}" y="{top:.1f}" {size} fill="none" stroke="{INK}"/>']


def _estates(found: Json, own: int, bottom: float, width: float) -> list[str]:
    parts: list[str] = []
    shown: list[float] = []
    last = len(found["estates"]) - 1
    for column in (own, 0, last, *range(0, last, 3)):
        middle = LEFT + CELL * column + CELL / 2
        if any(abs(middle - other) < 62 for other in shown):  # noqa: PLR2004 - width of an amount in the drawing
            continue
        shown.append(middle)
        words = usd_short(found["estates"][column])
        ends_right = column == last
        at = LEFT + width if ends_right else middle
        parts.append(text(at, bottom + 17, words, anchor="end" if ends_right else "middle", bold=column == own))
    return parts


def _called(reading: Reading, name: str | None) -> str:
    return _("Not ranked") if name is None else short_title(reading, name)


def _title(name: str | None, count: int, places: int) -> str:
    if name == "none_needed":
        what = _("No tax, so nothing is needed,")
        return _("%(what)s at %(count)s of %(places)s places") % {"what": what, "count": count, "places": places}
    what = strategy_in_words(name or "")
    return _("%(what)s: first at %(count)s of %(places)s places") % {"what": what, "count": count, "places": places}
