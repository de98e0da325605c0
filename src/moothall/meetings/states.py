"""The states of a meeting."""

from enum import StrEnum

from moothall.states import Moves


class MeetingState(StrEnum):
    """A meeting is planned, called, held; or it is put off, or does not take place. Its address stays in any case."""

    PLANNED = "planned"
    CALLED = "called"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


MOVES = Moves(
    "meeting",
    {
        MeetingState.PLANNED: {MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.CANCELLED},
        MeetingState.CALLED: {MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.HELD},
        MeetingState.POSTPONED: {MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.CANCELLED},
        MeetingState.CANCELLED: {MeetingState.PLANNED},
        MeetingState.HELD: set(),
    },
)
