"""Naturalization, and what it changes for the estate tax."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

ROUTES = "planning.engine.rules.naturalization_routes"
FINDINGS = "planning.engine.rules.naturalization_findings"
BEFORE_RETURN = "planning.engine.rules.s2056d4_citizenship_before_return"
RULES: tuple[LawRule, ...] = (
    LawRule(
        "CIT-01",
        "The general route: five years of permanent residence",
        (
            "INA 316(a)",
            "8 CFR 316.2",
        ),
        f"{ROUTES}.general_route",
        verification="partly",
        note="The count of 913 days of presence is a way of counting 30 months.",
    ),
    LawRule(
        "CIT-02",
        "The route of a citizen's spouse: three years in marital union",
        (
            "INA 319(a)",
            "8 CFR 319.1(a)",
        ),
        f"{ROUTES}.spouse_route",
    ),
    LawRule(
        "CIT-03",
        "The spouse route ends with the citizen's death before the oath",
        ("8 CFR 319.1(b)(2)(i)",),
        f"{ROUTES}.spouse_route_end",
        verification="partly",
        note="8 CFR 319.1(b) was seen only as quoted elsewhere; a pending case that also meets the five years is left "
        "to the immigration lawyer.",
    ),
    LawRule(
        "CIT-04",
        "The spouse of a citizen stationed abroad needs no period of residence",
        (
            "INA 319(b)",
            "8 CFR 319.2",
        ),
        f"{ROUTES}.stationed_abroad_route",
        verification="partly",
        note="The statute and the policy manual of USCIS were read; 8 CFR 319.2 as the manual cites it.",
    ),
    LawRule(
        "CIT-05",
        "The surviving spouse of a citizen who died in service needs no period",
        (
            "INA 319(d)",
            "8 CFR 319.3",
        ),
        f"{ROUTES}.service_member_route",
        verification="partly",
        note="The statute was read, and in the policy manual of USCIS; 8 CFR 319.3 was not.",
    ),
    LawRule(
        "CIT-06",
        "Filing may come ninety days before the residence is complete, never sooner",
        (
            "INA 334(a)",
            "8 CFR 334.2(b)",
        ),
        f"{ROUTES}.earliest_filing",
    ),
    LawRule(
        "CIT-07",
        "Long absences break continuous residence; when it starts again",
        (
            "INA 316(b)-(c)",
            "8 CFR 316.5(c)",
        ),
        f"{ROUTES}.continuity",
        verification="partly",
        note="8 CFR 316.5(c)(1)(ii) was read as quoted elsewhere; that residence given up in a shorter absence begins "
        "again on the same day is inferred.",
    ),
    LawRule(
        "CIT-08",
        "Without permanent residence citizenship does not come in time",
        (
            "INA 201(b)(2)(A)(i)",
            "INA 204(a)(1)(A)(ii)",
        ),
        f"{FINDINGS}.no_permanent_residence",
        kind="finding",
    ),
    LawRule(
        "CIT-09",
        "The spouse may be a citizen already",
        (
            "INA 301",
            "INA 308",
            "INA 309",
            "INA 320",
        ),
        f"{FINDINGS}.already_citizen",
        kind="finding",
        verification="partly",
        note="INA 309 and 320 from memory.",
    ),
    LawRule(
        "CIT-10",
        "Citizenship begins with the oath, which can be hastened for cause",
        (
            "INA 337(a)",
            "INA 337(c)",
        ),
        f"{FINDINGS}.oath_hastened",
        kind="finding",
    ),
    LawRule(
        "CIT-11",
        "What staff must see; no papers are kept",
        ("8 CFR 338.1",),
        f"{FINDINGS}.documents_finding",
        kind="out_of_scope",
        verification="inferred",
        note="A rule of the house: immigration papers are not collected.",
    ),
    LawRule(
        "CIT-12",
        "Processing times are dated settings from secondary sources",
        ("8 CFR 335.3",),
        f"{FINDINGS}.processing_finding",
        verification="unverified",
        note="The months are secondary; every answer prints their date and source.",
    ),
    LawRule(
        "CIT-13",
        "Practice has slowed since 2025; no list of countries is kept",
        (
            "INA 312",
            "INA 335(a)",
        ),
        f"{FINDINGS}.slow_downs",
        kind="out_of_scope",
        verification="unverified",
        note="Reported in the press; its content is out of scope.",
    ),
    LawRule(
        "CIT-20",
        "Citizen before the return is made, resident at all times: the ordinary deduction",
        (
            "IRC 2056(d)(4)",
            "Treas. Reg. 20.2056A-1(b)",
        ),
        f"{BEFORE_RETURN}.oath_before_return",
    ),
    LawRule(
        "CIT-21",
        "When a return counts as made",
        (
            "IRC 2056(d)(4)(A)",
            "Treas. Reg. 20.2056A-1(b)",
        ),
        f"{BEFORE_RETURN}.return_made_on",
    ),
    LawRule(
        "CIT-22",
        "Six months more to file, none to pay",
        (
            "IRC 6075(a)",
            "IRC 6081(a)",
            "IRC 6151(a)",
        ),
        f"{BEFORE_RETURN}.payment_due",
    ),
    LawRule(
        "CIT-23",
        "Waiting for citizenship with a late return costs the late-filing penalty",
        (
            "IRC 6651(a)(1)",
            "Estate of Liftin v. United States, 754 F.3d 975 (Fed. Cir. 2014)",
        ),
        f"{BEFORE_RETURN}.late_filing_penalty",
    ),
    LawRule(
        "CIT-24",
        "Resident means domiciled, at all times since the death",
        (
            "IRC 2056(d)(4)(B)",
            "Treas. Reg. 20.0-1(b)(1)",
        ),
        f"{BEFORE_RETURN}.resident_throughout",
    ),
    LawRule(
        "CIT-25",
        "Citizenship after a QDOT: three ways to end its tax",
        (
            "IRC 2056A(b)(12)",
            "Treas. Reg. 20.2056A-10",
        ),
        "planning.engine.rules.s2056a_spouse_becomes_citizen.condition_met",
        verification="partly",
        note="The text of Treas. Reg. 20.2056A-10 was not found.",
    ),
    LawRule(
        "CIT-26",
        "After the oath a ruling may waive a conveyance still open",
        (
            "Treas. Reg. 301.9100-1",
            "LTR 202332013",
        ),
        f"{BEFORE_RETURN}.ruling_may_waive_conveyance",
        kind="finding",
        verification="partly",
        note="The letter ruling was read in a summary.",
    ),
    LawRule(
        "CIT-27",
        "Unused exclusion from the day of naturalization",
        (
            "Treas. Reg. 20.2010-3(c)(2)-(3)",
            "Treas. Reg. 25.2505-2(d)",
        ),
        "planning.engine.rules.s2010c_dsue.waits_for_final_event",
        verification="partly",
        note="20.2010-2(c)(4) was read only through its 2012 example.",
    ),
    LawRule(
        "CIT-28",
        "What citizenship brings for life",
        (
            "IRC 2001(a)",
            "IRC 2523(a)",
            "IRC 877A(g)",
        ),
        f"{FINDINGS}.lifelong_duties",
        kind="finding",
        verification="partly",
        note="Report duties from memory.",
    ),
    LawRule(
        "EST-22",
        "A spouse naturalized before the return, resident throughout, counts as a citizen",
        (
            "IRC 2056(d)(4)",
            "Treas. Reg. 20.2056A-1(b)",
            "Treas. Reg. 20.2056A-8(b)",
        ),
        f"{BEFORE_RETURN}.citizenship_before_return",
    ),
)
