"""Political groups, and who belongs to which from when to when (MTG-23)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models.persons import Person


class PoliticalGroup(Scoped, Dated):
    """Two or more councillors who gave signed notice that they wish to be treated as a group."""

    slug = models.SlugField(_("name in addresses"))
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    renamed_on = models.DateField(_("has this name from"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("political group")
        verbose_name_plural = _("political groups")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="one_group_per_slug"),
            in_order("group_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerGroupName(Scoped):
    """A name that a group had until ``last_day``, as papers of that time print it.

    ``slug`` is the address that went with it, which sends on for ever; empty where the address stayed.
    """

    append_only = True

    group = models.ForeignKey(
        PoliticalGroup, on_delete=models.PROTECT, related_name="former_names", verbose_name=_("political group")
    )
    slug = models.SlugField(_("name in addresses"), blank=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former name of a political group")
        verbose_name_plural = _("former names of political groups")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"], condition=~models.Q(slug=""), name="one_group_ever_per_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(Scoped, Dated):
    """Somebody's time in a group."""

    class Standing(models.TextChoices):
        LEADER = "leader", _("leader")
        DEPUTY = "deputy", _("deputy leader")
        MEMBER = "member", _("member")

    group = models.ForeignKey(
        PoliticalGroup, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("group")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="group_memberships", verbose_name=_("person")
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.MEMBER)

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        ordering = ["first_day"]
        constraints = [in_order("group_membership_in_order")]

    def __str__(self) -> str:
        return gettext("{person} in {group}").format(person=self.person, group=self.group)
