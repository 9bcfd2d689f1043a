"""Couples that several engine tests share."""

from datetime import date
from decimal import Decimal

from planning.engine.facts import Asset, Couple, Person

AS_OF = date(2026, 11, 24)


def person(name: str, *citizenships: str, **facts) -> Person:
    """A person with nothing given away and a confirmed US home, unless said otherwise."""
    settled = {
        "us_domicile": True,
        "adjusted_taxable_gifts": Decimal(0),
        "dsue_received": Decimal(0),
        "first_death_share_to_spouse": Decimal(100),
    }
    return Person(name=name, citizenships=citizenships or None, **{**settled, **facts})


def asset(title: str, value: int, kind: str = "brokerage", **facts) -> Asset:
    """An asset without debt."""
    return Asset(
        name=f"{kind} of {title}", kind=kind, title=title, value=Decimal(value), **{"debt": Decimal(0), **facts}
    )


def worked_comparison_couple() -> Couple:
    """The couple of law/gifts.md B.4: 20 million and 1 million, the survivor is not a citizen."""
    return Couple(
        a=person("Dana", "US"),
        b=person("Sol", "CL", naturalization_intent="planned", naturalization_expected_on=date(2028, 1, 31)),
        assets=(asset("a", 20_000_000), asset("b", 1_000_000)),
        survivor_spending=Decimal(300_000),
    )
