"""Estate and inheritance taxes of the states, and a noncitizen spouse before them."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

FINDINGS = "planning.engine.rules.state_findings"
SPOUSE = "planning.engine.rules.state_noncitizen_spouse"
RULES: tuple[LawRule, ...] = (
    LawRule(
        "STA-01",
        "The law of a state is that of the day of death, to the day",
        ("RCW 83.100.020", "M.G.L. c. 65C s. 2A", "N.Y. Tax Law 951(b)"),
        "planning.engine.state_law.StateBook.estate_tax",
        verification="partly",
        note="Acts of sessions after July 2026 were not checked.",
    ),
    LawRule(
        "STA-02",
        "Illinois, Maryland, Massachusetts and Rhode Island read the credit table at the taxable estate less 60,000",
        ("IRC 2011(b)", "M.G.L. c. 65C s. 2A", "R.I. Gen. Laws 44-22-1.1", "Md. Code, Tax-Gen. 7-309(b)"),
        "planning.engine.rules.state_credit_table.credit_table_tax",
        verification="partly",
        note="Rhode Island's credits of 2025 and 2026 are worked back from its published thresholds.",
    ),
    LawRule(
        "STA-03",
        "Illinois takes the smaller of two taxes, each on what the tax itself leaves",
        ("35 ILCS 405/2(b)",),
        "planning.engine.rules.state_interrelated.rate_limb",
        verification="partly",
        note="The 40% limb is inferred from the published marginal rate of about 28%.",
    ),
    LawRule(
        "STA-04",
        "New York's credit is the tax on an amount that shrinks to nothing at 105% of the exclusion",
        ("N.Y. Tax Law 952(c)(1)",),
        "planning.engine.rules.state_shrinking_credit.amount_credited",
    ),
    LawRule(
        "STA-05",
        "The gap between a state's exclusion and the federal one goes into a trust for the spouse",
        ("IRC 2010(c)", "IRC 2056(b)(7)", "IRC 2056A"),
        f"{FINDINGS}.gap_of",
    ),
    LawRule(
        "STA-06",
        "Every state's base carries section 2056(d); a QDOT election for the state alone where it is known",
        ("IRC 2056(d)(1)", "RCW 83.100.047(1)(a)", "N.Y. Tax Law 955", "M.G.L. c. 65C s. 2A", "ORS 118.013"),
        f"{SPOUSE}.binds_section_2056d",
        verification="partly",
        note="Illinois, Maine and Vermont inferred; whether an election for the state alone is taken is open in the "
        "District and eight states, where both results are shown.",
    ),
    LawRule(
        "STA-06a",
        "New York asked for no QDOT without a federal return, in deaths before July 1, 2025",
        ("N.Y. Tax Law 951(b)", "N.Y. Laws 2013, ch. 538", "N.Y. Laws 2022, ch. 357"),
        f"{SPOUSE}.qdot_waived",
        verification="partly",
        note="No act that revives the waiver was known on January 7, 2026; the firm enters one with its citation.",
    ),
    LawRule(
        "STA-07",
        "Does a state tax what leaves a QDOT, or its end?",
        ("Assembly memo A6556-A (2013)", "RCW 83.100.047"),
        f"{FINDINGS}.qdot_events_finding",
        kind="finding",
        verification="unverified",
        note="New York does not (verified); Washington inferred; of the others no charging provision is known.",
    ),
    LawRule(
        "STA-08",
        "The state of domicile taxes all but land and things elsewhere, each other state those that lie in it",
        ("N.Y. Tax Law 954", "N.Y. Tax Law 960", "RCW 83.100.040(3)", "ORS 118.010"),
        "planning.engine.rules.state_shares.fraction",
        verification="partly",
        note="The fractions follow the returns of the states; intangibles with a business situs are not treated.",
    ),
    LawRule(
        "STA-09",
        "State tax comes off the federal estate, and the two are settled to the cent",
        ("IRC 2058(a)", "IRC 2056(b)(4)"),
        "planning.engine.rules.state_settling.settled_tax",
    ),
    LawRule(
        "STA-10",
        "A result that rests on a rule no primary source settles says so",
        ("house rule",),
        f"{FINDINGS}.not_verified_finding",
        kind="finding",
    ),
    LawRule(
        "STA-11",
        "A federal return may be filed to make the QDOT election that a state leaves open",
        ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3"),
        f"{FINDINGS}.federal_return_finding",
        kind="finding",
        verification="inferred",
        note="That a return filed only to elect brings the duties of a QDOT with it is inferred.",
    ),
)
