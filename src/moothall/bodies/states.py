"""The states of a body."""

from enum import StrEnum

from moothall.core.wording import gettext_noop
from moothall.foundation.states import Moves


class BodyState(StrEnum):
    """A body is proposed, at work, or dissolved. A dissolved one keeps its papers and its address."""

    PROPOSED = gettext_noop("proposed")
    ACTIVE = gettext_noop("active")
    DISSOLVED = gettext_noop("dissolved")


MOVES = Moves(
    gettext_noop("body"),
    {
        BodyState.PROPOSED: {BodyState.ACTIVE},
        BodyState.ACTIVE: {BodyState.DISSOLVED},
        BodyState.DISSOLVED: set(),
    },
)
