"""Who may do what with plans, and who sees which of them."""

from __future__ import annotations

from django.db.models import Q

from moothall.bodies.states import BodyState
from moothall.forward_plan.models import (
    Author,
    Document,
    Entry,
    Evaluation,
    Notice,
    Plan,
    Representation,
    Request,
    Slip,
)
from moothall.forward_plan.states import EntryState, RequestState
from moothall.foundation.actors import GRANTED, SEATED, Role
from moothall.foundation.permissions import EVERYTHING, Reach, Row, Sight

KEEPS_BOOKS = {Role.CLERK, Role.ADMINISTRATOR}
PREPARES = GRANTED | {Role.CHAIR, Role.PORTFOLIO_HOLDER}
INSIDE = GRANTED | SEATED
SHOWN = (BodyState.ACTIVE, BodyState.DISSOLVED)
DRAFT = {EntryState.DRAFT.value}
LIVE = {EntryState.DRAFT.value, EntryState.PUBLISHED.value}
OPEN_STATES = (EntryState.PUBLISHED, EntryState.TAKEN, EntryState.WITHDRAWN)

ROWS = (
    Row("forward_plan.create_plan", KEEPS_BOOKS),
    Row("forward_plan.amend_plan", KEEPS_BOOKS),
    Row("forward_plan.add_entry", KEEPS_BOOKS | {Role.AUTHOR}),
    Row("forward_plan.amend_entry", KEEPS_BOOKS, states=LIVE),
    Row("forward_plan.amend_entry", {Role.AUTHOR}, states=DRAFT),
    Row("forward_plan.publish_entry", KEEPS_BOOKS, states=DRAFT),
    Row("forward_plan.reschedule_entry", KEEPS_BOOKS, states=LIVE),
    Row("forward_plan.take_entry", KEEPS_BOOKS, states={EntryState.PUBLISHED.value}),
    Row("forward_plan.withdraw_entry", KEEPS_BOOKS, states=LIVE),
    Row("forward_plan.record_request", KEEPS_BOOKS),
    Row("forward_plan.close_request", KEEPS_BOOKS, states={RequestState.OPEN.value}),
    Row("forward_plan.reopen_request", KEEPS_BOOKS, states={RequestState.CLOSED.value}),
    # a notice is of what the public can read
    *(
        Row(f"forward_plan.{name}", KEEPS_BOOKS, states={EntryState.PUBLISHED.value})
        for name in (
            "give_key_notice",
            "give_private_notice",
            "give_second_notice",
            "record_representation",
            "claim_general_exception",
            "claim_special_urgency",
            "agree_private_urgency",
        )
    ),
    Row("forward_plan.reevaluate_notices", KEEPS_BOOKS),
)


def _open(path: str = "") -> Q:
    """Entries (at ``path``) that anybody may read: on the published plan of a body that is shown."""
    return Q(**{f"{path}state__in": OPEN_STATES, f"{path}plan__body__state__in": SHOWN}) & ~(
        # withdrawn before it was ever published: nobody outside knew of it
        Q(**{f"{path}state": EntryState.WITHDRAWN, f"{path}published_at__isnull": True})
    )


def _of_entry(reach: Reach) -> Q:
    return reach.within("entry__plan__body")


SIGHTS = (
    Sight(Plan, {Role.PUBLIC}, Q(body__state__in=SHOWN)),
    Sight(Plan, INSIDE, EVERYTHING),
    Sight(Entry, {Role.PUBLIC}, _open()),
    Sight(Entry, PREPARES, lambda reach: reach.within("plan__body")),
    Sight(Request, {Role.PUBLIC}, Q(open_minute=True, plan__body__state__in=SHOWN)),
    Sight(Request, PREPARES, lambda reach: reach.within("plan__body")),
    Sight(Document, {Role.PUBLIC}, Q(open=True) & _open("entry__")),
    Sight(Document, PREPARES, _of_entry),
    *(Sight(kind, {Role.PUBLIC}, _open("entry__")) for kind in (Author, Slip, Notice)),
    *(Sight(kind, PREPARES, _of_entry) for kind in (Author, Slip, Notice)),
    Sight(Evaluation, PREPARES, _of_entry),
    # who objected is between them and the officers
    Sight(Representation, {Role.CLERK, Role.ADMINISTRATOR, Role.LEGAL}, _of_entry),
)
