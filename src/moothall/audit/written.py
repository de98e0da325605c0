"""Which set of written pages is out of a council, and which release may put one out (decision 0050).

The database knows it, so that every process takes the pages away before it commits an act, told of them or not.
"""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError, transaction

from moothall.audit import chain
from moothall.audit.models import Head
from moothall.audit.pages import take_all_away, take_away
from moothall.audit.public import edition
from moothall.councils.council import Council


def put_out(council: Council, pages: Path, *, of: str, release: str) -> bool:
    """Note that a whole set of pages is out, made from the edition ``of`` the books by a release.

    From here on every act takes it away, so that it may be linked to afterwards. False when something was written
    since, or when another release is at work: then it must not be. Raises PagesRemain.
    """
    with transaction.atomic():
        head = chain.lock(council)
        if head.pages_release != release or edition(council) != of:
            return False
        _take_away(head)
        Head.objects.filter(pk=head.pk).update(pages_out=str(pages))
    return True


def begin(release: str, root: Path | None) -> list[Council]:
    """Take away all pages, and let only ``release`` put out others; none when that is empty. Gives the councils.

    For the start of the site, whose program or settings may be others than when the pages were written.
    """
    councils = list(Council.objects.order_by("slug"))
    for council in councils:
        with transaction.atomic():
            head = chain.lock(council)
            _take_away(head)
            Head.objects.filter(pk=head.pk).update(pages_release=release)
    if root is not None:
        take_all_away(root)  # also what the database does not know of, having been put back by hand
    return councils


def take_everything_away(root: Path | None) -> None:
    """Take away all pages, as far as a database can be read that may be broken, or of an older version."""
    try:
        with transaction.atomic():
            out = list(Head.objects.exclude(pages_out="").values_list("pages_out", flat=True))
    except DatabaseError:
        out = []
    for each in out:
        take_away(Path(each))
    if root is not None:
        take_all_away(root)


def forget() -> list[str]:
    """Forget pages that cannot be reached, for whoever has made sure that nobody serves them; gives where they were."""
    with transaction.atomic():
        rows = Head.objects.select_for_update().exclude(pages_out="")
        out = list(rows.values_list("pages_out", flat=True))
        rows.update(pages_out="")
    return out


def nothing_out() -> None:
    """Note that nothing is out, in a database that has been brought back from a backup."""
    Head.objects.update(pages_out="", pages_release="")


def _take_away(head: Head) -> None:
    if head.pages_out:
        take_away(Path(head.pages_out))
        Head.objects.filter(pk=head.pk).update(pages_out="")
