"""django-tasks' database backend, behind a door: tasks go in line through ``queue.enqueue`` only."""

from __future__ import annotations

from typing import Any

from django_tasks_db import DatabaseBackend


class Unattended(RuntimeError):
    """A task was enqueued past the jobs, where nobody would take it up after a kill. A fault of the program."""


class Backend(DatabaseBackend):
    """Refuses tasks that no council answers for."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:  # noqa: ARG002 - django-tasks' own signature
        """Always raises Unattended."""
        raise Unattended(f"{task.module_path}: use moothall.foundation.jobs.queue.enqueue(task, council=…).")

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Always raises Unattended."""
        return self.enqueue(task, args, kwargs)
