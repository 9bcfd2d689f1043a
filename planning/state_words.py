"""State death taxes, treaties and community property in words: what the library pages and `manage.py law` say.

Every statement carries its authority and how sure it is; nothing here computes a tax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from planning.engine.community_law import CommunityLaw, CommunityPoint
from planning.engine.inheritance_law import HeirClass, InheritanceLaw
from planning.engine.law import RateTable
from planning.engine.state_law import GiftRule, Point, StateLaw
from planning.engine.treaties import Treaty
from planning.engine.worksheet import plain

# What a law file marks as to how sure it is, and what it holds without a mark of its own, as its source has it.
Sureness = Literal["verified", "on_file", "inferred", "unverified"]
WEAKEST_LAST: tuple[Sureness, ...] = ("verified", "on_file", "inferred", "unverified")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a law: what it is about, what holds, why, how sure that is, and on what it rests."""

    about: str
    answer: str
    status: Sureness
    authority: str
    why: str = ""


def sureness_words(status: Sureness) -> str:
    """Return how sure a statement is, in words."""
    return {
        "verified": _("verified"),
        "on_file": _("on file"),
        "inferred": _("inferred"),
        "unverified": _("unverified: ask the attorney"),
    }[status]


def weakest(statuses: Iterable[Sureness]) -> Sureness:
    """Return the least sure of several; nothing at all is verified."""
    return max(statuses, key=WEAKEST_LAST.index, default="verified")


def dollars(amount: Decimal) -> str:
    """Return an amount in words: $7,350,000."""
    return f"${plain(amount)}"


