"""IRC 2056A(a); Treas. Reg. 20.2056A-2(a)-(d): the gates every QDOT passes.

The instrument demands a US Trustee with a right to withhold the tax and the
security of the regulations; the executor elects; an ordinary trust is kept
under the law of a State or the District of Columbia, in a form that earns the
marital deduction. Relief: a trust executed before 1990-11-05 all of whose
trustees must be US persons (P.L. 105-34 sec. 1303), and one executed by
1995-11-20 that nobody could amend (Treas. Reg. 20.2056A-2(d)(6)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planning.engine.rules.three_valued import all_of, any_of, opposite

GateName = Literal[
    "us_trustee",
    "withholding",
    "security",
    "election",
    "us_law",
    "ordinary_trust",
    "marital_form",
    "tax_home",
]
Legacy = Literal["incapacity", "irrevocable"]

OLD_TRUST_EXECUTED_BEFORE = date(1990, 11, 5)  # P.L. 101-508, enacted that day, brought in the right to withhold
LEGACY_EXECUTED_BY = date(1995, 11, 20)
LEGACY_DEATH_AFTER = date(1996, 2, 19)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFacts:
    """What is known of the trust; None is unknown. Names are those of the input."""

    instrument_requires_us_trustee: bool | None = None
    us_trustee_may_withhold_tax: bool | None = None
    all_trustees_must_be_us: bool | None = None
    executed_on: date | None = None
    security_rules_met: bool | None = None
    legacy_relief: Legacy | None = None
    trustee_or_executor_may_amend: bool | None = None
    compliance_statement_filed: bool | None = None
    date_of_death: date | None = None
    election_made: bool | None = None
    election_timely: bool | None = None
    records_in_us: bool | None = None
    us_state_law_governs: bool | None = None
    foreign_instrument: bool | None = None
    choice_of_law_valid: bool | None = None
    ordinary_trust: bool | None = None
    marital_form_met: bool | None = None
    only_assigned_property: bool | None = None
    us_trustee_has_us_tax_home: bool | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: whether it is passed (None: undecided), with its authority and the facts it still needs."""

    name: GateName
    test: str
    met: bool | None
    citations: tuple[str, ...]
    missing: tuple[str, ...] = ()
    relief: str = ""


def old_trust_relief(facts: TrustFacts) -> bool | None:
    """Return whether the old-trust rule stands in for the trustee and withholding clauses. P.L. 105-34 sec. 1303.

    The rule must be claimed by the date: without one there is no relief.
    """
    if facts.executed_on is None or facts.executed_on >= OLD_TRUST_EXECUTED_BEFORE:
        return False
    return facts.all_trustees_must_be_us


def legacy_relief(facts: TrustFacts) -> bool | None:
    """Return whether the security clauses count as in the instrument though they are not. Reg. 20.2056A-2(d)(6).

    For a will or revocable trust of a person under legal disability since
    1995-11-20, and for an irrevocable trust; both executed by that day, the
    death after 1996-02-19, no power to amend, and the trustee's statement filed.
    """
    if facts.legacy_relief is None:
        return False
    return all_of(
        None if facts.executed_on is None else facts.executed_on <= LEGACY_EXECUTED_BY,
        None if facts.date_of_death is None else facts.date_of_death > LEGACY_DEATH_AFTER,
        opposite(facts.trustee_or_executor_may_amend),
        facts.compliance_statement_filed,
    )


def _gate(
    name: GateName, test: str, citations: tuple[str, ...], *needed: str, met: bool | None, relief: str = ""
) -> Gate:
    return Gate(name, test, met, citations, needed if met is None else (), relief if met else "")


def us_trustee_gate(facts: TrustFacts) -> Gate:
    """Gate 1: the instrument demands at least one US Trustee. IRC 2056A(a)(1)(A)."""
    relief = old_trust_relief(facts)
    written = facts.instrument_requires_us_trustee
    return _gate(
        "us_trustee",
        "The instrument requires at least one trustee to be an individual US citizen or a domestic corporation",
        ("IRC 2056A(a)(1)(A)", "Treas. Reg. 20.2056A-2(c)"),
        *(["all_trustees_must_be_us"] if relief is None else ["instrument_requires_us_trustee"]),
        met=any_of(written, relief),
        relief="" if written else "P.L. 105-34 sec. 1303",
    )


