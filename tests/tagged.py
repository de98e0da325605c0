"""What poppler reads from the tags of a PDF. Of the shared papers it is kept: several tests ask the same of them."""

import hashlib
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.shared import SHARED


def tagged_text(pdf: Path) -> bytes:
    """The output of ``pdfinfo -struct-text``; for a shared paper read once for all tests and their processes."""
    if not Path(pdf).is_relative_to(SHARED):
        return _read(pdf)
    told = Path(pdf).read_bytes() + _poppler()
    place = Path(tempfile.gettempdir()) / "moothall-tests" / "tagged" / hashlib.sha256(told).hexdigest()
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as beside:
            beside.write(_read(pdf))
        Path(beside.name).rename(place)  # whole, or not there: others may be at it, too
    return place.read_bytes()


def _read(pdf: Path) -> bytes:
    return subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True).stdout


@cache
def _poppler() -> bytes:
    return subprocess.run(["pdfinfo", "-v"], capture_output=True, check=True).stderr
