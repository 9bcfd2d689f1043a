"""What the plan page says: stored figures with the worksheet lines they stand on. Computes no tax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from planning import services
from planning.engine.facts import Spouse
from planning.findings_page import grave_findings
from planning.lawbook import official_lawbook
from planning.models import NONE_NEEDED, Plan
from planning.pictures import (
    ACCENT,
    Picture,
    flip_map,
    gift_calendar,
    range_chart,
    solved_curves,
    tax_now_and_later,
    wealth_over_time,
    who_gets_what,
)
from planning.reading import SPOUSES, Json, Reading
from qdot_site.templatetags.money import client_date, percent, usd, usd_m, usd_m_signed, usd_plain, usd_short

COLUMNS = (
    "tax_at_first_death",
    "qdot_tax",
    "tax_at_second_death",
    "state_tax",
    "survivor_resources",
    "family_wealth",
    "against_outright",
)
# Assumptions that are chosen from words, in the words of the page.
CHOSEN_WORDS = {
    "survivor_leaves_us": {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")},
    "state_accepts_qdot": {"yes": gettext_lazy("confirmed"), "no": gettext_lazy("not confirmed")},
    "treaty_confirmed": {"yes": gettext_lazy("confirmed"), "no": gettext_lazy("not confirmed")},
    "heirs": {
        "children": gettext_lazy("children"),
        "siblings": gettext_lazy("siblings"),
        "nieces_nephews": gettext_lazy("nieces and nephews"),
        "unrelated": gettext_lazy("people not related"),
        "charity": gettext_lazy("charities"),
    },
    "qdot_form": {
        "qtip": gettext_lazy("QTIP election"),
        "general_power": gettext_lazy("general power of appointment"),
        "estate_trust": gettext_lazy("estate trust"),
    },
}
DOLLARS = re.compile(r"\$\d[\d,]*(?:\.\d+)?(?![\d,]*M)")
LINE_NUMBER = re.compile(r"\b\d+[AB][A-Z]?-[A-Z]+\d+\b")
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, with the address they lead to (empty: plain words)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A row of the comparison."""

    strategy: str
    title: str
    small: str
    cells: list[Part]
    sheets_href: str
    is_first: bool = False
    is_soft: bool = False
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the comparison under one heading."""

    title: str
    rows: list[OptionRow]


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list: what, and in small letters on what it rests."""

    main: list[Part]
    small: list[Part]


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """What one arrangement leaves under each growth, in millions of dollars."""

    title: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class OddsRow:
    """An arrangement over many drawn paths, in millions of dollars and percent of the paths."""

    title: str
    amounts: list[str]
    chance_first: str
    regret: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact nobody gave yet."""

    text: str
    ask: str
    could_move: str
    href: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Something to do."""

    by: str | None
    what: list[Part]
    citations: str
    who: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a worksheet as it is drawn."""

    number: str
    label: str
    how: list[Part]
    amount: str
    citations: list[str]
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet as it is drawn."""

    code: str
    title: str
    result: str
    lines: list[SheetLine]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A printed assumption."""

    label: str
    value: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class LawAmountRow:
    """An amount of the law that the plan used."""

    label: str
    year: int
    amount: Part
    status: str
    is_projected: bool
    citations: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date with its authority."""

    what: str
    due: str
    authority: str
    is_assumed: bool
    note: str


