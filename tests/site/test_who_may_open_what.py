"""Every address and every kind of visitor, derived from the resolver: an address without a rule fails.

Visitors: the attorney and the paralegal of the firm, the client of the matter,
a client of another matter, staff of another firm, and nobody.
"""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clients.models import Firm, Matter, User
from planning.demo.firm import load_demo
from planning.models import Document, Plan, Scenario
from tests.factories import make_matter, make_other_firm

pytestmark = pytest.mark.django_db

STAFF = ("attorney", "paralegal")
VISITORS = (*STAFF, "admin", "client", "other_client", "other_firm", "nobody")

OPEN, LOGIN, MISSING, ROLE = "open", "login", "missing", "role"

# What each kind of page answers to each visitor. "open": anything but a refusal.
FIRM_PAGE = {"client": {MISSING, ROLE}, "other_client": {MISSING, ROLE}, "other_firm": {OPEN}, "nobody": {LOGIN}}
MATTER_PAGE = {"client": {MISSING, ROLE}, "other_client": {MISSING}, "other_firm": {MISSING}, "nobody": {LOGIN}}
COUPLE_PAGE = {
    "attorney": {MISSING, ROLE},
    "paralegal": {MISSING, ROLE},
    "admin": {MISSING, ROLE},
    "other_client": {MISSING},
    "other_firm": {MISSING},
    "nobody": {LOGIN},
}
ATTORNEY_STEP = {**MATTER_PAGE, "paralegal": {ROLE}, "admin": {ROLE}}
ADMIN_PAGE = {**FIRM_PAGE, "attorney": {ROLE}, "paralegal": {ROLE}, "other_firm": {ROLE}}
SIGNED_IN = {"nobody": {LOGIN}}
ANYONE: dict[str, set[str]] = {}

# name of the address -> (method, answers). Visitors that are not named must get in.
RULES = {
    "clients:board": ("get", FIRM_PAGE),
    "clients:open-matter": ("get", FIRM_PAGE),
    "clients:search": ("post", FIRM_PAGE),
    "clients:firm-settings": ("get", ADMIN_PAGE),
    "clients:brand-css": ("get", ANYONE),
    "clients:home": ("get", SIGNED_IN),
    "clients:set-language": ("post", ANYONE),
    "clients:invitation": ("get", {visitor: {MISSING} for visitor in VISITORS}),
    "clients:invitation-code": ("get", {visitor: {MISSING} for visitor in VISITORS}),
    **dict.fromkeys(
        ["clients:matter", "clients:people", "clients:answers", "clients:staff-facts", "clients:activity"],
        ("get", MATTER_PAGE),
    ),
    **dict.fromkeys(
        ["clients:invite", "clients:revoke-invitation", "clients:review-answer", "clients:accept-all"],
        ("post", MATTER_PAGE),
    ),
    **dict.fromkeys(
        ["clients:portal", "clients:intake-page", "clients:intake-item-add", "clients:intake-item"],
        ("get", COUPLE_PAGE),
    ),
    **dict.fromkeys(
        ["clients:intake-item-remove", "clients:intake-review", "clients:intake-submit"], ("get", COUPLE_PAGE)
    ),
    **dict.fromkeys(
        [
            "planning:plan",
            "planning:plan-version",
            "planning:worksheets",
            "planning:findings",
            "planning:basis",
            "planning:deadlines",
            "planning:deadlines-file",
            "planning:documents",
            "planning:document",
            "planning:case-file",
            "planning:what-if",
            "planning:what-if-scenario",
            "planning:scenarios",
            "planning:compare-scenarios",
            "planning:scenario",
            "planning:delete-scenario",
        ],
        ("get", MATTER_PAGE),
    ),
    **dict.fromkeys(
        [
            "planning:what-if-flips",
            "planning:growth-sets",
            "planning:clone-scenario",
            "planning:compute-scenario",
            "planning:promote-scenario",
        ],
        ("post", MATTER_PAGE),
    ),
    "planning:run-plan": ("post", MATTER_PAGE),
    **dict.fromkeys(
        ["planning:decide", "planning:sign-off", "planning:release", "planning:withdraw"], ("post", ATTORNEY_STEP)
    ),
    "planning:client-document": ("get", COUPLE_PAGE),
    "planning:law": ("get", FIRM_PAGE),
    "planning:law-year": ("get", FIRM_PAGE),
    **dict.fromkeys(["planning:law-states", "planning:law-state", "planning:law-treaty"], ("get", FIRM_PAGE)),
}
# Sign-in pages are allauth's: open to anyone, or to whoever is signed in. Their own tests are elsewhere.
SIGN_IN_PAGES = re.compile(r"^(account_|mfa_|socialaccount_|demo-mail$)")


