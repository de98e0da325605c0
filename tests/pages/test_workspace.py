"""The workspace in a browser: a clerk's work from end to end, accessible, and never wider than the screen."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from moothall.actor import Role
from moothall.forward_plan.models import Entry, Plan
from moothall.jobs.models import Job
from moothall.meetings.models import Meeting
from moothall.people.models import Person, PoliticalGroup
from tests.pages.test_website import too_wide, violations

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


def test_a_clerk_enters_a_committee_and_a_year_and_a_resident_subscribes_to_its_calendar(site, signed_in, open_page):
    page = signed_in(open_page(script=False), Role.CLERK)
    page.goto(f"{site}/workspace/")
    page.get_by_role("button", name="Enter a body").click()
    page.get_by_label("Name", exact=True).fill("Licensing Committee")
    page.get_by_label("Committee", exact=True).check()
    page.get_by_role("button", name="Enter", exact=True).click()
    page.get_by_role("button", name="Start the body").click()
    page.get_by_role("button", name="Start", exact=True).click()
    _appoint(page, "Dev Raman", "Chair")
    _appoint(page, "Eleanor Fitzwilliam-Haverstock", "Member")
    _year(page, site)
    _subscribe(open_page(script=False), site)


def _appoint(page, who, place):
    page.get_by_role("button", name="Put somebody on the body").click()
    page.get_by_label("Who", exact=True).select_option(label=who)
    page.get_by_label(place, exact=True).check()
    page.get_by_role("button", name="Appoint").click()
    assert page.get_by_role("row", name=who).is_visible()


def _year(page, site):
    page.goto(f"{site}/workspace/meetings/year/")
    page.get_by_label("Body", exact=True).select_option(label="Licensing Committee")
    page.get_by_label("Usual start").fill("10am")
    page.get_by_label("Days").fill(DAYS)
    page.get_by_role("button", name="Look at the list").click()
    assert page.get_by_role("row", name="Monday 9 February 2015").is_visible()
    page.get_by_role("button", name="Enter these meetings").click()
    assert page.get_by_text("3 meetings are entered.").is_visible()


def _subscribe(page, site):
    page.goto(f"{site}/licensing-committee/")
    assert page.get_by_text("12 January 2015").first.is_visible()
    href = page.locator('a[href$=".ics"]').first.get_attribute("href")
    # a calendar program knows no browser's names for this machine, so it is asked as Django's client would
    calendar = Client(SERVER_NAME="avonmere.localhost").get(urlsplit(href).path).text
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Licensing Committee" in calendar
