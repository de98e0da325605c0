"""Plans, and what minutes ask to be put on them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body
from moothall.forward_plan.states import RequestState
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.translation import say_date
from moothall.meetings.models import Meeting
from moothall.people.models import Person


class Plan(Scoped):
    """A body's plan: the executive's key decisions and private meetings, or a panel's work."""

    class Kind(models.TextChoices):
        DECISIONS = "decisions", _("key decisions and private meetings")
        WORK = "work", _("work plan")

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="plan", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    documents_from = models.TextField(
        _("how to ask for documents"),
        blank=True,
        help_text=_("Where the documents listed can be had, and that others may follow (MTG-14)."),
    )
    contact = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    prefix = models.CharField(_("letters before the reference number"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Request(Scoped):
    """Something that a body asked for in its minutes; the plan says what became of it (SCR-05)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="requests", verbose_name=_("plan"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked at"))
    minute = models.CharField(_("minute number"), max_length=20)
    asked = models.TextField(_("what was asked for"))
    open_minute = models.BooleanField(_("from a public minute"), default=True)
    state = models.CharField(
        _("state"),
        max_length=6,
        choices=[(each.value, each.value) for each in RequestState],
        default=RequestState.OPEN.value,
    )
    outcome = models.TextField(_("what became of it"), blank=True)

    class Meta:
        verbose_name = _("request from minutes")
        verbose_name_plural = _("requests from minutes")
        ordering = ["meeting__day", "minute", "pk"]

    def __str__(self) -> str:
        return gettext("{asked} (minute {minute}, {day})").format(
            asked=self.asked, minute=self.minute, day=say_date(self.meeting.day)
        )

    @property
    def body_id(self) -> int:
        """The body whose plan it is for, to the gate."""
        return self.plan.body_id
