"""One of several processes that write in the same council at once: ``python -m tests.foundation.racing NUMBER``."""

import sys

import django

django.setup()

from moothall.foundation.actors import Actor  # noqa: E402 - needs Django started
from moothall.foundation.councils.council import Council  # noqa: E402
from moothall.people.actions import create_person  # noqa: E402


def main(number):
    """Enter as many persons as asked for, each acknowledged on a line of its own."""
    by = Actor.operator(Council.objects.get(slug="avonmere"))
    for _ in range(number):
        print(create_person(first_names="Anna", last_name="Lee", by=by).slug, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
