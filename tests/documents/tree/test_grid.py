"""Every table is a rectangle: each slot covered once, whatever was given."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.tables import columns, square
from moothall.core.documents.tree import Cell, Paragraph, Row, Table, Text

spans = st.integers(1, 4)
cells = st.builds(Cell, st.just((Paragraph((Text("x"),)),)), columns=spans, rows=spans)
sections = st.lists(st.builds(Row, st.lists(cells, max_size=4).map(tuple)), max_size=4).map(tuple)


def cover(rows):
    """How often each slot is covered, by HTML's rule for placing cells."""
    slots = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (x, y) in slots:
                x += 1
            for right in range(cell.columns):
                for down in range(cell.rows):
                    slots[x + right, y + down] = slots.get((x + right, y + down), 0) + 1
            x += cell.columns
    return slots


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Table, sections, sections, sections))
def test_every_slot_is_covered_once(table):
    squared = square(table)
    across = columns(squared)
    for rows in (squared.head, squared.body, squared.foot):
        assert cover(rows) == {(x, y): 1 for x in range(across) for y in range(len(rows))}


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Table, sections, sections, sections))
def test_no_filled_cell_is_lost(table):
    def filled(one):
        return sum(bool(cell.blocks) for row in (*one.head, *one.body, *one.foot) for cell in row.cells)

    assert filled(square(table)) == filled(table)


def test_widths_follow_columns_that_are_closed_up():
    wide = Row((Cell((Paragraph((Text("x"),)),), columns=2), Cell(())))
    assert square(Table(body=(wide,), widths=(1.0, 2.0, 4.0))).widths == (3.0, 4.0)


def test_a_table_of_millions_of_slots_is_refused():
    with pytest.raises(CannotRead, match="too large"):
        square(Table(body=(Row((Cell((), columns=1000, rows=65534),)),) * 5000))
