"""The only bridge from the interview to the engine: the accepted record becomes a `Couple`.

Takes plain dictionaries (see `clients.selectors.accepted_record`), defaults
nothing: an answer that is absent, "not sure" or left for the attorney stays
unknown. What a clear "no" says is a fact of its own: never married before is
an unused exclusion of 0, no gift and no return ever is an exclusion used of 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from planning.engine.assumptions import LABELS, Source, Value
from planning.engine.facts import STATES_AND_DC, Asset, AssetKind, Couple, Person, Spouse, Title

Answer = Mapping[str, Any]
Record = Mapping[str, Any]

WHOLE_NUMBERS = (
    "years_to_first_death",
    "years_to_second_death",
    "gift_years",
    "number_of_heirs",
    "insurance_trust_beneficiaries",
)
IN_WORDS = (
    "ranking_order",
    "survivor_leaves_us",
    "state_accepts_qdot",
    "treaty_confirmed",
    "qdot_form",
    "heirs",
    "insurance_trust_insured",
)
INTENTS = ("no", "maybe", "planned", "applied", "not_sure")
KINDS: tuple[str, ...] = get_args(AssetKind)
TITLES: tuple[str, ...] = get_args(Title)


def known(answers: Mapping[str, Answer], key: str) -> Any:
    """Return the value of an answer that is known for sure, else None."""
    answer = answers.get(key)
    if answer is None or answer.get("certainty", "known") != "known":
        return None
    value = answer.get("value")
    return None if value in ("", [], None) else value


def _money(answers: Mapping[str, Answer], key: str) -> Decimal | None:
    value = known(answers, key)
    return None if value is None else Decimal(str(value))


def _day(answers: Mapping[str, Answer], key: str) -> date | None:
    value = known(answers, key)
    return None if value is None else date.fromisoformat(value)


def _yes(answers: Mapping[str, Answer], key: str) -> bool | None:
    """Return True for yes, False for no, None for anything else."""
    return {"yes": True, "no": False, True: True, False: False}.get(known(answers, key))


def _year(answers: Mapping[str, Answer], key: str) -> int | None:
    value = known(answers, key)
    return None if value is None else int(value)


def _lived_in_states(answers: Mapping[str, Answer]) -> tuple[str, ...] | None:
    """Return the places named; a clear no to the question before is none of them."""
    if _yes(answers, "lived_in_community_property_place") is False:
        return ()
    named = known(answers, "lived_in_states")
    return None if named is None else tuple(named)


def _one_of(value: Any, allowed: tuple[str, ...]) -> Any:
    return value if value in allowed else None


def couple_from_record(record: Record, names: Mapping[Spouse, str]) -> Couple:
    """Return the facts of an accepted record; `names` are used where no legal name was given."""
    shared: Mapping[str, Answer] = record.get("couple", {})
    owns = known(shared, "owns")
    assets = tuple(_asset(item) for item in record.get("assets", ()))
    nothing_owned = owns is not None and list(owns) == ["nothing"]
    return Couple(
        a=_person("a", record, names),
        b=_person("b", record, names),
        married_on=_day(shared, "married_on"),
        lived_in_community_property_place=_yes(shared, "lived_in_community_property_place"),
        lived_in_states=_lived_in_states(shared),
        lived_in_states_from=_year(shared, "lived_in_states_from"),
        lived_in_states_until=_year(shared, "lived_in_states_until"),
        marital_agreement=_yes(shared, "marital_agreement"),
        assets=assets if assets or nothing_owned else None,
        rough_total_joint=_money(shared, "rough_total_joint"),
        survivor_spending=_money(shared, "survivor_spending"),
        us_trustee_available=_yes(shared, "us_trustee_available"),
    )


def _person(spouse: Spouse, record: Record, names: Mapping[Spouse, str]) -> Person:
    answers: Mapping[str, Answer] = record.get(spouse, {})
    citizenships = known(answers, "citizenships")
    domicile_country = _domicile_country(answers)
    return Person(
        name=known(answers, "legal_name") or names[spouse],
        date_of_birth=_day(answers, "date_of_birth"),
        sex=_one_of(known(answers, "sex"), ("female", "male")),
        citizenships=None if citizenships is None else tuple(citizenships),
        us_domicile=_yes(answers, "us_domicile"),
        domicile_state=_domicile_state(answers, domicile_country),
        domicile_country=domicile_country,
        lawful_permanent_resident_since=_day(answers, "lawful_permanent_resident_since"),
        naturalization_intent=_intent(answers),
        naturalization_expected_on=_day(answers, "naturalization_expected_on"),
        adjusted_taxable_gifts=_adjusted_taxable_gifts(answers),
        gift_tax_paid=_money(answers, "gift_tax_paid"),
        dsue_received=_dsue_received(answers),
        first_death_share_to_spouse=_share_to_spouse(answers),
        us_situs_share=_money(answers, "us_situs_share"),
        rough_total=_money(answers, "rough_total"),
    )


def _domicile_country(answers: Mapping[str, Answer]) -> str | None:
    """Return what staff concluded, else the home the person named.

    A home is where somebody lives; it counts as the domicile only of a US citizen, or once staff concluded whether
    the domicile is in the United States and the home agrees with that.
    """
    concluded, home, us_domicile = (
        known(answers, "domicile_country"),
        known(answers, "home_country"),
        _yes(answers, "us_domicile"),
    )
    if concluded is not None:
        return str(concluded)
    if us_domicile or known(answers, "domicile_state") is not None:
        return "US"
    if home is None or (us_domicile is None and "US" not in (known(answers, "citizenships") or ())):
        return None
    return None if us_domicile is False and home == "US" else str(home)


def _domicile_state(answers: Mapping[str, Answer], country: str | None) -> str | None:
    """Return what staff concluded, else the state of a home that counts as the domicile."""
    concluded = known(answers, "domicile_state")
    if concluded is None and country == "US" and known(answers, "home_country") == "US":
        concluded = known(answers, "home_state")
    return concluded if concluded in STATES_AND_DC else None


def _intent(answers: Mapping[str, Answer]) -> Any:
    if answers.get("naturalization_intent", {}).get("certainty") == "not_sure":
        return "not_sure"
    return _one_of(known(answers, "naturalization_intent"), INTENTS)


def _adjusted_taxable_gifts(answers: Mapping[str, Answer]) -> Decimal | None:
    """Return what staff entered, or 0 where the person says no to every question about gifts and returns."""
    entered = _money(answers, "adjusted_taxable_gifts")
    if entered is not None:
        return entered
    # Asked only where the other spouse is not a citizen: an unasked question says nothing against.
    asked = [key for key in ("large_gifts", "gifts_to_spouse", "gift_tax_returns_filed") if key in answers]
    if {"large_gifts", "gift_tax_returns_filed"} <= set(asked) and all(_yes(answers, key) is False for key in asked):
        return Decimal(0)
    return None


def _dsue_received(answers: Mapping[str, Answer]) -> Decimal | None:
    entered = _money(answers, "dsue_received")
    if entered is not None:
        return entered
    return Decimal(0) if known(answers, "earlier_marriage") in ("no", "ended_by_divorce") else None


def _share_to_spouse(answers: Mapping[str, Answer]) -> Decimal | None:
    entered = _money(answers, "first_death_share_to_spouse")
    if entered is not None:
        return entered
    return Decimal(100) if known(answers, "first_death_wish") == "all_to_spouse" else None


def _asset(item: Mapping[str, Any]) -> Asset:
    answers: Mapping[str, Any] = {key: value for key, value in item.items() if isinstance(value, Mapping)}
    kind = item.get("kind")
    return Asset(
        name=known(answers, "asset_name") or "Unnamed",
        kind=kind if kind in KINDS else "other",
        title=_one_of(known(answers, "title"), TITLES),
        value=_money(answers, "value"),
        value_is_estimate=_yes(answers, "value_is_estimate"),
        debt=_money(answers, "debt"),
        country=known(answers, "country"),
        state=known(answers, "state"),
        share_a=_money(answers, "share_a"),
        share_b=_money(answers, "share_b"),
        contribution_a=_money(answers, "contribution_a"),
        acquired_by=_one_of(known(answers, "acquired_by"), ("purchase", "gift", "inheritance")),
        acquired_year=_year(answers, "acquired_year"),
        cost_basis=_money(answers, "cost_basis"),
        insured=_one_of(known(answers, "insured"), ("a", "b", "other")),
        death_benefit=_money(answers, "death_benefit"),
        beneficiary=known(answers, "beneficiary"),
    )


def assumptions_from_record(record: Record) -> tuple[dict[str, Value], dict[str, Source]]:
    """Return the assumptions staff set in a record and who set each; absent ones stay at the product default.

    The survivor's spending that a client stated is a fact, not an assumption.
    """
    shared: Mapping[str, Answer] = record.get("couple", {})
    values: dict[str, Value] = {}
    for name in LABELS:
        value = known(shared, name)
        if value is None or name == "survivor_spending":
            continue
        if name in WHOLE_NUMBERS:
            values[name] = int(value)
            if name == "number_of_heirs" and not values[name]:
                # Nobody is no answer to how many share.
                del values[name]
        elif name in IN_WORDS:
            values[name] = str(value)
        else:
            values[name] = Decimal(str(value))
    return values, dict.fromkeys(values, "staff")
