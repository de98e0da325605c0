"""Every page of the workspace opens for those it is for."""

from pathlib import Path

import pytest
from django.urls import reverse

from moothall import workspace
from moothall.forward_plan.models import Entry, Plan
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting
from moothall.people.models import PoliticalGroup
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.urls import urlpatterns

pytestmark = pytest.mark.django_db
PLAIN = [each.name for each in urlpatterns if "<" not in str(each.pattern)]


def test_an_administrator_opens_every_such_page(browser, administrator, panel):
    client = browser(administrator)
    found = {name: client.get(reverse(f"workspace:{name}")).status_code for name in PLAIN}
    assert {name: status for name, status in found.items() if status != 200} == {}


def test_the_clerk_opens_the_page_of_every_thing(desk, panel, anna, avonmere):
    group = PoliticalGroup.objects.of(avonmere).first()
    addresses = [
        *(("meeting", each.pk) for each in Meeting.objects.of(avonmere)),
        *(("plan", each.pk) for each in Plan.objects.of(avonmere)),
        *(("entry", each.pk) for each in Entry.objects.of(avonmere)),
        ("body", panel.slug),
        ("person", anna.slug),
        ("group", group.slug),
    ]
    found = {each: desk.get(reverse(f"workspace:{each[0]}", args=[each[1]])).status_code for each in addresses}
    assert {each: status for each, status in found.items() if status != 200} == {}


def test_every_act_opens_or_says_why_not(browser, administrator, panel, avonmere):
    client, wrong = browser(administrator), {}
    for name, act in BY_NAME.items():
        thing = visible(administrator, act.kind).first() if act.kind else None
        if act.kind is None or thing is not None:
            answer = client.get(act.address(thing))
            said = '<p data-code="' if answer.status_code == 403 else str(act.heading)
            if "<h1" not in answer.text or said not in answer.text.replace("&#x27;", "'"):
                wrong[name] = answer.status_code
    assert wrong == {}


def test_nobody_signed_out_gets_in(browser, panel):
    answer = browser().get(reverse("workspace:home"))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_somebody_of_another_council_does_not_get_in(browser, acting, avonmere, brackwater):
    stranger = acting("clerk", council=brackwater)
    answer = browser(stranger).get(reverse("workspace:home"))
    assert "/account/login/" in answer["Location"]


def test_pages_are_never_kept_by_a_cache(desk, panel):
    assert "no-store" in desk.get(reverse("workspace:home"))["Cache-Control"]


def test_every_act_has_a_button_or_a_link_on_a_page():
    folder = Path(workspace.__file__).parent / "templates"
    pages = " ".join(each.read_text() for each in folder.rglob("*.html"))
    assert [name for name in BY_NAME if f'"{name}"' not in pages and f"workspace:{name}" not in pages] == []
