"""What the two invented couples answer, page by page. All people and figures are made up."""

from __future__ import annotations

from typing import Any

Answers = dict[str, Any]

# Page slug -> question -> stored value. A tuple (value, certainty) says how sure the person is.
GRAHAM: dict[str, Answers] = {
    "working-together": {"joint_representation": "acknowledged"},
    "your-names": {"legal_name": "Graham Ellery"},
    "about-you": {
        "date_of_birth": "1955-03-02",
        "place_of_birth": "Columbus, United States",
        "sex": "male",
        "occupation": "Retired",
    },
    "where-you-live": {"home_country": "US", "home_state": "NC", "home_since": "2009"},
    "earlier-marriages": {"earlier_marriage": "ended_by_divorce"},
    "why-we-ask": {},
    "your-citizenship": {"citizenships": ["US"], "citizenship_how": "born_in_us"},
    "home-for-good": {"home_for_good": "us", "arrived_in_us": "1955"},
    "rough-total": {"rough_total": "18500000.00"},
    "large-gifts": {"large_gifts": "no"},
    "gifts-to-spouse": {"gifts_to_spouse": "no"},
    "gift-tax-returns": {"gift_tax_returns_filed": "no"},
    "first-death": {"first_death_wish": "all_to_spouse"},
}
LUCIA: dict[str, Answers] = {
    "working-together": {"joint_representation": "acknowledged"},
    "your-names": {"legal_name": "Lucía Marín Ellery", "earlier_names": "Lucía Marín Soto"},
    "about-you": {"date_of_birth": "1962-05-06", "place_of_birth": "Valparaíso, Chile", "sex": "female"},
    "where-you-live": {"home_country": "US", "home_state": "NC", "home_since": "2009"},
    "earlier-marriages": {"earlier_marriage": "no"},
    "why-we-ask": {},
    "your-citizenship": {"citizenships": ["CL"]},
    "your-status": {"us_status": "green_card", "lawful_permanent_resident_since": "2010-05-14"},
    "becoming-a-citizen": {"naturalization_intent": "maybe"},
    "home-for-good": {"home_for_good": "us", "arrived_in_us": "2009"},
    "rough-total": {"rough_total": "1600000.00"},
    "large-gifts": {"large_gifts": "no"},
    "gift-tax-returns": {"gift_tax_returns_filed": "no"},
    "first-death": {"first_death_wish": "all_to_spouse"},
}
ELLERY_SHARED: dict[str, Answers] = {
    "other-names": {"business_names": "Ellery Instruments LLC"},
    "your-marriage": {
        "married_on": "2008-01-12",
        "place_of_marriage": "Valparaíso, Chile",
        "places_lived": "Chile 2008 to 2009, North Carolina since then",
        "lived_in_community_property_place": "no",
        "marital_agreement": "no",
    },
    "children": {"has_children": "yes"},
    "what-you-own": {"owns": ["home", "other_land", "bank", "brokerage", "retirement", "life_insurance"]},
    "rough-total-joint": {"rough_total_joint": "3200000.00"},
    "living-costs": {"survivor_spending": "300000.00"},
    "trustee": {"us_trustee_available": "yes", "us_trustee_name": "Claire Ellery, daughter of Graham"},
}
# List page -> things, each a mapping of question -> stored value.
ELLERY_LISTS: dict[str, list[Answers]] = {
    "your-children": [
        {"child_name": "Tomás Ellery", "child_date_of_birth": "2011-06-20", "child_of": "both", "child_lives_in": "US"},
        {"child_name": "Claire Ellery", "child_date_of_birth": "1988-02-11", "child_of": "a", "child_lives_in": "US"},
    ],
    "homes": [
        {
            "kind": "home",
            "asset_name": "House on Selwyn Avenue",
            "country": "US",
            "state": "NC",
            "title": "joint_survivorship",
            "value": "3200000.00",
            "value_is_estimate": "yes",
            "debt": "250000.00",
            "acquired_by": "purchase",
            "acquired_year": "2009",
            "cost_basis": "1150000.00",
            "contribution_a": "75",
        },
        {
            "kind": "real_estate",
            "asset_name": "Flat in Valparaíso",
            "country": "CL",
            "title": "b",
            "value": "640000.00",
            "value_is_estimate": "yes",
            "debt": "0.00",
        },
    ],
    "accounts": [
        {
            "kind": "brokerage",
            "asset_name": "Shares and funds",
            "country": "US",
            "title": "a",
            "value": "16150000.00",
            "value_is_estimate": "no",
        },
        {"kind": "bank", "asset_name": "Savings of Lucía", "country": "US", "title": "b", "value": "960000.00"},
    ],
    "retirement": [
        {
            "asset_name": "401(k) plan",
            "title": "a",
            "employer": "Ellery Instruments",
            "country": "US",
            "value": "2100000.00",
            "beneficiary": "Lucía Marín Ellery",
        }
    ],
    "life-insurance": [
        {
            "asset_name": "Whole life policy",
            "insurer": "Piedmont Mutual",
            "insured": "a",
            "title": "a",
            "country": "US",
            "death_benefit": "1000000.00",
            "value": "180000.00",
            "beneficiary": "Lucía Marín Ellery",
        }
    ],
}

# The second couple is half-way: one spouse in the middle, the other at the beginning.
KOFI: dict[str, Answers] = {
    "working-together": {"joint_representation": "acknowledged"},
    "your-names": {"legal_name": "Kofi Mensah Osei"},
    "about-you": {"date_of_birth": "1979-11-08", "place_of_birth": "Kumasi, Ghana", "sex": "male"},
    "where-you-live": {"home_country": "US", "home_state": "MA", "home_since": "2016"},
    "earlier-marriages": {"earlier_marriage": "no"},
    "why-we-ask": {},
    "your-citizenship": {"citizenships": ["GH"]},
    "your-status": {"us_status": "worker"},
}
LENA: dict[str, Answers] = {
    "working-together": {"joint_representation": "acknowledged"},
    "your-names": {"legal_name": "Lena Brandt"},
}
OSEI_SHARED: dict[str, Answers] = {
    "other-names": {},
    "your-marriage": {
        "married_on": (None, "not_sure"),
        "lived_in_community_property_place": (None, "not_sure"),
        "marital_agreement": "no",
    },
}
