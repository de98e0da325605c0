"""How anything is written: by verbs, in each folder's ``actions``.

A verb checks that the actor may do it, checks its rule, writes in one transaction, leaves exactly one audit entry,
and returns what it made:

    @verb
    def rename_body(body: Body, *, name: str, expected: int | None = None, by: Actor) -> Body:
        \"\"\"Give a body another name; its addresses stay.\"\"\"
        return change(body, by, expected=expected, name=name)

``by`` is always given by keyword. Verbs of one council run one after another (they hold the end of its audit chain),
so what a verb has checked still holds when it writes. Rows given to a verb are read anew first.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar, cast, overload

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.core.clocks import NoRule
from moothall.core.clocks.calendar import HolidaysUnknown
from moothall.foundation import permissions
from moothall.foundation.actors import Actor
from moothall.foundation.audit import chain
from moothall.foundation.audit.models import Entry
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.public_versions import PublicEffect, renew_versions, whole_council
from moothall.foundation.councils.scoping import Dated, Scoped, picture
from moothall.foundation.errors import Difference, NotThere, RuleBroken, StaleObject
from moothall.foundation.text_cleaning import legible_within, on_one_line
from moothall.foundation.translation import say

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=models.Model)
D = TypeVar("D", bound=Dated)

AS_IT_IS = {"by", "password", "token"}
"""Arguments in which every letter counts. All other texts are taken without what nobody sees (``typed``)."""

YEARS = range(1000, 3000)
"""Of the days that anything happens on; the calendar itself ends in 9999, and days are counted past them."""

VERBS: dict[str, Callable[..., Any]] = {}
"""Every verb, by name: ``moothall.composition`` imports all modules of actions at start."""
PUBLIC_EFFECTS: dict[str, PublicEffect] = {}
"""The declared public effect of each of them."""


class VerbFault(RuntimeError):
    """A verb did not keep to the protocol. This is a fault of the program."""


@overload
def verb(function: Callable[P, T], /) -> Callable[P, T]: ...


@overload
def verb(*, public_effect: PublicEffect) -> Callable[[Callable[P, T]], Callable[P, T]]: ...


def verb(function: Callable[P, T] | None = None, /, *, public_effect: PublicEffect = whole_council) -> Any:
    """Make a function of an ``actions`` module a verb, named after its folder: ``bodies.rename_body``.

    ``public_effect`` gives the subjects whose public pages the verb changes. Without it the verb changes every page of
    the council, which is never wrong. ``tests/website/test_public_effects.py`` checks each narrower one.
    """
    if function is None:
        return functools.partial(_verb, public_effect=public_effect)
    return _verb(function, public_effect=public_effect)


def _verb(function: Callable[P, T], *, public_effect: PublicEffect) -> Callable[P, T]:
    name = _name(function)

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        by = cast("Actor", kwargs["by"]).doing(name)
        kwargs.update({key: legible_within(value) for key, value in kwargs.items() if key not in AS_IT_IS})
        kwargs["by"] = by
        _near_enough(kwargs)
        with transaction.atomic():
            chain.lock(by.council)
            _read_anew(by, *args, *kwargs.values())
            permissions.require(by, name, args[0] if args and isinstance(args[0], models.Model) else None)
            made = _counted(function, *args, **kwargs)
            if len(by.trail) != 1:
                raise VerbFault(f"{name} left {len(by.trail)} audit entries, not one.")
        return made

    VERBS[name] = act
    PUBLIC_EFFECTS[name] = public_effect
    return act


def add(row: R, by: Actor, **also: Any) -> R:
    """Write a new row and its audit entry. ``also`` is told in the entry: rows that came with it. Raises RuleBroken."""
    _checked(row)
    row.save(force_insert=True)
    record(by, row, before=None, after={**picture(row), **also})
    return row


def change(row: R, by: Actor, *, expected: int | None = None, told: Any = None, **values: Any) -> R:
    """Write new values into a row, and the audit entry of what changed; ``told`` is told there too.

    ``expected`` is the version that the person had before them; raises StaleObject when there is a newer one, and
    RuleBroken when a value cannot be.
    """
    check_version(row, by, expected, **values)
    before = picture(row)
    for field, value in values.items():
        setattr(row, field, value)
    _checked(row)
    row.version += 1  # type: ignore[attr-defined]
    row.save(force_update=True)
    after = picture(row)
    changed = [field for field in after if after[field] != before[field] and field != "version"]
    became = {**{each: after[each] for each in changed}, **(told or {})}
    record(by, row, before={each: before[each] for each in changed}, after=became)
    return row


def check_version(row: models.Model, by: Actor, expected: int | None, **wanted: Any) -> None:
    """Raise StaleObject when somebody else has changed a row since its version ``expected``; ``wanted`` are told."""
    if expected is not None and expected != row.version:  # type: ignore[attr-defined]
        raise _stale(row, by, wanted)


def end(row: D, by: Actor, *, last_day: dt.date, expected: int | None = None, **also: Any) -> D:
    """Let a dated row end after ``last_day``. Raises RuleBroken when that is before it began, StaleObject."""
    if last_day < row.first_day:
        message = _("It began on {day}; it cannot end before.").format(day=say(row.first_day))
        raise RuleBroken("", message, code="ends-before-it-begins", field="last_day")
    return change(row, by, expected=expected, last_day=last_day, **also)


def remove(row: models.Model, by: Actor) -> None:
    """Take a row away, and write the audit entry of what it was. Only for what was never relied on."""
    before, thing = picture(row), str(row.pk)
    row.delete()
    record(by, row, before=before, after=None, thing=thing)


def record(by: Actor, row: models.Model, *, before: Any, after: Any, thing: str = "") -> None:
    """Leave the verb's one audit entry; ``row`` is the thing it is about. Renews the versions of what pages show."""
    if not by.verb:
        raise VerbFault("only a verb leaves an audit entry.")
    entry = chain.append(
        by.council,
        account=by.account_id,
        who=by.who,
        origin=by.origin,
        verb=by.verb,
        kind=row._meta.label,
        thing=thing or str(row.pk),
        before=before,
        after=after,
    )
    renew_versions(by.council, PUBLIC_EFFECTS.get(by.verb, whole_council)(row))
    by.trail.append(entry.number)


