"""The estate tax of a citizen or resident: rates, credit, deductions, returns."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

R = "planning.engine.rules"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-01",
        "The rate schedule of the day of death, with the additional 5% of 1988 to 2001",
        ("IRC 2001(c)", "P.L. 100-203 sec. 10401", "P.L. 105-34 sec. 501(a)", "P.L. 107-16 sec. 511"),
        f"{R}.s2001_estate_tax.tentative_tax",
        verification="partly",
        note="Every schedule of an estate is verified. The bound of 17,184,000 for 1998 to 2001 is verified; the words "
        "of P.L. 105-34 on it were not read, P.L. 105-206 sec. 6007(a) leaves it alone and P.L. 107-16 sec. 511(b) "
        "ends it. The gift schedules of 1977-1981 and 1983 are read at both ends, their middle rows follow from "
        "continuity. The upper end of the additional 5% for a nonresident is inferred and warned about.",
    ),
    LawRule(
        "EST-02",
        "The credit is the tax on the applicable exclusion, cut for an exemption used late in 1976",
        ("IRC 2010(a)-(c)", "IRC 2010(d)", "United States v. Hemme, 476 U.S. 558 (1986)"),
        f"{R}.s2010_unified_credit.applicable_credit_amount",
    ),
    LawRule(
        "EST-03",
        "Tax on estate and gifts together, less the gift tax payable on those gifts, less the credits",
        ("IRC 2001(b)", "IRC 2001(g)(1)"),
        f"{R}.s2001_estate_tax.less_gift_tax",
        verification="partly",
        note="For deaths before 2010 it is not verified which credit figures enter the gift tax payable: they are "
        "worked out at the rates of the day of death, and the answer warns.",
    ),
    LawRule(
        "EST-07",
        "State death tax actually paid is deducted for deaths from 2005; a tax on the federal base is settled with it",
        ("IRC 2058", "P.L. 107-16 sec. 532(b)"),
        f"{R}.s2058_state_death_tax.deductible_state_death_tax",
    ),
    LawRule(
        "EST-08",
        "Credit for foreign death taxes, country by country, at most the US tax on the same property",
        ("IRC 2014", "Treas. Reg. 20.2014-1 to -4"),
        f"{R}.s2014_foreign_death_tax_credit.foreign_death_tax_credit",
    ),
    LawRule(
        "EST-12",
        "Form 706 is due above the exclusion of the year, less gifts and the exemption of 1976",
        ("IRC 6018(a)(1), (3)",),
        f"{R}.s6018_estate_return.form_706_required",
    ),
    LawRule(
        "EST-13",
        "A QDOT is needed for the federal tax only where tax falls due without one",
        ("IRC 2001(b)", "IRC 2010(c)", "IRC 2056(d)(1)-(2)"),
        f"{R}.qdot_need.qdot_need",
    ),
    LawRule(
        "GFT-36",
        "What gifts used of a larger exclusion is not taken back by a smaller one at death",
        ("Treas. Reg. 20.2010-1(c)", "T.D. 9884", "IRC 2001(g)(2)"),
        f"{R}.s2010_unified_credit.exclusion_not_taken_back",
        verification="partly",
        note="Several accounts of T.D. 9884 confirm the rule, 25.2505-2(b) that DSUE is used first. The rules "
        "proposed in 2022 for gifts that come back into the estate are not final and only asked about.",
    ),
    LawRule(
        "GFT-37",
        "Since 2026 no fall of the exclusion stands in the law",
        ("P.L. 119-21 sec. 70106", "IRC 2010(c)(3)"),
        f"{R}.s2010c_lower_exclusion.fall_stands_in_the_law",
    ),
)
