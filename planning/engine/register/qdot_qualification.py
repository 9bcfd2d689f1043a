"""What makes a trust a QDOT and keeps it one."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

HOME = "planning.engine.rules"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-30",
        "The eight gates of a QDOT, with the relief of old instruments",
        ("IRC 2056A(a)", "Treas. Reg. 20.2056A-2(a)-(d)", "P.L. 105-34 sec. 1303"),
        f"{HOME}.s2056a_gates.qualifies",
        verification="partly",
        note="Of the relief for instruments before 1990-11-05 the statute was read from 'if the trust instrument "
        "requires' on; it is section 1303 of P.L. 105-34, which the answer asks an attorney to confirm.",
    ),
    LawRule(
        "EST-31",
        "The marital form a QDOT funded by the decedent takes",
        ("Treas. Reg. 20.2056A-2(b)(1)", "IRC 2056(b)(5), (7), (8)", "Treas. Reg. 20.2056(c)-2(b)(1)(i)-(iii)"),
        f"{HOME}.s2056_marital_form.marital_form_met",
    ),
    LawRule(
        "EST-32",
        "The 2,000,000 test: all QDOTs together, debt not deducted, residence exclusion deducted",
        ("Treas. Reg. 20.2056A-2(d)(1)(i)", "Treas. Reg. 20.2056A-2(d)(1)(ii)(A)"),
        f"{HOME}.s2056a_security.over_two_million",
        note="That QDOTs count together is written for trusts of 2,000,000 or less and applied to both sides.",
    ),
    LawRule(
        "EST-33",
        "Bank trustee, bond or letter of credit: amount, terms, notices and filing",
        ("Treas. Reg. 20.2056A-2(d)(1)(i)(A)-(C)", "T.D. 10050, 91 FR 42659"),
        f"{HOME}.s2056a_security.is_operative",
    ),
    LawRule(
        "EST-34",
        "At most 35% foreign real property in a QDOT without security, and the year to cure an excess",
        ("Treas. Reg. 20.2056A-2(d)(1)(ii)", "Treas. Reg. 20.2056A-2(d)(1)(ii)(D)"),
        f"{HOME}.s2056a_foreign_property.limit_exceeded",
    ),
    LawRule(
        "EST-35",
        "Up to 600,000 of the spouse's residence left out, and what a sale does to that",
        ("Treas. Reg. 20.2056A-2(d)(1)(iv)",),
        f"{HOME}.s2056a_residence.value_of_residences",
        note="When an exclusion ceases after a sale without reinvestment is not said; both days are shown.",
    ),
    LawRule(
        "EST-36",
        "Entities with few owners are looked through for the 35% test",
        ("Treas. Reg. 20.2056A-2(d)(1)(ii)(B)", "Treas. Reg. 20.2056A-2(d)(1)(ii)(C)"),
        f"{HOME}.s2056a_foreign_property.look_through_applies",
    ),
    LawRule(
        "EST-37",
        "The yearly statement of the US Trustee on Form 706-QDT",
        ("Treas. Reg. 20.2056A-2(d)(3)",),
        f"{HOME}.s2056a_annual_statement.statement_required",
    ),
    LawRule(
        "EST-38",
        "What a low reported value costs, when a value is final, and the anti-abuse rule",
        (
            "Treas. Reg. 20.2056A-2(d)(1)(i)(D)",
            "Treas. Reg. 20.2056A-2(d)(1)(iii)",
            "Treas. Reg. 20.2056A-2(d)(1)(v)",
            "T.D. 10050, 91 FR 42659",
        ),
        f"{HOME}.s2056a_final_value.deduction_lost",
    ),
    LawRule(
        "EST-39",
        "Whether a QDOT still qualifies, is to be cured by a day, or has ceased and is taxed at its value",
        ("IRC 2056A(b)(4)", "Treas. Reg. 20.2056A-5(b)(3)"),
        f"{HOME}.s2056a_monitor.watch",
        verification="inferred",
        note="No text names the day on which a trust ceases whose excess was not cured: the end of the year of grace "
        "is taken, with a warning.",
    ),
    LawRule(
        "EST-82",
        "The court and control tests of a domestic trust, which are no gates of a QDOT",
        ("IRC 7701(a)(30)(E)", "IRC 7701(a)(31)(B)", "Treas. Reg. 301.7701-7"),
        f"{HOME}.s7701_domestic_trust.is_domestic",
        verification="partly",
        note="The two tests and the 12 months were read in the regulation; what a foreign trust then owes was not.",
    ),
)
