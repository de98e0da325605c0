"""Reading the text of scans with ocrmypdf, where that is installed."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from moothall.core.press.errors import CannotRead
from moothall.core.press.intake.facts import Limits
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.host import Reader, job

COMMAND = "ocrmypdf"


def reads_scans(limits: Limits) -> bool:
    """True when scans are to be read, and can be."""
    return limits.ocr_seconds > 0 and shutil.which(COMMAND) is not None


def has_scans(plain: dict[str, Any]) -> bool:
    """True for a paper with scanned pages; a tagged one is left alone, since OCR would lose its tags."""
    return not plain["tagged"] and any(page["scanned"] for page in plain["pages"])


def read_scan(clean: Path, plain: dict[str, Any], reader: Reader, limits: Limits) -> tuple[Path, dict[str, Any]]:
    """The cleaned PDF with its scans' text, and its facts; as they were, with a caution, where OCR fails."""
    with_text, out = clean.with_name("read.pdf"), clean.with_name("read-clean.pdf")
    allowed = replace(limits, seconds=limits.ocr_seconds)
    try:
        command = shutil.which(COMMAND) or COMMAND
        reader.ask(job("read-scan", clean, allowed, out=str(with_text), command=command))
        again = reader.ask(job("take", with_text, limits, out=str(out), sha256=plain["sha256"]))
    except CannotRead:
        return clean, {**plain, "cautions": plain["cautions"] + _cautions("ocr-failed", [0])}
    scans = {number for number, page in enumerate(plain["pages"], 1) if page["scanned"]}
    left = {number for number, page in enumerate(again["pages"], 1) if page["scanned"]}
    told = [caution for caution in plain["cautions"] if caution["code"] != "scan-without-text"]
    told += _cautions("scan-read", sorted(scans - left)) + _cautions("scan-without-text", sorted(left))
    return out, {**again, "title": plain["title"], "language": plain["language"], "cautions": told}


def _cautions(code: str, pages: list[int]) -> list[dict[str, str]]:
    findings = Findings()
    findings.add_pages(code, pages)
    return [asdict(caution) for caution in findings.cautions()]
