"""Tables: every cell knows its path; headers, groups and stacked blocks are understood."""

from fractions import Fraction

from moothall.core.figures import read_paper
from moothall.core.figures.model import CellKind, Unit
from moothall.core.figures.tables.views import make_views
from tests.shared import needs_shared, shared

TWO_LEVELS = """\
Attainment at L4+

\t2013\t\t2014\t
L4+\tR\tW\tR\tW
FSM\t71\t60\t82\t70
NON-FSM\t91\t88\t93\t90
"""


def test_headers_of_two_levels_are_filled_from_the_left():
    (table,) = read_paper(TWO_LEVELS).tables
    assert table.headers[1:] == (("2013", "R"), ("2013", "W"), ("2014", "R"), ("2014", "W"))
    assert table.find_path(2, 3) == ("Attainment at L4+", "2014", "R", "FSM")
    assert table.corner == ("L4+",)


def test_a_place_is_the_line_and_the_characters_of_the_cell():
    paper = read_paper(TWO_LEVELS)
    cell = paper.tables[0].get_cell(2, 3)
    assert paper.lines[cell.place.line - 1][cell.place.start : cell.place.end] == "82"


def test_stacked_blocks_with_their_own_headers_are_tables_of_their_own():
    text = "\t2013\t2014\nFSM\t28\t33\nAll\t51\t63\nReading\tGirls\tBoys\nKS1\t90\t81\nKS2\t94\t91\n"
    first, second = read_paper(text).tables
    assert first.headers[1:] == (("2013",), ("2014",))
    assert second.headers[1:] == (("Girls",), ("Boys",))
    assert first.block == second.block


def test_a_header_repeated_after_a_page_break_goes_on_with_the_table():
    text = "Area\t2013\t2014\nEast\t10\t12\n\nArea\t2013\t2014\nWest\t20\t25\n"
    (table,) = read_paper(text).tables
    assert [table.labels[row] for row in table.body_rows] == [("East",), ("West",)]


def test_a_label_alone_heads_the_group_below():
    text = "£000\t2013\t2014\nStaff\t\t\nPay\t10\t12\nTravel\t1\t2\n"
    (table,) = read_paper(text).tables
    assert table.labels[-1] == ("Staff", "Travel")


def test_missing_figures_are_said_to_be_missing():
    (table,) = read_paper("\t2013\t2014\nLA\t50\tn/a\nNat\tN/A\t56.1 (state-funded)\n").tables
    assert table.get_cell(1, 2).kind is CellKind.MISSING
    assert table.get_quantity(2, 2).value == Fraction("56.1")


def test_odd_percent_signs_and_stops_are_values():
    (table,) = read_paper("\tR\tW\nNON-FSM\t93\t95%\nGap\t6.\t2%\n").tables
    assert [cell.quantity.value for cell in table.find_value_cells()] == [93, 95, 6, 2]


def test_a_column_that_only_names_the_rows_holds_no_figures():
    (table,) = read_paper("Row ref\tProject\tCost\n1\tRoof\t20\n3\tDoors\t30\n").tables
    assert [cell.text for cell in table.find_value_cells()] == ["20", "30"]


def test_figures_on_a_grid_are_known_to_be_rounded():
    rows = "".join(f"Area {n}\t{25 * n + 35}\n" for n in range(12))
    (table,) = read_paper("\tNumber of children\n" + rows).tables
    assert {cell.quantity.step for cell in table.find_value_cells()} == {5}


def test_a_view_across_swaps_lines_and_places():
    (table,) = read_paper(TWO_LEVELS).tables
    down, across = make_views(table)
    assert down.lines[0].get_figure(2).quantity == across.lines[2].get_figure(0).quantity


def test_units_come_from_the_nearest_header():
    (table,) = read_paper("\tNumber of pupils\t% passed\nEast\t120\t75\n").tables
    assert [cell.quantity.unit for cell in table.find_value_cells()] == [Unit.COUNT, Unit.PERCENT]


@needs_shared
def test_the_development_pack_has_its_184_gap_cells():
    paper = read_paper(shared("papers", "banes-2014-11-24", "pack.txt"))
    gaps = [
        cell for table in paper.tables for cell in table.find_value_cells() if table.labels[cell.row][-1:] == ("Gap",)
    ]
    assert len(gaps) == 184
