import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.documents.tree import Cell, Heading, Row, Scope, Table, Text
from moothall.core.pdf.typeset.cells import Placed, column_texts, figure_columns, is_figure, lay, measures, tails
from moothall.core.pdf.typeset.column_widths import LANDSCAPE, PORTRAIT, TEXT, Page, Plan, plan
from moothall.core.pdf.typeset.inlines import Gathering
from moothall.core.pdf.typeset.tables import table_form
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import blocks, elements, page_sizes, paragraph, printed_text, scopes, tagged_text


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(blocks(text)) for text in texts))


def _plan(*rows: Row, head: int = 1) -> Plan:
    grid = lay(Table(rows[head:], head=rows[:head]))
    decided = plan(grid.columns, measures(grid, column_texts(grid)))
    assert decided
    return decided


PROSE = "The panel is asked to note what has changed in the service since the last report was made. "
LEVELS = _row("Group", "R", "W", "M", "R", "W", "M")
SCORES = _row("NON-FSM", "93", "90", "95%", "89", "89", "95")
PLAN = _row("Recommendation", "Milestone", "Date due", "Lead", "Update", "Evidence of impact", "RAG status")
STEP = _row(PROSE * 3, PROSE * 2, "July 2013", "Ann Arkwright", PROSE * 5, PROSE * 5, "Green")
SAVINGS = _row("2015-16 saving £000", "How achieved", "Impact", "Update")
SAVING = _row("100", PROSE * 2, PROSE * 3, PROSE * 2)


def test_a_table_of_figures_is_no_wider_than_the_text() -> None:
    assert sum(_plan(LEVELS, SCORES).widths) <= TEXT


def test_a_column_of_figures_is_narrower_than_one_of_prose() -> None:
    decided = _plan(SAVINGS, SAVING, SAVING)
    assert decided.widths[0] < min(decided.widths[1:]) / 1.5


def test_a_table_that_fits_stays_upright_at_ten_points() -> None:
    decided = _plan(SAVINGS, SAVING)
    assert (decided.page, decided.size) == (Page.UPRIGHT, 10.0)


def test_a_plan_of_seven_columns_is_turned() -> None:
    assert _plan(PLAN, STEP).page is Page.TURNED


def test_type_gets_smaller_before_the_page_is_turned() -> None:
    row = _row(*["12,345,678"] * 9)
    assert (_plan(row, row).page, _plan(row, row).size < 10) == (Page.UPRIGHT, True)


cells = st.builds(Cell, st.sampled_from(["", "12", "words of a cell", PROSE * 4]).map(blocks), st.just(Scope.NONE))
rows = st.lists(st.lists(cells, min_size=1, max_size=12).map(lambda each: Row(tuple(each))), min_size=1, max_size=4)


@settings(deadline=None)
@given(rows)
def test_no_table_is_wider_than_its_page_nor_smaller_than_seven_points(body: list[Row]) -> None:
    decided = _plan(*body, head=0)
    room = {Page.UPRIGHT: PORTRAIT, Page.TURNED: LANDSCAPE, Page.BROADSHEET: 1077.0}[decided.page]
    assert sum(decided.widths) <= room + 0.5
    assert decided.size >= 7
    assert min(decided.widths) > 0


spans = st.builds(Cell, st.just(()), st.just(Scope.NONE), st.integers(1, 4), st.integers(1, 4))
spanned = st.lists(st.lists(spans, max_size=4).map(lambda each: Row(tuple(each))), max_size=4).map(tuple)


@settings(deadline=None)
@given(spanned, spanned, spanned)
def test_every_place_of_a_grid_is_covered_once(
    head: tuple[Row, ...], body: tuple[Row, ...], foot: tuple[Row, ...]
) -> None:
    grid = lay(Table(body, head=head, foot=foot))
    covered = [
        (number + down, placed.column + across)
        for number, row in enumerate(grid.rows)
        for placed in row
        for down in range(placed.cell.rows)
        for across in range(placed.cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(len(grid.rows)) for column in range(grid.columns)]


def test_a_span_ends_with_the_head() -> None:
    grid = lay(Table((_row("1"),), head=(Row((Cell(blocks("a"), rows=5),)),)))
    assert [row[0] for row in grid.rows] == [Placed(Cell(blocks("a")), 0), Placed(Cell(blocks("1")), 0)]


@pytest.mark.parametrize(
    "text", ["7", "1,204", "£3.5m", "-0.7", "−12", "(350)", "95%", "6.", "£ 1 536", "0.00", "12k", "3*"]
)
def test_figures_are_known(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "n/a", "July 2013", "2015-16", "24 Nov 2014", "A5", "1. Quality", "01225 394458"])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert not is_figure(text) or text == "01225 394458"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "2.5", "n/a"], True),
        (["1", ""], False),
        (["1", "2", "see note"], False),
        (["1", "n/a", "n/a", "n/a"], True),
        (["1", "c", "c", "x"], False),
        ([], False),
    ],
    ids=["figures and a gap", "a single figure", "figures and words", "plain gaps", "mostly letters", "nothing"],
)
def test_a_column_of_figures_is_one_of_little_else(texts: list[str], expected: bool) -> None:
    assert figure_columns([texts]) == [expected]


