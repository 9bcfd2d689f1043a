"""Helps that walk the couple's pages as a browser without JavaScript does."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse


class FormReader(HTMLParser):
    """Collects the fields of the page's forms with their present values."""

    def __init__(self):
        super().__init__()
        self.fields, self.names, self.select, self.area = {}, set(), None, None
        self.links, self.ids, self.labels = [], [], set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "label":
            self.labels.add(values.get("for"))
        name = values.get("name")
        if tag == "input" and name:
            self.names.add(name)
            is_box = values.get("type") in {"radio", "checkbox"}
            if not is_box or "checked" in values:
                self.fields.setdefault(name, []).append(values.get("value", ""))
        elif tag == "select" and name:
            self.names.add(name)
            self.select = name
            self.fields.setdefault(name, []).append("")
        elif tag == "option" and self.select and "selected" in values:
            self.fields[self.select][-1] = values.get("value", "")
        elif tag == "textarea" and name:
            self.names.add(name)
            self.area = name
            self.fields[name] = [""]

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.fields[self.area][-1] += data


def read(response):
    """Read a page's forms."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader


def text_of(response):
    """Give a page's text without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def page_url(matter, slug, query=""):
    """Give the address of a page."""
    return reverse("clients:intake-page", args=[matter.public_id, slug]) + query


def fields_of(client, url):
    """Open a page and give what its form would send unchanged."""
    response = client.get(url)
    assert 200 == response.status_code, (url, response.status_code, response.headers.get("Location"))
    fields = read(response).fields
    fields.pop("csrfmiddlewaretoken", None)
    fields.pop("language", None)
    fields.pop("next", None)
    return fields


def answer(client, url, later=False, **answers):
    """Open a page, change some fields as a person would, and send it. `__` in a name stands for `--`."""
    fields = fields_of(client, url)
    for name, value in answers.items():
        fields[name.replace("__", "--")] = value
    if later:
        fields["later"] = "yes"
    return client.post(url, fields)


ANSWERS = {
    "working-together": {"joint_representation": "acknowledged"},
    "your-names": {"legal_name": "Lucía Marín"},
    "other-names": {"business_names": "Marín Imports LLC"},
    "about-you": {"date_of_birth": "14 April 1979", "place_of_birth": "Valparaíso, Chile"},
    "where-you-live": {"home_country": "US", "home_state": "NC", "home_since": "2009"},
    "your-marriage": {
        "married_on": "12 January 2008",
        "lived_in_community_property_place": "no",
        "marital_agreement": "no",
    },
    "earlier-marriages": {"earlier_marriage": "no"},
    "why-we-ask": {},
    "your-citizenship": {"citizenships": ["US"]},
    "your-status": {"us_status": "green_card", "lawful_permanent_resident_since": "14 May 2019"},
    "becoming-a-citizen": {"naturalization_intent": "maybe"},
    "home-for-good": {"home_for_good": "us"},
    "children": {"has_children": "no"},
    "what-you-own": {"owns": ["home", "bank"]},
    "rough-total": {"rough_total": "1,000,000"},
    "rough-total-joint": {"rough_total_joint": "2,000,000"},
    "living-costs": {"survivor_spending": "120,000"},
    "large-gifts": {"large_gifts": "no"},
    "gifts-to-spouse": {"gifts_to_spouse": "no"},
    "gift-tax-returns": {"gift_tax_returns_filed": "no"},
    "first-death": {"first_death_wish": "all_to_spouse"},
    "trustee": {"us_trustee_available": "not_sure"},
}
HOME = [
    {
        "kind": "home",
        "asset_name": "House on Selwyn Avenue",
        "country": "US",
        "state": "NC",
        "title": "joint_survivorship",
    },
    {"value": "3,200,000", "value_is_estimate": "yes", "debt": "0"},
    {"acquired_by": "purchase", "acquired_year": "2009", "cost_basis": "1,150,000"},
    {"contribution_a": "75"},
]
ACCOUNT = [
    {"kind": "bank", "asset_name": "Savings", "country": "US", "title": "a"},
    {"value": "960,000"},
    {"acquired_by": "purchase"},
]


def add_thing(client, matter, slug, steps):
    """Add one thing to a list, page after page; give the address the last save leads to."""
    url = reverse("clients:intake-item-add", args=[matter.public_id, slug])
    for answers in steps:
        response = answer(client, url, **answers)
        assert 302 == response.status_code, text_of(response)
        url = response.headers["Location"]
    return url


def walk_all(client, matter, **overrides):
    """Answer every page from the home page on, in the order the pages lead; give the slugs that were met."""
    answers, met = {**ANSWERS, **overrides}, []
    url = page_url(matter, "working-together")
    for _turn in range(60):
        slug = url.split("/p/")[1].strip("/") if "/p/" in url else ""
        if not slug:
            return met
        assert slug not in met, f"met {slug} twice"
        met.append(slug)
        if slug in {"homes", "accounts"}:
            if not read(client.get(url)).links or "Not finished" in text_of(client.get(url)):
                raise AssertionError(slug)
            if "Nothing is listed yet" in text_of(client.get(url)):
                add_thing(client, matter, slug, HOME if slug == "homes" else ACCOUNT)
            response = client.post(url)
        else:
            response = answer(client, url, **answers[slug])
        assert 302 == response.status_code, (slug, text_of(response))
        url = response.headers["Location"]
    raise AssertionError("the pages do not end")
