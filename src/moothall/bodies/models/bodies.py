"""Bodies: whatever meets in the council's name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.bodies.states import BodyState
from moothall.foundation.councils.scoping import Dated, Scoped, in_order


class Kind(models.TextChoices):
    """What a body is; the law treats them differently (MTG-23: the executive is not balanced)."""

    COUNCIL = "council", _("Full council")
    CABINET = "cabinet", _("Cabinet")
    COMMITTEE = "committee", _("Committee")
    SCRUTINY = "scrutiny", _("Scrutiny panel")
    SUB_COMMITTEE = "sub-committee", _("Sub-committee")
    BOARD = "board", _("Board")


class Body(Scoped, Dated):
    """A body with its remit, its quorum rule and its series of minute numbers."""

    slug = models.SlugField(_("name in addresses"), max_length=100)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(each.value, each.value) for each in BodyState],
        default=BodyState.PROPOSED.value,
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("reports to")
    )
    remit = models.TextField(_("remit"), blank=True)
    education = models.BooleanField(
        _("scrutinises education"), default=False, help_text=_("Church and parent representatives vote (MTG-22).")
    )
    balanced = models.BooleanField(_("counts for political balance"), default=True)
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum: this many"), default=1)
    quorum_denominator = models.PositiveSmallIntegerField(_("of this many members"), default=4)
    quorum_minimum = models.PositiveSmallIntegerField(_("but never fewer than"), default=3)
    quorum_co_optees = models.BooleanField(_("voting co-optees count for the quorum"), default=True)
    minute_series = models.CharField(_("series of minute numbers"), max_length=20, blank=True)
    renamed_on = models.DateField(_("has this name from"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="one_body_per_slug"),
            models.CheckConstraint(
                condition=Q(quorum_denominator__gte=1) & Q(quorum_numerator__lte=models.F("quorum_denominator")),
                name="quorum_is_a_share",
            ),
            in_order("body_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body_id(self) -> int:
        """Its own id: to the gate, a body belongs to itself."""
        return self.pk


class FormerName(Scoped):
    """A name that a body had until ``last_day``, as papers of that time print it.

    ``slug`` is the address that went with it, which sends on for ever; empty where the address stayed.
    """

    append_only = True

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="former_names", verbose_name=_("body"))
    slug = models.SlugField(_("name in addresses"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former name of a body")
        verbose_name_plural = _("former names of bodies")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], condition=~Q(slug=""), name="one_body_ever_per_slug")
        ]

    def __str__(self) -> str:
        return self.name
