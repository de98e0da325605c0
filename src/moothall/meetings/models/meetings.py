"""Meetings, and every address that one ever had."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.translation import say_date
from moothall.meetings.models.places import Room
from moothall.meetings.states import MeetingState


class Meeting(Scoped):
    """A meeting of a body. ``day`` is the day of ``start`` where it takes place; ``slug`` is its present address."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        EXTRAORDINARY = "extraordinary", _("extraordinary")
        SPECIAL = "special", _("special")

    class Remote(models.TextChoices):
        NO = "no", _("in person only")
        POLICY = "policy", _("remote attendance as the council's policy says")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("body"))
    slug = models.SlugField(_("day in addresses"), max_length=14)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.ORDINARY)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(each.value, each.value) for each in MeetingState],
        default=MeetingState.PLANNED.value,
    )
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Annual meeting; budget."))
    purpose = models.TextField(_("what it is called for"), blank=True)
    start = models.DateTimeField(_("start"))
    day = models.DateField(_("day"))
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/London")
    minutes = models.PositiveSmallIntegerField(_("expected length in minutes"), default=120)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("room")
    )
    place = models.CharField(_("place, where it is no room of ours"), max_length=300, blank=True)
    remote = models.CharField(_("remote attendance"), max_length=8, choices=Remote, default=Remote.NO)
    remote_note = models.TextField(_("how to attend or watch from elsewhere"), blank=True)
    undated = models.BooleanField(_("put off without a new day"), default=False)
    reason = models.TextField(_("why it was put off, moved or cancelled"), blank=True)
    fixed_at = models.DateTimeField(_("when its day was fixed"))
    called_at = models.DateTimeField(_("when it was called"), null=True, blank=True)
    changed_at = models.DateTimeField(_("when it last changed"))
    uid = models.UUIDField(_("identifier in calendars"), default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveIntegerField(_("revision in calendars"), default=0, editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["council", "day"], name="meetings_of_a_day")]
        constraints = [
            models.UniqueConstraint(fields=["body", "slug"], name="one_meeting_per_address"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="a_meeting_takes_time"),
        ]

    def __str__(self) -> str:
        return gettext("{body}, {time} on {day}").format(
            body=self.body, time=f"{self.when:%H:%M}", day=say_date(self.when.date())
        )

    @property
    def when(self) -> dt.datetime:
        """The start, in the time of the place."""
        return self.start.astimezone(ZoneInfo(self.zone))

    @property
    def end(self) -> dt.datetime:
        """When it is expected to end. Hours pass, not the clock: an end across a change of the clock is right."""
        return self.start + dt.timedelta(minutes=self.minutes)

    @property
    def where(self) -> str:
        """The room or other place, in one line."""
        return self.room.whole if self.room else self.place

    @property
    def takes_place(self) -> bool:
        """Whether it is to happen, or has, on its day."""
        return self.state != MeetingState.CANCELLED and not self.undated


class Address(Scoped):
    """An address that a meeting has or had: never taken back, never given to another meeting of the body."""

    append_only = True

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("body"))
    slug = models.SlugField(_("day in addresses"), max_length=14)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="addresses", verbose_name=_("meeting"))

    class Meta:
        verbose_name = _("address of a meeting")
        verbose_name_plural = _("addresses of meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["body", "slug"], name="one_meeting_ever_per_address")]

    def __str__(self) -> str:
        return f"/{self.body.slug}/{self.slug}/"
