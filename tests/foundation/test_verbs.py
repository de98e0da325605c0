"""The protocol of verbs: may, rule, one transaction, one entry."""

import datetime as dt

import pytest

from moothall.foundation import permissions
from moothall.foundation.actions import VERBS, VerbFault, all_verbs, verb
from moothall.foundation.actors import Role
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import NotAllowed, NotThere, RuleBroken, StaleObject
from moothall.people import actions
from moothall.people.models import Person
from tests.conftest import TODAY
from tests.errors import has_code

pytestmark = pytest.mark.django_db


def entries(council):
    return list(Entry.objects.filter(council=council).values_list("verb", "who"))


def test_a_verb_leaves_one_entry_with_who_and_what(clerk, avonmere):
    before = len(entries(avonmere))
    actions.create_person(first_names="Anna", last_name="Lee", by=clerk)
    assert entries(avonmere)[before:] == [("people.create_person", "Nour Haddad")]


def test_an_entry_tells_before_and_after(clerk, new_person, avonmere):
    actions.correct_person(new_person("Anna Lee"), last_name="Leigh", by=clerk)
    contents = Entry.objects.filter(council=avonmere).last().contents
    assert (contents.before, contents.after) == ('{"last_name":"Lee"}', '{"last_name":"Leigh"}')


def test_who_may_not_is_told_who_may_and_nothing_is_written(public, avonmere):
    before = entries(avonmere)
    with pytest.raises(NotAllowed, check=has_code("other-role-needed", says=("clerk", "administrator"))):
        actions.create_person(first_names="Anna", last_name="Lee", by=public)
    assert entries(avonmere) == before


def test_a_broken_rule_leaves_nothing_half_written(clerk, new_person, avonmere):
    anna = new_person("Anna Lee", councillor=True)
    before = entries(avonmere)
    with pytest.raises(RuleBroken, check=has_code("too-few-members", "MTG-23")):
        actions.form_group(name="Alone", members=[anna], first_day=TODAY, by=clerk)
    assert entries(avonmere) == before


def test_a_value_that_cannot_be_is_refused_by_its_field(clerk):
    with pytest.raises(RuleBroken, check=has_code("bad-value")) as broken:
        actions.create_person(first_names="Anna", last_name="", by=clerk)
    assert broken.value.field == "last_name"


def test_two_people_who_edit_see_the_difference(clerk, acting, new_person):
    anna = new_person("Anna Lee")
    seen = anna.version
    actions.correct_person(anna, last_name="Leigh", expected=seen, by=acting(Role.ADMINISTRATOR))
    with pytest.raises(StaleObject, check=has_code("changed-meanwhile", says=("Robin Administrator",))) as stale:
        actions.correct_person(anna, last_name="Lea", phone="01234 5", expected=seen, by=clerk)
    assert [(each.now, each.yours) for each in stale.value.differences] == [("Leigh", "Lea"), ("", "01234 5")]


def test_another_councils_row_is_not_there(acting, brackwater, new_person):
    stranger = acting(Role.CLERK, council=brackwater)
    with pytest.raises(NotThere):
        actions.correct_person(new_person("Anna Lee"), last_name="Leigh", by=stranger)


def test_a_verb_works_on_the_row_as_it_is_now(clerk, new_person):
    anna = new_person("Anna Lee")
    stale = Person.objects.of(clerk.council).get(pk=anna.pk)
    actions.correct_person(anna, phone="01234 5", by=clerk)
    assert actions.correct_person(stale, last_name="Leigh", by=clerk).phone == "01234 5"


def test_a_verb_without_its_entry_is_a_fault(clerk, monkeypatch):
    def forgetful(*, by):
        return None

    forgetful.__module__ = "moothall.people.actions"
    monkeypatch.setitem(permissions.table(), "people.forgetful", permissions.table()["people.create_person"])
    silent = verb(forgetful)
    VERBS.pop("people.forgetful")
    with pytest.raises(VerbFault, match=r"people\.forgetful.*\b0\b"):
        silent(by=clerk)


def test_every_verb_has_its_row_and_every_row_its_verb():
    assert set(permissions.table()) == set(all_verbs())


def test_the_council_goes_by_the_actors_day(clerk):
    assert clerk.today == dt.date(2014, 11, 24)
