"""Many members put on a body in one go: all of them or, where a rule refuses one, none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moothall.bodies.actions import appoint
from moothall.bodies.models import Body, Membership
from moothall.design_system.forms import Checkboxes, Radios
from moothall.foundation.actors import Request
from moothall.foundation.councils.scoping import holding
from moothall.foundation.errors import Refused
from moothall.foundation.permissions import require, see, visible
from moothall.people.models import Person, Term
from moothall.workspace.action_forms import Asking, RowsField, first_day_field
from moothall.workspace.addresses import address_of
from moothall.workspace.decorators import given, page


def _who_could(form: Asking, rows: Any) -> Any:
    """Councillors of today who do not sit on the body."""
    today = holding(form.actor.today)
    terms = visible(form.actor, Term).filter(today, person=OuterRef("pk"), office=Term.Office.COUNCILLOR)
    seated = visible(form.actor, Membership).filter(today, person=OuterRef("pk"), body=form.thing)
    return rows.filter(Exists(terms)).exclude(Exists(seated))


class Several(Asking):
    """Who is to sit on the body, and from when."""

    seat = forms.ChoiceField(
        label=_("Place"),
        choices=[(each.value, each.label) for each in (Membership.Seat.MEMBER, Membership.Seat.SUBSTITUTE)],
        initial=Membership.Seat.MEMBER,
        widget=Radios(inline=True),
        help_text=_("The chair, the vice-chair and co-optees are put on the body one by one"),
    )
    first_day = first_day_field()
    persons = RowsField(
        Person,
        label=_("Who"),
        help_text=_("Councillors who are not on the body yet"),
        widget=Checkboxes(small=True, many=True),
        only=_who_could,
    )


@page
def several(request: Request, slug: str) -> HttpResponse:
    """Put many members on a body."""
    body = see(request.actor, Body, slug=slug)
    require(request.actor, "bodies.appoint", body)
    form = Several(given(request), actor=request.actor, thing=body)
    if request.method == "POST" and form.is_valid() and (n := _seated(request, body, form)):
        done = ngettext("%(n)d member is appointed.", "%(n)d members are appointed.", n) % {"n": n}
        messages.success(request, done)
        return redirect(address_of(body))
    return render(request, "workspace/bodies/several.html", {"form": form, "body": body, "back": address_of(body)})


def _seated(request: Request, body: Body, form: Several) -> int:
    """How many were appointed: all, or none when a rule refuses one; then the form says who, and why."""
    told = form.values()
    persons, seat = list(told["persons"]), Membership.Seat(told["seat"])
    with transaction.atomic():
        for person in persons:
            try:
                appoint(body, person=person, seat=seat, first_day=told["first_day"], by=request.actor)
            except Refused as error:
                transaction.set_rollback(True)
                message = _now("{person}: {why} Nobody is appointed yet.").format(person=person, why=error)
                form.add_error("persons", ValidationError(message, code=error.code))
                return 0
    return len(persons)
