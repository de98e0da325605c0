"""The workspace in a browser: a clerk's work from end to end, accessible, and never wider than the screen."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from moothall.access import visible
from moothall.actor import Role
from moothall.forward_plan.models import Entry, Plan
from moothall.jobs.models import Job
from moothall.meetings.models import Meeting
from moothall.people.models import Person, PoliticalGroup
from moothall.workspace.beginning import steps_of_administrator
from moothall.workspace.views import home
from tests.axe import violations
from tests.pages.following import follow
from tests.pages.test_website import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
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
    monkeypatch.setattr(home, "coming", lambda actor: visible(actor, Meeting).none())
    monkeypatch.setattr(home, "first_steps", steps_of_administrator)
    page = signed_in(open_page(375), Role.ADMINISTRATOR)
    page.goto(f"{site}/workspace/")
    expect(page.get_by_role("link", name="Let your colleagues in")).to_be_visible()
    assert violations(page) == []
    assert too_wide(page) <= 0


def test_two_clerks_who_edit_the_same_body_choose_field_by_field(site, signed_in, open_page, avonmere):
    panel = Meeting.objects.of(avonmere).order_by("start").first().body
    slower = signed_in(open_page(375), Role.CLERK)
    slower.goto(f"{site}{reverse('workspace:amend-body', args=[panel.slug])}")
    quicker = slower.context.new_page()
    quicker.goto(slower.url)
    quicker.get_by_label("Remit").fill("What the quicker one wrote.")
    follow(quicker.get_by_role("button", name="Save"))
    slower.get_by_label("Remit").fill("What the slower one wrote.")
    follow(slower.get_by_role("button", name="Save"))
    expect(slower.get_by_role("cell", name="What the quicker one wrote.")).to_be_visible()
    assert violations(slower) == []
    assert too_wide(slower) <= 0
    slower.get_by_label("Take this: Remit").check()
    follow(slower.get_by_role("button", name="Put what I ticked into the form"))
    assert slower.get_by_label("Remit").input_value() == "What the quicker one wrote."


def test_a_clerk_follows_the_next_steps_from_a_body_to_its_year_on_a_telephone(site, signed_in, open_page):
    page = signed_in(open_page(375, script=False), Role.CLERK)
    page.goto(f"{site}/workspace/")
    follow(page.get_by_role("button", name="Enter a body"))
    page.get_by_label("Name", exact=True).fill("Licensing Committee")
    page.get_by_label("Committee", exact=True).check()
    follow(page.get_by_role("button", name="Enter", exact=True))
    follow(page.get_by_role("alert").get_by_role("link", name="Start the body"))
    follow(page.get_by_role("button", name="Start", exact=True))
    follow(page.get_by_role("link", name="Put several members on the body"))
    for who in ("Dev Raman", "Anna Lee", "Ben Okafor"):
        page.get_by_label(who, exact=True).check()
    follow(page.get_by_role("button", name="Appoint them"))
    expect(page.get_by_text("3 members are appointed.")).to_be_visible()
    follow(page.get_by_role("link", name="Enter a year of its meetings"))
    _pattern(page)
    page.get_by_label("Usual start").fill("10am")
    follow(page.get_by_role("button", name="Look at the list"))
    page.get_by_role("button", name="Enter these meetings").wait_for()  # a click does not wait for the page it leads to
    assert too_wide(page) <= 0
    follow(page.get_by_role("button", name="Enter these meetings"))
    expect(page.get_by_text("3 meetings are entered.")).to_be_visible()


def _pattern(page):
    """The second Tuesday of each month, from January to March."""
    page.get_by_text("Let the days be filled in").click()
    for part, month in (("From", "1"), ("Until", "3")):
        dates = page.get_by_role("group", name=part)
        dates.get_by_label("Day").fill("31" if part == "Until" else "1")
        dates.get_by_label("Month").fill(month)
        dates.get_by_label("Year").fill("2015")
    follow(page.get_by_role("button", name="Fill in the days"))
    expect(page.get_by_text("3 days are filled in below.")).to_be_visible()


def test_a_clerk_enters_a_committee_and_a_year_and_a_resident_subscribes_to_its_calendar(site, signed_in, open_page):
    page = signed_in(open_page(script=False), Role.CLERK)
    page.goto(f"{site}/workspace/")
    follow(page.get_by_role("button", name="Enter a body"))
    page.get_by_label("Name", exact=True).fill("Licensing Committee")
    page.get_by_label("Committee", exact=True).check()
    follow(page.get_by_role("button", name="Enter", exact=True))
    follow(page.get_by_role("button", name="Start the body"))
    follow(page.get_by_role("button", name="Start", exact=True))
    _appoint(page, "Dev Raman", "Chair")
    _appoint(page, "Eleanor Fitzwilliam-Haverstock", "Member")
    _year(page, site)
    _subscribe(open_page(script=False), site)


def _appoint(page, who, place):
    follow(page.get_by_role("button", name="Put somebody on the body"))
    page.get_by_label("Who", exact=True).select_option(label=who)
    page.get_by_label(place, exact=True).check()
    follow(page.get_by_role("button", name="Appoint"))
    expect(page.get_by_role("row", name=who)).to_be_visible()


def _year(page, site):
    page.goto(f"{site}/workspace/meetings/year/")
    page.get_by_label("Body", exact=True).select_option(label="Licensing Committee")
    page.get_by_label("Usual start").fill("10am")
    page.get_by_label("Days", exact=True).fill(DAYS)
    follow(page.get_by_role("button", name="Look at the list"))
    expect(page.get_by_role("row", name="Monday 9 February 2015")).to_be_visible()
    follow(page.get_by_role("button", name="Enter these meetings"))
    expect(page.get_by_text("3 meetings are entered.")).to_be_visible()


def _subscribe(page, site):
    page.goto(f"{site}/licensing-committee/")
    expect(page.get_by_text("12 January 2015").first).to_be_visible()
    href = page.locator('a[href$=".ics"]').first.get_attribute("href")
    # a calendar program knows no browser's names for this machine, so it is asked as Django's client would
    calendar = Client(SERVER_NAME="avonmere.localhost").get(urlsplit(href).path).text
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Licensing Committee" in calendar
