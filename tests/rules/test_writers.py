"""Only actions write, and only the foundation writes the audit log."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps

from tests.rules.source import (
    Rule,
    absolute_calls,
    calls,
    describe,
    django_modules,
    dotted,
    find_breaches,
    find_unused,
    imported,
    is_action,
    modules,
    nodes,
)

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
RELATED_WRITES = frozenset(f"{prefix}{name}" for prefix in ("", "a") for name in ("add", "set", "remove", "clear"))
WRITERS = {
    "foundation/audit/chain.py": "adds the entries of the log",
    "backups/backup.py": "sets the isolation level of its transaction",
    "backups/restore.py": "restores rows unchanged",
    "foundation/councils/triggers.py": "creates the triggers",
    "foundation/councils/public_versions.py": "renews versions within an action; reads a council with its versions",
    "foundation/jobs/maintenance.py": "takes, renews and ends the installation's chores",
    "foundation/jobs/leases.py": "takes, renews and ends jobs",
    "foundation/jobs/queue.py": "queues a job within the transaction of an action",
    "foundation/jobs/recurrence.py": "queues the next occurrence of a recurring job",
    "foundation/jobs/heartbeats.py": "records that a worker is alive",
    "people/end_of_office.py": "ends what depends on an office or a body, within the action that ends that",
    "server/middleware.py": "asks whether the database answers",
    "sign_in/jobs.py": "deletes expired sessions, which belong to no council",
    "people/models/accounts.py": "Django asks a manager for create_user; only an action calls it",
    "foundation/sqlite/base.py": "sets SQLite's busy timeout",
    "foundation/actions.py": "add, change and remove, with which the actions write",
}

ACTIONS = "moothall.foundation.actions"
WRITING_FUNCTIONS = frozenset(f"{ACTIONS}.{name}" for name in ("add", "change", "record", "remove", "end"))
ACTORS_OTHERWISE = {
    "cli/found.py": "whoever runs the command acts as the operator",
    "cli/unlock.py": "whoever runs the command acts as the operator",
    "demo/accounts.py": "the demonstration is made by the operator",
    "demo/council.py": "the demonstration is made by the operator",
    "demo/meetings.py": "the demonstration is made by the operator",
    "forward_plan/jobs.py": "a recurring job acts as the operator",
    "meetings/jobs.py": "a recurring job acts as the operator",
    "people/queries.py": "makes the actor of an account, with no roles of its own",
    "sign_in/views.py": "makes the actor of an invited person who has no account yet",
}
LOG_WRITERS = {"sign_in/log_entries.py": "attempts to sign in are no action of a person with a permission"}
HEAD = "moothall.foundation.audit.models.Head"
HEAD_READERS = {"backups/restore.py": "compares the ends of the logs with the manifest"}


def find_writes(source: str) -> Iterator[str]:
    return (describe(name, node) for name, node in calls(source) if name in WRITES)


@cache
def related_names() -> frozenset[str]:
    """Return the names of all reverse and many-to-many relations of our models and of those we use."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields(include_hidden=True)]
    reverse = {
        field.get_accessor_name()
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.many_to_many)
    }
    forward = {field.name for field in fields if field.many_to_many and not field.auto_created}
    return frozenset(filter(None, reverse | forward))


