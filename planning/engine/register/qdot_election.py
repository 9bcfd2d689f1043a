"""Ways into a QDOT, its election, hardship, and citizenship afterwards."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

REFORM = "planning.engine.rules.s2056a_reformation"
TRANSFERS = "planning.engine.rules.s2056_d2_transfers"
ELECTION = "planning.engine.rules.s2056a_election"

RULES: tuple[LawRule, ...] = (
    LawRule(
        "EST-40",
        "A trust in a will or living trust that is a QDOT when the return is made",
        ("IRC 2056(d)(2)(A)", "Treas. Reg. 20.2056A-2(b)(1)"),
        f"{REFORM}.passes_in_qdot",
    ),
    LawRule(
        "EST-41",
        "A trust reformed under its own terms before the return counts as filed",
        ("Treas. Reg. 20.2056A-4(a)(1)",),
        f"{REFORM}.reformed_in_time",
    ),
    LawRule(
        "EST-42",
        "A trust reformed by a court that was asked by the return's due date",
        ("IRC 2056(d)(5)", "Treas. Reg. 20.2056A-4(a)(2)"),
        f"{REFORM}.commenced_in_time",
    ),
    LawRule(
        "EST-43",
        "The spouse transfers or assigns to a QDOT, counted from the actual filing",
        ("IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)"),
        f"{TRANSFERS}.transferred_in_time",
    ),
    LawRule(
        "EST-44",
        "What may be assigned, and the form and clauses of an assignment",
        ("Treas. Reg. 20.2056A-4(b)(2)", "Treas. Reg. 20.2056A-4(b)(3)", "Treas. Reg. 20.2056A-4(b)(4)"),
        f"{TRANSFERS}.eligible_property",
    ),
    LawRule(
        "EST-45",
        "Assigned property is conveyed before the administration ends, or within a year of the due date",
        ("Treas. Reg. 20.2056A-4(b)(6)",),
        f"{TRANSFERS}.conveyed_in_time",
    ),
    LawRule(
        "EST-46",
        "The spouse as transferor: gift of the remainder, GST, and the power that keeps the gift open",
        ("Treas. Reg. 20.2056A-4(b)(5)", "Treas. Reg. 20.2056A-4(d) Examples 1 and 5", "IRC 2518(c)(3)"),
        f"{TRANSFERS}.remainder_given_now",
    ),
    LawRule(
        "EST-50",
        "The election is made on the last return in time, or on the first late one within a year",
        ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)"),
        f"{ELECTION}.within_the_bar",
        note="Whether IRC 7503 moves the one-year bar is not settled: the days in between are left to the attorney.",
    ),
    LawRule(
        "EST-51",
        "A whole trust or none, unless severed before; never taken back",
        ("IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)-(b)"),
        f"{ELECTION}.whole_trust_elected",
        note="For a first return filed late the severance is measured against its own day: inferred.",
        verification="partly",
    ),
    LawRule(
        "EST-52",
        "A protective election or assignment takes a bona fide issue and a signed, specific statement",
        ("Treas. Reg. 20.2056A-3(c)", "Treas. Reg. 20.2056A-4(b)(8)"),
        f"{ELECTION}.protective_statement_holds",
    ),
    LawRule(
        "EST-53",
        "The election is made by listing and deducting the trust on Schedule M, with its papers",
        ("IRC 2056A(a)(3)", "Treas. Reg. 20.2056A-3(d)", "Form 706 instructions, Schedule M"),
        f"{ELECTION}.election_presumed_made",
        verification="partly",
        note="Read in the form instructions; the text of Treas. Reg. 20.2056A-3(d) was not found.",
    ),
    LawRule(
        "EST-64",
        "Payments without tax: income, hardship, expenses, other taxes, sales, income tax reimbursed",
        ("IRC 2056A(b)(3)", "IRC 2056A(b)(15)", "Treas. Reg. 20.2056A-5(c)"),
        "planning.engine.rules.s2056a_exempt_payments.need_counts",
        verification="partly",
        note="Read in the regulation. Inferred: cash and marketable bonds as available sources, a part exempt where "
        "other sources meet a part of the need, and a source of unstated value taken as enough.",
    ),
    LawRule(
        "EST-68",
        "The spouse becomes a citizen: three ways to end the tax, the notice, and the price of the election",
        ("IRC 2056A(b)(12)", "Treas. Reg. 20.2056A-10"),
        "planning.engine.rules.s2056a_spouse_becomes_citizen.condition_met",
        verification="partly",
        note="The statute was read; the text of Treas. Reg. 20.2056A-10 was not found, its notice only as letter "
        "rulings state it (LTR 202202006, LTR 202332013). Whether credit against a distribution it covered whole "
        "counts is left to the attorney.",
    ),
)
