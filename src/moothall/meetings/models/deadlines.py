"""The deadlines of meetings as they were computed, and what was done to meet them (CLK-03, CLK-07, CLK-40)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import Deadline
from moothall.foundation.councils.scoping import Scoped
from moothall.meetings.models.meetings import Meeting
from moothall.meetings.models.places import Room
from moothall.people.stored_deadlines import as_found


class Evaluation(Scoped):
    """One deadline of a meeting as computed at one moment, kept whole. The last one of a rule is the one in force."""

    append_only = True

    class Cause(models.TextChoices):
        ENTERED = "entered", _("the meeting was entered")
        MOVED = "moved", _("the meeting was moved")
        CALENDAR = "calendar", _("the calendar or a choice of the council changed")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("meeting")
    )
    rule = models.CharField(_("rule"), max_length=40)
    day = models.DateField(_("day"))
    as_computed = models.JSONField(_("how that day was found"))
    cause = models.CharField(_("why it was computed"), max_length=10, choices=Cause)
    at = models.DateTimeField(_("when it was computed"))

    class Meta:
        verbose_name = _("deadline as computed")
        verbose_name_plural = _("deadlines as computed")
        ordering = ["pk"]
        indexes = [models.Index(fields=["meeting", "rule"], name="evaluations_of_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.day}"

    @property
    def deadline(self) -> Deadline:
        """The deadline that was kept."""
        return as_found(self.as_computed)


class Act(Scoped):
    """Something done that a deadline asks for: the agenda published, the notice of the meeting given."""

    append_only = True

    class What(models.TextChoices):
        AGENDA = "agenda", _("agenda published")
        NOTICE = "meeting-notice", _("notice of the meeting given")
        ADDRESS = "agenda-address", _("address of the agenda corrected")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="acts", verbose_name=_("meeting"))
    what = models.CharField(_("what was done"), max_length=20, choices=What)
    at = models.DateTimeField(_("when"))
    counts_as = models.DateField(_("the working day that it counts as"))
    for_start = models.DateTimeField(_("for a meeting at"))
    for_room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for a meeting in")
    )
    for_place = models.CharField(_("for a meeting at another place"), max_length=300, blank=True)
    where = models.CharField(_("where"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("publication or notice")
        verbose_name_plural = _("publications and notices")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at}"

    @staticmethod
    def agenda_place(acts: Iterable[Act]) -> str:
        """Return where the agenda of one meeting can be read, as published or corrected last; "" if that is not known.

        ``acts`` are those of the meeting.
        """
        found = [each for each in acts if each.what in {Act.What.AGENDA, Act.What.ADDRESS}]
        return max(found, key=lambda each: each.pk).where if found else ""

    def still_tells(self, meeting: Meeting) -> bool:
        """Whether a notice told of the hour and the place that the meeting has now (MTG-01); an agenda stays open."""
        if self.what != self.What.NOTICE:
            return True
        where = (self.for_room_id, self.for_place)
        # of a notice that was entered before places were kept with it, nothing else is known
        return self.for_start == meeting.start and where in {(meeting.room_id, meeting.place), (None, "")}
