"""What somebody tries who is inside, with too few rights."""

import datetime as dt
import inspect

import pytest
from django.db import transaction

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from moothall.foundation import permissions
from moothall.foundation.actions import all_verbs
from moothall.foundation.actors import GRANTED, Actor, Role
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import NotAllowed, NotThere, RuleBroken
from moothall.foundation.permissions import visible
from moothall.people import actions as people
from moothall.people.models import AbsenceApproval, Disclosure, Grant, Interest, Person
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.permissions.world import build

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def of_one_body(operator, new_person):
    """Makes somebody with a role in one body only."""

    def make(role):
        body = bodies.create_body(name=f"Board of {role}", kind=Kind.BOARD, first_day=TODAY, by=operator)
        person = people.open_account(new_person(f"Kit {role.title()}"), email=f"kit-{role}@a.example", by=operator)
        bodies.grant_role_in_body(body, person=person, role=role, first_day=TODAY, by=operator)
        return actor_of(person.account, operator.council, origin="a test", at=operator.at)

    return make


@pytest.fixture
def personal(operator, new_person):
    """A member with a sensitive interest, one disclosed, and an absence with its reason."""
    anna = new_person("Anna Lee", councillor=True)
    land = Interest.Category.LAND
    people.register_interest(
        anna, category=land, description="x", first_day=TODAY, sensitive_why="Threats", by=operator
    )
    people.disclose_interest(anna, day=TODAY, meeting="Council", by=operator)
    until = TODAY + dt.timedelta(days=90)
    people.approve_absence(anna, approved_on=TODAY, approved_until=until, reason="Illness", by=operator)
    people.grant_role(new_person("Ida Stone"), role=Role.ANALYST, first_day=TODAY, by=operator)
    return anna


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.LEGAL, Interest),
        (Role.LEGAL, Disclosure),
        (Role.CLERK, Disclosure),
        (Role.CLERK, AbsenceApproval),
        (Role.CLERK, Grant),
    ],
)
def test_what_is_of_a_person_is_nothing_to_the_officer_of_one_body(role, kind, personal, of_one_body, acting):
    assert not visible(of_one_body(role), kind).exists()
    assert visible(acting(role), kind).exists()


@pytest.mark.parametrize("role", sorted(GRANTED - {Role.ADMINISTRATOR, Role.AUDITOR}))
def test_a_role_in_one_body_does_nothing_outside_of_it(role, of_one_body, operator):
    actor = of_one_body(role)
    other = bodies.create_body(name="Other Board", kind=Kind.BOARD, first_day=TODAY, by=operator)
    for verb in permissions.table():
        assert verb == "sign_in.accept_invitation" or not permissions.may(actor, verb), verb
        assert verb == "sign_in.accept_invitation" or not permissions.may(actor, verb, other), verb


def test_an_author_touches_no_entry_of_another_body(of_one_body, operator):
    from moothall.forward_plan import actions as plans  # noqa: PLC0415

    author = of_one_body(Role.AUTHOR)
    other = bodies.create_body(name="Other Board", kind=Kind.BOARD, first_day=TODAY, by=operator)
    entry = plans.add_entry(plans.create_plan(other, title="Plan", by=operator), title="A draft", by=operator)
    with pytest.raises(NotThere):
        plans.amend_entry(entry, title="Mine", by=author)


def test_a_role_that_ends_tomorrow_or_begins_then_counts_for_its_days_only(new_person, operator):
    person = people.open_account(new_person("Kit Hale"), email="kit@a.example", by=operator)
    people.grant_role(person, role=Role.CLERK, first_day=TOMORROW, last_day=TOMORROW, by=operator)
    days = [TODAY, TOMORROW, TOMORROW + dt.timedelta(days=1)]
    late = dt.timedelta(hours=11, minutes=59)
    actors = [actor_of(person.account, operator.council, origin="a test", at=moment(day) + late) for day in days]
    assert [bool(permissions.may(each, "people.create_person")) for each in actors] == [False, True, False]


# every verb as every role, past all pages


def things(council):
    """One thing of every kind."""
    found = {kind: kind.objects.of(council).first() for kind in permissions.sights()}
    return {kind: row for kind, row in found.items() if row is not None}


