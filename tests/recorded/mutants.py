"""Draws single-point changes of the code and records which tests notice them.

    python tests/recorded/mutants.py draw
    python tests/recorded/mutants.py run --tree COPY --out results.jsonl
    python tests/recorded/mutants.py pair >> tests/recorded/mutant_names.toml
    python tests/recorded/mutants.py compare before.jsonl after.jsonl

A mutant is described by its function and the text of its line, never by its file, so that it can be made again after
functions have moved. ``mutant_names.toml`` pairs names and lines of the draw with those of today. ``run`` changes the
sources in COPY, which must not be a git work tree, one mutant at a time, and can be stopped and started again.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import difflib
import json
import keyword
import os
import random
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

Names = dict[str, dict[str, Any]]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DRAWN = HERE / "data" / "mutants.jsonl"
NAMES = HERE / "mutant_names.toml"
SEED = 20141124
WANTED = {True: 100, False: 200}
"""How many mutants are drawn from the engines, and from everything else, where the rules of law are."""
ENGINES = ("core/press/", "core/figures/")
SECONDS_PER_TEST = 300
SECONDS_PER_MUTANT = 3600
"""Both leave room for a run at low priority on a busy machine; only a mutant that never ends needs them."""
NAME = re.compile(r"[A-Za-z_]\w*")
NOT_MUTATED = ("/migrations/", "/locale/")
COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
TEXTS = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple)
"""What + joins and - cannot take away, when it is text or a list: such a mutant would only raise an error."""

# The tests that are nearest to a folder, by the start of the path at the time of the draw; the longest start counts.
NEAREST = {
    "": ("tests/permissions", "tests/foundation", "tests/pages"),
    "actor.py": ("tests/permissions",),
    "api": ("tests/website",),
    "audit": ("tests/permissions", "tests/jobs"),
    "backups": ("tests/server",),
    "bodies": ("tests/bodies", "tests/workspace"),
    "cli": ("tests/cli", "tests/server"),
    "core": ("tests/packs", "tests/clocks"),
    "core/clocks": ("tests/clocks", "tests/meetings", "tests/cli"),
    "core/figures": ("tests/figures", "tests/cli"),
    "core/press": ("tests/packs", "tests/papers"),
    "core/press/binding": ("tests/pdf/merge", "tests/packs"),
    "core/press/html_pack": ("tests/packs/web_edition", "tests/packs"),
    "core/press/intake": ("tests/pdf/reader", "tests/packs"),
    "core/press/readers": ("tests/documents/readers", "tests/packs"),
    "core/press/setting": ("tests/pdf/typeset", "tests/packs"),
    "core/press/tree": ("tests/documents/tree", "tests/packs"),
    "councils": ("tests/permissions", "tests/foundation", "tests/workspace"),
    "demo_council": ("tests/server", "tests/foundation"),
    "design": ("tests/pages", "tests/workspace", "tests/website"),
    "forward_plan": ("tests/forward_plan", "tests/workspace"),
    "importers": ("tests/importers", "tests/workspace"),
    "jobs": ("tests/jobs", "tests/server"),
    "meetings": ("tests/meetings", "tests/workspace"),
    "people": ("tests/people", "tests/workspace"),
    "serving": ("tests/server", "tests/foundation"),
    "signing_in": ("tests/sign_in",),
    "verbs.py": ("tests/permissions", "tests/foundation"),
    "website": ("tests/website", "tests/pages"),
    "workspace": ("tests/workspace", "tests/pages"),
    "written": ("tests/written", "tests/website"),
}
# The same by the name of the file, which counts more.
NEAREST_BY_NAME = {"access.py": ("tests/permissions",), "public.py": ("tests/website",)}


@dataclass(frozen=True)
class Mutant:
    """One change: ``line`` becomes ``mutant`` in ``function``, at the ``nth`` line with that text there, from 0.

    ``file`` is where it was drawn; it names the nearest tests, and chooses among functions of one name.
    """

    number: int
    kind: str
    function: str
    line: str
    mutant: str
    nth: int
    file: str


def main() -> None:
    """Draw, run or compare."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = asked.add_subparsers(dest="what", required=True)
    what.add_parser("draw", help="choose the mutants of this work tree")
    run = what.add_parser("run", help="run the nearest tests for each mutant")
    run.add_argument("--tree", type=Path, required=True, help="the copy whose sources are changed")
    run.add_argument("--out", type=Path, required=True, help="a file of results, which is added to")
    what.add_parser("pair", help="print entries for mutant_names.toml, for mutants that are no longer found")
    compare = what.add_parser("compare", help="show which mutants were killed in one run only")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    given = asked.parse_args()
    if given.what == "draw":
        _write_lines(DRAWN, (asdict(each) for each in draw_mutants(ROOT / "src" / "moothall")))
    elif given.what == "run":
        run_mutants(given.tree.resolve(), given.out.resolve())
    elif given.what == "pair":
        _print_pairs(*pair_mutants(ROOT / "src" / "moothall", read_names()))
    else:
        sys.exit(compare_results(_read_lines(given.before), _read_lines(given.after)))


