"""What is written is read back the same."""

import json

from hypothesis import HealthCheck, given, settings

from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.html_writer import to_html
from moothall.core.documents.json_form import from_json, to_json
from moothall.core.documents.normalise import normalise
from tests.documents.tree.strategies import documents

thorough = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(documents)
def test_html_is_read_back_to_the_same_tree(document):
    tree = normalise(document).document
    assert parse_html(to_html(tree), images=tree.images).document == tree


@thorough
@given(documents)
def test_json_is_read_back_to_the_same_tree(document):
    assert from_json(json.loads(json.dumps(to_json(document))), document.images) == document


@thorough
@given(documents)
def test_normalising_twice_changes_nothing(document):
    once = normalise(document)
    twice = normalise(once.document)
    assert twice.document == once.document
    assert set(twice.cautions) <= set(once.cautions)
