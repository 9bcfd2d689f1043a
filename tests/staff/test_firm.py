"""The administrator's page and the style sheet with the firm's color."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clients.colors import contrast_with_white, readable
from clients.models import AuditEvent, Membership, User
from tests import factories
from tests.clients.walking import read, text_of

pytestmark = pytest.mark.django_db
URL = "/firm/"


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def firm(db):
    return factories.make_firm()


@pytest.fixture
def ida(firm):
    return factories.make_staff(firm, "admin")


@pytest.fixture
def admin(ida):
    return signed_in(ida)


def firm_fields(client, **changes):
    fields = {name: values[0] for name, values in read(client.get(URL)).fields.items() if values}
    names = (
        "name",
        "address",
        "phone",
        "email",
        "website",
        "contact_name",
        "accent_color",
        "joint_representation_text",
    )
    reader = {name: fields.get(name, "").lstrip("\n") for name in names}
    reader["email"] = "office@example.com"
    return {"action": "firm", **reader, **changes}


def events(action):
    return list(AuditEvent.objects.filter(action=action))


def test_the_page_shows_the_firm_and_its_staff(firm, admin):
    factories.make_staff(firm, "paralegal")

    response = admin.get(URL)

    page = text_of(response)
    assert 200 == response.status_code
    assert "Dana Whitfield" in page
    assert "Paralegal, may sign in" in page
    assert 'value="Marsh &amp; Calloway"' in response.content.decode()
    assert "<title>The firm · Marsh &amp; Calloway</title>" in response.content.decode()


def test_an_administrator_changes_the_firm_and_the_ledger_names_the_fields_only(firm, ida, admin):
    response = admin.post(URL, firm_fields(admin, name="Marsh & Partners", address="1 Main St\r\nCharlotte"))

    firm.refresh_from_db()
    assert (302, URL) == (response.status_code, response.headers["Location"])
    assert ("Marsh & Partners", "1 Main St\nCharlotte") == (firm.name, firm.address)
    (event,) = events("firm.changed")
    assert {"fields": ["address", "name"]} == event.data
    assert ida == event.actor


def test_saving_without_a_change_writes_nothing(admin):
    response = admin.post(URL, firm_fields(admin), follow=True)

    assert "Nothing was changed" in text_of(response)
    assert [] == events("firm.changed")


def test_a_light_color_is_made_darker_and_the_page_says_so(firm, admin):
    response = admin.post(URL, firm_fields(admin, accent_color="#FFD700"), follow=True)

    firm.refresh_from_db()
    assert contrast_with_white(firm.accent_color) >= 4.5
    assert f"made darker: {firm.accent_color}" in text_of(response)


@pytest.mark.parametrize("color", ["#ffffff", "#ffff00", "#00ff00", "#777777", "#1f4e5f", "#000000"])
def test_every_color_becomes_readable_on_white(color):
    assert contrast_with_white(readable(color)) >= 4.5


def test_a_readable_color_stays_as_it_is():
    assert readable("#1F4E5F") == "#1f4e5f"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("accent_color", "red;}x{", "Write # and six"),
        ("accent_color", "#12345", "Write # and six"),
        ("name", "", "Write the firm’s name"),
        ("email", "nobody", "Write an e-mail address"),
        ("website", "javascript:alert(1)", "Write a web address"),
        ("website", "ftp://example.com", "Write a web address"),
        ("address", "SSN 123-45-6789", "leave out numbers"),
    ],
)
def test_a_bad_value_keeps_what_was_typed_and_says_what_to_do(firm, admin, field, typed, words):
    response = admin.post(URL, firm_fields(admin, **{"phone": "555-0199", field: typed}))

    assert 200 == response.status_code
    assert words in text_of(response)
    assert "555-0199" in response.content.decode()
    assert typed in str(read(response).fields[field])
    before = firm.name
    firm.refresh_from_db()
    assert (before, "704-555-0142") == (firm.name, firm.phone)
    assert [] == events("firm.changed")


def test_hostile_words_are_shown_as_words(admin):
    response = admin.post(URL, firm_fields(admin, name="<script>alert(1)</script>"), follow=True)

    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert" in response.content.decode()


def test_a_new_member_gets_a_mail_and_can_choose_a_password(firm, admin):
    new = {"action": "add", "new-full_name": "Paul New", "new-email": "Paul@Example.com", "new-role": "paralegal"}

    response = admin.post(URL, new, follow=True)

    user = User.objects.get(email="paul@example.com")
    assert ("paralegal", firm) == (user.membership.role, user.membership.firm)
    assert "Paul New is on the list" in text_of(response)
    (message,) = mail.outbox
    assert ["paul@example.com"] == message.to
    link = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    browser = Client()
    page = browser.get(link, follow=True)
    chosen = {"password1": factories.PASSWORD, "password2": factories.PASSWORD}
    browser.post(page.redirect_chain[-1][0] if page.redirect_chain else link, chosen)
    user.refresh_from_db()
    assert user.check_password(factories.PASSWORD)


def test_the_ledger_holds_no_name_of_a_new_member(admin):
    admin.post(URL, {"action": "add", "new-full_name": "Paul New", "new-email": "p@example.com", "new-role": "admin"})

    (event,) = events("member.added")
    assert {"member", "role"} == set(event.data)
    assert "Paul" not in str(event.data)
    assert "example" not in str(event.data)


@pytest.mark.parametrize("whose", ["own", "client", "other"])
def test_an_address_with_an_account_is_refused(firm, admin, whose):
    if whose == "own":
        address = factories.make_staff(firm).email
    elif whose == "client":
        address = factories.make_matter(firm).participant("a").email
    else:
        address = factories.make_other_firm()[0].email
    new = {"action": "add", "new-full_name": "Paul New", "new-email": address.upper(), "new-role": "attorney"}

    response = admin.post(URL, new)

    assert 200 == response.status_code
    assert "Write another address" in text_of(response)
    assert "Paul New" in response.content.decode()
    assert [] == mail.outbox
    assert not User.objects.filter(full_name="Paul New").exists()


def test_a_role_that_does_not_exist_is_refused(admin):
    response = admin.post(URL, {"action": "add", "new-full_name": "P", "new-email": "p@x.org", "new-role": "owner"})

    assert 200 == response.status_code
    assert not User.objects.filter(email="p@x.org").exists()


def test_a_member_gets_another_role_and_loses_access(firm, admin):
    dana = factories.make_staff(firm, "paralegal")
    browser = signed_in(dana)
    change = {"action": "change", "member": str(dana.public_id), "role": "attorney"}

    admin.post(URL, change)

    dana.refresh_from_db()
    assert ("attorney", False) == (Membership.objects.get(user=dana).role, dana.is_active)
    assert 302 == browser.get(URL).status_code
    (event,) = events("member.changed")
    assert ["role", "is_active"] == event.data["fields"]


@pytest.mark.parametrize("change", [{"role": "paralegal", "is_active": "on"}, {"role": "admin"}])
def test_the_last_administrator_stays(ida, admin, change):
    response = admin.post(URL, {"action": "change", "member": str(ida.public_id), **change})

    ida.refresh_from_db()
    assert "One administrator must stay" in text_of(response)
    assert ("admin", True) == (Membership.objects.get(user=ida).role, ida.is_active)
    assert [] == events("member.changed")


@pytest.mark.parametrize("who", ["other firm", "nobody", "broken"])
def test_a_member_of_another_firm_is_not_found(admin, who):
    olga, _matter = factories.make_other_firm()
    member = {"other firm": str(olga.public_id), "nobody": "8e0f2ea7-4c55-4a0e-8a55-aaaaaaaaaaaa", "broken": "x"}[who]

    response = admin.post(URL, {"action": "change", "member": member, "role": "paralegal"})

    assert 404 == response.status_code
    assert "attorney" == Membership.objects.get(user=olga).role


@pytest.mark.parametrize("role", ["attorney", "paralegal"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_role_is_told_which_role_is_needed(firm, role, method):
    response = getattr(signed_in(factories.make_staff(firm, role)), method)(URL)

    assert 403 == response.status_code
    assert "Administrator" in text_of(response)


def test_a_client_finds_no_such_page_and_a_visitor_signs_in_first(firm):
    carl = factories.make_matter(firm).participant("a").user

    assert 404 == signed_in(carl).get(URL).status_code
    assert Client().get(URL).headers["Location"].startswith("/accounts/login/")


def test_other_methods_and_unknown_actions_are_refused(admin):
    assert 405 == admin.delete(URL).status_code
    assert 404 == admin.post(URL, {"action": "burn"}).status_code
    assert 405 == admin.post(reverse("clients:brand-css")).status_code


def sheet(client):
    response = client.get(reverse("clients:brand-css"))
    assert 200 == response.status_code
    return response.content.decode()


def test_the_sheet_carries_the_color_of_the_readers_firm(firm):
    firm.accent_color = "#7a1f3d"
    firm.save()
    carl = factories.make_matter(firm).participant("a").user
    olga, _matter = factories.make_other_firm()

    assert "--accent: #7a1f3d;" in sheet(signed_in(factories.make_staff(firm)))
    assert "--accent: #7a1f3d;" in sheet(signed_in(carl))
    assert "--accent: #1f4e5f;" in sheet(signed_in(olga))
    assert "--accent: #1f4e5f;" in sheet(Client())


def test_the_sheet_is_css_for_one_reader_and_a_short_time(admin):
    response = admin.get(reverse("clients:brand-css"))

    assert response.headers["Content-Type"].startswith("text/css")
    assert "private" in response.headers["Cache-Control"]
    assert "max-age=300" in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]
    for name in ("--accent:", "--accent-deep:", "--accent-wash:", "--bs-primary:", "--bs-link-color:"):
        assert name in response.content.decode()


@pytest.mark.parametrize("stored", ["red", "#fff;}b{", "#ffff00", ""])
def test_a_color_stored_otherwise_never_breaks_the_sheet(firm, admin, stored):
    type(firm).objects.filter(pk=firm.pk).update(accent_color=stored[:7])

    text = sheet(admin)

    accent = re.search(r"--accent: (#[0-9a-f]{6});", text)[1]
    assert contrast_with_white(accent) >= 4.5
    assert 1 == text.count("{")


def test_a_visitor_with_an_open_link_sees_the_firms_color(client, firm, mailoutbox, django_capture_on_commit_callbacks):
    from clients.services.invitations import send_invitation

    firm.accent_color = "#7a1f3d"
    firm.save()
    matter = factories.make_matter(firm, users=False)
    with django_capture_on_commit_callbacks(execute=True):
        send_invitation(participant=matter.participant("a"), base_url="http://testserver", actor=matter.opened_by)
    client.get(re.search(r"http://testserver(/invitation/\S+)", mailoutbox[0].body)[1])

    sheet = client.get(reverse("clients:brand-css")).content.decode()

    assert "#7a1f3d" in sheet
