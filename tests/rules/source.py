"""The source of Moothall, and what its modules call and import."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent.parent / "src" / "moothall"

Rule = Callable[[str], Iterable[str]]


@cache
def _python_files() -> dict[str, str]:
    return {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}


@cache
def modules() -> dict[str, str]:
    """Return the source of every module by its path, without migrations."""
    return {path: text for path, text in _python_files().items() if "migrations/" not in path}


@cache
def django_modules() -> dict[str, str]:
    """Return every module outside the core, the command line and migrations."""
    return {path: text for path, text in modules().items() if not path.startswith(("core/", "cli/"))}


@cache
def migrations() -> dict[str, str]:
    """Return every migration by its path."""
    return {path: text for path, text in _python_files().items() if "migrations/" in path}


def find_breaches(rule: Rule, sources: Mapping[str, str], allowed: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return what breaks a rule, by path; paths in ``allowed`` are exempt."""
    found = {path: list(rule(text)) for path, text in sources.items() if path not in set(allowed)}
    return {path: breaches for path, breaches in found.items() if breaches}


def find_unused(rule: Rule, sources: Mapping[str, str], allowed: Iterable[str]) -> list[str]:
    """Return the exceptions that are not needed: the path is gone or keeps the rule."""
    return [path for path in allowed if path not in sources or not list(rule(sources[path]))]


def is_action(path: str) -> bool:
    """Whether a module contains actions."""
    return path != "foundation/actions.py" and ("/actions/" in path or path.endswith("/actions.py"))


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Return every node of a module's syntax tree."""
    return tuple(ast.walk(ast.parse(source)))


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last part of the name it calls."""
    for node in nodes(source):
        if isinstance(node, ast.Call):
            yield dotted(node.func).rpartition(".")[2], node


def dotted(node: ast.AST) -> str:
    """Return a name with its attributes ("body.memberships.add"); a call in it counts as its name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def imported(source: str) -> Iterator[tuple[str, str]]:
    """Yield every imported name, absolute and dotted, with the name that the module uses for it."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", alias.asname or alias.name) for alias in node.names)


def absolute_calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with its absolute dotted name, resolved by the module's imports."""
    names = {used: name for name, used in imported(source)}
    for _, node in calls(source):
        path = dotted(node.func)
        used = max((each for each in names if f"{path}.".startswith(f"{each}.")), key=len, default="")
        yield (names[used] + path[len(used) :] if used else path), node


def describe(name: str, node: ast.AST) -> str:
    """Return a breach with its line."""
    return f"{name} at line {getattr(node, 'lineno', 0)}"
