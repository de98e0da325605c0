"""Plans: entries, slippage, requests from minutes; what the public sees of them, and what not."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.bodies.models import Membership
from moothall.core.wording import ENGLISH
from moothall.forward_plan import actions, public
from moothall.forward_plan.models import Document, Entry, Representation, Slip
from moothall.forward_plan.particulars import Paper
from moothall.forward_plan.queries import Became, nowhere, way_of, what_is_wrong
from moothall.forward_plan.slippage import Aim, Step, slippage
from moothall.forward_plan.states import EntryState
from moothall.foundation import permissions
from moothall.foundation.actors import Actor, Role
from moothall.foundation.errors import NotAllowed, RuleBroken
from moothall.meetings.actions import cancel_meeting, move_meeting, postpone_meeting
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.forward_plan.conftest import MONEY, PANEL_DAY, PRIVATE

pytestmark = pytest.mark.django_db
MARCH = dt.date(2015, 3, 23)
REASON = {"reason": "The data come in March."}


@pytest.fixture
def meetings(enter):
    """The panel's meetings of January and March 2015."""
    return [enter(PANEL_DAY), enter(MARCH)]


@pytest.fixture
def shown(avonmere):
    """The panel's plan as the public sees it."""
    return lambda: public.plan(avonmere, "children-panel", on=TODAY)


@pytest.fixture
def asked(work, enter, clerk):
    """Records a request of minute 51 of September."""

    def record(text="Placement stability", **values):
        meeting = values.pop("meeting", None) or enter(dt.date(2014, 9, 29))
        return actions.record_request(work, meeting=meeting, minute="51", asked=text, by=clerk, **values)

    return record


def test_a_draft_is_not_there_for_the_public(work, meetings, clerk, shown):
    entry = actions.add_entry(work, title="Peer challenge", meeting=meetings[0], by=clerk)
    before = shown().entries
    actions.publish_entry(entry, by=clerk)
    assert (before, [each.title for each in shown().entries]) == ((), ["Peer challenge"])


def test_a_draft_is_not_there_for_members_but_for_the_chair(work, meetings, clerk, sit, panel, operator):
    actions.add_entry(work, title="Peer challenge", meeting=meetings[0], by=clerk)
    seen = {}
    for name, seat in (("Anna Lee", Membership.Seat.MEMBER), ("Cleo Day", Membership.Seat.CHAIR)):
        seen[seat] = permissions.visible(_signed_in(sit(name, panel, seat=seat), operator), Entry).count()
    assert seen == {Membership.Seat.MEMBER: 0, Membership.Seat.CHAIR: 1}


def _signed_in(person, operator):
    from moothall.people.actions import open_account  # noqa: PLC0415 - used here only

    person = open_account(person, email=f"{person.slug}@avonmere.example", by=operator)
    return actor_of(person.account, operator.council, origin="a test", at=operator.at)


def test_an_author_drafts_and_a_clerk_publishes(work, acting):
    author = acting(Role.AUTHOR)
    entry = actions.add_entry(work, title="Peer challenge", by=author)
    with pytest.raises(NotAllowed, check=has_code("other-role-needed")):
        actions.publish_entry(entry, by=author)


def test_the_plan_goes_by_month_and_meeting_and_ends_with_future_items(work, meetings, published, shown):
    published(work, "NSPCC presentation")
    published(work, "Results", meeting=meetings[1])
    published(work, "Peer challenge", meeting=meetings[0])
    published(work, "Children's centres", month=dt.date(2015, 1, 1))
    published(work, "Safeguarding", meeting=meetings[0])
    plan = shown()
    assert [(each.aim, [entry.title for entry in each.entries]) for each in plan.sections] == [
        ("January 2015", ["Children's centres"]),
        ("26 January 2015", ["Peer challenge", "Safeguarding"]),
        ("23 March 2015", ["Results"]),
    ]
    assert [each.title for each in plan.future] == ["NSPCC presentation"]


