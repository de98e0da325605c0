"""The press against its peers: setting the demo pack, and binding a real meeting's papers.

Peers: WeasyPrint (the same content as one HTML file) and LibreOffice (the same content as Word), qpdf and pdfunite
(the same files joined, without tags, numbers, bookmarks or checks).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pypandoc

from bench._measure import Run, figures, machine, median, run, table
from moothall.core.packs.meeting_file import load
from moothall.core.packs.order import Variant
from moothall.core.packs.pack import build
from moothall.core.pdf.cache import Store

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "demo" / "avonmere" / "2014-11-24"
SHARED = Path(os.environ.get("MOOTHALL_SHARED", ROOT.parent / "shared"))
KENT = SHARED / "papers" / "kent-cabinet-2025-01-30" / "originals"
MOOTHALL = [sys.executable, "-m", "moothall"]
HEAD = ("what", "wall", "processor", "peak memory")


def main() -> None:
    """Measure everything and print it."""
    engines = f"Typst {version('typst')}, pikepdf {version('pikepdf')}, WeasyPrint {version('weasyprint')}"
    print(f"## The press\n\n{machine()}; {engines}; {dt.datetime.now(dt.UTC):%Y-%m-%d}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        setting(work)
        if KENT.is_dir():
            binding(work)
        for pages in (1_000, 5_000):
            large(work, pages)


def setting(work: Path) -> None:
    """The demo pack, generated: cold, warm, and by the peers."""
    copy = shutil.copytree(DEMO, work / "demo")
    rows = [
        figures("Moothall, cold (process start to both packs)", median(lambda: _cold(work, copy))),
        figures("Moothall, one paragraph changed (whole process)", median(lambda: _changed(work, copy))),
        figures("Moothall, one paragraph changed (running process)", _inside(work, copy)),
    ]
    for name, measure in (("WeasyPrint", _weasyprint), ("LibreOffice (Word to PDF)", _libreoffice)):
        rows.append(figures(f"{name}, same content", measure(work)))
    table(f"Setting the demo pack ({_pages(work / 'out' / 'pack.pdf')} pages)", HEAD, rows)


def _pack(meeting: Path, work: Path, *more: str | Path) -> Run:
    out, cache = work / "out", work / "cache"
    return run([*MOOTHALL, "pack", meeting, "--out", out, "--cache", cache, "--quiet", *more])


def _cold(work: Path, demo: Path) -> Run:
    shutil.rmtree(work / "cache", ignore_errors=True)
    return _pack(demo / "meeting.toml", work)


def _change(demo: Path) -> None:
    """Another paragraph each time, so that no build finds it made already."""
    paper = demo / "12-looked-after-children.html"
    paper.write_text(paper.read_text("utf-8") + f"<p>Added at {time.time_ns()}.</p>\n", "utf-8")


def _changed(work: Path, demo: Path) -> Run:
    _change(demo)
    return _pack(demo / "meeting.toml", work)


def _inside(work: Path, demo: Path) -> Run:
    """A process that goes on running, as a web server does: no start-up, no imports."""
    store = Store(work / "cache")

    def once() -> Run:
        _change(demo)
        wall, cpu = time.perf_counter(), time.process_time()
        build(load(demo / "meeting.toml"), work / "out", store=store)
        return Run(time.perf_counter() - wall, time.process_time() - cpu, 0)

    once()
    return median(once)


def _one_html(work: Path) -> Path:
    """All pages of the web pack as one file: what the peers set."""
    html = work / "out" / "html"
    pages = [html / "index.html", *sorted(html.glob("item-*.html"))]
    bodies = (page.read_text("utf-8").partition("<main")[2].partition(">")[2].partition("</main>")[0] for page in pages)
    whole = work / "whole.html"
    style = (html / "style.css").read_text("utf-8")
    whole.write_text(
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Pack</title><style>{style}'
        f"main {{ break-before: page }}</style></head><body>{'<hr>'.join(bodies)}</body></html>",
        "utf-8",
    )
    return whole


def _weasyprint(work: Path) -> Run:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "weasyprint",
        "-q",
        "--pdf-variant",
        "pdf/ua-1",
        _one_html(work),
        work / "w.pdf",
    ]
    return median(lambda: run(command), runs=3)


def _libreoffice(work: Path) -> Run:
    word = work / "whole.docx"
    pypandoc.convert_file(str(_one_html(work)), "docx", format="html", outputfile=str(word))
    home = f"-env:UserInstallation=file://{work / 'office'}"
    command: list[str | Path] = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", work, word]
    run(command)
    return median(lambda: run(command), runs=3)


def binding(work: Path) -> None:
    """A real cabinet meeting: 35 uploaded papers joined."""
    meeting = ROOT / "tests" / "papers" / "kent-cabinet-2025-01-30.toml"
    papers = [paper.path for paper in load(meeting, papers=KENT).papers]
    joined = work / "joined.pdf"
    shutil.rmtree(work / "cache", ignore_errors=True)
    first = _pack(meeting, work, "--papers", KENT, "--variant", "full")
    rows = [
        figures("Moothall, papers never seen before", first),
        figures(
            "Moothall, papers read before", median(lambda: _pack(meeting, work, "--papers", KENT, "--variant", "full"))
        ),
        figures(
            "qpdf --empty --pages (pages only)",
            median(lambda: run(["qpdf", "--empty", "--pages", *papers, "--", joined])),
        ),
        figures("pdfunite (pages only)", median(lambda: run(["pdfunite", *papers, joined]))),
        _bound_only(meeting, work),
    ]
    table(f"Binding a cabinet's papers ({_pages(work / 'out' / 'pack.pdf')} pages)", HEAD, rows)


def _bound_only(meeting: Path, work: Path) -> tuple[str, str, str, str]:
    """The building alone, in a running process: what assembly costs beside the floor."""
    file, store = load(meeting, papers=KENT), Store(work / "cache")

    def once() -> Run:
        wall, cpu = time.perf_counter(), time.process_time()
        build(file, work / "out", store=store, variants=(Variant.FULL,))
        return Run(time.perf_counter() - wall, time.process_time() - cpu, 0)

    return figures("Moothall, papers read before (running process)", median(once))


def large(work: Path, pages: int) -> None:
    """A pack of very many pages: the demo's own papers as uploads, over and over."""
    folder = work / f"large-{pages}"
    folder.mkdir()
    meeting = _large_meeting(work, folder, pages)
    first = _pack(meeting, work, "--variant", "full")
    again = _pack(meeting, work, "--variant", "full")
    uploads = sorted(folder.glob("*.pdf"))
    floor = run(["qpdf", "--empty", "--pages", *uploads, "--", work / "joined.pdf"])
    table(
        f"A pack of {_pages(work / 'out' / 'pack.pdf')} pages from {len(uploads)} uploads",
        HEAD,
        [
            figures("Moothall, papers never seen before", first),
            figures("Moothall, papers read before", again),
            figures("qpdf --empty --pages (pages only)", floor),
        ],
    )


