"""The audit log as an administrator reads it: what was done in words, to whom, and what became of each field."""

import pytest
from django.urls import reverse

from moothall.bodies.actions import amend_body, create_body
from moothall.bodies.models import Body, Kind
from moothall.foundation.actions import all_verbs
from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Entry
from moothall.foundation.councils.actions import erase_contents
from moothall.foundation.councils.queries import log_of
from moothall.people import actions as people
from moothall.people.models import AbsenceApproval
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.log.log_text import VERBS, told, verb_called
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
LOG = reverse("workspace:log")


@pytest.fixture
def last(administrator, avonmere):
    """The last entry of the log, as it is read."""
    return lambda: told(log_of(administrator)[:1], administrator)[0]


def test_an_entry_names_the_act_the_thing_and_its_page(last, panel, operator):
    amend_body(panel, remit="Schools", by=operator)
    found = last()
    assert found.did == str(BY_NAME["amend-body"].heading)
    assert (found.thing, found.address) == (panel.name, reverse("workspace:body", args=[panel.slug]))


def test_a_change_is_told_field_by_field_without_what_never_changes(last, panel, operator):
    before = panel.remit
    amend_body(panel, remit="Schools", education=False, by=operator)
    education = str(Body._meta.get_field("education").verbose_name)
    assert sorted(last().changes) == sorted([("remit", before, "Schools"), (education, "yes", "no")])


def test_days_and_choices_are_told_in_words_and_other_rows_by_number(last, anna, operator):
    people.approve_absence(anna, approved_on=TODAY, approved_until=TODAY, reason="Ill", by=operator)
    found = {name: after for name, _before, after in last().changes}
    names = {name: str(AbsenceApproval._meta.get_field(name).verbose_name) for name in ("approved_on", "person")}
    assert found[names["approved_on"]] == "24 November 2014"
    assert str(anna.pk) in found[names["person"]]
    assert last().thing == "Anna Lee"


def test_erased_contents_are_told_as_erased(administrator, panel):
    first = log_of(administrator).last()
    assert told([first], administrator)[0].changes
    erase_contents(number=first.number, reason="A slip.", by=administrator)
    assert told([log_of(administrator).last()], administrator)[0].changes is None


def test_a_verb_without_a_page_of_its_own_is_called_by_words_of_its_own():
    assert verb_called("sign_in.sign_in") == str(VERBS["sign_in.sign_in"])
    assert verb_called("sign_in.totp_activated") == "Totp activated"


def test_every_verb_that_the_log_names_apart_is_a_verb_or_of_sign_in():
    known = {*all_verbs(), "councils.create_council"}  # no council was there to ask
    assert [name for name in VERBS if name not in known and not name.startswith("sign_in.")] == []


def test_the_log_is_narrowed_by_the_words_of_an_act(browser, administrator, panel):
    page = browser(administrator).get(LOG).text
    assert f'<option value="bodies.create_body">{verb_called("bodies.create_body")}</option>' in page
    assert verb_called("bodies.create_body") == str(BY_NAME["propose-body"].heading)
    assert BY_NAME["propose-body"].gate == "bodies.create_body"


def test_things_of_another_council_are_not_named(administrator, panel, brackwater, avonmere):
    there = create_body(name="Brackwater Panel", kind=Kind.SCRUTINY, first_day=TODAY, by=Actor.operator(brackwater))
    rows = list(Entry.objects.filter(council=avonmere)[:1])
    rows[0].kind, rows[0].thing = "bodies.Body", str(there.pk)
    assert [(each.thing, each.address) for each in told(rows, administrator)] == [("", "")]


@pytest.mark.parametrize("times", [1, 3])
def test_the_log_takes_as_many_queries_for_three_entries_as_for_one(
    browser, administrator, panel, operator, times, django_assert_num_queries
):
    client = browser(administrator)
    for number in range(times):
        amend_body(panel, remit=f"Schools {number}", by=operator)
    path = f"{LOG}?verb=bodies.amend_body"
    client.get(path)
    with django_assert_num_queries(13):
        client.get(path)