def test_an_entry_is_for_a_meeting_of_its_own_body(work, enter, new_body, clerk):
    other = enter(PANEL_DAY, body=new_body("Housing Panel"))
    with pytest.raises(RuleBroken, check=has_code("meeting-of-other-body", says=("Housing Panel", "Children Panel"))):
        actions.add_entry(work, title="Peer challenge", meeting=other, by=clerk)


def test_an_entry_is_not_for_a_meeting_and_a_month(work, meetings, clerk):
    with pytest.raises(RuleBroken, check=has_code("meeting-and-month")):
        actions.add_entry(work, title="Peer", meeting=meetings[0], month=dt.date(2015, 1, 1), by=clerk)


@pytest.mark.parametrize("year", [1990, 2046])
def test_clk_01_a_month_whose_holidays_are_not_known_is_refused_in_words(decisions, clerk, year):
    with pytest.raises(RuleBroken, check=has_code("year-without-holidays", "CLK-01", says=("1990", "2045"))):
        actions.add_entry(decisions, title="Mill Lane", month=dt.date(year, 1, 1), key="money", by=clerk)


def test_a_cancelled_meeting_takes_no_entries(work, meetings, clerk):
    cancel_meeting(meetings[0], reason="No business", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("meeting-cancelled")):
        actions.add_entry(work, title="Peer challenge", meeting=meetings[0], by=clerk)


@pytest.mark.parametrize(
    ("values", "code", "rule"),
    [
        pytest.param({"paragraphs": []}, "paragraph-missing", "MTG-12", id="no ground"),
        pytest.param({"paragraphs": [8]}, "unknown-paragraph", "MTG-10", id="no such paragraph"),
        pytest.param({"private_reason": ""}, "reason-missing", "MTG-13", id="no reason"),
        pytest.param({"private": False}, "ground-without-private", "MTG-12", id="a ground but not private"),
    ],
)
def test_mtg_10_and_12_a_private_matter_names_its_ground(decisions, clerk, values, code, rule):
    with pytest.raises(RuleBroken, check=has_code(code, rule)):
        actions.add_entry(decisions, title="Mill Lane", by=clerk, **(PRIVATE | values))


def test_mtg_12_confidential_information_needs_no_paragraph(decisions, clerk):
    values = PRIVATE | {"paragraphs": [], "confidential": True}
    assert actions.add_entry(decisions, title="Mill Lane", by=clerk, **values).confidential


def test_scr_04_a_missing_author_or_telephone_number_is_allowed_and_flagged(work, published, officer):
    entry = published(work, "NSPCC presentation")
    with_author = published(work, "Peer challenge", authors=[officer("Sam Reed")], lead=officer("Kit Hale"))
    assert [(each.rule, each.code) for each in what_is_wrong(entry)] == [("SCR-04", "no-author"), ("SCR-04", "no-lead")]
    (found,) = what_is_wrong(with_author)
    assert (found.rule, found.code, "Sam Reed" in found.message) == ("SCR-04", "no-telephone", True)


def test_an_entry_whose_meeting_does_not_take_place_or_is_past_is_flagged(work, enter, published, clerk):
    off, past = enter(PANEL_DAY), enter(dt.date(2014, 11, 21))
    entries = [published(work, "Results", meeting=each) for each in (off, past)]
    cancel_meeting(off, reason="No business", by=clerk)
    for entry in entries:
        entry.refresh_from_db()
    found = [[each for each in what_is_wrong(entry, on=TODAY) if each.rule == "SCR-05"] for entry in entries]
    assert [[each.code for each in of_entry] for of_entry in found] == [["meeting-cancelled"], ["meeting-past"]]
    assert "Friday 21 November 2014" in found[1][0].message


def days_and_numbers(text):
    """The days and the months that a text names, and its other numbers."""
    return re.findall(r"\d+ [A-Z][a-z]+ \d{4}|\d+", text)


