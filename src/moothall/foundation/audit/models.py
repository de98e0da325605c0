"""The tables of the log. An entry is never changed; what it says of a thing can be erased, and then says so.

Entry holds the chain: a digest over itself and the entry before. The contents (before and after) hang beside it in
Contents and count in the chain by their digest only, so that personal data can be erased without breaking the
chain. Head holds the number and digest of the last entry a second time, so that entries cut off the end are missed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils.council import Council

ERASED = "councils.erase_contents"


class Entry(models.Model):
    """One act: who, when, from where, which verb, on which thing."""

    append_only = True

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    account = models.BigIntegerField(_("account"), null=True)
    who = models.CharField(_("who"), max_length=300)
    origin = models.CharField(_("from where"), max_length=200)
    verb = models.CharField(_("did what"), max_length=100)
    kind = models.CharField(_("to what kind of thing"), max_length=100)
    thing = models.CharField(_("to which thing"), max_length=100)
    contents_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["council", "number"]
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="one_entry_per_number")]
        indexes = [models.Index(fields=["council", "kind", "thing"], name="entries_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.number}. {self.who}: {self.verb} {self.kind} {self.thing}"


class Contents(models.Model):
    """What a thing was before and after an act, as canonical JSON; with salt, so that its digest tells nothing."""

    append_only = True
    deletable_when = (  # constants only, so nothing can be injected
        f"EXISTS (SELECT 1 FROM audit_entry e JOIN audit_entry mine ON mine.id = OLD.entry_id "
        f"WHERE e.council_id = mine.council_id AND e.verb = '{ERASED}' AND e.thing = CAST(mine.number AS text))"
    )

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="contents", primary_key=True)
    salt = models.CharField(max_length=32)
    before = models.TextField()
    after = models.TextField()

    class Meta:
        verbose_name = _("contents of an audit entry")
        verbose_name_plural = _("contents of audit entries")

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"


class Head(models.Model):
    """The end of a council's chain, a second time; locked while an entry is added, so that entries are serial."""

    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="+", primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("end of an audit chain")
        verbose_name_plural = _("ends of audit chains")

    def __str__(self) -> str:
        return f"{self.number}: {self.digest}"
