"""Seats given to groups, and the people who sit, speak and vote (MTG-20 to MTG-23)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models.bodies import Body
from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models import Person, PoliticalGroup


class SeatAllocation(Scoped, Dated):
    """How many seats of a body a group may fill; no group: seats for members of none."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seat_allocations", verbose_name=_("body"))
    group = models.ForeignKey(
        PoliticalGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_allocations",
        verbose_name=_("group"),
    )
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        verbose_name = _("allocation of seats")
        verbose_name_plural = _("allocations of seats")
        ordering = ["first_day"]
        constraints = [in_order("allocation_in_order")]

    def __str__(self) -> str:
        return gettext("{body}: {seats} for {group}").format(
            body=self.body, seats=self.seats, group=self.group or gettext("no group")
        )


class Membership(Scoped, Dated):
    """Somebody's place on a body."""

    class Seat(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice-chair", _("Vice-Chair")
        MEMBER = "member", _("Member")
        CABINET = "cabinet-member", _("Cabinet Member")
        CO_OPTED = "co-opted", _("Co-opted member")
        SUBSTITUTE = "substitute", _("Substitute")

    class Votes(models.TextChoices):
        ALL = "all", _("votes on everything")
        EDUCATION = "education_only", _("votes on education only")
        NONE = "none", _("has no vote")

    class Nominator(models.TextChoices):
        CHURCH_OF_ENGLAND = "church-of-england", _("Diocesan Board of Education")
        ROMAN_CATHOLIC = "roman-catholic", _("bishop of the Roman Catholic diocese")
        PARENT_GOVERNORS = "parent-governors", _("parent governors, by election")
        OTHER = "other", _("another body")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("body"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    seat = models.CharField(_("place"), max_length=16, choices=Seat)
    votes = models.CharField(_("vote"), max_length=16, choices=Votes, default=Votes.ALL)
    portfolio = models.CharField(_("portfolio"), max_length=200, blank=True)
    nominator = models.CharField(_("nominated by"), max_length=20, choices=Nominator, blank=True)
    represents = models.CharField(_("represents"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["first_day", "pk"]
        constraints = [in_order("membership_in_order")]

    def __str__(self) -> str:
        return gettext("{person}, {seat} of {body}").format(
            person=self.person, seat=self.get_seat_display(), body=self.body
        )