def test_slippage_is_kept_and_shown(work, meetings, published, clerk, shown):
    entry = published(work, "Results", meeting=meetings[0])
    actions.reschedule_entry(entry, meeting=meetings[1], by=clerk, **REASON)
    (found,) = shown().entries
    assert days_and_numbers(found.slipped) == ["26 January 2015", "23 March 2015", "2"]
    assert found.steps == (public.PublicStep("26 January 2015", "23 March 2015", TODAY, "The data come in March."),)


def test_a_published_entry_is_not_moved_without_a_reason(work, meetings, published, clerk):
    with pytest.raises(RuleBroken, check=has_code("reason-missing", "SCR-04")):
        actions.reschedule_entry(published(work, "Results", meeting=meetings[0]), meeting=meetings[1], by=clerk)


def test_moving_a_draft_is_no_slippage(work, meetings, clerk):
    entry = actions.add_entry(work, title="Results", meeting=meetings[0], by=clerk)
    actions.reschedule_entry(entry, meeting=meetings[1], by=clerk)
    actions.publish_entry(entry, by=clerk)
    assert (str(way_of(entry)), Slip.objects.of(clerk.council).count()) == ("", 0)


def test_an_entry_slips_with_its_meeting(work, meetings, published, clerk, shown):
    published(work, "Results", meeting=meetings[0])
    move_meeting(meetings[0], day=dt.date(2015, 2, 2), time=dt.time(16), reason="Snow", by=clerk)
    (found,) = shown().entries
    assert days_and_numbers(found.slipped) == ["26 January 2015", "2 February 2015", "1"]


def test_with_a_meeting_put_off_without_a_day_it_is_a_future_item(work, meetings, published, clerk, shown):
    published(work, "Results", meeting=meetings[0])
    postpone_meeting(meetings[0], reason="Snow", by=clerk)
    (found,) = shown().future
    assert days_and_numbers(found.slipped) == ["26 January 2015"]
    assert Aim().said(ENGLISH) in found.slipped


def test_the_history_of_a_much_moved_entry_leads_from_its_first_aim_to_its_last(work, meetings, published, clerk):
    entry = published(work, "Results", meeting=meetings[0])
    for aim in ({"meeting": meetings[1]}, {"month": dt.date(2015, 6, 1)}, {}, {"meeting": meetings[0]}):
        actions.reschedule_entry(entry, by=clerk, **REASON, **aim)
    way = way_of(entry)
    assert [step.was for step in way.steps] == [way.first, *(step.now for step in way.steps[:-1])]
    assert (way.steps[-1].now, way.slipped) == (way.now, False)


AIMS = st.one_of(
    st.builds(Aim),
    st.builds(Aim, day=st.dates(dt.date(2014, 1, 1), dt.date(2016, 12, 31))),
    st.builds(Aim, month=st.dates(dt.date(2014, 1, 1), dt.date(2016, 12, 31)).map(lambda day: day.replace(day=1))),
)


@given(aims=st.lists(AIMS, min_size=1, max_size=6))
@settings(deadline=None)
def test_slippage_is_told_exactly_when_it_comes_later_than_first_planned(aims):
    steps = [Step(was, now, TODAY, "x") for was, now in pairwise(aims)]
    way = slippage(aims[0], aims[-1], steps)
    assert bool(str(way)) is way.slipped
    if aims[0] == Aim() or aims[0] == aims[-1]:
        assert not way.slipped
    elif aims[-1] == Aim():
        assert way.slipped
    else:
        assert way.slipped is ((aims[-1].day or aims[-1].month) > (aims[0].day or aims[0].month))


@given(one=AIMS, other=AIMS)
@settings(deadline=None)
def test_months_later_one_way_are_months_earlier_the_other_way(one, other):
    there, back = one.months_after(other), other.months_after(one)
    assert (there is None) is (Aim() in {one, other})
    assert there is None or there == -back


