"""Notices of key decisions and private meetings, and their clocks (MTG-13 to MTG-16, CLK-40)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import Deadline, add_months, day_before
from moothall.forward_plan.models.entries import Entry
from moothall.foundation.councils.scoping import Scoped
from moothall.people.models import Person
from moothall.people.stored_deadlines import as_found


class Notice(Scoped):
    """A notice that was published, or an agreement that stands in for one, as it was then."""

    append_only = True

    class Kind(models.TextChoices):
        KEY = "key-decision", _("notice of a key decision")
        PRIVATE = "private-meeting", _("notice of a private meeting")
        SECOND = "private-meeting-second", _("second notice of a private meeting")
        GENERAL = "general-exception", _("general exception")
        URGENT = "special-urgency", _("special urgency")
        PRIVATE_URGENT = "private-urgency", _("agreement that a private meeting is urgent")

    class Office(models.TextChoices):
        SCRUTINY_CHAIR = "scrutiny-chair", _("chair of the scrutiny body")
        COUNCIL_CHAIR = "council-chair", _("chair of the council")
        COUNCIL_VICE_CHAIR = "council-vice-chair", _("vice-chair of the council")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notices", verbose_name=_("entry"))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    at = models.DateTimeField(_("published"))
    counts_as = models.DateField(_("the working day that it counts as"))
    for_day = models.DateField(_("for a decision from"), null=True, blank=True)
    for_until = models.DateField(_("for a decision until"), null=True, blank=True)
    first_day = models.DateField(_("allows the decision from"), null=True, blank=True)
    as_computed = models.JSONField(_("how its clock was found"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    representations = models.JSONField(_("representations received"), default=list, blank=True)
    response = models.TextField(_("response to them"), blank=True)
    agreed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("told, or agreed by")
    )
    office = models.CharField(_("as"), max_length=20, choices=Office, blank=True)
    agreed_on = models.DateField(_("told, or agreed on"), null=True, blank=True)
    unable = models.TextField(_("why not the chair of scrutiny"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.entry}"

    @property
    def states(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of those that it tells of (MTG-14); None where it tells of no day."""
        if self.for_day is None:
            return None
        # before the end was kept, a month was known by its first day only
        end = self.for_until or (day_before(add_months(self.for_day, 1)) if self.for_day.day == 1 else self.for_day)
        return (self.for_day, end)


class Representation(Scoped):
    """What somebody wrote against dealing with a matter in private (MTG-13). Who it was is not published."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="representations", verbose_name=_("entry"))
    received_on = models.DateField(_("received on"))
    who = models.CharField(_("from whom"), max_length=300, blank=True)
    text = models.TextField(_("what they say"))

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.entry}, {self.received_on}"


class Evaluation(Scoped):
    """By when a notice is due, as computed at one moment, kept whole (CLK-40). The last one is the one in force."""

    append_only = True

    class Cause(models.TextChoices):
        ENTERED = "entered", _("the entry was published, or became one that needs notice")
        MOVED = "moved", _("the entry or its meeting was moved")
        CALENDAR = "calendar", _("the calendar or a choice of the council changed")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("entry"))
    rule = models.CharField(_("rule"), max_length=40)
    day = models.DateField(_("day"))
    as_computed = models.JSONField(_("how that day was found"))
    cause = models.CharField(_("why it was computed"), max_length=10, choices=Cause)
    at = models.DateTimeField(_("when it was computed"))

    class Meta:
        verbose_name = _("notice clock as computed")
        verbose_name_plural = _("notice clocks as computed")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.day}"

    @property
    def deadline(self) -> Deadline:
        """The deadline that was kept."""
        return as_found(self.as_computed)
