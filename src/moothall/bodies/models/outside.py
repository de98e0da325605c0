"""Outside bodies, and whom the council sends to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models import Person


class OutsideBody(Scoped, Dated):
    """A body that is not the council's, with places for the council's nominees."""

    slug = models.SlugField(_("name in addresses"), max_length=100)
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("what it does"), blank=True)
    places = models.PositiveSmallIntegerField(_("places for the council"), default=1)
    renamed_on = models.DateField(_("has this name from"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("outside body")
        verbose_name_plural = _("outside bodies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="one_outside_body_per_slug"),
            in_order("outside_body_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerOutsideName(Scoped):
    """A name that an outside body had until ``last_day``, as papers of that time print it.

    ``slug`` is the address that went with it, which sends on for ever; empty where the address stayed.
    """

    append_only = True

    outside_body = models.ForeignKey(
        OutsideBody, on_delete=models.PROTECT, related_name="former_names", verbose_name=_("outside body")
    )
    slug = models.SlugField(_("name in addresses"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=200)
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former name of an outside body")
        verbose_name_plural = _("former names of outside bodies")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"], condition=~models.Q(slug=""), name="one_outside_body_ever_per_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Nomination(Scoped, Dated):
    """Somebody's time on an outside body."""

    outside_body = models.ForeignKey(
        OutsideBody, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("outside body")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("person"))
    capacity = models.CharField(_("as"), max_length=100, blank=True, help_text=_("Trustee, director, observer."))

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["first_day"]
        constraints = [in_order("nomination_in_order")]

    def __str__(self) -> str:
        return gettext("{person} on {body}").format(person=self.person, body=self.outside_body)
