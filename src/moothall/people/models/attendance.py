"""Attendance as the law counts it, and absences that the council approved (MTG-25)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.translation import say_date
from moothall.people.models.persons import Person


class Attendance(Scoped):
    """Whether a member came to one meeting. Meetings write it when their attendance is recorded."""

    class How(models.TextChoices):
        PRESENT = "present", _("present")
        SUBSTITUTE = "substitute", _("present as a substitute")
        REMOTE = "remote", _("in attendance remotely")
        APOLOGIES = "apologies", _("apologies")
        ABSENT = "absent", _("absent")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("member"))
    day = models.DateField(_("day"))
    meeting = models.CharField(_("meeting"), max_length=200)
    how = models.CharField(_("attendance"), max_length=12, choices=How)
    executive = models.BooleanField(_("meeting or decision of the executive"), default=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["council", "person", "day", "meeting"], name="one_attendance_per_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.meeting}: {self.get_how_display()}"


class AbsenceApproval(Scoped):
    """The council's approval of a reason for not attending, given before the six months were over."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="absence_approvals", verbose_name=_("member")
    )
    approved_on = models.DateField(_("approved on"))
    approved_until = models.DateField(_("approved until"))
    reason = models.TextField(_("reason"))
    executive = models.BooleanField(_("for meetings of the executive"), default=False)

    class Meta:
        verbose_name = _("approved absence")
        verbose_name_plural = _("approved absences")
        ordering = ["approved_on"]
        constraints = [
            models.CheckConstraint(condition=Q(approved_until__gte=F("approved_on")), name="absence_approval_in_order")
        ]

    def __str__(self) -> str:
        return gettext("{person} until {day}").format(person=self.person, day=say_date(self.approved_until))