def _large_meeting(work: Path, folder: Path, pages: int) -> Path:
    demo = work / "demo"
    sources = [paper.path for paper in load(demo / "meeting.toml").papers]
    made = [folder / f".{source.stem}.pdf" for source in sources]
    for source, target in zip(sources, made, strict=True):
        run([*MOOTHALL, "convert", source, "--to", "pdf", "--out", target, "--cache", work / "cache"])
    names: list[str] = []
    count = 0
    while count < pages:
        source = made[len(names) % len(made)]
        name = f"{len(names):04}{source.name}"
        count += _copied(source, folder / name, len(names))
        names.append(name)
    for target in made:
        target.unlink()
    listed = "".join(f'  "{name}",\n' for name in names)
    meeting = folder / "meeting.toml"
    meeting.write_text(
        'council = "Avonmere Council"\nbody = "Cabinet"\nstart = 2014-11-24T16:30:00\nplace = "Guildhall"\n'
        f'[[item]]\nnumber = 1\ntitle = "Everything"\npapers = [\n{listed}]\n',
        "utf-8",
    )
    return meeting


def _copied(source: Path, target: Path, number: int) -> int:
    """A copy that differs in a byte, so that it is a paper of its own; gives its pages."""
    with pikepdf.open(source) as pdf:
        pdf.docinfo["/Keywords"] = str(number)
        pdf.save(target, deterministic_id=True)
        return len(pdf.pages)


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


if __name__ == "__main__":
    main()
