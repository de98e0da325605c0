"""Measure the figure checker: errors found, false findings and speed."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import figures_aggrecol
from bench._measure import machine, run, table
from bench._mutants import Caught, check_mutant, make_mutants
from bench._packs import make_pack
from moothall.core.figures import Severity, check_paper, read_paper
from tests.figures.labels import load_labels, score_findings

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MOOTHALL_SHARED", ROOT.parent / "shared"))
BANES = SHARED / "papers" / "banes-2014-11-24"
KENT = SHARED / "papers" / "kent-cabinet-2025-01-30" / "originals"
DEMO = ROOT / "demo" / "avonmere" / "2014-11-24"
PAGES = 96
"""The pages of the development pack as printed. Its text does not mark them."""
SEEDS = range(1_000, 1_080)
"""The seeds of packs for mutants. The rules were developed with other seeds (0 to 60)."""
SOUND = range(2_000, 2_500)


def main() -> None:
    """Measure everything and print it."""
    with_ = f"pypdfium2 {version('pypdfium2')}; {dt.datetime.now(dt.UTC):%Y-%m-%d}"
    print(f"## The figure checker\n\n{machine()}; {with_}")
    measure_consistent_packs()
    measure_mutants()
    if BANES.is_dir():
        measure_labelled_pack()
        print("\n### AggreCol, validation set\n")
        figures_aggrecol.main()
        measure_speed()


def measure_labelled_pack() -> None:
    """Compare the findings on the development pack with its labels."""
    paper = read_paper(BANES / "pack.txt")
    report = check_paper(paper)
    labels = load_labels(BANES / "labels-sample.jsonl", ROOT / "tests" / "figures" / "labels-banes.jsonl")
    found = score_findings(report.findings, labels, paper.lines)
    mine = [label for label in (*found.found, *found.missed) if label.kind != "other"]
    hit = [label for label in found.found if label.kind != "other"]
    graded = len(found.right) + len(found.wrong)
    coverage = report.coverage
    rows = [
        _format_share("recall of all labelled errors", len(found.found), len(found.found) + len(found.missed)),
        _format_share("recall of labelled errors of figures", len(hit), len(mine)),
        _format_share("precision of error-grade findings", len(found.right), graded),
        ("explained by rounding, yet flagged as error", str(len(found.rounding_as_error)), ""),
        _format_share(
            "relations recognised that could be checked", coverage.checked.total(), coverage.recognised.total()
        ),
    ]
    table("The development pack, labelled by readers (not blind)", ("what", "share", "cases"), rows)
    kinds = Counter(label.kind for label in (*found.found, *found.missed))
    right = Counter(label.kind for label in found.found)
    table(
        "Labelled errors by kind",
        ("kind", "shown", "cases"),
        [_format_share(kind, right[kind], number) for kind, number in kinds.most_common()],
    )


def _format_share(name: str, part: int, whole: int) -> tuple[str, str, str]:
    return name, f"{part / whole:.3f}" if whole else "–", f"{part:,} of {whole:,}"


def measure_consistent_packs() -> None:
    """Count findings on packs without errors."""
    grades: Counter[Severity] = Counter()
    for seed in SOUND:
        grades.update(finding.severity for finding in check_paper(read_paper(make_pack(seed).text())).findings)
    rows = [(grade.word, f"{grades[grade]:,}") for grade in sorted(Severity, reverse=True)]
    table(f"Findings on {len(SOUND)} consistent packs", ("grade", "findings"), rows)


def measure_mutants() -> None:
    """Count mutants found, by kind, size and changed cell."""
    tried = [check_mutant(mutant) for seed in SEEDS for mutant in make_mutants(seed)]
    single = [each for each in tried if each.mutant.size == 1]
    head = ("slip", "mutants", "found", "things changed", "of them named", "at error grade")
    sized = _group_caught(
        tried, lambda m: f"{m.mutant.kind}, {m.mutant.size}" if m.mutant.cells != "label" else m.mutant.kind
    )
    table(f"{len(tried):,} mutants by kind and number of changes", head, sized)
    derived = [m for m in single if m.mutant.kind.startswith("by ")]
    table(
        "One cell changed by two units or more",
        head,
        _group_caught(derived, lambda m: f"{m.mutant.cells}, {m.mutant.kind}"),
    )
    digits = [m for m in single if m.mutant.kind.startswith("digit")]
    rows = _group_caught(digits, lambda m: m.mutant.kind + (", two units or more" if m.mutant.far else ", less"))
    table("One cell with digits swapped or dropped", head, [*rows, *_group_caught(digits, lambda _: "all of these")])


def _group_caught(tried: Iterable[Caught], key: Callable[[Caught], str]) -> list[tuple[str, ...]]:
    groups: dict[str, list[Caught]] = {}
    for each in tried:
        groups.setdefault(key(each), []).append(each)
    return [(name, *_count_caught(groups[name])) for name in sorted(groups)]


def _count_caught(found: Sequence[Caught]) -> tuple[str, ...]:
    shown = sum(each.places > 0 for each in found)
    things, named = sum(each.mutant.size for each in found), sum(each.places for each in found)
    grave = sum(each.worst is Severity.ERROR for each in found)
    return (
        f"{len(found):,}",
        f"{shown / len(found):.3f}",
        f"{things:,}",
        f"{named / things:.3f}",
        f"{grave / len(found):.3f}",
    )


CHECK = (
    "import sys; from pathlib import Path; from moothall.core.figures import check_paper, read_paper; "
    "check_paper(read_paper(Path(sys.argv[1])))"
)
READ = (
    "import sys; from pathlib import Path; from moothall.core.figures import read_paper; read_paper(Path(sys.argv[1]))"
)
NOTHING = "import moothall.core.figures, moothall.core.documents.readers"
BARE = (
    "import sys, pypdfium2; d = pypdfium2.PdfDocument(sys.argv[1]); "
    "[d[n].get_textpage().get_text_bounded() for n in range(len(d))]"
)


def measure_speed() -> None:
    """Time whole processes. The start of a process is subtracted from pages a second."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "pack.txt"
        copies = 1_000 // PAGES + 1
        large.write_text("\n\n".join(_vary_years(copy) for copy in range(copies)), "utf-8")
        start = run([sys.executable, "-c", NOTHING]).cpu
        rows = [
            _time_process("the development pack, text", BANES / "pack.txt", PAGES, start),
            _time_process("the same, eleven times over with other figures", large, PAGES * copies, start),
        ]
    head = ("what", "pages", "wall", "processor", "pages a second", "peak memory")
    table("Text, read and checked (pages a second of processor time)", head, rows)
    if KENT.is_dir():
        _measure_pdfs(start)


