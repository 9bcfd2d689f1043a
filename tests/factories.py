"""Plain functions that make what tests need: firms, people, matters.

Ana is the attorney, Dana the paralegal, Ida the administrator of the firm;
Carl and Lucia are its clients; Olga works at another firm and must see nothing.
"""

from itertools import count
from uuid import uuid4

from clients.intake.qdot import QDOT
from clients.intake.questions import Scope
from clients.models import Answer, Firm, Matter, Membership, Participant, User
from clients.services import submissions

PASSWORD = "correct horse battery staple"

_numbers = count(1)


def make_firm(name="Marsh & Calloway", **fields):
    """Make a firm with a contact person."""
    fields.setdefault("contact_name", "Dana Whitfield")
    fields.setdefault("phone", "704-555-0142")
    fields.setdefault("email", "office@example.com")
    return Firm.objects.create(name=name, **fields)


def make_user(email=None, full_name="Test Person", password=PASSWORD, **fields):
    """Make a user who can sign in with PASSWORD."""
    return User.objects.create_user(
        email or f"person{next(_numbers)}@example.com", password, full_name=full_name, **fields
    )


def make_staff(firm, role="attorney", full_name=None, email=None):
    """Make a member of staff: attorney, paralegal or admin."""
    names = {"attorney": "Ana Raman", "paralegal": "Dana Whitfield", "admin": "Ida Marsh"}
    user = make_user(email, full_name or names[role])
    Membership.objects.create(user=user, firm=firm, role=role)
    return user


def make_matter(firm, opened_by=None, names=("Carl Ellery", "Lucia Marin"), users=True, **fields):
    """Make a matter with two participants; with `users` both have accepted their invitation."""
    number = next(_numbers)
    matter = Matter.objects.create(
        firm=firm,
        reference=fields.pop("reference", f"M-2026-{number:04d}"),
        opened_by=opened_by or make_staff(firm, "paralegal"),
        **fields,
    )
    for slot, name in zip("ab", names, strict=True):
        email = f"{slot}{number}@example.com"
        user = make_user(email, name, password=None) if users else None
        Participant.objects.create(matter=matter, slot=slot, full_name=name, email=email, user=user)
    return matter


def make_other_firm():
    """Make another firm with an attorney and a matter of its own; return the attorney and the matter."""
    firm = make_firm("Other & Sons")
    olga = make_staff(firm, "attorney", "Olga Other")
    return olga, make_matter(firm, olga, names=("Otto Else", "Odile Else"))


PERSONAL = {
    "joint_representation": "acknowledged",
    "legal_name": "Test Person",
    "date_of_birth": "1979-04-14",
    "home_country": "US",
    "home_state": "NC",
    "earlier_marriage": "no",
    "us_status": "green_card",
    "naturalization_intent": "maybe",
    "home_for_good": "us",
    "rough_total": "1000000.00",
    "large_gifts": "no",
    "gifts_to_spouse": "no",
    "gift_tax_returns_filed": "no",
    "first_death_wish": "all_to_spouse",
}
SHARED = {
    "married_on": "2008-01-12",
    "lived_in_community_property_place": "no",
    "marital_agreement": "no",
    "has_children": "no",
    "owns": ["home"],
    "rough_total_joint": "2000000.00",
    "survivor_spending": "120000.00",
    "us_trustee_available": "yes",
}
HOME = {
    "kind": "home",
    "asset_name": "House on Selwyn Avenue",
    "country": "US",
    "state": "NC",
    "title": "joint_survivorship",
    "value": "3200000.00",
    "debt": "0.00",
    "contribution_a": "75",
}


def answer_everything(matter, slot="a", citizenships=("US",), things=(HOME,), **changes):
    """Give one spouse's whole questionnaire as answers, quickly and without HTTP; `changes` replace single answers."""
    participant = matter.participant(slot)
    rows = []

    def add(question, value, owner, item=None):
        user = participant.user or matter.opened_by
        rows.append(
            Answer(matter=matter, participant=owner, question=question, item=item, value=value, answered_by=user)
        )

    for question, value in {**PERSONAL, "citizenships": list(citizenships)}.items():
        add(question, changes.get(question, value), participant)
    for question, value in SHARED.items():
        add(question, changes.get(question, value), None)
    for thing in things:
        item = uuid4()
        for question, value in thing.items():
            add(question, value, None, item)
    for page in QDOT.pages:
        if not page.is_step:
            add(f"page.{page.slug}", True, participant if page.scope == Scope.PERSONAL else None)
    Answer.objects.bulk_create(rows)
    return participant


def hand_in(matter, slot="a", **changes):
    """Answer everything for one spouse and hand it in."""
    participant = answer_everything(matter, slot, **changes)
    submissions.submit(participant=participant, actor=participant.user)
    return matter.submissions.order_by("-number").first()
