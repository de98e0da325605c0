"""Roles granted to persons for one body."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models.bodies import Body
from moothall.foundation.actors import GRANTED
from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models import Person


class BodyGrant(Scoped, Dated):
    """What somebody is to the gate in one body only: its clerk, one of its authors."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="grants", verbose_name=_("body"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="body_grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.value) for role in sorted(GRANTED)])

    class Meta:
        verbose_name = _("role granted in a body")
        verbose_name_plural = _("roles granted in bodies")
        ordering = ["first_day"]
        constraints = [in_order("body_grant_in_order")]

    def __str__(self) -> str:
        return gettext("{person}: {role} of {body}").format(person=self.person, role=gettext(self.role), body=self.body)