def last_entry(row: models.Model, council: Council) -> Entry | None:
    """The last thing that was done to a row."""
    entries = Entry.objects.filter(council=council, kind=row._meta.label, thing=str(row.pk))
    return entries.order_by("-number").first()


def all_verbs() -> dict[str, Callable[..., Any]]:
    """Return every verb of every folder, by name."""
    return VERBS


def _name(function: Callable[..., Any]) -> str:
    parts = function.__module__.split(".")
    folder = parts[parts.index("actions") - 1] if "actions" in parts else parts[-1]
    return f"{folder}.{function.__name__}"


def _near_enough(given: dict[str, Any]) -> None:
    """Raise RuleBroken for a day so far away that no deadline can be counted from it."""
    for name, value in given.items():
        if isinstance(value, dt.date) and value.year not in YEARS:
            message = _("The year must be from {first} to {last}.").format(first=YEARS[0], last=YEARS[-1])
            raise RuleBroken("", message, code="year-out-of-range", field=name)


def _counted(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it; a day from which no deadline can be counted is a broken rule, not a fault."""
    try:
        return function(*args, **kwargs)
    except HolidaysUnknown as error:
        message = _("Bank holidays are known from {first} to {last}: no deadline can be counted in {year}.")
        years = {"first": error.first, "last": error.last, "year": error.year}
        raise RuleBroken("CLK-01", message.format(**years), code="year-without-holidays") from None
    except NoRule:
        raise RuleBroken(
            "", _("The law that counts the days for this was not in force on that day."), code="no-law-in-force"
        ) from None


def _read_anew(by: Actor, *given: Any) -> None:
    """Verbs see rows as they are now, not as they were when a page was shown; and only their own council's."""
    for row in _rows_in(given):
        if row.council_id != by.council.pk:
            raise NotThere
        try:
            row.refresh_from_db()
        except models.ObjectDoesNotExist:
            raise NotThere from None


def _rows_in(given: Any) -> Iterator[Scoped]:
    """The rows among what was given, in lists too."""
    for each in given:
        if isinstance(each, Scoped):
            yield each
        elif isinstance(each, list | tuple | set | frozenset):
            yield from _rows_in(each)


def _checked(row: models.Model) -> None:
    for each in row._meta.concrete_fields:
        if isinstance(each, models.CharField) and isinstance(value := getattr(row, each.attname), str):
            setattr(row, each.attname, on_one_line(value))
    # that a row points at something is the database's to hold: asking for each would take a question more
    known = [field.name for field in row._meta.fields if field.is_relation and getattr(row, field.attname) is not None]
    try:
        row.clean_fields(exclude=known)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        label = row._meta.get_field(field).verbose_name  # type: ignore[union-attr]
        raise RuleBroken("", f"{str(label).capitalize()}: {messages[0]}", code="bad-value", field=field) from None
    if isinstance(row, Dated) and row.last_day is not None and row.last_day < row.first_day:
        raise RuleBroken("", _("The last day is before the first day."), code="ends-before-it-begins", field="last_day")


def _stale(row: models.Model, by: Actor, wanted: dict[str, Any]) -> StaleObject:
    differences = [
        Difference(str(row._meta.get_field(field).verbose_name), str(getattr(row, field)), str(value))  # type: ignore[union-attr]
        for field, value in wanted.items()
        if getattr(row, field) != value and field not in getattr(row, "derived", ())
    ]
    last = last_entry(row, by.council)
    at = date_format(timezone.localtime(last.at), "H:i, j F Y") if last else ""
    return StaleObject(differences, by=last.who if last else "", at=at)
