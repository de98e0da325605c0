"""The states of a job."""

from enum import StrEnum

from moothall.states import Moves


class JobState(StrEnum):
    """A job waits, is at work, is done, or is given up: dead until an administrator wakes it."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


MOVES = Moves(
    "job",
    {
        JobState.WAITING: {JobState.RUNNING},
        JobState.RUNNING: {JobState.DONE, JobState.WAITING, JobState.DEAD},
        JobState.DEAD: {JobState.WAITING},
        JobState.DONE: set(),
    },
)
