"""No test holds a sentence of the product: texts are rewritten, and tests go on asserting codes, rules and facts.

``pytest -p tests.rewording`` finds what this cannot see: that a test passes with every sentence in other words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.catalogue import catalogue

TESTS = Path(__file__).parent
LEAST = 4
"""Words in a row that make a sentence; fewer are names and terms."""
PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^{}]*\}|<[^<>]*>|\n")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
NO_TESTS = {"rewording.py", "test_wording_of_tests.py"}
ALLOWED = {
    "clocks/test_handbook.py": {"New Year's Day (observed)", "State Funeral of Queen Elizabeth II"},  # names of days
    "packs/test_changes.py": {
        "Pages 2a - 2b: B. Open to the public now. It was on pages E1 - E2."
    },  # changes have no codes
}


def plain(text: str) -> str:
    """The words of a text, in small letters and with single spaces."""
    return " ".join(WORD.findall(text)).lower()


def pieces() -> set[str]:
    """What the product says, word for word: its sentences between the places of values."""
    found = (plain(part) for text in catalogue() for part in PLACE.split(text))
    return {each for each in found if each.count(" ") >= LEAST - 1}


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a test module that are no docstrings, with their lines."""
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


def copied(text: str, said: set[str], whole: str) -> bool:
    """Whether a text is a part of what the product says, or holds a sentence of it."""
    words = plain(text)
    if words.count(" ") < LEAST - 1:
        return False
    return f" {words} " in whole or any(f" {each} " in f" {words} " for each in said)


def test_no_test_holds_a_sentence_of_the_product():
    said = pieces()
    whole = "".join(f"\n {each} \n" for each in said)
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        name = str(path.relative_to(TESTS))
        if name not in NO_TESTS:
            for line, text in texts(ast.parse(path.read_text("utf-8"))):
                if copied(text, said, whole) and text not in ALLOWED.get(name, set()):
                    found.append(f"{name}:{line}: {text.strip()[:100]}")
    assert found == []


def test_a_sentence_of_the_catalogue_is_seen_whole_and_in_part():
    said = {"this is the only administrator of it", "add another before you remove this one"}
    whole = "".join(f"\n {each} \n" for each in said)
    assert copied("This is the only administrator of it.", said, whole)
    assert copied("the only administrator of", said, whole)
    assert copied("Wrong: this is the only administrator of it, Anna Lee", said, whole)
    assert not copied("The only administrator", said, whole)
    assert not copied("Anna Lee is the only chair of it", said, whole)
