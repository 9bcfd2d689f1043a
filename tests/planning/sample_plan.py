"""Couples for the plan pages and papers, worked out by the real engine; each is computed once."""

import copy
from datetime import date
from decimal import Decimal
from functools import cache

from planning.casefile import case_to_json, read_case
from planning.plans import plan_json

AS_OF = date(2026, 11, 24)
CASE = {
    "format": "qdot-case/1",
    "couple": {
        "a": {
            "name": "Graham Ellery",
            "date_of_birth": "1961-03-02",
            "sex": "male",
            "citizenships": ["US"],
            "us_domicile": True,
            "adjusted_taxable_gifts": "0",
        },
        "b": {
            "name": "Lucía Marín",
            "date_of_birth": "1964-09-14",
            "sex": "female",
            "citizenships": ["CL"],
            "us_domicile": True,
            "adjusted_taxable_gifts": "0",
        },
        "survivor_spending": "300000",
        "assets": [
            {"name": "Brokerage account", "kind": "brokerage", "title": "a", "value": "17200000", "debt": "0"},
            {
                "name": "House",
                "kind": "home",
                "title": "joint_survivorship",
                "value": "3200000",
                "debt": "250000",
            },
            {"name": "Flat", "kind": "real_estate", "title": "b", "value": "640000", "debt": "0"},
        ],
    },
}


def case_with(changes=None):
    """Return the case with `changes` (dotted path: value; the value None removes a key)."""
    case = copy.deepcopy(CASE)
    for path, value in (changes or {}).items():
        target = case
        *way, last = path.split(".")
        for key in way:
            target = target[int(key)] if isinstance(target, list) else target.setdefault(key, {})
        if value is None:
            target.pop(last, None)
        elif isinstance(target, list):
            target[int(last)] = value
        else:
            target[last] = value
    return case


VARIANTS = {
    "gifts": {},
    "none_needed": {"couple.assets.0.value": "1500000", "couple.assets.1.value": "900000"},
    "needs_facts": {"couple.b.us_domicile": None},
    "both_noncitizens": {"couple.a.citizenships": ["GB"]},
    "naturalization": {
        "couple.b.naturalization_intent": "applied",
        "couple.b.naturalization_expected_on": "2027-06-01",
    },
    "route_of_the_spouse": {
        "couple.b.naturalization_intent": "planned",
        "couple.b.naturalization_expected_on": "2028-01-31",
        "couple.b.lawful_permanent_resident_since": "2024-06-01",
    },
    "does_not_want": {"couple.b.naturalization_intent": "no"},
    "order_b": {"assumptions.ranking_order": "b"},
    "citizens": {"couple.b.citizenships": ["US", "CL"]},
    "citizenship_unknown": {"couple.b.citizenships": None},
    "nonresident": {"couple.b.us_domicile": False},
    "scripts": {"couple.a.name": "王小明", "couple.b.name": "محمد عبد الله"},
    "hostile": {
        "couple.a.name": "<script>alert(1)</script> {{ 7*7 }}",
        "couple.b.name": 'Bobby"; <img src="http://127.0.0.1:9/x">',
        "couple.assets.0.name": '<link rel="attachment" href="file:///etc/passwd">',
    },
    "in_new_york": {"couple.a.domicile_state": "NY", "couple.b.domicile_state": "NY"},
    "german": {"couple.b.citizenships": ["DE"], "couple.b.naturalization_intent": "no"},
    "poor_gifts": {"assumptions.years_to_first_death": 1, "assumptions.years_to_second_death": 2},
}


@cache
def _worked_out(variant):
    case = read_case(case_with(VARIANTS[variant]))
    facts = case_to_json(case.couple, case.assumptions, AS_OF)
    return facts, plan_json(case.couple, case.assumptions, as_of=AS_OF)


def facts_and_result(variant="gifts"):
    """Return the case file and the wire plan of a variant."""
    return copy.deepcopy(_worked_out(variant))


def dollars(text):
    """Return an exact amount."""
    return Decimal(text)
