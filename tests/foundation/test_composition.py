"""The composition: every declaration of a folder is in one of its lists, or nothing would know of it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django_tasks import task
from django_tasks.base import Task

from moothall import composition
from moothall.foundation import actors, permissions
from moothall.foundation.actions import VERBS, verb
from moothall.foundation.actors import Actor, Held, Role
from moothall.foundation.jobs import followers, recurrence
from moothall.foundation.jobs.followers import Event
from moothall.foundation.jobs.recurrence import Chore, Recurring
from moothall.foundation.jobs.schedules import Daily
from moothall.foundation.permissions import EVERYTHING, Row, Sight
from moothall.people import end_of_office
from moothall.people.models import Person

SOURCE = Path(composition.__file__).parent
LEFT_OUT = ("core", "cli")
"""No declaration is in the core or the command line."""


def modules() -> Iterator[ModuleType]:
    """Every module that may declare something."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] not in {*LEFT_OUT, "__main__", "wsgi", "asgi"} and not {"migrations", "__main__"} & set(parts):
            yield import_module(".".join(("moothall", *parts)).removesuffix(".__init__"))


def values(module: ModuleType) -> Iterator[Any]:
    """What a module holds by name, and what its tuples hold."""
    for value in vars(module).values():
        yield from value if isinstance(value, tuple) and type(value) is tuple else (value,)


def functions(module: ModuleType) -> Iterator[Callable[..., Any]]:
    """The public functions that a module defines."""
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
            yield value


def unlisted(module: ModuleType) -> list[str]:
    """What a module declares that is in no list of the composition."""
    listed = [*composition.ROWS, *composition.SIGHTS, *composition.SCHEDULED_JOBS, *composition.CHORES]
    found = [each for each in values(module) if isinstance(each, Row | Sight | Recurring | Chore)]
    return [
        *(str(each) for each in found if each not in listed),
        *(each.module_path for each in values(module) if isinstance(each, Task) and each not in started()),
        *(f"{module.__name__}.{each.__name__}" for each in functions(module) if not is_listed(module, each)),
    ]


def is_listed(module: ModuleType, function: Callable[..., Any]) -> bool:
    """Whether a function is in the list that it would have to be in, if in any."""
    told = function.__annotations__
    if told.get("return") == "Iterable[Held]" and "actor" in told:
        return function in composition.ROLE_SOURCES
    if told == {"term": "Term", "last_day": "dt.date", "return": "list[str]"}:
        return function in composition.END_OF_TERM
    if function in VERBS.values():
        return module.__name__.startswith(tuple(each.__name__ for each in composition.ACTIONS))
    if re.fullmatch(r"moothall\.\w+\.jobs", module.__name__):
        return function in [each.do for each in composition.CHORES]
    return True


@cache
def started() -> list[Task[..., Any]]:
    """The tasks of a list, and those that a module enqueues by name."""
    listed = [each.task for each in composition.SCHEDULED_JOBS]
    followers = [each for tasks in composition.FOLLOWERS.values() for each in tasks]
    return [*listed, *followers, *(each for module in modules() for each in enqueued(module))]


def enqueued(module: ModuleType) -> Iterator[Task[..., Any]]:
    """The tasks that a module enqueues: ``enqueue(send_letter, ...)``, ``enqueue(jobs.send_letter, ...)``."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "enqueue" and node.args:
            *owner, name = ast.unparse(node.args[0]).split(".")
            found = getattr(getattr(module, owner[0], None) if owner else module, name, None)
            if isinstance(found, Task):
                yield found


def _module(name: str, **holding: Any) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(holding)
    return made


def _function(module: str, name: str, **told: str) -> Callable[..., Any]:
    def made() -> None:
        """Do nothing."""

    made.__module__, made.__name__, made.__annotations__ = module, name, told
    return made


def _stray_verb() -> Callable[..., Any]:
    made = verb(_function("moothall.stray.actions", "forget"))
    VERBS["stray.forget"] = made
    return made


DAILY = Daily(recurrence.dt.time(3))
STRAY = [
    pytest.param(lambda: {"ROWS": (Row("stray.forget", {Role.CLERK}),)}, id="a row"),
    pytest.param(lambda: {"SIGHTS": (Sight(Person, {Role.AUTHOR}, EVERYTHING),)}, id="a sight"),
    pytest.param(
        lambda: {"roles": _function("moothall.stray.jobs", "roles", actor="Actor", **{"return": "Iterable[Held]"})},
        id="a source of roles",
    ),
    pytest.param(
        lambda: {
            "end": _function("moothall.stray.jobs", "end", term="Term", last_day="dt.date", **{"return": "list[str]"})
        },
        id="what ends with a term",
    ),
    pytest.param(lambda: {"CHORES": (Chore("stray", DAILY, print),)}, id="a chore"),
    pytest.param(lambda: {"clear": _function("moothall.stray.jobs", "clear")}, id="a function of jobs"),
    pytest.param(lambda: {"a_task": task()(_task)}, id="a task"),
    pytest.param(lambda: {"JOBS": (Recurring(task()(_task), DAILY),)}, id="a scheduled job"),
]


def _task(council: str) -> None:
    """Do nothing."""


@pytest.mark.parametrize("stray", STRAY)
def test_a_declaration_in_no_list_is_found(stray: Callable[[], dict[str, Any]]) -> None:
    assert unlisted(_module("moothall.stray.jobs", **stray()))


def test_an_action_in_no_listed_module_is_found() -> None:
    made = _stray_verb()
    try:
        assert unlisted(_module("moothall.stray.actions", forget=made)) == ["moothall.stray.actions.forget"]
    finally:
        VERBS.pop("stray.forget")


def test_every_declaration_is_in_a_list() -> None:
    assert {module.__name__: found for module in modules() if (found := unlisted(module))} == {}


def test_every_event_has_followers() -> None:
    assert set(composition.FOLLOWERS) == set(Event)


def test_every_list_reaches_the_part_that_uses_it() -> None:
    assert [row for rows in permissions.table().values() for row in rows] == sorted(
        composition.ROWS, key=lambda row: list(permissions.table()).index(row.verb)
    )
    assert sum(len(each) for each in permissions.sights().values()) == len(composition.SIGHTS)
    assert [each.task.module_path for each in composition.SCHEDULED_JOBS] == list(recurrence.recurring())
    assert [each.name for each in composition.CHORES] == list(recurrence.chores())
    assert followers._FOLLOWERS == composition.FOLLOWERS
    assert tuple(end_of_office._ENDED_WITH_TERM) == composition.END_OF_TERM
    assert tuple(actors._ROLE_SOURCES) == composition.ROLE_SOURCES


def test_a_second_installation_changes_nothing() -> None:
    before = (
        dict(permissions.table()),
        dict(permissions.sights()),
        dict(recurrence.recurring()),
        list(actors._ROLE_SOURCES),
    )
    composition.install()
    assert before == (permissions.table(), permissions.sights(), recurrence.recurring(), actors._ROLE_SOURCES)


def test_an_event_without_followers_is_a_fault() -> None:
    with pytest.raises(KeyError):
        followers.install_followers({Event.CALENDAR: composition.FOLLOWERS[Event.CALENDAR]})


@pytest.mark.django_db
def test_roles_come_from_every_source(avonmere: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "_ROLE_SOURCES", [lambda _: [Held(Role.CLERK)], lambda _: [Held(Role.CHAIR, 7)]])
    assert Actor(avonmere, "Nour Haddad", "a test", account_id=1).roles == {
        Held(Role.PUBLIC),
        Held(Role.CLERK),
        Held(Role.CHAIR, 7),
    }
