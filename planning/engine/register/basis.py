"""Basis of every asset at every event."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

DEATH = "planning.engine.rules.s1014_basis"
SHARED = "planning.engine.rules.s1014_shared_property"
GIFT = "planning.engine.rules.s1015_gift_basis"
SPOUSES = "planning.engine.rules.s1041_between_spouses"
QDOT = "planning.engine.rules.s2056a_basis"
INSURANCE = "planning.engine.rules.s101_insurance_proceeds"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "GFT-30",
        "Which section gives the basis of a gift to the spouse: 1041 for a resident for the income tax, else 1015",
        ("IRC 1041(a), (b)(2), (d)", "IRC 1015(a), (d), (e)"),
        f"{SPOUSES}.governed_by_1041",
    ),
    LawRule(
        "GFT-31",
        "What passes from a decedent takes its value at the death, QDOT assets and both community halves included",
        ("IRC 1014(a), (b)", "IRC 2056A(b)(13)", "Treas. Reg. 20.2056A-12"),
        f"{DEATH}.new_basis_at_death",
    ),
    LawRule(
        "GFT-32",
        "A gained gift of the last year that comes back to the giver does not step up",
        ("IRC 1014(e)",),
        f"{DEATH}.comes_back_within_a_year",
    ),
    LawRule(
        "GFT-33",
        "To a spouse who is a nonresident for the income tax a transfer for value is taxed; an election changes that",
        ("IRC 1041(d)", "IRC 6013(g)(1)", "Treas. Reg. 1.1041-1T(a) A-3", "Treas. Reg. 1.1001-1(e)"),
        f"{SPOUSES}.gain_without_shield",
        verification="partly",
        note="1041(d) and 6013(g)(1) were read; the gain of the part sale rests on the regulations' rule from memory.",
    ),
    LawRule(
        "BAS-01",
        "Gift to a spouse resident for the income tax: the giver's basis for gain and loss, no gift tax added",
        ("IRC 1041(b)(2), (e)", "IRC 1015(e)"),
        f"{SPOUSES}.basis_under_1041",
    ),
    LawRule(
        "BAS-02",
        "Gift to a spouse nonresident for the income tax: the giver's basis and the gift tax paid on its gain",
        ("IRC 1015(a), (d)(1)-(2), (d)(6)",),
        f"{GIFT}.addition_for_tax",
        verification="partly",
        note="The statute was read. That the amount of the gift is what the exclusion leaves follows from (d)(2); two "
        "computations that cite Treas. Reg. 1.1015-5(c)(3) agree, its own text was not found.",
    ),
    LawRule(
        "BAS-03",
        "What was given away is not stepped up at the giver's death",
        ("IRC 1014(b)",),
        f"{DEATH}.gift_at_givers_death",
    ),
    LawRule(
        "BAS-04",
        "A gift the spouse kept is stepped up at the spouse's own death, also abroad",
        ("IRC 1014(a), (b)(1)", "Rev. Rul. 84-139"),
        f"{DEATH}.gift_at_recipients_death",
    ),
    LawRule(
        "BAS-05",
        "A gained gift that comes back within the year keeps the basis it had",
        ("IRC 1014(e)",),
        f"{DEATH}.returned_gift",
    ),
    LawRule(
        "BAS-06",
        "Property passing outright is stepped up at the first death",
        ("IRC 1014(a), (b)(1), (c)",),
        f"{DEATH}.outright_at_first_death",
    ),
    LawRule(
        "BAS-07",
        "What the spouse owns is stepped up again at the spouse's death, also abroad",
        ("IRC 1014(b)(1)", "Rev. Rul. 84-139"),
        f"{DEATH}.outright_at_second_death",
    ),
    LawRule(
        "BAS-08",
        "Survivorship property: the included share is stepped up, less depreciation the survivor was allowed on it",
        ("IRC 1014(b)(9)", "IRC 2040(a)", "Treas. Reg. 20.2056A-8"),
        f"{SHARED}.survivorship_at_first_death",
    ),
    LawRule(
        "BAS-09",
        "Community property: both halves are stepped up where the estate includes the decedent's",
        ("IRC 1014(b)(1), (6)",),
        f"{SHARED}.community_in_estate",
    ),
    LawRule(
        "BAS-10",
        "Community property abroad of a nonresident noncitizen: the decedent's half alone",
        ("IRC 1014(b)(6)", "IRC 2103", "Rev. Rul. 84-139"),
        f"{SHARED}.community_outside_estate",
        verification="inferred",
        note="The statute was read; that the half is stepped up as inherited and the other is not, is inferred.",
    ),
    LawRule(
        "BAS-11",
        "Separate shares: the decedent's alone is stepped up",
        ("IRC 1014(b)(1), (6)",),
        f"{SHARED}.common_at_first_death",
    ),
    LawRule(
        "BAS-12",
        "A bypass trust's property is stepped up at the first death",
        ("IRC 1014(a), (b)(1)-(3), (9), (f)",),
        f"{DEATH}.bypass_at_first_death",
    ),
    LawRule(
        "BAS-13",
        "A bypass trust is not stepped up at the second death: it is in nobody's estate",
        ("IRC 1014(b)", "IRC 2041(b)(1)(A)"),
        f"{DEATH}.bypass_at_second_death",
    ),
    LawRule(
        "BAS-14",
        "Property the decedent leaves to a QDOT is stepped up, without the cap of 1014(f)",
        ("IRC 1014(a), (b)(1), (9), (f)(2)",),
        f"{DEATH}.qdot_at_first_death",
    ),
    LawRule(
        "BAS-15",
        "Property the spouse assigns to a QDOT is stepped up at the death; the assignment changes nothing",
        ("IRC 1014(b)(1)", "Treas. Reg. 20.2056A-4(b)(5)"),
        f"{DEATH}.assigned_at_first_death",
    ),
    LawRule(
        "BAS-16",
        "A sale by the trustee: the price is the new basis and the gain is the trust's",
        ("IRC 1001(a)", "Treas. Reg. 20.2056A-5(c)(2), (3)(iii)"),
        f"{QDOT}.gain_of_trust",
    ),
    LawRule(
        "BAS-17",
        "Principal paid out in kind and taxed: the trust's basis and the 2056A tax on its gain",
        ("IRC 2056A(b)(13)", "IRC 1015(a), (d)(6)", "Treas. Reg. 20.2056A-12"),
        f"{QDOT}.basis_after_taxed_payment",
        verification="partly",
        note="Statute and 20.2056A-12 were read; that the value is the amount of the gift is inferred, as "
        "Treas. Reg. 1.1015-5(c)(4)-(5) was not found.",
    ),
    LawRule(
        "BAS-18",
        "Principal paid out in kind without tax: the trust's basis, with gain the trust recognized",
        ("IRC 2056A(b)(3)(B), (13)", "IRC 643(e)(1)"),
        f"{QDOT}.basis_after_exempt_payment",
    ),
    LawRule(
        "BAS-19",
        "The spouse's oath changes no basis",
        ("IRC 2056A(b)(12)",),
        f"{QDOT}.basis_after_naturalization",
    ),
    LawRule(
        "BAS-20",
        "A QDOT in QTIP form is stepped up at the spouse's death if the estate includes it",
        ("IRC 2044(c)", "IRC 1014(b)(9), (10)"),
        f"{DEATH}.qtip_qdot_in_estate",
        verification="partly",
        note="The situs of a trust's assets in a nonresident's estate is inferred.",
    ),
    LawRule(
        "BAS-21",
        "So is one under a general power, or that the spouse funded",
        ("IRC 1014(b)(2)-(4), (9)", "IRC 2036", "IRC 2038", "IRC 2041"),
        f"{DEATH}.other_qdot_in_estate",
    ),
    LawRule(
        "BAS-22",
        "A QDOT outside the spouse's estate: the law is silent, both readings are shown",
        ("IRC 1014(b)", "IRC 2056A(b)(1)(B), (10), (13)"),
        f"{DEATH}.qdot_outside_estate",
        verification="inferred",
        note="No rule was found; an attorney decides.",
    ),
    LawRule(
        "BAS-23",
        "A QDOT that ceases to qualify: the law is silent, both readings are shown",
        ("IRC 2056A(b)(4)",),
        f"{QDOT}.basis_after_cessation",
        verification="inferred",
        note="No rule was found; an attorney decides.",
    ),
    LawRule(
        "BAS-24",
        "Income in respect of a decedent is not stepped up; its 2056A tax is deducted when the income is taxed",
        ("IRC 1014(c)", "IRC 691(c)(2)(A)", "Treas. Reg. 20.2056A-6(a)"),
        f"{DEATH}.outside_income_in_respect",
    ),
    LawRule(
        "BAS-25",
        "A completed gift to a grantor trust is not stepped up at the giver's death",
        ("IRC 1014(b)", "IRC 1015", "Rev. Rul. 2023-2"),
        f"{DEATH}.grantor_trust_at_death",
        verification="partly",
        note="The ruling was read in a summary, not in its own text.",
    ),
    LawRule(
        "BAS-26",
        "A death benefit is cash and no income, unless the policy was bought",
        ("IRC 101(a)(1)-(2)",),
        f"{INSURANCE}.taxed_proceeds",
    ),
    LawRule(
        "BAS-27",
        "With a citizen spouse property outright or in a QTIP trust is stepped up at each death",
        ("IRC 1014(b)(1), (10)",),
        f"{DEATH}.citizen_spouse_property",
    ),
    LawRule(
        "EST-84",
        "Basis at the first death, and its bond to the value of the estate tax where the property raised that tax",
        ("IRC 1014(c), (f)", "IRC 6035"),
        f"{DEATH}.cap_applies",
    ),
    LawRule(
        "EST-85",
        "A taxed payment out of a QDOT counts as a gift for the basis, and its tax as gift tax",
        ("IRC 2056A(b)(13)", "Treas. Reg. 20.2056A-12", "IRC 1015(d)(6)", "Treas. Reg. 1.1015-5(c)(4)-(5)"),
        f"{QDOT}.counts_as_gift",
        verification="partly",
        note="Treas. Reg. 1.1015-5(c)(4)-(5) and its example were not found.",
    ),
)
