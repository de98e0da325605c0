"""May the whole file claim PDF/UA-1? Only when each part may."""

from __future__ import annotations

from moothall.core.press.binding.checking import check_ua
from moothall.core.press.binding.checks.document import claims_accessible
from moothall.core.press.binding.sources import Gathered


def may_claim(paper: Gathered) -> bool:
    """True when the part claims PDF/UA-1 itself; an upload (``clear`` is given) must also hold to our own checks."""
    return claims_accessible(paper.xmp) and (not paper.part.clear or not check_ua(paper.part.pdf))
