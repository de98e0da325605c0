"""The rules of the house, held against its source: what docs/developers/structure.md says is so.

Each rule is a function from a module to what breaks it, tried on a sample that breaks it, so that no fence can stand
open unnoticed. The imports between folders are held by the contracts in pyproject.toml.
"""

import ast
import inspect
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from django.db import models

from moothall.foundation.actions import all_verbs
from moothall.foundation.councils import actions as council_actions

SOURCE = Path(__file__).parent.parent / "src" / "moothall"
WRITES = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "a")
    for name in (
        "save",
        "delete",
        "create",
        "update",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
        "execute",
        "executemany",
        "_raw_delete",
    )
)
WRITERS = {
    "foundation/audit/chain.py": "adds the entries of the log",
    "backups/backup.py": "sets its transaction's isolation",
    "backups/restore.py": "brings rows back as they were",
    "foundation/councils/triggers.py": "lays triggers",
    "foundation/councils/public_versions.py": "renews versions within an action; reads a council with its versions",
    "foundation/jobs/maintenance.py": "workers take, renew and end chores of the installation",
    "foundation/jobs/leases.py": "workers take, renew and end jobs",
    "foundation/jobs/queue.py": "puts a job in line, within the transaction of a verb",
    "foundation/jobs/recurrence.py": "puts the next occurrence of what recurs",
    "foundation/jobs/heartbeats.py": "workers note that they are alive",
    "people/end_of_office.py": "ends what ends with an office or a body, within the verb that ends that",
    "server/middleware.py": "asks the database whether it is there",
    "sign_in/jobs.py": "clears sessions that are over, which belong to no council's books",
    "people/models/accounts.py": "Django asks a manager for create_user; only a verb calls it",
    "foundation/sqlite/base.py": "tells SQLite how long to wait",
    "foundation/actions.py": "add, change and remove, by which the verbs write",
}
CLOCKS = {
    "foundation/actors.py": "the day of the moment at which an actor acts",
    "foundation/clock.py": "when an actor begins to act; in a demonstration, the same hour of its day",
    "foundation/audit/chain.py": "when an entry was written",
    "foundation/jobs/maintenance.py": "how long a worker holds a chore, and when it is due",
    "foundation/jobs/leases.py": "how long a worker holds a job",
    "foundation/jobs/queue.py": "when a job was put in line",
    "foundation/jobs/recurrence.py": "when what recurs is due",
    "foundation/jobs/heartbeats.py": "when a worker was last seen",
    "sign_in/jobs.py": "which sessions are over",
}
FOR_ANYONE = ("website", "api")
READ_BY_ANYONE = {"public", "pdf", "spreadsheet", "actions", "urls"}  # a paper and a sheet are made of public values


@cache
def house():
    """Every module that is not of the core or the command line, by its path."""
    paths = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}
    return {
        name: path.read_text("utf-8")
        for name, path in paths.items()
        if not name.startswith(("core/", "cli/")) and "migrations/" not in name
    }


def is_action(name):
    return name != "foundation/actions.py" and ("/actions/" in name or name.endswith("/actions.py"))


def calls(source):
    """The names of the methods and functions called, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node.lineno


def imported(source):
    """Every module imported, at whatever depth, as a dotted name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def writes(source):
    return [f"{name} at line {line}" for name, line in calls(source) if name in WRITES]


def asks_the_time(source):
    return [f"{name} at line {line}" for name, line in calls(source) if name in {"now", "today", "localdate"}]


def reads_more_than_is_public(source):
    """Modules of business folders that a door for anyone imports, and may not."""
    folders = {config.name for config in apps.get_app_configs() if config.name.startswith("moothall.")}
    for name in imported(source):
        parts = name.split(".")
        folder, inside = ".".join(parts[:2]), parts[2:3]
        business = folder in folders and parts[1] not in {*FOR_ANYONE, "workspace", "design_system", "foundation"}
        if business and (not inside or inside[0] not in READ_BY_ANYONE):
            yield name


def hooks(source):
    return [f"{name} at line {line}" for name, line in calls(source) if name in {"receiver", "connect"}]


def functions(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


SAMPLES = [
    pytest.param(writes, "Body.objects.of(council).update(name='x')", id="writing"),
    pytest.param(writes, "def f(row):\n    row.save()", id="saving"),
    pytest.param(asks_the_time, "import datetime\nday = datetime.date.today()", id="asking the time"),
    pytest.param(reads_more_than_is_public, "from moothall.people.models import Person", id="reading models"),
    pytest.param(reads_more_than_is_public, "def f():\n    import moothall.people.queries", id="reading queries"),
    pytest.param(reads_more_than_is_public, "from moothall.people import models", id="models by the folder"),
    pytest.param(hooks, "@receiver(post_save)\ndef f(): ...", id="a signal"),
]


@pytest.mark.parametrize(("fence", "sample"), SAMPLES)
def test_each_fence_finds_what_it_is_for(fence, sample):
    assert list(fence(sample))


def test_a_door_for_anyone_may_read_public():
    assert not list(
        reads_more_than_is_public("from moothall.people import public\nfrom moothall.foundation.errors import Refused")
    )


def test_only_actions_write():
    found = {name: writes(source) for name, source in house().items() if not is_action(name) and name not in WRITERS}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_every_excused_writer_still_writes():
    assert [name for name in WRITERS if not writes(house()[name])] == []


def test_public_doors_read_public_and_never_models():
    doors = {name: source for name, source in house().items() if name.startswith(tuple(f"{d}/" for d in FOR_ANYONE))}
    found = {name: list(reads_more_than_is_public(source)) for name, source in doors.items()}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_the_clock_of_rules_is_the_actors():
    found = {name: asks_the_time(source) for name, source in house().items() if name not in CLOCKS}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nothing_hooks_into_a_save():
    found = {name: hooks(source) for name, source in house().items() if name != "foundation/councils/apps.py"}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_model_form_and_no_admin():
    forbidden = re.compile(r"\b(ModelForm|modelform_factory|contrib\.admin)\b")
    assert [name for name, source in house().items() if forbidden.search(source)] == []


def test_nothing_has_no_home():
    names = {part for path in SOURCE.rglob("*.py") for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & {"utils", "util", "common", "helpers", "helper", "misc", "shared"}


def test_things_end_and_are_not_deleted_with_others():
    ours = [model for model in apps.get_models() if model.__module__.startswith("moothall.")]
    keys = [field for model in ours for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    assert {str(key) for key in keys if key.remote_field.on_delete is not models.PROTECT} == set()
    assert [model for model in ours if model._meta.many_to_many] == []


@pytest.mark.parametrize("name", sorted(all_verbs()))
def test_every_verb_takes_by_and_says_what_it_does(name):
    act = all_verbs()[name]
    parameters = inspect.signature(act).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["by"].default is inspect.Parameter.empty
    assert act.__doc__


def test_every_public_function_of_actions_is_a_verb():
    found = {
        f"{name.partition('/actions')[0].split('/')[-1]}.{node.name}"
        for name, source in house().items()
        if is_action(name)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    founding = f"councils.{council_actions.create_council.__name__}"
    assert found - set(all_verbs()) == {founding}


def test_functions_and_modules_stay_small():
    lengths = [
        (lines, f"{name}: {function}") for name, source in house().items() for function, lines in functions(source)
    ]
    assert [each for each in lengths if each[0] > 60] == []
    assert median(length for length, _ in lengths) <= 8
    assert [name for name, source in house().items() if source.count("\n") > 500] == []


def test_the_imports_keep_to_their_contracts():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=SOURCE.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
