"""What the estate holds and how the spouse and the decedent count, nonresident decedents included."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

R = "planning.engine.rules"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-11",
        "Tax on US-situs property of a decedent neither a citizen nor domiciled here, after a credit of 13,000",
        ("IRC 2101", "IRC 2102(b)", "IRC 2103-2105", "IRC 2106", "IRC 2209"),
        f"{R}.s2101_nonresident.nonresident_estate_tax",
        verification="partly",
        note="Statute and Treas. Reg. 20.2104-1, 20.2106-1 read. Inferred: the bound of the surtax to 2001; that the "
        "13,000 stays the least under every treaty; situs of annuities by their debtor. Partnerships are left to the "
        "attorney.",
    ),
    LawRule(
        "EST-20",
        "No marital deduction for a spouse who is not a citizen at the death, wherever the spouse lives",
        ("IRC 2056(d)(1)", "Treas. Reg. 20.2056A-1(a)"),
        f"{R}.s2056_marital_deduction.denied_for_noncitizen",
    ),
    LawRule(
        "EST-21",
        "Four ways into a QDOT that save the deduction, each with a timely election",
        ("IRC 2056(d)(2), (5)", "Treas. Reg. 20.2056A-1(a)(1)-(2)"),
        f"{R}.s2056_marital_deduction.exception_holds",
    ),
    LawRule(
        "EST-23",
        "Survivorship property by contribution: what counts as the survivor's own money",
        ("IRC 2040(a)", "Treas. Reg. 20.2040-1", "Treas. Reg. 20.2056A-8"),
        f"{R}.s2040_joint_property.survivors_percent",
    ),
    LawRule(
        "EST-24",
        "Half of community property belongs to the survivor and is not included",
        ("IRC 2033",),
        f"{R}.s2040_joint_property.community_property_inclusion",
        verification="partly",
        note="Community property of US states only; regimes of other countries are warned about.",
    ),
    LawRule(
        "EST-25",
        "A treaty's marital deduction or a QDOT, never both",
        ("P.L. 101-239 sec. 7815(d)(14)", "Treas. Reg. 20.2056A-1(c)"),
        f"{R}.treaties.treaty_choice",
        verification="partly",
        note="The choice is read in the regulation; what of a treaty's relief was not read is left to the attorney.",
    ),
    LawRule(
        "EST-26",
        "Domicile: living in a place with no definite present intention of leaving; the attorney concludes",
        ("Treas. Reg. 20.0-1(b)(1)-(2)",),
        f"{R}.domicile.domicile_points_to",
    ),
    LawRule(
        "EST-27",
        "Interests that may end give no deduction; six months of survival are harmless; net of charges",
        ("IRC 2056(b)(1), (3), (4), (5), (7), (8)",),
        f"{R}.s2056b_terminable.interest_gate",
    ),
    LawRule(
        "EST-66",
        "Only the part of joint property that the estate includes may go to a QDOT",
        ("Treas. Reg. 20.2056A-8(a)(3)", "Treas. Reg. 20.2056A-4(d) example 3"),
        f"{R}.s2040_joint_property.qdot_part",
    ),
    LawRule(
        "EST-80",
        "Transferor for the generation-skipping tax, and the reverse QTIP election",
        ("IRC 2652(a)(3)", "Treas. Reg. 20.2056A-4(d) example 5"),
        f"{R}.s2652_gst_transferor.reverse_qtip_possible",
    ),
    LawRule(
        "EST-83",
        "Income tax of a QDOT: named for the attorney",
        ("IRC 641-679", "IRC 1441"),
        f"{R}.outside_the_estate_tax.trust_income_finding",
        kind="out_of_scope",
        verification="unverified",
        note="A finding only: the income tax turns on subchapter J and treaties year by year; no figure here changes.",
    ),
    LawRule(
        "EST-86",
        "Bequests of covered expatriates: named for the attorney",
        ("IRC 2801(e)(3)", "T.D. 10027"),
        f"{R}.outside_the_estate_tax.covered_bequest_finding",
        kind="out_of_scope",
        verification="partly",
        note="A finding only: who is a covered expatriate is decided outside the estate; regulations not read.",
    ),
    LawRule(
        "GFT-16",
        "At the decedent's death the half rule is off for a spouse who is not a citizen",
        ("IRC 2056(d)(1)(B)", "IRC 2040(a)-(b)", "Treas. Reg. 20.2056A-8(a)"),
        f"{R}.s2040_joint_property.half_rule_applies",
    ),
    LawRule(
        "GFT-26",
        "Adjusted taxable gifts leave out what the gross estate holds anyway, and every exclusion",
        ("IRC 2001(b)", "IRC 2503(b), (e)"),
        f"{R}.s2001b_adjusted_taxable_gifts.adjusted_taxable_gifts",
    ),
    LawRule(
        "GFT-27",
        "Giving up a retained interest or a policy within three years brings the property back",
        ("IRC 2035(a), (d), (e)",),
        f"{R}.s2035_three_years.given_up_inclusion",
        verification="partly",
        note="Inferred: the same day three years before the death is outside the period.",
    ),
    LawRule(
        "GFT-28",
        "Gift tax paid on gifts of either spouse within three years is added",
        ("IRC 2035(b)",),
        f"{R}.s2035_three_years.gift_tax_inclusion",
    ),
    LawRule(
        "GFT-29",
        "Property given away with its use, income or control kept is included at its value at death",
        ("IRC 2036", "IRC 2037", "IRC 2038", "IRC 2001(b)"),
        f"{R}.s2036_retained_interests.retained_inclusion",
        verification="partly",
        note="An understanding without words is a question of fact; the answer warns and asks the attorney.",
    ),
)
