"""The gate's walk: every address, as everybody, against things in every state, held to tests/permissions/table.toml."""

import pytest
from allauth.mfa.models import Authenticator

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from moothall.foundation import permissions
from moothall.foundation.actors import Actor
from moothall.people import actions as people
from moothall.sign_in.models import Invitation
from moothall.sign_in.tokens import token
from tests.permissions.addresses import routes
from tests.permissions.passkeys import Passkey
from tests.permissions.walk import NEVER, answered, askers, expected, fill_in, table, told, writes

pytestmark = pytest.mark.django_db
BY_WORKERS = {"Job"}
"""Kinds whose states no verb makes; what is shown of them are their own tests'."""


@pytest.fixture
def world(built, avonmere):
    """Avonmere, with something in every state."""
    found = built
    account = found.accounts["no role"]
    key = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=_passkey())
    found.names |= {"passkey": str(key.pk), "invitation": _word(avonmere), "council": "avonmere"}
    return found


@pytest.fixture
def there(built_there, brackwater):
    """Brackwater, with the like, and with things that Avonmere has not."""
    found = built_there
    by = Actor.operator(brackwater)
    own = bodies.create_body(name="Harbour Committee", kind=Kind.COMMITTEE, first_day=by.today, by=by)
    person = people.create_person(first_names="Hal", last_name="Harbour", by=by)
    bodies.start_body(own, by=by)
    people.hold_post(
        people.create_post(title="Harbour Master", public=True, by=by), person=person, first_day=by.today, by=by
    )
    found.names |= {"own_body": own.slug, "own_person": person.slug, "invitation": _word(brackwater)}
    return found


def _passkey():
    options = {"publicKey": {"user": {"id": "MQ"}, "challenge": "MQ"}}
    return {"name": "Blue key", "credential": Passkey("avonmere.example").create(options)}


def _word(council):
    return token(Invitation.objects.of(council).get())


def test_every_address_is_in_the_table_and_the_table_names_no_other():
    assert sorted(table()) == routes()


def wrong(world, there, *only):
    """Where somebody (or only some) is answered otherwise than the table says, or a page writes."""
    asking = askers(world, there.accounts["clerk"])
    for who in only or asking:
        missing = told(asking[who].get(NEVER, headers={"host": "avonmere.example"}))
        for route, asked in table().items():
            for address, said in asked.items():
                path = fill_in(address, world.names, there.names)
                with writes() as written:
                    got = answered(asking[who], "avonmere.example", path, missing)
                if got != expected(said, who) or written:
                    yield f"{who} at {route or '/'} ({path}): {got}, not {expected(said, who)} {written}"


def test_every_address_answers_who_is_signed_out_as_the_table_says_and_writes_nothing(world, there):
    assert "\n".join(wrong(world, there, "signed out")) == ""


def test_every_address_answers_the_clerk_as_the_table_says_and_writes_nothing(world, there):
    assert "\n".join(wrong(world, there, "clerk")) == ""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_address_answers_everybody_as_the_table_says_and_writes_nothing(world, there):
    assert "\n".join(wrong(world, there)) == ""


def test_the_world_has_something_in_every_state(world):
    by = Actor.operator(world.council)
    for kind in permissions.sights():
        if hasattr(kind, "state") and kind.__name__ not in BY_WORKERS:
            states = {value for value, _ in kind._meta.get_field("state").choices}
            assert set(permissions.visible(by, kind).values_list("state", flat=True)) == states, kind.__name__


def test_the_walk_has_somebody_in_every_role(world):
    roles = {held.role.value for account in world.accounts.values() for held in _roles(world, account)}
    assert roles | {"operator"} == {role.value for role in permissions.Role}


def _roles(world, account):
    from moothall.people.queries import actor_of  # noqa: PLC0415

    return actor_of(account, world.council, origin="a test").roles


def test_the_walk_finds_a_page_that_tells_too_much(world, there):
    client = askers(world, there.accounts["clerk"])["signed out"]
    missing = told(client.get(NEVER, headers={"host": "avonmere.example"}))
    assert answered(client, "avonmere.example", f"{world.names['active']}/", missing) != expected(
        "nobody", "signed out"
    )


def test_the_walk_finds_a_page_that_writes(world):
    with writes() as found:
        world.council.domains.update(primary=True)
    assert len(found) == 1
