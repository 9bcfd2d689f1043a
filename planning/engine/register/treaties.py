"""Treaties: which to look at, the reliefs for the spouse beside a QDOT, the share of the credit."""

from __future__ import annotations

from planning.engine.register.entry import LawRule

R = "planning.engine.rules"
NOT_READ = (
    "Canada's article was read whole, the persons of France's in the report of the Senate of France; France's waiver "
    "and Germany's conditions were not read, and answers say so."
)

RULES: tuple[LawRule, ...] = (
    LawRule(
        "TRY-01",
        "A citizenship, domicile or residence in one of sixteen countries calls for the treaty, never applied unasked",
        ("Estate and gift tax treaties in force",),
        f"{R}.treaty_findings.review_finding",
        kind="finding",
        verification="partly",
        note="Treaties in force by the IRS list as of July 2, 2014; later changes were not looked for.",
    ),
    LawRule(
        "TRY-02",
        "Canada credits, France and Germany deduct what passes to a spouse who is no citizen: the most that shelters",
        (
            "Convention with Canada art. XXIX-B(3)-(4)",
            "Treaty with France art. 11(3)",
            "Treaty with Germany art. 10(6)",
        ),
        f"{R}.treaty_totals.sheltered_total",
        verification="partly",
        note=NOT_READ,
    ),
    LawRule(
        "TRY-03",
        "No tax at the first death up to that total; above it the tax now against a QDOT's deferral",
        ("P.L. 101-239 sec. 7815(d)(14)", "Treas. Reg. 20.2056A-1(c)"),
        f"{R}.treaty_totals.no_tax_now",
        verification="partly",
        note=NOT_READ,
    ),
    LawRule(
        "TRY-04",
        "A decedent abroad has the 13,000, or the share of the unified credit of ten treaties",
        ("IRC 2102(b)(1)", "IRC 2102(b)(3)", "Estate of Burghardt, 80 T.C. 705 (1983)"),
        f"{R}.treaty_pro_rata_credit.prorates",
    ),
    LawRule(
        "TRY-05",
        "A position under a treaty is stated with the return; the election gives up the QDOT",
        ("Form 706 instructions, schedule P", "IRC 6114"),
        f"{R}.treaty_findings.disclosure_finding",
        kind="finding",
        verification="partly",
        note="That a statement may be required was read; which one is for the attorney, and so is the waiver's reach.",
    ),
    LawRule(
        "TRY-06",
        "A treaty may relieve a gift to the spouse only where it covers gifts; Canada's does not",
        ("Treaties with Australia, Austria, Denmark, France, Germany, Japan and the United Kingdom",),
        f"{R}.treaty_findings.gift_finding",
        kind="finding",
        verification="unverified",
        note="Which treaties cover gifts is known; what they give the spouse was not read.",
    ),
    LawRule(
        "TRY-07",
        "Austria and Denmark keep every deduction of domestic law, so a QDOT stays possible beside the treaty",
        ("Treaty with Austria art. 1(2)", "Treaty with Denmark art. 1(2)"),
        f"{R}.treaty_findings.domestic_law_finding",
        kind="finding",
    ),
)
