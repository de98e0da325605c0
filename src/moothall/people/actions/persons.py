"""Persons and their names."""

from __future__ import annotations

from moothall.actor import Actor
from moothall.people.models import Person
from moothall.people.naming import free_slug
from moothall.verbs import add, change, verb


@verb
def create_person(
    *,
    first_names: str,
    last_name: str,
    honorific: str = "",
    post_nominals: str = "",
    email: str = "",
    phone: str = "",
    by: Actor,
) -> Person:
    """Enter somebody's name (NAM-01). ``email`` and ``phone`` are published; the address to sign in with is not."""
    taken = set(Person.objects.of(by.council).values_list("slug", flat=True))
    person = Person(
        council=by.council,
        slug=free_slug(f"{first_names} {last_name}", taken),
        honorific=honorific,
        first_names=first_names.strip(),
        last_name=last_name.strip(),
        post_nominals=post_nominals,
        email=email,
        phone=phone,
    )
    return add(person, by)


@verb
def correct_person(person: Person, *, expected: int | None = None, by: Actor, **values: str) -> Person:
    """Correct a name or the published contact; the address stays. Raises StaleObject, RuleBroken.

    ``values``: honorific, first_names, last_name, post_nominals, email, phone.
    """
    allowed = {"honorific", "first_names", "last_name", "post_nominals", "email", "phone"}
    if unknown := set(values) - allowed:
        raise TypeError(f"correct_person does not change {', '.join(sorted(unknown))}.")
    return change(person, by, expected=expected, **values)
