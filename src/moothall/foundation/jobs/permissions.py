"""Jobs are the administrator's."""

from __future__ import annotations

from moothall.foundation.actors import Role
from moothall.foundation.jobs.models import Job, Recurrence
from moothall.foundation.permissions import EVERYTHING, Row, Sight

ROWS = (
    Row("jobs.wake_job", {Role.ADMINISTRATOR}, states={"dead", "dropped"}),
    Row("jobs.drop_job", {Role.ADMINISTRATOR}, states={"waiting", "dead"}),
)
SIGHTS = (
    Sight(Job, {Role.ADMINISTRATOR}, EVERYTHING),
    Sight(Recurrence, {Role.ADMINISTRATOR}, EVERYTHING),
)