def test_scr_05_a_request_from_minutes_appears_among_the_future_items(asked, shown):
    asked()
    plan = shown()
    assert [(each.title, each.asked_by) for each in plan.future] == [
        ("Placement stability", "minute 51, 29 September 2014")
    ]
    assert [(each.became, each.entry_title) for each in plan.requests] == [(Became.FUTURE, "Placement stability")]


def test_scr_05_what_became_of_each_is_told(asked, work, meetings, published, clerk, shown):
    planned = published(work, "Peer challenge", meeting=meetings[0])
    request = asked("The peer challenge", entry=planned)
    meeting = request.meeting
    asked("Staff mutual", meeting=meeting)
    note = asked("A list of settings", meeting=meeting)
    actions.withdraw_entry(note.entries.get(), reason="Sent by e-mail.", by=clerk)
    lost = asked("Placement stability", meeting=meeting)
    actions.withdraw_entry(lost.entries.get(), reason="Entered by mistake.", by=clerk)
    actions.close_request(note, outcome="A note was sent on 3 October.", by=clerk)
    assert {each.asked: each.became for each in shown().requests} == {
        "The peer challenge": "planned",
        "Staff mutual": Became.FUTURE,
        "A list of settings": "closed",
        "Placement stability": "nowhere",
    }
    assert nowhere(work) == [lost]


def test_scr_05_a_request_is_met_when_its_entry_was_dealt_with(asked, work, enter, published, clerk, shown):
    entry = published(work, "Peer challenge", meeting=enter(TODAY))
    asked(entry=entry)
    actions.take_entry(entry, on=TODAY, by=Actor.operator(clerk.council, at=moment(TODAY)))
    assert [each.became for each in shown().requests] == ["taken"]


def test_scr_05_nothing_is_asked_at_a_meeting_to_come(asked, enter):
    with pytest.raises(RuleBroken, check=has_code("in-future", "SCR-05")):
        asked(meeting=enter(PANEL_DAY))


def test_nothing_of_a_closed_minute_is_published(asked, shown, clerk, work, published):
    request = asked("The Secret case", open_minute=False)
    assert "Secret" not in repr(shown())
    actions.publish_entry(request.entries.get(), by=clerk)
    assert "minute" not in repr(shown())


def test_a_withdrawn_entry_stays_at_its_address_and_says_why(work, published, clerk, avonmere, shown):
    entry = published(work, "Results")
    actions.withdraw_entry(entry, reason="Now part of the budget.", by=clerk)
    found = public.entry(avonmere, "children-panel", entry.number, on=TODAY)
    assert (found.state, found.withdrawn_why, shown().entries) == ("withdrawn", "Now part of the budget.", ())


def test_what_was_withdrawn_before_it_was_published_is_not_there(work, clerk, avonmere):
    entry = actions.add_entry(work, title="Secret", by=clerk)
    actions.withdraw_entry(entry, reason="Entered by mistake.", by=clerk)
    assert public.entry(avonmere, "children-panel", entry.number, on=TODAY) is None
    assert public.feed(avonmere, "children-panel", base="https://avonmere.example", on=TODAY) == ()


def test_a_number_is_not_given_twice(work, published, clerk):
    numbers = [published(work, title).number for title in ("One", "Two")]
    assert numbers == [1, 2]


def test_a_document_that_is_not_open_is_not_listed(decisions, published, avonmere, public_actor):
    documents = [Paper("Business case", "On request"), Paper("Valuation by Secret Surveyors", open=False)]
    entry = published(decisions, documents=documents, **PRIVATE)
    found = public.entry(avonmere, "cabinet", entry.number, on=TODAY)
    assert found.documents == (public.PublicDocument("Business case", "On request"),)
    assert "Secret" not in repr(found)
    assert permissions.visible(public_actor, Document).count() == 1


