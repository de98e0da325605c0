"""Officers' posts."""

from __future__ import annotations

import datetime as dt

from moothall.actor import Actor
from moothall.councils.scoped import overlapping
from moothall.errors import RuleBroken
from moothall.people.models import Person, Post, PostHolding
from moothall.verbs import add, change, verb


@verb
def create_post(*, title: str, service: str = "", statutory: str = "", public: bool = False, by: Actor) -> Post:
    """Enter a post of the council's staff. ``public``: its holder is named to the public."""
    if Post.objects.of(by.council).filter(title=title, service=service).exists():
        raise RuleBroken("", f"There is a post “{title}” in that service already.", field="title")
    return add(Post(council=by.council, title=title, service=service, statutory=statutory, public=public), by)


@verb
def hold_post(
    post: Post, *, person: Person, first_day: dt.date, last_day: dt.date | None = None, by: Actor
) -> PostHolding:
    """Put somebody into a post. Two may share one; a statutory post has one holder at a time."""
    if post.statutory and post.holdings.filter(overlapping(first_day, last_day)).exists():
        raise RuleBroken("", f"{post} is a statutory post and is held in these days already.", field="first_day")
    holding = PostHolding(council=by.council, post=post, person=person, first_day=first_day, last_day=last_day)
    return add(holding, by)


@verb
def leave_post(holding: PostHolding, *, last_day: dt.date, expected: int | None = None, by: Actor) -> PostHolding:
    """End somebody's time in a post."""
    if last_day < holding.first_day:
        raise RuleBroken("", f"It was taken up on {holding.first_day}; it cannot end before.", field="last_day")
    return change(holding, by, expected=expected, last_day=last_day)
