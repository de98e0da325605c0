"""Rows that belong to a council, and the query sets that reach them.

``Body.objects.of(council)`` is the way in; ``Body.objects.all()`` raises Unscoped, so that a query that crosses
councils cannot be written by forgetting. From a row already reached, ``body.memberships`` stays in its council.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import day_after
from moothall.foundation.councils.council import Council

M = TypeVar("M", bound=models.Model)


def holding(day: dt.date, path: str = "") -> Q:
    """Dated rows (at ``path``, such as "terms__") that hold on ``day``; first and last day included."""
    began = Q(**{f"{path}first_day__lte": day})
    return began & (Q(**{f"{path}last_day__isnull": True}) | Q(**{f"{path}last_day__gte": day}))


def overlapping(first_day: dt.date, last_day: dt.date | None, path: str = "") -> Q:
    """Dated rows that hold on any day from ``first_day`` to ``last_day`` (None: for ever)."""
    goes_on = Q(**{f"{path}last_day__isnull": True}) | Q(**{f"{path}last_day__gte": first_day})
    return goes_on if last_day is None else goes_on & Q(**{f"{path}first_day__lte": last_day})


def days_added(row: Dated, last_day: dt.date) -> Q | None:
    """Dated rows that hold on any of the days that a later end adds to ``row``; None when it adds none."""
    if row.last_day is None or last_day <= row.last_day:
        return None
    return overlapping(day_after(row.last_day), last_day)


class Unscoped(RuntimeError):
    """A query did not say for which council. This is a fault of the program, never of the person using it."""


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of one council."""


class ScopedManager(models.Manager[M]):
    """Hands out rows of one council only."""

    def of(self, council: Council) -> ScopedQuerySet[M]:
        """The rows of ``council``."""
        return self._within(council.pk)

    def get_queryset(self) -> ScopedQuerySet[M]:
        # a related manager carries the row it was reached from, which says the council
        owner = getattr(self, "instance", None)
        if not isinstance(owner, Council | Scoped):
            raise Unscoped(f"{self.model.__name__}.objects must say for which council: objects.of(council).")
        return self._within(owner.pk if isinstance(owner, Council) else owner.council_id)

    def _within(self, council_id: int) -> ScopedQuerySet[M]:
        # every page starts a dozen of these, and their beginning is always the same
        begun = _begun(self.model, council_id).chain()
        return ScopedQuerySet(self.model, query=begun, using=self._db, hints=self._hints)  # type: ignore[attr-defined]


@lru_cache(maxsize=4096)
def _begun(model: type[models.Model], council_id: int) -> Query:
    """The question for a council's rows; to be copied, never changed."""
    rows: ScopedQuerySet[Any] = ScopedQuerySet(model)
    return rows.filter(council_id=council_id).query


class Scoped(models.Model):
    """A row that belongs to one council. The database refuses one that points into another council."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+", verbose_name=_("council"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True


class Dated(models.Model):
    """A row that holds from one day to another, both included; no last day means until further notice."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on ``day``."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def in_order(name: str) -> models.CheckConstraint:
    """The constraint of a dated table: it does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
        name=name,
        violation_error_message=_("The last day is before the first day."),
    )


def picture(row: models.Model) -> dict[str, Any]:
    """What a row says, by field name: what the audit log keeps of it. What follows from other fields is left out."""
    derived: frozenset[str] = getattr(row, "derived", frozenset())
    fields = (field for field in row._meta.concrete_fields if field.name not in derived)
    return {field.attname: field.value_from_object(row) for field in fields}
