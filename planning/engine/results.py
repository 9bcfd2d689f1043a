"""What the engine says back: options, recommendation, deadlines and warnings as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.assumptions import Assumption
from planning.engine.basis_table import BasisOfOrder
from planning.engine.facts import Spouse
from planning.engine.finding import Finding
from planning.engine.law import LawAmount
from planning.engine.solved import Solved
from planning.engine.worksheet import Figure, Worksheet

Status = Literal["available", "not_available", "needs_facts"]
OrderStatus = Literal["computed", "needs_facts", "not_computed"]

# The figures of an option, in USD; a figure that was not computed is None.
FIGURES = (
    "tax_at_first_death",
    "qdot_tax",
    "tax_at_second_death",
    "state_tax",
    "state_tax_at_first_death",
    "state_tax_at_second_death",
    "survivor_resources",
    "gifts_total",
    "lost_basis_cost",
    "insurance_premiums",
    "insurance_taxable_gifts",
    "insurance_trust",
    "family_wealth",
    "against_outright",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so: a code for programs, a sentence for people, the authority."""

    code: str
    text: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QdotEvent:
    """One taxable event of the QDOT, USD; `held` is what the trust held before it."""

    year: int
    kind: Literal["principal", "death"]
    amount: Decimal
    tax: Decimal
    line: str
    held: Decimal


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Family wealth in a year, USD.

    While both live: what the couple has. Later: what the family would keep after
    all taxes if the survivor died in that year.
    """

    year: int
    family_wealth: Decimal
    both_alive: bool


@dataclass(frozen=True, slots=True)
class StateQuestion:
    """A state whose answer on the spouse's share is not settled: what was taken, and what to ask."""

    state: str
    text: str
    question: str
    citations: tuple[str, ...]


@dataclass(slots=True)
class OrderResult:
    """One strategy in one order of death."""

    first_to_die: Spouse
    status: OrderStatus = "computed"
    reasons: list[Reason] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    first_death_year: int | None = None
    second_death_year: int | None = None
    figures: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(FIGURES))
    lines: dict[str, str] = field(default_factory=dict)
    worksheets: list[Worksheet] = field(default_factory=list)
    qdot_events: list[QdotEvent] = field(default_factory=list)
    path: list[PathPoint] = field(default_factory=list)
    # Facts of the run that reasons and warnings speak of.
    taxable_estate: Decimal | None = None
    first_estate: Decimal | None = None
    exclusion_at_first_death: Decimal | None = None
    qdot_at_start: Decimal | None = None
    qdot_at_end: Decimal | None = None
    bypass_at_start: Decimal | None = None
    outright_at_start: Decimal | None = None
    survivor_is_citizen: bool = False
    survivor_abroad: bool = False
    # What the bypass trust could take of the first estate, USD, with the line it stands on; zero without such a trust.
    bypass_room: Figure | None = None
    # The part of that room it takes, percent.
    bypass_percent: Decimal = Decimal(100)
    contribution_presumed: bool = False
    unmet_spending: Decimal = Decimal(0)
    family_wealth_with_dsue: Decimal | None = None
    # States whose answer on the spouse's share is not settled, with what was taken.
    state_questions: list[StateQuestion] = field(default_factory=list)

    @property
    def family_wealth(self) -> Decimal | None:
        """Family wealth after the second death and all taxes, USD."""
        return self.figures["family_wealth"]

    @property
    def ranked_by(self) -> Decimal | None:
        """What the order goes by, USD: family wealth less what the survivor lacked, so that no plan wins by hunger."""
        return None if self.family_wealth is None else self.family_wealth - self.unmet_spending

    @property
    def total_tax(self) -> Decimal | None:
        """All transfer taxes of this order, USD: federal, and of the states where they could be worked out."""
        taxes = [self.figures[name] for name in ("tax_at_first_death", "qdot_tax", "tax_at_second_death")]
        known = [tax for tax in taxes if tax is not None]
        return sum(known, self.figures["state_tax"] or Decimal(0)) if len(known) == len(taxes) else None


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do; `by` is None where no date follows from the facts."""

    what: str
    by: date | None
    who: Literal["a", "b", "both", "firm"]
    citations: tuple[str, ...] = ()


@dataclass(slots=True)
class Alternative:
    """One thing of a strategy done differently, in the order that ranks, and what it moves (family wealth, USD)."""

    name: str
    title: str
    text: str
    result: OrderResult
    difference: Decimal


@dataclass(slots=True)
class Option:
    """A strategy worked out for this couple in both orders of death."""

    strategy: str
    title: str
    status: Status
    rank: int | None = None
    # The strategy that an insurance trust is added to.
    base: str | None = None
    reasons: list[Reason] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    orders: list[OrderResult] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    non_tax_points: list[str] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    # How much goes into the bypass trust and how many years of gifts leave the family most; empty if not looked for.
    solved: list[Solved] = field(default_factory=list)

    def order(self, first_to_die: Spouse) -> OrderResult:
        """Return the result in which `first_to_die` dies first."""
        return next(result for result in self.orders if result.first_to_die == first_to_die)


@dataclass(frozen=True, slots=True)
class WhyReason:
    """A reason of the recommendation with the measured value against its threshold (USD or None)."""

    text: str
    rule: str
    measured: Decimal | None = None
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why another option was not put first; `difference` is its family wealth less the first one's, USD."""

    text: str
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class FlipPoint:
    """Where the order changes: at this value of the variable another strategy comes first."""

    variable: str
    text: str
    at: Decimal
    then: str


