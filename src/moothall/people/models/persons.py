"""Persons: councillors, co-optees, officers. One row for each council that a person has to do with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Scoped


class Person(Scoped):
    """Somebody with a name. What they are (councillor, co-optee, officer) is told by dated rows beside this one."""

    derived = frozenset({"sort_key"})

    slug = models.SlugField(_("name in addresses"), max_length=120)
    honorific = models.CharField(
        _("honorific"), max_length=30, blank=True, help_text=_("Dr, Reverend. Not Councillor.")
    )
    first_names = models.CharField(_("first names"), max_length=120, blank=True)
    last_name = models.CharField(_("last name"), max_length=120, help_text=_("Or the only name."))
    sort_key = models.CharField(max_length=300, editable=False, default="")
    post_nominals = models.CharField(_("letters after the name"), max_length=60, blank=True)
    email = models.EmailField(_("published e-mail address"), blank=True)
    phone = models.CharField(_("published telephone number"), max_length=40, blank=True)
    renamed_on = models.DateField(_("has this name from"), null=True, blank=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="one_person_per_slug"),
            models.UniqueConstraint(fields=["council", "account"], name="one_person_per_account_and_council"),
        ]

    def __str__(self) -> str:
        return self.plain_name

    @property
    def plain_name(self) -> str:
        """Name without any office: “Dr Anna Lee OBE”."""
        return plain_name(self)


class FormerName(Scoped):
    """A name that somebody had until ``last_day``, as papers of that time print it.

    ``slug`` is the address that went with it, which sends on for ever; empty where the address stayed.
    """

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_names", verbose_name=_("person"))
    slug = models.SlugField(_("name in addresses"), max_length=120, blank=True)
    honorific = models.CharField(_("honorific"), max_length=30, blank=True)
    first_names = models.CharField(_("first names"), max_length=120, blank=True)
    last_name = models.CharField(_("last name"), max_length=120)
    post_nominals = models.CharField(_("letters after the name"), max_length=60, blank=True)
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former name of a person")
        verbose_name_plural = _("former names of persons")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"], condition=~models.Q(slug=""), name="one_person_ever_per_slug"
            )
        ]

    def __str__(self) -> str:
        return plain_name(self)


def plain_name(row: Person | FormerName) -> str:
    """A name without any office: “Dr Anna Lee OBE”."""
    return " ".join(filter(None, (row.honorific, row.first_names, row.last_name, row.post_nominals)))
