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
from moothall.core.press.intake.geometry import settle_geometry
from moothall.core.press.intake.inspecting import as_uploaded, count_bookmarks, of_pages
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
    with opened(Path(job["source"]), scratch=_scratch(out), most_pages=job["pages"], findings=findings) as pdf:
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


def _inspect(job: dict[str, Any]) -> dict[str, Any]:
    findings = Findings()
    out = Path(job["out"])
    with opened(Path(job["source"]), scratch=_scratch(out), most_pages=job["pages"], findings=findings) as pdf:
        settle_geometry(pdf, Findings())
        uploaded = as_uploaded(pdf)
        about = clean(pdf, findings)
        bookmarks = count_bookmarks(pdf)
        save(pdf, out)
    pages = read_pages(out, seconds=job["seconds"], findings=findings, examine=False)
    uploaded["tags"]["tagged"] = about.tagged
    return {
        **uploaded,
        **of_pages(pages),
        "size": Path(job["source"]).stat().st_size,
        "title": about.title,
        "language": about.language,
        "bookmarks": bookmarks,
        "risks": [asdict(caution) for caution in findings.cautions()],
    }


def _scratch(out: Path) -> Path:
    """A second file beside ``out``, in the folder that the asker removes."""
    return out.with_name("scratch.pdf")


def save(pdf: Pdf, out: Path) -> None:
    """Write a PDF so that equal input gives equal bytes."""
    pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, encryption=False)


def _kind(error: CannotRead) -> str:
    if isinstance(error, PasswordNeeded):
        return "password-needed"
    return "took-too-long" if isinstance(error, TookTooLong) else "cannot-read"


_JOBS = {"take": _take, "inspect": _inspect}
