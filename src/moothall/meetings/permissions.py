"""Who may do what with meetings, and who sees which."""

from __future__ import annotations

from django.db.models import Q

from moothall.bodies.states import BodyState
from moothall.foundation.actors import GRANTED, SEATED, Role
from moothall.foundation.permissions import EVERYTHING, Row, Sight
from moothall.meetings.models import Act, Address, Evaluation, Meeting, Period, Room
from moothall.meetings.states import MeetingState

KEEPS_BOOKS = {Role.CLERK, Role.ADMINISTRATOR}
INSIDE = GRANTED | SEATED
SHOWN = (BodyState.ACTIVE, BodyState.DISSOLVED)
TO_COME = {MeetingState.PLANNED.value, MeetingState.CALLED.value, MeetingState.POSTPONED.value}
FOR_SPEAKERS = ("statement", "question")

ROWS = (
    *(
        Row(f"meetings.{name}", KEEPS_BOOKS)
        for name in ("add_room", "amend_room", "close_room", "add_period", "remove_period")
    ),
    *(Row(f"meetings.{name}", KEEPS_BOOKS) for name in ("plan_meeting", "plan_year", "reevaluate_deadlines")),
    Row("meetings.call_meeting", KEEPS_BOOKS, states={MeetingState.PLANNED.value, MeetingState.POSTPONED.value}),
    Row("meetings.amend_meeting", KEEPS_BOOKS, states=TO_COME),
    Row("meetings.move_meeting", KEEPS_BOOKS, states=TO_COME),
    Row("meetings.postpone_meeting", KEEPS_BOOKS, states=TO_COME),
    Row("meetings.cancel_meeting", KEEPS_BOOKS, states=TO_COME),
    Row("meetings.reinstate_meeting", KEEPS_BOOKS, states={MeetingState.CANCELLED.value}),
    Row("meetings.hold_meeting", KEEPS_BOOKS, states={MeetingState.CALLED.value}),
    Row("meetings.give_notice", KEEPS_BOOKS, states=TO_COME | {MeetingState.HELD.value}),
    Row("meetings.publish_agenda", KEEPS_BOOKS, states=TO_COME | {MeetingState.HELD.value}),
    Row("meetings.correct_agenda_address", KEEPS_BOOKS),  # also of a cancelled meeting: its page goes on showing it
)

SIGHTS = (
    Sight(Room, {Role.PUBLIC}, EVERYTHING),
    Sight(Period, {Role.PUBLIC}, EVERYTHING),
    Sight(Meeting, {Role.PUBLIC}, Q(body__state__in=SHOWN)),
    Sight(Meeting, INSIDE, EVERYTHING),
    Sight(Address, {Role.PUBLIC}, Q(body__state__in=SHOWN)),
    Sight(Address, INSIDE, EVERYTHING),
    # the public is told by when to speak up; whether an officer is late is told by what was published when
    Sight(Evaluation, {Role.PUBLIC}, Q(meeting__body__state__in=SHOWN, rule__in=FOR_SPEAKERS)),
    Sight(Evaluation, INSIDE, EVERYTHING),
    Sight(Act, {Role.PUBLIC}, Q(meeting__body__state__in=SHOWN)),
    Sight(Act, INSIDE, EVERYTHING),
)
