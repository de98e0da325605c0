"""List by name what lower parts of Moothall need from higher ones. Nothing is found by scanning folders.

A folder declares its permissions, actions and jobs in its own files; this module lists them, and ``install`` gives
each list to the part that uses it. ``moothall.apps`` calls it once, when Django starts. To add a folder, add its names
here: ``tests/foundation/test_composition.py`` fails when a declaration is in no list.
"""

from __future__ import annotations

import datetime as dt

from moothall.bodies import actions as bodies_actions
from moothall.bodies import end_of_office as bodies_leaving
from moothall.bodies import permissions as bodies_permissions
from moothall.forward_plan import actions as forward_plan_actions
from moothall.forward_plan import jobs as forward_plan_jobs
from moothall.forward_plan import permissions as forward_plan_permissions
from moothall.foundation import actors, permissions
from moothall.foundation.councils import actions as councils_actions
from moothall.foundation.councils import jobs as councils_jobs
from moothall.foundation.councils import permissions as councils_permissions
from moothall.foundation.jobs import actions as jobs_actions
from moothall.foundation.jobs import followers, recurrence
from moothall.foundation.jobs import permissions as jobs_permissions
from moothall.foundation.jobs.followers import Event
from moothall.foundation.jobs.recurrence import Chore, Recurring
from moothall.foundation.jobs.schedules import Daily
from moothall.meetings import actions as meetings_actions
from moothall.meetings import jobs as meetings_jobs
from moothall.meetings import permissions as meetings_permissions
from moothall.people import actions as people_actions
from moothall.people import end_of_office as people_leaving
from moothall.people import permissions as people_permissions
from moothall.sign_in import actions as sign_in_actions
from moothall.sign_in import jobs as sign_in_jobs
from moothall.sign_in import permissions as sign_in_permissions

ROWS = (
    *councils_permissions.ROWS,
    *jobs_permissions.ROWS,
    *people_permissions.ROWS,
    *bodies_permissions.ROWS,
    *meetings_permissions.ROWS,
    *forward_plan_permissions.ROWS,
    *sign_in_permissions.ROWS,
)
"""Who may do each action."""

SIGHTS = (
    *councils_permissions.SIGHTS,
    *jobs_permissions.SIGHTS,
    *people_permissions.SIGHTS,
    *bodies_permissions.SIGHTS,
    *meetings_permissions.SIGHTS,
    *forward_plan_permissions.SIGHTS,
    *sign_in_permissions.SIGHTS,
)
"""Who sees which rows of each model."""

ROLE_SOURCES = (people_permissions.roles, bodies_permissions.roles)
"""Functions that return roles of an actor."""

ACTIONS = (
    councils_actions,
    jobs_actions,
    people_actions,
    bodies_actions,
    meetings_actions,
    forward_plan_actions,
    sign_in_actions,
)
"""The modules of actions. Importing one adds its actions to ``verbs.VERBS``."""

FOLLOWERS = {
    # every open deadline and notice is computed again (CLK-03)
    Event.CALENDAR: (meetings_jobs.reevaluate, forward_plan_jobs.reevaluate),
    Event.MEETING: (forward_plan_jobs.reevaluate,),
}
"""The tasks that follow from an event. Each takes the slug of the council."""

END_OF_TERM = (people_leaving.end_group_places, bodies_leaving.end_body_places)
"""What ends with a term of office: only a member of the council can hold it (LGA 1972 s.102(5))."""

SCHEDULED_JOBS = (
    Recurring(councils_jobs.verify_log, Daily(dt.time(3, 30))),
    Recurring(meetings_jobs.look_at_deadlines, Daily(dt.time(0, 20))),
    Recurring(forward_plan_jobs.look_at_notices, Daily(dt.time(0, 20))),
)
"""The jobs that each council has every day. Each task takes the slug of the council."""

CHORES = (
    Chore("papers", Daily(dt.time(3, 10)), forward_plan_jobs.clear_papers),
    Chore("sessions", Daily(dt.time(3)), sign_in_jobs.clear_sessions),
)
"""Maintenance of the whole installation, once a day."""


def install() -> None:
    """Give each list to the part that uses it. A second call changes nothing."""
    permissions.install_permissions(ROWS, SIGHTS)
    actors.install_role_sources(ROLE_SOURCES)
    followers.install_followers(FOLLOWERS)
    people_leaving.install_end_of_term(END_OF_TERM)
    recurrence.install_schedule(SCHEDULED_JOBS, CHORES)
