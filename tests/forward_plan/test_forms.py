"""A plan in other forms: CSV and PDF; held against a real panel's plan."""

import csv
import datetime as dt
import io
import re

import pypdfium2
import pytest

from moothall.core.documents.tree import Heading, Paragraph, Table
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import check_ua
from moothall.forward_plan import actions, public
from moothall.forward_plan.models import Entry
from moothall.forward_plan.pdf import document, set_plan
from moothall.forward_plan.spreadsheet import COLUMNS, as_csv, safe
from tests.conftest import TODAY, moment
from tests.forward_plan.conftest import MONEY, PANEL_DAY, PRIVATE
from tests.shared import needs_shared, shared

pytestmark = pytest.mark.django_db
BASE = "https://avonmere.example"


@pytest.fixture
def plan(avonmere):
    return lambda body="children-panel": public.plan(avonmere, body, on=TODAY)


def rows(found):
    return list(csv.DictReader(io.StringIO(as_csv(found, base=BASE).decode("utf-8-sig"))))


def test_csv_has_a_line_for_each_entry(work, enter, published, officer, plan):
    authors = [officer("Sam Reed", phone="01225 555123"), officer("Kit Hale", phone="01225 555124")]
    published(work, "Results", meeting=enter(PANEL_DAY), authors=authors, lead=authors[1])
    published(work, "Presentation")
    first, second = rows(plan())
    assert (first["date"], first["title"], first["report_authors"]) == ("2015-01-26", "Results", "Sam Reed; Kit Hale")
    assert (first["author_phones"], first["lead_director"]) == ("01225 555123; 01225 555124", "Kit Hale")
    assert (second["date"], second["month"], tuple(second)) == ("", "", COLUMNS)


@pytest.mark.parametrize("start", ["\t", "\r"])
def test_csv_makes_text_even_of_a_formula_behind_what_a_spreadsheet_leaves_out(start):
    """Such a letter no longer comes in by typing; it may be there from before."""
    assert safe(f"{start}=1+1") == f"'{start}=1+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_csv_gives_a_spreadsheet_nothing_to_run(work, published, plan, start):
    published(work, f'{start}HYPERLINK("x")')
    assert rows(plan())[0]["title"] == f'\'{start}HYPERLINK("x")'


def test_csv_names_the_ground_for_privacy_and_why_a_decision_is_key(decisions, published, plan):
    published(decisions, month=dt.date(2015, 1, 1), **(MONEY | PRIVATE))
    (row,) = rows(plan("cabinet"))
    assert (row["month"], row["key_decision"], row["private"]) == ("2015-01", "yes", "yes")
    assert (row["schedule_12a_paragraphs"], row["key_reason"]) == ("3", Entry.Key.MONEY.label)


def test_the_paper_has_a_table_for_each_meeting_and_says_what_slipped(work, enter, published, clerk, plan):
    first, second = enter(PANEL_DAY), enter(dt.date(2015, 3, 23))
    entry = published(work, "Results", meeting=first)
    published(work, "Peer challenge", meeting=first)
    actions.reschedule_entry(entry, meeting=second, reason="Late data", by=clerk)
    found = document(plan(), on=TODAY)
    assert [block.content[0].text for block in found.blocks if isinstance(block, Heading)] == [
        "Children Panel work plan",
        "Children Panel, 26 January 2015",
        "Children Panel, 23 March 2015",
    ]
    tables = [block for block in found.blocks if isinstance(block, Table)]
    assert [len(table.body) for table in tables] == [1, 1]
    assert ["23 March 2015" in repr(table) for table in tables] == [False, True]
    assert "26 January 2015" in repr(tables[1])


def test_an_empty_plan_says_so(work, plan):
    assert [type(block) for block in document(plan(), on=TODAY).blocks] == [Heading, Paragraph, Paragraph]


def test_the_pdf_is_accessible_and_has_the_whole_plan(work, enter, published, officer, clerk, plan, tmp_path):
    author = officer("Sam Reed", phone="01225 555123")
    published(work, "Results", meeting=enter(PANEL_DAY), authors=[author])
    actions.record_request(work, meeting=enter(dt.date(2014, 9, 29)), minute="51", asked="Peer challenge", by=clerk)
    made = set_plan(plan(), on=TODAY, store=Store(tmp_path), created=moment(TODAY))
    text = _text(made.pdf)
    for said in ("Results", "01225 555123", "Peer challenge", "29 September 2014"):
        assert said in text
    assert check_ua(made.pdf) == ()


def _text(path):
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return re.sub(r"\s+", " ", " ".join(pages))


@needs_shared
def test_scr_04_the_panels_own_plan_of_november_2014(work, enter, published, clerk, plan):
    """Its 16 entries (titles and dates of the real pack), in the order of the pack; one of them undated."""
    real = _real_plan()
    meetings = {day: enter(day) for day in dict.fromkeys(day for day, _ in real) if day}
    for day, title in real:
        published(work, title, meeting=meetings.get(day))
    found = plan()
    assert [(each.day, each.title) for each in found.entries] == real
    assert (len(real), [each.title for each in found.future]) == (16, ["NSPCC Presentation"])


def _real_plan():
    pack = shared("papers", "banes-2014-11-24", "pack.txt").read_text("utf-8")
    lines = re.findall(r"^(?:(\d+ \w{3} 201\d))?\tEYCY PDS\t([^\t\n]+)", pack, re.MULTILINE)
    return [(_day(day), title) for day, title in lines]


def _day(text):
    return dt.datetime.strptime(f"{text} +0000", "%d %b %Y %z").date() if text else None
