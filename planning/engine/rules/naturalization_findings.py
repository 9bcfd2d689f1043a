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


def spouse_route_ends(*, end: str | None, decedent_is_citizen: bool, battered: bool) -> Finding:
    """Return that the three-year route lives only as long as the marriage to a living citizen. CIT-03."""
    if battered:
        text = "It does not depend on the citizen: permanent residence rests on battery or cruelty"
    elif end is None:
        text = "It lives until the oath, the death, a divorce or the loss of citizenship, whichever is first"
    else:
        text = f"It has ended with {end}; a marriage to another citizen does not bring it back"
    return stated(
        "CIT-03",
        fired=decedent_is_citizen and not battered,
        test="Does the three-year route end with the citizen's death, a divorce or the loss of citizenship?",
        text=text,
        citations=("8 CFR 319.1(b)(2)(i)", "INA 319(a)"),
        severity="warn",
        questions=() if end is None else (LAWYER,),
    )


def pending_application(*, filed_on: str, goes_on: str | None) -> Finding:
    """Return what becomes of an application already filed; `goes_on` names its route, None: it fails. CIT-06."""
    return stated(
        "CIT-06",
        fired=goes_on is None,
        test="Was an application filed under a route that was open on its day?",
        text=f"Filed on {filed_on}: it fails, and a new one is filed"
        if goes_on is None
        else f"Filed on {filed_on}: it goes on under the route {goes_on}",
        citations=("INA 334(a)", "8 CFR 319.1(b)(2)(i)"),
        severity="warn",
        questions=(LAWYER,),
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
    """Return what the absences of the last five years do to continuous residence; None: not known. CIT-07."""
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
            text="Broken by an absence: the periods begin again with the return",
            citations=cites,
            severity="stop",
        )
    if "presumed_broken" in found:
        text = "An absence of more than six months: residence must be shown not to be given up"
        return stated("CIT-07", fired=True, test=test, text=text, citations=cites, severity="warn", questions=(LAWYER,))
    return stated("CIT-07", fired=False, test=test, text="No absence that breaks it", citations=cites)


def no_permanent_residence(*, has_it: bool, widowed: bool, stationed_abroad: bool) -> Finding:
    """Return that without permanent residence citizenship does not come in time. CIT-08."""
    questions: tuple[str, ...] = ()
    if has_it:
        text = "Permanent residence is held"
    elif widowed:
        text = (
            "Not feasible in time without permanent residence; a widow or widower of a citizen may petition "
            "within two years, too late for the return"
        )
        questions = ("Is the widow or widower neither separated by law at the death nor married again?",)
    elif stationed_abroad:
        text = "Permanent residence first; then the route of a citizen stationed abroad asks no period"
        questions = (LAWYER,)
    else:
        text = "Not feasible in time without permanent residence"
    return stated(
        "CIT-08",
        fired=not has_it,
        test="Is permanent residence missing?",
        text=text,
        citations=("INA 201(b)(2)(A)(i)", "INA 204(a)(1)(A)(ii)"),
        severity="stop",
        questions=questions,
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
        text="Serious illness in the family, disability, great age or urgent travel is cause: ask once it is approved"
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


def slow_downs(*, hold: bool | None) -> Finding:
    """Return that practice has slowed since 2025; no list of countries is kept. CIT-13."""
    asked = "Is there a hold for the spouse's nationality? " + LAWYER
    return stated(
        "CIT-13",
        fired=True,
        test="Could practice since 2025 delay the oath?",
        text="A hold for the spouse's nationality is stated: no date can be counted on" if hold else SLOWER_SINCE_2025,
        citations=("INA 312", "INA 335(a)"),
        severity="warn" if hold else "note",
        questions=(LAWYER if hold else asked,),
    )


def oath_before_return(*, oath_base: str, last_due: str, in_time: bool) -> Finding:
    """Return whether the expected oath comes before the last due date of the return. CIT-20."""
    return Finding(
        "CIT-20",
        "fired" if in_time else "not_fired",
        "note",
        "Is the oath expected before the day the return is due with its extension?",
        "Expected in time: the ordinary marital deduction, if resident at all times; a QDOT clause stays the fallback"
        if in_time
        else "Not expected in time: a QDOT, whose tax ends with citizenship later",
        ("IRC 2056(d)(4)", "Treas. Reg. 20.2056A-1(b)", "IRC 2056A(b)(12)"),
        measured=oath_base,
        threshold=last_due,
        form="Form 706 Schedule M",
    )


def ask_for_more_time(*, due: str, needed: bool) -> Finding:
    """Return that six months more to file are asked for by the first due date, and none to pay. CIT-22."""
    return Finding(
        "CIT-22",
        "fired",
        "warn" if needed else "note",
        "By when are six months more to file asked for?",
        f"Form 4768 by {due}; the tax is due that day all the same",
        ("IRC 6075(a)", "IRC 6081(a)", "IRC 6151(a)"),
        threshold=due,
        form="Form 4768",
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
