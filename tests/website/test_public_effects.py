"""Public versions: a page that an action changes has another ETag afterwards, and other bodies' pages keep theirs."""

import datetime as dt
import re
import sys
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind
from moothall.forward_plan import actions as plans
from moothall.foundation.actions import PUBLIC_EFFECTS, all_verbs
from moothall.foundation.actors import Actor, Role
from moothall.foundation.audit.models import Entry
from moothall.foundation.councils import actions as councils
from moothall.foundation.councils.jobs import verify_log
from moothall.foundation.councils.models import Council, PublicVersion
from moothall.foundation.councils.public_versions import ANYTHING, COUNCIL, no_public_effect, whole_council
from moothall.foundation.jobs import actions as jobs
from moothall.foundation.jobs.queue import enqueue
from moothall.meetings import actions as meetings
from moothall.meetings.effects import shown_on_meeting
from moothall.meetings.models import Meeting
from moothall.people import actions as people
from moothall.sign_in import actions as sign_in
from moothall.sign_in.tokens import token
from tests.conftest import TODAY, moment
from tests.permissions.world import build
from tests.website.filling import enter, fill
from tests.website.test_answers import FILES
from tests.website.test_pages import DATA, PANEL, PATHS

pytestmark = pytest.mark.django_db
OF_THE_LOG = {"audit_entry", "audit_contents", "audit_head"}
WRITING = re.compile(r'^\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
READING = re.compile(r'\b(?:FROM|JOIN) "?(\w+)"?')
OF_BOARD = (
    *("/board/", "/board.json", "/board/meetings.ics", "/board/forward-plan/", "/board/forward-plan.json"),
    *("/board/forward-plan/1/", "/board/2014-12-10/", "/board/2014-12-10.json", "/board/2014-12-10.ics"),
)
MEETING = f"{PANEL}2014-12-08/"
ALL_PATHS = tuple(
    each for each in dict.fromkeys((*PATHS, *DATA, *FILES, *OF_BOARD, MEETING)) if not each.endswith(".pdf")
)


@contextmanager
def watched(pattern):
    """The names of the tables that are written, or read, in the block."""
    found = set()

    def look(execute, sql, params, many, context):
        found.update(pattern.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def pages(paths=ALL_PATHS, host="avonmere.example"):
    """The body and the ETag of pages, each made from the database."""
    caches["pages"].clear()
    client = Client(SERVER_NAME=host)
    found = {path: client.get(path) for path in paths}
    return {path: (answer.content, answer.headers.get("ETag")) for path, answer in found.items()}


def same_tags(before, after):
    return {path for path in before if before[path][1] == after[path][1]}


def stale(before, after):
    """The pages whose body is another one under the same ETag."""
    return {path for path in same_tags(before, after) if before[path][0] != after[path][0]}


def versions(council):
    return dict(PublicVersion.objects.filter(council=council).values_list("subject", "version"))


@pytest.fixture
def board(panel, operator):
    """Another body, with a meeting of its own, and a plan on which a meeting of the panel asked for something."""
    made = bodies.create_body(name="Board", kind=Kind.BOARD, first_day=dt.date(2014, 5, 1), by=operator)
    made = bodies.start_body(made, by=operator)
    enter(made, dt.date(2014, 12, 10), by=operator, place="Town hall")
    plan = plans.create_plan(made, title="Plan of the board", by=operator)
    asking = panel.meetings.get(slug="2014-10-13")
    plans.record_request(plan, meeting=asking, minute="7", asked="A note on shared services", by=operator)
    return made


@pytest.fixture
def member(panel, new_person, operator):
    """A member who can sign in."""
    person = new_person("Nora Bell", councillor=True)
    return people.open_account(person, email="nora@avonmere.example", by=operator)


def acts_without_effect(member, panel, by):
    """Do every action that declares no public effect; gives their names."""
    before = Entry.objects.filter(council=by.council).count()
    first = sign_in.invite(member, by=by)
    sign_in.accept_invitation(token=token(first), password="a long one to remember", by=by)
    sign_in.withdraw_invitation(sign_in.invite(member, by=by), by=by)
    Authenticator.objects.create(user=member.account, type=Authenticator.Type.TOTP, data={})
    sign_in.remove_factors(member, by=by)
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


def test_action_without_public_effect_writes_into_no_table_of_a_public_page(member, panel, operator):
    all_verbs()
    with watched(READING) as read:
        before, of = pages(), versions(operator.council)
    with watched(WRITING) as written:
        did = acts_without_effect(member, panel, operator)
        sign_in_and_out()
    assert did == {name for name, effect in PUBLIC_EFFECTS.items() if effect is no_public_effect}
    assert {"people_grant", "sign_in_invitation", "people_account"} < written
    assert {"bodies_body", "people_person", "meetings_meeting", "forward_plan_entry"} < read
    assert (written - OF_THE_LOG) & read == set()
    assert versions(operator.council) == of
    assert pages() == before
    with watched(WRITING) as written:  # an action that shows would be found
        bodies.amend_body(panel, remit="Another remit", by=operator)
    assert {"bodies_body", "councils_publicversion"} <= written & read


def test_sign_in_leaves_an_entry_and_the_pages_as_they_are(member, panel, browse, operator):
    of, entries = versions(operator.council), Entry.objects.filter(council=operator.council)
    tag, before = browse("/")["ETag"], entries.count()
    sign_in_and_out()
    assert entries.filter(verb="sign_in.failed_sign_in").exists()
    assert entries.count() > before
    assert versions(operator.council) == of
    assert browse("/", if_none_match=tag).status_code == 304


ON_A_MEETING = {
    "meetings.call_meeting": lambda panel, by: meetings.call_meeting(meeting_on("2015-03-02", panel), by=by),
    "meetings.amend_meeting": lambda panel, by: meetings.amend_meeting(
        meeting_on("2014-12-08", panel), title="Special", purpose="Budget", by=by
    ),
    "meetings.cancel_meeting": lambda panel, by: meetings.cancel_meeting(
        meeting_on("2014-12-08", panel), reason="No business", by=by
    ),
    "meetings.reinstate_meeting": lambda panel, by: meetings.reinstate_meeting(meeting_on("2015-01-19", panel), by=by),
    "meetings.hold_meeting": lambda panel, by: meetings.hold_meeting(
        meetings.call_meeting(meeting_on("2014-10-13", panel), by=by), by=by
    ),
    "meetings.publish_agenda": lambda panel, by: meetings.publish_agenda(
        meeting_on("2014-10-13", panel), at=moment(TODAY), by=by
    ),
    "meetings.correct_agenda_address": lambda panel, by: meetings.correct_agenda_address(
        meeting_on("2014-12-08", panel), where="https://www.avonmere.example/agenda", by=by
    ),
    "meetings.give_notice": lambda panel, by: meetings.give_notice(
        meeting_on("2014-12-08", panel), at=moment(TODAY), by=by
    ),
    "meetings.plan_meeting": lambda panel, by: enter(panel, dt.date(2015, 1, 26), by=by),
}


def meeting_on(slug, panel):
    return Meeting.objects.of(panel.council).get(body=panel, slug=slug)


def test_every_action_with_an_effect_on_one_meeting_is_tried():
    all_verbs()
    assert {name for name, effect in PUBLIC_EFFECTS.items() if effect is shown_on_meeting} == set(ON_A_MEETING)
    assert set(PUBLIC_EFFECTS.values()) == {whole_council, no_public_effect, shown_on_meeting}


@pytest.mark.parametrize("name", ON_A_MEETING)
def test_action_on_one_meeting_changes_the_tags_of_its_pages_and_of_no_other_body(panel, board, operator, name):
    before = pages()
    ON_A_MEETING[name](panel, operator)
    after = pages()
    assert stale(before, after) == set()
    assert before != after
    assert set(OF_BOARD) <= same_tags(before, after)
    assert all(before[path] == after[path] for path in OF_BOARD)
    assert {"/", "/calendar/", PANEL} & same_tags(before, after) == set()


def test_action_on_one_meeting_leaves_another_meeting_of_the_body_alone(panel, board, operator):
    before = pages((MEETING, f"{PANEL}2015-01-19/"))
    ON_A_MEETING["meetings.amend_meeting"](panel, operator)
    assert same_tags(before, pages(before)) == {f"{PANEL}2015-01-19/"}


OF_OTHER_DAYS = {
    "moved": lambda meeting, by: meetings.move_meeting(
        meeting, day=dt.date(2014, 10, 14), time=dt.time(10), reason="Snow", by=by
    ),
    "postponed": lambda meeting, by: meetings.postpone_meeting(
        meeting, to=(dt.date(2014, 10, 20), dt.time(10)), reason="Snow", by=by
    ),
}


@pytest.mark.parametrize("what", OF_OTHER_DAYS)
def test_meeting_with_another_day_changes_the_plans_of_other_bodies(panel, board, operator, what):
    before = pages()
    OF_OTHER_DAYS[what](meeting_on("2014-10-13", panel), operator)
    after = pages()
    assert stale(before, after) == set()
    assert before["/board/forward-plan/"][0] != after["/board/forward-plan/"][0]


def test_address_that_a_meeting_had_gets_another_tag_with_the_meeting(panel, operator):
    before = pages((f"{PANEL}2015-02-23/",))
    meetings.amend_meeting(meeting_on("2015-03-02", panel), title="Special", by=operator)
    assert same_tags(before, pages(before)) == set()


def test_action_with_an_effect_on_the_whole_council_changes_the_tag_of_every_page(panel, board, operator):
    before = pages()
    councils.rename_council(name="Avonmere County Council", short_name="Avonmere", by=operator)
    after = pages()
    assert {path for path in same_tags(before, after) if before[path][1]} == set()


def test_action_that_is_undone_leaves_the_versions(panel, operator):
    of = versions(operator.council)
    with transaction.atomic():
        bodies.amend_body(panel, remit="Another remit", by=operator)
        assert versions(operator.council) != of
        transaction.set_rollback(True)
    assert versions(operator.council) == of


def test_action_in_one_council_leaves_the_versions_of_another(panel, brackwater, operator):
    of = versions(brackwater)
    bodies.amend_body(panel, remit="Another remit", by=operator)
    assert versions(brackwater) == of


class Watched:
    """Every action of every folder, each followed by a look at the versions and at some pages."""

    def __init__(self, council, host, paths, monkeypatch):
        self.council, self.host, self.paths, self.done = council, host, paths, set()
        self.of, self.pages = versions(council), pages(paths, host)
        for name, act in all_verbs().items():
            _, _, function = name.partition(".")
            folder = act.__module__.partition(".actions")[0]
            for module in (f"{folder}.actions", act.__module__):
                monkeypatch.setattr(sys.modules[module], function, self._looked_after(name, act))

    def _looked_after(self, name, act):
        def done(*args, **kwargs):
            made = act(*args, **kwargs)
            self._look(name)
            return made

        return done

    def _look(self, name):
        self.done.add(name)
        of, found = versions(self.council), pages(self.paths, self.host)
        changed = {subject for subject in of if of[subject] != self.of.get(subject)}
        effect = PUBLIC_EFFECTS[name]
        assert stale(self.pages, found) == set(), name
        assert (ANYTHING in changed) is (effect is not no_public_effect), name
        assert (COUNCIL in changed) is (effect is whole_council), name
        self.of, self.pages = of, found


WATCHED = ("/", "/children-and-youth-panel/", "/children-and-youth-panel/forward-plan/")


def test_no_page_is_stale_after_any_action_of_a_whole_council(brackwater, monkeypatch):
    monkeypatch.setattr(Council, "today", Actor.operator(brackwater).today)
    watch = Watched(brackwater, "brackwater.example", WATCHED, monkeypatch)
    build(brackwater)
    assert len(watch.done) > 35


@pytest.mark.slow
def test_no_page_of_all_is_stale_after_any_action(brackwater, monkeypatch):
    watch = Watched(brackwater, "brackwater.example", ALL_PATHS, monkeypatch)
    fill(brackwater)
    assert Body.objects.of(brackwater).exists()
    assert len(watch.done) > 20
