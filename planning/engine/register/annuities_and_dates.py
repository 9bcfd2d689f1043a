"""Annuities that cannot be assigned, valuation by section 7520, and dates."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-47",
        "Retirement plans and annuities: what can be assigned to a QDOT, and what counts as not assignable",
        ("Treas. Reg. 20.2056A-4(b)(7)", "Treas. Reg. 20.2056A-4(c)(1)", "IRC 401(a)(13)", "IRC 408(b)(1)"),
        "planning.engine.rules.s2056a_nonassignable_annuity.nonassignable",
    ),
    LawRule(
        "EST-48",
        "Annuity that cannot be assigned: deducted under an agreement to pay the tax on, or roll over, its corpus",
        ("IRC 2056A(e)", "Treas. Reg. 20.2056A-4(c)", "Treas. Reg. 20.2056A-4(d)(4)", "IRC 7520"),
        "planning.engine.rules.s2056a_nonassignable_annuity.qualifies",
        verification="partly",
        note="Read in the regulation: paragraph (c) and example 4 with its printed results, the age at the nearest "
        "birthday, payments at the start of a period, terminal illness and limited funds. Table 80CNSMT agrees with "
        "the U.S. Life Tables 1979-81 at every age. Not verified: rates before 1996 but those of four "
        "rulings, a choice of table in May and June of 1999 and 2009, and the month whose rate values the payments "
        "left after a breach; each shows as unverified.",
    ),
    LawRule(
        "EST-69",
        "When Form 706-QDT and the tax are due, and how far filing and payment can be extended",
        ("IRC 2056A(b)(5)", "IRC 6081(a)", "IRC 6161(a)", "Treas. Reg. 20.2056A-11"),
        "planning.engine.rules.s2056a_tax_dates.tax_on_distributions",
    ),
)
