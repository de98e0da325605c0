"""The gate: one table of who may do and see what."""

import pytest
from django.apps import apps
from django.db import models

from moothall.bodies.actions import create_body
from moothall.bodies.models import Body, Kind
from moothall.foundation import permissions
from moothall.foundation.actors import GRANTED, Role
from moothall.foundation.councils.models import OwnDay
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.errors import NotThere
from moothall.people import actions
from moothall.people.models import Grant, Person
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_somebody_has_said_who_sees_each_kind():
    kinds = {model for model in apps.get_models() if issubclass(model, Scoped)}
    assert kinds == set(permissions.sights())


def test_the_reason_names_who_may(public):
    verdict = permissions.may(public, "people.grant_role")
    assert (verdict.code, "administrator" in verdict.reason) == ("other-role-needed", True)


def test_a_thing_that_may_not_be_known_of_is_not_there(public, new_person):
    hidden = new_person("Kit Hale")
    verdict = permissions.may(public, "people.correct_person", hidden)
    assert (verdict.ok, verdict.there, verdict.code) == (False, False, "not-there")


def test_what_may_not_be_seen_is_refused_like_what_does_not_exist(public, new_person):
    hidden = new_person("Kit Hale")
    answers = []
    for pk in (hidden.pk, 0):
        with pytest.raises(NotThere) as refused:
            permissions.see(public, Person, pk=pk)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]


def test_an_auditor_sees_all_and_may_nothing(acting, new_person):
    new_person("Kit Hale")
    auditor = acting(Role.AUDITOR)
    assert permissions.visible(auditor, Person).count() == Person.objects.of(auditor.council).count()
    assert [verb for verb in permissions.table() if permissions.may(auditor, verb)] == []


def test_the_public_may_only_take_up_an_invitation(public):
    assert [verb for verb in permissions.table() if permissions.may(public, verb)] == ["sign_in.accept_invitation"]


@pytest.mark.parametrize("role", sorted(GRANTED))
def test_no_role_sees_another_councils_rows(acting, brackwater, role):
    acting(Role.CLERK, council=brackwater)
    actor = acting(role)
    for kind in permissions.sights():
        assert not permissions.visible(actor, kind).exclude(council=actor.council).exists()


def test_a_kind_without_sights_is_a_fault(public):
    class Stray(Scoped):
        class Meta:
            app_label = "stray"
            managed = False

    with pytest.raises(LookupError):
        permissions.visible(public, Stray)


def test_members_of_staff_are_not_public_and_councillors_are(public, new_person):
    new_person("Kit Hale")
    anna = new_person("Anna Lee", councillor=True)
    assert list(permissions.visible(public, Person)) == [anna]


def test_an_officer_is_public_when_the_post_is(public, new_person, clerk):
    sam, kit = new_person("Sam Reed"), new_person("Kit Hale")
    for person, title, shown in ((sam, "Head of Legal", True), (kit, "Support Officer", False)):
        post = actions.create_post(title=title, public=shown, by=clerk)
        actions.hold_post(post, person=person, first_day=TODAY, by=clerk)
    assert list(permissions.visible(public, Person)) == [sam]


def test_a_role_is_seen_by_who_holds_it(acting):
    author = acting(Role.AUTHOR)
    acting(Role.ANALYST)
    assert [grant.role for grant in permissions.visible(author, Grant)] == ["author"]


def test_own_days_are_public_and_proposed_bodies_are_not(public, clerk):
    create_body(name="Secret Board", kind=Kind.BOARD, first_day=TODAY, by=clerk)
    assert not permissions.visible(public, Body).exists()
    assert isinstance(permissions.visible(public, OwnDay), models.QuerySet)
