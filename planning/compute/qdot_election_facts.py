"""Input of `qdot-election`: returns, the trust, each asset and its way into the QDOT, and statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.annuity_facts import AnnuityCorpusPortionInput
from planning.compute.fields import Citizenship, Fraction, RuleInput, Words
from planning.engine.rules.s2056_d2_transfers import Clause, Expressed, Origin, Transferor
from planning.engine.rules.s2056a_election import Doubt
from planning.engine.rules.s2056a_reformation import CourtStage
from planning.inputs import Day, Flag, Money, Percent

Route = Literal[
    "passes_to_qdot",
    "reformed_under_instrument",
    "judicial_reformation",
    "transferred",
    "assigned",
    "nonassignable_annuity",
    "kept_by_spouse",
]


@dataclass(frozen=True, slots=True)
class Action:
    """What was done with an asset, read from words; None where the words do not say."""

    route: Route
    in_time: bool | None = None
    conveyed: bool | None = None
    irrevocable: bool | None = None
    stage: CourtStage | None = None


def _has(words: str, *parts: str) -> bool:
    return any(part in words for part in parts)


def _yes_or_no(words: str, *, no: tuple[str, ...], yes: tuple[str, ...]) -> bool | None:
    if _has(words, *no):
        return False
    return True if _has(words, *yes) else None


def read_action(value: object) -> Action:
    """Return what the words say; raises `ValueError` for words that name no way."""
    if isinstance(value, Action):
        return value
    if not isinstance(value, str):
        message = f"{value!r} is no action, expected words such as transferred_before_return"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a fault of the field
    words = value.strip().lower().replace(" ", "_").replace("-", "_")
    in_time = _yes_or_no(
        words,
        no=("after_return", "after_filing", "after_the_return", "late", "too_late"),
        yes=("before_return", "before_filing", "before_the_return", "on_filing", "with_return", "in_time", "timely"),
    )
    if _has(words, "kept", "retained", "not_transferred", "not_assigned", "outright_only"):
        return Action("kept_by_spouse")
    if "reform" in words:
        if not _has(words, "court", "judicial"):
            return Action("reformed_under_instrument", in_time)
        stages: tuple[CourtStage, ...] = ("completed", "pending", "abandoned")
        return Action("judicial_reformation", in_time, stage=next((one for one in stages if one in words), None))
    if "assign" in words and "nonassignable" not in words:
        conveyed = _yes_or_no(
            words,
            no=("not_funded", "never", "not_conveyed", "after_administration"),
            yes=("funded", "conveyed"),
        )
        return Action("assigned", in_time, conveyed, _irrevocable(words))
    if "transfer" in words:
        return Action("transferred", in_time)
    if _has(words, "nonassignable", "roll_over", "rollover", "annuity"):
        return Action("nonassignable_annuity", in_time)
    if _has(words, "passes_to_qdot", "passed_to_qdot", "left_to_qdot", "will", "living_trust"):
        return Action("passes_to_qdot", in_time)
    message = (
        f"{value!r} is not taken, expected what was done: passes_to_qdot, reformed_under_instrument, "
        "judicial_reformation, transferred_before_return, irrevocably_assigned_before_return, nonassignable_annuity "
        "or kept_by_spouse"
    )
    raise ValueError(message)


def _irrevocable(words: str) -> bool | None:
    if "irrevocabl" in words:
        return True
    return False if "revocabl" in words else None


def read_doubt(value: object) -> object:
    """Return the matter in doubt that words name; words that name none of the four are `other`."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower().replace(" ", "_")
    if _has(words, "contest", "entitle", "amount", "nature"):
        return "entitlement"
    if "inclu" in words:
        return "inclusion"
    if _has(words, "spouse") and _has(words, "citizen", "naturaliz"):
        return "spouse_citizenship"
    if _has(words, "decedent") and _has(words, "resid", "citizen", "domicil", "status"):
        return "decedent_status"
    return "other"


