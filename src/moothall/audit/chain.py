"""Adding to the log, and checking all of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from moothall import folders
from moothall.audit.models import ERASED, Contents, Entry, Head
from moothall.audit.pages import take_away
from moothall.councils.council import Council


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a chain; ``number`` is the entry (0: the chain as a whole)."""

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a council's chain found, and its end, to be noted somewhere else."""

    council: str
    entries: int
    digest: str
    flaws: tuple[Flaw, ...]


def canonical(value: Any) -> str:
    """JSON with one way to write it: keys in order, no spaces, letters as they are."""
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def lock(council: Council) -> Head:
    """Hold the council's log until the transaction ends: whoever writes in the same council waits."""
    head, _ = Head.objects.get_or_create(council=council)
    return Head.objects.select_for_update().get(pk=head.pk)


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
    _withdraw(head, council)
    Head.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest, pages_out="")
    return entry


def verify(council: Council, *, noted: dict[int, str] | None = None) -> Verified:
    """Check every entry of the council's chain.

    ``noted`` are ends of the chain that were noted elsewhere earlier (number: digest): they show a chain that was
    written anew as a whole. Finds every row changed, removed or put in, at the end too.
    """
    flaws: list[Flaw] = []
    noted = dict(noted or {})
    number, digest = 0, ""
    erased = set(Entry.objects.filter(council=council, verb=ERASED).values_list("thing", flat=True))
    entries = Entry.objects.filter(council=council).select_related("contents").order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        flaws += _flaws(entry, number, digest, erased)
        number, digest = entry.number, entry.digest
        if noted.pop(number, digest) != digest:
            flaws.append(Flaw(number, "is not the entry whose digest was noted elsewhere"))
    flaws += [Flaw(each, "was noted elsewhere and is gone") for each in sorted(noted) if each]
    return Verified(council.slug, number, digest, (*flaws, *_end(council, number, digest)))


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


def _withdraw(head: Head, council: Council) -> None:
    """Take away written pages before the act is committed that they do not show, and let others be written after it."""
    if head.pages_out:
        take_away(Path(head.pages_out))
    if head.pages_release:
        for module in folders.modules("jobs"):
            for follow in getattr(module, "AFTER_ACTS", ()):
                follow(council)


def _contents_digest(contents: Contents) -> str:
    return hashlib.sha256(canonical([contents.salt, contents.before, contents.after]).encode()).hexdigest()


def _flaws(entry: Entry, number: int, digest: str, erased: set[str]) -> Iterator[Flaw]:
    if entry.number != number + 1:
        yield Flaw(entry.number, f"follows entry {number}: what was between is gone")
    if entry.previous != digest:
        yield Flaw(entry.number, f"does not hold the digest of entry {number}: one of the two was put in or changed")
    if entry.digest != entry_digest(entry):
        yield Flaw(entry.number, "was changed: it does not have its own digest")
    contents = getattr(entry, "contents", None)
    if contents is None and str(entry.number) not in erased:
        yield Flaw(entry.number, "has lost its contents, and no entry says that they were erased")
    if contents is not None and _contents_digest(contents) != entry.contents_digest:
        yield Flaw(entry.number, "has contents that were changed")


def _end(council: Council, number: int, digest: str) -> Iterator[Flaw]:
    head = Head.objects.filter(council=council).first()
    if head is None and number:
        yield Flaw(0, "the end of the chain is not noted: its row is gone")
    if head is not None and (head.number, head.digest) != (number, digest):
        yield Flaw(0, f"the chain ends at {number}, but entry {head.number} was the last one written")