def days(first: date, last: date) -> str:
    """Return a stretch of days of death."""
    return _("%(first)s to %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}


def cited(citations: Sequence[str]) -> str:
    """Return authorities in one line."""
    return ", ".join(citations)


def rates_words(table: RateTable) -> str:
    """Return the lowest and the highest rate of a table above nothing: 10% to 16%."""
    rates = [bracket.rate for bracket in table.brackets if bracket.rate]
    low, high = plain(min(rates)), plain(max(rates))
    return f"{low}%" if low == high else _("%(low)s%% to %(high)s%%") % {"low": low, "high": high}


# -- estate taxes ------------------------------------------------------------------


def kind_words(law: StateLaw) -> str:
    """Return how the state computes."""
    return {
        "excess": _("its own table, on what lies above the exclusion"),
        "zero_bracket": _("its own table, whose first bracket is free"),
        "credit_table": _("the credit table of IRC 2011(b), less a credit"),
        "smaller_of_two": _("the smaller of the credit table of IRC 2011(b) and a rate on the excess"),
        "interrelated": _("the smaller of two amounts, each on what the tax itself leaves"),
        "shrinking_credit": _("its own table on the whole, less a credit that ends at 105% of the exclusion"),
    }[law.kind]


def all_rates_words(law: StateLaw) -> str:
    """Return the rates of the state's table, after those of the credit table where the smaller of two is due."""
    own = rates_words(law.table)
    return f"{rates_words(law.credit_table)}; {own}" if law.kind in ("smaller_of_two", "interrelated") else own


def answer_words(point: Point) -> str:
    """Return the answer of a point."""
    return {
        "yes": _("yes"),
        "no": _("no"),
        "unclear": _("unclear"),
        "only_without_federal_return": _("only where no federal return is filed"),
    }[point.answer]


def said_of(about: str, point: Point) -> Said:
    """Return a point of a state's law as a statement."""
    return Said(about, answer_words(point), point.status, cited(point.citations), point.why)


def noncitizen_points(law: StateLaw) -> list[Said]:
    """Return what the state makes of a spouse who is not a US citizen."""
    rule = law.noncitizen
    return [
        said_of(_("Does IRC 2056(d) bind, so that a noncitizen spouse needs a QDOT?"), rule.applies_2056d),
        said_of(_("Is there a QDOT election for the state alone?"), rule.state_only_qdot),
        said_of(_("Does the state tax what leaves a QDOT, or its end?"), rule.qdot_distribution_tax),
        Said(
            _("Where the election is made"),
            rule.election_place,
            rule.state_only_qdot.status,
            cited(rule.citations),
        ),
        Said(
            _("What holds while nothing better is known"),
            rule.default,
            weakest((rule.applies_2056d.status, rule.state_only_qdot.status)),
            cited(rule.citations),
        ),
        said_of(_("Is there a QTIP election for the state?"), law.state_qtip),
    ]


def other_points(law: StateLaw) -> list[Said]:
    """Return what else is said of the state's tax, by the name of what it is about."""
    names = {
        "gift_tax_within_three_years": _("Gift tax paid within three years of the death"),
        "nonresident_noncitizen_exclusion": _("Exclusion of a decedent neither citizen nor resident"),
        "formula": _("The formula of the tax"),
        "special_marital_property": _("Special marital property"),
        "credit": _("The amount of the credit"),
    }
    return [said_of(names.get(name, name.replace("_", " ")), point) for name, point in law.points.items()]


def computation(law: StateLaw) -> list[Said]:
    """Return how the tax is computed, statement by statement."""
    found = [
        Said(_("Way of computing"), kind_words(law), _sure(law, "formula"), cited(law.citations)),
        Said(_("Rates"), all_rates_words(law), "on_file", cited(law.table.citations)),
    ]
    if law.credit:
        found.append(Said(_("Credit"), dollars(law.credit), _sure(law, "credit"), cited(law.exclusion_citations)))
    if law.cap is not None:
        found.append(Said(_("Most of estate and gift tax together"), dollars(law.cap), "on_file", cited(law.citations)))
    if law.has_gift_tax:
        found.append(
            Said(_("Gift tax"), _("its own, credited against the estate tax"), "on_file", cited(law.citations))
        )
    if law.credits_inheritance_tax:
        found.append(
            Said(_("Inheritance tax"), _("its own, credited against the estate tax"), "on_file", cited(law.citations))
        )
    found.append(gift_said(law.gifts))
    found.append(portability_said(law))
    if law.business_subtraction:
        found.append(
            Said(
                _("Farm or business"),
                _("up to %(amount)s more left untaxed") % {"amount": dollars(law.business_subtraction)},
                "on_file",
                cited(law.citations),
            )
        )
    if law.nonresident_noncitizen_exclusion is not None:
        found.append(
            Said(
                _("Decedent neither citizen nor resident"),
                _("an exclusion of %(amount)s") % {"amount": dollars(law.nonresident_noncitizen_exclusion)},
                _sure(law, "nonresident_noncitizen_exclusion"),
                cited(law.citations),
            )
        )
    return [*found, *sharing_said(law), indexing_said(law)]


def _sure(law: StateLaw, name: str) -> Sureness:
    point = law.points.get(name)
    return "on_file" if point is None else point.status


def gift_said(rule: GiftRule) -> Said:
    """Return which lifetime gifts come back, and where they count."""
    uses = {
        "none": _("none found"),
        "base": _("added to what is taxed"),
        "exclusion": _("they lower the exclusion"),
        "formula": _("they count in the formula"),
        "threshold": _("they count for filing alone"),
    }
    parts = [uses[rule.use]]
    if rule.years is not None:
        parts.append(
            _("gifts of the last %(years)s years") % {"years": rule.years} if rule.years > 1 else _("last year")
        )
    if rule.since is not None:
        parts.append(_("gifts since %(day)s") % {"day": rule.since.isoformat()})
    if rule.while_resident:
        parts.append(_("only those made as a resident"))
    if rule.deaths_before is not None:
        parts.append(_("deaths before %(day)s") % {"day": rule.deaths_before.isoformat()})
    return Said(_("Lifetime gifts"), "; ".join(parts), rule.status, cited(rule.citations))


def portability_said(law: StateLaw) -> Said:
    """Return whether a state DSUE passes to the survivor."""
    answer = _("no") if not law.portable else _("yes")
    if law.portable and law.dsue_limit is not None:
        answer = _("yes, up to %(amount)s") % {"amount": dollars(law.dsue_limit)}
    return Said(_("Portability between spouses"), answer, "on_file", cited(law.citations))


def sharing_said(law: StateLaw) -> list[Said]:
    """Return the fractions of residents and nonresidents, with what is not settled about each."""
    rule = law.sharing
    words = {
        "tax": _("the tax on the whole is divided"),
        "base": _("what is taxed is divided"),
        "base_and_exclusion": _("what is taxed is divided, and the exclusion with it"),
    }
    parts = (
        (_("Property in several states, resident"), rule.resident, rule.resident_words, rule.resident_doubt),
        (_("Property in the state, nonresident"), rule.nonresident, rule.nonresident_words, rule.nonresident_doubt),
    )
    return [
        Said(
            about,
            f"{words[how]}: {text}",
            "on_file" if doubt is None else doubt.status,
            cited(rule.citations),
            "" if doubt is None else doubt.why,
        )
        for about, how, text, doubt in parts
    ]


def indexing_said(law: StateLaw) -> Said:
    """Return whether amounts grow with prices."""
    rule = law.indexing
    if rule is None:
        return Said(_("Indexing"), _("none"), "on_file", cited(law.exclusion_citations))
    what = {
        "exclusion": _("the exclusion, to the next %(step)s"),
        "credit": _("the credit, to the next %(step)s"),
        "federal": _("the exclusion follows the federal one"),
    }[rule.what]
    return Said(
        _("Indexing"), what % {"step": dollars(rule.step)} if "%" in what else what, "on_file", cited(rule.citations)
    )


# -- inheritance taxes ---------------------------------------------------------------


def kinship_words(relationship: str) -> str:
    """Return a kinship as it is read: great grandchild."""
    return relationship.replace("_", " ")


def heirs_of(found: HeirClass) -> str:
    """Return who belongs to a class."""
    named = ", ".join(kinship_words(name) for name in sorted(found.relationships))
    others = _("everybody else")
    return f"{named}; {others}" if named and found.others else named or others


def exempting_words(found: HeirClass) -> str:
    """Return what stays free in a class, and how."""
    if found.table is None:
        return _("pays nothing")
    if found.trifle:
        return _("transfers below %(amount)s are free") % {"amount": dollars(found.trifle)}
    if not found.exempt_amount:
        return _("nothing is free")
    way = {
        "first_bracket": _("%(amount)s free, inside the lowest bracket"),
        "in_brackets": _("%(amount)s free, the brackets begin above it"),
        "subtracted": _("%(amount)s free, subtracted from what the heir takes"),
        "none": _("%(amount)s free"),
    }[found.exempting]
    return way % {"amount": dollars(found.exempt_amount)}


def inheritance_points(law: InheritanceLaw) -> list[Said]:
    """Return what is said of the spouse, young heirs, gifts, and what is not settled."""
    trust = {
        "elected_in": _("a trust for the spouse counts as the spouse’s own if it is elected on the return"),
        "deferred_unless_elected_out": _(
            "a trust for the spouse alone is taxed at the spouse’s death, unless elected now"
        ),
        "interest_only": _("only the spouse’s own interest in a trust is free"),
    }[law.spouse_trust]
    found = [
        Said(
            _("Spouse, outright"), _("pays nothing, whatever the citizenship"), "verified", cited(law.spouse_citations)
        ),
        Said(_("Trust for the spouse"), trust, "on_file", cited(law.spouse_trust_citations)),
    ]
    if law.young is not None:
        whose = _("children, from a parent") if law.young.children_of_decedent else _("heirs")
        words = _("%(whose)s of %(age)s or younger pay nothing") % {"whose": whose, "age": law.young.oldest}
        found.append(Said(_("Young heirs"), words, "on_file", cited(law.young.citations)))
    if law.gifts is not None:
        words = _("gifts within %(years)s year of the death, above %(free)s a person and year") % {
            "years": law.gifts.years,
            "free": dollars(law.gifts.free),
        }
        found.append(Said(_("Gifts taken back"), words, "on_file", cited(law.gifts.citations)))
    if law.insurance is not None:
        words = _("not taxed where it is payable to somebody named")
        found.append(Said(_("Life insurance"), words, law.insurance.status, cited(law.insurance.citations)))
    if law.federal_tax_citations:
        words = _("deducted from what heirs take; plans leave that out")
        found.append(Said(_("Federal estate tax"), words, "verified", cited(law.federal_tax_citations)))
    found += [
        Said(_("Which class, %(heir)s") % {"heir": kinship_words(heir)}, question, "on_file", cited(law.citations))
        for heir, question in law.asks.items()
    ]
    return found + [
        Said(_("Not settled"), point.question, point.status, cited(point.citations), point.point)
        for point in law.open_points
    ]


# -- treaties ------------------------------------------------------------------------


def treaty_kind_words(treaty: Treaty) -> str:
    """Return what the treaty goes by."""
    return {
        "situs": _("by where property lies"),
        "domicile": _("by domicile"),
        "nationality": _("by domicile and nationality"),
        "income_tax": _("an article of the income tax treaty"),
    }[treaty.kind]


def treaty_relief_words(treaty: Treaty) -> str:
    """Return what the treaty gives that may matter to a spouse, in short."""
    parts = []
    if treaty.marital is not None:
        parts.append(_("marital credit") if treaty.marital.kind == "credit" else _("marital deduction"))
    if treaty.prorates_since is not None:
        parts.append(_("share of the unified credit"))
    if treaty.half_rule is not None:
        parts.append(_("half of what passes to the spouse"))
    if treaty.spouse_as_domiciled is not None:
        parts.append(_("deduction as if domiciled here"))
    if treaty.land_and_business_only is not None:
        parts.append(_("only land and business property taxed here"))
    if treaty.keeps_domestic_deductions:
        parts.append(_("domestic deductions kept"))
    return "; ".join(parts) or _("none known")


def treaty_status(treaty: Treaty) -> Sureness:
    """Return the least sure part of what the treaty gives; where nothing of a text is known, it was not read."""
    points = treaty_points(treaty)
    return weakest(said.status for said in points) if points else "unverified"


def _read(verified: bool) -> Sureness:  # noqa: FBT001 - the one thing it is about
    return "verified" if verified else "unverified"


def treaty_points(treaty: Treaty) -> list[Said]:
    """Return what the treaty gives, condition by condition."""
    sources, found = cited(treaty.sources), []
    if treaty.marital is not None:
        relief = treaty.marital
        kind = _("Marital credit") if relief.kind == "credit" else _("Marital deduction")
        words = _("in place of a QDOT, deaths since %(day)s") % {"day": relief.since.isoformat()}
        sure = weakest(_read(condition.verified) for condition in relief.conditions)
        found.append(Said(kind, words, sure, relief.article, relief.note))
        found += [
            Said(_("Condition"), condition.words, _read(condition.verified), relief.article)
            for condition in relief.conditions
        ]
    if treaty.half_rule is not None:
        words = _("property taxed here by situs counts at half where it passes to the spouse")
        floor = _("not below the tax of a decedent domiciled here") if treaty.half_rule.floor else ""
        sure = _read(treaty.half_rule.verified)
        found.append(Said(_("Half rule"), words, sure, treaty.half_rule.article, floor))
    if treaty.spouse_as_domiciled is not None:
        words = _("a deduction and a cap of the tax as if the decedent had been domiciled here")
        rule = treaty.spouse_as_domiciled
        found.append(Said(_("Spouse"), words, _read(rule.verified), rule.article))
    if treaty.land_and_business_only is not None:
        limit = treaty.land_and_business_only.worldwide_limit
        when = "" if limit is None else _("where the whole estate is at most %(amount)s") % {"amount": dollars(limit)}
        words = _("only land and business property is taxed here")
        found.append(Said(_("What is taxed here"), words, "on_file", treaty.land_and_business_only.article, when))
    if treaty.prorates_since is not None:
        words = _("deaths since %(day)s have the share of the credit of property here") % {
            "day": treaty.prorates_since.isoformat()
        }
        found.append(Said(_("Share of the unified credit"), words, "on_file", f"IRC 2102(b)(3)(A), {sources}"))
    if treaty.keeps_domestic_deductions:
        words = _("deductions of domestic law stay, a QDOT’s among them")
        found.append(Said(_("Domestic deductions"), words, "on_file", treaty.keeps_domestic_deductions))
    return found


# -- community property ----------------------------------------------------------------


def community_points(law: CommunityLaw) -> list[Said]:
    """Return what follows from community property at a death, then California's quasi-community property."""
    names = {
        "at_death": _("What is in the estate"),
        "basis": _("Basis"),
        "citizenship": _("A noncitizen spouse"),
        "by_choice": _("Community property by choice"),
        "moved": _("Couples who moved"),
        "elsewhere": _("Property acquired elsewhere"),
    }
    return [_community(names[name], point) for name, point in law.points.items()]


def quasi_points(law: CommunityLaw) -> list[Said]:
    """Return what is said of quasi-community property."""
    names = {
        "what": _("What it is"),
        "at_death": _("At the death"),
        "gross_estate": _("Federal gross estate"),
        "survivors_half": _("The survivor’s half"),
        "recapture": _("What was given away"),
        "division": _("Division"),
        "divorce": _("Divorce differs"),
    }
    return [_community(names[name], point) for name, point in law.quasi.items()]


def _community(about: str, point: CommunityPoint) -> Said:
    return Said(about, point.text, point.status, cited(point.citations), point.question)
