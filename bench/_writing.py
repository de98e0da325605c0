"""The processes of ``bench.durability``, in an installation of their own.

``python -m bench._writing write`` enters persons until it is killed; on standard output it says "> SHORT-NAME" before
an act and "= SHORT-NAME" after the verb has returned, or "! SHORT-NAME" when the database refused it. Each tenth act
puts a job in line, in the act's own transaction.
``python -m bench._writing tell`` prints, as JSON, what is in the database.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from itertools import count

import django

SLUG, EACH = "avonmere", 10


def with_job(slug: str) -> bool:
    """Whether the act of this short name puts a job in line."""
    return int(slug.rpartition("n")[2]) % EACH == 0


def write() -> None:
    """Enter persons until killed, telling each before and after."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    from bench._effects import take_effect  # noqa: PLC0415
    from moothall.foundation.actors import Actor  # noqa: PLC0415
    from moothall.foundation.councils.models import Council  # noqa: PLC0415
    from moothall.foundation.jobs.queue import enqueue  # noqa: PLC0415
    from moothall.people.actions import create_person  # noqa: PLC0415

    by = Actor.operator(Council.objects.get(slug=SLUG))
    for number in count():
        slug = f"anna-w{os.getpid()}n{number}"
        _say(f"> {slug}")
        try:
            with transaction.atomic():
                made = create_person(first_names="Anna", last_name=f"W{os.getpid()}n{number}", by=by)
                if with_job(slug):
                    enqueue(take_effect, slug, council=by.council)
        except DatabaseError:
            _say(f"! {slug}")
        else:
            _say(f"= {made.slug}")


def tell() -> None:
    """Print what is there: persons, entries of the log, posts, jobs, and what SQLite says of its file."""
    from django.db import connection  # noqa: PLC0415

    from bench._effects import take_effect  # noqa: PLC0415
    from moothall.foundation.audit.models import Entry  # noqa: PLC0415
    from moothall.foundation.councils.models import Council  # noqa: PLC0415
    from moothall.foundation.jobs.models import Job  # noqa: PLC0415
    from moothall.people.models import Person, Post  # noqa: PLC0415

    council = Council.objects.get(slug=SLUG)
    verbs = Counter(Entry.objects.filter(council=council).values_list("verb", flat=True))
    jobs = Job.objects.of(council).filter(name=take_effect.module_path)
    told = {
        "persons": list(Person.objects.of(council).filter(first_names="Anna").values_list("slug", flat=True)),
        "entered": verbs["people.create_person"] - 1,  # the administrator of the foundation
        "posts": list(Post.objects.of(council).values_list("title", flat=True)),
        "states": dict(Counter(jobs.values_list("state", flat=True))),
        "again": jobs.filter(attempts__gt=1).count(),
        "whole": True,
    }
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            told["whole"] = cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    sys.stdout.write(json.dumps(told))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    {"write": write, "tell": tell}[sys.argv[1]]()
