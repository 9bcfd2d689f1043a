"""Reads a stored plan (the JSON of `qdot-plan/1`): who, which option, which line stands where. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from planning.engine.strategies.catalogue import BY_ID, strategy_of

Json = Mapping[str, Any]
SPOUSES = ("a", "b")
DOLLAR = Decimal(1)


@dataclass(frozen=True, slots=True)
class LineHome:
    """Where a worksheet line is shown: its sheet, and the option and order it belongs to (None: the plan itself)."""

    sheet: str
    strategy: str | None
    order: str | None


class Reading:
    """A stored plan, looked up by name."""

    def __init__(self, result: Json) -> None:
        self.result = result

    # -- people ------------------------------------------------------------------

    @property
    def ranking_order(self) -> str:
        """Who dies first in the order that ranks."""
        order: str = self.result["ranking_order"]
        return order

    def name(self, spouse: str) -> str:
        """Return the full name of `a` or `b`."""
        name: str = self.result["people"][spouse]["name"]
        return name

    def short_name(self, spouse: str) -> str:
        """Return the first word of the name, or the whole name where the two would read the same."""
        first = {key: self.name(key).split(" ")[0] for key in SPOUSES}
        return self.name(spouse) if first["a"] == first["b"] else first[spouse]

    def is_citizen(self, spouse: str) -> bool | None:
        """Return whether the spouse is a US citizen; None where nobody knows."""
        found: bool | None = self.result["people"][spouse]["is_us_citizen"]
        return found

    # -- options -----------------------------------------------------------------

    @property
    def options(self) -> list[Json]:
        """Every strategy, in the order of the engine."""
        found: list[Json] = self.result["options"]
        return found

    @property
    def recommendation(self) -> Json:
        """What the engine puts before the attorney."""
        found: Json = self.result["recommendation"]
        return found

    def option(self, strategy: str) -> Json | None:
        """Return an option by the strategy's name; nothing needed is worked out as nothing arranged."""
        wanted = "outright" if strategy == "none_needed" else strategy
        return next((option for option in self.options if option["strategy"] == wanted), None)

    def order(self, strategy: str, first_to_die: str) -> Json | None:
        """Return an option in one order of death, where it was computed."""
        option = self.option(strategy)
        orders = option["orders"] if option is not None else ()
        return next((o for o in orders if o["first_to_die"] == first_to_die and o["status"] == "computed"), None)

    def figure(self, strategy: str, first_to_die: str, name: str) -> str | None:
        """Return a figure of an option in one order of death; None where it was not computed."""
        found = self.order(strategy, first_to_die)
        return None if found is None else found["figures"].get(name)

    def ranked(self, first_to_die: str) -> list[Json]:
        """Return the open options: by rank in the order that ranks, by family wealth in the other one."""
        found = [o for o in self.options if o["status"] == "available" and self.order(o["strategy"], first_to_die)]
        if first_to_die == self.ranking_order:
            return sorted(found, key=lambda option: (option["rank"] is None, option["rank"] or 0))
        return sorted(found, key=lambda o: -Decimal(self.figure(o["strategy"], first_to_die, "family_wealth") or 0))

    def title(self, strategy: str) -> str:
        """Return the title of a strategy."""
        option = self.option(strategy)
        return strategy if option is None else str(option["title"])

    def base(self, strategy: str) -> str | None:
        """Return the strategy that an insurance trust is added to; None for all others."""
        option = self.option(strategy)
        return None if option is None else option.get("base")

    def years(self, first_to_die: str) -> tuple[int, int] | None:
        """Return the assumed years of the two deaths, where they are known."""
        for option in self.options:
            found = self.order(option["strategy"], first_to_die)
            if found is not None and found["first_death_year"]:
                return found["first_death_year"], found["second_death_year"]
        return None

    def assumption(self, name: str) -> str | None:
        """Return the value of a printed assumption as text, None where the plan has none of that name."""
        rows = self.result["assumptions"]
        return next((row["value"] for row in rows if row["name"] == name), None)

    # -- worksheets --------------------------------------------------------------

    @cached_property
    def sheets(self) -> dict[str, Json]:
        """Every worksheet by its code."""
        return {sheet["code"]: sheet for sheet in self.result["worksheets"]}

    @cached_property
    def lines(self) -> dict[str, Json]:
        """Every line by its number."""
        return {line["number"]: line for sheet in self.sheets.values() for line in sheet["lines"]}

    @cached_property
    def homes(self) -> dict[str, LineHome]:
        """Where each line is shown, by its number."""
        owners: dict[str, tuple[str, str]] = {}
        for option in self.options:
            for order in option["orders"]:
                for code in order["worksheets"]:
                    owners.setdefault(code, (option["strategy"], order["first_to_die"]))
            for other in option.get("alternatives", ()):
                for code in other["worksheets"]:
                    owners.setdefault(code, (option["strategy"], other["first_to_die"]))
        found: dict[str, LineHome] = {}
        for code, sheet in self.sheets.items():
            strategy, order = owners.get(code, (None, None))
            for line in sheet["lines"]:
                found[line["number"]] = LineHome(code, strategy, order)
        return found

    def sheets_of(self, strategy: str, first_to_die: str) -> list[Json]:
        """Return the worksheets of an option in one order of death."""
        found = self.order(strategy, first_to_die)
        codes = list(found["worksheets"]) if found is not None else []
        for other in (self.option(strategy) or {}).get("alternatives", ()):
            if other["first_to_die"] == first_to_die:
                codes += [code for code in other["worksheets"] if code not in codes]
        return [self.sheets[code] for code in codes if code in self.sheets]

    def loose_sheets(self) -> list[Json]:
        """Return the worksheets that belong to no option."""
        owned = {
            code
            for option in self.options
            for order in [*option["orders"], *option.get("alternatives", ())]
            for code in order["worksheets"]
        }
        return [sheet for code, sheet in self.sheets.items() if code not in owned]

    def line_number(self, number: str | None) -> str | None:
        """Return the number of a line, if that line is on file."""
        return number if number in self.lines else None

    def line_of(self, strategy: str, first_to_die: str, figure: str) -> str | None:
        """Return the number of the line a figure stands on, if that line exists.

        A difference that is on no line of its own is looked up at the family wealth it is made of.
        """
        found = self.order(strategy, first_to_die)
        if found is None:
            return None
        number = found["lines"].get(figure)
        if number is None and figure == "against_outright":
            number = found["lines"].get("family_wealth")
        return number if number in self.lines else None

    def line_with(self, amount: Decimal, places: Iterable[tuple[str, str]], *, whole: bool) -> str | None:
        """Return the first line with this amount in the options and orders given; `whole` compares whole dollars."""
        wanted = abs(amount)
        for line in self._lines_in(places):
            value = abs(Decimal(line["amount"]))
            if value == wanted or (whole and value.quantize(DOLLAR) == wanted):
                return str(line["number"])
        return None

    def _lines_in(self, places: Iterable[tuple[str, str]]) -> Iterator[Json]:
        for strategy, order in places:
            for sheet in self.sheets_of(strategy, order):
                # The last line with an amount is the result that carries it.
                yield from reversed(sheet["lines"])


def parts_of(strategy: str, base: str | None = None) -> dict[str, bool]:
    """Return the building blocks of a strategy; nothing needed has none. `base` is what an insurance trust adds to."""
    found = strategy_of(strategy, base) if strategy in BY_ID else None
    names = ("gifts", "credit_shelter", "qdot", "naturalization", "treaty", "insurance_trust")
    return {name: bool(found is not None and getattr(found, name)) for name in names}
