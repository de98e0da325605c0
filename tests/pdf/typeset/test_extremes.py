"""What no sane paper holds, and some do."""

from collections.abc import Callable

import pytest

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import (
    Block,
    Cell,
    Heading,
    Inline,
    Landscape,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
)
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import bare, blocks, page_sizes, paragraph, printed_text, tagged_text


def _grid(rows: int, columns: int, text: str = "12") -> Table:
    row = Row(tuple(Cell(blocks(text)) for _ in range(columns)))
    return Table((row,) * rows, head=(row,))


def test_a_word_of_ten_thousand_letters_is_broken(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("a" * 10_000))
    assert bare(printed_text(part.pdf)) == tagged_text(part.pdf) == "a" * 10_000


def test_a_word_of_ten_thousand_letters_in_a_cell_is_broken(set_blocks: Setter) -> None:
    part = set_blocks(Table((Row((Cell(blocks("a" * 10_000)), Cell(blocks("b")))),)))
    assert sorted(tagged_text(part.pdf)) == ["a"] * 10_000 + ["b"]


def test_a_thousand_rows_run_over_pages_and_repeat_their_head(set_blocks: Setter) -> None:
    head = Row((Cell(blocks("Name")), Cell(blocks("Number"))))
    body = tuple(Row((Cell(blocks("row")), Cell(blocks(str(number))))) for number in range(1000))
    part = set_blocks(Table(body, head=(head,)))
    assert printed_text(part.pdf).count("Name") == part.pages > 10
    assert tagged_text(part.pdf).count("Name") == 1


def test_sixty_columns_of_small_figures_are_turned(set_blocks: Setter) -> None:
    assert page_sizes(set_blocks(_grid(3, 60)).pdf) == [(842, 595)]


def test_sixty_columns_of_large_figures_stand_on_a3_with_a_caution(set_blocks: Setter) -> None:
    part = set_blocks(_grid(3, 60, "1,234"))
    assert page_sizes(part.pdf) == [(1191, 842)]
    assert [caution.code for caution in part.cautions] == ["table-on-a3"]


def test_three_hundred_columns_are_refused_by_name(set_blocks: Setter) -> None:
    with pytest.raises(CannotSet, match="Table 1 has 300 columns"):
        set_blocks(_grid(1, 300))


def test_a_table_of_one_empty_cell_sets(set_blocks: Setter) -> None:
    assert set_blocks(Table((Row((Cell(()),)),))).pages == 1


def test_rows_without_cells_set(set_blocks: Setter) -> None:
    assert set_blocks(Table((Row(()), Row(())), head=(Row(()),))).pages == 1


def test_a_cell_taller_than_a_page_runs_over(set_blocks: Setter) -> None:
    part = set_blocks(Table((Row((Cell(blocks(*["word " * 40] * 60)), Cell(blocks("b")))),)))
    assert part.pages > 1


def test_a_head_taller_than_a_page_does_not_repeat(set_blocks: Setter) -> None:
    head = Row((Cell(blocks(*["word " * 40] * 60)), Cell(blocks("b"))))
    part = set_blocks(Table((Row((Cell(blocks("x")), Cell(blocks("y")))),), head=(head,)))
    assert tagged_text(part.pdf).endswith("xy")


def _quoted(depth: int) -> Block:
    block: Block = paragraph("deep")
    for _ in range(depth):
        block = Quote((block,))
    return block


def _listed(depth: int) -> Block:
    block: Block = paragraph("deep")
    for _ in range(depth):
        block = ListBlock((ListItem((block,), "(a)"),), ordered=True)
    return block


def _tabled(depth: int) -> Block:
    block: Block = paragraph("deep")
    for _ in range(depth):
        block = Table((Row((Cell((block,)),)),))
    return block


NESTS = pytest.mark.parametrize("nest", [_quoted, _listed, _tabled], ids=["quotations", "lists", "tables"])


@NESTS
@pytest.mark.parametrize("depth", [1, 4, 8, 10])
def test_nests_of_ten_set(nest: Callable[[int], Block], depth: int, set_blocks: Setter) -> None:
    assert tagged_text(set_blocks(nest(depth)).pdf).endswith("deep")


@NESTS
@pytest.mark.parametrize("depth", [11, 150, 900])
def test_deeper_nests_are_refused_with_a_reason(nest: Callable[[int], Block], depth: int, set_blocks: Setter) -> None:
    with pytest.raises(CannotSet, match="nested more than 10 deep"):
        set_blocks(nest(depth))


def test_styles_may_be_nested_deeply(set_blocks: Setter) -> None:
    inline: Inline = Text("deep")
    for _ in range(150):
        inline = Strong((inline,))
    assert tagged_text(set_blocks(Paragraph((inline,))).pdf) == "deep"


def test_styles_nested_past_all_reason_are_refused(set_blocks: Setter) -> None:
    inline: Inline = Text("deep")
    for _ in range(5000):
        inline = Strong((inline,))
    with pytest.raises(CannotSet, match="nested"):
        set_blocks(Paragraph((inline,)))


def test_page_breaks_at_either_end_make_no_empty_pages(set_blocks: Setter) -> None:
    part = set_blocks(PageBreak(), PageBreak(), paragraph("a"), PageBreak(), Landscape(blocks("b")), PageBreak())
    assert part.pages == 2


def test_an_empty_landscape_section_turns_no_page(set_blocks: Setter) -> None:
    assert set_blocks(paragraph("a"), Heading(1, (Text("h"),)), Landscape(()), paragraph("b")).pages == 1


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ŵyl ŷd tŷ â", "Ŵyl ŷd tŷ â"),
        ("x → y ≥ 2 ✓ ☐ ●", "x → y ≥ 2 ✓ ☐ ●"),
        ("Ελλάδα Київ Việt", "Ελλάδα Київ Việt"),
    ],
    ids=["Welsh", "symbols", "Greek, Cyrillic and Vietnamese"],
)
def test_the_fonts_cover_what_councils_write(text: str, printed: str, set_blocks: Setter) -> None:
    part = set_blocks(paragraph(text))
    assert tagged_text(part.pdf) == bare(printed)
    assert not part.cautions


@pytest.mark.parametrize("text", ["مرحبا بكم", "שלום", "e\u0301\u0323q\u0302", "न\u200dम", "\u202eabc\u202c"])
def test_other_scripts_and_marks_set(text: str, set_blocks: Setter) -> None:
    assert set_blocks(paragraph(text), paragraph("end")).pages == 1


def test_a_character_that_no_font_has_is_replaced_and_reported(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("張 went 🎉\ufe0f\U000f0000 \ud800\x07\ufffe home"))
    assert tagged_text(part.pdf) == "□went[partypopper]□□home"
    (caution,) = part.cautions
    assert caution.code == "characters-replaced"
    assert "U+5F35" in caution.message


def test_bullets_of_the_symbol_fonts_are_shown(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("\uf0fc done"))
    assert tagged_text(part.pdf) == "✓done"
    assert not part.cautions
