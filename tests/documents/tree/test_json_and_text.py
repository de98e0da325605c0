"""The tree as JSON refuses what is no tree; as text it keeps what a reader needs."""

import pytest

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.json_form import from_json, to_json
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Document, PageBreak, Paragraph, Text

WRONG = {
    "no blocks": {},
    "an unknown node": {"blocks": [{"type": "script"}]},
    "a node in the wrong place": {"blocks": [{"type": "text", "text": "x"}]},
    "an unknown field": {"blocks": [{"type": "page-break", "onclick": "x"}]},
    "a number for a text": {"blocks": [{"type": "paragraph", "content": [{"type": "text", "text": 1}]}]},
    "a text for a list": {"blocks": "x"},
    "a picture that is missing": {"blocks": [], "images": ["a.png"]},
    "an unknown scope": {"blocks": [{"type": "table", "body": [{"type": "row", "cells": [
        {"type": "cell", "blocks": [], "scope": "sideways"}]}]}]},
}  # fmt: skip


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG)
def test_what_is_no_content_tree_is_refused(value):
    with pytest.raises(CannotRead, match="not a content tree"):
        from_json(value, {})


def test_json_nested_without_end_is_refused():
    block = {"type": "page-break"}
    for _ in range(300):
        block = {"type": "quote", "blocks": [block]}
    with pytest.raises(CannotRead, match="nested too deeply"):
        from_json({"blocks": [block]}, {})


def test_every_node_says_its_type():
    value = to_json(Document((Paragraph((Text("x"),)), PageBreak())))
    assert value["blocks"] == [
        {"type": "paragraph", "content": [{"type": "text", "text": "x"}]},
        {"type": "page-break"},
    ]


def test_text_keeps_numbers_bullets_and_columns():
    fragment = (
        '<h2 data-number="4">Risk</h2><ol><li data-number="4.1">a<ul><li>b</ul></ol>'
        "<table><caption>C</caption><tr><th>x<th>y<tr><td>1<td>2</table>"
    )
    assert to_text(parse_html(fragment).document) == "4 Risk\n4.1 a\n• b\nC\nx\ty\n1\t2\n"
