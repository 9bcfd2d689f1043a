"""Names that stand in other matters of the firm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from clients.models import Answer, Firm, Matter, Participant


@dataclass(frozen=True, slots=True)
class Conflict:
    """A name that also stands in another matter of the firm."""

    matter: Matter
    name: str
    where: str
    asked: str
    is_exact: bool


LONGEST_COMPARED = 8
# Databases refuse conditions that are too long; so many names are compared without narrowing first.
MOST_COMPARED = 300
NAME_KEYS = ("legal_name", "earlier_names", "other_spellings", "name_in_home_script", "business_names", "child_name")


def conflicts_by_name(firm: Firm, names: Iterable[str], *, exclude: Matter | None = None) -> list[Conflict]:
    """Find names in the firm's matters: people, earlier names, children, businesses; case and accents do not count."""
    asked = {name: name_words(name) for name in names if name_words(name)}
    found: dict[tuple[int, str, str], Conflict] = {}
    for matter, name, where in _names_of(firm, exclude, like=list(asked.values())):
        words = name_words(name)
        for wanted, wanted_words in asked.items():
            is_exact = words == wanted_words
            if is_exact or _is_similar(words, wanted_words):
                key = (matter.pk, name, wanted)
                if key not in found:
                    found[key] = Conflict(matter, name, where, wanted, is_exact)
    return sorted(found.values(), key=lambda hit: (not hit.is_exact, hit.matter.reference, hit.name))


def names_in(matter: Matter) -> list[str]:
    """Give every name that stands in a matter, for the conflict check."""
    return list(dict.fromkeys(name for _matter, name, _where in _names_of(matter.firm, None, only=matter)))


def name_words(name: str) -> tuple[str, ...]:
    """Give a name as sorted words without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(sorted(set(re.findall(r"\w+", plain))))


def _is_similar(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller) > 1 and smaller <= larger


def _names_of(
    firm: Firm, exclude: Matter | None, only: Matter | None = None, like: list[tuple[str, ...]] | None = None
) -> Iterable[tuple[Matter, str, str]]:
    """Give the names of the firm's matters; with `like`, of those that may hold a name like one of these."""
    matters = Matter.objects.for_firm(firm)
    if like is not None:
        matters = matters.filter(_may_hold(like))
    if exclude is not None:
        matters = matters.exclude(pk=exclude.pk)
    if only is not None:
        matters = matters.filter(pk=only.pk)
    for participant in Participant.objects.filter(matter__in=matters).select_related("matter"):
        yield participant.matter, participant.full_name, _("client")
    rows = Answer.objects.filter(matter__in=matters, question__in=NAME_KEYS).select_related("matter").order_by("pk")
    newest = {(row.matter_id, row.participant_id, row.item, row.question): row for row in rows}
    labels = {"child_name": _("child"), "business_names": _("business")}
    for row in newest.values():
        for name in re.split(r"[\n;,]", str(row.value or "")):
            if name.strip():
                yield row.matter, name.strip(), labels.get(row.question, _("other name"))


def _may_hold(names: list[tuple[str, ...]]) -> Q:
    """Narrow the search: a name of one word is found whole, a longer one shares two words at least."""
    pairs = {
        pair for words in names for pair in (combinations(words[:LONGEST_COMPARED], 2) if len(words) > 1 else [words])
    }
    if len(pairs) > MOST_COMPARED:
        return Q()
    may_hold = Q(pk__in=[])
    for pair in sorted(pairs):
        holds = Q()
        for word in pair:
            holds &= Q(board_entry__names__contains=f" {word} ")
        may_hold |= holds
    return may_hold
