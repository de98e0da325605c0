"""Who may do what with persons, and who sees which of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from moothall.foundation.actors import GRANTED, SEATED, Actor, Held, Role
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import EVERYTHING, Reach, Row, Sight
from moothall.people.models import (
    AbsenceApproval,
    Attendance,
    Disclosure,
    FormerGroupName,
    FormerName,
    Grant,
    GroupMembership,
    Interest,
    Person,
    PoliticalGroup,
    Post,
    PostHolding,
    Term,
)

ANYONE = {Role.PUBLIC}
KEEPS_BOOKS = {Role.CLERK, Role.ADMINISTRATOR}
KEEPS_REGISTER = {Role.LEGAL}
INSIDE = GRANTED | SEATED

ROWS = (
    *(
        Row(f"people.{name}", KEEPS_BOOKS)
        for name in (
            "create_person",
            "correct_person",
            "rename_person",
            "begin_term",
            "end_term",
            "create_post",
            "hold_post",
            "leave_post",
            "form_group",
            "correct_group",
            "rename_group",
            "join_group",
            "leave_group",
            "end_group",
            "record_attendance",
            "approve_absence",
        )
    ),
    *(
        Row(f"people.{name}", {Role.ADMINISTRATOR})
        for name in ("grant_role", "end_grant", "open_account", "close_account")
    ),
    # the Monitoring Officer keeps the register; clerks enter what is not sensitive for them
    *(Row(f"people.{name}", {Role.LEGAL, Role.CLERK}) for name in ("disclose_interest", "notify_disclosure")),
    Row("people.enter_registration", {Role.LEGAL, Role.CLERK}),
    Row("people.register_interest", {Role.LEGAL, Role.CLERK}),
    Row("people.end_interest", {Role.LEGAL, Role.CLERK}),
)


def roles(actor: Actor) -> Iterable[Held]:
    """The roles granted to somebody for the whole council."""
    grants = Grant.objects.of(actor.council).filter(holding(actor.today)).filter(person__account=actor.account_id)
    return [Held(Role(role)) for role in grants.values_list("role", flat=True)]


def _in_public_life(reach: Reach) -> Q:
    """Members, past ones too, and officers whose post is named to the public."""
    terms = Term.objects.of(reach.council).filter(person=OuterRef("pk"))
    posts = PostHolding.objects.of(reach.council).filter(person=OuterRef("pk"), post__public=True)
    return Q(Exists(terms)) | Q(Exists(posts))


def _own(reach: Reach) -> Q:
    return Q(person__account=reach.account_id) if reach.account_id else Q(pk__in=())


SIGHTS = (
    Sight(Person, ANYONE, _in_public_life),
    Sight(Person, INSIDE, EVERYTHING),
    # what somebody was called before is told by papers of that time, and to those who keep the books
    Sight(FormerName, INSIDE, EVERYTHING),
    Sight(Term, ANYONE, EVERYTHING),
    Sight(PoliticalGroup, ANYONE, EVERYTHING),
    Sight(FormerGroupName, ANYONE, EVERYTHING),
    Sight(GroupMembership, ANYONE, EVERYTHING),
    Sight(Post, ANYONE, Q(public=True)),
    Sight(Post, INSIDE, EVERYTHING),
    Sight(PostHolding, ANYONE, Q(post__public=True)),
    Sight(PostHolding, INSIDE, EVERYTHING),
    Sight(Interest, ANYONE, Q(sensitive=False)),
    Sight(Interest, KEEPS_REGISTER, Reach.whole),
    Sight(Interest, INSIDE, _own),
    Sight(Disclosure, KEEPS_REGISTER | {Role.CLERK}, Reach.whole),
    Sight(Disclosure, INSIDE, _own),
    Sight(Attendance, ANYONE, EVERYTHING),
    Sight(AbsenceApproval, KEEPS_BOOKS, Reach.whole),
    Sight(AbsenceApproval, INSIDE, _own),
    Sight(Grant, KEEPS_BOOKS, Reach.whole),
    Sight(Grant, INSIDE, _own),
)
