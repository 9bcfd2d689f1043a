"""Names that stand in other matters, and where a matter stands."""

import pytest

from clients.models import Answer
from clients.selectors import Stage, conflicts_by_name, matter_stage, name_words, stage_label
from clients.services import invitations, matters
from tests import factories

pytestmark = pytest.mark.django_db


def said(matter, question, value, slot=None):
    participant = matter.participant(slot) if slot else None
    Answer.objects.create(
        matter=matter, participant=participant, question=question, value=value, answered_by=matter.opened_by
    )


@pytest.mark.parametrize("name", ["Lucía Marín", "LUCIA MARIN", "Marín, Lucía", "lucia  marin"])
def test_a_client_is_found_in_any_case_order_and_accent(firm, dana, name):
    matter = factories.make_matter(firm, dana, names=("Carl Ellery", "Lucía Marín"))

    found = conflicts_by_name(firm, [name])

    assert [(matter, True)] == [(hit.matter, hit.is_exact) for hit in found]


def test_a_longer_name_is_similar_and_one_shared_word_is_not(firm, dana):
    factories.make_matter(firm, dana, names=("Carl Ellery", "Lucía Marín"))

    similar = conflicts_by_name(firm, ["Lucía Isabel Marín"])

    assert [False] == [hit.is_exact for hit in similar]
    assert [] == conflicts_by_name(firm, ["Lucía Soto", "Marín"])


def test_another_firm_s_names_are_never_found(firm):
    factories.make_other_firm()

    assert [] == conflicts_by_name(firm, ["Otto Else"])


def test_the_matter_itself_can_be_left_out(matter, firm):
    assert [] == conflicts_by_name(firm, ["Carl Ellery"], exclude=matter)


def test_names_are_sorted_words_without_case_accents_and_signs():
    assert ("jr", "marin", "o", "simeon") == name_words("O'Simeón-Marín, jr.")
    assert ("李小龍",) == name_words("李小龍")


def test_the_stage_follows_the_facts(firm, dana):
    matter = factories.make_matter(firm, dana, users=False)

    opened = matter_stage(matter)
    invitations.send_invitation(participant=matter.participant("a"), base_url="http://localhost", actor=dana)
    invited = matter_stage(matter)
    said(matter, "legal_name", "Carl Ellery", "a")
    answering = matter_stage(matter)
    matters.close_matter(matter=matter, actor=dana)
    matter.refresh_from_db()

    assert [Stage.OPENED, Stage.INVITED, Stage.ANSWERING, Stage.CLOSED] == [
        opened,
        invited,
        answering,
        matter_stage(matter),
    ]
    assert all(stage_label(stage) for stage in Stage)
