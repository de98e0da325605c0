"""Files that are not what they seem, or mean harm: one clear sentence, and nothing else happens."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from moothall.core.documents.errors import CannotRead, PasswordNeeded
from moothall.core.documents.readers import office, plain_text, read
from moothall.core.documents.readers.file_kinds import Kind, kind_of_file
from moothall.core.documents.readers.word import package
from moothall.core.documents.text_writer import to_text
from tests.documents.readers.word_files import TYPES, cell, para, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word(tmp_path, name="paper.docx", *, document="", more=(), compression=zipfile.ZIP_DEFLATED):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
        for entry, content in more:
            archive.writestr(entry, content)
    return path


def laughs():
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    return f'<!DOCTYPE w:document [<!ENTITY l0 "ha">{entities}]><w:document>&l11;</w:document>'


def encrypted_odt():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01")
    return out.getvalue()


BYTES = {
    "an empty file": ("a.docx", b"", "is empty"),
    "binary garbage": ("a.docx", bytes(range(256)) * 20, "is not a Word document"),
    "a PDF with Word's name": ("a.docx", b"%PDF-1.7\n", "is a PDF, although its name ends in “.docx”"),
    "a PDF": ("a.pdf", b"%PDF-1.7\n", "goes into a pack as it is"),
    "a zip cut short": ("a.docx", b"PK\x03\x04" + b"\0" * 100, "is damaged"),
    "an old Office file without a document": ("a.doc", OLE + b"\0" * 2000, "holds no Word document"),
    "a text that is binary": ("a.txt", b"a\0b" * 100, "is not a plain text"),
    "a picture cut short": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "is a damaged picture"),
    "an unknown kind": ("a.xyz", b"hello", "of a kind that cannot be read"),
    "a HEIC picture": ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 100, "save it as JPEG"),
}


@pytest.mark.parametrize(("name", "content", "message"), BYTES.values(), ids=BYTES)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotRead, match=message) as refused:
        read(tmp_path / name)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(CannotRead, match="is not there"):
        read(tmp_path / "nowhere.docx")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")), ("a.odt", encrypted_odt())],
    ids=["Word", "OpenDocument"],
)
def test_an_encrypted_document_asks_for_a_copy_without_password(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PasswordNeeded, match="protected by a password"):
        read(tmp_path / name)


DOCUMENTS = {
    "exploding entities": (laughs(), "holds XML entities"),
    "an entity from a file": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "holds XML entities"),
    "no XML": ("hello", "not sound XML"),
    "XML cut short": ("<w:document", "not sound XML"),
    "no body": ("<document/>", "has no body"),
    "ten thousand nested elements": ("<a>" * 10_000 + "</a>" * 10_000, "not sound XML"),
}


@pytest.mark.parametrize(("document", "message"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_hostile_document_part_is_refused(tmp_path, document, message):
    with pytest.raises(CannotRead, match=message):
        read(word(tmp_path, document=document))


def test_entities_in_another_encoding_are_refused_too(tmp_path):
    with pytest.raises(CannotRead, match="holds XML entities"):
        read(word(tmp_path, document=f'<?xml version="1.0" encoding="utf-16"?>{laughs()}'.encode("utf-16")))


def test_a_zip_bomb_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MOST_BYTES", 1_000_000)
    with pytest.raises(CannotRead, match="unpacks to far more"):
        read(word(tmp_path, document="<a/>", more=[("word/media/a.bin", b"\0" * 2_000_000)]))


def test_a_part_that_lies_about_its_size_is_stopped(tmp_path, monkeypatch):
    path = word(tmp_path, document="<a>" + " " * 2_000_000 + "</a>")
    content = path.read_bytes().replace((2_000_007).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(content)
    monkeypatch.setattr(package, "MOST_BYTES", 1_000_000)
    with pytest.raises(CannotRead):
        read(path)


def test_too_many_entries_are_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MOST_ENTRIES", 10)
    with pytest.raises(CannotRead, match="unpacks to far more"):
        read(word(tmp_path, document="<a/>", more=[(f"word/{at}.xml", "") for at in range(10)]))


def test_names_that_climb_out_touch_nothing(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    path = write(
        inside / "a.docx", para("a"), parts={"../../../evil.txt": "x"}, links={"p": ("image", "../../../etc/passwd")}
    )
    assert read(path).document.blocks
    assert {file.name for file in tmp_path.rglob("*")} == {"inside", "a.docx"}


def test_deeply_nested_tables_are_refused(tmp_path):
    body = (f"<w:tbl><w:tr>{cell('a')}<w:tc>" * 70) + para("x") + "</w:tc></w:tr></w:tbl>" * 70
    with pytest.raises(CannotRead, match="nested too deeply"):
        read(write(tmp_path / "a.docx", body))


def test_a_hundred_megabytes_of_text_are_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"words ")
        file.truncate(100_000_000)
    with pytest.raises(CannotRead, match="holds 100 MB of text"):
        plain_text.read_text(path)


def test_a_converter_that_hangs_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 0.2)
    with pytest.raises(CannotRead, match="took longer"):
        office._run(["sleep", "30"])


def test_old_word_without_libreoffice_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    path = tmp_path / "a.doc"
    path.write_bytes(OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    with pytest.raises(CannotRead, match=r"save it as \.docx"):
        read(path)


def test_a_word_document_by_another_name_is_read_with_a_caution(tmp_path):
    found = read(write(tmp_path / "a.doc", para("text")))
    assert [caution.code for caution in found.cautions] == ["wrong-name"]


@pytest.mark.parametrize("cut", [30, 200, 500, 900, 1500])
def test_a_truncated_document_is_refused(tmp_path, cut):
    path = write(tmp_path / "a.docx", para("text"))
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(CannotRead):
        read(path)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_never_crash(tmp_path, seed):
    path = write(tmp_path / "a.docx", para("text") * 50)
    content = bytearray(path.read_bytes())
    for step in range(1, 12):
        content[(seed * 7919 + step * step * 104729) % len(content)] ^= 1 + (seed * step) % 255
    path.write_bytes(bytes(content))
    with suppress(CannotRead):
        assert "text" in to_text(read(path).document)


@pytest.mark.timeout(30)
def test_many_comments_are_looked_at_once_each(tmp_path):
    path = tmp_path / "paper.doc"
    path.write_bytes(b"<!-- a > b -->\n" * 200 + b"<p>A page")
    assert kind_of_file(path) is Kind.HTML
    path.write_bytes(b"<!-- a > b -->\n" * 200 + b"no page")
    with pytest.raises(CannotRead, match="is not"):
        kind_of_file(path)
