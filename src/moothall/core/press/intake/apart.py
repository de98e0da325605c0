"""Folding an uploaded paper in the reading process: a hostile one harms nothing else, and all processors have work."""

from __future__ import annotations

from moothall.core.press.binding.keeping import keep_folded
from moothall.core.press.binding.volume import Part
from moothall.core.press.intake.facts import Limits
from moothall.core.press.intake.host import Reader, job
from moothall.core.press.store import Store


def fold_apart(part: Part, language: str, *, store: Store, reader: Reader, limits: Limits | None = None) -> None:
    """Fold an uploaded ``part``, unless it is kept folded already.

    Raises CannotRead where it stops the reading process, TookTooLong where it takes too long or too much. A file that
    a failing disk has spoilt since it was taken in is left to whoever binds it.
    """

    def packed() -> bytes | None:
        with store.scratch() as folder:
            out = folder / "quire"
            about = {"title": part.title, "language": language, "clear": part.clear, "text": part.text}
            answer = reader.ask(job("fold", part.pdf, limits or Limits(), out=str(out), **about))
            return out.read_bytes() if answer["folded"] else None

    keep_folded(part, language, packed, store=store)
