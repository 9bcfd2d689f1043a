"""The tax on what leaves a QDOT, portability and the credit for tax on prior transfers."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

DSUE = "planning.engine.rules.s2010c_dsue"
CREDIT = "planning.engine.rules.s2013_prior_transfer_credit"
SURVIVOR = "planning.engine.rules.s2044_survivors_estate"
BENEFITS = "planning.engine.rules.s2056a_b10_benefits"
EVENTS = "planning.engine.rules.s2056a_events"
HIGHEST = "planning.engine.rules.s2056a_highest_rate"
LIABILITY = "planning.engine.rules.s2056a_liability"
QDOT = "planning.engine.rules.s2056a_qdot"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-04",
        "Unused exclusion: how much a first decedent leaves, who may elect it and until when",
        ("IRC 2010(c)(4)-(5)", "Treas. Reg. 20.2010-2(a), (c)(1)-(2)", "Rev. Proc. 2022-32"),
        f"{DSUE}.gifts_that_count",
        verification="partly",
        note="Rev. Proc. 2022-32 was read in four professional summaries that agree, not in its own text; the gift tax "
        "example of the regulation in its 2012 wording.",
    ),
    LawRule(
        "EST-05",
        "With a QDOT the unused exclusion is preliminary and is worked out again after the last taxed event",
        ("Treas. Reg. 20.2010-2(c)(4)", "Treas. Reg. 20.2010-3(c)(2)-(3)", "Treas. Reg. 25.2505-2(d)"),
        f"{DSUE}.waits_for_final_event",
        verification="partly",
        note="20.2010-3(c) was read in its final text; 20.2010-2(c)(4) only through its 2012 example.",
    ),
    LawRule(
        "EST-06",
        "A survivor who is neither a citizen nor domiciled here uses none of it, unless a treaty says so",
        ("Treas. Reg. 20.2010-3(e)", "Treas. Reg. 25.2505-2(f)", "IRC 2102(b)(3)"),
        f"{DSUE}.barred_as_nonresident",
    ),
    LawRule(
        "EST-09",
        "Credit for tax on prior transfers: two limitations, a window of ten years and fading percentages",
        ("IRC 2013(a)-(d)", "Treas. Reg. 20.2013-1", "Treas. Reg. 20.2013-2", "Treas. Reg. 20.2013-3"),
        f"{CREDIT}.percent_allowed",
        note="For the fifth and sixth years the statute's 60% holds; the regulation prints 40%.",
    ),
    LawRule(
        "EST-10",
        "The same credit for a noncitizen spouse does not fade, and counts all 2056A tax",
        ("IRC 2056(d)(3)", "Treas. Reg. 20.2056A-7"),
        f"{CREDIT}.fades",
    ),
    LawRule(
        "EST-60",
        "What is a taxable event of a QDOT, and how much of it is taxed",
        ("IRC 2056A(b)(1), (4), (9), (11)", "Treas. Reg. 20.2056A-5(b)"),
        f"{EVENTS}.is_taxable_event",
    ),
    LawRule(
        "EST-61",
        "The tax: the first decedent's net tax with the event less the one without it, by the law of that death",
        ("IRC 2056A(b)(2)(A)", "Treas. Reg. 20.2056A-6(a), (b)(4)"),
        f"{QDOT}.QdotBase.net_tax",
        note="Both official examples come out to the dollar. Of the foreign credit limited anew it is inferred that "
        "the foreign property in the QDOT is taxed again in the proportion of the amounts taxed to the deduction. The "
        "line numbers of the 2025 form are not verified.",
    ),
    LawRule(
        "EST-62",
        "Before the final determination the highest rate applies without credit; the excess is refunded",
        ("IRC 2056A(b)(2)(B)",),
        f"{HIGHEST}.finally_determined_before",
        note="The code does not define the final determination here; the test of the security rules is assumed.",
    ),
    LawRule(
        "EST-63",
        "Several QDOTs without one designated filer: the highest rate on everything and no hardship exemption",
        ("IRC 2056A(b)(2)(C)", "Treas. Reg. 20.2056A-9"),
        f"{HIGHEST}.highest_rate_without_filer",
    ),
    LawRule(
        "EST-65",
        "Deductions, values and payment relief borrowed from the survivor's estate at the survivor's death",
        ("IRC 2056A(b)(10)", "Treas. Reg. 20.2056A-6(b)"),
        f"{BENEFITS}.deductions_at_death",
        note="The limit on special use is taken as indexed, as the form's instructions have it.",
    ),
    LawRule(
        "EST-67",
        "The designated filer files for all QDOTs and the tax is split by taxable amounts",
        ("Treas. Reg. 20.2056A-9",),
        f"{HIGHEST}.split_by_taxable_amount",
    ),
    LawRule(
        "EST-70",
        "Every trustee is personally liable, and other QDOTs of the decedent can be reached",
        ("IRC 2056A(b)(6), (8)", "IRC 2204", "IRC 6324", "Treas. Reg. 20.2056A-11"),
        f"{LIABILITY}.liability_finding",
        kind="finding",
    ),
    LawRule(
        "EST-71",
        "Tax that is withheld is part of the distribution; paid from other trust property it is a further one",
        ("IRC 2056A(b)(11)", "Treas. Reg. 20.2056A-5(b)(1)"),
        f"{EVENTS}.tax_on_tax",
    ),
    LawRule(
        "EST-72",
        "The tax is an estate tax of the first decedent for the income tax deduction and for the survivor's credit",
        ("IRC 691(c)(2)(A)", "IRC 2056A(b)(7)", "Treas. Reg. 20.2056A-6(a)"),
        f"{LIABILITY}.character_finding",
        kind="finding",
    ),
    LawRule(
        "EST-73",
        "From which first deaths on the regulations bind",
        ("Treas. Reg. 20.2056A-13",),
        f"{LIABILITY}.regulations_bind",
    ),
    LawRule(
        "EST-81",
        "What the survivor's own estate includes of a QDOT by its form, and the order of the two taxes",
        ("IRC 2033", "IRC 2036", "IRC 2041", "IRC 2044", "IRC 2053(c)(1)(B)", "IRC 2103"),
        f"{SURVIVOR}.qdot_in_survivors_estate",
        verification="partly",
        note="That property of 2044 lies where the trust's assets are, for a nonresident survivor, is inferred.",
    ),
    LawRule(
        "GFT-41",
        "A QTIP trust that is a QDOT too: in the survivor's estate, which recovers the extra tax from it",
        ("IRC 2044", "IRC 2056A(b)(14)", "IRC 2207A(a)", "IRC 2519"),
        f"{SURVIVOR}.extra_tax_of_qtip",
    ),
    LawRule(
        "GFT-49",
        "From what day a noncitizen survivor may use unused exclusion for gifts and at death",
        ("Treas. Reg. 20.2010-3(c), (e)", "Treas. Reg. 25.2505-2(d), (f)"),
        f"{DSUE}.usable_for_gift",
        verification="partly",
        note="A resident survivor who never becomes a citizen and has no QDOT is an open question; the answer shows "
        "both readings and takes the attorney's.",
    ),
)
