"""The jobs that the reading process does: take a PDF in, inspect it, read a scan, fold what was taken in."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pikepdf import ObjectStreamMode, Pdf

from moothall.core.documents.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.pdf.merge.part_cache import with_deep_stack
from moothall.core.pdf.merge.parts import Part, pack_up
from moothall.core.pdf.merge.prepare_part import fold
from moothall.core.pdf.reader.cleaner import CannotMend, clean
from moothall.core.pdf.reader.damaged_files import opened
from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.page_facts import find_broken, read_pages
from moothall.core.pdf.reader.pages import settle_geometry, user_units
from moothall.core.pdf.reader.upload_inspection import as_uploaded, count_bookmarks, of_pages, shortcomings


def run(job: dict[str, Any], more_time: Callable[[float], None]) -> bytes:
    """The job's answer as JSON; an error that the user can mend is an answer too.

    ``more_time`` is called, once the pages are counted, with the seconds that they may add.
    """
    try:
        answer = _answer(job, more_time)
    except CannotRead as error:
        answer = {"error": _kind(error), "message": str(error)}
    return json.dumps(answer, ensure_ascii=True).encode()


def _answer(job: dict[str, Any], more_time: Callable[[float], None]) -> dict[str, Any]:
    """The answer of a job. A paper over which the mending stumbles is read again and taken as it is."""
    do = _JOBS[job["kind"]]
    try:
        return do(job, more_time)
    except CannotMend:
        return do({**job, "mending": False}, lambda _: None)


def _take(job: dict[str, Any], more_time: Callable[[float], None]) -> dict[str, Any]:
    findings = Findings()
    out = Path(job["out"])
    with opened(Path(job["source"]), scratch=_scratch(out), most_pages=job["pages"], findings=findings) as pdf:
        seconds = _seconds(pdf, job, more_time)
        about = clean(pdf, findings, _scratch(out), mending=job.get("mending", True))
        find_broken(pdf, findings, seconds)
        units = user_units(pdf)
        save(pdf, out)
    pages = read_pages(out, units=units, seconds=seconds, findings=findings)
    return {
        "sha256": job["sha256"],
        "pages": [asdict(page) for page in pages],
        "tagged": about.tagged,
        "title": about.title,
        "language": about.language,
        "cautions": [asdict(caution) for caution in findings.cautions()],
    }


def _seconds(pdf: Pdf, job: dict[str, Any], more_time: Callable[[float], None]) -> float:
    most: float = job["longest"]
    more: float = len(pdf.pages) * job["seconds_per_page"]
    more_time(more)
    return min(most, more + float(job["seconds"]))


def _inspect(job: dict[str, Any], more_time: Callable[[float], None]) -> dict[str, Any]:
    findings = Findings()
    out = Path(job["out"])
    with opened(Path(job["source"]), scratch=_scratch(out), most_pages=job["pages"], findings=findings) as pdf:
        seconds = _seconds(pdf, job, more_time)
        settle_geometry(pdf, Findings())
        uploaded = as_uploaded(pdf) | {"shortcomings": shortcomings(pdf)}
        about = clean(pdf, findings, _scratch(out), mending=job.get("mending", True))
        find_broken(pdf, findings, seconds)
        units = user_units(pdf)
        bookmarks = count_bookmarks(pdf)
        save(pdf, out)
    pages = read_pages(out, units=units, seconds=seconds, findings=findings, examine=False)
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


def _fold(job: dict[str, Any], more_time: Callable[[float], None]) -> dict[str, Any]:
    """Fold a paper that was taken in; the file ``out`` becomes its quire, packed up.

    Where the taken file itself is no PDF any more, nothing is folded: whoever binds it says what is wrong.
    """
    more_time(len(job["clear"]) * job["seconds_per_page"])
    clear = tuple(map(tuple, job["clear"]))
    part = Part(Path(job["source"]), job["title"], "", (), clear=clear, text=tuple(job["text"]))
    try:
        quire = with_deep_stack(lambda: fold(part, job["language"]))
    except CannotRead:
        return {"folded": False}
    Path(job["out"]).write_bytes(pack_up(quire))
    return {"folded": True}


def _scratch(out: Path) -> Path:
    """A second file beside ``out``, in the folder that the asker removes."""
    return out.with_name("scratch.pdf")


def _read_scan(job: dict[str, Any], _: Callable[[float], None]) -> dict[str, Any]:
    """Lay the text that ocrmypdf reads under the pictures; pages with text of their own stay as they are."""
    options = ["--skip-text", "--quiet", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
    environment = {**os.environ, "TMPDIR": str(Path(job["out"]).parent)}
    done = subprocess.run([job["command"], *options, job["source"], job["out"]], check=False, env=environment)
    if done.returncode or not Path(job["out"]).exists():
        raise CannotRead(f"ocrmypdf ended with {done.returncode}.")
    return {}


def save(pdf: Pdf, out: Path) -> None:
    """Write a PDF so that equal input gives equal bytes."""
    pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, encryption=False)


def _kind(error: CannotRead) -> str:
    if isinstance(error, PasswordNeeded):
        return "password-needed"
    return "took-too-long" if isinstance(error, TookTooLong) else "cannot-read"


_JOBS = {"take": _take, "inspect": _inspect, "read-scan": _read_scan, "fold": _fold}
