"""HTML, Markdown, plain text, pictures, and documents that a converter reads."""

import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image
from pypandoc import get_pandoc_path

from moothall.core.documents.html_writer import to_html
from moothall.core.documents.readers import office, read
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Figure, LineBreak, ListBlock, PageBreak, Paragraph, Text
from tests.documents.tree.strategies import picture


def from_text(tmp_path, text, name="a.txt", encoding="utf-8"):
    (tmp_path / name).write_bytes(text.encode(encoding))
    return read(tmp_path / name)


def test_blank_lines_part_paragraphs_and_wrapped_lines_run_on(tmp_path):
    long = "This line was wrapped by the program that wrote it, at its margin,"
    blocks = from_text(tmp_path, f"{long}\nand goes on here.\n\nMembers:\nshort").document.blocks
    assert blocks == (
        Paragraph((Text(f"{long} and goes on here."),)),
        Paragraph((Text("Members:"), LineBreak(), Text("short"))),
    )


def test_bullets_and_form_feeds_are_understood(tmp_path):
    blocks = from_text(tmp_path, "Note:\n- one\n- two\n  more\n\fNext").document.blocks
    assert [type(block) for block in blocks] == [Paragraph, ListBlock, PageBreak, Paragraph]
    assert to_text(from_text(tmp_path, "- one\n- two").document) == "• one\n• two\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path, encoding):
    found = from_text(tmp_path, "Savings of £5 – agreed", encoding=encoding)
    assert to_text(found.document) == "Savings of £5 – agreed\n"
    assert [caution.code for caution in found.cautions] == (["encoding-guessed"] if encoding == "cp1252" else [])


def test_markdown_keeps_lists_tables_and_notes(tmp_path):
    text = "# Report\n\n3. three\n4. four\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\nText[^1]\n\n[^1]: A note\n"
    found = from_text(tmp_path, text, "a.md")
    assert found.document.title == "Report"
    assert to_text(found.document) == "Report\n3. three\n4. four\nA\tB\n1\t2\nText[1]\n[1] A note\n"
    assert 'class="align-right"' in to_html(found.document)


def test_a_page_gives_its_title_and_language(tmp_path):
    found = from_text(tmp_path, '<html lang="cy"><title>Adroddiad &amp; mwy</title><p>x</p>', "a.html")
    assert (found.document.title, found.document.language) == ("Adroddiad & mwy", "cy")


def test_a_page_may_use_pictures_beside_it_and_none_elsewhere(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "in.png").write_bytes(picture("red"))
    (tmp_path / "out.png").write_bytes(picture("blue"))
    page = '<img src="in.png" alt="in"><img src="../out.png" alt="out"><img src="http://a.uk/x.png" alt="web">'
    found = from_text(tmp_path / "papers", page, "a.html")
    assert [block.alt for block in found.document.blocks] == ["in"]
    assert [caution.code for caution in found.cautions] == ["picture-missing"] * 2


def test_a_file_without_a_title_is_called_by_its_name(tmp_path):
    assert from_text(tmp_path, "x", "Appendix_2.txt").document.title == "Appendix 2"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_picture_is_a_figure_that_asks_for_a_description(tmp_path, kind):
    (tmp_path / f"a.{kind.lower()}").write_bytes(picture(kind=kind))
    found = read(tmp_path / f"a.{kind.lower()}")
    assert [type(block) for block in found.document.blocks] == [Figure]
    assert [caution.code for caution in found.cautions] == ["picture-without-alt"]


def test_a_tiff_of_several_pages_gives_a_figure_a_page(tmp_path):
    pages = [Image.new("1", (20, 30), at % 2) for at in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    blocks = read(tmp_path / "a.tif").document.blocks
    assert [type(block) for block in blocks] == [Figure, PageBreak, Figure, PageBreak, Figure]


def test_a_photograph_is_set_upright_and_loses_the_cameras_notes(tmp_path):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Taken at the chief executive's house"
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    content = next(iter(read(tmp_path / "a.jpg").document.images.values()))
    with Image.open(BytesIO(content)) as shown:
        assert shown.size == (20, 40)
    assert b"chief executive" not in content


@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_other_word_processors_documents_are_read_without_libreoffice(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    path = tmp_path / f"a.{kind}"
    source = "# Report\n\n5. five\n6. six\n"
    subprocess.run([get_pandoc_path(), "-s", "-f", "markdown", "-o", path], input=source.encode(), check=True)
    found = read(path)
    assert to_text(found.document).split() == ["Report", "5.", "five", "6.", "six"]
    # pandoc writes rich text's numbers as typed, so only the other's are in doubt
    assert ("numbers-may-differ" in [caution.code for caution in found.cautions]) is (kind == "odt")


@pytest.mark.parametrize(("kind", "lost"), [("odt", False), ("rtf", True)])
def test_footnotes_are_kept_or_said_to_be_lost(tmp_path, monkeypatch, kind, lost):
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    path = tmp_path / f"a.{kind}"
    subprocess.run([get_pandoc_path(), "-s", "-f", "markdown", "-o", path], input=b"Text^[A note]\n", check=True)
    found = read(path)
    assert ("A note" in to_text(found.document)) is not lost
    assert ("notes-lost" in [caution.code for caution in found.cautions]) is lost


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_old_word_is_read_through_libreoffice(tmp_path):
    from tests.documents.readers.word_files import level, numbering, para, write  # noqa: PLC0415

    scheme = numbering({0: level(0, "%1", start=5) + level(1, "%1.%2")}, {1: (0, "")})
    source = write(tmp_path / "a.docx", para("five", num=(1, 0)) + para("five one", num=(1, 1)), numbered=scheme)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path / "old"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert to_text(read(tmp_path / "old" / "a.doc").document) == "5 five\n5.1 five one\n"


def test_markdown_strikes_words_through(tmp_path):
    found = from_text(tmp_path, "The fee is ~~£5~~ £6.", "a.md")
    assert to_text(found.document) == "The fee is [deleted: £5] £6.\n"


@pytest.mark.parametrize(("kind", "mark"), [("odt", "em"), ("rtf", "ins")])
def test_words_struck_through_in_other_word_processors_are_read_by_pandoc(tmp_path, monkeypatch, kind, mark):
    """pandoc takes underlining in OpenDocument for emphasis."""
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    struck_and_underlined(tmp_path / f"a.{kind}")
    expected = f"<p>The fee is <del>£5</del> <{mark}>£6</{mark}>.</p>\n"
    assert to_html(read(tmp_path / f"a.{kind}").document) == expected


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_words_struck_through_in_other_word_processors_are_read_by_libreoffice(tmp_path, kind):
    struck_and_underlined(tmp_path / f"a.{kind}")
    assert to_html(read(tmp_path / f"a.{kind}").document) == "<p>The fee is <del>£5</del> <ins>£6</ins>.</p>\n"


def struck_and_underlined(path):
    source = "The fee is ~~£5~~ [£6]{.underline}."
    subprocess.run([get_pandoc_path(), "-s", "-f", "markdown", "-o", path], input=source.encode(), check=True)
