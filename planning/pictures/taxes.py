"""Tax now and later: what each arrangement pays at both deaths and between, as stacked bars from zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    CAUTION,
    EDGE,
    INK,
    LINE,
    MILLION,
    Picture,
    axis_of_money,
    cut,
    hatching,
    one_decimal,
    rect,
    round_step,
    svg,
    text,
)
from planning.pictures.names import strategy_in_words
from planning.pictures.shares import ZERO, tax_in_life
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m, usd_short

WIDTH, ROW, BAR = 424.0, 42.0, 15.0
LATER = "#d9bd8a"


@dataclass(frozen=True, slots=True)
class Taxes:
    """The taxes of one arrangement, USD; `state` None where it was not worked out."""

    strategy: str
    title: str
    first_death: Decimal
    in_life: Decimal
    second_death: Decimal
    state: Decimal | None

    @property
    def parts(self) -> list[Decimal]:
        """The parts from the first death on, the states' at the end."""
        return [self.first_death, self.in_life, self.second_death, self.state or ZERO]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.parts, ZERO)


def taxes_of(reading: Reading, strategy: str, title: str, order: str) -> Taxes | None:
    """Return the taxes of a strategy; None where they were not computed."""
    result = reading.order(strategy, order)
    names = ("tax_at_first_death", "qdot_tax", "tax_at_second_death")
    figures = {} if result is None else result["figures"]
    known = [Decimal(figures[name]) for name in names if figures.get(name) is not None]
    if result is None or len(known) < len(names):
        return None
    first, qdot, second = known
    before = tax_in_life(result)
    state = result["figures"].get("state_tax")
    return Taxes(strategy, title, first, before, qdot - before + second, None if state is None else Decimal(state))


def tax_now_and_later(
    reading: Reading, *, chosen: str, order: str, accent: str = ACCENT, prefix: str = "taxes"
) -> Picture | None:
    """Draw the taxes of every arrangement worked out, those that wait for a fact last; None where there is none."""
    real = "outright" if chosen == "none_needed" else chosen
    waiting = [option for option in reading.options if option["status"] == "needs_facts"]
    found = [taxes_of(reading, o["strategy"], o["title"], order) for o in [*reading.ranked(order), *waiting]]
    rows = [taxes for taxes in found if taxes is not None]
    if not rows:
        return None
    soft = {option["strategy"] for option in waiting}
    largest = max(*(taxes.total for taxes in rows), MILLION)
    step = round_step(largest, 4)
    high = (largest / step).to_integral_value(ROUND_CEILING) * step
    if high - largest < step / 10:
        high += step

    def x(amount: Decimal) -> float:
        return (WIDTH - 22) * float(amount / high)

    keys = _keys(prefix, accent)
    used = [index for index in range(len(keys)) if any(taxes.parts[index] for taxes in rows)]
    top = 26.0 * ((len(used) + 1) // 2)
    bottom = top + ROW * len(rows) + 4
    parts = [hatching(f"{prefix}-hatch", CAUTION)]
    for place, index in enumerate(used):
        label, fill, stroke = keys[index]
        left, line = (place % 2) * WIDTH / 2, 26.0 * (place // 2)
        parts += [rect(left, line, 13, 13, fill, stroke=stroke), text(left + 19, line + 11.5, label, color=INK)]
    parts += axis_of_money(step, high, x, top, bottom)
    for index, taxes in enumerate(rows):
        line, is_chosen = top + ROW * index, taxes.strategy == real
        title = _("%(title)s (waits for a fact)") % {"title": taxes.title} if taxes.strategy in soft else taxes.title
        parts.append(text(0, line + 16, cut(title, 56), color=INK, bold=is_chosen, halo=True))
        at = 0.0
        for amount, (_label, fill, stroke) in zip(taxes.parts, keys, strict=True):
            if amount:
                parts.append(rect(at, line + 21, x(amount), BAR, fill, stroke=stroke))
                at += x(amount)
        words = one_decimal(taxes.total) if taxes.total else _("no tax")
        parts.append(text(at + 6, line + 33, words, color=INK, bold=is_chosen, halo=True))
    title = _title(next((taxes for taxes in rows if taxes.strategy == real), rows[0]))
    description = "; ".join(f"{taxes.title}: {one_decimal(taxes.total)}" for taxes in rows)
    description = _("Taxes in millions of dollars: %(rows)s.") % {"rows": description}
    counted = all(taxes.state is not None for taxes in rows)
    return Picture(
        title,
        svg(prefix, WIDTH, bottom + 22, title, description, parts),
        [
            _("Arrangement"),
            _("First death"),
            _("QDOT tax while the survivor lives"),
            _("Second death, QDOT tax included"),
            _("State"),
            _("Together"),
        ],
        [
            [
                taxes.title,
                *(usd_m(amount) for amount in taxes.parts[:3]),
                usd_m(taxes.state),
                usd_m(taxes.total),
            ]
            for taxes in rows
        ],
        _("In millions of dollars of the years in which they are due.")
        + ("" if counted else " " + _("State taxes are left out where they are not worked out.")),
    )


def _keys(prefix: str, accent: str) -> list[tuple[str, str, str]]:
    """Return the label, filling and outline of each part."""
    return [
        (_("At the first death"), accent, ""),
        (_("QDOT tax in life"), f"url(#{prefix}-hatch)", CAUTION),
        (_("At the second death"), LATER, ""),
        (_("States, both deaths"), LINE, EDGE),
    ]


def _title(taxes: Taxes) -> str:
    what = strategy_in_words(taxes.strategy)
    later = taxes.in_life + taxes.second_death
    if not taxes.total:
        return _("%(what)s: no tax at either death") % {"what": what}
    words = {"what": what, "now": usd_short(taxes.first_death), "later": usd_short(later)}
    if not taxes.first_death:
        return _("%(what)s: no federal tax at the first death, %(later)s later") % words
    return _("%(what)s: %(now)s of federal tax at the first death, %(later)s later") % words
