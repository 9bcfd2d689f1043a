"""Plain functions that make what tests need: firms, people, matters.

Ana is the attorney, Dana the paralegal, Ida the administrator of the firm;
Carl and Lucia are its clients; Olga works at another firm and must see nothing.
"""

from itertools import count

from clients.models import Firm, Matter, Membership, Participant, User

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
