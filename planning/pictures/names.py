"""How pictures call the arrangements: short, so that a label fits beside what it names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from planning.reading import Reading, parts_of

NATURALIZATIONS = ("naturalization_and_credit_shelter", "naturalization")


def short_title(reading: Reading, strategy: str) -> str:
    short = {
        "outright": _("Nothing arranged"),
        "qdot": _("QDOT alone"),
        "lifetime_gifts": _("Gifts, rest outright"),
        "gifts_and_qdot": _("Gifts and QDOT"),
        "credit_shelter_and_qdot": _("Bypass and QDOT"),
        "gifts_credit_shelter_and_qdot": _("Gifts, bypass and QDOT"),
        "naturalization": _("If citizen"),
        "naturalization_and_credit_shelter": _("If citizen, with bypass"),
    }
    return short.get(strategy) or reading.title(strategy)


def in_words(strategy: str) -> str:
    parts = parts_of(strategy)
    words = [
        _("gifts") if parts["gifts"] else "",
        _("citizenship") if parts["naturalization"] else "",
        _("bypass trust") if parts["credit_shelter"] else "",
        _("QDOT") if parts["qdot"] else "",
    ]
    found = [word for word in words if word]
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
