"""The documentation is arranged by reader, in plain words, and names buttons as the screens do."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
BANNED = re.compile(
    r"\b(anew|speaks? against|is not there|in the books|put off|put in line|given out|at work|whoever|nobody"
    r"|somebody)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 30
READERS = re.compile(r"^For |\bis for ")
SOURCES = re.compile(r"(Source:\s+(LGA 1972|OParl|PDF 32000|Django|GOV\.UK|handbook)|Reason:\s+\w)")
BUTTONS = ("clerks", "councillors", "it")
LINK = re.compile(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)")


def pages(*folders):
    """The pages in these folders of the documentation."""
    return [path for folder in folders for path in sorted((DOCS / folder).rglob("*.md"))]


WORDS_OF_SCREENS = {"choices"}  # tests/foundation/test_choices.py compares it with the screen
PLAIN = [ROOT / "README.md", ROOT / "CHANGELOG.md", DOCS / "index.md", DOCS / "glossary.md"]
PLAIN += [DOCS / "decisions" / "index.md"]
PLAIN += [DOCS / "figures.md"]
PLAIN += pages("clerks", "councillors", "residents", "authors", "analysts", "it", "developers", "reference")


def name_of(path):
    """The path of a page as the id of a test."""
    return path.relative_to(ROOT).as_posix()


def prose_of(path):
    """The paragraphs and list items of a page, one a string, without code, tables, headings and link targets."""
    text = re.sub(r"^ *```.*?^ *```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = "\n".join(line for line in text.splitlines() if not line.startswith(("|", "#", "    ")))
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-:>] |\d+\. ))", text)
    return [" ".join(block.split()) for block in blocks if block.strip()]


@pytest.mark.parametrize("path", [path for path in PLAIN if path.stem not in WORDS_OF_SCREENS], ids=name_of)
def test_page_has_no_banned_words(path):
    text = re.sub(r"^ *```.*?^ *```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert [found[0] for block in text.split("\n\n") for found in BANNED.finditer(without_labels(block))] == []


def without_labels(block):
    """A block without words in bold, italics, code or quotes, which are those of the screens."""
    return re.sub(r"\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|“[^”]+”", "", block)


@pytest.mark.parametrize("path", PLAIN, ids=name_of)
def test_page_has_no_sentence_longer_than_the_limit(path):
    sentences = [each for block in prose_of(path) for each in re.split(r"(?<=[.:?])\s+(?=[A-Z“*\[`])", block)]
    assert [each for each in sentences if len(re.findall(r"[\w’'/.<>-]+", each)) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("path", PLAIN[1:], ids=name_of)
def test_page_says_first_who_it_is_for(path):
    assert any(READERS.search(block) for block in prose_of(path)[:2])


@pytest.mark.parametrize("path", pages(*BUTTONS), ids=name_of)
def test_label_in_bold_is_on_a_screen(path):
    catalogue = (ROOT / "src" / "moothall" / "locale" / "django.pot").read_text("utf-8")
    labels = re.findall(r"\*\*([A-Z][^*]+)\*\*", re.sub(r"\s+", " ", path.read_text("utf-8")))
    assert [each for each in labels if f'msgid "{each}"' not in catalogue] == []


def test_glossary_has_at_most_60_terms_each_with_its_source():
    terms = re.split(r"\n: ", (DOCS / "glossary.md").read_text("utf-8"))[1:]
    assert len(terms) <= 60
    assert [each for each in terms if not SOURCES.search(" ".join(each.split()))] == []


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("0*.md")), ids=name_of)
def test_decision_has_a_title_and_a_summary_of_two_lines(path):
    assert re.match(r"# \d+\. [^\n]+\n\n> [^\n]+\n> [^\n]+\n\n", path.read_text("utf-8"))


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=name_of)
def test_link_outside_the_site_leads_to_a_page(path):
    assert [each for each in LINK.findall(path.read_text("utf-8")) if not (path.parent / each).is_file()] == []
