"""Guessed addresses: in whatever form it is asked for, what is hidden is answered like what never was."""

import pytest

from tests.permissions.test_walk import there, world  # noqa: F401 - the fixtures
from tests.permissions.walk import VARY, askers

pytestmark = pytest.mark.django_db
HOST = "avonmere.example"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
FORMS = {
    "as it is": "{}/",
    "without the slash": "{}",
    "a calendar": "{}/meetings.ics",
    "data": "{}.json",
    "a table": "{}.csv",
    "a paper": "{}.pdf",
    "its plan": "{}/forward-plan/",
    "its plan as a table": "{}/forward-plan.csv",
    "its plan as a feed": "{}/forward-plan.atom",
    "an entry of its plan": "{}/forward-plan/1/",
    "a dot after it": "{}./",
    "two slashes before it": "/{}/",
    "two slashes after it": "{}//",
    "an encoded slash": "{}%2F",
    "an encoded dot": "x/%2e%2e/{}/",
    "a parameter": "{}/?format=json",
    "a semicolon": "{};x=1/",
    "a null byte": "{}%00/",
    "a wide letter": "{}%EF%BD%81/",
    "a space": "{}%20/",
}


def answered(client, method, path, slug):
    """All that an answer tells, but for the address that was asked for."""
    answer = client.generic(method, path, headers={"host": HOST})
    told = {name: value.replace(slug, "_") for name, value in answer.headers.items() if name not in VARY}
    return answer.status_code, told, answer.content.decode().replace(slug, "_")


def differing(client, hidden, never):
    """In which forms, and by which methods, something hidden is answered otherwise than what never was."""
    for name, form in FORMS.items():
        for method in METHODS:
            one, other = (answered(client, method, f"/{form.format(slug)}", slug) for slug in (hidden, never))
            if one != other:
                yield f"{method} {name} of {hidden}: {one[0]}, not {other[0]}"


@pytest.mark.parametrize("who", ["signed out", "stranger", "no role"])
def test_a_hidden_body_is_answered_like_one_that_never_was(world, there, who):  # noqa: F811
    client = askers(world, there.accounts["clerk"])[who]
    assert list(differing(client, world.names["proposed"], "never-was-any-body")) == []


def test_a_body_of_another_council_is_answered_like_one_that_never_was(world, there):  # noqa: F811
    client = askers(world, there.accounts["clerk"])["clerk"]
    assert list(differing(client, there.names["own_body"], "never-was-any-body")) == []


@pytest.mark.parametrize("key", ["unnamed", "of_proposed"])
def test_a_person_out_of_public_life_is_answered_like_one_that_never_was(world, there, key):  # noqa: F811
    client = askers(world, there.accounts["clerk"])["signed out"]
    assert list(differing(client, f"people/{world.names[key]}", "people/never-was-anybody")) == []


def test_what_is_shown_is_found_by_the_same_means(world, there):  # noqa: F811
    client = askers(world, there.accounts["clerk"])["signed out"]
    assert len(list(differing(client, world.names["active"], "never-was-any-body"))) > len(METHODS)


@pytest.mark.parametrize("path", ["/calendar/?body=%00", "/calendar.json?body=x%00", "/bodies/?x=%00", "/?%00"])
def test_a_null_byte_in_a_question_is_answered_like_nothing(avonmere, path, client):
    assert client.get(path, headers={"host": HOST}).status_code == 404


@pytest.mark.parametrize("slug", ["CHILDREN-AND-YOUTH-PANEL", "Children-And-Youth-Panel"])
def test_an_address_in_capitals_is_another_address(world, there, slug):  # noqa: F811
    client = askers(world, there.accounts["clerk"])["signed out"]
    assert client.get(f"/{slug}/", headers={"host": HOST}).status_code == 404
