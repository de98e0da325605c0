"""Terms of office: from when to when somebody is a councillor, or a co-opted member."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.foundation.translation import say_date
from moothall.people.models.persons import Person


class Term(Scoped, Dated):
    """A term of office. The duties of members (interests, attendance) hang on it (INT-02, MTG-25)."""

    class Office(models.TextChoices):
        COUNCILLOR = "councillor", _("Councillor")
        CO_OPTED = "co-opted", _("Co-opted member")

    class Ending(models.TextChoices):
        EXPIRY = "expiry", _("end of the term")
        RESIGNATION = "resignation", _("resignation")
        DEATH = "death", _("death")
        DISQUALIFICATION = "disqualification", _("disqualification")
        NON_ATTENDANCE = "non-attendance", _("six months without attendance")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms", verbose_name=_("person"))
    office = models.CharField(_("office"), max_length=12, choices=Office)
    ward = models.CharField(_("ward"), max_length=120, blank=True)
    registered_on = models.DateField(_("interests registered on"), null=True, blank=True)
    ending = models.CharField(_("ended by"), max_length=20, choices=Ending, blank=True)

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["first_day"]
        constraints = [in_order("term_in_order")]

    def __str__(self) -> str:
        return gettext("{person}, {office} from {day}").format(
            person=self.person, office=self.get_office_display(), day=say_date(self.first_day)
        )
