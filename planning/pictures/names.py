"""How pictures call the arrangements: short, so that a label fits beside what it names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from planning.engine.strategies.catalogue import BY_ID
from planning.pictures.drawing import cut, turns_around
from planning.reading import Reading, parts_of

NATURALIZATIONS = ("naturalization_and_credit_shelter", "naturalization")


def short_title(reading: Reading, strategy: str) -> str:
    """Return the short label of a strategy."""
    short = {
        "outright": _("Nothing arranged"),
        "qdot": _("QDOT alone"),
        "lifetime_gifts": _("Gifts, rest outright"),
        "gifts_and_qdot": _("Gifts and QDOT"),
        "credit_shelter_and_qdot": _("Bypass and QDOT"),
        "gifts_credit_shelter_and_qdot": _("Gifts, bypass and QDOT"),
        "naturalization": _("If citizen"),
        "naturalization_and_credit_shelter": _("If citizen, with bypass"),
        "none_needed": _("No tax, nothing needed"),
        "life_insurance_trust": _("With insurance trust"),
    }
    return short.get(strategy) or reading.title(strategy)


def in_words(strategy: str, base: str | None = None) -> str:
    """Return what a strategy consists of, as the opening of a sentence; `base` is what an insurance trust adds to."""
    parts = parts_of(strategy, base)
    words = [
        _("gifts") if parts["gifts"] else "",
        _("citizenship") if parts["naturalization"] else "",
        _("bypass trust") if parts["credit_shelter"] else "",
        _("QDOT") if parts["qdot"] else "",
        _("treaty relief") if parts["treaty"] else "",
        _("insurance trust") if parts["insurance_trust"] else "",
    ]
    found = [word for word in words if word]
    if not found:
        known = BY_ID.get(strategy)
        return strategy if known is None else known.title
    text = (
        found[0]
        if len(found) == 1
        else _("%(several)s and %(last)s")
        % {
            "several": ", ".join(found[:-1]),
            "last": found[-1],
        }
    )
    return text[:1].upper() + text[1:]


def strategy_in_words(strategy: str) -> str:
    """Return a strategy as the opening of a title."""
    return _("Nothing arranged") if strategy in ("outright", "none_needed") else in_words(strategy)


def name_or(name: str, otherwise: str, longest: int) -> str:
    """Return a name short enough for the drawing; `otherwise` where its letters cannot be joined there."""
    return otherwise if turns_around(name) else cut(name, longest)
