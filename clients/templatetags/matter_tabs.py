"""What the tabs of a matter show, so that every page that includes them needs `matter` only."""

from __future__ import annotations

from django import template

from clients.models import Matter
from clients.selectors import pending_count

register = template.Library()


@register.simple_tag
def pending_answers(matter: Matter) -> int:
    """Count the handed-in answers nobody has decided about."""
    return pending_count(matter)
