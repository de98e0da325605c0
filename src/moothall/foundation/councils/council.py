"""The tables of councils themselves; the only ones, with accounts, that belong to no council."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import Clock, Nation
from moothall.foundation import clock


class Council(models.Model):
    """A council: the owner of everything else."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    nation = models.CharField(
        _("whose bank holidays count"),
        max_length=20,
        choices=[(each.value, each.value) for each in Nation],
        default=Nation.ENGLAND.value,
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")

    def __str__(self) -> str:
        return self.name

    @property
    def today(self) -> dt.date:
        """The day it is now where the council is."""
        return clock.day()

    def clock(self, on: dt.date) -> Clock:
        """The clock that the council goes by for an event on the day ``on``: its calendar, its own settings."""
        from moothall.foundation.councils.council_clock import clock  # noqa: PLC0415 - that module stands on this one

        return clock(self, on)


class Domain(models.Model):
    """A host name that a council answers to; the primary one is written into permanent addresses."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="domains", verbose_name=_("council"))
    host = models.CharField(_("host name"), max_length=253, unique=True)
    primary = models.BooleanField(_("in permanent addresses"), default=False)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.UniqueConstraint(
                fields=["council"], condition=models.Q(primary=True), name="one_primary_domain_per_council"
            )
        ]

    def __str__(self) -> str:
        return self.host
