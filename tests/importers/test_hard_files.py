"""Files as they really come: huge, in odd letters, merged, twice, at the same time, and cut off half-way."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from moothall.bodies.models import Body
from moothall.foundation.audit.models import Entry
from moothall.importers import cell_values, import_rows, kinds
from moothall.importers.import_rows import Doubted, bring_in, doubts, rehearse
from moothall.importers.kinds import BODIES, MEMBERSHIPS, PEOPLE
from moothall.importers.spreadsheets import SheetRefused, read
from moothall.people.models import Person
from tests.errors import has_code
from tests.reading import codes

HEAD = b"first_names,last_name\n"
PAGE = reverse("workspace:import", args=["people"])


def cells(name, content):
    return [row.cells for row in read(name, content)]


@pytest.mark.parametrize("letters", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_letters_are_read_as_windows_and_excel_write_them(letters):
    content = "first_names;last_name\r\nZoë;O’Brien\r\n".encode(letters)
    assert cells("a.csv", content) == [{"first_names": "Zoë", "last_name": "O’Brien"}]


@pytest.mark.parametrize(
    "content",
    [HEAD + b"Zo\x81,Lee\n", "first_names,last_name\nZoë,Lee\n".encode("utf-16-le"), b"\xff\xfea"],
    ids=["no letter of any kind", "UTF-16 without its mark", "half a letter"],
)
def test_letters_that_cannot_be_read_are_told_and_never_guessed(content):
    with pytest.raises(SheetRefused, check=has_code("unknown-encoding", says=("CSV UTF-8",))):
        read("a.csv", content)


def test_fifty_thousand_rows_are_refused_with_what_to_do():
    with pytest.raises(SheetRefused, check=has_code("too-many-rows", says=("1000",))):
        read("a.csv", HEAD + b"Anna,Lee\n" * 50_000)
    book, kept = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for _row in range(20_000):
        sheet.append(["Anna", "Lee"])
    book.save(kept)
    with pytest.raises(SheetRefused, check=has_code("too-many-rows", says=("1000",))):
        read("a.xlsx", kept.getvalue())


def test_merged_cells_are_told(workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook(["body", "day"], ["Planning", "1/5/2014"], [None, "2/5/2014"])))
    book.active.merge_cells("A2:A3")
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(SheetRefused, check=has_code("merged-cells")):
        read("a.xlsx", kept.getvalue())


def saved(book):
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_days_of_a_workbook_that_counts_from_1904_are_the_days_that_excel_shows():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["day"], [dt.date(2014, 11, 24)]):
        book.active.append(row)
    assert cells("a.xlsx", saved(book)) == [{"day": "2014-11-24"}]


def test_a_day_that_lost_its_format_is_told_and_not_guessed(workbook):
    (row,) = cells("a.xlsx", workbook(["day"], [41967]))
    with pytest.raises(cell_values.Unreadable, check=has_code("not-a-date", says=("“41967”",))):
        cell_values.day(row["day"])


def test_empty_rows_down_to_the_end_of_the_sheet_are_no_rows():
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["Planning"])
    book.active.cell(1_048_576, 1).font = Font(bold=True)
    assert cells("a.xlsx", saved(book)) == [{"name": "Planning"}]


def test_a_hidden_sheet_in_front_is_not_what_is_read():
    book = openpyxl.Workbook()
    book.active.append(["secret"])
    shown = book.create_sheet("List")
    for row in (["name"], ["Planning"]):
        shown.append(row)
    book.active = 1
    book.worksheets[0].sheet_state = "hidden"
    assert cells("a.xlsx", saved(book)) == [{"name": "Planning"}]


def test_quotes_and_lines_within_a_cell_are_read_and_an_open_quote_is_told():
    assert cells("a.csv", b'name;remit\n"a ""b""";"one\ntwo; three"\n') == [
        {"name": 'a "b"', "remit": "one\ntwo; three"}
    ]
    with pytest.raises(SheetRefused, check=has_code("not-csv")):
        read("a.csv", b'name\n"open')


def test_one_letter_is_written_in_one_way():
    assert cells("a.csv", "name\nZoe\u0308\n".encode()) == [{"name": "Zo\u00eb"}]


@pytest.mark.django_db
def test_fifty_megabytes_are_refused_unread(desk, monkeypatch):
    monkeypatch.setattr("moothall.workspace.imports.pages.read", lambda *_: pytest.fail("it was read"))
    answer = desk.post(PAGE, {"file": SimpleUploadedFile("a.csv", b"x" * 50_000_000)})
    assert codes(answer) == {"file": ["too-large"]}
    assert "2 MB" in answer.text


@pytest.mark.django_db
def test_a_long_list_asks_for_each_name_once(operator, councillor):
    for name in ("Anna Lee", "Ben Ode", "Cleo Day", "Dan Ames"):
        councillor(name)
    bring_in(BODIES, read("a.csv", b"name,kind,first_day\nPlanning,Committee,1/5/2014"), by=operator)
    head = b"body,person,place,first_day\n"
    rows = [f"Planning,{name},Member,1/6/2014\n".encode() for name in ("Lee, Anna", "Ben Ode", "cleo-day", "DAN  ames")]
    rows[0] = b'Planning,"Lee, Anna",Member,1/6/2014\n'
    with CaptureQueriesContext(connection) as told:
        found = bring_in(MEMBERSHIPS, read("a.csv", head + b"".join(rows)), by=operator)
    assert [each.error for each in found] == [""] * 4
    whole = [each for each in told if 'FROM "people_person"' in each["sql"] and '"id" =' not in each["sql"]]
    assert len(whole) == 1