def find_related_writes(source: str) -> Iterator[str]:
    """Writes through `row.relation`, also when a variable holds the related manager."""
    held = {
        target.id
        for node in nodes(source)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr in related_names()
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for name, node in calls(source):
        if name in RELATED_WRITES and isinstance(node.func, ast.Attribute):
            receiver = node.func.value
            is_related = isinstance(receiver, ast.Attribute) and receiver.attr in related_names()
            if is_related or (isinstance(receiver, ast.Name) and receiver.id in held):
                yield describe(dotted(node.func), node)


def find_writing_functions(source: str) -> Iterator[str]:
    """The functions that write a row with its entry, imported or called by the module's name."""
    yield from (name for name, _ in imported(source) if name in WRITING_FUNCTIONS)
    yield from (describe(name, node) for name, node in absolute_calls(source) if name in WRITING_FUNCTIONS)


def find_made_actors(source: str) -> Iterator[str]:
    """Actors made or changed otherwise than by the middleware: with another role, or in the middle of an action."""
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and (node.attr == "doing" or dotted(node).endswith("Actor.operator")):
            yield describe(dotted(node), node)
    for name, call in absolute_calls(source):
        keywords = {keyword.arg for keyword in call.keywords}
        if name.endswith("actors.Actor") or (name == "dataclasses.replace" and keywords & {"verb", "own"}):
            yield describe(name, call)


def find_log_writes(source: str) -> Iterator[str]:
    """Entries of the audit log that are made or written."""
    log = "moothall.foundation.audit"
    if f"{log}.chain.append" in {name for name, _ in imported(source)}:
        yield f"{log}.chain.append"
    for name, node in absolute_calls(source):
        last = name.rpartition(".")[2]
        of_the_log = name.startswith((f"{log}.models.Entry", f"{log}.models.Contents"))
        if name == f"{log}.chain.append" or (of_the_log and (last in WRITES or last in {"Entry", "Contents"})):
            yield describe(name, node)


def find_head_uses(source: str) -> Iterator[str]:
    """Uses of the end of the log, by its name or by the registry, and digests that are set."""
    yield from (name for name, _ in imported(source) if name == HEAD)
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and (
            (node.attr == "digest" and isinstance(node.ctx, ast.Store))
            or (node.attr == "Head" and dotted(node).endswith("models.Head"))
        ):
            yield describe(dotted(node), node)
    for name, call in calls(source):
        said = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if (
            (name == "get_model" and {each.lower() for each in said} & {"head", "audit.head"})
            or (name == "setattr" and "digest" in said)
            or (name in WRITES and "digest" in {keyword.arg for keyword in call.keywords})
        ):
            yield describe(name, call)


def find_signal_receivers(source: str) -> Iterator[str]:
    return (describe(name, node) for name, node in calls(source) if name in {"receiver", "connect"})


SAMPLES = [
    pytest.param(find_writes, "Body.objects.of(council).update(name='x')", id="update"),
    pytest.param(find_writes, "def f(row):\n    row.save()", id="save"),
    pytest.param(find_writes, "body.memberships.filter(person=p).delete()", id="delete through a relation"),
    pytest.param(find_related_writes, "body.memberships.add(row)", id="add to a relation"),
    pytest.param(find_related_writes, "request.actor.council.domains.set([])", id="set a relation"),
    pytest.param(find_related_writes, "account.emailaddress_set.clear()", id="clear a relation of a library"),
    pytest.param(find_related_writes, "rows = body.memberships\nrows.remove(row)", id="remove by a variable"),
    pytest.param(find_writing_functions, "from moothall.foundation.actions import change", id="import of change"),
    pytest.param(
        find_writing_functions,
        "from moothall.foundation import actions as verbs\nverbs.change(row, by, name='x')",
        id="change by the module",
    ),
    pytest.param(
        find_writing_functions, "import moothall.foundation.actions\nmoothall.foundation.actions.end(row)", id="end"
    ),
    pytest.param(find_made_actors, "request.actor.doing('bodies.amend_body')", id="doing"),
    pytest.param(find_made_actors, "Actor.operator(council)", id="operator"),
    pytest.param(find_made_actors, "make = actors.Actor.operator", id="operator, not yet called"),
    pytest.param(
        find_made_actors,
        "from moothall.foundation.actors import Actor\nActor(council, 'x', 'y', own={OPERATOR})",
        id="an actor with a role",
    ),
    pytest.param(
        find_made_actors, "from dataclasses import replace\nreplace(request.actor, verb='x')", id="a changed actor"
    ),
    pytest.param(find_log_writes, "from moothall.foundation.audit import chain\nchain.append(council)", id="an entry"),
    pytest.param(find_log_writes, "from moothall.foundation.audit.chain import append", id="import of append"),
    pytest.param(
        find_log_writes,
        "from moothall.foundation.audit.models import Entry as Act\nAct.objects.filter(number=1).update(who='x')",
        id="a rewritten entry",
    ),
    pytest.param(
        find_log_writes, "from moothall.foundation.audit import models\nmodels.Contents(salt='')", id="contents"
    ),
    pytest.param(find_head_uses, "head.digest = 'x'", id="a digest set"),
    pytest.param(find_head_uses, "head.number, head.digest = 1, 'x'", id="a digest set with others"),
    pytest.param(find_head_uses, "setattr(head, 'digest', 'x')", id="a digest set by name"),
    pytest.param(find_head_uses, "rows.update(number=1, digest='x')", id="a digest updated"),
    pytest.param(find_head_uses, f"from {HEAD.removesuffix('.Head')} import Head", id="import of the end"),
    pytest.param(find_head_uses, "from moothall.foundation.audit import models\nmodels.Head", id="the end by module"),
    pytest.param(find_head_uses, "apps.get_model('audit', 'Head')", id="the end by the registry"),
    pytest.param(find_signal_receivers, "@receiver(post_save)\ndef f(): ...", id="a signal"),
]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_rule_of_writers_finds_its_sample(rule: Rule, sample: str) -> None:
    assert list(rule(sample))


@pytest.mark.parametrize(
    "sample", ["found = set()\nfound.add(1)", "keys.setdefault(kind, set()).add(key)", "parts.remove(part)"]
)
def test_sets_and_lists_are_no_relations(sample: str) -> None:
    assert not list(find_related_writes(sample))


def test_only_actions_write() -> None:
    others = {path: text for path, text in django_modules().items() if not is_action(path)}
    assert find_breaches(find_writes, others, WRITERS) == {}


def test_every_allowed_writer_writes() -> None:
    assert find_unused(find_writes, django_modules(), WRITERS) == []


def test_nothing_writes_through_a_relation() -> None:
    assert find_breaches(find_related_writes, django_modules()) == {}


def test_only_actions_use_the_functions_that_write() -> None:
    others = {path: text for path, text in modules().items() if not is_action(path)}
    assert find_breaches(find_writing_functions, others, {"foundation/actions.py"}) == {}


def test_only_allowed_modules_make_actors() -> None:
    others = {path: text for path, text in modules().items() if not path.startswith("foundation/")}
    assert find_breaches(find_made_actors, others, ACTORS_OTHERWISE) == {}
    assert find_unused(find_made_actors, others, ACTORS_OTHERWISE) == []


def test_only_the_foundation_appends_to_the_log() -> None:
    others = {path: text for path, text in modules().items() if not path.startswith("foundation/")}
    assert find_breaches(find_log_writes, others, LOG_WRITERS) == {}
    assert find_unused(find_log_writes, others, LOG_WRITERS) == []
    own = {path: text for path, text in modules().items() if path.startswith("foundation/")}
    assert set(find_breaches(find_log_writes, own)) == {"foundation/actions.py", "foundation/audit/chain.py"}


def test_only_the_chain_writes_the_end_of_the_log() -> None:
    others = {path: text for path, text in modules().items() if not path.startswith("core/")}
    assert find_breaches(find_head_uses, others, {"foundation/audit/chain.py", *HEAD_READERS}) == {}
    assert find_unused(find_head_uses, others, HEAD_READERS) == []


def test_no_signal_receives_a_save() -> None:
    assert find_breaches(find_signal_receivers, django_modules(), {"foundation/councils/apps.py"}) == {}


def test_no_model_form_and_no_admin() -> None:
    forbidden = re.compile(r"\b(ModelForm|modelform_factory|contrib\.admin)\b")
    assert [path for path, text in django_modules().items() if forbidden.search(text)] == []
