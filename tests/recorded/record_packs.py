"""Records from outside what Moothall makes of papers, figures and command lines.

    python tests/recorded/record_packs.py --out DIR [--only PART ...]

Nothing of Moothall is imported: the record is taken through the command ``moothall`` and public PDF tools, so that it
can be taken again after anything inside has moved. Real papers are read from the folder of ``tests/shared.py``; parts
that need them are left out where they are missing. Their words are in the record only as counts and hashes.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.recorded import command_cases as cases
from tests.recorded.files import hash_parts, write_json
from tests.recorded.pack_facts import describe_manifest, describe_pack
from tests.recorded.running import Runner, find_command, run_line
from tests.shared import shared

ROOT = Path(__file__).parents[2]
KENT = shared("papers", "kent-cabinet-2025-01-30", "originals")
BANES = shared("papers", "banes-2014-11-24")
FIGURE_PAPERS = shared("papers", "figure-papers")
HARD_PDFS = shared("papers", "hard-pdfs")
MEETINGS = ROOT / "tests" / "papers"
AT_ONCE = 2
NOT_PAPERS = {".jsonl"}
AUDIT_TABLE = "audit_entry"
"""The table of the audit log, the only name from inside: the record needs a log that somebody has changed."""

KNOWN = {"meeting", "outputs", "variant"}
"""What a manifest says that the line and its files show already."""

Facts = dict[str, Any]


def main() -> None:
    """Record the parts that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, required=True, help="the folder to write the record into")
    asked.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), metavar="PART")
    given = asked.parse_args()
    for name in given.only:
        with tempfile.TemporaryDirectory(prefix="moothall-record-") as folder:
            work = Path(folder).resolve()
            facts = PARTS[name](Runner(find_command(), work / "home"), work)
        if facts is None:
            print(f"{name}: left out, the papers are not on this machine", file=sys.stderr)
        else:
            write_json(given.out / f"{name}.json", facts)


# Packs


def record_demo_pack(runner: Runner, work: Path) -> Facts:
    """Record both variants of the demo pack."""
    return _record_pack(runner, work, ROOT / "demo" / "avonmere" / "2014-11-24" / "meeting.toml")


def record_kent_pack(runner: Runner, work: Path) -> Facts | None:
    """Record the pack of a real cabinet meeting, and its supplement."""
    if not KENT.is_dir():
        return None
    first = _record_pack(runner, work, MEETINGS / "kent-cabinet-2025-01-30.toml", "--papers", KENT)
    late = MEETINGS / "kent-cabinet-2025-01-30-supplement.toml"
    more = ("--papers", KENT, "--supplement-of", work / "pack" / "manifest.json", "--reason", "The papers were late.")
    return first | {"supplement": _record_pack(runner, work, late, *more, out="supplement")["public"]}


def _record_pack(runner: Runner, work: Path, meeting: Path, *more: str | Path, out: str = "pack") -> Facts:
    folder = work / out
    done = runner.run("pack", meeting, "--out", folder, "--quiet", *more, cwd=work)
    if done.returncode:
        raise SystemExit(f"{meeting.name} did not become a pack: {done.stderr.decode()}")
    full = json.loads((folder / "manifest.json").read_text("utf-8"))
    public = json.loads((folder / "public" / "manifest.json").read_text("utf-8"))
    return {"full": describe_pack(folder, full), "public": describe_pack(folder / "public", public)}


# Findings


def record_findings(runner: Runner, work: Path) -> Facts | None:
    """Record what the figure checker finds in the development pack."""
    return _check_all(runner, work, _papers(BANES)) if BANES.is_dir() else None


def record_findings_of_figure_papers(runner: Runner, work: Path) -> Facts | None:
    """Record what the figure checker finds in each of the real documents with figures."""
    return _check_all(runner, work, _papers(FIGURE_PAPERS)) if FIGURE_PAPERS.is_dir() else None


def _papers(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in NOT_PAPERS]


def _check_all(runner: Runner, work: Path, papers: Iterable[Path]) -> Facts:
    def check(paper: Path) -> Facts:
        done = runner.run("check", "--json", "--severity", "rounding", paper, cwd=work)
        return {"exit": done.returncode, **(_describe_findings(json.loads(done.stdout)) if done.stdout else {})}

    listed = list(papers)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip((paper.name for paper in listed), pool.map(check, listed), strict=True))


def _describe_findings(found: Facts) -> Facts:
    coverage = {
        key: sum(value.values()) if isinstance(value, dict) else value for key, value in found["coverage"].items()
    }
    return {
        "findings": [_describe_finding(each) for each in found["findings"]],
        "coverage": coverage,
        "cautions": [[each["code"], each["place"]] for each in found["cautions"]],
    }


