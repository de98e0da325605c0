"""What changes nothing that anybody may see leaves pages for anyone as they are; everything else ends them."""

import re
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from moothall.actor import Role
from moothall.audit.models import Entry, Head
from moothall.audit.public import edition
from moothall.bodies import actions as bodies
from moothall.councils.jobs import verify_log
from moothall.jobs import actions as jobs
from moothall.jobs.queue import enqueue
from moothall.people import actions as people
from moothall.signing_in import actions as signing_in
from moothall.signing_in.tokens import token
from moothall.verbs import UNSEEN, all_verbs
from moothall.website.kept import SHELF
from tests.conftest import TODAY
from tests.website.test_answers import FILES
from tests.website.test_pages import DATA, PATHS

pytestmark = pytest.mark.django_db
OF_THE_LOG = {"audit_entry", "audit_contents", "audit_head"}
WRITING = re.compile(r'^\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
READING = re.compile(r'\b(?:FROM|JOIN) "?(\w+)"?')


@contextmanager
def watched(pattern):
    """The names of the tables that are written, or read, in the block."""
    found = set()

    def look(execute, sql, params, many, context):
        found.update(pattern.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def pages(browse):
    SHELF.clear()
    return {path: (answer.content, answer["ETag"]) for path in (*PATHS, *DATA, *FILES) if (answer := browse(path))}


@pytest.fixture
def member(panel, new_person, operator):
    """A member who can sign in."""
    person = new_person("Nora Bell", councillor=True)
    return people.open_account(person, email="nora@avonmere.example", by=operator)


def unseen_acts(member, panel, by):
    """Do every verb that is said to be unseen; gives their names."""
    before = Entry.objects.filter(council=by.council).count()
    first = signing_in.invite(member, by=by)
    signing_in.accept_invitation(token=token(first), password="a long one to remember", by=by)
    signing_in.withdraw_invitation(signing_in.invite(member, by=by), by=by)
    Authenticator.objects.create(user=member.account, type=Authenticator.Type.TOTP, data={})
    signing_in.remove_factors(member, by=by)
    people.end_grant(people.grant_role(member, role=Role.CLERK, first_day=TODAY, by=by), last_day=TODAY, by=by)
    granted = bodies.grant_role_in_body(panel, person=member, role=Role.AUTHOR, first_day=TODAY, by=by)
    bodies.end_role_in_body(granted, last_day=TODAY, by=by)
    jobs.wake_job(jobs.drop_job(enqueue(verify_log, by.council.slug, council=by.council), by=by), by=by)
    return set(Entry.objects.filter(council=by.council, number__gt=before).values_list("verb", flat=True))


def sign_in_and_out():
    """Try to sign in with a wrong password, and then with the right one, and go."""
    client = Client(SERVER_NAME="avonmere.example")
    for password in ("not the one at all", "a long one to remember"):
        client.post("/account/login/", {"login": "nora@avonmere.example", "password": password})
    client.post("/account/logout/")


def test_what_is_said_to_be_unseen_writes_nothing_that_a_page_is_made_from(member, panel, browse, operator):
    all_verbs()
    with watched(READING) as read:
        before, of = pages(browse), edition(operator.council)
    with watched(WRITING) as written:
        did = unseen_acts(member, panel, operator)
        sign_in_and_out()
    assert did == UNSEEN
    assert {"people_grant", "signing_in_invitation", "people_account"} < written
    assert {"bodies_body", "people_person", "meetings_meeting", "forward_plan_entry"} < read
    assert (written - OF_THE_LOG) & read == set()
    assert edition(operator.council) == of
    assert pages(browse) == before
    with watched(WRITING) as written:  # an act that shows would be found
        bodies.amend_body(panel, remit="Another remit", by=operator)
    assert "bodies_body" in written & read


def test_signing_in_leaves_an_entry_and_the_pages_as_they_are(member, panel, browse, operator):
    of, entries = edition(operator.council), Entry.objects.filter(council=operator.council)
    tag, before = browse("/")["ETag"], entries.count()
    sign_in_and_out()
    assert entries.filter(verb="signing_in.failed_sign_in").exists()
    assert entries.count() > before
    assert edition(operator.council) == of
    assert browse("/", if_none_match=tag).status_code == 304


def test_every_other_act_makes_another_edition(panel, operator):
    of = edition(operator.council)
    bodies.amend_body(panel, remit="Another remit", by=operator)
    assert edition(operator.council) != of
    head = Head.objects.get(council=operator.council)
    assert head.edition == head.digest


def test_the_words_of_what_was_said_to_be_unseen_are_verbs():
    assert set(all_verbs()) > UNSEEN