@pytest.fixture
def public_actor(avonmere):
    return Actor.public(avonmere, origin="a test", at=moment(TODAY))


def test_who_made_a_representation_is_for_officers(in_private, clerk, acting, public_actor):
    actions.record_representation(in_private, received_on=TODAY, who="Kit Hale", text="Say the price.", by=clerk)
    seen = [permissions.visible(actor, Representation).count() for actor in (clerk, acting(Role.AUTHOR), public_actor)]
    assert seen == [1, 0, 0]


def test_one_council_sees_nothing_of_another(work, published, new_body, brackwater, acting, avonmere, shown):
    by = acting(Role.CLERK, council=brackwater)
    theirs = actions.create_plan(new_body("Children Panel", by=by), title="Theirs", by=by)
    published(theirs, "Their secret", by=by)
    published(work, "Ours")
    assert [each.title for each in shown().entries] == ["Ours"]
    assert [each.title for each in public.plans(avonmere)] == ["Children Panel work plan"]
    assert [each.title for each in public.plan(brackwater, "children-panel", on=TODAY).entries] == ["Their secret"]
    feed = public.feed(avonmere, "children-panel", base="https://avonmere.example", on=TODAY)
    assert [each.title for each in feed] == [f"Ours ({Aim().said(ENGLISH)})"]


def test_a_plan_of_a_proposed_body_is_not_there(new_body, clerk, avonmere, published):
    body = new_body("Secret Panel", start=False)
    published(actions.create_plan(body, title="Secret", by=clerk), "Secret")
    assert (public.plan(avonmere, body.slug, on=TODAY), public.plans(avonmere)) == (None, ())
    assert public.entry(avonmere, body.slug, 1, on=TODAY) is None


def test_there_is_one_plan_of_a_body(work, panel, clerk):
    with pytest.raises(RuleBroken, check=has_code("plan-exists")):
        actions.create_plan(panel, title="Another", by=clerk)


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_takes_as_many_queries_whatever_its_length(
    work, meetings, published, officer, shown, number, django_assert_num_queries
):
    for each in range(number):
        published(work, f"Item {each}", meeting=meetings[0], authors=[officer(f"Sam Reed{each}")])
    with django_assert_num_queries(7):
        assert len(shown().entries) == number


def test_the_plan_of_a_meeting_is_found_from_the_meeting(work, meetings, published, avonmere):
    published(work, "Results", meeting=meetings[0])
    published(work, "Later", meeting=meetings[1])
    found = public.entries_of_meeting(avonmere, "children-panel", "2015-01-26", on=TODAY)
    assert [each.title for each in found] == ["Results"]


def test_a_feed_has_the_latest_change_first(work, published, clerk, avonmere):
    first, _ = published(work, "First"), published(work, "Second")
    later = Actor.operator(clerk.council, at=moment(dt.date(2014, 11, 25)))
    actions.withdraw_entry(first, reason="Done by e-mail.", by=later)
    feed = public.feed(avonmere, "children-panel", base="https://avonmere.example", on=TODAY)
    assert [(each.title, each.summary) for each in feed] == [
        (f"First ({EntryState.WITHDRAWN})", "Done by e-mail."),
        (f"Second ({Aim().said(ENGLISH)})", ""),
    ]
    assert feed[0].id == "https://avonmere.example/children-panel/forward-plan/1/"


def test_mtg_14_the_public_reads_what_the_notice_must_say(decision, clerk, avonmere):
    actions.give_key_notice(decision, at=moment(dt.date(2014, 11, 4)), by=clerk)
    (found,) = public.plan(avonmere, "cabinet", on=TODAY).entries
    assert (found.ref, found.key_reason, found.key_note) == ("E1", Entry.Key.MONEY.label, MONEY["key_note"])
    assert "Wed 5 November to Tue 2 December 2014" in found.notices[0].explanation
    assert "28" in found.notices[0].explanation