def first_argument(verb):
    """The kind of thing that a verb acts upon; None when it is the council."""
    parameters = list(inspect.signature(verb, eval_str=True).parameters.values())
    first = parameters[0]
    return None if first.kind is first.KEYWORD_ONLY else first.annotation


def done_by(verb, actor, thing):
    """How a verb ends that is called with the thing and nothing else of use: refused, or past the gate."""
    given = () if thing is None else (thing,)
    also = {
        name: None
        for name, each in inspect.signature(verb).parameters.items()
        if each.kind is each.KEYWORD_ONLY and each.default is each.empty and name != "by"
    }
    before = Entry.objects.count()
    try:
        with transaction.atomic():
            verb(*given, **also, by=actor)
            transaction.set_rollback(True)
    except (NotAllowed, NotThere):
        assert Entry.objects.count() == before
        return "refused"
    except Exception:  # noqa: BLE001 - it was let in, and found nothing to work on
        return "let in"
    return "let in"


@pytest.fixture
def world(avonmere, brackwater):
    """Avonmere and Brackwater, each with something of everything."""
    return build(avonmere), build(brackwater)


def test_no_verb_lets_an_auditor_or_somebody_of_no_role_in(world):
    found = things(world[0].council)
    for who in ("auditor", "no role"):
        actor = actor_of(world[0].accounts[who], world[0].council, origin="a test")
        let_in = {
            name
            for name, verb in all_verbs().items()
            if done_by(verb, actor, found.get(first_argument(verb))) != "refused"
        }
        assert let_in == ({"sign_in.accept_invitation"} if who == "no role" else set()), who


def test_every_verb_as_every_role_is_let_in_exactly_where_the_gate_says(world):
    found = things(world[0].council)
    wrong = []
    for who, account in world[0].accounts.items():
        for name, verb in all_verbs().items():
            actor = actor_of(account, world[0].council, origin="a test")
            thing = found.get(first_argument(verb))
            right = "let in" if permissions.may(actor, name, thing) else "refused"
            if done_by(verb, actor, thing) != right:
                wrong.append(f"{who}: {name} {thing}")
    assert wrong == []


def test_no_verb_does_anything_to_a_thing_of_another_council_even_for_the_operator(world):
    here, there = (each.council for each in world)
    found = things(there)
    by = Actor.operator(here)
    acted_on = {
        name: found[first_argument(verb)] for name, verb in all_verbs().items() if first_argument(verb) in found
    }
    assert len(acted_on) > 40
    for name, thing in acted_on.items():
        assert done_by(all_verbs()[name], by, thing) == "refused", name


def test_nor_with_one_among_others(world):
    here, there = (each.council for each in world)
    members = [Person.objects.of(each).filter(last_name="Newham").get() for each in (here, there)]
    with pytest.raises(NotThere):
        people.form_group(name="Both", members=members, first_day=TODAY, by=Actor.operator(here))


# the last administrator


def test_an_administrator_leaves_an_entry_when_taking_more_roles(acting, avonmere):
    ida = acting(Role.ADMINISTRATOR)
    people.grant_role(Person.objects.of(avonmere).get(account=ida.account_id), role=Role.LEGAL, first_day=TODAY, by=ida)
    entry = Entry.objects.filter(council=avonmere).last()
    assert (entry.verb, entry.account) == ("people.grant_role", ida.account_id)


def test_the_last_administrator_who_can_sign_in_keeps_the_account(acting, new_person, operator):
    ida = acting(Role.ADMINISTRATOR)
    person = Person.objects.of(operator.council).get(account=ida.account_id)
    people.grant_role(new_person("Kit Hale"), role=Role.ADMINISTRATOR, first_day=TODAY, by=operator)
    with pytest.raises(RuleBroken, check=has_code("last-administrator")):
        people.close_account(person, by=ida)
    acting(Role.ADMINISTRATOR, last_name="Second")
    assert people.close_account(person, by=ida).account is None


def test_an_administrator_without_an_account_does_not_stand_in_for_the_last(acting, new_person, operator):
    acting(Role.ADMINISTRATOR)
    grant = Grant.objects.of(operator.council).get(role=Role.ADMINISTRATOR)
    people.grant_role(new_person("Kit Hale"), role=Role.ADMINISTRATOR, first_day=TODAY, by=operator)
    with pytest.raises(RuleBroken, check=has_code("last-administrator")):
        people.end_grant(grant, last_day=TODAY, by=operator)
