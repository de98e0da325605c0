"""Forms sent by everybody: an act is done, or refused, exactly as the gate says; what is refused writes nothing."""

import pytest
from django.db import transaction

from moothall.foundation import permissions
from moothall.people.queries import actor_of
from moothall.workspace.urls import ACTS
from tests.permissions.test_walk import there, world  # noqa: F401 - the fixtures
from tests.permissions.walk import OUTSIDE, askers, expected, fill_in, sent, table, told, writes

pytestmark = pytest.mark.django_db
HOST, NOWHERE = "avonmere.example", "/never/was/an/address/"
LIMITS = "sign_in_remembered"
"""Where it is counted how often somebody tries."""
A_STATE = 2
"""So many things of each state are tried."""


def things(act, council):
    """Things that an act could be done to, whatever their state; None for an act of the whole council."""
    if act.kind is None:
        return [None]
    by_state = {}
    for row in act.kind.objects.of(council):
        by_state.setdefault(getattr(row, "state", ""), []).append(row)
    return [row for rows in by_state.values() for row in rows[:A_STATE]]


def said(act, thing, actor):
    """What the gate says of an act: "done" (or asked further), "403" or "404"."""
    if actor.account_id is None or (
        thing is not None and not permissions.visible(actor, act.kind).filter(pk=thing.pk).exists()
    ):
        return "404"
    verdict = permissions.may(actor, act.gate, thing)
    return "done" if verdict else "403" if verdict.there else "404"


def wrong(world, client, who):  # noqa: F811
    """Acts that are answered otherwise than the gate says, or that write where they are refused."""
    for act in ACTS:
        for thing in things(act, world.council):
            actor = actor_of(world.accounts.get(who), world.council, origin="a test")
            right = said(act, thing, actor) if who not in OUTSIDE else "sign in"
            with transaction.atomic(), writes() as written:
                got = sent(client, HOST, act.address(thing))
                transaction.set_rollback(True)
            if got != right or (written and right != "done"):
                yield f"{who}, {act.name} of {thing}: {got}, not {right} {written}"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_act_sent_by_everybody_is_done_or_refused_as_the_gate_says(world, there):  # noqa: F811
    found = [
        line for who, client in askers(world, there.accounts["clerk"]).items() for line in wrong(world, client, who)
    ]
    assert found == []


def test_acts_sent_by_who_is_signed_out_lead_to_sign_in_and_write_nothing(world, there):  # noqa: F811
    client = askers(world, there.accounts["clerk"])["signed out"]
    assert list(wrong(world, client, "signed out")) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("who", ["signed out", "stranger", "no role", "member", "clerk", "auditor"])
def test_a_form_sent_to_what_is_not_there_is_answered_like_one_to_what_never_was(world, there, who):  # noqa: F811
    client = askers(world, there.accounts["clerk"])[who]
    missing = told(client.post(NOWHERE, headers={"host": HOST}))
    found = []
    for route, asked in table().items():
        for address in (each for each, says in asked.items() if expected(says, who) == "404"):
            with transaction.atomic(), writes() as written:
                answer = client.post(f"/{fill_in(address, world.names, there.names)}", headers={"host": HOST})
                transaction.set_rollback(True)
            beside = [each for each in written if LIMITS not in each]
            if beside or (answer.status_code not in {302, 403, 405} and told(answer) != missing):
                found.append(f"{route} {address}: {answer.status_code} {beside}")
    assert found == []
