"""Every mistake in a meeting file is one clear message with its line; no file can hang or break the reading."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import jsonschema
import pytest

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.meeting import meeting_schema
from moothall.core.packs.meeting_file import MAX_BYTES, load, parse

GOOD = """\
council = "Avonmere Council"
body = "Audit Committee"
start = 2014-11-24T16:30:00
place = "Guildhall"
members = [{ name = "Ruth Pellow", role = "chair" }, "Neil Cotterell"]

[contact]
name = "Paul Winslade"

[pages]
numbering = "papers"

[[item]]
number = 1
title = "Minutes"
papers = [
  "minutes.html",
  { path = "b.html", title = "B", appendix = true },
]

[[item]]
number = 2
title = "Lease"
kind = "report"
exempt = { paragraph = 3, reason = "Bids." }
"""

MISTAKES = {
    "an unknown key at the top": ('council = "A', 'counsel = "A', 1, "counsel is not known. Did you mean council"),
    "an unknown key of a member": ('{ name = "Ruth', '{ nme = "Ruth', 5, "nme is not known in [[members]]"),
    "an unknown key of the contact": ('name = "Paul', 'naem = "Paul', 8, "Did you mean name?"),
    "an unknown key of the pages": ("numbering", "numberng", 11, "Did you mean numbering?"),
    "an unknown key of an item": ('title = "Lease"', 'titel = "Lease"', 23, "titel is not known in [[item]]"),
    "an unknown key of a paper": ("appendix = true", "apendix = true", 18, "apendix is not known in [[item.papers]]"),
    "an unknown key of an exemption": ("paragraph = 3", "para = 3", 25, "para is not known in [[item.exempt]]"),
    "a missing title": ('title = "Lease"\n', "", 21, "title is missing in [[item]]"),
    "a missing body": ('body = "Audit Committee"\n', "", None, "body is missing"),
    "a bad date": ("2014-11-24T16:30:00", "2014-11-31T16:30:00", 3, "date"),
    "a date in quotes": ("2014-11-24T16:30:00", '"24 November"', 3, "start is not a real date"),
    "a date without a time": ("2014-11-24T16:30:00", "2014-11-24", 3, "a date and time"),
    "a year long past": ("2014-11-24", "1014-11-24", 3, "the year 1014 is not likely"),
    "an unknown role": ('role = "chair"', 'role = "king"', 5, "'king'. It can be: chair"),
    "an unknown kind": ('kind = "report"', 'kind = "poem"', 24, "'poem'. It can be: procedural"),
    "a paragraph that is not there": ("paragraph = 3", "paragraph = 9", 25, "should be 7 or less"),
    "an empty reason": ('reason = "Bids."', 'reason = ""', 25, "reason is empty"),
    "two numbers alike": ("number = 2", "number = 1", 22, "two agenda items have the number 1"),
    "two numbers alike but for quotes": ("number = 2", 'number = "1"', 22, "two agenda items have the number 1"),
    "a negative number": ("number = 2", "number = -2", 22, "should be 0 or more"),
    "a number with a fraction": ("number = 2", "number = 2.5", 22, "a whole number or text in quotes"),
    "a title of two lines": ('title = "Lease"', 'title = "Lease\\nof"', 23, "one line of text"),
    "a blank title": ('title = "Lease"', 'title = "  "', 23, "one line of text"),
    "a title past all measure": ('title = "Lease"', f'title = "{"x" * 100_000}"', 23, "longer than 1000 characters"),
    "a control character": ('title = "Lease"', 'title = "Le\\u0007ase"', 23, "U+0007, which cannot be printed"),
    "a NUL in a path": ('"minutes.html"', '"minutes\\u0000.html"', 17, "U+0000"),
    "a language that is none": ('place = "G', 'language = "English!"\nplace = "G', 4, "a language tag, such as en-GB"),
    "text instead of a list": ('kind = "report"', 'papers = "a.html"', 24, "a list in [brackets]"),
    "no TOML": ("number = 2", "number : 2", 22, "Write = and not a colon after a key."),
    "text without quotes": ('title = "Lease"', "title = Lease", 23, "invalid value. Put text into quotes."),
    "curly quotes": ('title = "Lease"', "title = “Lease”", 23, 'Use straight quotes, "like these".'),
    "a backslash in a path": ('"minutes.html"', '"old\\minutes.html"', 17, "In a path write / and not a backslash."),
    "a path of Windows": ('"minutes.html"', '"C:\\Users\\minutes.html"', 17, "In a path write / and not a backslash."),
    "a date with slashes": ("2014-11-24T16:30:00", "24/11/2014", 3, "Write a date as 2014-11-24, without quotes."),
    "an item in one bracket": ("[[item]]\nnumber = 2", "[item]\nnumber = 2", 21, "Write two brackets, as in [[item]]"),
    "a key twice": ("number = 2", "number = 2\nnumber = 3", 23, "not valid TOML"),
    "a string without end": ('title = "Lease"', 'title = "Lease', 23, "not valid TOML"),
    "a date after the meeting": ('place = "G', 'published = 2015-01-01\nplace = "G', 4, "published is after the day"),
}


@pytest.mark.parametrize(("good", "bad", "line", "message"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_named_with_its_line(good, bad, line, message):
    assert good in GOOD
    with pytest.raises(MeetingFileError) as caught:
        parse(GOOD.replace(good, bad, 1))
    assert message in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).count("\n") == 0


def test_a_file_in_another_encoding_is_named_with_the_line_that_shows_it(tmp_path):
    file = tmp_path / "meeting.toml"
    file.write_bytes(GOOD.replace("Ruth", "Renée").encode("cp1252"))
    with pytest.raises(MeetingFileError, match=r"^meeting\.toml, line 5: this is not text in UTF-8\. Save the file"):
        load(file)


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    file = tmp_path / "meeting.toml"
    (tmp_path / "minutes.html").write_text("<p>One.</p>")
    (tmp_path / "b.html").write_text("<p>Two.</p>")
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(file).meeting.body == "Audit Committee"


def test_every_message_about_a_file_on_disk_names_it(tmp_path):
    file = tmp_path / "meeting.toml"
    for text, told in ((GOOD, "line 17: the paper minutes.html is not in"), ("", "council is missing")):
        file.write_text(text)
        with pytest.raises(MeetingFileError) as caught:
            load(file)
        assert str(caught.value).startswith(("meeting.toml, line 17: ", "meeting.toml: "))
        assert told in str(caught.value)


def test_a_good_file_is_read_and_fits_its_schema():
    meeting = parse(GOOD)
    assert [item.number for item in meeting.items] == [1, 2]
    jsonschema.Draft202012Validator.check_schema(meeting_schema())


def test_line_ends_and_signs_within_text_do_not_put_the_line_out():
    text = GOOD.replace('title = "Minutes"', 'title = "Minutes\u2028of \u2029"\ntext = """\n[[item]]\nkey = 1\n"""')
    with pytest.raises(MeetingFileError) as caught:
        parse(text.replace('title = "Lease"', 'titel = "Lease"'))
    assert caught.value.line == 27


def test_a_file_with_windows_line_ends_has_the_same_lines():
    with pytest.raises(MeetingFileError) as caught:
        parse(GOOD.replace("kind = ", "knd = ").replace("\n", "\r\n"))
    assert caught.value.line == 24


BOMBS = {
    "deep lists": "a = " + "[" * 100_000,
    "deep tables": "a = " + "{b=" * 50_000,
    "a deep name": "a" + ".a" * 100_000 + " = 1",
    "a long number": "a = " + "9" * 5_000,
    "many tables": "\n".join(f"[t{number}]" for number in range(100_000)),
    "many comments": "#\n" * 1_000_000,
    "one long line": "a = " + '"' + "x" * 4_000_000,
    "spaces": " " * 4_000_000 + "[",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_is_refused_in_good_time(text):
    with pytest.raises(MeetingFileError):
        parse(text)


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_a_thousand_items_and_ten_thousand_papers_are_read(tmp_path):
    (tmp_path / "p").mkdir()
    items = []
    for number in range(1000):
        names = [f"p/{number}-{each}.txt" for each in range(10)]
        for name in names:
            (tmp_path / name).touch()
        listed = "\n".join(f'  "{name}",' for name in names)
        items.append(f'[[item]]\nnumber = {number}\ntitle = "T"\npapers = [\n{listed}\n]\n')
    meeting = tmp_path / "m.toml"
    meeting.write_text(GOOD.partition("[[item]]")[0] + "".join(items))
    assert len(load(meeting).papers) == 10_000


def with_paper(folder: Path, listed: str) -> Path:
    """A meeting file on whose line 6 the one paper is listed."""
    head = '[[item]]\nnumber = 1\ntitle = "T"\npapers = ['
    quoted = "'" + listed + "'"
    meeting = folder / "meeting.toml"
    top = 'council = "A"\nbody = "B"\nstart = 2014-11-24T16:30:00\nplace = "P"\n'
    meeting.write_text(f"{top}{head}\n{quoted}\n]\n", "utf-8")
    return meeting


PATHS = {
    "not there": ("none.html", "is not in papers"),
    "a near name": ("Report.html", "Did you mean report.html?"),
    "a near name in a folder": ("sub/aper.html", "Did you mean sub/paper.html?"),
    "the folder above": ("../outside.html", "leaves the folder"),
    "up and down": ("sub/../../outside.html", "leaves the folder"),
    "an absolute path": ("/etc/hostname", "is not a path within"),
    "a Windows path": ("sub\\paper.html", "is not a path within"),
    "a drive": ("C:paper.html", "is not a path within"),
    "a link out of the folder": ("out.html", "leaves the folder"),
    "a link out by a folder": ("outdir/outside.html", "leaves the folder"),
    "links in a circle": ("circle.html", "cannot be reached"),
    "a link to nothing": ("broken.html", "is not in papers"),
    "a folder": ("sub", "is a folder"),
    "the folder itself": (".", "is a folder"),
    "a pipe": ("pipe.html", "is no file"),
    "a socket": ("socket.html", "is no file"),
    "a link to a device": ("zero.html", "leaves the folder"),
    "below a file": ("report.html/x", "is not in papers"),
    "a name too long": ("x" * 5000, "cannot be reached"),
}


@pytest.fixture
def papers(tmp_path) -> Path:
    folder = tmp_path / "papers"
    (folder / "sub").mkdir(parents=True)
    for name in ("report.html", "sub/paper.html", "../outside.html"):
        (folder / name).write_text("<p>x</p>")
    (folder / "out.html").symlink_to("../outside.html")
    (folder / "outdir").symlink_to("..")
    (folder / "circle.html").symlink_to("circle.html")
    (folder / "broken.html").symlink_to("nowhere.html")
    (folder / "zero.html").symlink_to("/dev/zero")
    (folder / "inner.html").symlink_to("sub/paper.html")
    os.mkfifo(folder / "pipe.html")
    return folder


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("listed", "message"), PATHS.values(), ids=list(PATHS))
def test_a_paper_that_cannot_be_had_is_named_with_its_line(papers, listed, message, monkeypatch):
    monkeypatch.chdir(papers)  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.html")
        with pytest.raises(MeetingFileError) as caught:
            load(with_paper(papers, listed))
    assert message in str(caught.value)
    assert caught.value.line == 9
    assert len(str(caught.value)) < 500


def test_a_link_within_the_folder_is_followed(papers):
    (paper,) = load(with_paper(papers, "inner.html")).papers
    assert paper.path == (papers / "sub" / "paper.html").resolve()
    assert paper.listed_as == "inner.html"


@pytest.mark.parametrize("again", ["report.html", "./report.html", "sub/../report.html", "linked.html"])
def test_one_file_is_not_listed_twice_under_any_name(papers, again):
    (papers / "linked.html").symlink_to("report.html")
    meeting = with_paper(papers, "report.html")
    meeting.write_text(meeting.read_text() + f'[[item]]\nnumber = 2\ntitle = "T"\npapers = ["{again}"]\n')
    with pytest.raises(MeetingFileError, match="is listed twice") as caught:
        load(meeting)
    assert caught.value.line == 14


def test_papers_are_looked_for_in_the_folder_given(papers, tmp_path):
    elsewhere = with_paper(tmp_path, "report.html")
    assert load(elsewhere, papers=papers).papers[0].path == (papers / "report.html").resolve()
    with pytest.raises(MeetingFileError, match="the folder of papers"):
        load(elsewhere, papers=tmp_path / "none")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_a_file_in_another_encoding_is_named(tmp_path, encoding):
    path = tmp_path / "meeting.toml"
    path.write_bytes(GOOD.replace("Lease", "Café").encode(encoding))
    with pytest.raises(MeetingFileError, match="UTF-8"):
        load(path)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(papers):
    path = with_paper(papers, "report.html")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(path).papers


def test_a_binary_a_folder_a_pipe_and_a_device_are_named(tmp_path):
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "binary", tmp_path, tmp_path / "pipe", Path("/dev/zero"), tmp_path / "none"):
        with pytest.raises(MeetingFileError):
            load(path)


def test_a_file_past_all_measure_is_named(tmp_path):
    path = tmp_path / "meeting.toml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(MeetingFileError, match="larger than a meeting file can be"):
        load(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    path = with_paper(tmp_path, "x")
    path.chmod(0)
    with pytest.raises(MeetingFileError, match="cannot be read: Permission denied"):
        load(path)
