"""A demo firm with one finished and one half-way matter, and plans of worked-out couples."""

import pytest
from django.test import Client

from clients.models import Matter, User
from planning.demo.firm import load_demo
from planning.models import Plan
from tests.factories import make_firm, make_matter, make_staff
from tests.planning.sample_plan import facts_and_result


class Demo:
    """The demo firm: its matters, its plan, and somebody signed in."""

    def __init__(self):
        self.plan = Plan.objects.get()
        self.matter = self.plan.matter
        self.half_way = Matter.objects.exclude(pk=self.matter.pk).get()

    @staticmethod
    def user(name):
        """Return a user by the part of the address before the @."""
        return User.objects.get(email__startswith=f"{name}@")

    def browser(self, name):
        """Return a client in which the person is signed in."""
        browser = Client()
        browser.force_login(self.user(name))
        return browser


@pytest.fixture
def demo(db):
    """The demo firm, loaded as `./run serve` loads it."""
    load_demo()
    return Demo()


class Desk:
    """A firm with staff and a matter whose plan is put in as worked out."""

    def __init__(self, variant="gifts", names=None):
        self.firm = make_firm()
        self.attorney = make_staff(self.firm, "attorney")
        self.paralegal = make_staff(self.firm, "paralegal")
        self.matter = make_matter(self.firm, self.paralegal, **({"names": names} if names else {}))
        self.plan = put_plan(self.matter, self.paralegal, variant)

    @property
    def spouse(self):
        """Return the account of one of the two clients."""
        return self.matter.participant("a").user


def put_plan(matter, actor, variant="gifts"):
    """Put a worked-out plan into a matter, as if computed from its record."""
    from clients.selectors import record_fingerprint

    facts, result = facts_and_result(variant)
    number = matter.plans.count() + 1
    return Plan.objects.create(
        matter=matter,
        number=number,
        reference=f"P-{matter.reference[2:]}-{number}",
        facts=facts,
        assumptions=facts["assumptions"],
        result=result,
        record_fingerprint=record_fingerprint(matter),
        law_fingerprint=result["law"]["fingerprint"],
        engine_version=result["engine_version"],
        computed_by=actor,
    )


@pytest.fixture
def desk(db):
    """A firm with a computed plan."""
    return Desk()


@pytest.fixture
def make_desk(db):
    """Return the maker of desks, for other couples."""
    return Desk


def signed_in(user):
    """Return a client in which the user is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


class Study:
    """The demo's answered matter with a computed plan, without signature and paper: what-if pages work on it."""

    def __init__(self):
        from planning.demo import firm
        from planning.services import compute_plan

        self.attorney, self.paralegal, _admin = firm._firm()
        self.matter = firm._answered(self.paralegal)
        self.plan = compute_plan(matter=self.matter, actor=self.paralegal)
        self.browser = signed_in(self.paralegal)

    @property
    def spouse(self):
        """Return the account of one of the two clients."""
        return self.matter.participant("a").user


@pytest.fixture
def study(db):
    """A matter whose plan can be computed again under other assumptions."""
    return Study()
