"""Pages read only what the person who asks may see, and no permission is cached."""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
    modules,
    nodes,
)

FOR_ANYONE = ("website", "api")
PAGES = ("website/", "workspace/", "api/")
READ_BY_ANYONE = {"public", "pdf", "spreadsheet", "actions", "urls"}  # a paper and a sheet are made of public values
MANAGERS = {"objects", "_base_manager", "_default_manager"}
RAW_SQL = {"raw", "extra", "cursor", "RawSQL"}
READERS_OTHERWISE = {
    "workspace/home/dashboard.py": "a person's own sign-ins, by their account",
    "workspace/council/pages.py": "the council's own web addresses, for administrators",
    "workspace/council/forms.py": "the council itself, of which the actor is a part",
}
PERMISSIONS = "moothall.foundation.permissions"
CACHES = {"functools.cache", "functools.lru_cache", "functools.cached_property"}


def find_reads_of_more_than_is_public(source: str) -> Iterator[str]:
    """Modules of business folders that pages for anyone import, and may not."""
    folders = {config.name for config in apps.get_app_configs() if config.name.startswith("moothall.")}
    for name, _ in imported(source):
        parts = name.split(".")
        folder, inside = ".".join(parts[:2]), parts[2:3]
        business = folder in folders and parts[1] not in {*FOR_ANYONE, "workspace", "design_system", "foundation"}
        if business and (not inside or inside[0] not in READ_BY_ANYONE):
            yield name


def find_unfiltered_reads(source: str) -> Iterator[str]:
    """Managers, also by their name in a text, and SQL: none of them asks who may see a row."""
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield describe(dotted(node), node)
        elif isinstance(node, ast.Constant) and node.value in MANAGERS:
            yield describe(str(node.value), node)
    yield from (describe(name, node) for name, node in calls(source) if name in RAW_SQL)


def find_caches(source: str) -> Iterator[str]:
    """Caches of any kind that a module imports or uses."""
    for name, _ in imported(source):
        if name in CACHES or name.startswith("django.core.cache") or "cachetools" in name:
            yield name
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and dotted(node) in CACHES:
            yield describe(dotted(node), node)


def find_cached_permissions(source: str) -> Iterator[str]:
    """Functions of the permissions that another module wraps in a cache."""
    names = {used: name for name, used in imported(source)}
    for name, call in absolute_calls(source):
        if any(name.startswith(cache) for cache in CACHES):
            for each in call.args:
                first, _, rest = dotted(each).partition(".")
                if f"{names.get(first, first)}.{rest}".startswith(PERMISSIONS):
                    yield describe(dotted(each), call)


SAMPLES = [
    pytest.param(find_reads_of_more_than_is_public, "from moothall.people.models import Person", id="models"),
    pytest.param(find_reads_of_more_than_is_public, "def f():\n    import moothall.people.queries", id="queries"),
    pytest.param(find_reads_of_more_than_is_public, "from moothall.people import models", id="models by the folder"),
    pytest.param(find_unfiltered_reads, "Person.objects.of(council)", id="objects.of"),
    pytest.param(find_unfiltered_reads, "rows = Person.objects\nrows.of(council)", id="objects in a variable"),
    pytest.param(find_unfiltered_reads, "Body._base_manager.all()", id="the base manager"),
    pytest.param(find_unfiltered_reads, "type(body)._default_manager.all()", id="the default manager"),
    pytest.param(find_unfiltered_reads, "getattr(Person, 'objects')", id="objects by name"),
    pytest.param(find_unfiltered_reads, "rows.raw('select 1')", id="raw SQL"),
    pytest.param(find_unfiltered_reads, "with connection.cursor() as cursor: ...", id="a cursor"),
    pytest.param(find_caches, "from functools import lru_cache", id="lru_cache"),
    pytest.param(find_caches, "import functools\n@functools.cache\ndef may(): ...", id="functools.cache"),
    pytest.param(find_caches, "from django.core.cache import cache", id="the cache of Django"),
    pytest.param(
        find_cached_permissions,
        "from functools import cache\nfrom moothall.foundation import permissions\nmay = cache(permissions.may)",
        id="a permission in a cache",
    ),
    pytest.param(
        find_cached_permissions,
        "from functools import lru_cache\nfrom moothall.foundation.permissions import may\nlru_cache(maxsize=9)(may)",
        id="a permission in a cache with a size",
    ),
]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_rule_of_visibility_finds_its_sample(rule: Rule, sample: str) -> None:
    assert list(rule(sample))


def test_pages_for_anyone_may_read_public() -> None:
    sample = "from moothall.people import public\nfrom moothall.foundation.errors import Refused"
    assert not list(find_reads_of_more_than_is_public(sample))


def test_pages_for_anyone_read_public_and_never_models() -> None:
    folders = tuple(f"{folder}/" for folder in FOR_ANYONE)
    pages = {path: text for path, text in django_modules().items() if path.startswith(folders)}
    assert find_breaches(find_reads_of_more_than_is_public, pages) == {}


def test_pages_read_only_what_is_visible_to_the_actor() -> None:
    pages = {path: text for path, text in django_modules().items() if path.startswith(PAGES)}
    assert find_breaches(find_unfiltered_reads, pages, READERS_OTHERWISE) == {}
    assert find_unused(find_unfiltered_reads, pages, READERS_OTHERWISE) == []


def test_permissions_are_not_cached() -> None:
    own = {path: text for path, text in modules().items() if path.endswith("permissions.py")}
    assert "foundation/permissions.py" in own
    assert find_breaches(find_caches, own) == {}
    assert find_breaches(find_cached_permissions, modules()) == {}
