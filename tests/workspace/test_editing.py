"""Every form that changes a thing notices that somebody else was quicker, shows both and lets one choose.

Every act that is hard to reverse says so, offers to take it back, or shows what speaks against it.
"""

import datetime as dt
import inspect
import re
from types import SimpleNamespace

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.text import capfirst

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind, Membership, Nomination, OutsideBody
from moothall.forward_plan import actions as plans
from moothall.forward_plan.models import Entry, Plan
from moothall.foundation.actors import Role
from moothall.foundation.councils.actions import add_own_day
from moothall.foundation.councils.models import Council, OwnDay
from moothall.foundation.jobs.models import Job
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting, Room
from moothall.people import actions as people
from moothall.people.models import GroupMembership, Interest, Person, PoliticalGroup, PostHolding, Term
from moothall.sign_in import actions as sign_in
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.urls import ACTS
from moothall.workspace.warning_forms import Weighed
from tests.conftest import TODAY
from tests.reading import banner
from tests.website.filling import START

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()
# what only adds something to a thing, or does to it what can be done once: two people do not overwrite each other
ADDING = {
    "begin-term",
    "approve-absence",
    "join-group",
    "hold-post",
    "register-interest",
    "disclose-interest",
    "grant-role",
    "open-account",
    "invite",
    "appoint",
    "grant-role-in-body",
    "nominate",
    "plan-meeting",
    "give-notice",
    "publish-agenda",
    "correct-agenda-address",
    "remove-period",
    "create-plan",
    "add-entry",
    "record-request",
    "give-key-notice",
    "give-private-notice",
    "record-representation",
    "give-second-notice",
    "claim-general-exception",
    "claim-special-urgency",
    "agree-private-urgency",
    "remove-own-day",
}


@pytest.fixture
def world(panel, operator):
    """The filled council, whoever runs it, and ways to its things."""
    return SimpleNamespace(panel=panel, by=operator, council=panel.council, get=_getter(panel.council))


def _getter(council):
    return lambda kind, **which: kind.objects.of(council).filter(**which).order_by("pk").first()


def _grant(w):
    return people.grant_role(_anna(w), role=Role.AUTHOR, first_day=START, by=w.by)


def _body_grant(w):
    return bodies.grant_role_in_body(w.panel, person=_anna(w), role=Role.AUTHOR, first_day=START, by=w.by)


def _account(w):
    return people.open_account(_anna(w), email="anna@avonmere.example", by=w.by)


def _anna(w):
    return w.get(Person, last_name="Lee")


def _proposed(w):
    return bodies.create_body(name="Licensing Committee", kind=Kind.COMMITTEE, first_day=START, by=w.by)


def _to_come(w):
    day = TODAY + dt.timedelta(days=30)
    person = people.create_person(first_names="Nye", last_name="Comer", by=w.by)
    return bodies.appoint(w.panel, person=person, seat=Membership.Seat.CO_OPTED, first_day=day, by=w.by)


def _meeting(slug):
    return lambda w: w.get(Meeting, slug=slug)


def _held(w):
    past = meetings.call_meeting(w.get(Meeting, slug="2014-10-13"), by=w.by)
    return Meeting.objects.of(w.council).get(pk=past.pk)


def _request(w, *, closed=False):
    plan = w.get(Plan)
    made = plans.record_request(
        plan, meeting=w.get(Meeting, slug="2014-10-13"), minute="12", asked="Figures", open_minute=True, by=w.by
    )
    return plans.close_request(made, outcome="Sent by letter.", by=w.by) if closed else made


def _disclosure(w):
    return people.disclose_interest(_anna(w), meeting="Council", day=TODAY, by=w.by)