def _vary_years(copy: int) -> str:
    """Return the pack with other years, so that all copies differ."""
    text = (BANES / "pack.txt").read_text("utf-8")
    return text.replace("2014", str(2014 + copy)).replace("2013", str(2013 + copy))


def _time_process(name: str, path: Path, pages: int, start: float) -> tuple[str, ...]:
    took = run([sys.executable, "-c", CHECK, path])
    rate = pages / max(0.01, took.cpu - start)
    return name, f"{pages:,}", f"{took.wall:.2f} s", f"{took.cpu:.2f} s", f"{rate:.0f}", f"{took.peak:.0f} MB"


def _measure_pdfs(start: float) -> None:
    papers = sorted(KENT.glob("*.pdf"))
    sums = {"bare text extraction (pypdfium2)": BARE, "read": READ, "read and checked": CHECK}
    rows = []
    for name, program in sums.items():
        took = [run([sys.executable, "-c", program, path]) for path in papers]
        less = 0.0 if program is BARE else start * len(papers)
        wall, cpu, peak = sum(t.wall for t in took), sum(t.cpu for t in took), max(t.peak for t in took)
        rows.append((name, f"{wall:.1f} s", f"{cpu:.1f} s", f"{cpu - less:.1f} s", f"{peak:.0f} MB"))
    head = ("what", "wall", "processor", "processor less start", "peak memory")
    table(f"The {len(papers)} papers of a cabinet (PDF), one process each", head, rows)


if __name__ == "__main__":
    main()
