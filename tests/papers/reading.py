"""Reads finished packs with poppler, for comparison."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.tagged import tagged_text


def text_of_pages(pdf: Path) -> list[str]:
    """The text of every page."""
    shown = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout
    return shown.decode(errors="replace").split("\f")[:-1]


def struct_lines(pdf: Path) -> list[str]:
    """The tagged text of a file, line by line; the tags' own lines and their attributes are left out."""
    lines = [line.strip() for line in tagged_text(pdf).decode(errors="replace").splitlines()]
    return [line for line in lines if re.match(r'".*"$', line)]
