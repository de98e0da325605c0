"""The states of an entry of a plan, and of a request from minutes."""

from enum import StrEnum

from moothall.core.wording import gettext_noop
from moothall.foundation.states import Moves


class EntryState(StrEnum):
    """An entry is drafted, published, dealt with; or withdrawn, and then says why."""

    DRAFT = gettext_noop("draft")
    PUBLISHED = gettext_noop("published")
    TAKEN = gettext_noop("taken")
    WITHDRAWN = gettext_noop("withdrawn")


class RequestState(StrEnum):
    """A request is open, or closed with what became of it; whether it was met follows from its entries."""

    OPEN = gettext_noop("open")
    CLOSED = gettext_noop("closed")


MOVES = Moves(
    gettext_noop("plan entry"),
    {
        EntryState.DRAFT: {EntryState.PUBLISHED, EntryState.WITHDRAWN},
        EntryState.PUBLISHED: {EntryState.TAKEN, EntryState.WITHDRAWN},
        EntryState.TAKEN: set(),
        EntryState.WITHDRAWN: set(),
    },
)
REQUEST_MOVES = Moves(
    gettext_noop("request"),
    {
        RequestState.OPEN: {RequestState.CLOSED},
        RequestState.CLOSED: {RequestState.OPEN},
    },
)
