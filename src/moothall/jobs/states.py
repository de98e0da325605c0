"""The states of a job."""

from enum import StrEnum

from moothall.states import Moves


class JobState(StrEnum):
    """A job waits, is at work, is done; or is dead after too many failures, or dropped by an administrator."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


MOVES = Moves(
    "job",
    {
        JobState.WAITING: {JobState.RUNNING, JobState.DROPPED},
        JobState.RUNNING: {JobState.DONE, JobState.WAITING, JobState.DEAD},
        JobState.DEAD: {JobState.WAITING, JobState.DROPPED},
        JobState.DROPPED: {JobState.WAITING},
        JobState.DONE: set(),
    },
)
