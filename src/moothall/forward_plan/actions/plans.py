"""Plans themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from moothall.bodies.models import Body, Kind
from moothall.forward_plan.models import Plan
from moothall.foundation.actions import add, change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import RuleBroken
from moothall.people.models import Person

AMENDABLE = frozenset({"title", "introduction", "documents_from", "contact", "prefix"})


@verb
def create_plan(
    body: Body,
    *,
    title: str,
    introduction: str = "",
    documents_from: str = "",
    contact: Person | None = None,
    prefix: str = "",
    by: Actor,
) -> Plan:
    """Begin a body's plan: of key decisions and private meetings where it is the executive, of its work otherwise."""
    if Plan.objects.of(by.council).filter(body=body).exists():
        raise RuleBroken("", _("{body} has a plan already.").format(body=body), code="plan-exists", field="body")
    plan = Plan(
        council=by.council,
        body=body,
        kind=Plan.Kind.DECISIONS if body.kind == Kind.CABINET else Plan.Kind.WORK,
        title=title,
        introduction=introduction,
        documents_from=documents_from,
        contact=contact,
        prefix=prefix,
    )
    return add(plan, by)


@verb
def amend_plan(plan: Plan, *, expected: int | None = None, by: Actor, **values: Any) -> Plan:
    """Change what stands around the entries of a plan. ``values`` are fields of ``AMENDABLE``. Raises StaleObject."""
    if unknown := set(values) - AMENDABLE:
        raise TypeError(f"amend_plan does not change {', '.join(sorted(unknown))}.")
    return change(plan, by, expected=expected, **values)
