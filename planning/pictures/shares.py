"""Who gets what at each death, read off the stored figures and worksheet lines of one projection.

The taxes, what the survivor has and what the family keeps are figures of the
plan; the trusts and what others receive stand on worksheet lines. What the
decedent leaves outright is what is then left of the estate, and what is left of
the second death is its costs. Nothing is returned where that does not add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planning.reading import Json, Reading

ZERO = Decimal(0)
# Gifts of all there is are rounded year by year, so an estate can come out some cents below nothing.
CENTS = Decimal("0.05")
ESTATE, EXPENSES = "Estate after debts", "Estate after administration expenses"
BYPASS, OTHERS, OTHERS_RECEIVE = "Bypass trust", "Share that goes to others", "Others receive"
SURVIVOR_HAS = "The survivor's own property after the first death"
TOGETHER = "Together, before the taxes of the second death"
OWN, QDOT, OTHERS_GROWN = "The survivor's own property", "QDOT", "What others received at the first death"


@dataclass(frozen=True, slots=True)
class FirstDeath:
    """The first estate and where it goes, USD; `state_tax` None where it was not worked out."""

    year: int
    estate: Decimal
    federal_tax: Decimal
    state_tax: Decimal | None
    costs: Decimal
    bypass: Decimal
    qdot: Decimal
    outright: Decimal
    others: Decimal


@dataclass(frozen=True, slots=True)
class SecondDeath:
    """What there is when the survivor dies and where it goes, USD; `tax_in_life` was paid before on QDOT principal."""

    year: int
    own: Decimal
    bypass: Decimal
    qdot: Decimal
    others: Decimal
    insurance_trust: Decimal
    qdot_tax: Decimal
    federal_tax: Decimal
    state_tax: Decimal | None
    costs: Decimal
    family: Decimal
    tax_in_life: Decimal

    @property
    def together(self) -> Decimal:
        """All there is before the taxes of the second death."""
        return self.own + self.bypass + self.qdot + self.others + self.insurance_trust


@dataclass(frozen=True, slots=True)
class Shares:
    """Both deaths of one strategy in one order."""

    first: FirstDeath
    second: SecondDeath


def shares_of(reading: Reading, strategy: str, order: str) -> Shares | None:
    """Return who gets what; None where the strategy was not computed or its lines do not add up."""
    result = reading.order(strategy, order)
    if result is None or not result["first_death_year"]:
        return None
    sheets = {code.partition("-")[2]: reading.sheets[code] for code in result["worksheets"] if code in reading.sheets}
    figures = {name: None if text is None else Decimal(text) for name, text in result["figures"].items()}
    taxes = [figures.get(name) for name in ("tax_at_first_death", "qdot_tax", "tax_at_second_death", "family_wealth")]
    if "E" not in sheets or "W" not in sheets or "F" not in sheets or None in taxes:
        return None
    first = _first_death(result, sheets, figures)
    second = _second_death(result, sheets, figures)
    return None if first is None or second is None else Shares(first, second)


def tax_in_life(result: Json) -> Decimal:
    """Return the QDOT tax paid on principal while the survivor lives, USD."""
    return sum((Decimal(event["tax"]) for event in result["qdot_events"] if event["kind"] == "principal"), ZERO)


def _first_death(result: Json, sheets: Json, figures: dict[str, Decimal | None]) -> FirstDeath | None:
    lines, widowhood = sheets["E"]["lines"], sheets["W"]["lines"]
    estate, own = _last(lines, ESTATE), _last(widowhood, SURVIVOR_HAS)
    has, tax = figures["survivor_resources"], figures["tax_at_first_death"]
    if estate is None or own is None or has is None or tax is None:
        return None
    after_costs = _last(lines, EXPENSES)
    costs = ZERO if after_costs is None else estate - after_costs
    others = _last(lines, OTHERS_RECEIVE) or _last(lines, OTHERS) or ZERO
    bypass = _last(lines, BYPASS) or ZERO
    qdot = has - own - bypass
    state_tax = figures.get("state_tax_at_first_death")
    outright = estate - costs - tax - (state_tax or ZERO) - bypass - qdot - others
    shares = [estate, costs, bypass, qdot, outright, others]
    if min(shares) < -CENTS or (qdot > CENTS and "Q" not in sheets):
        return None
    estate, costs, bypass, qdot, outright, others = (max(ZERO, share) for share in shares)
    return FirstDeath(
        year=result["first_death_year"],
        estate=estate,
        federal_tax=tax,
        state_tax=state_tax,
        costs=costs,
        bypass=bypass,
        qdot=qdot,
        outright=outright,
        others=others,
    )


def _second_death(result: Json, sheets: Json, figures: dict[str, Decimal | None]) -> SecondDeath | None:
    lines = sheets["F"]["lines"]
    together, family, all_qdot = _last(lines, TOGETHER), figures["family_wealth"], figures["qdot_tax"]
    tax, state_tax = figures["tax_at_second_death"], figures.get("state_tax_at_second_death")
    if together is None or family is None or all_qdot is None or tax is None:
        return None
    own, qdot, bypass, others = (
        next((Decimal(line["amount"]) for line in lines if line["label"].startswith(label)), ZERO)
        for label in (OWN, QDOT, BYPASS, OTHERS_GROWN)
    )
    if not any(line["label"] == QDOT for line in lines):
        qdot = ZERO  # only the line of its tax
    trust = figures.get("insurance_trust") or ZERO
    before = tax_in_life(result)
    qdot_tax = all_qdot - before
    costs = together - qdot_tax - tax - (state_tax or ZERO) - family
    if abs(own + bypass + qdot + others + trust - together) > CENTS or costs < -CENTS:
        return None
    return SecondDeath(
        year=result["second_death_year"],
        own=own,
        bypass=bypass,
        qdot=qdot,
        others=others,
        insurance_trust=trust,
        qdot_tax=qdot_tax,
        federal_tax=tax,
        state_tax=state_tax,
        costs=max(ZERO, costs),
        family=family,
        tax_in_life=before,
    )


def _last(lines: list[Json], label: str) -> Decimal | None:
    """Return the amount of the last line whose label opens with `label`; None where there is none."""
    return next((Decimal(line["amount"]) for line in reversed(lines) if line["label"].startswith(label)), None)
