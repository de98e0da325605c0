"""What a page hides from its readers is left out and reported; what they see stays."""

from __future__ import annotations

import pytest

from moothall.core.documents.hidden_text import find_hiding_classes
from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.text_writer import to_text

SECRET = "Price 99"
HIDDEN = {
    "display none": f'<p style="display: none">{SECRET}</p>',
    "after another declaration": f'<p style="color:red;DISPLAY:none">{SECRET}</p>',
    "visibility": f'<p>Seen <span style="visibility:hidden">{SECRET}</span></p>',
    "Word's own": f'<p>Seen <span style="mso-hide:all">{SECRET}</span></p>',
    "the attribute": f"<div hidden><p>{SECRET}</p></div>",
    "a list item": f'<ul><li>a</li><li style="display:none">{SECRET}</li></ul>',
    "a table row": f'<table><tr><td>a</td></tr><tr style="display:none"><td>{SECRET}</td></tr></table>',
    "a heading": f"<h2 hidden>{SECRET}</h2>",
    "a class in capitals": f"<STYLE>.a{{display:none}}</STYLE><p class=a>{SECRET}</p>",
    "a class after rules for print": (
        f"<style>@media print {{ .b {{ margin: 0 }} }} /* .c {{ }} */ .a{{display:none}}</style><p class=a>{SECRET}</p>"
    ),
    "one within another": "<div hidden><p>Price</p> <p hidden>99</p></div>",
    "a class": f'<style>p.a, .draft {{ color: red; display: none }}</style><div class="x draft">{SECRET}</div>',
}
SEEN = {
    "a class that only print hides": "<style>@media print { .a { display:none } }</style><p class=a>Price 99</p>",
    "a class that hides only somewhere": "<style>nav .a { display:none }</style><p class=a>Price 99</p>",
    "another value": '<p style="display: none-such">Price 99</p><p style="display:block">b</p>',
    "words about it": "<p>display:none Price 99</p>",
}


@pytest.mark.parametrize("page", HIDDEN.values(), ids=list(HIDDEN))
def test_hidden_element_is_left_out_and_reported(page):
    reading = parse_html(f"<p>Seen.</p>{page}")
    assert SECRET not in to_text(reading.document)
    (caution,) = [each for each in reading.cautions if each.code == "hidden-text-dropped"]
    assert caution.excerpt == SECRET
    assert SECRET not in caution.message


@pytest.mark.parametrize("page", SEEN.values(), ids=list(SEEN))
def test_element_that_is_seen_stays(page):
    reading = parse_html(page)
    assert SECRET in to_text(reading.document)
    assert not reading.cautions


@pytest.mark.parametrize(
    "piece", ["<style>", "<style>{", "<style>@media a{", "<style>/*", "<style>.a", "<style ", "{}"]
)
def test_style_sheet_without_an_end_hides_nothing(piece):
    assert find_hiding_classes(piece * 100_000) == frozenset()


def test_text_after_a_hidden_element_stays():
    assert to_text(parse_html("<p>Mid <span hidden>x</span> text.</p>").document).strip() == "Mid text."
