"""Adding to the log, and checking all of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from moothall.foundation.audit.models import ERASED, Contents, Entry, Head
from moothall.foundation.councils.council import Council

A_MOMENT = dt.timedelta(minutes=1)
"""By so much the clocks of several machines may differ."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a chain; ``number`` is the entry (0: the chain as a whole), ``code`` what it is."""

    number: int
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a council's chain found, and its end, to be noted somewhere else."""

    council: str
    entries: int
    digest: str
    flaws: tuple[Flaw, ...]
    set_back: tuple[int, ...] = ()
    """Entries that say an earlier time than one before them: the clock of the machine was set back, or was wrong."""


def canonical(value: Any) -> str:
    """JSON with one way to write it: keys in order, no spaces, letters as they are."""
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def lock(council: Council) -> Head:
    """Hold the council's log until the transaction ends: whoever writes in the same council waits."""
    held = Head.objects.select_for_update().filter(council=council)
    if (head := held.first()) is None:
        Head.objects.get_or_create(council=council)
        head = held.get()
    return head


def append(
    council: Council,
    *,
    account: int | None,
    who: str,
    origin: str,
    verb: str,
    kind: str,
    thing: str,
    before: Any,
    after: Any,
) -> Entry:
    """Add an entry at the end of the council's chain. Must be called inside the transaction of what it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of the act that it tells of.")
    head = lock(council)
    contents = Contents(salt=secrets.token_hex(16), before=canonical(before), after=canonical(after))
    entry = Entry(
        council=council,
        number=head.number + 1,
        at=timezone.now(),
        account=account,
        who=who,
        origin=origin,
        verb=verb,
        kind=kind,
        thing=thing,
        contents_digest=_contents_digest(contents),
        previous=head.digest,
    )
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)
    contents.entry = entry
    contents.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest)
    return entry


def verify(council: Council, *, noted: dict[int, str] | None = None) -> Verified:
    """Check every entry of the council's chain; others may go on writing meanwhile.

    ``noted`` are ends of the chain that were noted elsewhere earlier (number: digest): they show a chain that was
    written anew as a whole, or that lost its end and the note of it. Finds every row changed, removed or put in.
    """
    flaws: list[Flaw] = []
    set_back: list[int] = []
    noted = dict(noted or {})
    began = _end_of(council)
    number, digest, latest = 0, "", None
    entries = Entry.objects.filter(council=council).select_related("contents").order_by("number", "pk")
    for entry in entries.iterator(chunk_size=2000):
        flaws += _flaws(entry, number, digest)
        number, digest = entry.number, entry.digest
        if noted.pop(number, digest) != digest:
            flaws.append(Flaw(number, "is not the entry whose digest was noted elsewhere", "other-than-noted"))
        if began and number == began.number and digest != began.digest:
            flaws.append(
                Flaw(number, "is not the entry that was written last: it has another digest", "other-than-written")
            )
        if latest and entry.at < latest - A_MOMENT:
            set_back.append(number)
        latest = max(entry.at, latest or entry.at)
    flaws += [Flaw(each, "was noted elsewhere and is gone", "noted-and-gone") for each in sorted(noted) if each]
    flaws += _at_the_end(began, number, _end_of(council))
    return Verified(council.slug, number, digest, tuple(flaws), tuple(set_back))


def entry_digest(entry: Entry) -> str:
    """The digest of an entry over all it says and the entry before (SHA-256, hexadecimal)."""
    said = [
        entry.council_id,
        entry.number,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.account,
        entry.who,
        entry.origin,
        entry.verb,
        entry.kind,
        entry.thing,
        entry.contents_digest,
        entry.previous,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _contents_digest(contents: Contents) -> str:
    return hashlib.sha256(canonical([contents.salt, contents.before, contents.after]).encode()).hexdigest()


def _flaws(entry: Entry, number: int, digest: str) -> Iterator[Flaw]:
    if entry.number == number:
        yield Flaw(entry.number, "is there twice: the chain is forked", "twice")
    elif entry.number != number + 1:
        yield Flaw(entry.number, f"follows entry {number}: what was between is gone", "gap")
    if entry.previous != digest:
        yield Flaw(
            entry.number,
            f"does not hold the digest of entry {number}: one of the two was put in or changed",
            "other-digest-before",
        )
    if entry.digest != entry_digest(entry):
        yield Flaw(entry.number, "was changed: it does not have its own digest", "changed")
    contents = getattr(entry, "contents", None)
    if contents is None and not _was_erased(entry):
        yield Flaw(entry.number, "has lost its contents, and no entry says that they were erased", "contents-lost")
    if contents is not None and _contents_digest(contents) != entry.contents_digest:
        yield Flaw(entry.number, "has contents that were changed", "contents-changed")


def _was_erased(entry: Entry) -> bool:
    """Whether a later entry says so. Asked when it is met: the contents may have been erased since the check began."""
    later = Entry.objects.filter(council_id=entry.council_id, number__gt=entry.number)
    return later.filter(verb=ERASED, thing=str(entry.number)).exists()


def _end_of(council: Council) -> Head | None:
    return Head.objects.filter(council=council).first()


def _at_the_end(began: Head | None, number: int, ended: Head | None) -> Iterator[Flaw]:
    """What is wrong with the end: it was noted when the check ``began``, and when all had been read (``ended``)."""
    if number == 0:
        yield Flaw(0, "there is no entry at all, not even that of the founding: the whole log is gone", "log-gone")
    if began is None or ended is None:
        yield Flaw(0, "the end of the chain is not noted: its row is gone", "end-not-noted")
    elif not began.number <= number <= ended.number:
        yield Flaw(0, f"the chain ends at {number}, but entry {ended.number} was the last one written", "other-end")
