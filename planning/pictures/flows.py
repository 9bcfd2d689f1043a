"""Who gets what at each death: bands from the first estate, and from what is there at the second death."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.pictures.drawing import (
    ACCENT,
    CAUTION,
    EDGE,
    GREY,
    INK,
    Picture,
    cut,
    one_decimal,
    rect,
    rule,
    spread,
    svg,
    text,
    wrapped,
)
from planning.pictures.names import name_or
from planning.pictures.shares import ZERO, FirstDeath, SecondDeath, Shares, shares_of
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m, usd_short

WIDTH = 424.0
FROM, TO, THICK = 112.0, 256.0, 11.0
GAP, LEAD, HEIGHT = 9.0, 16.0, 270.0
# From which node to which, and how much, USD.
Band = tuple[int, int, Decimal]


@dataclass(frozen=True, slots=True)
class Node:
    """One end of the bands: how it is called, how much, in which colour."""

    label: str
    amount: Decimal
    color: str


def who_gets_what(
    reading: Reading, *, chosen: str, order: str, accent: str = ACCENT, prefix: str = "flow"
) -> Picture | None:
    """Draw both deaths of the chosen strategy; None where its figures do not stand or do not add up."""
    real = "outright" if chosen == "none_needed" else chosen
    shares = shares_of(reading, real, order)
    if shares is None or not shares.first.estate + shares.second.together:
        return None
    names = reading.short_name(order), reading.short_name("b" if order == "a" else "a")
    decedent, survivor = name_or(names[0], _("the first to die"), 14), name_or(names[1], _("the survivor"), 14)
    scale = HEIGHT / float(shares.first.estate + shares.second.together)
    first, second = shares.first, shares.second
    estate = Node(_("Estate of %(name)s") % {"name": decedent}, first.estate, INK)
    targets = _targets_of_first(first, survivor, accent)
    parts = [_heading(0, _("%(name)s dies in %(year)s") % {"name": _sentence(decedent), "year": first.year})]
    bands = [(0, index, node.amount) for index, node in enumerate(targets)]
    drawn, bottom = _panel([estate], targets, bands, 30, scale)
    parts += drawn
    if not first.federal_tax and not first.state_tax:
        bottom = max(bottom, 80.0) + 18
        parts.append(text(TO + THICK + 8, bottom - 6, _("no tax at this death")))
    start = bottom + 40
    parts.append(
        _heading(start - 30, _("%(name)s dies in %(year)s") % {"name": _sentence(survivor), "year": second.year})
    )
    if second.tax_in_life:
        words = _("Paid before: QDOT tax of %(amount)s on principal") % {"amount": usd_short(second.tax_in_life)}
        parts.append(text(0, start - 2, words))
        start += 16
    sources, ends, bands = _second(second, survivor, accent)
    drawn, bottom = _panel(sources, ends, bands, start, scale)
    parts += drawn
    title = _title(shares, *names)
    return Picture(
        title,
        svg(prefix, WIDTH, bottom + 6, title, _describe(targets, ends), parts),
        [
            _("In millions of dollars"),
            _("%(name)s dies in %(year)s") % {"name": names[0], "year": first.year},
            _("%(name)s dies in %(year)s") % {"name": names[1], "year": second.year},
        ],
        _rows(shares, names[1]),
        _("Between the deaths the shares grow and are spent. Each tax is drawn out of what it falls on."),
    )


def _targets_of_first(first: FirstDeath, survivor: str, accent: str) -> list[Node]:
    nodes = [
        Node(_("Outright to %(name)s") % {"name": survivor}, first.outright, GREY),
        Node(_("Bypass trust"), first.bypass, accent),
        Node(_("QDOT"), first.qdot, EDGE),
        Node(_("Others"), first.others, INK),
        Node(_("Costs"), first.costs, GREY),
        Node(_("Federal estate tax"), first.federal_tax, CAUTION),
        Node(_("State death tax"), first.state_tax or ZERO, CAUTION),
    ]
    return [node for node in nodes if node.amount]


# Out of which of the sources each end is drawn, by their places; the insurance trust pays last.
PAYERS = (
    (4, (3, 2, 0, 1, 4)),
    (3, (2, 3, 0, 1, 4)),
    (2, (2, 3, 0, 1, 4)),
    (1, (2, 3, 0, 1, 4)),
    (0, (0, 1, 2, 3, 4)),
)


def _second(second: SecondDeath, survivor: str, accent: str) -> tuple[list[Node], list[Node], list[Band]]:
    """Return what is there, where it goes, and the bands between: each tax out of what it falls on."""
    sources = [
        Node(_("Bypass trust"), second.bypass, accent),
        Node(_("Others, since the first death"), second.others, INK),
        Node(_("%(name)s’s own") % {"name": survivor}, second.own, GREY),
        Node(_("QDOT"), second.qdot, EDGE),
        Node(_("Insurance trust"), second.insurance_trust, accent),
    ]
    ends = [
        Node(_("The family keeps"), second.family, accent),
        Node(_("Costs, tax on gains"), second.costs, GREY),
        Node(_("State death tax"), second.state_tax or ZERO, CAUTION),
        Node(_("Federal estate tax"), second.federal_tax, CAUTION),
        Node(_("QDOT tax"), second.qdot_tax, CAUTION),
    ]
    left = [node.amount for node in sources]
    bands: list[Band] = []
    for end, payers in PAYERS:
        due = ends[end].amount
        for source in payers:
            part = min(due, left[source])
            if part > 0:
                bands.append((source, end, part))
                left[source] -= part
                due -= part
    kept = [index for index, node in enumerate(sources) if node.amount]
    shown = [index for index, node in enumerate(ends) if node.amount]
    places = [(kept.index(source), shown.index(end), amount) for source, end, amount in bands]
    return [sources[index] for index in kept], [ends[index] for index in shown], sorted(places)


def _panel(
    sources: list[Node], ends: list[Node], bands: list[Band], top: float, scale: float
) -> tuple[list[str], float]:
    """Draw one death; return its parts and its lower edge."""
    tops = [_stacked(nodes, top, scale) for nodes in (sources, ends)]
    filled = [list(tops[0]), list(tops[1])]
    parts: list[str] = []
    for source, end, amount in bands:
        height = float(amount) * scale
        parts.append(_band(filled[0][source], filled[1][end], height, ends[end].color))
        filled[0][source] += height
        filled[1][end] += height
    bottom = top
    for nodes, places, at in ((sources, tops[0], FROM), (ends, tops[1], TO)):
        heights = [max(1.5, float(node.amount) * scale) for node in nodes]
        for node, place, height in zip(nodes, places, heights, strict=True):
            parts.append(rect(at, place, THICK, height, node.color))
        lines = [wrapped(node.label, 15 if at == FROM else 17)[:2] for node in nodes]
        needed = [LEAD * (len(words) + (at == FROM)) + 4 for words in lines]
        wanted = [place + height / 2 - need / 2 for place, height, need in zip(places, heights, needed, strict=True)]
        limit = max(top + sum(needed), max((p + h for p, h in zip(places, heights, strict=True)), default=top) + 12)
        labels = spread(wanted, needed, top - 12, limit)
        for node, words, label, place, height in zip(nodes, lines, labels, places, heights, strict=True):
            parts += _label(node, words, label + 13, place + height / 2, is_source=at == FROM)
        bottom = max([bottom, *(p + h for p, h in zip(places, heights, strict=True))])
        bottom = max([bottom, *(label + need for label, need in zip(labels, needed, strict=True))])
    return parts, bottom


def _stacked(nodes: list[Node], top: float, scale: float) -> list[float]:
    places: list[float] = []
    for node in nodes:
        places.append(top)
        top += max(1.5, float(node.amount) * scale) + GAP
    return places


def _label(node: Node, words: list[str], base: float, middle: float, *, is_source: bool) -> list[str]:
    """Return the amount and the name beside a node, with a line to it where they stand apart."""
    color = CAUTION if node.color == CAUTION else INK
    if is_source:
        lines = [text(FROM - 8, base, one_decimal(node.amount), color=color, bold=True, anchor="end")]
        return lines + [
            text(FROM - 8, base + LEAD * (index + 1), line, anchor="end") for index, line in enumerate(words)
        ]
    left = TO + THICK
    parts = [text(left + 12, base, one_decimal(node.amount), color=color, bold=True)]
    if abs(base - 4 - middle) > LEAD:
        parts.append(rule(left + 1, middle, left + 9, base - 4, color=EDGE, width=".75"))
    return parts + [text(left + 48, base + LEAD * index, line) for index, line in enumerate(words)]


def _band(y0: float, y1: float, height: float, color: str) -> str:
    left, right = FROM + THICK, TO
    middle = (left + right) / 2
    upper = f"M{left:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {right:.1f} {y1:.1f}"
    y0, y1 = y0 + height, y1 + height
    path = f"{upper}V{y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y0:.1f} {left:.1f} {y0:.1f}Z"
    return f'<path d="{path}" fill="{color}" fill-opacity=".28"/>'


def _heading(at: float, words: str) -> str:
    return text(0, at + 12, cut(words, 52), color=INK, bold=True)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(shares: Shares, decedent: str, survivor: str) -> str:
    now = shares.first.federal_tax + (shares.first.state_tax or ZERO)
    later = shares.second.qdot_tax + shares.second.federal_tax + (shares.second.state_tax or ZERO)
    words = {"a": decedent, "b": survivor, "now": usd_short(now), "later": usd_short(later)}
    if not now and not later:
        return _("Nothing is taxed at either death")
    if not now:
        return _("Nothing is taxed when %(a)s dies, %(later)s when %(b)s does") % words
    if not later:
        return _("%(now)s of tax when %(a)s dies, none when %(b)s does") % words
    return _("%(now)s of tax when %(a)s dies, %(later)s when %(b)s does") % words


def _describe(targets: list[Node], ends: list[Node]) -> str:
    def listed(nodes: list[Node]) -> str:
        return "; ".join(f"{node.label} {one_decimal(node.amount)}" for node in nodes)

    words = _("In millions of dollars, at the first death: %(first)s. At the second: %(second)s.")
    return words % {"first": listed(targets), "second": listed(ends)}


def _rows(shares: Shares, survivor: str) -> list[list[str]]:
    first, second = shares.first, shares.second
    trust = second.insurance_trust
    return [
        [_("All there is"), usd_m(first.estate), usd_m(second.together)],
        [_("%(name)s outright, or %(name)s’s own") % {"name": survivor}, usd_m(first.outright), usd_m(second.own)],
        [_("Bypass trust"), usd_m(first.bypass), usd_m(second.bypass)],
        [_("QDOT"), usd_m(first.qdot), usd_m(second.qdot)],
        [_("Others"), usd_m(first.others), usd_m(second.others)],
        *([[_("Insurance trust"), usd_m(None), usd_m(trust)]] if trust else []),
        [_("Federal estate tax"), usd_m(first.federal_tax), usd_m(second.federal_tax)],
        [_("QDOT tax"), usd_m(None), usd_m(second.qdot_tax)],
        [_("State death taxes"), usd_m(first.state_tax), usd_m(second.state_tax)],
        [_("Costs and tax on gains"), usd_m(first.costs), usd_m(second.costs)],
        [_("The family keeps"), usd_m(None), usd_m(second.family)],
    ]
