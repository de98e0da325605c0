"""Where meetings are, and when they are better not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order


class Room(Scoped, Dated):
    """A room in which bodies meet, from when to when the council has it."""

    slug = models.SlugField(_("name in addresses"), max_length=120)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    getting_in = models.TextField(
        _("getting in"), blank=True, help_text=_("Steps, lift, hearing loop, parking: whatever a visitor must know.")
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="one_room_per_slug"),
            in_order("room_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> str:
        """The room and its address in one line, as a summons prints it."""
        return ", ".join(filter(None, (self.name, self.address)))


class Period(Scoped, Dated):
    """A recess or an election: days on which the council would rather not meet. A warning, never a bar."""

    class Kind(models.TextChoices):
        RECESS = "recess", _("recess")
        ELECTION = "election", _("election")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("recess or election")
        verbose_name_plural = _("recesses and elections")
        ordering = ["first_day"]
        constraints = [
            in_order("period_in_order"),
            models.CheckConstraint(condition=Q(last_day__isnull=False), name="period_has_an_end"),
        ]

    def __str__(self) -> str:
        return self.name