def test_a_bomb_in_an_old_workbook_is_refused_before_it_is_unfolded(workbook):
    kept = io.BytesIO(workbook(["name"], ["Planning"]))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * 60_000_000)
    assert len(kept.getvalue()) < 200_000
    with pytest.raises(SheetRefused, check=has_code("unpacks-to-too-much")):
        read("a.xlsx", kept.getvalue())


def test_a_month_in_the_place_of_the_day_is_told_as_that():
    with pytest.raises(cell_values.Unreadable, check=has_code("month-before-day")):
        cell_values.day("05/13/2014")


class Reversed(trans_real.DjangoTranslation):
    """A language in which every sentence stands between marks."""

    def gettext(self, message):
        return f"«{message}»"


@pytest.fixture
def in_another_language(monkeypatch):
    """Whoever reads, reads another language."""
    with translation.override("en-gb"):
        monkeypatch.setattr(trans_real._active, "value", Reversed("en-gb"), raising=False)
        yield


@pytest.mark.django_db
def test_messages_of_rows_are_told_in_the_language_of_the_reader(in_another_language, operator):
    rows = read(
        "a.csv", b"first_names,last_name,office,first_day\nAnna,,,\nBen,Okafor,King,9/5/2011\nC,D,Councillor,soon\n"
    )
    assert all(each.error.startswith("«") for each in rehearse(PEOPLE, rows, by=operator))
    assert all(str(column.holds).startswith("«") for kind in kinds.KINDS.values() for column in kind.columns)
    with pytest.raises(SheetRefused, match=r"^«"):
        read("a.pdf", b"")


@pytest.mark.django_db
def test_a_list_brought_in_twice_is_in_doubt_and_goes_in_only_when_it_is_meant(operator, avonmere):
    rows = read("a.csv", HEAD + b"Anna,Lee\nBen,Okafor\n")
    bring_in(PEOPLE, rows, meant="", by=operator)
    told = rehearse(PEOPLE, rows, by=operator)
    assert [name in each.doubt for name, each in zip(("Anna Lee", "Ben Okafor"), told, strict=True)] == [True, True]
    with pytest.raises(Doubted):
        bring_in(PEOPLE, rows, meant="", by=operator)
    assert Person.objects.of(avonmere).count() == 2
    bring_in(PEOPLE, rows, meant=doubts(told), by=operator)
    assert Person.objects.of(avonmere).count() == 4


@pytest.mark.django_db
def test_a_row_that_is_there_twice_is_in_doubt_whatever_its_spaces_and_capitals(operator):
    told = rehearse(
        BODIES, read("a.csv", b"name,kind,first_day\nPlanning,Board,1/5/2014\n planning ,Board,1/5/2014"), by=operator
    )
    assert told[0].doubt == ""
    assert [each for each in ("planning", "2") if each not in told[1].doubt] == []


@pytest.mark.django_db
def test_people_of_another_council_are_no_reason_to_doubt(operator, acting, brackwater):
    acting("clerk", council=brackwater, first_names="Hal", last_name="Harbour")
    assert rehearse(PEOPLE, read("a.csv", HEAD + b"Hal,Harbour\n"), by=operator)[0].doubt == ""


def _kept(answer):
    return re.search(r'name="rows" value="([^"]+)"', answer.text)[1]


@pytest.mark.django_db
def test_of_two_who_bring_in_the_same_list_the_slower_one_is_asked(desk, browser, administrator, avonmere):
    before = Person.objects.of(avonmere).count()
    first, second = desk, browser(administrator)
    shown = [each.post(PAGE, {"file": SimpleUploadedFile("a.csv", HEAD + b"Anna,Lee\n")}) for each in (first, second)]
    assert first.post(PAGE, {"rows": _kept(shown[0]), "enter": "1"}).status_code == 302
    answer = second.post(PAGE, {"rows": _kept(shown[1]), "enter": "1"})
    assert ["Anna Lee" in each.doubt for each in answer.context["told"]] == [True]
    assert Person.objects.of(avonmere).count() == before + 1
    meant = re.search(r'id="meant"\s+value="([^"]+)"', answer.text)[1]
    assert second.post(PAGE, {"rows": _kept(answer), "enter": "1", "meant": meant}).status_code == 302
    assert Person.objects.of(avonmere).count() == before + 2


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [KeyboardInterrupt, MemoryError, SystemExit])
def test_what_is_cut_off_half_way_leaves_nothing_behind(operator, avonmere, monkeypatch, gone):
    before, real, calls = Entry.objects.count(), import_rows._one, []

    def one(kind, row, by, names):
        calls.append(row)
        if len(calls) == 3:
            raise gone
        return real(kind, row, by, names)

    monkeypatch.setattr(import_rows, "_one", one)
    with pytest.raises(gone):
        bring_in(BODIES, read("a.csv", b"name,kind,first_day\n" + b"Board,Board,1/5/2014\n" * 4), by=operator)
    assert Body.objects.of(avonmere).count() == 0
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_nobody_is_told_of_a_problem_before_a_file_was_sent(desk):
    assert "govuk-error-summary" not in desk.get(PAGE).text
    assert codes(desk.post(PAGE, {})) == {"file": ["required"]}


@pytest.mark.django_db
def test_one_name_with_two_apostrophes_is_one_name(operator, councillor):
    councillor("Ann O’Brien")
    (told,) = rehearse(PEOPLE, read("a.csv", HEAD + b"ann,o'brien\n"), by=operator)
    assert "ann o'brien" in told.doubt


@pytest.mark.django_db
def test_somebody_with_one_name_is_brought_in(operator, avonmere):
    bring_in(PEOPLE, read("a.csv", HEAD + b",Suharto\n"), by=operator)
    assert str(Person.objects.of(avonmere).get()) == "Suharto"
