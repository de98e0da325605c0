"""No template contains a script, an event handler or a style of its own: the content security policy forbids them.

`tests/website/test_pages.py` checks the pages as they are rendered.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.rules.source import SOURCE, Rule, describe, django_modules, find_breaches, find_unused, nodes

INLINE = re.compile(
    r"<script\b(?![^>]*\ssrc\s*=)|<style\b|javascript:|<[a-z][^<>]*[\s\"']on[a-z]+\s*=|<[a-z][^<>]*[\s\"']style\s*=",
    re.IGNORECASE,
)
ALLOWED = {"core/figures/reports/templates/report.html": "a file of its own, which opens without a server"}


def templates() -> dict[str, str]:
    """Return every template but those of Typst, by its path."""
    files = (path for path in SOURCE.rglob("*") if "templates" in path.parts and path.is_file())
    return {
        path.relative_to(SOURCE).as_posix(): path.read_text("utf-8")
        for path in files
        if path.suffix not in {".typ", ".css"}
    }


def find_inline_code(text: str) -> Iterator[str]:
    """Scripts, handlers and styles in a template. A tag of the template language may stand inside an element."""
    html = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text)
    for match in INLINE.finditer(html):
        yield f"{match.group()[-40:]!r} at line {html.count(chr(10), 0, match.start()) + 1}"


def find_inline_code_in_texts(source: str) -> Iterator[str]:
    """The same in the texts of a Python module."""
    for node in nodes(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and INLINE.search(node.value):
            yield describe(node.value[:40], node)


SAMPLES = [
    pytest.param(find_inline_code, "<script>alert(1)</script>", id="a script"),
    pytest.param(find_inline_code, '<script type="module">x()</script>', id="a module"),
    pytest.param(find_inline_code, '<a href="#"\n  onclick="x()">', id="a handler"),
    pytest.param(find_inline_code, '<p {% if a > b %}class="c"{% endif %} onload=x>', id="a handler behind a tag"),
    pytest.param(find_inline_code, '<a href="javascript:x()">', id="an address that is a script"),
    pytest.param(find_inline_code, '<p class="a" style="color: red">', id="a style"),
    pytest.param(find_inline_code, "<style>p { color: red }</style>", id="a style sheet"),
    pytest.param(find_inline_code_in_texts, "format_html('<b onclick=\"{}\">', x)", id="a handler in Python"),
]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_rule_of_templates_finds_its_sample(rule: Rule, sample: str) -> None:
    assert list(rule(sample))


@pytest.mark.parametrize(
    "sample",
    [
        '<script type="module" src="{% static \'a.js\' %}"></script>',
        '<p lang="en" data-style="x">on = off</p>',
    ],
)
def test_rule_of_templates_allows_files_and_words(sample: str) -> None:
    assert not list(find_inline_code(sample))


def test_templates_contain_no_inline_code() -> None:
    assert templates()
    assert find_breaches(find_inline_code, templates(), ALLOWED) == {}
    assert find_unused(find_inline_code, templates(), ALLOWED) == []
    assert find_breaches(find_inline_code_in_texts, django_modules()) == {}
