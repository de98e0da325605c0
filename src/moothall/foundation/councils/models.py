"""The tables of a council: itself, its domains, its dated options, its own days, the versions of its public pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.council import Council, Domain
from moothall.foundation.councils.scoping import Scoped

__all__ = ["Council", "Domain", "OptionValue", "OwnDay", "PublicVersion"]


class OptionValue(Scoped):
    """What a council chose for one of its options, from a day on. The option's meaning is in ``options``."""

    key = models.CharField(_("option"), max_length=60)
    value = models.JSONField(_("value"), null=True, blank=True)
    first_day = models.DateField(_("from"))
    reason = models.TextField(_("decided where, and why"), blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["key", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["council", "key", "first_day"], name="one_value_per_option_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.first_day}"


class OwnDay(Scoped):
    """A day that does not count for this council: its own closure day, or a bank holiday just proclaimed (CLK-03)."""

    class Kind(models.TextChoices):
        CLOSURE = "closure", _("closed")
        PROCLAIMED = "proclaimed", _("proclaimed bank holiday")

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("closure day or proclaimed holiday")
        verbose_name_plural = _("closure days and proclaimed holidays")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["council", "day"], name="one_own_day_per_council_and_day")]

    def __str__(self) -> str:
        return f"{self.day} ({self.get_kind_display()})"


class PublicVersion(models.Model):
    """The present version of what public pages show of a subject (``public_versions``)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+", verbose_name=_("council"))
    subject = models.CharField(_("subject"), max_length=300)
    version = models.CharField(_("version"), max_length=16)

    class Meta:
        verbose_name = _("public version")
        verbose_name_plural = _("public versions")
        constraints = [models.UniqueConstraint(fields=["council", "subject"], name="one_version_per_subject")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.version}"