def read_origin(value: object) -> object:
    """Return whose property words name."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower().replace(" ", "_")
    if _has(words, "proceeds", "sale", "exchange", "conversion"):
        return "proceeds_from_decedent"
    if _has(words, "owned_by_spouse", "spouse_owned", "own_property", "spouses_own"):
        return "owned_by_spouse"
    if _has(words, "decedent", "received"):
        return "from_decedent"
    return value


def read_part(value: object) -> object:
    """Return whether the election asked for takes a part of the trust only."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower().replace(" ", "_")
    if _has(words, "whole", "entire", "100_percent", "elect_for_all"):
        return False
    if _has(words, "percent", "part", "portion", "fraction", "half", "share", "sever", "one_of"):
        return True
    if "trust" in words:
        return False
    message = f"{value!r} is not taken, expected whole_trust, or a word such as percent, part, half or severed"
    raise ValueError(message)


_WORDS = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})
ActionWords = Annotated[Action, BeforeValidator(read_action), _WORDS]
DoubtWords = Annotated[Doubt, BeforeValidator(read_doubt), _WORDS]
OriginWords = Annotated[Origin, BeforeValidator(read_origin), _WORDS]
PartWords = Annotated[
    bool, BeforeValidator(read_part), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "boolean"}]})
]


class ReturnInput(RuleInput):
    """One estate tax return that was filed."""

    second_names: ClassVar = {"date": "filed_on", "elects": "makes_election", "election_made": "makes_election"}
    filed_on: Day = Field(description="Day it was filed")
    makes_election: Flag | None = Field(None, description="Whether it makes the QDOT election; null: not known")


class QdotAssetInput(RuleInput):
    """One asset that passes to the spouse, or to a trust for the spouse."""

    second_names: ClassVar = {
        "route": "action",
        "amount": "value",
        "property_assigned": "origin",
        "percent_included_under_2040a": "percent_included",
        "percent_transferred_to_qdot_before_return": "percent_transferred",
        "reformation_completed_on": "completed_on",
        "reformation_commenced_on": "commenced_on",
        "proceeding_commenced_on": "commenced_on",
        "funded_on": "conveyed_on",
        "funded": "conveyed",
        "assignment_form": "expressed_as",
    }
    name: Words | None = Field(None, description="What it is")
    value: Money | None = Field(None, description="Value the gross estate includes and the spouse gets, USD")
    action: ActionWords = Field(
        description="What was done: passes_to_qdot, reformed_under_instrument, judicial_reformation (with pending, "
        "completed or abandoned), transferred_before_return, irrevocably_assigned_before_return (with _then_funded_"
        "before_administration_ends), nonassignable_annuity, kept_by_spouse"
    )
    in_time: Flag | None = Field(None, description="Whether the step was taken in time, where no day is given")
    by: Transferor | None = Field(
        None, description="Who transfers or assigns: spouse, legal_representative, spouse_estate, other; null: spouse"
    )
    origin: OriginWords | None = Field(
        None,
        description="from_decedent, proceeds_from_decedent (sale, exchange, conversion), or owned_by_spouse at the "
        "death; null: taken as from the decedent (Treas. Reg. 20.2056A-4(b)(3))",
    )
    percent_included: Percent | None = Field(
        None, description="Percent of the asset in the gross estate (IRC 2040(a)); null: all"
    )
    percent_transferred: Percent | None = Field(
        None, description="Percent of the asset that goes into the QDOT; null: the included part"
    )
    transferred_on: Day | None = Field(None, description="Day of the actual transfer to the QDOT")
    assigned_on: Day | None = Field(None, description="Day of the irrevocable assignment")
    conveyed_on: Day | None = Field(None, description="Day an assigned asset was conveyed to the QDOT")
    conveyed: Flag | None = Field(None, description="Whether it was conveyed in time; null: not yet or not known")
    expressed_as: Expressed | None = Field(
        None,
        description="How the assignment is expressed: specific_asset, group_of_assets, fraction, pecuniary, formula; "
        "null: taken as the asset itself (Treas. Reg. 20.2056A-4(b)(2))",
    )
    pecuniary_clause: Clause | None = Field(
        None,
        description="A sum or formula: value_on_transfer, fairly_representative or none (Treas. Reg. 20.2056A-4(b)(4))",
    )
    in_writing: Flag | None = Field(None, description="Whether it is in writing")
    irrevocable: Flag | None = Field(None, description="Whether it is irrevocable")
    enforceable: Flag | None = Field(None, description="Whether it is enforceable under local law")
    copy_with_return: Flag | None = Field(None, description="Whether a copy goes with the return")
    completed_on: Day | None = Field(None, description="Day a reform under the instrument was complete")
    commenced_on: Day | None = Field(None, description="Day the court was asked")
    court_stage: CourtStage | None = Field(None, description="completed, pending or abandoned")
    effective_under_local_law: Flag | None = Field(None, description="Whether the reformed trust is good locally")
    may_be_amended_out: Flag | None = Field(
        None, description="Whether anybody could amend the trust so that it is no QDOT"
    )
    duties_met_meanwhile: Flag | None = Field(
        None, description="Court reform: Form 706-QDT, tax and statements as if it were a QDOT"
    )
    annuity: AnnuityCorpusPortionInput | None = Field(
        None, description="nonassignable_annuity: input of annuity-corpus-portion, which then decides here"
    )


