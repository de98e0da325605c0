"""The jobs that the reading process does: take a PDF in, inspect it, read a scan."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pikepdf import ObjectStreamMode, Pdf

from moothall.core.press.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.press.intake.cleaning import clean
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.opening import opened
from moothall.core.press.intake.reading import read_pages


def run(job: dict[str, Any]) -> bytes:
    """The job's answer as JSON; an error that the user can mend is an answer too."""
    try:
        answer = _JOBS[job["kind"]](job)
    except CannotRead as error:
        answer = {"error": _kind(error), "message": str(error)}
    return json.dumps(answer, ensure_ascii=True).encode()


def _take(job: dict[str, Any]) -> dict[str, Any]:
    findings = Findings()
    out = Path(job["out"])
    with opened(Path(job["source"]), most_pages=job["pages"], findings=findings) as pdf:
        about = clean(pdf, findings)
        save(pdf, out)
    pages = read_pages(out, seconds=job["seconds"], findings=findings)
    return {
        "sha256": job["sha256"],
        "pages": [asdict(page) for page in pages],
        "tagged": about.tagged,
        "title": about.title,
        "language": about.language,
        "cautions": [asdict(caution) for caution in findings.cautions()],
    }


def save(pdf: Pdf, out: Path) -> None:
    """Write a PDF so that equal input gives equal bytes."""
    pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, encryption=False)


def _kind(error: CannotRead) -> str:
    if isinstance(error, PasswordNeeded):
        return "password-needed"
    return "took-too-long" if isinstance(error, TookTooLong) else "cannot-read"


_JOBS = {"take": _take}
