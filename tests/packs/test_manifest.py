"""A manifest reads back as it was written, and a file that is none has its message."""

from __future__ import annotations

import datetime as dt
import json
import os

import pytest

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.manifest import (
    ItemRecord,
    Manifest,
    MeetingRecord,
    PaperRecord,
    PlacedPart,
    encode,
    page,
    read,
)
from moothall.core.packs.page_labels import Series

MANIFEST = Manifest(
    meeting=MeetingRecord(
        council="Avonmere", body="Panel", start=dt.datetime(2014, 11, 24, 16, 30, tzinfo=dt.UTC), place="Guildhall"
    ),
    pages=10,
    parts=(
        PlacedPart(key="front", labels=("1", "2")),
        PlacedPart(key="sheet", labels=("3",), blanks=("4",)),
        PlacedPart(key="secret", labels=("E1", "E2", "E3"), blanks=("E4",)),
        PlacedPart(key="b", labels=("21", "21a")),
    ),
    items=(
        ItemRecord(
            number=1,
            title="Lease",
            papers=(
                PaperRecord(title="S", path="s", first_page="E1", pages=3, sha256="0", key="secret", exempt=3),
                PaperRecord(title="B", path="b", first_page=21, pages=2, sha256="1", key="b"),
            ),
        ),
    ),
    outputs=(),
    retired=("8", "E9"),
)


def test_a_manifest_reads_back_as_it_was_written(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_bytes(encode(MANIFEST))
    assert read(path) == MANIFEST


def test_the_public_view_has_no_exempt_part_paper_or_label():
    public = MANIFEST.public()
    assert [part.key for part in public.parts] == ["front", "sheet", "b"]
    assert [paper.path for paper in public.items[0].papers] == ["b"]
    assert public.retired == ("8",)
    assert b"E" not in encode(public).replace(b"Exempt", b"")


def test_the_next_page_comes_after_letters_and_retired_pages_too():
    assert MANIFEST.next_page() == 22
    assert MANIFEST.next_page(Series.EXEMPT) == 10


@pytest.mark.parametrize(("label", "given"), [("21", 21), ("21a", "21a"), ("E1", "E1"), ("iv", "iv")])
def test_a_page_is_a_number_where_it_can_be(label, given):
    assert page(label) == given


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(encode(MANIFEST)) | values).encode()


WRONG = {
    "no JSON": (b"%PDF-1.7", "not a manifest"),
    "no text": (b"\xff\xfe\x00", "not a manifest"),
    "empty": (b"", "not a manifest"),
    "another JSON": (b"[1, 2]", "not a manifest"),
    "a later format": (changed(format="moothall-pack/9"), "this version reads moothall-pack/1"),
    "a part without pages": (changed(parts=[{"key": "a", "labels": []}]), "not a manifest"),
    "a label that is none": (changed(parts=[{"key": "a", "labels": ["../x"]}]), "not a manifest"),
    "a number past all measure": (changed(parts=[{"key": "a", "labels": ["9" * 5000]}]), "not a manifest"),
    "a page twice": (changed(parts=[{"key": "a", "labels": ["1"]}, {"key": "b", "labels": ["1"]}]), "the same number"),
    "deep nesting": (b"[" * 100_000, "not a manifest"),
}


@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=list(WRONG))
def test_a_file_that_is_no_manifest_is_named(tmp_path, content, message):
    path = tmp_path / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(MeetingFileError, match=message):
        read(path)


def test_a_manifest_that_is_not_there_a_folder_or_a_pipe_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, message in (("none", "cannot be read"), (".", "is no file"), ("pipe", "is no file")):
        with pytest.raises(MeetingFileError, match=message):
            read(tmp_path / name)
