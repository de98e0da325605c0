"""What a request brings: its council, its actor; and that nobody signs up uninvited."""

import pytest
from django.http import HttpResponse

from moothall.foundation.actors import Role
from moothall.foundation.councils.middleware import TenancyMiddleware
from moothall.people.middleware import ActorOfRequest
from moothall.people.models import Account

pytestmark = pytest.mark.django_db
AVONMERE = {"host": "avonmere.example"}


def asked(rf, account, host="avonmere.example"):
    """A request as a view gets it, signed in as ``account``."""
    request = rf.get("/", headers={"host": host})
    request.user = account
    TenancyMiddleware(ActorOfRequest(lambda _: HttpResponse()))(request)
    return request


def test_who_is_signed_in_acts_with_their_roles(rf, acting):
    account = Account.objects.get(pk=acting(Role.CLERK).account_id)
    request = asked(rf, account)
    assert (request.council.slug, request.actor.origin) == ("avonmere", "web 127.0.0.1")
    assert request.actor.account_id == account.pk


def test_who_is_signed_in_elsewhere_acts_as_the_public(rf, acting, brackwater):
    account = Account.objects.get(pk=acting(Role.CLERK).account_id)
    request = asked(rf, account, host="brackwater.example")
    assert {held.role for held in request.actor.roles} == {Role.PUBLIC}


def test_an_account_that_may_not_sign_in_acts_as_the_public(rf, acting):
    account = Account.objects.get(pk=acting(Role.CLERK).account_id)
    account.is_active = False
    assert asked(rf, account).actor.account_id is None


def test_nobody_signs_up(client, avonmere):
    given = {"email": "eve@elsewhere.example", "password1": "long enough, and known to nobody"}
    client.post("/account/signup/", given, headers=AVONMERE)
    assert not Account.objects.exists()


def test_a_page_asks_for_sign_in_unless_it_opts_out(client, avonmere):
    response = client.get("/account/", headers=AVONMERE)
    assert (response.status_code, response.headers["Location"]) == (302, "/account/login/?next=/account/")
