"""The register of members' interests, and interests disclosed at meetings (INT-01, INT-02)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.foundation.translation import say_date
from moothall.people.models.persons import Person


class Interest(Scoped, Dated):
    """An entry of the register. A sensitive one is withheld from everybody but the Monitoring Officer (s.32)."""

    class Category(models.TextChoices):
        EMPLOYMENT = "employment", _("Employment, office, trade, profession or vocation")
        SPONSORSHIP = "sponsorship", _("Sponsorship")
        CONTRACTS = "contracts", _("Contracts with the council")
        LAND = "land", _("Land in the area")
        LICENCES = "licences", _("Licences to occupy land for a month or longer")
        TENANCIES = "tenancies", _("Corporate tenancies")
        SECURITIES = "securities", _("Securities")
        OTHER = "other", _("Other interest under the council's code")

    class Whose(models.TextChoices):
        OWN = "own", _("the member's own")
        PARTNER = "partner", _("the member's spouse's, civil partner's or cohabitee's")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests", verbose_name=_("member"))
    category = models.CharField(_("category"), max_length=12, choices=Category)
    whose = models.CharField(_("whose"), max_length=8, choices=Whose, default=Whose.OWN)
    description = models.TextField(_("the interest"))
    sensitive = models.BooleanField(_("sensitive: details withheld"), default=False)
    sensitive_why = models.TextField(_("why the Monitoring Officer agrees that it is sensitive"), blank=True)

    class Meta:
        verbose_name = _("registered interest")
        verbose_name_plural = _("registered interests")
        ordering = ["category", "first_day"]
        constraints = [
            in_order("interest_in_order"),
            models.CheckConstraint(
                condition=Q(sensitive=False) | ~Q(sensitive_why=""), name="sensitive_interest_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_category_display()}"


class Disclosure(Scoped):
    """An unregistered pecuniary interest disclosed at a meeting: the Monitoring Officer must be told in 28 days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("member"))
    day = models.DateField(_("day of the disclosure"))
    meeting = models.CharField(_("meeting"), max_length=200)
    due = models.DateField(_("notify by"))
    due_as_computed = models.JSONField(_("how that day was found"))
    notified_on = models.DateField(_("Monitoring Officer told on"), null=True, blank=True)
    interest = models.ForeignKey(
        Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entry made")
    )

    class Meta:
        verbose_name = _("disclosure of an interest")
        verbose_name_plural = _("disclosures of interests")
        ordering = ["day"]

    def __str__(self) -> str:
        return gettext("{person} on {day}").format(person=self.person, day=say_date(self.day))
