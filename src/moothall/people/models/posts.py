"""Officers' posts, and who holds them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.scoping import Dated, Scoped, in_order
from moothall.people.models.persons import Person


class Post(Scoped):
    """A post of the council's staff; minutes and reports name the job title (NAM-01)."""

    class Statutory(models.TextChoices):
        HEAD_OF_PAID_SERVICE = "head-of-paid-service", _("Head of Paid Service")
        SECTION_151 = "section-151", _("Section 151 Officer")
        MONITORING = "monitoring", _("Monitoring Officer")
        CHILDREN = "children", _("Director of Children's Services")
        ADULTS = "adults", _("Director of Adult Social Services")
        PUBLIC_HEALTH = "public-health", _("Director of Public Health")
        SCRUTINY = "scrutiny", _("Statutory Scrutiny Officer")

    title = models.CharField(_("job title"), max_length=200)
    service = models.CharField(_("service or directorate"), max_length=200, blank=True)
    statutory = models.CharField(_("statutory post"), max_length=24, choices=Statutory, blank=True)
    public = models.BooleanField(_("holder named to the public"), default=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["council", "title", "service"], name="one_post_per_title")]

    def __str__(self) -> str:
        return self.title


class PostHolding(Scoped, Dated):
    """Somebody's time in a post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("post"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("person"))

    class Meta:
        verbose_name = _("holding of a post")
        verbose_name_plural = _("holdings of posts")
        ordering = ["first_day"]
        constraints = [in_order("holding_in_order")]

    def __str__(self) -> str:
        return f"{self.person} ({self.post})"
