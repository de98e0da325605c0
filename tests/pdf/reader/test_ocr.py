"""A real scan, read by the real ocrmypdf and tesseract where these are installed."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from moothall.core.documents.html_reader import parse_html
from moothall.core.pdf.cache import Store
from moothall.core.pdf.reader import take_in
from moothall.core.pdf.typeset import set_paper
from tests.packs.packs import make, put
from tests.pdf.typeset.reading import CREATED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("ocrmypdf") and shutil.which("tesseract")),
        reason="ocrmypdf and tesseract are not installed: apt-get install ocrmypdf tesseract-ocr-eng",
    ),
]

PETITION = """<h1>Petition about the crossing at Mill Lane</h1>
<p>We the undersigned petition the council to mark a crossing where Mill Lane meets the school.</p>
<p>Last winter 143 residents signed this petition, and 27 of them were pupils.</p>"""


def scanned(folder: Path, *, askew: float = 0.0, pages: int = 1) -> Path:
    """A PDF that holds nothing but pictures of paper, grey and not quite straight."""
    part = set_paper(parse_html(PETITION).document, store=Store(folder), created=CREATED)
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", part.pdf, folder / "page"], check=True)
    with Image.open(next(folder.glob("page*.png"))) as page:
        chance = random.Random(1)  # noqa: S311 - specks of dust, the same in each run
        for _ in range(400):
            page.putpixel((chance.randrange(page.width), chance.randrange(page.height)), chance.randrange(120))
        sheet = page.rotate(askew, fillcolor=246)
    paper = folder / "Petition.pdf"
    sheet.save(paper, resolution=200, quality=70, save_all=True, append_images=[sheet] * (pages - 1))
    return paper


def test_a_scan_is_read(tmp_path):
    taken = take_in(scanned(tmp_path), store=Store(tmp_path / "store"))
    text = " ".join(taken.pages[0].text.split())
    assert "undersigned petition the council to mark a crossing" in text
    assert "143 residents" in text
    assert [(caution.code, caution.place) for caution in taken.cautions] == [("scan-read", "page 1")]


def test_a_scan_that_lay_askew_is_read_on_every_page(tmp_path):
    taken = take_in(scanned(tmp_path, askew=1.5, pages=3), store=Store(tmp_path / "store"))
    assert [page.scanned for page in taken.pages] == [False, False, False]
    assert all("undersigned petition" in " ".join(page.text.split()) for page in taken.pages)
    assert (round(taken.pages[0].width), round(taken.pages[0].height)) == (595, 842)


def test_what_was_read_is_the_text_of_the_pack_and_of_its_web_page(tmp_path):
    (tmp_path / "scan").mkdir()
    paper = scanned(tmp_path / "scan").read_bytes()
    items = '[[item]]\nnumber = 1\ntitle = "Petition"\npapers = ["petition.pdf"]\n'
    made = make(put(tmp_path / "papers", {"petition.pdf": paper}, items), tmp_path / "out", cache=tmp_path / "cache")
    text = subprocess.run(["pdftotext", made.folder / "pack.pdf", "-"], check=True, capture_output=True, text=True)
    assert "undersigned petition" in " ".join(text.stdout.split())
    assert "undersigned petition" in " ".join((made.folder / "html" / "item-1.html").read_text().split())
    assert [warning.code for warning in made.leading.warnings if warning.code.startswith("scan")] == ["scan-read"]
