"""What if: other assumptions tried on a matter, beside its saved plan. Reads what the engine said; computes no tax."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning import services
from planning.casefile import AssumptionsInput
from planning.engine.assumptions import LABELS
from planning.inputs import InputError, validate
from planning.models import NONE_NEEDED, Plan
from planning.plan_page import CHOSEN_WORDS
from planning.reading import Reading
from planning.services import Run
from qdot_site.templatetags.money import percent, usd, usd_short

Json = Mapping[str, Any]
# Every tax of both deaths, as the plan names them.
TAXES = ("tax_at_first_death", "qdot_tax", "tax_at_second_death", "state_tax")
LONGEST_TEXT = 4000


# -- the figures of an answer -----------------------------------------------------


def figures_of(result: Json) -> dict[str, Any]:
    """Return what is compared of a plan's answer, small enough to be kept with a scenario.

    Amounts are strings of exact dollars in the order of death that ranks; None
    where nothing was worked out.
    """
    reading = Reading(result)
    said = reading.recommendation
    return {
        "as_of": result["as_of"],
        "first": said["strategy"] or "",
        "sentence": said["sentence"],
        "is_close": said["is_close"],
        "close_to": list(said["close_to"]),
        "margin": said["margin"],
        "ranking_order": reading.ranking_order,
        "states_counted": all(
            option["figures"]["state_tax"] is not None
            for option in reading.options
            if option["figures"]["family_wealth"] is not None
        ),
        "options": [
            {
                "strategy": option["strategy"],
                "title": option["title"],
                "status": option["status"],
                "rank": option["rank"],
                "family_wealth": option["figures"]["family_wealth"],
                "taxes": _taxes(option["figures"]),
            }
            for option in reading.options
        ],
        "assumptions": [
            {name: row[name] for name in ("name", "label", "value", "unit")}
            for row in result["assumptions"]
            if row["name"] in LABELS
        ],
    }


def _taxes(figures: Json) -> str | None:
    """Return all taxes of both deaths together, USD; None where nothing was worked out."""
    known = [Decimal(figures[name]) for name in TAXES if figures.get(name) is not None]
    return f"{sum(known, Decimal(0)):f}" if known else None


class Figures:
    """The figures of an answer, looked up by name."""

    def __init__(self, kept: Json, names: Mapping[str, str]) -> None:
        """`names` of the spouses by slot, for the words of who dies first."""
        self.kept, self.names = kept, names

    @property
    def first(self) -> str:
        """The strategy that comes first; empty where facts are missing."""
        return str(self.kept["first"])

    @property
    def first_title(self) -> str:
        """The title of what comes first."""
        return self.title(self.first) if self.first else _("nothing ranked")

    def title(self, strategy: str) -> str:
        """Return the title of a strategy, nothing needed included."""
        if strategy == NONE_NEEDED:
            return _("No plan needed")
        option = self.option(strategy)
        return str(option["title"]) if option is not None else strategy

    def option(self, strategy: str) -> Json | None:
        """Return the figures of a strategy; where nothing is needed, those of nothing arranged."""
        wanted = "outright" if strategy == NONE_NEEDED else strategy
        return next((option for option in self.kept["options"] if option["strategy"] == wanted), None)

    def amount(self, strategy: str, name: str) -> Decimal | None:
        """Return `family_wealth` or `taxes` of a strategy, USD; None where it was not worked out."""
        option = self.option(strategy)
        value = option[name] if option is not None else None
        return None if value is None else Decimal(value)

    @property
    def wealth(self) -> Decimal | None:
        """The family wealth of what comes first, USD."""
        return self.amount(self.first, "family_wealth")

    @property
    def taxes(self) -> Decimal | None:
        """All taxes of what comes first, USD."""
        return self.amount(self.first, "taxes")

    @property
    def close_words(self) -> str:
        """How close the next one is, in words; empty where there is no next one."""
        if self.kept["is_close"]:
            titles = ", ".join(self.title(name) for name in self.kept["close_to"])
            return _("Close: %(titles)s within the tolerance, so the simpler one is put first.") % {"titles": titles}
        if self.kept["margin"] is None:
            return ""
        return _("Not close: the next one is %(amount)s behind.") % {"amount": usd(round(Decimal(self.kept["margin"])))}

    def assumed(self, name: str) -> str | None:
        """Return an assumption in words; None where it is not printed."""
        row = next((row for row in self.kept["assumptions"] if row["name"] == name), None)
        return None if row is None else self._words(row)

    def _words(self, row: Json) -> str:
        value, unit = row["value"], row["unit"]
        if value is None:
            return _("not known")
        if unit == "spouse":
            return self.names.get(value, value)
        if row["name"] in CHOSEN_WORDS:
            return str(CHOSEN_WORDS[row["name"]].get(value, value))
        if unit == "years":
            return ngettext("%(number)s year", "%(number)s years", int(value)) % {"number": value}
        if unit.startswith("percent"):
            return f"{percent(value)}{unit.removeprefix('percent')}"
        if unit.startswith("USD"):
            return f"{usd(value)}{unit.removeprefix('USD')}"
        return f"{value} {unit}"

    def otherwise(self, other: Figures) -> list[Difference]:
        """Return what is assumed here and differs from `other`, also what follows from a change."""
        mine = {row["name"]: row for row in self.kept["assumptions"]}
        theirs = {row["name"]: row for row in other.kept["assumptions"]}
        return [
            Difference(row["label"], self._words(row), other.assumed(name) or _("not set"))
            for name, row in mine.items()
            if name not in theirs or _value(row) != _value(theirs[name])
        ]


def _value(row: Json) -> Decimal | str | None:
    """Return the value of an assumption, so that 5 and 5.0 are the same."""
    value: str | None = row["value"]
    is_number = row["unit"] not in ("", "spouse") and value is not None
    return Decimal(value) if is_number and value is not None else value


@dataclass(frozen=True, slots=True)
class Difference:
    """An assumption that is not the same: what it is here, and what it is there."""

    label: str
    here: str
    there: str


# -- the answer beside the saved plan ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One arrangement: now, in the saved plan, and the difference, USD."""

    title: str
    small: str
    is_first: bool
    is_soft: bool
    rank: int | None
    saved_rank: int | None
    wealth: Decimal | None
    saved_wealth: Decimal | None
    difference: Decimal | None
    taxes: Decimal | None
    saved_taxes: Decimal | None


