import json

from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.pdf.typeset.glyphs import broken_up, facts, settable, width, words
from tests.pdf.typeset.font_facts import FONTS, written


def test_the_facts_are_those_of_the_fonts_in_the_package() -> None:
    assert (FONTS / "facts.json").read_text("utf-8") == written()


def test_the_fonts_come_with_their_licences_and_stay_small() -> None:
    assert len(list(FONTS.glob("*OFL.txt"))) == len(list(FONTS.glob("*licence.txt"))) == 1
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 3_000_000


def test_figures_are_all_of_one_width() -> None:
    raw = json.loads((FONTS / "facts.json").read_text("utf-8"))
    for face in ("regular", "bold"):
        assert len({raw[face][digit] for digit in "0123456789"}) == 1


@settings(deadline=None)
@given(st.text())
def test_what_is_settable_has_a_glyph_for_every_character(text: str) -> None:
    shown, _ = settable(text)
    assert set(shown) <= facts().covered


@settings(deadline=None)
@given(st.text())
def test_setting_what_is_settable_changes_nothing(text: str) -> None:
    shown, _ = settable(text)
    assert settable(shown) == (shown, ()) or not settable(shown)[1]


@settings(deadline=None)
@given(st.text(st.sampled_from("ab-/ –é"), max_size=80), st.floats(1, 20))
def test_pieces_of_a_broken_text_are_the_text(text: str, limit: float) -> None:
    assert "".join(broken_up(text, limit)) == text


def test_no_piece_of_a_long_word_is_wider_than_its_room() -> None:
    assert max(map(width, broken_up("W" * 500, 9.0))) <= 9.0


def test_a_year_is_not_parted_at_its_dash() -> None:
    assert words("2015-16 self-harm and/or") == ["2015-16", "self-", "harm", "and/", "or"]
