"""IRC 2103 to 2105: which property of a nonresident noncitizen is situated in the United States.

Real and tangible property by where it is; stock by whether the corporation is
domestic; debt by the obligor, unless its interest would be free of tax as
portfolio interest; deposits with banks not, unless effectively connected with a
business here; insurance on the decedent's own life not; a trust by its underlying
assets. Property given away in life counts if it was here then or at the death.
Where interests in a partnership are situated is not settled: the attorney says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.inclusion import Inclusion, Ruling, Undecided, nothing, whole
from planning.engine.rules.s2031_gross_estate import Kind

Place = Literal["us", "foreign"]
# Years in which stock of a regulated investment company was looked through (IRC 2105(d)).
FUNDS_LOOKED_THROUGH = (date(2005, 1, 1), date(2011, 12, 31))


@dataclass(frozen=True, slots=True)
class SitusFacts:
    """What decides where an asset is situated; None means not known.

    `concluded` is the attorney's conclusion and goes before everything;
    `us_percent` is the US-situated part of what a trust or fund holds.
    """

    located_in: Place | None = None
    issuer: Place | None = None
    obligor: Place | None = None
    portfolio_debt: bool | None = None
    effectively_connected: bool | None = None
    on_loan_for_exhibition: bool = False
    in_us_at_transfer: bool | None = None
    us_percent: Decimal | None = None
    concluded: Place | None = None
    treaty_exempt: bool = False


def situs_of(kind: Kind, facts: SitusFacts, date_of_death: date | None = None) -> Ruling:
    """Return the percent of the asset situated in the United States, or the facts that are missing.

    IRC 2103, 2104, 2105; Treas. Reg. 20.2104-1, 20.2105-1.
    """
    if facts.treaty_exempt:
        return nothing("a treaty exempts it", "IRC 2102(b)(3)(A)")
    if facts.concluded is not None:
        return _placed(facts.concluded, "as the attorney concluded", "IRC 2103")
    if kind == "mutual_fund" and _looked_through(date_of_death):
        return _by_percent(facts, "IRC 2105(d)")
    return RULES.get(kind, _unsettled)(facts)


def _placed(place: Place | None, words: str, citation: str) -> Inclusion:
    return whole(words, citation) if place == "us" else nothing(words, citation)


def _looked_through(date_of_death: date | None) -> bool:
    first, last = FUNDS_LOOKED_THROUGH
    return date_of_death is not None and first <= date_of_death <= last


def _tangible(facts: SitusFacts) -> Ruling:
    if facts.on_loan_for_exhibition:
        return nothing("works of art on loan for exhibition", "IRC 2105(c)")
    if facts.located_in is None:
        return Undecided(("located_in",))
    return _placed(facts.located_in, f"it lies in {_name(facts.located_in)}", "Treas. Reg. 20.2104-1(a)(1)-(2)")


def _stock(facts: SitusFacts) -> Ruling:
    if facts.issuer is None:
        return Undecided(("issuer",))
    kind = "domestic" if facts.issuer == "us" else "foreign"
    return _placed(facts.issuer, f"issued by a {kind} corporation", "IRC 2104(a)")


def _debt(facts: SitusFacts) -> Ruling:
    if facts.obligor is None:
        return Undecided(("obligor",))
    if facts.obligor == "foreign":
        return nothing("owed by a foreign debtor", "IRC 2104(c)")
    if facts.portfolio_debt is None:
        return Undecided(("portfolio_debt",))
    if facts.portfolio_debt:
        return nothing("its interest would be free of tax as portfolio interest", "IRC 2105(b)(3)")
    return whole("owed by a US person or government", "IRC 2104(c)")


def _deposit(facts: SitusFacts) -> Ruling:
    if facts.obligor is None:
        return Undecided(("obligor",))
    if facts.obligor == "foreign":
        return nothing("with a foreign bank or a foreign branch", "IRC 2105(b)(2)")
    if facts.effectively_connected is None:
        return Undecided(("effectively_connected",))
    if facts.effectively_connected:
        return whole("a deposit effectively connected with a business in the United States", "IRC 2104(c)")
    return nothing("a bank deposit not effectively connected with a US business", "IRC 2105(b)(1)")


def _broker(facts: SitusFacts) -> Ruling:
    if facts.obligor is None:
        return Undecided(("obligor",))
    return _placed(facts.obligor, "cash owed by a broker, who is no bank", "IRC 2104(c)")


def _own_insurance(facts: SitusFacts) -> Ruling:
    del facts  # nothing else matters
    return nothing("insurance on the decedent's own life", "IRC 2105(a)")


def _enforceable(facts: SitusFacts) -> Ruling:
    place = facts.obligor or facts.issuer
    if place is None:
        return Undecided(("obligor",))
    return _placed(place, f"enforceable against a debtor of {_name(place)}", "Treas. Reg. 20.2104-1(a)(4)")


def _by_percent(facts: SitusFacts, citation: str) -> Ruling:
    if facts.us_percent is None:
        return Undecided(("us_situs_percent",))
    return Inclusion(facts.us_percent, "by the underlying assets", (citation,))


def _trust(facts: SitusFacts) -> Ruling:
    return _by_percent(facts, "IRC 2103")


def _transfer(facts: SitusFacts) -> Ruling:
    """Return the whole if the property was here at the transfer or at the death. IRC 2104(b)."""
    if facts.in_us_at_transfer or facts.located_in == "us":
        return whole("situated here at the transfer or at the death", "IRC 2104(b)")
    known = {"us_situs_at_transfer": facts.in_us_at_transfer, "located_in": facts.located_in}
    missing = tuple(name for name, value in known.items() if value is None)
    return Undecided(missing) if missing else nothing("not here at the transfer nor at the death", "IRC 2104(b)")


def _unsettled(facts: SitusFacts) -> Ruling:
    del facts  # only the attorney's conclusion helps, and it went before
    return Undecided(("attorney_situs",))


def _name(place: Place) -> str:
    return "the United States" if place == "us" else "another country"


RULES: Mapping[Kind, Callable[[SitusFacts], Ruling]] = {
    "real_estate": _tangible,
    "tangible_property": _tangible,
    "cash": _tangible,
    "stock": _stock,
    "mutual_fund": _stock,
    "bond": _debt,
    "note": _debt,
    "bank_account": _deposit,
    "brokerage_cash": _broker,
    "life_insurance": _own_insurance,
    "insurance_on_another_life": _enforceable,
    "annuity": _enforceable,
    "retirement_account": _enforceable,
    "trust_interest": _trust,
    "earlier_marital_trust": _trust,
    "power_of_appointment": _trust,
    "transfer": _transfer,
}
