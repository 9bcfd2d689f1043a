"""Loads the demo firm: staff, a couple half-way through the intake, a couple with a finished plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction

from clients.intake.qdot import QDOT
from clients.intake.questions import Cell, Page
from clients.models import Firm, Matter, Membership, Participant, User
from clients.services.answers import finish_list, save_page
from clients.services.matters import Spouse, open_matter
from clients.services.submissions import accept_all, save_staff_facts, submit
from planning.demo import couples
from planning.scenarios import keep_growth_sets
from planning.services import compute_plan, decide, release_plan, sign_off_plan

FIRM_NAME = "Marsh & Calloway PLLC"
PASSWORD = "demo-lantern-orchard"  # noqa: S105 - an invented firm on the developer's own machine
STAFF = (
    ("priya@marshcalloway.example", "Priya Raman", Membership.Role.ATTORNEY),
    ("dana@marshcalloway.example", "Dana Whitfield", Membership.Role.PARALEGAL),
    ("ines@marshcalloway.example", "Inés Calloway", Membership.Role.ADMIN),
)
CLIENTS = ("graham@clients.example", "lucia@clients.example", "kofi@clients.example", "lena@clients.example")


@dataclass(frozen=True, slots=True)
class Login:
    """One demo account as it is printed."""

    email: str
    role: str
    how: str


def logins() -> list[Login]:
    """Return the demo accounts with the way each signs in."""
    staff = [Login(email, str(role.label), f"password {PASSWORD}") for email, _, role in STAFF]
    return staff + [Login(email, "client", f"password {PASSWORD}") for email in CLIENTS]


def load_demo() -> bool:
    """Make the demo firm; return whether it was made now (False: it is there already)."""
    if Firm.objects.filter(name=FIRM_NAME).exists():
        return False
    with transaction.atomic():
        staff = _firm()
        attorney, paralegal = staff[0], staff[1]
        _half_way(paralegal)
        matter = _answered(paralegal)
    # Computing and making the PDF open their own transactions.
    _planned(matter, attorney)
    return True


def _user(email: str, full_name: str) -> User:
    user: User = User.objects.create_user(email, password=PASSWORD, full_name=full_name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _firm() -> list[User]:
    firm = Firm.objects.create(
        name=FIRM_NAME,
        address="214 East Dover Street\nCharlotte, North Carolina 28204",
        phone="704-555-0142",
        email="office@marshcalloway.example",
        contact_name="Dana Whitfield",
    )
    users = []
    for email, full_name, role in STAFF:
        user = _user(email, full_name)
        Membership.objects.create(user=user, firm=firm, role=role)
        users.append(user)
    return users


def _open(actor: User, a: Spouse, b: Spouse) -> tuple[Matter, dict[str, Participant]]:
    matter = open_matter(firm=actor.membership.firm, a=a, b=b, actor=actor)
    spouses = {}
    for slot in ("a", "b"):
        participant = matter.participant(slot)
        participant.user = _user(participant.email, participant.full_name)
        participant.save(update_fields=["user"])
        spouses[slot] = participant
    return matter, spouses


def _page(slug: str) -> Page:
    page = QDOT.page(slug)
    if page is None:
        message = f"the questionnaire has no page {slug!r}"
        raise LookupError(message)
    return page


def _cell(value: Any) -> Cell:
    return Cell(value[0], value[1]) if isinstance(value, tuple) else Cell(value)


def _answer(participant: Participant, pages: dict[str, couples.Answers]) -> None:
    for slug, answers in pages.items():
        page = _page(slug)
        save_page(
            participant=participant,
            page=page,
            cells={key: _cell(value) for key, value in answers.items()},
            actor=_signed_in(participant),
        )


def _signed_in(participant: Participant) -> User:
    user = participant.user
    if user is None:
        message = "a demo spouse has an account"
        raise LookupError(message)
    return user


def _list(participant: Participant, slug: str, things: list[couples.Answers]) -> None:
    page = _page(slug)
    for thing in things:
        item = uuid4()
        kind = {"kind": Cell(page.kinds[0].value)} if len(page.kinds) == 1 else {}
        cells = kind | {key: _cell(value) for key, value in thing.items()}
        for number, step in enumerate(_page(name) for name in page.steps):
            asked = {question.key for question in step.questions} | ({"kind"} if number == 0 else set())
            answered = {key: cell for key, cell in cells.items() if key in asked}
            if not answered:
                continue
            save_page(
                participant=participant,
                page=step,
                cells=answered,
                item=item,
                actor=_signed_in(participant),
            )
    finish_list(participant=participant, page=page, actor=_signed_in(participant))


def _half_way(actor: User) -> None:
    _, spouses = _open(
        actor,
        Spouse("Lena Brandt", "lena@clients.example"),
        Spouse("Kofi Osei", "kofi@clients.example"),
    )
    _answer(spouses["a"], couples.LENA)
    _answer(spouses["b"], couples.KOFI)
    _answer(spouses["b"], couples.OSEI_SHARED)


def _answered(actor: User) -> Matter:
    matter, spouses = _open(
        actor,
        Spouse("Graham Ellery", "graham@clients.example"),
        Spouse("Lucía Marín Ellery", "lucia@clients.example"),
    )
    _answer(spouses["a"], couples.GRAHAM)
    _answer(spouses["b"], couples.LUCIA)
    _answer(spouses["a"], couples.ELLERY_SHARED)
    for slug, things in couples.ELLERY_LISTS.items():
        _list(spouses["a"], slug, things)
    for participant in spouses.values():
        submit(participant=participant, actor=_signed_in(participant))
    accept_all(matter=matter, actor=actor)
    for slot in ("a", "b"):
        save_staff_facts(
            matter=matter,
            slot=slot,
            values={
                "us_domicile": "yes",
                "domicile_state": "NC",
                "domicile_country": "US",
                "adjusted_taxable_gifts": "0.00",
                "dsue_received": "0.00",
            },
            actor=actor,
        )
    return matter


def _planned(matter: Matter, attorney: User) -> None:
    plan = compute_plan(matter=matter, actor=attorney)
    keep_growth_sets(plan=plan, points=Decimal(2), actor=attorney)
    decide(
        plan=plan,
        chosen_strategy=plan.result["recommendation"]["strategy"],
        reason="It serves what you told us matters to you, and it works whether or not Lucía becomes a citizen.",
        actor=attorney,
    )
    sign_off_plan(
        plan=plan,
        note="Facts read with both spouses; worksheets E, Q and S followed by hand.",
        projected_law_acknowledged=True,
        actor=attorney,
    )
    release_plan(plan=plan, actor=attorney)
