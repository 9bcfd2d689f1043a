"""`qdot-security`: what must secure the 2056A tax, for how much and by when; foreign property and final value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.rule import Rule
from planning.compute.security_facts import EntityInput, QdotSecurityInput
from planning.engine.finding import Finding, Severity, State
from planning.engine.law import Law, LawBook
from planning.engine.rules import (
    s2056a_annual_statement,
    s2056a_anti_abuse,
    s2056a_final_value,
    s2056a_foreign_property,
    s2056a_residence,
    s2056a_security,
    s2056a_trustees,
)
from planning.engine.rules.s2056a_residence import Election, Residence
from planning.engine.rules.s2056a_security import Security
from planning.engine.rules.s2056a_trustees import Trustee
from planning.engine.rules.s7503_due_dates import form_706_due
from planning.engine.rules.three_valued import outcome
from planning.engine.worksheet import ZERO, Figure, given, smaller_of, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import InputError

BY_BOND_OR_LETTER = ("bond", "letter_of_credit")
NEVER = "none_if_foreign_real_property_35_percent_or_less"
REQUIRED = "bank_or_bond_or_loc"


def law_in_force(book: LawBook) -> Law:
    """Return the last official law: the security rules bind every trust as they stand today, whatever the death."""
    return book.years[max(year for year, law in book.years.items() if law.status == "official")]


def state_of(fired: bool | None) -> State:  # noqa: FBT001 - the one thing it is about
    """Return the state of a finding from whether its rule bites."""
    if fired is None:
        return "undecided"
    return "fired" if fired else "not_fired"


def trustees_of(facts: QdotSecurityInput) -> tuple[Trustee, ...] | None:
    """Return the trustees in office, or None where nothing is said of them."""
    if facts.trustees is not None:
        if facts.trustee_type is not None:
            raise InputError(["trustees: stands beside trustee_type, expected one of the two"])
        return tuple(trustee.trustee() for trustee in facts.trustees)
    return None if facts.trustee_type is None else (Trustee(facts.trustee_type),)


def answer_qdot_security(facts: QdotSecurityInput, book: LawBook) -> Answer:
    """Answer every question of security that the facts put."""
    answer = Answer()
    law = law_in_force(book)
    required = _values(facts, law, answer)
    operative = _arrangement(facts, required, answer)
    foreign = _foreign_property(facts, law, operative, answer)
    _annual_statement(facts, foreign, operative, answer)
    _residence_sale(facts, law, answer)
    _final_value(facts, law, answer)
    _finality(facts, answer)
    _anti_abuse(facts, answer)
    if not answer.result and not answer.missing:
        answer.need("qdot_assets_fmv")
    return answer


def election_of(facts: QdotSecurityInput) -> Election | None:
    """Return the election of the residence exclusion; None where nothing is said."""
    if facts.exclusion_election is not None:
        if facts.exclusion_elected is not None:
            raise InputError(["exclusion_election: stands beside exclusion_elected, expected one of the two"])
        return facts.exclusion_election
    if facts.exclusion_elected is None:
        return None
    return "on_return" if facts.exclusion_elected else "none"


def residences_of(facts: QdotSecurityInput) -> list[Residence] | None:
    """Return the residences, from the list or from the short form; None where nothing is said of one."""
    if facts.residences is not None:
        if facts.residence_value is not None:
            raise InputError(["residences: stands beside residence_value, expected one of the two"])
        return [
            Residence(
                value=entry.value,
                kind=entry.kind,
                furnishings=entry.furnishings,
                owned_directly=entry.owned_directly,
                available_at_all_times=entry.available_at_all_times,
                rented=entry.rented,
            )
            for entry in facts.residences
        ]
    if facts.residence_value is None:
        return None
    return [
        Residence(
            value=facts.residence_value,
            kind=facts.residence_kind,
            furnishings=facts.furnishings_value or ZERO,
            owned_directly=facts.residence_owned_directly,
            available_at_all_times=facts.residence_available_at_all_times,
            rented=facts.residence_rented,
        )
    ]


def _exclusions(facts: QdotSecurityInput, law: Law, answer: Answer) -> tuple[Figure, Figure]:
    """Return the residence exclusion for the test and for the bond, USD."""
    residences, election = residences_of(facts), election_of(facts)
    nothing = given(ZERO, "none")
    if residences is None:
        if election is None:
            answer.warn("taken_as_none", "Not stated, taken as none: a residence of the spouse in the trust.")
        elif election in ("on_return", "on_form_706_qdt"):
            answer.need("residence_value")
        return nothing, nothing
    limit = law[s2056a_residence.EXCLUSION]
    answer.uses(law, s2056a_residence.EXCLUSION)
    if election is None:
        election = "on_return"
        answer.warn(
            "taken_as_elected",
            "The exclusion holds only if the executor elects it in a statement attached to the return.",
            "Treas. Reg. 20.2056A-2(d)(1)(iv)(A)",
        )
    kept = s2056a_residence.value_of_residences(residences)
    if any(s2056a_residence.is_personal_residence(residence) is None for residence in residences):
        answer.warn(
            "taken_as_qualifying",
            "Taken as owned directly by the trust, open to the spouse at all times and never rented, where not stated.",
            "Treas. Reg. 20.2056A-2(d)(1)(iv)(D)",
        )
    exclusion = smaller_of(given(kept, "residence with furnishings"), limit.figure())
    for_test = exclusion if s2056a_residence.counts_for_threshold(election) else nothing
    for_bond = exclusion if s2056a_residence.counts_for_security(election) else nothing
    _find(
        answer,
        "EST-35",
        fired=for_bond.amount > 0,
        severity="note",
        test="May the spouse's residence be left out of the value to be secured?",
        text=f"{for_test.amount:,f} is left out of the 2,000,000 test, {for_bond.amount:,f} of the security.",
        citations=(s2056a_residence.CITATION,),
        measured=kept,
        threshold=limit.amount,
        form="statement attached to Form 706, or to Form 706-QDT for the security only",
    )
    return for_test, for_bond


def _values(facts: QdotSecurityInput, law: Law, answer: Answer) -> Decimal | None:
    """Answer the 2,000,000 test and return the amount a bond would need, USD."""
    if facts.qdot_assets_fmv is None:
        return None
    others = facts.other_qdots or []
    if facts.multiple_qdots and not others:
        answer.need("other_qdots")
        return None
    threshold, percent = law[s2056a_security.THRESHOLD], law[s2056a_security.PERCENT]
    for_test, for_bond = _exclusions(facts, law, answer)
    answer.uses(law, s2056a_security.THRESHOLD, s2056a_security.PERCENT)
    own = given(facts.qdot_assets_fmv, "qdot_assets_fmv")
    whole = total([own, *(given(qdot.fmv, f"other_qdots[{index}].fmv") for index, qdot in enumerate(others))])
    if for_test.amount > whole.amount or for_bond.amount > own.amount:
        raise InputError(["residence_value: is more than the trust holds, expected it to be part of qdot_assets_fmv"])
    sheet = answer.sheet("QS", "Security of the QDOT")
    value = s2056a_security.value_for_test(sheet, assets=whole, exclusion=for_test)
    base = s2056a_security.security_base(sheet, assets=own, exclusion=for_bond)
    amount = s2056a_security.security_amount(sheet, base=base, percent=percent.amount).amount
    over = s2056a_security.over_two_million(value.amount, threshold.amount)
    if facts.debt:
        answer.warn("debt_ignored", "Debt on the assets is not deducted.", s2056a_security.CITATION)
    answer.result |= {
        "assets_of_all_qdots": whole.amount,
        "residence_exclusion": for_test.amount,
        "residence_exclusion_for_security": for_bond.amount,
        "value_for_test": value.amount,
        "threshold": threshold.amount,
        "over_two_million_regime": over,
        "security_required": REQUIRED if over else NEVER,
        "bond_base": base.amount,
        "security_base": base.amount,
        "bond_amount": amount,
        "letter_of_credit_amount": amount,
    }
    _find(
        answer,
        "EST-32",
        fired=over,
        severity="warn",
        test="Are the QDOTs together worth more than 2,000,000, debt not deducted, residence exclusion deducted?",
        text="A bank trustee, a bond or a letter of credit is required at all times."
        if over
        else "The instrument may choose the 35% limit on foreign real property instead.",
        citations=(s2056a_security.CITATION, "Treas. Reg. 20.2056A-2(d)(1)(ii)(A)"),
        measured=value.amount,
        threshold=threshold.amount,
        form="Form 706, Schedule M",
    )
    return amount


def _security_of(facts: QdotSecurityInput) -> Security | None:
    trustees = trustees_of(facts)
    bank = None if trustees is None else s2056a_trustees.bank_trustee_in_office(trustees)
    chosen = facts.security or ("bank_trustee" if bank else None)
    if chosen is None:
        return None
    return Security(
        arrangement=chosen,
        bank_trustee_in_office=bank,
        security_amount=facts.security_amount,
        satisfactory_surety=facts.satisfactory_surety,
        cancellable=facts.cancellable,
        term_months=facts.term_months,
        automatically_renewable=facts.automatically_renewable,
        irrevocable=facts.irrevocable,
        sight_payment=facts.sight_payment,
        issuer=facts.issuer,
        confirmed_by_us_bank=facts.confirmed_by_us_bank,
        instrument_bars_return_until_april_15=facts.instrument_bars_return_until_april_15,
        asset_statement_filed=facts.asset_statement_filed,
        arrangement_approved=facts.arrangement_approved,
    )


def _arrangement(facts: QdotSecurityInput, required: Decimal | None, answer: Answer) -> bool | None:
    """Test the security given, with its dates; return whether it is operative."""
    security = _security_of(facts)
    over = answer.result.get("over_two_million_regime")
    operative: bool | None = None
    if security is not None:
        terms = s2056a_security.terms_of(security, required)
        operative = s2056a_security.is_operative(terms)
        answer.result |= {
            "arrangement": security.arrangement,
            "security_operative": operative,
            "security_terms": [
                {"term": term.words, "state": outcome(term.met), "fact": term.fact, "citations": [term.citation]}
                for term in terms
            ],
        }
    _security_dates(facts, security, answer)
    if security is None and over is None:
        return None
    wanting = None if over is None else False if not over else None if operative is None else not operative
    _find(
        answer,
        "EST-33",
        fired=wanting,
        severity="stop",
        test="Is a required bank trustee, bond or letter of credit wanting?",
        text="One of the three must be operative at all times; they may be exchanged, and one is enough.",
        citations=(f"{s2056a_security.CITATION}(A)", s2056a_security.BOND, s2056a_security.LETTER),
        measured=None if security is None else security.arrangement,
        threshold=required if security is not None and security.arrangement in BY_BOND_OR_LETTER else None,
        form="apart from Form 706, to the Estate Tax Advisory Group (Publication 4235)",
        missing=() if wanting is not None else ("security",) if security is None else _open_terms(answer),
    )
    return operative


def _open_terms(answer: Answer) -> tuple[str, ...]:
    terms = answer.result.get("security_terms", [])
    return tuple(term["fact"] for term in terms if term["state"] == "undecided")


def _security_dates(facts: QdotSecurityInput, security: Security | None, answer: Answer) -> None:
    """Work out when a bond or letter is filed, not renewed, replaced and fitted to the final value."""
    result = answer.result
    by_paper = security is None or security.arrangement in BY_BOND_OR_LETTER
    if facts.date_of_death is not None and by_paper and result:
        return_due = form_706_due(facts.date_of_death, is_legal_holiday, extended=bool(facts.extension_granted))
        due = s2056a_security.filing_due(return_due, facts.return_filed_on)
        result["security_filing_due"] = due
        result["file_separately"] = due >= s2056a_security.SEPARATE_FILING_FROM
        if facts.security_filed_on is not None:
            result["security_filed_in_time"] = facts.security_filed_on <= due
    if facts.security_expires_on is not None:
        result["nonrenewal_notice_by"] = s2056a_security.nonrenewal_notice_by(facts.security_expires_on)
        if facts.nonrenewal_notice_mailed_on is not None:
            result["renews_automatically"] = s2056a_security.renews(
                facts.security_expires_on, facts.nonrenewal_notice_mailed_on
            )
    if facts.nonrenewal_notice_received_on is not None:
        last = s2056a_security.replacement_proof_by(facts.nonrenewal_notice_received_on)
        result["replacement_proof_by"] = last
        if facts.replacement_shown_on is not None:
            result["irs_may_draw"] = facts.replacement_shown_on > last
    if facts.drawn_on is not None:
        result["refund_request_from"] = s2056a_security.refund_request_from(facts.drawn_on)
    if facts.final_determination_date is not None:
        result["adjust_security_by"] = s2056a_security.adjust_by(facts.final_determination_date)


def _entities(facts: QdotSecurityInput, answer: Answer) -> list[EntityInput]:
    """Return the entities, from the list or from the short form of one corporation."""
    share, foreign = facts.qdot_direct_shares_percent, facts.corporation_foreign_real_property
    family, owners = facts.spouse_and_267c4_family_shares_percent, facts.shareholders_after_attribution
    if all(value is None for value in (share, foreign, family, owners, facts.corporation_assets)):
        return facts.entities or []
    if facts.entities is not None:
        raise InputError(["entities: stands beside the fields of one corporation, expected one of the two"])
    if share is None:
        answer.need("qdot_direct_shares_percent")
    if foreign is None:
        answer.need("corporation_foreign_real_property")
    if share is None or foreign is None:
        return []
    return [
        EntityInput(
            share_percent=share,
            family_share_percent=family or ZERO,
            owners_after_attribution=owners,
            assets=facts.corporation_assets,
            foreign_real_property=foreign,
        )
    ]


def _looked_through(facts: QdotSecurityInput, law: Law, answer: Answer) -> tuple[Decimal, Decimal] | None:
    """Return what look-through adds to the foreign real property and to the whole trust, USD; None if undecided."""
    entities = _entities(facts, answer)
    if not entities:
        return ZERO, ZERO
    above, few = law[s2056a_foreign_property.LOOK_THROUGH_SHARE], law[s2056a_foreign_property.LOOK_THROUGH_OWNERS]
    answer.uses(law, above.name, few.name)
    sheet = answer.sheet("QL", "Entities looked through")
    foreign, extra, rows, undecided = ZERO, ZERO, [], False
    for index, entity in enumerate(entities):
        owners = entity.owners_after_attribution
        if owners is None and entity.owners is not None and entity.family_owners is not None:
            owners = s2056a_foreign_property.owners_after_attribution(
                owners=entity.owners, family_owners=entity.family_owners
            )
        holding = s2056a_foreign_property.Holding(
            entity.share_percent, entity.family_share_percent, owners, entity.profits_percent
        )
        applies = s2056a_foreign_property.look_through_applies(holding, above=above.amount, owners=few.amount)
        row: dict[str, Any] = {"name": entity.name, "look_through_applies": applies, "foreign_real_property": ZERO}
        if applies is None:
            answer.need(f"entities[{index}].owners_after_attribution")
            undecided = True
        elif applies:
            label = f"Foreign real property of {entity.name or 'the entity'}"
            part = s2056a_foreign_property.attributed(
                sheet, label=label, assets=given(entity.foreign_real_property, "its accounts"), holding=holding
            ).amount
            row["foreign_real_property"] = part
            foreign += part
            if entity.assets is not None and entity.interest_value is not None:
                share = s2056a_foreign_property.pro_rata_percent(holding)
                extra += entity.assets * share / 100 - entity.interest_value
        rows.append(row)
    measured = entities[0].share_percent + entities[0].family_share_percent if len(entities) == 1 else None
    _find(
        answer,
        "EST-36",
        fired=None if undecided else foreign > 0,
        severity="warn",
        test="Does a share in an entity with few owners count as a share of its foreign real property?",
        text="Shares of the spouse and the family count for the test, not for the trust's part.",
        citations=("Treas. Reg. 20.2056A-2(d)(1)(ii)(B)", "Treas. Reg. 20.2056A-2(d)(1)(ii)(C)"),
        measured=measured,
        threshold=above.amount,
        form="statement on Form 706-QDT",
        missing=("owners_after_attribution",) if undecided else (),
    )
    applied = [row["look_through_applies"] for row in rows]
    answer.result |= {
        "look_through": rows,
        "look_through_applies": True if True in applied else None if undecided else False,
        "qdot_share_of_foreign_real_property": None if undecided else foreign,
    }
    return None if undecided else (foreign, extra)


def _foreign_property(facts: QdotSecurityInput, law: Law, operative: bool | None, answer: Answer) -> Decimal | None:  # noqa: FBT001
    """Apply the 35% test; return the foreign real property with look-through, USD."""
    through = _looked_through(facts, law, answer)
    if facts.foreign_real_property_fmv is None or through is None:
        return through[0] if through and through[0] else None
    foreign = facts.foreign_real_property_fmv + through[0]
    if facts.trust_fmv_year_end is None and facts.qdot_assets_fmv is not None:
        answer.warn(
            "taken_at_death_value", "The value of the trust at year end is not stated; its value at death is used."
        )
    whole = facts.qdot_assets_fmv if facts.trust_fmv_year_end is None else facts.trust_fmv_year_end
    if whole is None:
        answer.need("trust_fmv_year_end")
        return foreign
    whole += through[1]
    limit = law[s2056a_foreign_property.LIMIT]
    answer.uses(law, limit.name)
    exceeded = s2056a_foreign_property.limit_exceeded(foreign=foreign, whole=whole, percent=limit.amount)
    over = answer.result.get("over_two_million_regime")
    answer.result |= {
        "foreign_real_property": foreign,
        "foreign_real_property_percent": s2056a_foreign_property.share_in_percent(foreign=foreign, whole=whole),
        "limit_percent": limit.amount,
        "limit_exceeded": exceeded,
    }
    if over is False:
        answer.result["security_required"] = REQUIRED if exceeded else "none"
    _excess(facts, answer, exceeded=exceeded and not operative and not over)
    _find(
        answer,
        "EST-34",
        fired=exceeded and not operative and not over,
        severity="stop",
        test="Is more than 35% of a QDOT without security real property outside the United States at year end?",
        text="Measured on the last day of each trust year; the residence exclusion does not count here.",
        citations=(s2056a_foreign_property.CITATION, "Treas. Reg. 20.2056A-2(d)(1)(iv)(C)"),
        measured=answer.result["foreign_real_property_percent"],
        threshold=limit.amount,
        form="statement on Form 706-QDT",
    )
    return foreign


def _excess(facts: QdotSecurityInput, answer: Answer, *, exceeded: bool) -> None:
    """Say whether an excess may be cured, and by when."""
    if not exceeded:
        answer.result |= {"curable": None, "cure_by": None}
        return
    if facts.trust_year_end is None and facts.cause_of_excess is None:
        answer.result |= {"curable": None, "cure_by": None}
        answer.warn(
            "cause_decides",
            "Whether the excess is cured by the end of the following year depends on its cause and the year end.",
            "Treas. Reg. 20.2056A-2(d)(1)(ii)(D)",
        )
        return
    excused = s2056a_foreign_property.is_excused(facts.cause_of_excess)
    if excused is None:
        answer.need("cause_of_excess")
    first = facts.exceeded_since or facts.trust_year_end
    by = None if first is None or not excused else s2056a_foreign_property.next_year_end(first)
    late = by is not None and facts.trust_year_end is not None and facts.trust_year_end >= by
    answer.result |= {"curable": False if late else excused, "cure_by": by}


def _annual_statement(
    facts: QdotSecurityInput,
    foreign: Decimal | None,
    operative: bool | None,  # noqa: FBT001 - None is unknown
    answer: Answer,
) -> None:
    sold = [day for day in (facts.residence_sold_on, facts.residence_ceased_on) if day is not None]
    if foreign is None and not sold:
        return
    required = s2056a_annual_statement.statement_required(
        foreign_real_property=foreign, security_operative=bool(operative), residence_sold_or_ceased=bool(sold)
    )
    end = facts.trust_year_end or (date(sold[0].year, 12, 31) if sold else None)
    due = None if end is None or not required else s2056a_annual_statement.statement_due(end, is_legal_holiday)
    answer.result |= {
        "annual_statement_required": required,
        "annual_statement_due": due,
        "annual_statement_due_extended": None
        if end is None or due is None
        else s2056a_annual_statement.statement_due(end, is_legal_holiday, extended=True),
        "annual_statement_contents": list(s2056a_annual_statement.CONTENTS) if required else [],
    }
    if due is not None and facts.annual_statement_filed_on is not None and facts.annual_statement_filed_on > due:
        answer.warn(
            "annual_statement_late",
            "A late statement exposes the trust to the anti-abuse rule.",
            s2056a_anti_abuse.CITATION,
        )
    _find(
        answer,
        "EST-37",
        fired=required,
        severity="warn",
        test="Is the yearly statement of the US Trustee due?",
        text="It goes with Form 706-QDT even where no other reason to file the form exists.",
        citations=(s2056a_annual_statement.CITATION,),
        measured=None if due is None else due.isoformat(),
        form="Form 706-QDT with statement",
    )


def _residence_sale(facts: QdotSecurityInput, law: Law, answer: Answer) -> None:
    """Say what becomes of the exclusion when the residence is sold or no longer used."""
    limit = law[s2056a_residence.EXCLUSION].amount
    others = facts.exclusion_of_other_residence or ZERO
    if facts.residence_ceased_on is not None:
        answer.result |= {
            "exclusion_after": min(others, limit),
            "security_comply_by": s2056a_residence.comply_by(facts.residence_ceased_on),
            "room_for_another_residence": s2056a_residence.room_for_another_residence(
                other_allocated=others, limit=limit
            ),
        }
    if facts.residence_sold_on is None:
        return
    last = s2056a_residence.reinvest_by(facts.residence_sold_on)
    claimed = facts.exclusion_claimed
    reinvested = facts.reinvested_amount
    if reinvested is not None and facts.reinvested_on is not None and facts.reinvested_on > last:
        reinvested = ZERO
    left = None
    if reinvested is not None:
        needed = {"exclusion_claimed": claimed, "adjusted_sales_price": facts.adjusted_sales_price}
        answer.need(*(name for name, value in needed.items() if value is None))
        if claimed is not None and facts.adjusted_sales_price is not None:
            left = s2056a_residence.exclusion_after_sale(
                claimed=claimed,
                adjusted_sales_price=facts.adjusted_sales_price,
                reinvested=reinvested,
                other_allocated=others,
                limit=limit,
            )
    answer.result |= {
        "reinvest_by": last,
        "exclusion_after": left,
        "security_comply_by": s2056a_residence.comply_by(facts.residence_sold_on),
        "security_comply_by_if_not_reinvested": s2056a_residence.comply_by(last),
        "room_for_another_residence": s2056a_residence.room_for_another_residence(other_allocated=others, limit=limit),
    }
    answer.warn(
        "cessation_day_open",
        "The regulation counts 120 days from the cessation and does not say whether a sale without reinvestment ends "
        "the exclusion on the day of sale or a year later; the earlier day is the careful one.",
        "Treas. Reg. 20.2056A-2(d)(1)(iv)(G)",
    )


def _final_value(facts: QdotSecurityInput, law: Law, answer: Answer) -> None:
    """Say what a reported value far below the final one costs."""
    if facts.reported_value is None and facts.final_value is None:
        return
    if facts.reported_value is None or facts.final_value is None:
        answer.need("reported_value" if facts.reported_value is None else "final_value")
        return
    percent, threshold = law[s2056a_final_value.UNDERVALUATION], law[s2056a_security.THRESHOLD]
    answer.uses(law, percent.name, threshold.name)
    chosen = None if facts.security is None else facts.security in BY_BOND_OR_LETTER
    lost = s2056a_final_value.deduction_lost(
        reported=facts.reported_value,
        final=facts.final_value,
        percent=percent.amount,
        threshold=threshold.amount,
        bond_or_letter=chosen,
        reasonable_cause=facts.reasonable_cause_and_good_faith,
    )
    unknown = {"security": chosen, "reasonable_cause_and_good_faith": facts.reasonable_cause_and_good_faith}
    missing = tuple(name for name, value in unknown.items() if value is None) if lost is None else ()
    answer.need(*missing)
    became_large = facts.reported_value <= threshold.amount < facts.final_value
    answer.result |= {
        "reported_percent_of_final": facts.reported_value * 100 / facts.final_value if facts.final_value else None,
        "marital_deduction_disallowed": lost,
        "marital_deduction": ZERO if lost else facts.marital_deduction_claimed if lost is False else None,
        "security_required_after_determination": became_large,
    }
    _find(
        answer,
        "EST-38",
        fired=lost,
        severity="stop",
        test="Was QDOT property reported at half of its final value or less, without reasonable cause and good faith?",
        text="The whole marital deduction is lost."
        if lost
        else "The marital deduction is not lost by the reported value.",
        citations=(s2056a_final_value.PENALTY, "Treas. Reg. 1.6664-4(b)"),
        measured=facts.reported_value,
        threshold=facts.final_value * percent.amount / 100,
        form="Form 706, Schedule M",
        questions=("What supports the reported value: appraisals, dates, who relied on them?",)
        if lost is not False
        else (),
        missing=missing,
    )


def _finality(facts: QdotSecurityInput, answer: Answer) -> None:
    """Say whether a value is finally determined."""
    if facts.finality is None:
        return
    final = s2056a_final_value.is_finally_determined(
        s2056a_final_value.Finality(
            way=facts.finality,
            assessment_period_ended=facts.assessment_period_ended,
            adjusted_by_irs=facts.adjusted_by_irs,
            contest_in_writing=facts.contest_in_writing,
            contest_names_property=facts.contest_names_property,
            contest_states_value=facts.contest_states_value,
            agreement_signed_by_both=facts.agreement_signed_by_both,
            agreement_binding=facts.agreement_binding,
            appeal_possible=facts.appeal_possible,
        )
    )
    answer.result["finally_determined"] = final
    if final is None:
        names = {
            "reported_value": ("assessment_period_ended", "adjusted_by_irs"),
            "irs_value": (
                "assessment_period_ended",
                "contest_in_writing",
                "contest_names_property",
                "contest_states_value",
            ),
            "written_agreement": ("agreement_signed_by_both", "agreement_binding"),
            "court": ("appeal_possible",),
        }
        answer.need(*(name for name in names[facts.finality] if getattr(facts, name) is None))
    if facts.finality == "closing_letter":
        answer.warn(
            "closing_letter_is_not_final",
            "Since T.D. 10050 an estate tax closing letter makes no value final by itself.",
            s2056a_final_value.FINALITY,
        )


def _anti_abuse(facts: QdotSecurityInput, answer: Answer) -> None:
    """Say whether a device to avoid the tax disqualifies, or an attorney must clear the trustee."""
    trustees = trustees_of(facts) or ()
    thin = any(trustee.kind == "thin_family_company" for trustee in trustees)
    purpose = facts.principal_purpose_to_avoid_or_prevent_collection
    if not thin and facts.device_or_arrangement is None and purpose is None:
        return
    device = facts.device_or_arrangement
    if device is None and purpose and not thin:
        device = True
    found = s2056a_anti_abuse.anti_abuse(thin_family_trustee=thin, device=device, principal_purpose=purpose)
    answer.result |= {
        "finding": found.finding,
        "automatic_disqualification": found.disqualified,
        "attorney_must_clear": found.attorney_must_clear,
    }
    if found.disqualified is None and device:
        answer.need("principal_purpose_to_avoid_or_prevent_collection")
    fired = True if found.disqualified or thin else found.disqualified
    _find(
        answer,
        "EST-38",
        fired=fired,
        severity="stop" if found.disqualified else "warn" if found.attorney_must_clear else "note",
        test="Is a device used that has avoiding the tax, or its collection, as a principal purpose?",
        text="The trust stops qualifying at once."
        if found.disqualified
        else "A thinly capitalized family company as US Trustee may be such a device; an attorney must clear it."
        if thin
        else "No such device is established.",
        citations=(s2056a_anti_abuse.CITATION,),
        measured=found.finding,
        questions=("What capital and what business does the trust company have, and why was it chosen?",)
        if thin
        else (),
        missing=() if fired is not None else ("principal_purpose_to_avoid_or_prevent_collection",),
    )


def _find(
    answer: Answer,
    rule: str,
    *,
    fired: bool | None,
    severity: Severity,
    test: str,
    text: str,
    citations: tuple[str, ...],
    measured: Decimal | str | None = None,
    threshold: Decimal | str | None = None,
    form: str = "",
    questions: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> None:
    answer.findings.append(
        Finding(
            rule=rule,
            state=state_of(fired),
            severity=severity,
            test=test,
            text=text,
            citations=citations,
            measured=measured,
            threshold=threshold,
            form=form,
            questions=questions,
            missing=missing,
        )
    )


RULE = Rule(
    "qdot-security",
    "What must secure the tax of a QDOT, for how much and by when",
    QdotSecurityInput,
    answer_qdot_security,
)