def withholding_gate(facts: TrustFacts) -> Gate:
    """Gate 2: no distribution but of income unless a US Trustee may withhold the tax. IRC 2056A(a)(1)(B)."""
    relief = old_trust_relief(facts)
    written = facts.us_trustee_may_withhold_tax
    return _gate(
        "withholding",
        "The instrument allows no distribution but of income unless the US Trustee may withhold the 2056A tax",
        ("IRC 2056A(a)(1)(B)", "Treas. Reg. 20.2056A-2(c)"),
        *(["all_trustees_must_be_us"] if relief is None else ["us_trustee_may_withhold_tax"]),
        met=any_of(written, relief),
        relief="" if written else "P.L. 105-34 sec. 1303",
    )


def security_gate(facts: TrustFacts) -> Gate:
    """Gate 3: the security rules of the regulations, or their legacy relief. IRC 2056A(a)(2)."""
    relief = legacy_relief(facts)
    needed = [
        name
        for name in ("executed_on", "date_of_death", "trustee_or_executor_may_amend", "compliance_statement_filed")
        if getattr(facts, name) is None
    ]
    return _gate(
        "security",
        "The trust meets the rules that secure collection of the tax",
        ("IRC 2056A(a)(2)", "Treas. Reg. 20.2056A-2(d)"),
        *(needed if relief is None else ["security_rules_met"]),
        met=any_of(facts.security_rules_met, relief),
        relief="" if facts.security_rules_met else "Treas. Reg. 20.2056A-2(d)(6)",
    )


def election_gate(facts: TrustFacts) -> Gate:
    """Gate 4: the executor elects on the return, in time. IRC 2056A(a)(3), (d).

    An election said to be made is taken as in time unless `election_timely` says no.
    """
    return _gate(
        "election",
        "The executor makes the QDOT election on the estate tax return, in time",
        ("IRC 2056A(a)(3)", "IRC 2056A(d)", "Treas. Reg. 20.2056A-3(a)"),
        "election_made",
        met=all_of(facts.election_made, facts.election_timely is not False),
    )


def us_law_gate(facts: TrustFacts) -> Gate:
    """Gate 5: records kept in, and administration under the law of, a State or the District. Reg. 20.2056A-2(a).

    A foreign will or trust is good if its choice of such a law is effective there.
    """
    parts = {"records_in_us": facts.records_in_us, "us_state_law_governs": facts.us_state_law_governs}
    if facts.foreign_instrument:
        parts["choice_of_law_valid"] = facts.choice_of_law_valid
    return _gate(
        "us_law",
        "Records are kept in a State or the District of Columbia, whose law governs the administration",
        ("Treas. Reg. 20.2056A-2(a)",),
        *(name for name, known in parts.items() if known is None),
        met=all_of(*parts.values()),
    )


def ordinary_trust_gate(facts: TrustFacts) -> Gate:
    """Gate 6: an ordinary trust, whatever it holds. Reg. 20.2056A-2(a), 301.7701-4(a)."""
    return _gate(
        "ordinary_trust",
        "It is an ordinary trust and no business or investment entity",
        ("Treas. Reg. 20.2056A-2(a)", "Treas. Reg. 301.7701-4(a)"),
        "ordinary_trust",
        met=facts.ordinary_trust,
    )


def marital_form_gate(facts: TrustFacts) -> Gate:
    """Gate 7: a form that earns the marital deduction, unless it holds assigned property only. Reg. 20.2056A-2(b)."""
    return _gate(
        "marital_form",
        "The trust has a form that earns the marital deduction, or holds only what the spouse assigned to it",
        ("Treas. Reg. 20.2056A-2(b)(1)", "Treas. Reg. 20.2056A-4(b)(1)"),
        "marital_form",
        met=any_of(facts.marital_form_met, facts.only_assigned_property is True),
    )


def tax_home_gate(facts: TrustFacts) -> Gate:
    """Gate 8: an individual US Trustee has the tax home in the United States. Reg. 20.2056A-2(d)(2)."""
    return _gate(
        "tax_home",
        "A US Trustee is in office who, if an individual, has the tax home in the United States",
        ("Treas. Reg. 20.2056A-2(d)(2)", "IRC 911(d)(3)"),
        "trustee_tax_home_in_us",
        met=facts.us_trustee_has_us_tax_home,
    )


def gates(facts: TrustFacts) -> tuple[Gate, ...]:
    """Return every gate in the order of the law."""
    return (
        us_trustee_gate(facts),
        withholding_gate(facts),
        security_gate(facts),
        election_gate(facts),
        us_law_gate(facts),
        ordinary_trust_gate(facts),
        marital_form_gate(facts),
        tax_home_gate(facts),
    )


def qualifies(passed: tuple[Gate, ...]) -> bool | None:
    """Return whether every gate is passed; None while one is undecided and none failed."""
    return all_of(*(gate.met for gate in passed))
