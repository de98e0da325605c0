"""Entries of plans: what is to come where and when, who writes it, and how it slipped."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import add_months, day_before
from moothall.forward_plan.models.plans import Plan, Request
from moothall.forward_plan.slippage import Aim, Step
from moothall.forward_plan.states import EntryState
from moothall.foundation.councils.scoping import Scoped
from moothall.meetings.models import Meeting
from moothall.people.models import Person


class Entry(Scoped):
    """One matter to come: to a meeting, in a month, or (neither) some day."""

    class Key(models.TextChoices):
        NO = "", _("not a key decision")
        MONEY = "money", _("significant spending or saving")
        WARDS = "wards", _("significant effect on two or more wards")
        BOTH = "both", _("significant spending or saving, and effect on two or more wards")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="entries", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    matter = models.TextField(_("the matter"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(each.value, each.value) for each in EntryState],
        default=EntryState.DRAFT.value,
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_entries", verbose_name=_("meeting")
    )
    month = models.DateField(_("month, by its first day"), null=True, blank=True)
    decision_maker = models.CharField(_("decision maker"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead director")
    )
    key = models.CharField(_("key decision"), max_length=5, choices=Key, default=Key.NO, blank=True)
    key_note = models.TextField(_("why it is a key decision"), blank=True)
    private = models.BooleanField(_("to be dealt with in private"), default=False)
    paragraphs = models.JSONField(_("paragraphs of Schedule 12A"), default=list, blank=True)
    confidential = models.BooleanField(_("confidential information"), default=False)
    private_reason = models.TextField(_("why in private"), blank=True)
    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("asked for by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    first_day = models.DateField(_("first published for the day"), null=True, blank=True)
    first_month = models.DateField(_("first published for the month"), null=True, blank=True)
    taken_on = models.DateField(_("dealt with on"), null=True, blank=True)
    withdrawn_why = models.TextField(_("why it was withdrawn"), blank=True)
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("plan entry")
        verbose_name_plural = _("plan entries")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_entry_per_number_of_a_plan"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(month__isnull=True), name="entry_for_a_meeting_or_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def body_id(self) -> int:
        """The body whose plan it is on, to the gate."""
        return self.plan.body_id

    @property
    def ref(self) -> str:
        """The reference that is printed: E2714."""
        return f"{self.plan.prefix}{self.number}"

    @property
    def aim(self) -> Aim:
        """When it is to come, as the plan prints it. A meeting put off without a day leaves it undated."""
        return Aim(self.day) if self.meeting is not None else Aim(month=self.month)

    @property
    def day(self) -> dt.date | None:
        """The first day on which it can be dealt with: of the meeting, or the first of the month."""
        if self.meeting is not None:
            return self.meeting.day if self.meeting.takes_place else None
        return self.month

    @property
    def until(self) -> dt.date | None:
        """The last day on which it comes: of the meeting, or the last of the month."""
        if self.meeting is not None or self.month is None:
            return self.day
        return day_before(add_months(self.month, 1))


class Author(Scoped):
    """Who writes the report on an entry; several in the order of the plan."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="authors", verbose_name=_("entry"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("author"))

    class Meta:
        verbose_name = _("report author")
        verbose_name_plural = _("report authors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="one_authorship_per_entry")]

    def __str__(self) -> str:
        return str(self.person)


class Document(Scoped):
    """A document that the decision maker is to consider (MTG-14). One that is not open is not listed in public."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents", verbose_name=_("entry"))
    title = models.CharField(_("title"), max_length=300)
    address = models.CharField(_("where it can be had"), max_length=500, blank=True)
    open = models.BooleanField(_("open to the public"), default=True)

    class Meta:
        verbose_name = _("document of an entry")
        verbose_name_plural = _("documents of an entry")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Slip(Scoped):
    """That a published entry was moved: from where, to where, when and why. Days are kept as they were then."""

    append_only = True

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="slips", verbose_name=_("entry"))
    from_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_day = models.DateField(_("from the day"), null=True, blank=True)
    from_month = models.DateField(_("from the month"), null=True, blank=True)
    to_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_day = models.DateField(_("to the day"), null=True, blank=True)
    to_month = models.DateField(_("to the month"), null=True, blank=True)
    on = models.DateField(_("moved on"))
    reason = models.TextField(_("why"))

    class Meta:
        verbose_name = _("slippage")
        verbose_name_plural = _("slippage")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry}, {self.on}"

    @property
    def step(self) -> Step:
        """The move as a value."""
        was, now = Aim(self.from_day, self.from_month), Aim(self.to_day, self.to_month)
        return Step(was, now, self.on, self.reason)
