"""Officers' posts."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.foundation.actions import add, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import days_added, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.people.models import Person, Post, PostHolding


@verb
def create_post(*, title: str, service: str = "", statutory: str = "", public: bool = False, by: Actor) -> Post:
    """Enter a post of the council's staff. ``public``: its holder is named to the public."""
    if Post.objects.of(by.council).filter(title=title, service=service).exists():
        raise RuleBroken(
            "",
            _("There is a post “{title}” in that service already.").format(title=title),
            code="post-exists",
            field="title",
        )
    return add(Post(council=by.council, title=title, service=service, statutory=statutory, public=public), by)


@verb
def hold_post(
    post: Post, *, person: Person, first_day: dt.date, last_day: dt.date | None = None, by: Actor
) -> PostHolding:
    """Put somebody into a post. Two may share one; a statutory post has one holder at a time."""
    if post.statutory and post.holdings.filter(overlapping(first_day, last_day)).exists():
        raise RuleBroken("", _held(post), code="post-taken", field="first_day")
    holding = PostHolding(council=by.council, post=post, person=person, first_day=first_day, last_day=last_day)
    return add(holding, by)


@verb
def leave_post(holding: PostHolding, *, last_day: dt.date, expected: int | None = None, by: Actor) -> PostHolding:
    """End somebody's time in a post; a later day that is entered corrects an earlier one."""
    others, added = holding.post.holdings.exclude(pk=holding.pk), days_added(holding, last_day)
    if holding.post.statutory and added is not None and others.filter(added).exists():
        raise RuleBroken("", _held(holding.post), code="post-taken", field="last_day")
    return end(holding, by, expected=expected, last_day=last_day)


def _held(post: Post) -> str:
    return _("{post} is a statutory post and is held in these days already.").format(post=post)
