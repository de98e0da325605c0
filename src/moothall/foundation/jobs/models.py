"""The tables of jobs: what django-tasks does not know of a task it keeps, what recurs, and who does the work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.jobs.states import JobState


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
    reason = models.CharField(_("why it failed"), max_length=500, blank=True)

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
        return f"{self.name} ({gettext(self.state)})"


class Recurrence(Scoped):
    """A job that recurs in a council: when it is next due, and which occurrence was the last one put in line."""

    name = models.CharField(_("job"), max_length=200)
    due = models.DateTimeField(_("next"))
    last = models.DateTimeField(_("last"), null=True, blank=True)

    class Meta:
        verbose_name = _("recurring job")
        verbose_name_plural = _("recurring jobs")
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], name="recurrences_in_line")]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="one_recurrence_per_council_and_job")]

    def __str__(self) -> str:
        return f"{self.name}, next {self.due:%Y-%m-%d %H:%M}"


class ChoreOfInstallation(models.Model):
    """What recurs for the whole installation; it belongs to no council, and says nothing of one."""

    name = models.CharField(_("chore"), max_length=100, unique=True)
    due = models.DateTimeField(_("next"), null=True, blank=True)
    last = models.DateTimeField(_("last done"), null=True, blank=True)
    holder = models.CharField(_("worker"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.CharField(_("kind of the last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("chore of the installation")
        verbose_name_plural = _("chores of the installation")

    def __str__(self) -> str:
        return self.name


class WorkerSign(models.Model):
    """When a worker began, and when it was last seen."""

    worker = models.CharField(_("worker"), max_length=100, unique=True)
    began = models.DateTimeField(_("began"))
    seen = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("sign of a worker's life")
        verbose_name_plural = _("signs of workers' lives")

    def __str__(self) -> str:
        return self.worker
