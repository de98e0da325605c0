"""Making a council, and its own choices: domains, options, days that do not count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clocks import Nation
from moothall.foundation.actions import add, change, record, remove, verb
from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Contents
from moothall.foundation.councils.models import Council, Domain, OptionValue, OwnDay
from moothall.foundation.councils.options import BadOption, checked
from moothall.foundation.errors import RuleBroken
from moothall.foundation.jobs.followers import Event, follow
from moothall.foundation.translation import say


def create_council(
    *, slug: str, name: str, host: str, short_name: str = "", nation: Nation = Nation.ENGLAND
) -> Council:
    """Found a council that answers to ``host``. Only the operator of the installation does this.

    Its audit chain begins with this act; the log names whoever runs the command.
    """
    host = _host(host)
    with transaction.atomic():
        if Council.objects.filter(slug=slug).exists():
            raise RuleBroken(
                "", _("There is a council “{slug}” already.").format(slug=slug), code="council-exists", field="slug"
            )
        council = Council(slug=slug, name=name, short_name=short_name or name, nation=nation.value)
        council.full_clean()
        council.save(force_insert=True)
        actor = Actor.operator(council).doing("councils.create_council")
        Domain.objects.create(council=council, host=host, primary=True)
        record(actor, council, before=None, after={"slug": slug, "name": name, "host": host, "nation": nation})
    return council


@verb
def rename_council(*, name: str, short_name: str, expected: int | None = None, by: Actor) -> Council:
    """Give the council another name; its addresses stay. Raises StaleObject."""
    council = Council.objects.get(pk=by.council.pk)
    return change(council, by, expected=expected, name=name, short_name=short_name)


@verb
def add_domain(*, host: str, primary: bool = False, by: Actor) -> Domain:
    """Let the council answer to one more host name; a primary one is written into addresses from now on."""
    domain = Domain(council=by.council, host=_host(host), primary=primary)
    if primary:
        by.council.domains.update(primary=False)
    return add(domain, by)


@verb
def set_option(*, key: str, value: Any, first_day: dt.date, reason: str = "", by: Actor) -> OptionValue:
    """Choose the value of an option from a day on. A choice for the same day is replaced; the log keeps both."""
    try:
        kept = checked(key, value)
    except BadOption as error:
        raise RuleBroken("", str(error), code="bad-option", field=key) from None
    follow(Event.CALENDAR, by.council)
    row = OptionValue.objects.of(by.council).filter(key=key, first_day=first_day).first()
    if row is not None:
        return change(row, by, value=kept, reason=reason)
    return add(OptionValue(council=by.council, key=key, value=kept, first_day=first_day, reason=reason), by)


@verb
def add_own_day(*, day: dt.date, kind: OwnDay.Kind, name: str = "", by: Actor) -> OwnDay:
    """Name a day that does not count: a closure day, or a bank holiday just proclaimed (CLK-01, CLK-03).

    Deadlines already kept stay as they were computed (CLK-40); the open ones are computed anew by a job that follows.
    """
    if OwnDay.objects.of(by.council).filter(day=day).exists():
        raise RuleBroken(
            "CLK-01",
            _("{day} is in the list already.").format(day=say(day)),
            code="already-listed",
            field="day",
        )
    follow(Event.CALENDAR, by.council)
    return add(OwnDay(council=by.council, day=day, kind=kind, name=name), by)


@verb
def remove_own_day(own_day: OwnDay, *, by: Actor) -> None:
    """Let a day count again; open deadlines are computed anew by a job that follows."""
    follow(Event.CALENDAR, by.council)
    remove(own_day, by)


@verb
def erase_contents(*, number: int, reason: str, by: Actor) -> None:
    """Erase what the entry ``number`` of the audit log tells of a thing, as data protection may ask (GDP-01).

    Who did what, and when, stays; that the contents were erased, by whom and why is an entry of its own.
    """
    contents = Contents.objects.filter(entry__council=by.council, entry__number=number).first()
    if contents is None:
        raise RuleBroken(
            "",
            _("There is no entry {number}, or its contents have been erased already.").format(number=number),
            code="no-contents",
            field="number",
        )
    if not reason.strip():
        raise RuleBroken("GDP-01", _("Say why the contents are erased."), code="reason-missing", field="reason")
    record(by, contents.entry, before=None, after={"reason": reason}, thing=str(number))
    contents.delete()


def _host(host: str) -> str:
    host = host.strip().lower().rstrip(".")
    if not host or any(letter in host for letter in "/: "):
        raise RuleBroken(
            "",
            _("“{host}” is not a host name such as democracy.avonmere.example.").format(host=host),
            code="not-a-host-name",
            field="host",
        )
    if Domain.objects.filter(host=host).exists():
        raise RuleBroken(
            "", _("A council answers to {host} already.").format(host=host), code="host-taken", field="host"
        )
    return host
