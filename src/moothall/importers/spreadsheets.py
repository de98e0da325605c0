"""A table out of a CSV or Excel file from outside, which may be anything. No database.

Refused: files that are too large, workbooks that unfold to far more than they weigh, entities in XML, formulas, and
cells that a spreadsheet would take for a formula when the data is exported again.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

MOST_BYTES = 2_000_000
MOST_UNFOLDED = 40_000_000
MOST_ROWS = 1_000
"""As many as are entered in some seconds: for so long nobody else of the council can write."""
MOST_LINES = 1_048_576
"""As many as a sheet of Excel has: where a column is formatted as a whole, empty rows reach down to there."""
MOST_COLUMNS = 40
MOST_LETTERS = 5_000
MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
PHONE = re.compile(r"\+?[\d ()/-]+")


class SheetRefused(ValueError):
    """A file that is not taken; the message says why, and what to do, and ``code`` names the reason."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column name, with its number in the file (the heading is row 1)."""

    number: int
    cells: dict[str, str]


def read(name: str, content: bytes) -> list[Row]:
    """The rows of a .csv file, or of the first sheet of a .xlsx file that is not hidden, without empty ones.

    Raises SheetRefused.
    """
    check_size(len(content))
    if name.lower().endswith(".xlsx"):
        lines = _of_workbook(content)
    elif name.lower().endswith(".csv"):
        lines = _of_csv(content)
    else:
        raise SheetRefused(_("The file is neither .csv nor .xlsx. Save it as one of the two."), code="other-kind")
    return _rows(lines)


def check_size(length: int) -> None:
    """Raise SheetRefused for a file that is too large to be looked at."""
    if length > MOST_BYTES:
        message = _("The file is larger than {most} MB. Split it, or save only the sheet that is needed.")
        raise SheetRefused(message.format(most=MOST_BYTES // 1_000_000), code="too-large")


def heading(text: str) -> str:
    """A column's heading as it is compared: “First names ” and “first_names” are the same."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


def _rows(lines: Iterable[Sequence[str]]) -> list[Row]:
    counted = iter(enumerate(lines, 1))
    names = [heading(each) for each in next(counted, (1, ()))[1]]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetRefused(_("The file is empty: its first row must hold the names of the columns."), code="empty")
    if len(set(names)) < len(names) or "" in names:
        raise SheetRefused(_("Every column needs a name of its own in the first row."), code="bad-headings")
    found = []
    for number, cells in counted:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            message = _("Row {row} has more cells than there are columns.")
            raise SheetRefused(message.format(row=number), code="too-many-cells")
        found.append(Row(number, {key: _safe(number, key, cell) for key, cell in zip(names, cells, strict=False)}))
        if len(found) > MOST_ROWS:
            raise SheetRefused(_too_long(), code="too-many-rows")
    return found


def _safe(number: int, column: str, cell: str) -> str:
    # one letter is written in one way, or the same name would be two
    text = unicodedata.normalize("NFC", cell).strip()
    if len(text) > MOST_LETTERS:
        message = _("Row {row}, {column}: the cell holds more than {most} letters.")
        raise SheetRefused(message.format(row=number, column=column, most=MOST_LETTERS), code="cell-too-long")
    if cell.startswith(STARTS_FORMULA) and text not in {"", "-"} and not PHONE.fullmatch(text):
        message = _("Row {row}, {column}: “{text}” begins like a formula. Write the value itself, as text.")
        raise SheetRefused(message.format(row=number, column=column, text=text[:40]), code="formula")
    return "" if text == "-" else text


def _text(content: bytes) -> str:
    """A CSV file as text: UTF-16 by its mark, UTF-8, or the letters of Windows. Raises SheetRefused."""
    ways = ("utf-16",) if content.startswith(MARKS_OF_UTF_16) else ("utf-8-sig", "cp1252")
    for way in ways:
        try:
            text = content.decode(way)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetRefused(
        _("The letters of the file cannot be read. Save it again as “CSV UTF-8”, or as .xlsx."), code="unknown-encoding"
    )


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = _text(content)
    first = text.partition("\n")[0]
    between = max((",", ";", "\t"), key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    except csv.Error as error:
        raise SheetRefused(_("The file cannot be read as CSV: {error}.").format(error=error), code="not-csv") from None


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    _unfolds_decently(content)
    # it takes 40 MB with numpy, which no other page needs
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        # formulas stay formulas, so that they are seen and refused; their stored results may be anything
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        message = _("The file cannot be read as an Excel workbook ({error}).")
        raise SheetRefused(message.format(error=type(error).__name__), code="not-a-workbook") from None
    try:
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        # the size that a sheet says it has is not to be believed: rows and columns are counted as they come
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
            if number > MOST_LINES:
                raise SheetRefused(_too_long(), code="too-many-rows")
            yield [_written(number, cell.value) for cell in cells]
    except (KeyError, IndexError, ValueError, SyntaxError, StopIteration) as error:
        if isinstance(error, SheetRefused):
            raise
        raise SheetRefused(
            _("The sheet cannot be read ({error}).").format(error=type(error).__name__), code="unreadable-sheet"
        ) from None
    finally:
        book.close()


def _unfolds_decently(content: bytes) -> None:
    """Refuse a workbook that is a bomb: by what its parts really unfold to, not by what they say."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = MOST_UNFOLDED
            for part in archive.infolist():
                with archive.open(part) as stream:
                    left -= _length(stream, left, part.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise SheetRefused(
            _("The file is not an Excel workbook, or it is locked with a password."), code="not-a-workbook"
        ) from None


def _length(stream: IO[bytes], left: int, name: str) -> int:
    length, tail = 0, b""
    while piece := stream.read(65_536):
        length += len(piece)
        if length > left:
            raise SheetRefused(
                _("The workbook unfolds to far more than a list of this kind holds."), code="unpacks-to-too-much"
            )
        if (
            name.endswith((".xml", ".rels"))
            and b"<!" in tail + piece
            and re.search(rb"<!(DOCTYPE|ENTITY)", tail + piece)
        ):
            raise SheetRefused(_("The workbook holds declarations that no spreadsheet writes."), code="declarations")
        if name.startswith("xl/worksheets/") and b"<mergeCell " in tail + piece:
            message = _("A sheet has merged cells. Unmerge them: every row needs its own value in each column.")
            raise SheetRefused(message, code="merged-cells")
        tail = piece[-16:]
    return length


def _written(number: int, value: object) -> str:
    """A cell as it would be typed: days in ISO, hours as 16:30."""
    for kind, told in _KINDS:
        if isinstance(value, kind):
            return told(value)
    raise SheetRefused(_("Row {row} holds a formula. Write the value itself.").format(row=number), code="formula")


_KINDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (type(None), lambda _nothing: ""),
    (str, str),
    (bool, lambda each: "yes" if each else "no"),
    (dt.datetime, lambda each: f"{each:%Y-%m-%d %H:%M}".removesuffix(" 00:00")),
    (dt.date, lambda each: f"{each:%Y-%m-%d}"),
    (dt.time, lambda each: f"{each:%H:%M}"),
    (int, str),
    (float, lambda each: str(int(each)) if each.is_integer() else str(each)),
)


def _too_long() -> str:
    return _("The list has more than {most} rows. Split it.").format(most=MOST_ROWS)