class PlanPage:
    """One plan, read for the screen."""

    def __init__(self, plan: Plan, order: str = "") -> None:
        """`order`: who dies first in the tables; anything but a or b takes the order that ranks."""
        self.plan = plan
        self.reading = Reading(plan.result)
        self.ranking_order = self.reading.ranking_order
        self.order = order if order in SPOUSES else self.ranking_order
        self.chosen = services.chosen_strategy(plan)
        self._real = "outright" if self.chosen in ("", NONE_NEEDED) else self.chosen

    # -- who and when ------------------------------------------------------------

    @property
    def other_order(self) -> str:
        """The order that is not shown."""
        return "b" if self.order == "a" else "a"

    @property
    def is_ranking_order(self) -> bool:
        """Whether the tables show the order that ranks."""
        return self.order == self.ranking_order

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

    # -- the answer --------------------------------------------------------------

    @property
    def recommended(self) -> str:
        """What the engine puts first; empty where facts are missing."""
        return self.reading.recommendation["strategy"] or ""

    @property
    def answer(self) -> list[Part]:
        """The one sentence; its amount leads to the line it stands on."""
        wanted = self.reading.recommendation["against_outright"]
        line = self.reading.line_of(self.recommended, self.ranking_order, "against_outright")
        parts = []
        for part in self._linked(self.reading.recommendation["sentence"], []):
            same = part.href == "" and wanted is not None and part.text == usd(round(abs(Decimal(wanted))))
            parts.append(Part(part.text, self.line_href(line)) if same and line else part)
        return parts

    @property
    def close_words(self) -> str:
        """How close the next one is, in words."""
        said = self.reading.recommendation
        if said["is_close"]:
            titles = [self.title(name) for name in said["close_to"]]
            if not titles:
                return ""
            words = ngettext(
                "%(titles)s lies within the tolerance, so the simpler one is put first.",
                "%(titles)s lie within the tolerance, so the simpler one is put first.",
                len(titles),
            )
            return words % {"titles": ", ".join(titles)}
        if said["margin"] is None:
            return ""
        return _("The next arrangement open today is %(amount)s behind.") % {
            "amount": usd(round(Decimal(said["margin"])))
        }

    @property
    def close_parts(self) -> list[Part]:
        """The same words, the amount leading to the line of the arrangement ranked second."""
        options = self.reading.result["options"]
        second = [(option["strategy"], self.ranking_order) for option in options if option["rank"] == 2]  # noqa: PLR2004
        return self._linked(self.close_words, second)

    @property
    def is_close(self) -> bool:
        """Whether the first place rests on less than the tolerance."""
        return bool(self.reading.recommendation["is_close"])

    def title(self, strategy: str) -> str:
        """Return the title of a strategy, nothing needed included."""
        return _("No plan needed") if strategy == NONE_NEEDED else self.reading.title(strategy)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What an attorney can choose, the recommendation first."""
        names = services.choices_of(self.plan.result)
        names.sort(key=lambda name: name != self.recommended)
        mark = _("%(title)s (ranked first)")
        return [(n, mark % {"title": self.title(n)} if n == self.recommended else self.title(n)) for n in names]

    # -- the comparison ----------------------------------------------------------

    @property
    def groups(self) -> list[Group]:
        """The options: open ones by rank, those that wait for a fact, those that are closed."""
        ranked = self.reading.ranked(self.order)
        open_rows = [self._row(option, is_first=index == 0) for index, option in enumerate(ranked)]
        waiting = [self._row(o, is_soft=True) for o in self.reading.options if o["status"] == "needs_facts"]
        closed = [self._row(o) for o in self.reading.options if o["status"] == "not_available"]
        found = [
            Group(_("Open on today’s facts"), open_rows),
            Group(_("Need a fact, so not ranked"), waiting),
            Group(_("Not available"), closed),
        ]
        return [group for group in found if group.rows]

    def _row(self, option: Json, *, is_first: bool = False, is_soft: bool = False) -> OptionRow:
        strategy = option["strategy"]
        computed = self.reading.order(strategy, self.order)
        cells = []
        for name in COLUMNS:
            amount = self.reading.figure(strategy, self.order, name)
            text = usd_m_signed(amount) if name == "against_outright" else usd_m(amount)
            line = None if amount is None else self.reading.line_of(strategy, self.order, name)
            cells.append(Part(text, self.line_href(line)))
        small = ""
        if is_first and self.is_ranking_order:
            small = _("ranked first")
        elif is_soft:
            small = "; ".join(self._fact_words(name) for name in option["missing"])
        elif option["status"] == "not_available":
            small = "; ".join(reason["text"] for reason in option["reasons"])
        if option.get("base"):
            words = _("added to: %(title)s") % {"title": self.title(option["base"])}
            small = f"{words}; {small}" if small else words
        href = self.sheets_href(strategy, self.order) if computed is not None and computed["worksheets"] else ""
        return OptionRow(
            strategy, option["title"], small, cells, href, is_first=is_first and self.is_ranking_order, is_soft=is_soft
        )

    @property
    def states_counted(self) -> bool:
        """Whether every figure shown counts the states' taxes."""
        computed = [o for o in self.reading.options if self.reading.figure(o["strategy"], self.order, "family_wealth")]
        return all(self.reading.figure(o["strategy"], self.order, "state_tax") is not None for o in computed)

    @property
    def alternatives(self) -> list[Point]:
        """What could be done differently within the chosen arrangement, with what it moves and its worksheets."""
        option = self._shown_option
        found = []
        for other in option.get("alternatives", ()) if option is not None else ():
            moved = Decimal(other["difference"])
            main = [Part(f"{other['title']}: "), Part(usd_m_signed(other["difference"]) if moved else _("no change"))]
            state_tax = other["figures"]["state_tax"]
            line = self.reading.line_number(other["lines"].get("state_tax"))
            main += [Part(_(", state tax ")), Part(usd_m(state_tax), self.line_href(line))]
            found.append(Point(main, [Part(other["text"])]))
        return found

    # -- growth sets -------------------------------------------------------------

    @property
    def _growth_sets(self) -> list[Json]:
        found: list[Json] = self.reading.result.get("growth_sets", [])
        return found

    @property
    def growth_rates(self) -> list[str]:
        """The growth of each set, in words."""
        return [percent(one["growth"]) for one in self._growth_sets]

    @property
    def growth_rows(self) -> list[GrowthRow]:
        """What each arrangement leaves under each growth, the highest of the base first."""
        sets = self._growth_sets
        if not sets:
            return []
        base = sets[1]["family_wealth"]
        names = sorted(base, key=lambda name: -Decimal(base[name]))
        return [GrowthRow(self.title(name), [usd_m(one["family_wealth"][name]) for one in sets]) for name in names]

    @property
    def growth_first(self) -> list[str]:
        """What comes first under each growth."""
        words = _("with %(rate)s %(title)s")
        return [
            words % {"rate": percent(one["growth"]), "title": self.title(one["first"])}
            for one in self._growth_sets
            if one["first"]
        ]

    # -- the odds ----------------------------------------------------------------

    @property
    def odds(self) -> Json | None:
        """What the open arrangements leave over drawn lives and growth; None where the plan has none."""
        found: Json | None = self.reading.result.get("odds")
        return found

    @property
    def odds_rows(self) -> list[OddsRow]:
        """One row for each arrangement, the highest expected family wealth first."""
        outlooks = self.odds["outlooks"] if self.odds is not None else []
        rows = sorted(outlooks, key=lambda outlook: -Decimal(outlook["expected_family_wealth"]))
        return [
            OddsRow(
                self.title(outlook["strategy"]),
                [usd_m(outlook[name]) for name in ("expected_family_wealth", "expected_tax", "low", "middle", "high")],
                f"{Decimal(outlook['chance_first']):.0f}%",
                usd_m(outlook["expected_regret"]),
                is_first=outlook["strategy"] == self.recommended,
            )
            for outlook in rows
        ]

    @property
    def odds_paths(self) -> str:
        """How many paths were drawn, as people write it."""
        return f"{self.odds['paths']:,}" if self.odds is not None else ""

    @property
    def odds_who(self) -> str:
        """The spouse whose chance to die first is told."""
        return self.reading.short_name("a")

    @property
    def odds_first_to_die(self) -> str:
        """On how many paths the first spouse dies first, in percent."""
        return f"{Decimal(self.odds['chance_a_dies_first']):.0f}%" if self.odds is not None else ""

    @property
    def odds_oaths(self) -> list[str]:
        """Between which days the oath was drawn, and on how many paths it comes too late; empty where none was."""
        found = self.odds or {}
        if not found.get("oaths"):
            return []
        drawn = _("The oath of %(name)s is drawn between %(earliest)s and %(latest)s, likeliest %(likely)s.")
        lines = []
        for spouse, span in found["oaths"].items():
            days = {name: client_date(span[name]) for name in ("earliest", "likely", "latest")}
            lines.append(drawn % {"name": self.reading.short_name(spouse), **days})
            if span["opens_again"]:
                again = client_date(span["opens_again"])
                words = _("A death of the spouse before it ends the application; a new one may be filed from %(day)s.")
                lines.append(words % {"day": again})
        late = _(
            "On %(share)s%% of the paths citizenship comes too late for the first estate, and the QDOT clause takes"
            " effect. A denial is not drawn."
        )
        return [*lines, late % {"share": found["chance_oath_too_late"]}]

    def _fact_words(self, fact: str) -> str:
        return next((m["text"] for m in self.reading.result["missing"] if m["fact"] == fact), fact)

    def picture(self, accent: str = ACCENT) -> Picture | None:
        """The wealth picture in the order shown."""
        return wealth_over_time(self.reading, chosen=self._real, order=self.order, accent=accent)

    def pictures(self, accent: str = ACCENT) -> dict[str, Picture | None]:
        """The other pictures by name, in the order shown; None where an earlier plan or an option has no figures."""
        reading, chosen, order = self.reading, self._real, self.order
        return {
            "shares": who_gets_what(reading, chosen=chosen, order=order, accent=accent),
            "taxes": tax_now_and_later(reading, chosen=chosen, order=order, accent=accent),
            "gifts": gift_calendar(reading, chosen=chosen, order=order, accent=accent),
            "ranges": range_chart(reading, chosen=chosen, accent=accent),
            "map": flip_map(reading, accent=accent),
            **solved_curves(reading, chosen=chosen, accent=accent),
        }

    @property
    def all_sheets(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every option with the addresses of its worksheets in both orders."""
        found = []
        for option in self.reading.options:
            links = [
                (
                    _("%(name)s dies first") % {"name": self.reading.short_name(slot)},
                    self.sheets_href(option["strategy"], slot),
                )
                for slot in SPOUSES
                if self.reading.sheets_of(option["strategy"], slot)
            ]
            if links:
                found.append((option["title"], links))
        return found

    # -- why ---------------------------------------------------------------------

    @property
    def why(self) -> list[Point]:
        """The reasons, each with its rule and the amounts it rests on."""
        places = [(self._first_name, self.ranking_order), ("outright", self.ranking_order)]
        found = []
        for reason in self.reading.recommendation["reasons"]:
            small = [Part(reason["rule"])]
            measured, threshold = reason["measured"], reason["threshold"]
            if measured is not None:
                small += [Part(" · "), self._amount(measured, places)]
            if threshold is not None and threshold != measured:
                small += [Part(_(" against ")), self._amount(threshold, places)]
            found.append(Point(self._linked(reason["text"], places), small))
        return found

    @property
    def why_not(self) -> list[Point]:
        """Why not the others, with the difference to the first."""
        found = []
        for strategy, words in self.reading.recommendation["why_not"].items():
            title = self.title(strategy)
            main = [Part(title)]
            if words["difference"] is not None:
                places = [(strategy, self.ranking_order), (self._first_name, self.ranking_order)]
                amount = Decimal(words["difference"])
                sign = "+" if amount > 0 else "−" if amount < 0 else ""
                linked = self._amount(words["difference"], places, short=True)
                main += [Part(": "), Part(sign + linked.text, linked.href)]
            found.append(Point(main, self._linked(words["text"], [(strategy, self.ranking_order)])))
        return found

    @property
    def flips(self) -> list[str]:
        """What would change the first place."""
        return [point["text"] for point in self.reading.recommendation["flip_points"]]

    @property
    def _first_name(self) -> str:
        return "outright" if self.recommended in ("", NONE_NEEDED) else self.recommended

    @property
    def missing(self) -> list[Missing]:
        """Facts that are missing, the weightiest first."""
        rows = self.reading.result["missing"]

        def weight(row: Json) -> tuple[bool, bool, Decimal]:
            return not row.get("changes_order"), row["could_move"] is None, -Decimal(row["could_move"] or 0)

        found = []
        for row in sorted(rows, key=weight) if self.recommended else rows:
            moves = row["could_move"]
            words = _("not the order") if moves is None or abs(Decimal(moves)) < 1 else usd_short(moves)
            if moves is None:
                words = "" if self.recommended else _("all of it") if row["ask"] == "attorney" else ""
            if row.get("changes_order"):
                words = _("%(amount)s, and the order") % {"amount": usd_short(moves)}
            if row.get("not_priced"):
                words = row["not_priced"]
            elif row.get("range"):
                words = _("up to %(amount)s (%(range)s)") % {"amount": words, "range": row["range"]}
            is_ours = row["ask"] == "attorney"
            name = "clients:staff-facts" if is_ours else "clients:answers"
            href = reverse(name, args=[self.plan.matter.public_id])
            found.append(Missing(row["text"], self._who(row["ask"]), words or "—", href))
        return found

    def _who(self, slot: str) -> str:
        words = {"both": _("both"), "firm": _("the firm"), "attorney": _("the firm")}
        return self.reading.short_name(slot) if slot in SPOUSES else words.get(slot, slot)

    @property
    def _shown_option(self) -> Json | None:
        return self.reading.option(self._real)

    @property
    def actions(self) -> list[ActionRow]:
        """What to do for the chosen arrangement; dated ones first."""
        option = self._shown_option
        rows = option["actions"] if option is not None else ()
        places = [(self._real, self.ranking_order)]
        return [
            ActionRow(row["by"], self._linked(row["what"], places), ", ".join(row["citations"]), self._who(row["who"]))
            for row in sorted(rows, key=lambda row: (row["by"] is None, row["by"] or ""))
        ]

    @property
    def non_tax_points(self) -> list[str]:
        """What the chosen arrangement means beside tax."""
        option = self._shown_option
        return list(option["non_tax_points"]) if option is not None else []

    @property
    def chosen_title(self) -> str:
        """Title of the arrangement whose worksheets are folded below."""
        return self.title(self.chosen) if self.chosen else ""

    # -- what it rests on --------------------------------------------------------

    @property
    def assumed(self) -> list[Assumed]:
        """The assumptions with source and note."""
        return [
            Assumed(row["label"], self._assumed_value(row), _source(row["source"]), row["note"])
            for row in self.reading.result["assumptions"]
        ]

    def _assumed_value(self, row: Json) -> str:
        value, unit = row["value"], row["unit"]
        if value is None:
            return _("not known")
        if unit == "spouse":
            return _("the second of both") if value == "both" else self.reading.short_name(value)
        if row["name"] in CHOSEN_WORDS:
            return str(CHOSEN_WORDS[row["name"]][value])
        if unit.startswith("percent"):
            return f"{percent(value)}{unit.removeprefix('percent')}"
        if unit.startswith("USD"):
            return f"{usd(value)}{unit.removeprefix('USD')}"
        return f"{value} {unit}"

    @property
    def printed(self) -> dict[str, str]:
        """For the form: what this plan used, by the name of the assumption."""
        words = _("this plan: %(value)s (%(source)s)")
        return {
            row["name"]: words % {"value": self._assumed_value(row), "source": _source(row["source"])}
            for row in self.reading.result["assumptions"]
        }

    @property
    def names(self) -> dict[Spouse, str]:
        """Full names by slot."""
        return {"a": self.reading.name("a"), "b": self.reading.name("b")}

    @property
    def warnings(self) -> list[str]:
        """What the plan does not say or rests on thin ice."""
        return [row["text"] for row in self.reading.result["warnings"]]

    @property
    def grave(self) -> list[Point]:
        """What fired among the rules and is more than a note; amounts lead to the lines they stand on."""
        names = ("outright", "credit_shelter_and_qdot", "qdot", "lifetime_gifts", "naturalization")
        places = [(name, self.ranking_order) for name in dict.fromkeys((self._real, *names))]
        found: list[Point] = []
        for row in grave_findings(self.plan):
            words = f"{row.text} · {row.measured}" if row.measured else row.text
            small = [Part(f"{row.test} {row.authority}")]
            found.append(Point([Part(f"{row.rule} "), *self._linked(words, places)], small))
        return found

    @property
    def law_amounts(self) -> list[LawAmountRow]:
        """The amounts of the law that were used; those on file lead to the law page."""
        on_file = official_lawbook().years
        found = []
        for row in self.reading.result["law"]["amounts"]:
            law = on_file.get(row["year"])
            known = law is not None and row["name"] in law.amounts
            href = f"{reverse('planning:law-year', args=[row['year']])}#{row['name']}" if known else ""
            is_projected = row["status"] == "projected"
            found.append(
                LawAmountRow(
                    row["label"],
                    row["year"],
                    Part(usd(row["amount"]), href),
                    status_words(row["status"]),
                    is_projected,
                    ", ".join(row["citations"]),
                )
            )
        return found

    @property
    def deadlines(self) -> list[Deadline]:
        """Dates from the plan, soonest first."""
        rows = sorted(self.reading.result["deadlines"], key=lambda row: (row["assumed"], row["due"]))
        return [
            Deadline(row["what"], row["due"], ", ".join(row["authority"]), row["assumed"], row["note"]) for row in rows
        ]

    @property
    def next_deadlines(self) -> list[Deadline]:
        """The dates that do not hang on a death."""
        return [row for row in self.deadlines if not row.is_assumed][:3]

    # -- worksheets --------------------------------------------------------------

    def sheets(self, strategy: str, order: str) -> list[Sheet]:
        """Return the worksheets of an option and order, ready to be drawn."""
        here = self.reading.sheets_of(strategy, order)
        own = {line["number"] for sheet in here for line in sheet["lines"]}
        return [self._sheet(sheet, own) for sheet in here]

    @property
    def chosen_sheets(self) -> list[Sheet]:
        """The worksheets of the chosen arrangement in the order that ranks."""
        return self.sheets(self._real, self.ranking_order)

    def _sheet(self, sheet: Json, own: set[str]) -> Sheet:
        lines = [
            SheetLine(
                line["number"],
                line["label"],
                self._how(line["how"], own),
                usd_plain(line["amount"]),
                list(line["citations"]),
                line["kind"],
                status_words(line["status"]) if line["status"] in ("projected", "assumed", "entered_by_firm") else "",
            )
            for line in sheet["lines"]
        ]
        title = sheet["title"].rpartition(" · ")[0] or sheet["title"]  # the page's heading names the arrangement
        return Sheet(sheet["code"], title, lines[-1].amount if lines else "", lines)

    def _how(self, words: str, own: set[str]) -> list[Part]:
        """Cut the words at line numbers; each becomes a link to its line."""

        def href(match: re.Match[str]) -> str:
            number = match.group()
            return f"#{number}" if number in own else self.line_href(number)

        return _cut(words, LINE_NUMBER, href)

    # -- addresses ---------------------------------------------------------------

    def sheets_href(self, strategy: str, order: str) -> str:
        """Return the address of an option's worksheets."""
        return reverse("planning:worksheets", args=[self.plan.matter.public_id, self.plan.public_id, strategy, order])

    def line_href(self, number: str | None) -> str:
        """Return the address of a line; empty where it is shown nowhere."""
        home = self.reading.homes.get(number) if number else None
        if home is None or home.strategy is None or home.order is None:
            return ""
        return f"{self.sheets_href(home.strategy, home.order)}#{number}"

    def _linked(self, words: str, places: Sequence[Place]) -> list[Part]:
        """Cut a sentence at its dollar amounts; those that stand on a line lead there."""

        def href(match: re.Match[str]) -> str:
            return self._amount(match.group().replace("$", "").replace(",", ""), places).href

        return _cut(words, DOLLARS, href)

    def _amount(self, amount: str, places: Iterable[Place], *, short: bool = False) -> Part:
        """Write an amount, with its line where there is one."""
        try:
            value = Decimal(amount)
        except InvalidOperation:
            return Part(amount)
        text = usd_short(abs(value)) if short else usd(round(value))
        line = self.reading.line_with(value, places, whole=value == value.to_integral_value()) if value else None
        return Part(text, self.line_href(line))


def status_words(status: str | None) -> str:
    """Say whether an amount is law."""
    words = {
        "official": _("official"),
        "projected": _("projected, not law"),
        "entered_by_firm": _("entered by the firm"),
        "assumed": _("assumed"),
    }
    return words.get(status or "", status or "")


def _source(source: str) -> str:
    words = {
        "product default": _("product default"),
        "firm": _("the firm"),
        "staff": _("staff"),
        "client": _("client"),
        "life table": _("life table"),
        "law": _("law"),
    }
    return words.get(source, source)


def _cut(words: str, pattern: re.Pattern[str], href: Callable[[re.Match[str]], str]) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for match in pattern.finditer(words):
        if match.start() > end:
            parts.append(Part(words[end : match.start()]))
        parts.append(Part(match.group(), href(match)))
        end = match.end()
    if end < len(words):
        parts.append(Part(words[end:]))
    return parts
