"""Persons and their names."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.core.clocks import day_before
from moothall.foundation.actions import add, change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.errors import RuleBroken
from moothall.people.models import FormerName, Person
from moothall.people.name_changes import check_day_of_name
from moothall.people.names import free_slug, slug_after, slug_of, sort_key

NAME = ("honorific", "first_names", "last_name", "post_nominals")


@verb
def create_person(
    *,
    first_names: str = "",
    last_name: str,
    honorific: str = "",
    post_nominals: str = "",
    email: str = "",
    phone: str = "",
    by: Actor,
) -> Person:
    """Enter somebody's name (NAM-01). Who has one name only has it as ``last_name``.

    ``email`` and ``phone`` are published; the address to sign in with is not.
    """
    name = f"{first_names} {last_name}"
    person = Person(
        council=by.council,
        slug=free_slug(name, _taken(by.council, name)),
        honorific=honorific,
        first_names=first_names.strip(),
        last_name=last_name.strip(),
        sort_key=sort_key(last_name, first_names),
        post_nominals=post_nominals,
        email=email,
        phone=phone,
    )
    return add(person, by)


@verb
def correct_person(person: Person, *, expected: int | None = None, by: Actor, **values: str) -> Person:
    """Correct a slip in a name, or the published contact; the address stays. Raises StaleObject, RuleBroken.

    ``values``: honorific, first_names, last_name, post_nominals, email, phone.
    """
    allowed = {"honorific", "first_names", "last_name", "post_nominals", "email", "phone"}
    if unknown := set(values) - allowed:
        raise TypeError(f"correct_person does not change {', '.join(sorted(unknown))}.")
    last_name, first_names = (values.get(each, getattr(person, each)) for each in ("last_name", "first_names"))
    return change(person, by, expected=expected, sort_key=sort_key(last_name, first_names), **values)


@verb
def rename_person(
    person: Person,
    *,
    first_names: str = "",
    last_name: str,
    honorific: str = "",
    post_nominals: str = "",
    first_day: dt.date,
    expected: int | None = None,
    by: Actor,
) -> Person:
    """Give somebody another name from a day on (NAM-01): papers of earlier days go on printing the old one.

    The address follows the name; the old one sends on for ever. Raises StaleObject, RuleBroken.
    """
    names = {"honorific": honorific, "first_names": first_names.strip(), "last_name": last_name.strip()}
    names["post_nominals"] = post_nominals
    before = {each: getattr(person, each) for each in NAME}
    if names == before:
        raise RuleBroken(
            "NAM-01", _("That is the name as it is: enter the new one."), code="name-unchanged", field="last_name"
        )
    check_day_of_name(first_day, person.renamed_on, by.today)
    own = set(person.former_names.exclude(slug="").values_list("slug", flat=True))
    new = f"{names['first_names']} {names['last_name']}"
    slug = slug_after(new, slug=person.slug, own=own, taken=_taken(by.council, new))
    left = "" if slug == person.slug or person.slug in own else person.slug
    last_day = day_before(first_day)
    FormerName(council=by.council, person=person, slug=left, last_day=last_day, **before).save(force_insert=True)
    names["sort_key"] = sort_key(names["last_name"], names["first_names"])
    return change(person, by, expected=expected, slug=slug, renamed_on=first_day, **names)


def _taken(council: Council, name: str) -> set[str]:
    """Every address that a person has or had and that a name could get."""
    like = {"slug__startswith": slug_of(name)}
    now = Person.objects.of(council).filter(**like).values_list("slug", flat=True)
    return {*now, *FormerName.objects.of(council).filter(**like).values_list("slug", flat=True)}
