"""Bodies themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from moothall.bodies.models import Body, FormerName, Kind
from moothall.bodies.states import MOVES, BodyState
from moothall.core.clocks import day_before
from moothall.foundation.actions import add, change, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.errors import RuleBroken
from moothall.people.end_of_office import end_rows
from moothall.people.name_changes import check_day_of_name
from moothall.people.names import free_slug, slug_after, slug_of

RESERVED = frozenset(
    {
        "accessibility",
        "account",
        "api",
        "bodies",
        "brand",
        "calendar",
        "forward-plan",
        "outside-bodies",
        "people",
        "search",
        "static",
        "workspace",
    }
)
UNBALANCED = {Kind.COUNCIL, Kind.CABINET, Kind.BOARD}
AMENDABLE = frozenset(
    {
        "name",
        "short_name",
        "remit",
        "education",
        "balanced",
        "quorum_numerator",
        "quorum_denominator",
        "quorum_minimum",
        "quorum_co_optees",
        "minute_series",
        "parent",
    }
)


@verb
def create_body(
    *,
    name: str,
    kind: Kind,
    first_day: dt.date,
    short_name: str = "",
    remit: str = "",
    parent: Body | None = None,
    education: bool = False,
    balanced: bool | None = None,
    quorum: tuple[int, int] = (1, 4),
    quorum_minimum: int = 3,
    quorum_co_optees: bool = True,
    minute_series: str = "",
    by: Actor,
) -> Body:
    """Propose a body; the public sees it once it is started.

    ``balanced`` is by default what the law says of the kind (MTG-23); ``quorum`` is a share of the members (MTG-20).
    Its minutes are numbered in a series of its own unless ``minute_series`` names a shared one (MTG-27).
    """
    body = Body(
        council=by.council,
        slug=free_slug(name, _taken(by.council, name)),
        name=name,
        short_name=short_name,
        kind=kind,
        first_day=first_day,
        remit=remit,
        education=education,
        balanced=kind not in UNBALANCED if balanced is None else balanced,
        quorum_numerator=quorum[0],
        quorum_denominator=quorum[1],
        quorum_minimum=quorum_minimum,
        quorum_co_optees=quorum_co_optees,
        minute_series=minute_series,
    )
    _place(body, parent)
    _share(*quorum)
    return add(body, by)


@verb
def amend_body(body: Body, *, expected: int | None = None, by: Actor, **values: Any) -> Body:
    """Change a body's remit or rules, or correct its name; its address stays. Raises StaleObject, RuleBroken.

    ``values`` are fields of ``AMENDABLE``.
    """
    if unknown := set(values) - AMENDABLE:
        raise TypeError(f"amend_body does not change {', '.join(sorted(unknown))}.")
    if "parent" in values:
        _not_below_itself(body, values["parent"])
    _share(
        values.get("quorum_numerator", body.quorum_numerator), values.get("quorum_denominator", body.quorum_denominator)
    )
    return change(body, by, expected=expected, **values)


@verb
def rename_body(
    body: Body, *, name: str, short_name: str = "", first_day: dt.date, expected: int | None = None, by: Actor
) -> Body:
    """Give a body another name from a day on: what it did before goes on to be shown under the old one.

    The address follows the name; the old one, and all below it, sends on for ever. Raises StaleObject, RuleBroken.
    """
    name = name.strip()
    if name == body.name:
        raise RuleBroken("", _("That is the name as it is: enter the new one."), code="name-unchanged", field="name")
    check_day_of_name(first_day, body.renamed_on or body.first_day, by.today)
    own = set(body.former_names.exclude(slug="").values_list("slug", flat=True))
    slug = slug_after(name, slug=body.slug, own=own, taken=_taken(by.council, name))
    FormerName(
        council=by.council,
        body=body,
        slug="" if slug == body.slug or body.slug in own else body.slug,
        name=body.name,
        short_name=body.short_name,
        last_day=day_before(first_day),
    ).save(force_insert=True)
    return change(body, by, expected=expected, name=name, short_name=short_name, slug=slug, renamed_on=first_day)


@verb
def start_body(body: Body, *, expected: int | None = None, by: Actor) -> Body:
    """Let a proposed body begin its work; the public now sees it."""
    MOVES.check(BodyState(body.state), BodyState.ACTIVE)
    return change(body, by, expected=expected, state=BodyState.ACTIVE.value)


@verb
def dissolve_body(body: Body, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Body:
    """End a body after ``last_day``. Its memberships, seats and roles end with it; its papers and address stay.

    Those that would begin later are taken away. The audit entry tells of each.
    """
    MOVES.check(BodyState(body.state), BodyState.DISSOLVED)
    if body.children.exclude(state=BodyState.DISSOLVED).exists():
        raise RuleBroken(
            "",
            _("Other bodies report to {body}: dissolve or move them first.").format(body=body),
            code="bodies-report-to-it",
            field="state",
        )
    told = [
        line
        for rows in (body.memberships, body.seat_allocations, body.grants)
        for line in end_rows(rows.all(), last_day)
    ]
    return end(
        body, by, expected=expected, last_day=last_day, state=BodyState.DISSOLVED.value, told={"ended_with_it": told}
    )


def _taken(council: Council, name: str) -> set[str]:
    """Every address that a body has or had and that a name could get, and those of the website itself."""
    like = {"slug__startswith": slug_of(name)}
    now = Body.objects.of(council).filter(**like).values_list("slug", flat=True)
    return {*now, *FormerName.objects.of(council).filter(**like).values_list("slug", flat=True), *RESERVED}


def _place(body: Body, parent: Body | None) -> None:
    if body.kind == Kind.SUB_COMMITTEE and parent is None:
        raise RuleBroken(
            "", _("A sub-committee reports to a body: say to which."), code="parent-missing", field="parent"
        )
    body.parent = parent


def _not_below_itself(body: Body, parent: Body | None) -> None:
    above = parent
    while above is not None:
        if above.pk == body.pk:
            raise RuleBroken(
                "", _("{body} would report to itself.").format(body=body), code="reports-to-itself", field="parent"
            )
        above = above.parent


def _share(numerator: int, denominator: int) -> None:
    if not 1 <= numerator <= denominator:
        raise RuleBroken(
            "MTG-20",
            _("A quorum is a share of the members, such as 1 of 4."),
            code="quorum-not-a-share",
            field="quorum_denominator",
        )
