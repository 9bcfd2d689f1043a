"""The signing desk through its services: states, roles, refusals, what stays frozen, what the ledger says."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clients.models import Answer, AuditEvent
from planning import services
from planning.engine.law import LawNotKnownError
from planning.inputs import InputError
from planning.models import Plan, PlanFrozenError
from planning.services import PlanRefusedError
from tests.factories import make_staff

FIRST = "gifts_credit_shelter_and_qdot"


def sign(desk, **changes):
    """Decide for the first and sign."""
    services.decide(plan=desk.plan, chosen_strategy=FIRST, reason="", actor=desk.attorney)
    values = {"note": "Read it all.", "projected_law_acknowledged": True, **changes}
    return services.sign_off_plan(plan=desk.plan, actor=desk.attorney, **values)


def actions(matter):
    """Return what the ledger says about a matter, openings left out."""
    found = AuditEvent.objects.filter(matter=matter).order_by("pk").values_list("action", flat=True)
    return [action for action in found if action != "matter.viewed"]


def test_a_plan_goes_from_computed_to_withdrawn_with_a_line_for_every_step(desk):
    sign(desk)
    document = services.release_plan(plan=desk.plan, actor=desk.attorney)
    desk.matter.refresh_from_db()
    released_id = desk.matter.released_document_public_id
    withdrawn = services.withdraw_plan(plan=desk.plan, actor=desk.attorney)

    desk.matter.refresh_from_db()
    assert document.public_id == released_id
    assert document.draft is False
    assert Plan.Status.WITHDRAWN == withdrawn.status
    assert desk.matter.plan_released_at is None
    expected = ["plan.decided", "plan.signed_off", "document.made", "plan.released", "plan.withdrawn"]
    assert expected == actions(desk.matter)


def test_the_ledger_holds_ids_and_no_words_of_the_attorney(desk):
    sign(desk, note="A very private note")

    told = str(list(AuditEvent.objects.filter(matter=desk.matter).values_list("data", flat=True)))
    assert str(desk.plan.public_id) in told
    assert "private" not in told


def test_a_newer_release_replaces_the_older_one(desk):
    from tests.planning.conftest import put_plan

    sign(desk)
    services.release_plan(plan=desk.plan, actor=desk.attorney)
    older, desk.plan = desk.plan, put_plan(desk.matter, desk.paralegal)
    sign(desk)
    services.release_plan(plan=desk.plan, actor=desk.attorney)

    older.refresh_from_db()
    assert Plan.Status.SUPERSEDED == older.status
    with pytest.raises(PlanRefusedError):
        services.release_plan(plan=older, actor=desk.attorney)


@pytest.mark.parametrize("role", ["paralegal", "admin"])
def test_only_an_attorney_decides_signs_releases_and_withdraws(desk, role):
    actor = desk.paralegal if role == "paralegal" else make_staff(desk.firm, "admin")

    for step in (
        lambda: services.decide(plan=desk.plan, chosen_strategy=FIRST, reason="", actor=actor),
        lambda: services.sign_off_plan(plan=desk.plan, note="x", projected_law_acknowledged=True, actor=actor),
        lambda: services.release_plan(plan=desk.plan, actor=actor),
        lambda: services.withdraw_plan(plan=desk.plan, actor=actor),
    ):
        with pytest.raises(PermissionDenied, match="Attorney"):
            step()


def test_another_choice_needs_a_reason_and_an_open_arrangement(desk):
    with pytest.raises(PlanRefusedError, match="why"):
        services.decide(plan=desk.plan, chosen_strategy="qdot", reason="  ", actor=desk.attorney)
    with pytest.raises(PlanRefusedError, match="open"):
        services.decide(plan=desk.plan, chosen_strategy="naturalization", reason="x", actor=desk.attorney)
    kept = services.decide(plan=desk.plan, chosen_strategy="qdot", reason="They wish it.", actor=desk.attorney)

    assert kept.overrides is True
    assert FIRST == kept.recommended_strategy


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"note": " "}, "note"), ({"projected_law_acknowledged": False}, "projected")],
)
def test_a_signature_is_refused_without_what_it_needs(desk, changes, words):
    with pytest.raises(PlanRefusedError, match=words):
        sign(desk, **changes)

    desk.plan.refresh_from_db()
    assert Plan.Status.COMPUTED == desk.plan.status


def test_a_signature_is_refused_without_a_decision(desk):
    with pytest.raises(PlanRefusedError, match="Confirm"):
        services.sign_off_plan(plan=desk.plan, note="x", projected_law_acknowledged=True, actor=desk.attorney)


def test_a_signature_is_refused_once_answers_have_changed(desk):
    Answer.objects.create(
        matter=desk.matter,
        participant=desk.matter.participant("b"),
        question="us_domicile",
        value="no",
        source=Answer.Source.STAFF_CONFIRMED,
        answered_by=desk.paralegal,
    )

    with pytest.raises(PlanRefusedError, match="Answers have changed"):
        sign(desk)


def test_a_signature_is_refused_once_the_law_files_have_changed(desk):
    Plan.objects.filter(pk=desk.plan.pk)
    desk.plan.law_fingerprint = "0" * 64
    desk.plan.save()

    with pytest.raises(PlanRefusedError, match="law files"):
        sign(desk)


def test_a_signed_plan_cannot_be_changed_signed_again_or_deleted(desk):
    plan = sign(desk)
    plan.result = {}

    with pytest.raises(PlanFrozenError):
        plan.save()
    with pytest.raises(PlanFrozenError):
        plan.delete()
    with pytest.raises(PlanRefusedError):
        services.sign_off_plan(plan=plan, note="x", projected_law_acknowledged=True, actor=desk.attorney)
    with pytest.raises(PlanRefusedError):
        services.decide(plan=plan, chosen_strategy=FIRST, reason="", actor=desk.attorney)


def test_a_plan_without_a_recommendation_gives_no_paper_and_no_choice(make_desk):
    desk = make_desk("needs_facts")

    assert [] == services.choices_of(desk.plan.result)
    with pytest.raises(PlanRefusedError, match="facts"):
        services.make_document(plan=desk.plan, actor=desk.paralegal)


def test_a_matter_without_answers_gives_a_plan_that_waits_for_facts(desk):
    plan = services.compute_plan(matter=desk.matter, actor=desk.paralegal)

    assert plan.result["recommendation"]["strategy"] is None
    assert plan.number == 2
    assert [fact.text for fact in services.lacks(desk.matter)]


def test_a_second_click_gives_the_same_plan_and_a_change_a_new_one(desk):
    first = services.compute_plan(matter=desk.matter, assumptions={"growth": "4"}, actor=desk.paralegal)

    again = services.compute_plan(matter=desk.matter, assumptions={"growth": "4"}, actor=desk.paralegal)
    changed = services.compute_plan(matter=desk.matter, assumptions={"growth": "3"}, actor=desk.paralegal)
    by_another = services.compute_plan(matter=desk.matter, assumptions={"growth": "3"}, actor=desk.attorney)

    assert first == again
    assert [first.number + 1, first.number + 2] == [changed.number, by_another.number]


def test_a_wrong_assumption_is_refused_and_nothing_is_kept(desk):
    with pytest.raises(InputError, match="growth"):
        services.compute_plan(matter=desk.matter, assumptions={"growth": "999"}, actor=desk.paralegal)

    assert 1 == desk.matter.plans.count()


def test_a_year_without_law_is_refused_with_what_to_do(desk):
    with pytest.raises(PlanRefusedError, match="law") as refused:
        services.compute_plan(matter=desk.matter, actor=desk.paralegal, as_of=date(1980, 1, 1))

    assert not isinstance(refused.value, LawNotKnownError)
