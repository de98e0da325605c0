"""Keeping folded parts in the store, so that a paper is folded once however often it is bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from moothall.core.press.binding.deep import with_deep_stack
from moothall.core.press.binding.folding import fold
from moothall.core.press.binding.quires import Quire, pack_up, unpack
from moothall.core.press.binding.volume import Part
from moothall.core.press.edition import edition
from moothall.core.press.errors import CannotRead
from moothall.core.press.store import Store, digest, file_digest

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
