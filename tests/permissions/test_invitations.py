"""Nobody signs up; one is invited, once, for some days."""

import datetime as dt

import pytest
from django.utils import timezone

from moothall.foundation.actors import Actor
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.sign_in import actions
from moothall.sign_in.models import Invitation
from moothall.sign_in.tokens import token
from tests.delivering import delivered
from tests.errors import has_code
from tests.permissions.conftest import PASSWORD, account_of, entries, invite
from tests.reading import codes

pytestmark = pytest.mark.django_db


def test_the_letter_leads_to_a_first_password(invited, at):
    _, address = invited
    assert at().get(address).status_code == 200
    answer = at().post(address, {"password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert at().sign_in("anna-lee@avonmere.example").status_code == 302


def test_an_invitation_works_once(invited, at):
    _, address = invited
    at().post(address, {"password": PASSWORD})
    assert at().post(address, {"password": "another pass phrase of mine"}).status_code == 410
    assert account_of("anna-lee@avonmere.example").check_password(PASSWORD)


def test_looking_at_an_invitation_does_not_use_it_up(invited, at):
    _, address = invited
    for _ in range(3):
        at().get(address)
    assert at().post(address, {"password": PASSWORD}).status_code == 302


def test_an_invitation_ends_after_seven_days(anna, avonmere):
    before = Actor.operator(avonmere, at=timezone.now() - dt.timedelta(days=7, seconds=1))
    invitation = actions.invite(anna, by=before)
    with pytest.raises(NotThere):
        actions.accept_invitation(token=token(invitation), password=PASSWORD, by=Actor.operator(avonmere))


def test_a_new_invitation_ends_the_one_before(invited, at, avonmere):
    anna, first = invited
    second = invite(anna, Actor.operator(avonmere))
    assert at().get(first).status_code == 410
    assert at().get(second).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(invited, at, avonmere):
    anna, address = invited
    actions.withdraw_invitation(Invitation.objects.of(avonmere).get(person=anna), by=Actor.operator(avonmere))
    assert at().get(address).status_code == 410


def test_an_invitation_of_another_council_does_not_exist(invited, at, brackwater):
    _, address = invited
    assert at("brackwater").get(address).status_code == 404


@pytest.mark.parametrize("word", ["1-" + "0" * 64, "x", "99999999999999999999-1", "１-0", "1"])
def test_a_word_that_was_never_sent_opens_nothing(word, invited, at):
    assert at().get(f"/account/invitation/{word}/").status_code == 404


def test_the_word_is_in_no_row_of_the_database(invited):
    _, address = invited
    word = address.rstrip("/").rpartition("/")[2].partition("-")[2]
    kept = Invitation._meta.concrete_fields
    row = Invitation.objects.of(invited[0].council).get()
    assert word not in " ".join(str(field.value_from_object(row)) for field in kept)


@pytest.mark.parametrize("password", ["short", "password1234", "anna-lee@avonmere"])
def test_a_weak_password_is_refused_where_it_was_typed(password, invited, at):
    _, address = invited
    answer = at().post(address, {"password": password})
    assert answer.status_code == 200
    assert list(codes(answer)) == ["password"]
    assert not account_of("anna-lee@avonmere.example").has_usable_password()


def test_an_account_of_two_councils_keeps_its_password(member, brackwater):
    by = Actor.operator(brackwater)
    from moothall.people.actions import create_person, open_account  # noqa: PLC0415

    there = open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=member.account.email, by=by)
    actions.accept_invitation(token=token(actions.invite(there, by=by)), password="", by=by)
    assert account_of(member.account.email).check_password(PASSWORD)


def test_only_administrators_invite(anna, clerk):
    from moothall.foundation.permissions import may  # noqa: PLC0415

    assert not may(clerk, "sign_in.invite", anna)


def test_who_has_no_account_cannot_be_invited(new_person, avonmere):
    with pytest.raises(RuleBroken, check=has_code("no-account", says=("Ben Ode",))):
        actions.invite(new_person("Ben Ode"), by=Actor.operator(avonmere))


def test_the_letter_names_the_council_and_not_the_database(invited):
    assert "Avonmere Council" in delivered()[-1].body
    assert delivered()[-1].to == ["anna-lee@avonmere.example"]


def test_inviting_and_accepting_are_in_the_log(invited, at, avonmere):
    at().post(invited[1], {"password": PASSWORD})
    assert entries(avonmere, "sign_in") == ["invite", "accept_invitation"]
