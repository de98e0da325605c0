"""Files from outside: read as they are written, and refused where they are more than a list."""

import datetime as dt
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.importers import cell_values
from moothall.importers.spreadsheets import MOST_BYTES, MOST_ROWS, SheetRefused, read
from tests.errors import has_code


def cells(name, content):
    return [row.cells for row in read(name, content)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"First names,Last name\nAnna,Lee\n", id="commas"),
        pytest.param(b"First names;Last name\r\nAnna;Lee\r\n", id="semicolons"),
        pytest.param("\ufeffFirst names\tLast name\nAnna\tLee".encode(), id="tabs and a mark"),
        pytest.param(b"first_names,LAST NAME\n\n\nAnna , Lee\n", id="empty lines"),
    ],
)
def test_a_csv_file_is_read_as_spreadsheets_write_it(content):
    assert cells("a.csv", content) == [{"first_names": "Anna", "last_name": "Lee"}]


def test_letters_of_windows_are_read_too():
    assert cells("a.csv", "name\nZoë\n".encode("cp1252")) == [{"name": "Zoë"}]


def test_days_and_hours_of_a_workbook_become_what_one_would_type(workbook):
    content = workbook(["day", "start", "seats"], [dt.date(2014, 11, 24), dt.time(16, 30), 12.0])
    assert cells("a.xlsx", content) == [{"day": "2014-11-24", "start": "16:30", "seats": "12"}]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1"])
def test_a_cell_that_would_become_a_formula_is_refused(text):
    with pytest.raises(SheetRefused, check=has_code("formula")):
        read("a.csv", f'name\n"{text}"\n'.encode())


def test_a_telephone_number_is_no_formula():
    assert cells("a.csv", b"phone\n+44 (0)1225 000000\n") == [{"phone": "+44 (0)1225 000000"}]


def test_a_formula_of_a_workbook_is_refused(workbook):
    with pytest.raises(SheetRefused, check=has_code("formula")):
        read("a.xlsx", workbook(["name"], ["=HYPERLINK(A1)"]))


def bomb(name, content):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return kept.getvalue()


def test_a_workbook_that_unfolds_to_far_more_than_it_weighs_is_refused():
    content = bomb("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert len(content) < MOST_BYTES
    with pytest.raises(SheetRefused, check=has_code("unpacks-to-too-much")):
        read("a.xlsx", content)


def test_entities_in_a_workbook_are_refused():
    with pytest.raises(SheetRefused, check=has_code("declarations")):
        read("a.xlsx", bomb("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.pdf", b"x", "other-kind", id="another kind"),
        pytest.param("a.csv", b"", "empty", id="empty"),
        pytest.param("a.csv", b"name,name\na,b", "bad-headings", id="the same heading twice"),
        pytest.param("a.csv", b"name\na,b", "too-many-cells", id="a cell too many"),
        pytest.param("a.csv", b"name\n" + b"a\n" * (MOST_ROWS + 1), "too-many-rows", id="too many rows"),
        pytest.param("a.csv", b"x" * (MOST_BYTES + 1), "too-large", id="too large"),
        pytest.param("a.xlsx", b"not a zip", "not-a-workbook", id="no workbook"),
        pytest.param("a.xlsx", bomb("a.txt", b"x"), "not-a-workbook", id="a zip of something else"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(name, content, code):
    with pytest.raises(SheetRefused, check=has_code(code)):
        read(name, content)


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(content):
    for name in ("a.csv", "a.xlsx"):
        with suppress(SheetRefused):
            assert isinstance(read(name, content), list)


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_every_way_to_write_a_day_gives_the_day(day):
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"{day:%A} {day.day} {day:%b %Y}"):
        assert cell_values.day(text) == day


@pytest.mark.parametrize("text", ["16:30", "4.30pm", "4:30 p.m.", "1630"])
def test_every_way_to_write_an_hour_gives_the_hour(text):
    assert cell_values.hour(text) == dt.time(16, 30)
