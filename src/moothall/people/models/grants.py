"""Roles granted to persons for a whole council; for one body, see bodies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.actors import GRANTED
from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models.persons import Person


class Grant(Scoped, Dated):
    """What somebody is to the gate: clerk, author, finance officer, auditor and so on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.value) for role in sorted(GRANTED)])

    class Meta:
        verbose_name = _("role granted")
        verbose_name_plural = _("roles granted")
        ordering = ["first_day"]
        constraints = [in_order("grant_in_order")]

    def __str__(self) -> str:
        return f"{self.person}: {gettext(self.role)}"
