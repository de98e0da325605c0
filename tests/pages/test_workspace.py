"""The workspace in a browser: a clerk's work from end to end, accessible, and never wider than the screen."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from moothall.forward_plan.models import Entry, Plan
from moothall.foundation.actors import Role
from moothall.foundation.jobs.models import Job
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting
from moothall.people.models import Person, PoliticalGroup
from moothall.workspace.home import pages as home_pages
from moothall.workspace.home.first_steps import steps_of_administrator
from tests.axe import violations
from tests.pages.following import MAIN, field, follow, link, send
from tests.pages.test_website import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START, SEVERAL, APPOINT = (
    reverse(f"workspace:{name}", args=["licensing-committee"]) for name in ("start-body", "several", "appoint")
)
DONE = ".govuk-notification-banner--success"
DAYS = "Monday 12 January 2015\nMonday 9 February 2015, 2pm\nMonday 9 March 2015, Annual review"


def main_pages(council):
    """The pages that are looked at in a browser, by name."""
    panel = Meeting.objects.of(council).order_by("start").first().body
    anna = Person.objects.of(council).get(last_name="Lee")
    planned = Meeting.objects.of(council).get(slug="2014-12-08")
    plain = (
        "home",
        "people",
        "groups",
        "posts",
        "accounts",
        "bodies",
        "balance",
        "outside-bodies",
        "meetings",
        "year",
        "rooms",
        "periods",
        "plans",
        "options",
        "own-days",
        "jobs",
        "log",
        "verify",
        "imports",
        "register",
    )
    return {
        **{name: reverse(f"workspace:{name}") for name in plain},
        "person": reverse("workspace:person", args=[anna.slug]),
        "group": reverse("workspace:group", args=[PoliticalGroup.objects.of(council).first().slug]),
        "body": reverse("workspace:body", args=[panel.slug]),
        "meeting": reverse("workspace:meeting", args=[planned.pk]),
        "plan": reverse("workspace:plan", args=[Plan.objects.of(council).first().pk]),
        "entry": reverse("workspace:entry", args=[Entry.objects.of(council).order_by("pk").first().pk]),
        "job": reverse("workspace:job", args=[Job.objects.of(council).order_by("pk").first().pk]),
        "form": reverse("workspace:amend-body", args=[panel.slug]),
        "appoint": reverse("workspace:appoint", args=[panel.slug]),
        "several": reverse("workspace:several", args=[panel.slug]),
        "rename a body": reverse("workspace:rename-body", args=[panel.slug]),
        "rename a person": reverse("workspace:rename-person", args=[anna.slug]),
        "move": reverse("workspace:move-meeting", args=[planned.pk]),
        "a year of the body": f"{reverse('workspace:year')}?body={panel.slug}",
        "confirm": reverse("workspace:cancel-meeting", args=[planned.pk]),
        "import": reverse("workspace:import", args=["people"]),
        "option": reverse("workspace:option", args=["clear_days_basis"]),
    }


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_and_the_console_stays_empty(site, signed_in, open_page, avonmere, width):
    page, found = signed_in(open_page(width), Role.ADMINISTRATOR), {}
    for name, path in main_pages(avonmere).items():
        assert page.goto(site + path).status == 200, name
        found[name] = [*violations(page), *(["too wide"] if too_wide(page) > 0 else [])]
    assert {name: each for name, each in found.items() if each} == {}
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("role", [Role.CLERK, Role.AUTHOR, Role.LEGAL, Role.AUDITOR, Role.ANALYST], ids=str)
def test_axe_finds_nothing_on_anybodys_desk(site, signed_in, open_page, role, width):
    page = signed_in(open_page(width), role)
    page.goto(f"{site}/workspace/")
    assert violations(page) == []
    assert too_wide(page) <= 0


def test_axe_finds_nothing_on_the_desk_of_a_council_that_begins(site, signed_in, open_page, monkeypatch):
    monkeypatch.setattr(home_pages, "coming", lambda actor: visible(actor, Meeting).none())
    monkeypatch.setattr(home_pages, "first_steps", steps_of_administrator)
    page = signed_in(open_page(375), Role.ADMINISTRATOR)
    page.goto(f"{site}/workspace/")
    expect(page.locator("#first-steps")).to_be_visible()
    assert violations(page) == []
    assert too_wide(page) <= 0


def test_two_clerks_who_edit_the_same_body_choose_field_by_field(site, signed_in, open_page, avonmere):
    panel = Meeting.objects.of(avonmere).order_by("start").first().body
    slower = signed_in(open_page(375), Role.CLERK)
    slower.goto(f"{site}{reverse('workspace:amend-body', args=[panel.slug])}")
    quicker = slower.context.new_page()
    quicker.goto(slower.url)
    for page, told in ((quicker, "What the quicker one wrote."), (slower, "What the slower one wrote.")):
        field(page, "remit").fill(told)
        send(page)
    expect(slower.get_by_role("cell", name="What the quicker one wrote.")).to_be_visible()
    assert violations(slower) == []
    assert too_wide(slower) <= 0
    slower.locator("#take_remit").check()
    follow(slower.locator('button[name="merge"]'))
    assert field(slower, "remit").input_value() == "What the quicker one wrote."


def test_a_clerk_follows_the_next_steps_from_a_body_to_its_year_on_a_telephone(site, signed_in, open_page):
    page = signed_in(open_page(375, script=False), Role.CLERK)
    page.goto(f"{site}/workspace/")
    _body(page)
    follow(page.get_by_role("alert").locator(f'a[href="{START}"]'))
    send(page)
    follow(link(page, SEVERAL))
    for who in ("Dev Raman", "Anna Lee", "Ben Okafor"):
        page.get_by_label(who, exact=True).check()
    send(page)
    expect(page.locator(DONE)).to_contain_text("3")
    follow(link(page, f"{reverse('workspace:year')}?body=licensing-committee"))
    _pattern(page)
    field(page, "time").fill("10am")
    send(page)
    assert too_wide(page) <= 0
    follow(page.locator('button[name="enter"]'))
    expect(page.locator(DONE)).to_contain_text("3")


def _body(page):
    """Enter a committee, from the desk."""
    follow(link(page, reverse("workspace:propose-body")))
    field(page, "name").fill("Licensing Committee")
    field(page, "kind", "committee").check()
    send(page)


def _pattern(page):
    """The second Tuesday of each month, from January to March."""
    page.locator(f"{MAIN} details:has(form) > summary").click()
    for name, day, month in (("first_day", "1", "1"), ("last_day", "31", "3")):
        for part, number in (("day", day), ("month", month), ("year", "2015")):
            field(page, f"{name}_{part}", method="get").fill(number)
    send(page, method="get")
    expect(page.locator(f"{MAIN} .govuk-inset-text")).to_contain_text("3")


def test_a_clerk_enters_a_committee_and_a_year_and_a_resident_subscribes_to_its_calendar(site, signed_in, open_page):
    page = signed_in(open_page(script=False), Role.CLERK)
    page.goto(f"{site}/workspace/")
    _body(page)
    follow(link(page, START))
    send(page)
    _appoint(page, "Dev Raman", "chair")
    _appoint(page, "Eleanor Fitzwilliam-Haverstock", "member")
    _year(page, site)
    _subscribe(open_page(script=False), site)


def _appoint(page, who, place):
    follow(link(page, APPOINT))
    field(page, "person").select_option(label=who)
    field(page, "seat", place).check()
    send(page)
    expect(page.get_by_role("row", name=who)).to_be_visible()


def _year(page, site):
    page.goto(f"{site}/workspace/meetings/year/")
    field(page, "body").select_option(label="Licensing Committee")
    field(page, "time").fill("10am")
    field(page, "days").fill(DAYS)
    send(page)
    expect(page.get_by_role("row", name="Monday 9 February 2015")).to_be_visible()
    follow(page.locator('button[name="enter"]'))
    expect(page.locator(DONE)).to_contain_text("3")


def _subscribe(page, site):
    page.goto(f"{site}/licensing-committee/")
    expect(page.get_by_text("12 January 2015").first).to_be_visible()
    href = page.locator('a[href$=".ics"]').first.get_attribute("href")
    # a calendar program knows no browser's names for this machine, so it is asked as Django's client would
    calendar = Client(SERVER_NAME="avonmere.localhost").get(urlsplit(href).path).text
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Licensing Committee" in calendar
