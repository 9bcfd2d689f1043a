"""What tests of the staff's pages fill in."""

import uuid

from clients.models import Matter
from clients.services.matters import Spouse, open_matter


def couple(a="Carl Ellery", b="Lucia Marin", **fields):
    """Fill the form that opens a matter."""
    return {
        "a_full_name": a,
        "a_email": "carl@example.com",
        "a_language": "en",
        "b_full_name": b,
        "b_email": "lucia@example.com",
        "b_language": "es",
        "save_key": str(uuid.uuid4()),
    } | fields


def opened(actor, a="Carl Ellery", b="Lucia Marin", number=1) -> Matter:
    """Open a matter through its service."""
    return open_matter(
        firm=actor.membership.firm,
        a=Spouse(a, f"a{number}@clients.example"),
        b=Spouse(b, f"b{number}@clients.example"),
        actor=actor,
    )


def actions(matter):
    """Give what the ledger says of a matter, oldest first."""
    return list(matter.events.order_by("pk").values_list("action", flat=True))