ENDS = {"last_day": DAY}
WHY = {"reason": "There is snow."}
CASES = {
    "correct-person": (_anna, {"first_names": "Anna", "last_name": "Leigh"}),
    "rename-person": (_anna, {"first_names": "Anna", "last_name": "Moss", "first_day": DAY}),
    "end-term": (lambda w: w.get(Term), {"last_day": DAY, "ending": "resignation"}),
    "enter-registration": (lambda w: w.get(Term), {"registered_on": DAY}),
    "correct-group": (lambda w: w.get(PoliticalGroup), {"name": "Moss Group"}),
    "rename-group": (lambda w: w.get(PoliticalGroup), {"name": "Moss Group", "first_day": DAY}),
    "leave-group": (lambda w: w.get(GroupMembership), ENDS),
    "end-group": (lambda w: w.get(PoliticalGroup), ENDS),
    "leave-post": (lambda w: w.get(PostHolding), ENDS),
    "end-interest": (lambda w: w.get(Interest), ENDS),
    "notify-disclosure": (_disclosure, {"notified_on": DAY}),
    "end-grant": (_grant, ENDS),
    "close-account": (_account, {}),
    "withdraw-invitation": (lambda w: sign_in.invite(_account(w), by=w.by), {}),
    "amend-body": (
        lambda w: w.panel,
        {"name": "P", "remit": "R", "quorum_numerator": 1, "quorum_denominator": 4, "quorum_minimum": 3},
    ),
    "rename-body": (lambda w: w.panel, {"name": "Youth Panel", "first_day": DAY}),
    "allocate-seats": (lambda w: w.panel, {"group_none": "7", "first_day": DAY}),
    "start-body": (_proposed, {}),
    "dissolve-body": (lambda w: w.panel, ENDS),
    "move-to-seat": (lambda w: w.get(Membership, seat="member"), {"seat": "substitute", "first_day": DAY}),
    "end-membership": (lambda w: w.get(Membership), ENDS),
    "withdraw-appointment": (_to_come, {}),
    "end-role-in-body": (_body_grant, ENDS),
    "amend-outside-body": (lambda w: w.get(OutsideBody), {"name": "Moss Trust", "places": 2}),
    "rename-outside-body": (lambda w: w.get(OutsideBody), {"name": "Moss Trust", "first_day": DAY}),
    "end-outside-body": (lambda w: w.get(OutsideBody), ENDS),
    "end-nomination": (lambda w: w.get(Nomination), ENDS),
    "call-meeting": (_meeting("2015-03-02"), {}),
    "amend-meeting": (_meeting("2014-12-08"), {"title": "Budget", "minutes": 90, "remote": "no"}),
    "move-meeting": (_meeting("2014-12-08"), {"day": "2014-12-15", "time": "10:00", **WHY}),
    "postpone-meeting": (_meeting("2014-12-08"), {"to": "2014-12-15", "time": "10:00", **WHY}),
    "cancel-meeting": (_meeting("2014-12-08"), WHY),
    "reinstate-meeting": (_meeting("2015-01-19"), {}),
    "hold-meeting": (_held, {}),
    "amend-room": (lambda w: w.get(Room), {"name": "Great Hall", "address": "Guildhall"}),
    "close-room": (lambda w: w.get(Room), {"last_day": "2015-12-31"}),
    "amend-plan": (lambda w: w.get(Plan), {"title": "Plan", "introduction": "What comes."}),
    "close-request": (_request, {"outcome": "Sent by letter."}),
    "reopen-request": (lambda w: _request(w, closed=True), {}),
    "amend-entry": (lambda w: w.get(Entry, title="Youth clubs"), {"title": "Youth", "decision_maker": "Panel"}),
    "publish-entry": (lambda w: w.get(Entry, title="A secret draft"), {}),
    "reschedule-entry": (lambda w: w.get(Entry, title="Youth clubs"), {"month": "March 2015", **WHY}),
    "take-entry": (lambda w: w.get(Entry, title="Youth clubs"), {"on": DAY}),
    "withdraw-entry": (lambda w: w.get(Entry, title="Youth clubs"), WHY),
}
"""By act: the thing that it is done to, and what is answered."""


@pytest.fixture
def everybody(browser, acting, world):
    """The browser of somebody who may do all of this."""
    actor = acting(Role.CLERK)
    person = Person.objects.of(world.council).get(account=actor.account_id)
    for role in (Role.ADMINISTRATOR, Role.LEGAL):
        people.grant_role(person, role=role, first_day=START, by=world.by)
    return browser(actor)


def takes_version(act):
    return "expected" in inspect.signature(act.verb).parameters


def test_every_act_that_changes_a_thing_is_held_to_its_version_or_only_adds_to_it():
    changing = {act.name for act in ACTS if act.kind not in {None, Job}}  # jobs are held to theirs in tests/jobs
    assert {act.name for act in ACTS if act.name in changing and takes_version(act)} == set(CASES)
    assert changing - set(CASES) == ADDING


@pytest.mark.parametrize("name", sorted(CASES))
def test_who_was_slower_is_told_nothing_is_written_and_saving_again_goes_through(everybody, world, name):
    make, answers = CASES[name]
    thing, act = make(world), BY_NAME[name]
    rows = type(thing).objects.of(world.council).filter(pk=thing.pk)
    shown = everybody.get(act.address(thing)).context["form"].initial["version"]
    rows.update(version=F("version") + 1)
    before = rows.values().get()
    answer = everybody.post(act.address(thing), {**answers, "version": shown})
    answer = _confirm(everybody, act, thing, {**answers, "version": shown}, answer)
    assert answer.status_code == 409
    assert "govuk-notification-banner" in banner(answer)
    assert rows.values().get() == before
    again = {**answers, "version": answer.context["form"]["version"].value()}
    assert _confirm(everybody, act, thing, again, everybody.post(act.address(thing), again)).status_code == 302


def _confirm(client, act, thing, answers, answer):
    """Tick what a form shows that speaks against it, if it does."""
    if answer.status_code != 200 or "confirmed" not in answer.context["form"].errors:
        return answer
    points = [key for key, _ in answer.context["form"].fields["confirmed"].widget.choices]
    return client.post(act.address(thing), {**answers, "confirmed": points})


