"""Keeping folded parts in the store, so that a paper is folded once however often it is bound.

Work on a deep stack: qpdf copies by recursion, and a hostile tree may be very deep.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

from moothall.core.documents.errors import CannotRead
from moothall.core.pdf.cache import Store, digest, file_digest
from moothall.core.pdf.code_version import edition
from moothall.core.pdf.merge.parts import Part, Quire, pack_up, unpack
from moothall.core.pdf.merge.prepare_part import fold

Done = TypeVar("Done")

DEEP_STACK = 256 * 1024 * 1024  # enough for two million levels
# The size of stacks is a setting of the whole process, for threads that begin while it holds.
_SETTING = threading.Lock()


def with_deep_stack(work: Callable[[], Done]) -> Done:
    """Do ``work`` on a thread with a large stack, and wait for it."""
    done: Future[Done] = Future()
    thread = threading.Thread(target=_do, args=(work, done), name="binding")
    with _SETTING:
        before = threading.stack_size(DEEP_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    return done.result()


def _do(work: Callable[[], Done], done: Future[Done]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
        done.set_exception(error)


SUFFIX = ".quire"


def quire_of(part: Part, language: str, *, store: Store | None, absent: Sequence[str] = ()) -> Quire:
    """``part`` folded: out of the store where it is kept there and whole. Raises CannotRead, PasswordNeeded."""
    if store is None:
        return fold(part, language, absent)
    key = _key(part, language, absent)
    kept = _kept(key, store)
    if kept is None:
        kept = fold(part, language, absent)
        store.write(key, SUFFIX, pack_up(kept))
    return kept


def fold_ahead(part: Part, language: str, *, store: Store) -> None:
    """Fold ``part`` before it is bound, from whichever thread. What cannot be read is reported when it is bound."""
    with suppress(CannotRead):
        with_deep_stack(lambda: quire_of(part, language, store=store))


def keep_folded(part: Part, language: str, packed: Callable[[], bytes | None], *, store: Store) -> None:
    """Keep ``part`` as ``packed`` folds it and packs it up, unless it is kept already; None keeps nothing."""
    key = _key(part, language, ())
    if not store.holds(key, SUFFIX) and (made := packed()) is not None:
        store.write(key, SUFFIX, made)


def _kept(key: str, store: Store) -> Quire | None:
    packed = store.read(key, SUFFIX)
    try:
        return None if packed is None else unpack(packed)
    except CannotRead:
        return None


def _key(part: Part, language: str, absent: Sequence[str]) -> str:
    """The digest of all that decides how a part is folded. Its labels, its key and its outline do not."""
    try:
        content = file_digest(part.pdf)
    except OSError as error:
        raise CannotRead(f"{part.title}: the file {part.pdf.name} is not there; build again.") from error
    rest = repr((part.title, language, part.stamped, part.clear, part.text, tuple(absent)))
    return digest("quire", edition(), content, rest.encode("utf-8", "surrogatepass"))
