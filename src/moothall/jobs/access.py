"""Jobs are the administrator's."""

from __future__ import annotations

from moothall.access import EVERYTHING, Row, Sight
from moothall.actor import Role
from moothall.jobs.models import Job, Recurrence

ROWS = (
    Row("jobs.wake_job", {Role.ADMINISTRATOR}, states={"dead", "dropped"}),
    Row("jobs.drop_job", {Role.ADMINISTRATOR}, states={"waiting", "dead"}),
)
SIGHTS = (
    Sight(Job, {Role.ADMINISTRATOR}, EVERYTHING),
    Sight(Recurrence, {Role.ADMINISTRATOR}, EVERYTHING),
)