def _describe_finding(finding: Facts) -> Facts:
    """Return a finding without its sentences: where it is, what figures it compares, and what else belongs to it."""
    told = {
        "rule": finding["rule"],
        "severity": finding["severity"],
        "at": _position(finding["location"]),
        "quote": hash_parts([finding["quote"]]),
        "values": re.findall(r"-?[0-9][0-9,.]*(?:[0-9]|%)?", finding["computed"]),
        "evidence": [_position(each) for each in finding["evidence"]],
    }
    if finding["also"]:
        told["also"] = [_describe_finding(each) for each in finding["also"]]
    return told


def _position(location: Facts) -> list[object]:
    """Return page, line, first and last letter."""
    return [location[key] for key in ("page", "line", "start", "end")]


# PDFs that make tools fail


def record_hard_pdfs(runner: Runner, work: Path) -> Facts | None:
    """Record which of the hard PDFs are read, and the main facts that are said of them."""
    if not HARD_PDFS.is_dir():
        return None

    def inspect(paper: Path) -> Facts:
        done = runner.run("inspect", "--json", paper, cwd=work)
        told = json.loads(done.stdout) if done.returncode == 0 else {}
        facts = {key: told[key] for key in ("pages", "version", "encryption", "bookmarks", "images") if key in told}
        return {"exit": done.returncode, **facts}

    papers = _papers(HARD_PDFS)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip((paper.name for paper in papers), pool.map(inspect, papers), strict=True))


# Command lines


def record_deadlines(runner: Runner, work: Path) -> Facts:
    """Record the dates that the command shows, by rule."""

    def ask(options: str) -> Facts:
        shown = runner.run("deadlines", "--json", *options.split(), cwd=work).stdout
        return {each["rule"]: [each["sense"], each["day"], each["by"], each["moment"]] for each in json.loads(shown)}

    return {options: ask(options) for options in cases.DEADLINES}


def record_commands(runner: Runner, work: Path) -> Facts:
    """Record exit codes and files of the commands that need no database."""
    return _run_scenarios(runner, work, cases.COMMANDS)


def record_commands_with_database(runner: Runner, work: Path) -> Facts:
    """Record exit codes and files of the commands that work with a database."""
    beginning = _run_scenarios(runner, work, {"beginning": cases.BEGINNING})
    return beginning | _run_scenarios(runner, work, cases.HOUSE, start=work / "beginning")


def record_demo_command(runner: Runner, work: Path) -> Facts:
    """Record exit codes and files of ``moothall demo``."""
    return _run_scenarios(runner, work, {"demo": cases.DEMO})


def _run_scenarios(
    runner: Runner, work: Path, scenarios: dict[str, list[str]], start: Path | None = None
) -> dict[str, Any]:
    def play(name: str) -> Facts:
        folder = work / name
        folder.mkdir()
        cases.write_inputs(folder)
        if start is not None:
            shutil.copytree(start / "data", folder / "data")
        given = {"MOOTHALL_MODE": "test", "MOOTHALL_DATA": str(folder / "data")}
        played: Facts = {}
        for line in scenarios[name]:
            if told := _play_line(runner, line, folder, given):
                played[_name(line, played)] = told
        return played

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(scenarios, pool.map(play, scenarios), strict=True))


def _play_line(runner: Runner, line: str, folder: Path, given: dict[str, str]) -> Facts | None:
    if line == "tamper":
        _change_an_entry(next((folder / "data").glob("*.sqlite3")))
        return None
    if line.startswith("$ "):
        subprocess.run(["/bin/sh", "-c", line[2:]], cwd=folder, check=True)
        return None
    told = run_line(runner, line, folder, **given)
    if told["exit"] == 0 and (out := re.search(r" pack .*--out (\S+)", line)):
        manifest = json.loads((folder / out[1] / "manifest.json").read_text("utf-8"))
        told["manifest"] = {key: value for key, value in describe_manifest(manifest).items() if key not in KNOWN}
    return told


def _name(line: str, played: Facts) -> str:
    """Return a line's name in the record: itself, or with a number if it was played before."""
    times = sum(name == line or name.startswith(f"{line} (again") for name in played)
    return f"{line} (again: {times})" if times else line


def _change_an_entry(database: Path) -> None:
    """Change the first entry of the audit log as somebody with access to the database could."""
    with sqlite3.connect(database) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        columns = connection.execute(f"PRAGMA table_info({AUDIT_TABLE})").fetchall()
        texts = [name for _, name, kind, *_ in columns if kind.startswith("varchar") and "digest" not in name]
        for name in texts:
            connection.execute(f'UPDATE {AUDIT_TABLE} SET "{name}" = "{name}" || \'x\' WHERE id = 1')  # noqa: S608 - our own names
    connection.close()


PARTS: dict[str, Callable[[Runner, Path], Facts | None]] = {
    "demo_pack": record_demo_pack,
    "kent_pack": record_kent_pack,
    "findings": record_findings,
    "findings_of_figure_papers": record_findings_of_figure_papers,
    "hard_pdfs": record_hard_pdfs,
    "deadlines": record_deadlines,
    "commands": record_commands,
    "commands_with_database": record_commands_with_database,
    "demo_command": record_demo_command,
}

if __name__ == "__main__":
    main()
