"""Enqueue the tasks that follow from an event, such as a change of the council's calendar.

``FOLLOWERS`` in ``moothall.composition`` lists the tasks of each event. So an action in a lower folder can start work
in a higher one without importing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django_tasks.base import Task

from moothall.foundation.councils.council import Council
from moothall.foundation.jobs.queue import enqueue


class Event(StrEnum):
    """What work may follow from."""

    CALENDAR = "calendar"
    """The days that count have changed, or how they are counted (CLK-03)."""
    MEETING = "meeting"
    """A meeting has another day, or none."""


Followers = Mapping[Event, tuple[Task[..., Any], ...]]
_FOLLOWERS: dict[Event, tuple[Task[..., Any], ...]] = {}


def install_followers(followers: Followers) -> None:
    """Set the tasks that follow from each event. ``moothall.composition`` calls this once, at start.

    Raises KeyError for an event without followers: a fault of the program.
    """
    for event in Event:
        _FOLLOWERS[event] = followers[event]


def follow(event: Event, council: Council) -> None:
    """Enqueue the tasks that follow from an event in a council, in the transaction of the action that caused it.

    Each task takes the council's slug.
    """
    for task in _FOLLOWERS[event]:
        enqueue(task, council.slug, council=council, key=task.module_path)
