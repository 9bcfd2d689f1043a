"""What the page of the basis of each asset says: the stored table of a plan, asset by asset. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.models import Plan
from planning.reading import SPOUSES, Json, Reading
from qdot_site.templatetags.money import usd_plain

WHOLE = Decimal(100)
DOLLAR = Decimal(1)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is drawn: what it does to the basis, why, and what must be asked or decided."""

    when: str
    value: str
    basis: str
    gain: str
    words: str
    rule: str
    authority: str
    questions: tuple[str, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an asset on one route."""

    title: str
    strategies: str
    rows: list[EventRow]


@dataclass(frozen=True, slots=True)
class AssetBasis:
    """An asset with all its parts."""

    name: str
    parts: list[Part]


class BasisPage:
    """The basis of every asset of one plan in one order of death."""

    def __init__(self, plan: Plan, order: str = "") -> None:
        """`order`: who dies first; anything but a or b takes the order that ranks."""
        self.reading = Reading(plan.result)
        self.order = order if order in SPOUSES else self.reading.ranking_order
        tables: list[Json] = plan.result.get("basis", [])
        self._table = next((table for table in tables if table["first_to_die"] == self.order), None)

    @property
    def other_order(self) -> str:
        """The order that is not shown."""
        return "b" if self.order == "a" else "a"

    @property
    def first(self) -> str:
        """The first to die in the order shown."""
        return self.reading.short_name(self.order)

    @property
    def survivor(self) -> str:
        """The other one in the order shown."""
        return self.reading.short_name(self.other_order)

    @property
    def years(self) -> tuple[int, int] | None:
        """The assumed years of the two deaths."""
        return self.reading.years(self.order)

    @property
    def notes(self) -> list[str]:
        """What was taken for this table."""
        return list(self._table["notes"]) if self._table is not None else []

    @property
    def assets(self) -> list[AssetBasis]:
        """The assets in the order of the facts; empty where the plan keeps no such table."""
        found: dict[str, AssetBasis] = {}
        for row in self._table["rows"] if self._table is not None else ():
            asset = found.setdefault(row["asset"], AssetBasis(row["name"], []))
            titles = ", ".join(self.reading.title(name) for name in row["strategies"])
            asset.parts.append(Part(self._title(row), titles, [self._row(event) for event in row["events"]]))
        return list(found.values())

    def _title(self, row: Json) -> str:
        """Return whose part goes where, and how much of the asset it is."""
        words = self._way(row)
        if Decimal(row["percent"]) == WHOLE:
            return words
        part = f"{Decimal(row['percent']):f}".rstrip("0").rstrip(".")
        return _("%(part)s%% of it: %(way)s") % {"part": part, "way": words}

    def _way(self, row: Json) -> str:
        owner = self.reading.short_name(row["owner"])
        survivor = {"name": self.survivor}
        ways = {
            "outright": _("to %(name)s outright") % survivor,
            "qdot": _("into a QDOT"),
            "assigned_qdot": _("to %(name)s by survivorship, and assigned to a QDOT") % survivor,
            "bypass": _("into a bypass trust"),
            "others": _("to others"),
            "own": _("%(name)s’s own") % {"name": owner},
            "today": _("not followed"),
        }
        if not row["given"]:
            return ways[row["route"]]
        gift = _("given to %(name)s year by year") % {"name": owner}
        if row["route"] == "own":
            return gift
        return _("%(gift)s, at that death %(way)s") % {"gift": gift, "way": ways[row["route"]]}

    def _row(self, event: Json) -> EventRow:
        return EventRow(
            when=self._when(event),
            value=usd_plain(_whole(event["value"])),
            basis=_("not known") if event["basis"] is None else usd_plain(_whole(event["basis"])),
            gain=usd_plain(_whole(event["latent_gain"])),
            words=event["reason"],
            rule=event["rule"],
            authority=", ".join(event["authority"]),
            questions=tuple(fact["question"] for fact in event["open"]),
            more=tuple(self._more(event)),
        )

    def _when(self, event: Json) -> str:
        words = {
            "today": _("Today"),
            "gift": _("Gifts from %(year)s on"),
            "naturalization": _("Oath in %(year)s") if event["year"] else _("Oath"),
            "first_death": _("%(first)s dies, %(year)s"),
            "assignment": _("Assigned, %(year)s"),
            "distribution": _("Paid out, %(year)s"),
            "second_death": _("%(survivor)s dies, %(year)s"),
        }
        names = {"year": event["year"], "first": self.first, "survivor": self.survivor}
        return words[event["event"]] % names

    def _more(self, event: Json) -> Iterator[str]:
        """Return what else is told of an event: a lower basis for loss, tax that joins the basis, two readings."""
        if event["basis_for_loss"] != event["basis"]:
            yield _("For a loss: %(amount)s.") % {"amount": usd_plain(_whole(event["basis_for_loss"]))}
        if event["basis_increase"] is not None and event["section_2056a_tax"] is not None:
            yield _("2056A tax on it %(tax)s, of which %(part)s joins the basis.") % {
                "tax": usd_plain(_whole(event["section_2056a_tax"])),
                "part": usd_plain(_whole(event["basis_increase"])),
            }
        for reading in event["readings"]:
            yield _("An attorney decides: %(reading)s, %(amount)s.") % {
                "reading": reading["reading"],
                "amount": usd_plain(_whole(reading["basis"])),
            }


def _whole(amount: str | None) -> Decimal | None:
    """Return dollars without cents; None stays None."""
    return None if amount is None else Decimal(amount).quantize(DOLLAR)