class Answer:
    """What the engine says under other assumptions, beside the saved plan."""

    def __init__(self, run: Run, saved: Plan, names: Mapping[str, str]) -> None:
        self.run, self.saved_plan = run, saved
        self.now = Figures(figures_of(run.result), names)
        self.saved = Figures(figures_of(saved.result), names)

    @property
    def given(self) -> str:
        """The assumptions that were set, as JSON; `given_in` reads it back."""
        return json.dumps(self.run.facts["assumptions"], sort_keys=True)

    @property
    def first_words(self) -> str:
        """What comes first now, and whether that changed."""
        if not self.now.first:
            return str(self.now.kept["sentence"])
        words = {"now": self.now.first_title, "saved": self.saved.first_title}
        if self.now.first == self.saved.first:
            return _("Still first: %(now)s.") % words
        if not self.saved.first:
            return _("First: %(now)s. In the saved plan nothing is ranked.") % words
        return _("Changed. First now: %(now)s. In the saved plan: %(saved)s.") % words

    @property
    def has_changed(self) -> bool:
        """Whether something else comes first than in the saved plan."""
        return self.now.first != self.saved.first

    @property
    def wealth_words(self) -> str:
        """What the family keeps with what comes first now, against the saved plan."""
        now, saved = self.now.wealth, self.saved.wealth
        if now is None:
            return ""
        words = {"now": usd_short(now), "difference": usd_short(abs(now - saved)) if saved is not None else ""}
        if saved is None:
            return _("The family keeps %(now)s.") % words
        if now == saved:
            return _("The family keeps %(now)s, as in the saved plan.") % words
        if now > saved:
            return _("The family keeps %(now)s, %(difference)s more than in the saved plan.") % words
        return _("The family keeps %(now)s, %(difference)s less than in the saved plan.") % words

    @property
    def differences(self) -> list[Difference]:
        """What is assumed now and not in the saved plan."""
        return self.now.otherwise(self.saved)

    @property
    def other_order(self) -> str:
        """What comes first if the other spouse dies first."""
        other = self.run.result["recommendation"]["other_order"]
        return str(other["text"]) if other is not None else ""

    @property
    def rows(self) -> list[Row]:
        """The arrangements: by rank, then those that wait for a fact, then those that are closed."""
        places = {"available": 0, "needs_facts": 1, "not_available": 2}
        options = sorted(
            self.now.kept["options"],
            key=lambda option: (places[option["status"]], option["rank"] is None, option["rank"] or 0),
        )
        return [self._row(option) for option in options]

    def _row(self, option: Json) -> Row:
        strategy = option["strategy"]
        before = self.saved.option(strategy)
        wealth, saved = self.now.amount(strategy, "family_wealth"), self.saved.amount(strategy, "family_wealth")
        is_first = option["rank"] == 1 and self.now.first == strategy
        small = {
            "needs_facts": _("needs a fact, so not ranked"),
            "not_available": _("not available"),
        }.get(option["status"], _("comes first") if is_first else "")
        if strategy in self.now.kept["close_to"]:
            small = _("close")
        return Row(
            option["title"],
            small,
            is_first,
            option["status"] != "available",
            option["rank"],
            before["rank"] if before is not None else None,
            wealth,
            saved,
            wealth - saved if wealth is not None and saved is not None else None,
            self.now.amount(strategy, "taxes"),
            self.saved.amount(strategy, "taxes"),
        )

    @property
    def notices(self) -> list[str]:
        """Why figures may differ from the saved plan although nothing was changed here."""
        plan, found = self.saved_plan, []
        if plan.record_fingerprint != self.run.record_fingerprint:
            found.append(_("Answers have changed since the saved plan; this run uses the answers of today."))
        if plan.law_fingerprint != self.run.result["law"]["fingerprint"]:
            found.append(_("The law files have changed since the saved plan; this run uses those of today."))
        if plan.engine_version != self.run.result["engine_version"]:
            found.append(_("The saved plan was computed by an earlier version of the engine."))
        return found

    @property
    def state_words(self) -> str:
        """Whether state taxes are left out of the figures, and of which."""
        now, saved = self.now.kept["states_counted"], self.saved.kept["states_counted"]
        if now and saved:
            return ""
        if not now and not saved:
            return _("State taxes are not counted in either run.")
        if saved:
            return _("State taxes are not counted in this run, but they are in the saved plan.")
        return _("State taxes are counted in this run, but not in the saved plan.")

    @property
    def is_another_day(self) -> bool:
        """Whether the saved plan was computed for another day than today."""
        return bool(self.saved.kept["as_of"] != self.now.kept["as_of"])


def given_in(text: str) -> dict[str, Any] | None:
    """Return assumptions that a page carried along as JSON; None where they are not what we wrote."""
    if len(text) > LONGEST_TEXT:
        return None
    try:
        found = json.loads(text)
        model = validate(AssumptionsInput, found)
    except (ValueError, RecursionError, InputError):
        return None
    return {name: value for name, value in model.model_dump(mode="json").items() if value is not None}


def answer(*, saved: Plan, assumptions: Mapping[str, Any], names: Mapping[str, str]) -> Answer:
    """Work out the plan's matter under other assumptions; keeps nothing.

    The matter was opened through the access door. Raises as `services.work_out`.
    """
    run = services.work_out(matter=saved.matter, assumptions=assumptions, with_flip_points=False)
    return Answer(run, saved, names)


def flips(*, saved: Plan, assumptions: Mapping[str, Any]) -> list[str]:
    """Say what would change the first place of the answer under these assumptions. Raises as `answer`."""
    return [point["text"] for point in services.flip_points(matter=saved.matter, assumptions=assumptions)]
