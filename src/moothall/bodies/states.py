"""The states of a body."""

from enum import StrEnum

from moothall.states import Moves


class BodyState(StrEnum):
    """A body is proposed, at work, or dissolved. A dissolved one keeps its papers and its address."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DISSOLVED = "dissolved"


MOVES = Moves(
    "body",
    {
        BodyState.PROPOSED: {BodyState.ACTIVE},
        BodyState.ACTIVE: {BodyState.DISSOLVED},
        BodyState.DISSOLVED: set(),
    },
)
