"""Many members are put on a body in one go: all, or none with the reason."""

import pytest
from django.urls import reverse

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from moothall.foundation.audit.models import Entry
from moothall.people.models import Person
from tests.reading import banner, codes
from tests.website.filling import START

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(panel, operator):
    """A body on which nobody sits yet."""
    found = bodies.create_body(name="Licensing Committee", kind=Kind.COMMITTEE, first_day=START, by=operator)
    return bodies.start_body(found, by=operator)


def page(body):
    return reverse("workspace:several", args=[body.slug])


def chosen(body, *surnames):
    rows = Person.objects.of(body.council).filter(last_name__in=surnames)
    return {"persons": [each.pk for each in rows], "seat": "member", "first_day": "2014-11-24"}


def test_all_who_are_ticked_sit_on_it_each_with_an_entry_in_the_log(desk, board):
    before = Entry.objects.filter(verb="bodies.appoint").count()
    answer = desk.post(page(board), chosen(board, "Lee", "Okafor", "Raman"), follow=True)
    assert "3" in banner(answer)
    assert board.memberships.count() == 3
    assert Entry.objects.filter(verb="bodies.appoint").count() == before + 3


def test_councillors_who_sit_there_already_and_others_are_not_offered(desk, panel):
    text = desk.get(page(panel)).text
    assert "Dev Raman" in text
    assert "Anna Lee" not in text  # the chair
    assert "Nadia Brook" not in text  # an officer


def test_when_a_rule_refuses_one_nobody_is_appointed_and_the_reason_is_told(desk, board):
    form = {**chosen(board, "Lee", "Raman"), "first_day": "2014-04-01"}  # before the committee was there
    answer = desk.post(page(board), form)
    assert answer.status_code == 200
    assert codes(answer) == {"persons": ["body-does-not-exist"]}
    assert board.memberships.count() == 0


def test_only_who_keeps_the_books_may(browser, auditor, board):
    assert browser(auditor).get(page(board)).status_code == 403


def test_nobody_of_another_council_can_be_put_on_it(desk, board, brackwater, acting):
    there = Person.objects.of(brackwater).get(account=acting("clerk", council=brackwater).account_id)
    answer = desk.post(page(board), {"persons": [there.pk], "seat": "member", "first_day": "2014-11-24"})
    assert answer.status_code == 200
    assert board.memberships.count() == 0
