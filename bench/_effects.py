"""The jobs of ``bench.durability``."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from moothall.foundation.actors import Actor
from moothall.foundation.audit import chain
from moothall.foundation.councils.models import Council
from moothall.people.actions import create_post
from moothall.people.models import Post


@task()
def take_effect(slug: str) -> None:
    """The job of an act: enters a post named like the person. A second time does nothing more."""
    by = Actor.operator(Council.objects.get(slug="avonmere"))
    with transaction.atomic():
        chain.lock(by.council)  # whoever does the same job beside us waits, and then sees it done
        if not Post.objects.of(by.council).filter(title=slug).exists():
            create_post(title=slug, by=by)
