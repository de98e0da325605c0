"""The table of jobs: what django-tasks does not know of a task it keeps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from moothall.councils.scoped import Scoped
from moothall.jobs.states import JobState


class Job(Scoped):
    """A task of a council, who holds it until when, and how often it was tried."""

    result = models.OneToOneField(DBTaskResult, on_delete=models.PROTECT, related_name="job", editable=False)
    name = models.CharField(_("job"), max_length=200)
    key = models.CharField(_("key"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(each.value, each.value) for each in JobState],
        default=JobState.WAITING.value,
    )
    due = models.DateTimeField(_("not before"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    holder = models.CharField(_("worker"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["state", "due"], name="jobs_in_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key"],
                condition=models.Q(state=JobState.WAITING.value) & ~models.Q(key=""),
                name="one_waiting_job_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
