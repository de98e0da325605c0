"""The states of a job."""

from enum import StrEnum

from moothall.core.wording import gettext_noop
from moothall.foundation.states import Moves


class JobState(StrEnum):
    """A job waits, is at work, is done; or is dead after too many failures, or dropped by an administrator."""

    WAITING = gettext_noop("waiting")
    RUNNING = gettext_noop("running")
    DONE = gettext_noop("done")
    DEAD = gettext_noop("dead")
    DROPPED = gettext_noop("dropped")


MOVES = Moves(
    gettext_noop("job"),
    {
        JobState.WAITING: {JobState.RUNNING, JobState.DROPPED},
        JobState.RUNNING: {JobState.DONE, JobState.WAITING, JobState.DEAD},
        JobState.DEAD: {JobState.WAITING, JobState.DROPPED},
        JobState.DROPPED: {JobState.WAITING},
        JobState.DONE: set(),
    },
)