class QdotElectionInput(RuleInput):
    """The estate's return, the election, the trust, and what comes into it."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "return_due": "return_due_with_extension",
        "due_date_with_extension": "return_due_with_extension",
        "extension": "extension_granted",
        "first_return_filed": "return_filed_on",
        "return_filed": "return_filed_on",
        "returns_filed": "returns",
        "election_timely": "qdot_election_timely",
        "spouse_is_us_citizen": "spouse_citizen",
        "requested": "part_only",
        "trust_severed_before_election_due": "severed_before_election_due",
        "trust_severed_on": "severed_on",
        "ground_at_filing": "doubt_at_filing",
        "protective_ground": "doubt_at_filing",
        "specific_assets_and_basis_identified": "assets_and_basis_named",
        "statement_signed_under_penalties_of_perjury": "signed_under_penalties",
        "property_assigned": "origin",
        "percent_included_under_2040a": "percent_included",
        "percent_transferred_to_qdot_before_return": "percent_transferred",
        "section_2056A_and_reg_2_requirements_met": "qdot_requirements_met",
        "trust_form_qualifies_for_marital_deduction_on_its_own": "trust_form_qualifies",
        "trust_has_marital_form": "trust_form_qualifies",
        "other_property_in_trust": "other_property_in_qdot",
        "spouse_retains_power_of_appointment": "spouse_keeps_power_over_remainder",
        "remainder_vested_in_others": "remainder_to_others",
    }

    date_of_death: Day | None = Field(None, description="The decedent's day of death: the return's due date follows")
    death_after: Day | None = Field(None, description="A day the decedent died after, where the day is not stated")
    decedent_citizen: Flag | None = Field(None, description="Whether the decedent was a US citizen; for the record")
    decedent_citizenship: Citizenship | None = Field(None, description="us or foreign; for the record")
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign; for the record")
    decedent_nonresident_noncitizen: Flag | None = Field(
        None, description="Whether the decedent was neither a citizen nor domiciled here"
    )
    spouse_citizen: Flag | None = Field(None, description="Whether the spouse is a US citizen; null: taken as not")
    spouse_citizenship: Citizenship | None = Field(None, description="The same in a word")
    spouse_naturalized_on: Day | None = Field(None, description="Day of the spouse's oath, if any")
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 gave six months more to file")
    return_due_with_extension: Day | None = Field(
        None, description="Due date of the return with extensions granted, in place of date_of_death"
    )
    return_filed_on: Day | None = Field(None, description="Day the only or first return was filed; null: not yet")
    returns: list[ReturnInput] | None = Field(None, description="All returns filed, where there are several")
    election_made: Flag | None = Field(None, description="Whether the return that counts makes the election")
    qdot_election_timely: Flag | None = Field(
        None, description="Whether the election was in time, where the days are not stated"
    )
    part_only: PartWords | None = Field(
        None, description="What the election asks for: whole_trust, or words for a part (elect_for_60_percent)"
    )
    severed_before_election_due: Flag | None = Field(
        None, description="Whether the trust was actually severed before the election was due"
    )
    severed_on: Day | None = Field(None, description="Day it was severed")
    wants_to_revoke: Flag | None = Field(None, description="Whether someone asks to take the election back")
    listed_on_schedule_m: Flag | None = Field(None, description="Whether the trust is listed on Schedule M")
    deducted_on_schedule_m: Flag | None = Field(None, description="Whether its whole value is deducted there")
    trustees_named: Flag | None = Field(None, description="Attachment: name and address of every trustee")
    transfers_described: Flag | None = Field(None, description="Attachment: the transfers that passed to the trust")
    trust_ein_stated: Flag | None = Field(None, description="Attachment: the trust's employer identification number")
    doubt_at_filing: DoubtWords | None = Field(
        None,
        description="Protective election: what is in doubt (decedent's residence or citizenship, spouse's "
        "citizenship, inclusion of an asset, what the spouse is entitled to); other words are no ground",
    )
    executor_reasonable_belief: Flag | None = Field(
        None, description="Whether the executor reasonably believes, at filing, that the issue is bona fide"
    )
    signed_under_penalties: Flag | None = Field(
        None, description="Whether the statement is signed under penalties of perjury"
    )
    assets_and_basis_named: Flag | None = Field(
        None, description="Whether it names the specific assets and the specific reason"
    )
    assets: list[QdotAssetInput] | None = Field(None, description="What passes to the spouse, asset by asset")
    all_passes_outright_to_spouse: Flag | None = Field(None, description="Whether everything passes outright")
    all_passes_to_qdot: Flag | None = Field(None, description="Whether everything passes to a QDOT at the death")
    title: Words | None = Field(None, description="How an asset is held; for the record")
    origin: OriginWords | None = Field(None, description="Short form of one asset's origin")
    equal_in_value_to_property_received: Flag | None = Field(
        None, description="Whether the spouse's own property is worth as much: it does not help"
    )
    percent_included: Percent | None = Field(None, description="Short form: percent in the gross estate")
    percent_transferred: Percent | None = Field(
        None, description="Short form: percent transferred to the QDOT before the return"
    )
    administration_ends_on: Day | None = Field(None, description="Day the administration of the estate ends")
    no_administration: Flag | None = Field(None, description="Whether nothing is administered under local law")
    conveyance_ruling: Flag | None = Field(
        None, description="Whether a ruling extended or waived the conveyance (Treas. Reg. 301.9100-1(a))"
    )
    qdot_created_by: Literal["decedent", "spouse", "executor"] | None = Field(
        None, description="Who made the QDOT; each may (Treas. Reg. 20.2056A-4(b)(1))"
    )
    qdot_requirements_met: Flag | None = Field(
        None,
        description="Whether the trust meets IRC 2056A(a) and Reg. 20.2056A-2; null: see qdot-qualification",
    )
    other_property_in_qdot: Flag | None = Field(
        None, description="Whether the trust holds anything that did not pass from the decedent to the spouse"
    )
    trust_form_qualifies: Flag | None = Field(
        None, description="Whether all of the trust qualifies for the marital deduction by its form"
    )
    trust_under_will_holds_foreign_situs_assets: Flag | None = Field(
        None, description="Whether it is a trust under the will with foreign property of a nonresident decedent"
    )
    spouse_wants_to_assign_us_situs_property_passing_outside_will: Flag | None = Field(
        None, description="Whether the spouse wants to use that trust for property that passes outside the will"
    )
    spouse_keeps_power_over_remainder: Flag | None = Field(
        None, description="Whether the spouse keeps a power over who gets the remainder"
    )
    spouse_may_revoke: Flag | None = Field(None, description="Whether the spouse may revoke the trust")
    remainder_to_others: Flag | None = Field(
        None, description="Whether the remainder vests in others; null: taken as yes"
    )
    qualified_disclaimer: Flag | None = Field(
        None, description="Whether the transfer satisfies IRC 2518(c)(3); null: no"
    )
    remainder_factor: Fraction | None = Field(
        None, description="Remainder factor of IRC 7520 on the day of transfer, for the gift of the remainder"
    )