def test_both_values_are_shown_as_people_read_them(desk, world):
    room = meetings.add_room(name="Annexe", first_day=START, by=world.by)
    meeting = world.get(Meeting, slug="2014-12-08")
    form = {"title": "Budget", "minutes": 90, "remote": "policy", "room": room.pk, "version": meeting.version}
    meetings.amend_meeting(meeting, title="Winter", by=world.by)
    answer = desk.post(reverse("workspace:amend-meeting", args=[meeting.pk]), form)
    told = {each.name: (each.now, each.yours) for each in answer.context["compared"]}
    assert told == {
        "title": ("Winter", "Budget"),
        "minutes": ("120", "90"),
        "room": ("Council Chamber", "Annexe"),
        "remote": tuple(capfirst(Meeting.Remote(each).label) for each in ("no", "policy")),
    }


def test_authors_and_documents_that_somebody_else_entered_are_seen_too(desk, world):
    entry = world.get(Entry, title="Youth clubs")
    form = {"title": "Youth clubs", "decision_maker": "Panel", "version": entry.version}
    plans.amend_entry(entry, authors=[_anna(world)], by=world.by)
    answer = desk.post(reverse("workspace:amend-entry", args=[entry.pk]), form)
    told = {each.name: (each.now, each.yours) for each in answer.context["compared"]}
    assert told["authors"] == ("Anna Lee", "")


def test_what_is_there_now_is_taken_over_field_by_field_and_saved(desk, world):
    meeting = world.get(Meeting, slug="2014-12-08")
    address = reverse("workspace:amend-meeting", args=[meeting.pk])
    form = {"title": "Budget", "minutes": 90, "remote": "no", "room": "", "place": "Town hall"}
    meetings.amend_meeting(meeting, title="Winter", minutes=60, by=world.by)
    stale = desk.post(address, {**form, "version": 1})
    assert stale.status_code == 409
    version = stale.context["form"]["version"].value()
    merged = desk.post(address, {**form, "version": version, "merge": "1", "take": ["title", "room", "place"]})
    assert merged.status_code == 200
    assert Meeting.objects.of(world.council).get(pk=meeting.pk).minutes == 60
    held = {name: merged.context["form"][name].value() for name in ("title", "minutes", "room", "place")}
    assert held == {"title": "Winter", "minutes": "90", "room": str(meeting.room_id), "place": None}
    desk.post(address, {**form, "title": "Winter", "room": meeting.room_id, "place": "", "version": version})
    saved = Meeting.objects.of(world.council).get(pk=meeting.pk)
    assert (saved.title, saved.minutes, saved.room_id) == ("Winter", 90, meeting.room_id)


def test_a_tick_that_somebody_else_took_out_is_taken_over_as_no_tick(desk, world):
    Body.objects.of(world.council).filter(pk=world.panel.pk).update(education=False)
    names = ("name", "remit", "quorum_numerator", "quorum_denominator", "quorum_minimum")
    form = {**{name: getattr(world.panel, name) for name in names}, "education": "on", "take": "education"}
    answer = desk.post(reverse("workspace:amend-body", args=[world.panel.slug]), {**form, "merge": "1", "version": 2})
    assert answer.context["form"]["education"].value() is False


def test_two_people_who_rename_the_council_are_told_too(browser, administrator, world):
    Council.objects.filter(pk=world.council.pk).update(version=F("version") + 1)
    form = {"name": "Avon", "short_name": "Avon", "version": 1}
    answer = browser(administrator).post(reverse("workspace:rename-council"), form)
    assert answer.status_code == 409
    assert Council.objects.get(pk=world.council.pk).name == "Avonmere Council"


HARD = re.compile(
    r"(end|leave|close|dissolve|withdraw|cancel|remove|erase|hold|take|publish|give|claim|agree|rename|move|postpone|reschedule)-"
)
# an appointment to a post is ended again; a council's name is changed again and its addresses stay
EASY = {"hold-post", "rename-council"}


def test_every_act_that_is_hard_to_reverse_warns_offers_undo_or_shows_what_speaks_against_it():
    hard = {act.name: act for act in ACTS if HARD.match(act.name) and act.name not in EASY}
    assert len(hard) > 20
    unguarded = {name for name, act in hard.items() if not (act.grave or act.undo or issubclass(act.form, Weighed))}
    assert unguarded == set()


def test_after_a_body_is_entered_its_next_steps_are_offered(desk, panel):
    form = {"name": "Licensing Committee", "kind": "committee", "first_day": "2014-05-13"}
    notice = banner(desk.post(reverse("workspace:propose-body"), form, follow=True))
    assert reverse("workspace:start-body", args=["licensing-committee"]) in notice
    assert reverse("workspace:appoint", args=["licensing-committee"]) in notice


def test_a_next_step_that_somebody_may_not_do_is_not_offered(desk, panel):
    form = {"first_names": "Ida", "last_name": "Noakes"}
    notice = banner(desk.post(reverse("workspace:enter-person"), form, follow=True))
    person = Person.objects.of(panel.council).get(last_name="Noakes")
    assert BY_NAME["begin-term"].address(person) in notice
    assert BY_NAME["open-account"].address(person) not in notice


def test_a_day_taken_out_is_warned_of(desk, world, administrator):
    day = add_own_day(day=dt.date(2014, 12, 29), kind=OwnDay.Kind.CLOSURE, by=world.by)
    assert "govuk-warning-text" in desk.get(reverse("workspace:remove-own-day", args=[day.pk])).text
