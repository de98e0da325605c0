"""Invitations, and what the limits on attempts remember."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Scoped
from moothall.people.models import Person


class Invitation(Scoped):
    """A letter that lets a person in for the first time: once, and for some days. The word in it is kept nowhere."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("person"))
    email = models.EmailField(_("sent to"))
    salt = models.CharField(max_length=43, editable=False)
    made = models.DateTimeField(_("made"))
    expires = models.DateTimeField(_("to be used before"))
    accepted = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made"]

    def __str__(self) -> str:
        return f"{self.person}: {self.email}"

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can still be used at a moment."""
        return self.accepted is None and self.withdrawn is None and at < self.expires


class Remembered(models.Model):
    """What every process must know of attempts, as Django's database cache keeps it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("remembered for a while")
        verbose_name_plural = _("remembered for a while")

    def __str__(self) -> str:
        return self.cache_key