def read_names() -> Names:
    """Return what was renamed since the draw."""
    return tomllib.loads(NAMES.read_text("utf-8"))


def _print_pairs(paired: dict[int, dict[str, str]], lost: list[Mutant]) -> None:
    for number, names in paired.items():
        print(f"\n[mutants.{number}]")
        for key, value in names.items():
            print(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    for mutant in lost:
        print(f"{mutant.number} is not found: {mutant.file}: {mutant.function}: {mutant.line}", file=sys.stderr)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


# Drawing


def draw_mutants(source: Path) -> list[Mutant]:
    """Choose the mutants by chance, the same every time for the same sources."""
    found = [each for path in _modules(source) for each in _mutants_of(path, source)]
    chance = random.Random(SEED)  # noqa: S311 - no secret
    chosen: list[int] = []
    for engines, wanted in WANTED.items():
        places = [place for place, each in enumerate(found) if each[-1].startswith(ENGINES) is engines]
        chosen += chance.sample(places, wanted)
    return [Mutant(number, *found[place]) for number, place in enumerate(sorted(chosen), 1)]


def _modules(source: Path) -> list[Path]:
    return [path for path in sorted(source.rglob("*.py")) if not any(part in path.as_posix() for part in NOT_MUTATED)]


def _mutants_of(path: Path, source: Path) -> Iterator[tuple[str, str, str, str, int, str]]:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    functions = _functions(tree)
    for kind, (row, start, end), replacement in _changes(tree, lines):
        old = lines[row]
        new = (old.encode()[:start] + replacement.encode() + old.encode()[end:]).decode()
        if not _parses([*lines[:row], new, *lines[row + 1 :]]):
            continue
        function, first = _innermost(functions, row)
        nth = sum(line.strip() == old.strip() for line in lines[first:row])
        yield kind, function, old.strip(), new.strip(), nth, path.relative_to(source).as_posix()


def _parses(lines: list[str]) -> bool:
    try:
        ast.parse("\n".join(lines))
    except SyntaxError:
        return False
    return True


@dataclass(frozen=True)
class _Function:
    name: str
    first: int
    last: int


def _functions(tree: ast.Module) -> list[_Function]:
    """Return functions and classes by their full names, with their first and last row from 0; outer ones first."""
    found: list[_Function] = []

    def walk(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = outer
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{outer}.{child.name}" if outer else child.name
                found.append(_Function(name, child.lineno - 1, (child.end_lineno or child.lineno) - 1))
            walk(child, name)

    walk(tree, "")
    return found


def _innermost(functions: list[_Function], row: int) -> tuple[str, int]:
    around = [each for each in functions if each.first <= row <= each.last]
    return (around[-1].name, around[-1].first) if around else ("", 0)


Spot = tuple[int, int, int]


def _changes(tree: ast.Module, lines: list[str]) -> Iterator[tuple[str, Spot, str]]:
    """Give each change: its kind, its row with the first and last byte, and what is put there."""
    for node in _behaviour(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            before, after = COMPARISONS[type(node.ops[0])]
            if spot := _between(node.left, node.comparators[0], before, lines):
                yield "comparison", spot, after
        elif isinstance(node, ast.BoolOp):
            yield from _dropped(node, lines)
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value in {0, 1}:
            yield "number", (node.lineno - 1, node.col_offset, node.end_col_offset or 0), str(1 - node.value)
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            yield from _turned(node, lines)


def _behaviour(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes that run: no decorators, which hold the texts and options of commands, and no annotations."""
    for name, value in ast.iter_fields(tree):
        if name in {"decorator_list", "annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            if isinstance(child, ast.AST):
                yield child
                yield from _behaviour(child)


def _between(left: ast.expr, right: ast.expr, sign: str, lines: list[str]) -> Spot | None:
    """Return where the sign between two expressions is, when both are on one line."""
    if left.end_lineno != right.lineno:
        return None
    row = right.lineno - 1
    start, end = left.end_col_offset or 0, right.col_offset
    gap = lines[row].encode()[start:end].decode()
    found = re.search(rf"(?<![\w<>=!]){re.escape(sign)}(?![\w<>=])", gap)
    return (
        (row, start + len(gap[: found.start()].encode()), start + len(gap[: found.end()].encode())) if found else None
    )


def _dropped(node: ast.BoolOp, lines: list[str]) -> Iterator[tuple[str, Spot, str]]:
    """Give the change that drops the last condition, and the one that drops the first."""
    first, second, *_ = node.values
    before, last = node.values[-2:]
    if before.end_lineno == last.lineno == last.end_lineno:
        line = lines[last.lineno - 1].encode()
        start, end = before.end_col_offset or 0, last.end_col_offset or 0
        opened = line[start : last.col_offset].count(b"(")
        closed = re.match(rb"\)*", line[end:])
        yield "condition", (last.lineno - 1, start, end + min(opened, len(closed[0]) if closed else 0)), ""
    if first.lineno == first.end_lineno == second.lineno:
        line = lines[first.lineno - 1].encode()
        if joined := re.match(rb"\s*(and|or)\s+", line[first.end_col_offset : second.col_offset]):
            yield "condition", (first.lineno - 1, first.col_offset, (first.end_col_offset or 0) + joined.end()), ""


def _turned(node: ast.BinOp | ast.AugAssign, lines: list[str]) -> Iterator[tuple[str, Spot, str]]:
    sign, other = ("+", "-") if isinstance(node.op, ast.Add) else ("-", "+")
    left, right = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
    if any(isinstance(side, TEXTS) and not _is_number(side) for side in (left, right)):
        return
    end = "=" if isinstance(node, ast.AugAssign) else ""
    if spot := _between(left, right, sign + end, lines):
        yield "sign", spot, other + end


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


# Finding a mutant's place again


@dataclass(frozen=True)
class Place:
    """A row of a file, from 0."""

    path: Path
    row: int


def find_place(mutant: Mutant, source: Path, names: Names) -> Place | None:
    """Return where a mutant is to be made; None if its function or line no longer exists.

    Among several functions of one name, the one whose path is most like the path of the draw is taken.
    """
    places = [place for path in _modules(source) for place in _places(path, mutant.function, mutant.line, mutant.nth)]
    if not places:
        now = rename(mutant, names)
        places = [place for path in _modules(source) for place in _places(path, now.function, now.line, now.nth)]
    wanted = Path(mutant.file)
    return max(places, key=lambda place: _likeness(place.path.relative_to(source), wanted), default=None)


def rename(mutant: Mutant, names: Names) -> Mutant:
    """Return a mutant in the words of today: as its own entry says, else word by word."""
    words = names.get("words", {})

    def in_words_of_today(text: str) -> str:
        return re.sub(r"\w+", lambda word: words.get(word[0], word[0]), text)

    texts = {key: in_words_of_today(getattr(mutant, key)) for key in ("function", "line", "mutant")}
    return replace(mutant, **{**texts, **names.get("mutants", {}).get(str(mutant.number), {})})


def pair_mutants(source: Path, names: Names) -> tuple[dict[int, dict[str, str]], list[Mutant]]:
    """Return the likeliest names of today for mutants that are not found, and the mutants without any.

    A line is taken for the same one when only names in it differ; the file and the function decide between several.
    """
    paired: dict[int, dict[str, str]] = {}
    lost: list[Mutant] = []
    for row in _read_lines(DRAWN):
        mutant = Mutant(**row)
        if find_place(mutant, source, names) is None:
            likely = max(_like_lines(mutant, source), default=None)
            if likely is None:
                lost.append(mutant)
            else:
                paired[mutant.number] = likely[1]
    return paired, lost


def _like_lines(mutant: Mutant, source: Path) -> Iterator[tuple[float, dict[str, str]]]:
    """Give lines of the same folder in which only names differ, with how like they are."""
    top = Path(mutant.file).parts[0]
    for path in _modules(source):
        lines, functions = _read(path)
        for row, line in enumerate(each.strip() for each in lines):
            if _shape(line) != _shape(mutant.line) or path.relative_to(source).parts[0] != top:
                continue
            function, first = _innermost(functions[1:], row)
            if sum(each.strip() == line for each in lines[first:row]) == mutant.nth:
                like = difflib.SequenceMatcher(None, line, mutant.line).ratio()
                like += difflib.SequenceMatcher(None, function, mutant.function).ratio() / 5
                like += (path.name == Path(mutant.file).name) / 3
                yield like, _names_of_today(mutant, function, line)


def _shape(line: str) -> str:
    return NAME.sub(lambda name: name[0] if keyword.iskeyword(name[0]) else "N", line)


def _names_of_today(mutant: Mutant, function: str, line: str) -> dict[str, str]:
    words = dict(zip(NAME.findall(mutant.line), NAME.findall(line), strict=True))
    changed = NAME.sub(lambda name: words.get(name[0], name[0]), mutant.mutant)
    told = {"function": function, "line": line, "mutant": changed}
    return {key: value for key, value in told.items() if value != getattr(mutant, key)}


def _places(path: Path, function: str, line: str, nth: int) -> Iterator[Place]:
    lines, functions = _read(path)
    for each in functions or ():
        if each.name == function:
            rows = [row for row in range(each.first, each.last + 1) if lines[row].strip() == line]
            if len(rows) > nth:
                yield Place(path, rows[nth])


@cache
def _read(path: Path) -> tuple[list[str], list[_Function]]:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    return lines, [_Function("", 0, len(lines) - 1), *_functions(ast.parse(text))]


def _likeness(path: Path, wanted: Path) -> tuple[bool, bool, int]:
    return path == wanted, path.name == wanted.name, len(set(path.parts) & set(wanted.parts))


# Running


def run_mutants(tree: Path, out: Path) -> None:
    """Run the nearest tests for each mutant that has no result yet."""
    if (tree / ".git").exists():
        raise SystemExit(f"{tree} is a git work tree. Make a copy of it without .git, since its files are changed.")
    names = read_names()
    _put_back(tree)
    done = {row["number"] for row in _read_lines(out)}
    for row in _read_lines(DRAWN):
        mutant = Mutant(**row)
        if mutant.number not in done:
            result = _run_mutant(mutant, tree, names)
            with out.open("a", encoding="utf-8") as results:
                results.write(json.dumps({"number": mutant.number, **result}, ensure_ascii=False) + "\n")
            print(mutant.number, result, flush=True)


def nearest_tests(file: str, names: Names) -> tuple[str, ...]:
    """Return the folders of tests that are nearest to a file of the draw."""
    start = max((each for each in NEAREST if file.startswith(each)), key=len)
    nearest = NEAREST_BY_NAME.get(Path(file).name, ())
    folders = dict.fromkeys((*NEAREST[start][:1], *nearest) if nearest else NEAREST[start])
    return tuple(names.get("tests", {}).get(each, each) for each in folders)


def _run_mutant(mutant: Mutant, tree: Path, names: Names) -> dict[str, object]:
    source = tree / "src" / "moothall"
    place = find_place(mutant, source, names)
    if place is None:
        return {"result": "not found"}
    tests = tuple(each for each in nearest_tests(mutant.file, names) if (tree / each).is_dir())
    failing = _failing(tree, tests)
    files = [file for file in _sorted_tests(tree, tests, place.path) if file not in failing]
    began = time.monotonic()
    same = place.path.read_text("utf-8").splitlines()[place.row].strip() == mutant.line
    with _changed(tree, place, (mutant if same else rename(mutant, names)).mutant):
        code, failed = _test(tree, files, ["-x", *(f"--deselect={test}" for test in failing)])
    seconds = round(time.monotonic() - began)
    outcome = {None: "timeout", 0: "survived", 5: "no tests"}.get(code, "killed")
    test, reason = next(iter(failed.items()), ("", ""))
    if "Timeout" in reason:
        outcome = "timeout"
    return {"result": outcome, "test": test, "why": reason[:120], "seconds": seconds}


def _sorted_tests(tree: Path, tests: tuple[str, ...], path: Path) -> list[str]:
    """Return the files of tests, first those that name the changed module."""
    files = list(dict.fromkeys(file for each in tests for file in sorted((tree / each).rglob("test_*.py"))))
    module = ".".join(path.relative_to(tree / "src").with_suffix("").parts)
    words = {module, module.rpartition(".")[0]} - {"moothall"}
    texts = {file: file.read_text("utf-8") for file in files}
    near = sorted(files, key=lambda file: (module not in texts[file], not any(word in texts[file] for word in words)))
    return [file.relative_to(tree).as_posix() for file in near]


@cache
def _failing(tree: Path, tests: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tests that fail, and the files that cannot be read, without any mutant; they are looked for once."""
    kept = tree / "failing-without-mutants.json"
    known = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    key = " ".join(tests)
    if key not in known:
        code, failing = _test(tree, list(tests), ["--continue-on-collection-errors"], seconds=10 * SECONDS_PER_MUTANT)
        if code is None:
            raise SystemExit(f"The tests of {key} take too long even without a mutant.")
        known[key] = list(failing)
        kept.write_text(json.dumps(known, indent=1), "utf-8")
    return tuple(known[key])


def _test(
    tree: Path, tests: list[str], options: list[str], seconds: int = SECONDS_PER_MUTANT
) -> tuple[int | None, dict[str, str]]:
    """Run tests; return pytest's exit code, None if they took too long, and the tests that failed with the reason."""
    fixed = ["-n", "0", "-q", "-rfE", "-p", "no:cacheprovider", "--tb=no", "--no-header", "--timeout"]
    command = [tree / ".venv" / "bin" / "python", "-m", "pytest", *fixed, str(SECONDS_PER_TEST)]
    command += ["-m", "not slow and not browser", *options, *tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"}
    process = subprocess.Popen(
        command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, {}
    failed = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - (.*))?$", out.decode(errors="replace"), re.MULTILINE)
    return process.returncode, dict(failed)


@contextlib.contextmanager
def _changed(tree: Path, place: Place, mutant: str) -> Iterator[None]:
    """Change one line for as long as the tests run. The original is kept beside, in case the run is killed."""
    text = place.path.read_text("utf-8")
    times = place.path.stat()
    lines = text.splitlines(keepends=True)
    old = lines[place.row]
    indent = old[: len(old) - len(old.lstrip())]
    lines[place.row] = f"{indent}{mutant}\n"
    kept = {"path": str(place.path), "text": text, "times": [times.st_atime_ns, times.st_mtime_ns]}
    _kept(tree).write_text(json.dumps(kept), "utf-8")
    place.path.write_text("".join(lines), "utf-8")
    try:
        yield
    finally:
        _put_back(tree)


def _kept(tree: Path) -> Path:
    return tree / "before-mutant.json"


def _put_back(tree: Path) -> None:
    if _kept(tree).exists():
        kept = json.loads(_kept(tree).read_text("utf-8"))
        Path(kept["path"]).write_text(kept["text"], "utf-8")
        os.utime(kept["path"], ns=tuple(kept["times"]))
        _kept(tree).unlink()


# Comparing


def compare_results(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> int:
    """Show how many mutants were killed, and which only before or only after; 1 if any was killed only before."""
    drawn = {row["number"]: Mutant(**row) for row in _read_lines(DRAWN)}
    one, two = ({row["number"]: row["result"] for row in rows} for rows in (before, after))
    for name, results in (("before", one), ("after", two)):
        print(f"{name}: {dict(sorted(Counter(results.values()).items()))}")
    worse = [number for number in one if one[number] == "killed" and two.get(number, "killed") != "killed"]
    for number in worse:
        mutant = drawn[number]
        print(f"{number} was killed and is {two[number]}: {mutant.function}: {mutant.line}  ->  {mutant.mutant}")
    return 1 if worse else 0


if __name__ == "__main__":
    main()
