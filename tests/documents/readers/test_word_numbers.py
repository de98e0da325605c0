"""Word's printed numbers, kept exactly (issue: numbered paragraphs with their printed numbers)."""

import pytest

from moothall.core.documents.readers import read
from moothall.core.documents.tree import Heading, ListBlock
from moothall.core.documents.walk import each_block
from tests.documents.readers.word_files import level, numbering, para, write

REPORT = level(0, "%1") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter") + level(3, "%4", "lowerRoman")


def start(depth: int, number: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{number}"/></w:lvlOverride>'


def printed(tmp_path, schemes, lists, places):
    """The labels of paragraphs at ``places`` (list, level), in reading order."""
    body = "".join(para(f"text {at}", num=place) for at, place in enumerate(places))
    document = read(write(tmp_path / "paper.docx", body, numbered=numbering(schemes, lists))).document
    return [item.label for block in each_block(document.blocks) if isinstance(block, ListBlock) for item in block.items]


def in_order(tmp_path, schemes, lists, places):
    """As ``printed``, but in the order of the paragraphs, whatever their nesting."""
    body = "".join(para(f"text {at}", num=place) for at, place in enumerate(places))
    document = read(write(tmp_path / "paper.docx", body, numbered=numbering(schemes, lists))).document
    found = {}
    for block in each_block(document.blocks):
        for item in block.items if isinstance(block, ListBlock) else ():
            found[int(item.blocks[0].content[0].text.split()[1])] = item.label
    return [found[at] for at in range(len(places))]


CASES = {
    "a council report: 5, 5.1, 5.2, (a), (b), iv": (
        {0: level(0, "%1", start=5) + REPORT[REPORT.index('<w:lvl w:ilvl="1"') :]},
        {1: (0, "")},
        [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 0), (1, 1)],
        ["5", "5.1", "5.2", "(a)", "(b)", "i", "5.3", "6", "6.1"],
    ),
    "a level that was skipped counts from its start": (
        {0: REPORT},
        {1: (0, "")},
        [(1, 1), (1, 1), (1, 0), (1, 1)],
        ["1.1", "1.2", "2", "2.1"],
    ),
    "two lists of one scheme count on together": (
        {0: level(0, "%1.")},
        {1: (0, ""), 2: (0, "")},
        [(1, 0), (1, 0), (2, 0), (1, 0)],
        ["1.", "2.", "3.", "4."],
    ),
    "a start override restarts once, then counts on": (
        {0: level(0, "%1.")},
        {1: (0, ""), 2: (0, start(0, 1))},
        [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0)],
        ["1.", "2.", "1.", "2.", "3."],
    ),
    "a start override of seven": (
        {0: REPORT},
        {1: (0, start(0, 7))},
        [(1, 0), (1, 1), (1, 0)],
        ["7", "7.1", "8"],
    ),
    "a level that never restarts": (
        {0: level(0, "%1") + level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>')},
        {1: (0, "")},
        [(1, 0), (1, 1), (1, 0), (1, 1)],
        ["1", "1.1", "2", "2.2"],
    ),
    "a level that restarts only after the first": (
        {0: level(0, "%1") + level(1, "%1.%2") + level(2, "%3", more='<w:lvlRestart w:val="1"/>')},
        {1: (0, "")},
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["1", "1.1", "1", "1.2", "2", "2", "2.1", "1"],
    ),
    "legal numbering shows roman levels in digits": (
        {0: level(0, "%1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")},
        {1: (0, "")},
        [(1, 0), (1, 0), (1, 1)],
        ["I", "II", "2.1"],
    ),
    "letters past z are doubled": (
        {0: level(0, "%1)", "upperLetter", start=26)},
        {1: (0, "")},
        [(1, 0), (1, 0), (1, 0)],
        ["Z)", "AA)", "BB)"],
    ),
    "words and ordinals": (
        {0: level(0, "Item %1:", "ordinal") + level(1, "%2", "cardinalText") + level(2, "%3", "ordinalText")},
        {1: (0, "")},
        [(1, 0), (1, 1), (1, 2), (1, 0)],
        ["Item 1st:", "One", "First", "Item 2nd:"],
    ),
    "two digits": ({0: level(0, "%1", "decimalZero", start=9)}, {1: (0, "")}, [(1, 0), (1, 0)], ["09", "10"]),
    "a label of words alone": (
        {0: level(0, "Recommendation", "none")},
        {1: (0, "")},
        [(1, 0), (1, 0)],
        ["Recommendation", "Recommendation"],
    ),
    "a list's own level instead of its scheme's": (
        {0: level(0, "%1.")},
        {1: (0, f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)", "lowerLetter")}</w:lvlOverride>')},
        [(1, 0), (1, 0)],
        ["(a)", "(b)"],
    ),
    "bullets have no label": (
        {0: level(0, "%1."), 1: level(0, "•", "bullet", left=900)},
        {1: (0, ""), 2: (1, "")},
        [(1, 0), (2, 0), (2, 0), (1, 0)],
        ["1.", None, None, "2."],
    ),
}


@pytest.mark.parametrize(("schemes", "lists", "places", "labels"), CASES.values(), ids=CASES)
def test_numbers_are_kept_as_word_prints_them(tmp_path, schemes, lists, places, labels):
    assert in_order(tmp_path, schemes, lists, places) == labels


def test_levels_of_one_list_nest(tmp_path):
    places = [(1, 0), (1, 1), (1, 1), (1, 0)]
    assert printed(tmp_path, {0: REPORT}, {1: (0, "")}, places) == ["1", "2", "1.1", "1.2"]


def test_what_stands_above_the_first_item_of_a_list_begins_another(tmp_path):
    body = "".join(para(f"text {at}", num=(1, depth)) for at, depth in enumerate((3, 3, 1, 2, 0)))
    document = read(write(tmp_path / "paper.docx", body, numbered=numbering({0: REPORT}, {1: (0, "")}))).document
    assert [len(block.items) for block in document.blocks] == [2, 1, 1]


def test_a_numbered_heading_carries_its_number(tmp_path):
    body = para("Report", style="Title") + para("The issue", style="Heading1", num=(1, 0)) + para("Text.", num=(1, 1))
    document = read(write(tmp_path / "a.docx", body, numbered=numbering({0: REPORT}, {1: (0, "")}))).document
    heading = document.blocks[1]
    assert isinstance(heading, Heading)
    assert (heading.level, heading.number) == (2, "1")
    assert document.blocks[2].items[0].label == "1.1"


def test_numbering_may_come_from_the_style(tmp_path):
    tied = level(0, "%1", more='<w:pStyle w:val="Numbered"/>')
    style = (
        '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = para("a", style="Numbered") + para("b", style="Numbered") + para("c", style="Numbered", num=(0, 0))
    path = write(tmp_path / "a.docx", body, styles=style, numbered=numbering({0: tied}, {1: (0, "")}))
    blocks = read(path).document.blocks
    assert [item.label for item in blocks[0].items] == ["1", "2"]
    assert len(blocks) == 2


def test_an_empty_numbered_paragraph_uses_up_its_number(tmp_path):
    body = para("a", num=(1, 0)) + para("", num=(1, 0)) + para("c", num=(1, 0))
    document = read(write(tmp_path / "a.docx", body, numbered=numbering({0: level(0, "%1.")}, {1: (0, "")}))).document
    assert [item.label for item in document.blocks[0].items] == ["1.", "3."]


@pytest.mark.parametrize(
    ("typed", "label"),
    [("5.1\tThe panel", "5.1"), ("(a)\tThe panel", "(a)"), ("iv)\tThe panel", "iv)"), ("2.  The panel", "2.")],
)
def test_a_typed_number_before_a_tab_is_a_label(tmp_path, typed, label):
    document = read(write(tmp_path / "a.docx", para(typed))).document
    assert document.blocks[0].items[0].label == label


@pytest.mark.parametrize("typed", ["4.5 per cent of pupils", "2014 was a good year", "a) by the way"])
def test_a_number_that_begins_a_sentence_stays_in_it(tmp_path, typed):
    document = read(write(tmp_path / "a.docx", para(typed))).document
    assert document.blocks[0].content[0].text == typed


def test_a_paragraph_set_in_under_an_item_belongs_to_it(tmp_path):
    body = para("a", num=(1, 0)) + para("more", more='<w:ind w:left="360"/>') + para("b", num=(1, 0)) + para("end")
    document = read(write(tmp_path / "a.docx", body, numbered=numbering({0: level(0, "%1.")}, {1: (0, "")}))).document
    assert [len(item.blocks) for item in document.blocks[0].items] == [2, 1]
    assert len(document.blocks) == 2
