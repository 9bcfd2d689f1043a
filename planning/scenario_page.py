"""Scenarios for the screen: side by side, the saved plan first, and which of them no longer hold. Computes no tax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from clients import selectors
from planning.engine import ENGINE_VERSION
from planning.lawbook import official_lawbook
from planning.models import Plan, Scenario
from planning.what_if import Difference, Figures, figures_of

LETTERS = 26


@dataclass(frozen=True, slots=True)
class Column:
    """The saved plan (no scenario) or a scenario, as it is compared; amounts in USD."""

    letter: str
    scenario: Scenario | None
    figures: Figures
    against: Decimal | None
    differences: list[Difference]
    stale: list[str]
    has_another_first: bool

    @property
    def wealth(self) -> Decimal | None:
        """The family wealth of what comes first."""
        return self.figures.wealth

    @property
    def taxes(self) -> Decimal | None:
        """All taxes of what comes first."""
        return self.figures.taxes


@dataclass(frozen=True, slots=True)
class Cell:
    """The family wealth of an arrangement in a column."""

    wealth: Decimal | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An arrangement across all columns."""

    title: str
    cells: list[Cell]


class ScenariosPage:
    """Scenarios of one matter beside its newest plan."""

    def __init__(self, plan: Plan | None, scenarios: Sequence[Scenario], names: Mapping[str, str]) -> None:
        """`names` of the spouses by slot."""
        self.plan = plan
        base = Figures(figures_of(plan.result), names) if plan is not None else None
        fingerprint = selectors.record_fingerprint(scenarios[0].matter) if scenarios else ""
        self.columns = [] if base is None else [Column("", None, base, None, [], [], has_another_first=False)]
        for number, scenario in enumerate(scenarios):
            figures = Figures(scenario.figures, names)
            saved = base.wealth if base is not None else None
            self.columns.append(
                Column(
                    chr(ord("A") + number) if number < LETTERS else "",
                    scenario,
                    figures,
                    None if saved is None or figures.wealth is None else figures.wealth - saved,
                    [] if base is None else figures.otherwise(base),
                    _stale(scenario, fingerprint),
                    has_another_first=base is not None and base.first != figures.first,
                )
            )

    @property
    def rows(self) -> list[Column]:
        """The scenarios without the plan."""
        return [column for column in self.columns if column.scenario is not None]

    @property
    def lines(self) -> list[Line]:
        """Every arrangement with its family wealth in each column, in the order of the newest answer."""
        if not self.columns:
            return []
        titles = {o["strategy"]: o["title"] for column in self.columns for o in column.figures.kept["options"]}
        return [
            Line(
                title,
                [
                    Cell(column.figures.amount(strategy, "family_wealth"), column.figures.first == strategy)
                    for column in self.columns
                ],
            )
            for strategy, title in titles.items()
        ]


def _stale(scenario: Scenario, fingerprint: str) -> list[str]:
    """Say what has moved on since a scenario was computed."""
    found = []
    if scenario.record_fingerprint != fingerprint:
        found.append(_("Answers have changed since it was computed."))
    if scenario.law_fingerprint != official_lawbook().fingerprint:
        found.append(_("The law files have changed since it was computed."))
    if scenario.engine_version != ENGINE_VERSION:
        found.append(_("It was computed by an earlier version of the engine."))
    return found