def addresses(patterns=None, namespace="", outer=()):
    """Walk the resolver and give every named address with the keys it takes."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        keys = (*outer, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry.url_patterns, inner, keys)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", keys


NAMED = {name: keys for name, keys in addresses() if not SIGN_IN_PAGES.match(name)}


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(RULES) == set(NAMED)


@pytest.fixture
def house(db):
    """The demo firm with its finished matter, another couple, another firm; and a client for each visitor."""
    load_demo()
    firm = Firm.objects.get()
    olga, _ = make_other_firm()
    matter = Matter.objects.for_firm(firm).get(plan_released_at__isnull=False)
    other = make_matter(firm, names=("Noa Far", "Nils Far"))
    users = {
        "attorney": User.objects.get(email="priya@marshcalloway.example"),
        "paralegal": User.objects.get(email="dana@marshcalloway.example"),
        "admin": User.objects.get(email="ines@marshcalloway.example"),
        "client": matter.participant("a").user,
        "other_client": other.participant("a").user,
        "other_firm": olga,
        "nobody": None,
    }
    return matter, users


def arguments(name, matter):
    """Fill in an address with real things of the matter."""
    item = matter.answers.filter(question="asset_name", item__isnull=False).first().item
    plan = Plan.objects.for_matter(matter).first()
    document = Document.objects.get(public_id=matter.released_document_public_id)
    slug = {
        "clients:intake-item": "homes-about",
        "clients:intake-item-add": "homes",
        "clients:intake-item-remove": "homes",
    }
    known = {
        "matter_id": matter.public_id,
        "plan_id": plan.public_id,
        "scenario_id": Scenario.objects.for_matter(matter)[0].public_id,
        "document_id": document.public_id,
        "slot": "a",
        "page": slug.get(name, "your-names"),
        "item": item,
        "token": "forged-link",
        "strategy": "qdot",
        "order": "a",
        "year": 2026,
        # California among the states, Canada among the treaties.
        "code": "CA",
    }
    return {key: known[key] for key in NAMED[name]}


def answer_of(response):
    """Say how a response receives a visitor."""
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return LOGIN
    return {404: MISSING, 403: ROLE}.get(response.status_code, OPEN)


def test_every_visitor_is_received_as_the_rules_say(house):
    matter, users = house
    wrong = []
    for name, (method, answers) in RULES.items():
        url = reverse(name, kwargs=arguments(name, matter))
        for visitor in VISITORS:
            browser = Client()
            if users[visitor] is not None:
                browser.force_login(users[visitor])
            response = getattr(browser, method)(url)
            found = answer_of(response)
            if found not in answers.get(visitor, {OPEN}) or response.status_code >= 500:
                wrong.append((name, visitor, response.status_code))

    assert [] == wrong


@pytest.mark.parametrize("visitor", STAFF)
def test_an_absent_thing_is_not_found_even_for_staff(house, visitor):
    matter, users = house
    browser = Client()
    browser.force_login(users[visitor])
    wrong = []
    for name, (method, _) in RULES.items():
        kwargs = arguments(name, matter)
        for key in ("matter_id", "plan_id", "document_id", "scenario_id"):
            if key in kwargs:
                response = getattr(browser, method)(reverse(name, kwargs={**kwargs, key: uuid4()}))
                if response.status_code not in {403, 404}:
                    wrong.append((name, key, response.status_code))

    assert [] == wrong


def test_a_get_changes_no_row_but_the_ledger(house):
    from django.apps import apps

    matter, users = house
    browser = Client()
    browser.force_login(users["attorney"])
    kept = [m for m in apps.get_models() if m.__name__ not in {"AuditEvent", "Session"} and m._meta.managed]

    def counts():
        return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in kept}

    for name, (method, answers) in RULES.items():
        if method != "get" or "attorney" in answers:
            continue
        before = counts()

        browser.get(reverse(name, kwargs=arguments(name, matter)))

        assert before == counts(), name
