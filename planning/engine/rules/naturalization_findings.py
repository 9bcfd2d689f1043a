"""What naturalization asks staff to look at: each rule of the routes and of the estate tax link as a finding.

Answers are as the client gave them; nothing here advises on immigration.
"""

from __future__ import annotations

from collections.abc import Sequence

from planning.engine.finding import Finding, Severity, State
from planning.engine.rules.naturalization_routes import Absence, Route, continuity

LAWYER = "Ask an immigration lawyer before anything is filed."
DOCUMENTS = (
    "Which document shows it: certificate of naturalization or of citizenship, US passport, consular report of birth?"
)
SLOWER_SINCE_2025 = (
    "Reported since 2025: a longer civics test, neighborhood checks, and holds for some nationalities; "
    "processing times seen before may not hold"
)


def stated(
    rule: str,
    *,
    fired: bool | None,
    test: str,
    text: str,
    citations: tuple[str, ...],
    severity: Severity = "note",
    questions: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Finding:
    """Return a finding; `fired` None is undecided."""
    states: dict[bool | None, State] = {True: "fired", False: "not_fired", None: "undecided"}
    return Finding(rule, states[fired], severity, test, text, citations, questions=questions, missing=missing)


def route_finding(rule: str, route: Route | None, test: str, citations: tuple[str, ...]) -> Finding:
    """Return whether a route is open and from what day."""
    if route is None or route.opens_on is None:
        reason = "not this case" if route is None else route.reason
        return stated(rule, fired=False, test=test, text=f"Not open: {reason}", citations=citations)
    return stated(
        rule, fired=True, test=test, text=f"Opens on {route.opens_on.isoformat()}: {route.reason}", citations=citations
    )


def spouse_route_ends(*, alive: bool, decedent_is_citizen: bool) -> Finding:
    """Return that the three-year route lives only as long as the citizen. CIT-03."""
    return stated(
        "CIT-03",
        fired=decedent_is_citizen,
        test="Does the three-year route end with the citizen's death?",
        text="It has ended: the citizen died before the oath" if not alive else "It lives until the oath or the death",
        citations=("8 CFR 319.1(b)(2)(i)", "INA 319(a)"),
        severity="warn",
        questions=(LAWYER,) if not alive else (),
    )


def filed_early(*, as_of_is_early: bool) -> Finding:
    """Return that nothing may be filed before the ninety days. CIT-06."""
    return stated(
        "CIT-06",
        fired=as_of_is_early,
        test="Is it still too early to file?",
        text="A filing before the first day is denied" if as_of_is_early else "The first day to file has come",
        citations=("INA 334(a)", "8 CFR 334.2(b)"),
        severity="warn",
    )


def absences_finding(absences: Sequence[Absence] | None) -> Finding:
    """Return what absences do to continuous residence. CIT-07."""
    test = "Does an absence break continuous residence?"
    cites = ("INA 316(b)-(c)", "8 CFR 316.5(c)")
    if absences is None:
        return stated(
            "CIT-07", fired=None, test=test, text="Absences are not known", citations=cites, missing=("absences",)
        )
    found = [continuity(absence) for absence in absences]
    if "broken" in found:
        return stated(
            "CIT-07",
            fired=True,
            test=test,
            text="Broken by an absence of a year or more",
            citations=cites,
            severity="stop",
        )
    if "presumed_broken" in found:
        text = "An absence of more than six months: residence must be shown not to be given up"
        return stated("CIT-07", fired=True, test=test, text=text, citations=cites, severity="warn", questions=(LAWYER,))
    return stated("CIT-07", fired=False, test=test, text="No absence of more than six months", citations=cites)


def no_permanent_residence(*, has_it: bool, widowed: bool) -> Finding:
    """Return that without permanent residence citizenship does not come in time. CIT-08."""
    text = "Not feasible in time without permanent residence"
    if widowed:
        text += "; a widow or widower of a citizen may petition within two years, too late for the return"
    return stated(
        "CIT-08",
        fired=not has_it,
        test="Is permanent residence missing?",
        text="Permanent residence is held" if has_it else text,
        citations=("INA 201(b)(2)(A)(i)", "INA 204(a)(1)(A)(ii)"),
        severity="stop",
    )


def already_citizen(*, is_citizen: bool | None) -> Finding:
    """Return whether the spouse may be a citizen already. CIT-09."""
    return stated(
        "CIT-09",
        fired=is_citizen,
        test="Is the spouse a US citizen already?",
        text="A citizen as stated"
        if is_citizen
        else "Ask about birth here, a US parent, and a parent's naturalization",
        citations=("INA 301", "INA 308", "INA 309", "INA 320"),
        questions=("A national born in American Samoa or on Swains Island is not a citizen: is that the case?",),
    )


def oath_hastened(*, gravely_ill: bool | None) -> Finding:
    """Return whether an expedited oath can be asked for. CIT-10."""
    return stated(
        "CIT-10",
        fired=gravely_ill,
        test="Is there cause for an expedited oath?",
        text="Serious illness in the family is cause: ask once the application is approved"
        if gravely_ill
        else "Citizenship begins with the oath, not with the approval",
        citations=("INA 337(a)", "INA 337(c)"),
    )


def documents_finding() -> Finding:
    """Return what staff must see; the product keeps no copies. CIT-11."""
    return stated(
        "CIT-11",
        fired=True,
        test="Must a document of citizenship be seen?",
        text="Staff note number, date and office; immigration papers are not collected",
        citations=("8 CFR 338.1",),
        questions=(DOCUMENTS,),
    )


def processing_finding(months: str, as_of: str, source: str) -> Finding:
    """Return that processing times are a dated, secondary source. CIT-12."""
    return stated(
        "CIT-12",
        fired=True,
        test="On which processing times do the dates rest?",
        text=f"{months} months, as of {as_of}, from {source}; a secondary source, to be looked up again",
        citations=("8 CFR 335.3",),
        severity="warn",
    )


def slow_downs() -> Finding:
    """Return that practice has slowed since 2025; no list of countries is kept. CIT-13."""
    return stated(
        "CIT-13",
        fired=True,
        test="Could practice since 2025 delay the oath?",
        text=SLOWER_SINCE_2025,
        citations=("INA 312", "INA 335(a)"),
        questions=("Is there a hold for the spouse's nationality? " + LAWYER,),
    )


def lifelong_duties() -> Finding:
    """Return what citizenship brings for life. CIT-28."""
    return stated(
        "CIT-28",
        fired=True,
        test="What comes with citizenship?",
        text="Deductions without limit; a worldwide estate tax for life; giving it up has a tax of its own",
        citations=("IRC 2001(a)", "IRC 2523(a)", "IRC 877A(g)"),
    )


def generic_warnings() -> list[str]:
    """Return what staff tell whoever considers naturalization."""
    return [
        "Some countries take their citizenship back, or change rights of property and inheritance there.",
        "The application opens the whole immigration and criminal history.",
        "Leaving for good, or giving up a green card held eight of fifteen years, can have a tax of its own.",
        "A citizen's property abroad is in the estate too.",
        "Never vote before the oath.",
        "Answers are as given; staff see the certificate before a plan relies on citizenship.",
    ]


def residence_finding(*, throughout: bool | None) -> Finding:
    """Return whether the spouse was domiciled here at all times since the death. CIT-24."""
    text = {
        True: "Resident at all times, as stated",
        False: "A gap in residence since the death: only a QDOT is left",
        None: "Residence since the death is not known",
    }
    return stated(
        "CIT-24",
        fired=None if throughout is None else not throughout,
        test="Is there a gap in domicile between the death and the oath?",
        text=text[throughout],
        citations=("IRC 2056(d)(4)(B)", "Treas. Reg. 20.0-1(b)(1)", "Treas. Reg. 20.2056A-1(b)"),
        severity="stop",
        missing=("spouse_us_domiciled_throughout",) if throughout is None else (),
    )
