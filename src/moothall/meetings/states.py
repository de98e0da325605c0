"""The states of a meeting."""

from enum import StrEnum

from moothall.core.wording import gettext_noop
from moothall.foundation.states import Moves


class MeetingState(StrEnum):
    """A meeting is planned, called, held; or it is put off, or does not take place. Its address stays in any case."""

    PLANNED = gettext_noop("planned")
    CALLED = gettext_noop("called")
    POSTPONED = gettext_noop("postponed")
    CANCELLED = gettext_noop("cancelled")
    HELD = gettext_noop("held")


MOVES = Moves(
    gettext_noop("meeting"),
    {
        MeetingState.PLANNED: {MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.CANCELLED},
        MeetingState.CALLED: {MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.HELD},
        MeetingState.POSTPONED: {MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.CANCELLED},
        MeetingState.CANCELLED: {MeetingState.PLANNED},
        MeetingState.HELD: set(),
    },
)
