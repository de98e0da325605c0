"""May the whole file claim PDF/UA-1? Only when each part may."""

from __future__ import annotations

from moothall.core.press.binding.metadata import claims_accessible
from moothall.core.press.binding.sources import Gathered

# What the pack's own catalog says in place of the part's.
OF_THE_WHOLE = frozenset({"title-not-shown", "no-title"})


def may_claim(paper: Gathered) -> bool:
    """True when the part claims PDF/UA-1 itself; an upload (``clear`` is given) must also hold to our own checks.

    An upload brings its author's claim only where nothing in it had to be mended. That a machine finds no failure is
    no claim: what only a person can judge, its author has judged, or nobody.
    """
    if not claims_accessible(paper.xmp):
        return False
    if not paper.part.clear:
        return True
    from moothall.core.press.binding.checking import check_ua  # noqa: PLC0415 - a pack without uploads needs none of it

    return {flaw.code for flaw in check_ua(paper.part.pdf)} <= OF_THE_WHOLE
