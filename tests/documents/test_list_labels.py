"""Paragraphs of a meeting file that begin with (a), (b), (c) are a list."""

import pytest

from moothall.core.documents.tree import ListBlock
from moothall.core.packs.front_matter import markdown


def kinds(text: str) -> list[str | list[str | None]]:
    blocks = markdown(text).blocks
    return [[item.label for item in each.items] if isinstance(each, ListBlock) else "text" for each in blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Say:\n\n(a) which\n\n(b) what **it** is\n\nDone.", ["text", ["(a)", "(b)"], "text"]),
        ("(i) one\n\n(ii) two\n\n(iii) three", [["(i)", "(ii)", "(iii)"]]),
        ("(1) one\n\n(2) two\n\n(1) one\n\n(2) two", [["(1)", "(2)"], ["(1)", "(2)"]]),
        ("(a) alone", ["text"]),
        ("(b) second\n\n(c) third", ["text", "text"]),
        ("**(a)** bold\n\n(b) not", ["text", "text"]),
    ],
    ids=["letters between text", "roman numbers", "two lists", "a single one", "from the middle", "a label in bold"],
)
def test_paragraphs_that_count_from_their_first_label_are_a_list(text, expected):
    assert kinds(text) == expected


def test_what_stands_behind_the_label_is_kept_with_its_marks():
    (found,) = markdown("(a) the **first**\n\n(b) the second").blocks
    assert [str(item.blocks[0]).count("(a)") for item in found.items] == [0, 0]
    assert "Strong" in str(found.items[0].blocks[0])