@dataclass(frozen=True, slots=True)
class OtherOrder:
    """What would come first if the other spouse died first."""

    first_to_die: Spouse
    strategy: str | None
    text: str
    differs: bool = False


@dataclass(slots=True)
class Recommendation:
    """What the engine puts before the attorney."""

    strategy: str | None
    sentence: str
    is_close: bool = False
    close_to: list[str] = field(default_factory=list)
    margin: Decimal | None = None
    against_outright: Decimal | None = None
    reasons: list[WhyReason] = field(default_factory=list)
    why_not: dict[str, WhyNot] = field(default_factory=dict)
    flip_points: list[FlipPoint] = field(default_factory=list)
    other_order: OtherOrder | None = None
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date with its authority; `assumed` where it follows from an assumed year of death."""

    what: str
    due: date
    authority: tuple[str, ...]
    assumed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """Something that limits the plan, said in a sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact nobody knows yet, whom to ask, and how much it could move the result (USD, None: not worked out)."""

    fact: str
    text: str
    ask: str
    could_move: Decimal | None = None
    # Whether another strategy would come first (None: not looked at), over which range, or why nothing is said.
    changes_order: bool | None = None
    range: str = ""
    not_priced: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One strategy over all paths; money is USD, chances are percent of the paths.

    A tenth of the paths ends at `low` or below, half at `middle` or below, a
    tenth above `high`. `chance_ahead` is how often it leaves more than each other
    strategy, `chance_first` how often no other leaves more. `expected_regret` is
    what the strategy that turned out best left more, on the mean of all paths;
    `regret_when_behind` on the mean of those on which there was a better one.
    """

    strategy: str
    expected_family_wealth: Decimal
    expected_tax: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    chance_ahead: Mapping[str, Decimal]
    chance_first: Decimal
    expected_regret: Decimal
    regret_when_behind: Decimal


@dataclass(frozen=True, slots=True)
class OathRange:
    """When the oath may come: `likely` is the likeliest day, the chance falls evenly to `earliest` and `latest`.

    `filing` is the day of the application that the likely day answers to.
    `opens_again`: where the other spouse's death before the oath ends that
    application, the day from which a new one may be filed.
    """

    earliest: date
    likely: date
    latest: date
    filing: date
    opens_again: date | None = None


@dataclass(frozen=True, slots=True)
class Odds:
    """The outlook of every strategy with all that is needed to draw the same paths again."""

    seed: int
    generator: str
    paths: int
    life_table: str
    life_table_note: str
    growth: Decimal
    growth_spread: Decimal
    chance_a_dies_first: Decimal
    # On how many paths citizenship came too late for the first estate, and between which days the oath was drawn.
    chance_oath_too_late: Decimal
    oaths: Mapping[Spouse, OathRange]
    outlooks: tuple[Outlook, ...]

    def of(self, strategy: str) -> Outlook:
        """Return the outlook of one strategy."""
        return next(outlook for outlook in self.outlooks if outlook.strategy == strategy)


@dataclass(frozen=True, slots=True)
class FlipMap:
    """Which strategy comes first over the size of the estate and the years between the deaths.

    `first` and `close` hold a row for each of `years`, in it a place for each of
    `factors`; `estates` is what the couple would own today, USD. `first` is the
    strategy that comes first, `close` whether another lies within `tolerance`
    percent of the top; `here` the row and the place of what the plan assumes.
    """

    first_to_die: Spouse
    first_death_year: int
    factors: tuple[Decimal, ...]
    estates: tuple[Decimal, ...]
    years: tuple[int, ...]
    first: tuple[tuple[str | None, ...], ...]
    close: tuple[tuple[bool, ...], ...]
    here: tuple[int, int]
    tolerance: Decimal
    conventions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrowthSet:
    """What comes first with one growth (percent a year), and the family wealth of what may be ranked, USD."""

    growth: Decimal
    first: str | None
    family_wealth: dict[str, Decimal]


@dataclass(slots=True)
class Plan:
    """The whole answer of one run."""

    as_of: date
    engine_version: str
    law_version: str
    law_fingerprint: str
    law_amounts: list[LawAmount]
    names: dict[Spouse, str]
    citizens: dict[Spouse, bool | None]
    ranking_order: Spouse
    assumptions: list[Assumption]
    options: list[Option]
    recommendation: Recommendation
    deadlines: list[Deadline]
    warnings: list[PlanWarning]
    missing: list[MissingFact]
    findings: list[Finding] = field(default_factory=list)
    odds: Odds | None = None
    # The ranking under lower, the assumed and higher growth; empty where it was not looked for.
    growth_sets: list[GrowthSet] = field(default_factory=list)
    basis: list[BasisOfOrder] = field(default_factory=list)
    flip_map: FlipMap | None = None