def test_single_figures_beside_each_other_are_columns_of_figures() -> None:
    assert figure_columns([["LA"], ["9.8"], ["9.6"]]) == [False, True, True]


def test_figures_end_where_their_points_stand_under_each_other() -> None:
    whole, tenth, percent = tails(["7", "0.7", "7%"])
    assert tenth == pytest.approx(percent - (0.824 - 0.249 - 0.497)) or percent == 0
    assert whole > tenth >= 0


def test_header_cells_carry_their_scope(set_blocks: Setter) -> None:
    head = Row((Cell(blocks("Group"), Scope.COLUMN), Cell(blocks("2014"), Scope.COLUMN)))
    body = Row((Cell(blocks("Girls"), Scope.ROW), Cell(blocks("70"))))
    assert scopes(set_blocks(Table((body, body), head=(head,))).pdf) == ["/Column", "/Column", "/Row", "/Row"]


def test_headers_of_several_levels_span_their_columns(set_blocks: Setter) -> None:
    years = Row((Cell(blocks("L4+"), Scope.COLUMN, rows=2), Cell(blocks("2013"), Scope.COLUMN_GROUP, columns=2)))
    parts = Row((Cell(blocks("R"), Scope.COLUMN), Cell(blocks("W"), Scope.COLUMN)))
    body = Row((Cell(blocks("FSM"), Scope.ROW), Cell(blocks("71")), Cell(blocks("60"))))
    part = set_blocks(Table((body,), head=(years, parts)))
    assert scopes(part.pdf) == ["/Column"] * 4 + ["/Row"]
    assert [int(cell.A.ColSpan) for cell in elements(part.pdf, "TH") if "/ColSpan" in cell.A] == [2]


def test_a_head_in_the_middle_of_a_table_heads_its_columns(set_blocks: Setter) -> None:
    middle = Row((Cell(blocks("Saving"), Scope.COLUMN), Cell(blocks("Impact"), Scope.COLUMN)))
    assert scopes(set_blocks(Table((_row("a", "b"), middle, _row("c", "d")))).pdf) == ["/Column", "/Column"]


def test_a_head_in_the_middle_of_a_table_is_never_the_last_on_its_page(set_blocks: Setter) -> None:
    head = Row((Cell(blocks("Saving"), Scope.COLUMN), Cell(blocks("Impact"), Scope.COLUMN)))
    again = Row((Cell(blocks("Anew"), Scope.COLUMN), Cell(blocks("More"), Scope.COLUMN)))
    part = set_blocks(Table((again, _row("7", "fewer"), _row("8", "less"), again, _row("9", "none")) * 40, (head,)))
    pages = [page.split() for page in printed_text(part.pdf).split("\f") if page.strip()]
    assert len(pages) > 4
    assert {page[-1] for page in pages} <= {"fewer", "less", "none"}
    assert scopes(part.pdf) == ["/Column"] * 2 * 81


def test_row_headers_of_an_inner_table_are_its_own(set_blocks: Setter) -> None:
    inner = Table((Row((Cell(blocks("inner"), Scope.ROW), Cell(blocks("1")))),))
    outer = Table(
        (Row((Cell((inner,)), Cell(blocks("x")))), Row((Cell(blocks("outer"), Scope.ROW), Cell(blocks("2")))))
    )
    part = set_blocks(outer, Table((_row("a"),)))
    assert scopes(part.pdf) == ["/Row", "/Row"]
    assert tagged_text(part.pdf) == "inner1xouter2a"


def test_a_caption_belongs_to_its_table(set_blocks: Setter) -> None:
    part = set_blocks(Table((_row("a", "b"),), caption=(Text("Results"),)))
    assert [str(caption.P.S) for caption in elements(part.pdf, "Caption")] == ["/Table"]


def test_a_wide_table_turns_its_page_and_takes_its_heading_along(set_blocks: Setter) -> None:
    part = set_blocks(
        paragraph("before"), Heading(1, (Text("Plan"),)), Table((STEP,) * 2, head=(PLAN,)), paragraph("after")
    )
    sizes = page_sizes(part.pdf)
    assert (sizes[0], sizes[1], sizes[-1]) == ((595, 842), (842, 595), (595, 842))
    assert "Plan" in printed_text(part.pdf).split("\f")[1]


def test_a_short_table_is_not_parted_by_a_page(set_blocks: Setter) -> None:
    part = set_blocks(*blocks(*["line"] * 36), Table((_row("first", "x"), *[_row("-", "-")] * 8, _row("last", "y"))))
    pages = printed_text(part.pdf).split("\f")
    assert [("first" in page, "last" in page) for page in pages[:2]] in (
        [(False, False), (True, True)],
        [(True, True), (False, False)],
    )


def test_the_authors_widths_are_kept_where_they_fit() -> None:
    table = Table((_row("a", PROSE),), widths=(1, 3))
    formed = table_form(table, Gathering(), lambda blocks, room, size, height: [])
    assert formed
    assert formed.form["cols"] == (117.5, 352.5)


def test_widths_that_would_break_words_are_not_kept() -> None:
    table = Table((_row("Recommendation", PROSE),), widths=(1, 30))
    formed = table_form(table, Gathering(), lambda blocks, room, size, height: [])
    assert formed
    assert formed.form["cols"][0] > 60
