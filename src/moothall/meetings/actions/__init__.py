"""What can be done with meetings; the only writers of their tables."""

from moothall.meetings.actions.deadlines import (
    correct_agenda_address,
    give_notice,
    publish_agenda,
    reevaluate_deadlines,
)
from moothall.meetings.actions.meetings import (
    amend_meeting,
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
    postpone_meeting,
    reinstate_meeting,
)
from moothall.meetings.actions.places import (
    add_period,
    add_room,
    amend_room,
    close_room,
    remove_period,
)
from moothall.meetings.actions.planning import NotConfirmed, plan_meeting, plan_year

__all__ = [
    "NotConfirmed",
    "add_period",
    "add_room",
    "amend_meeting",
    "amend_room",
    "call_meeting",
    "cancel_meeting",
    "close_room",
    "correct_agenda_address",
    "give_notice",
    "hold_meeting",
    "move_meeting",
    "plan_meeting",
    "plan_year",
    "postpone_meeting",
    "publish_agenda",
    "reevaluate_deadlines",
    "reinstate_meeting",
    "remove_period",
]
