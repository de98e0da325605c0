"""``moothall convert``: one paper as HTML, PDF or text."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from html import escape
from pathlib import Path

import click

from moothall.cli.pack import default_store, open_store
from moothall.core.documents import readers
from moothall.core.documents.errors import WordsLost
from moothall.core.documents.html_writer import to_html
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Document
from moothall.core.documents.warnings import Caution
from moothall.core.pdf.cache import Store
from moothall.core.pdf.reader import take_in
from moothall.core.pdf.typeset import set_paper


@click.command(name="convert")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", "form", type=click.Choice(["html", "pdf", "text"]), required=True, help="What it becomes.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write (default: standard output).")
@click.option("--cache", type=click.Path(path_type=Path), help="Where made parts are kept between runs.")
def command(file: Path, form: str, out: Path | None, cache: Path | None) -> None:
    """Turn a paper into HTML, PDF or text. What a person should look at is said on standard error.

    Example: moothall convert report.docx --to pdf --out report.pdf
    """
    store = open_store(cache or default_store())
    cautions = _upload(file, form, out, store) if file.suffix.lower() == ".pdf" else _paper(file, form, out, store)
    for caution in cautions:
        where = f"{caution.place}: " if caution.place else ""
        click.echo(f"Note: {where}{caution.message}", err=True)


def _paper(file: Path, form: str, out: Path | None, store: Store) -> tuple[Caution, ...]:
    reading = readers.read(file)
    if form == "pdf":
        try:
            part = set_paper(reading.document, store=store, created=_written(file))
        except WordsLost as error:
            raise error.of(file.name) from None
        _copy(part.pdf, out)
        return (*reading.cautions, *part.cautions)
    _write(_page(reading.document) if form == "html" else to_text(reading.document), out)
    return reading.cautions


def _upload(file: Path, form: str, out: Path | None, store: Store) -> tuple[Caution, ...]:
    taken = take_in(file, store=store)
    if form == "pdf":
        _copy(taken.pdf, out)
    elif form == "text":
        _write("\f".join(page.text for page in taken.pages), out)
    else:
        pages = (
            f"<section>\n<h2>Page {n}</h2>\n<pre>{escape(p.text)}</pre>\n</section>"
            for n, p in enumerate(taken.pages, 1)
        )
        _write(_whole(taken.language or "en-GB", taken.title or file.stem, "\n".join(pages)), out)
    return taken.cautions


def _page(document: Document) -> str:
    return _whole(document.language, document.title, to_html(document, image_url=lambda name: _inline(document, name)))


def _inline(document: Document, name: str) -> str:
    """A picture within the page itself, so that one file holds everything."""
    import base64  # noqa: PLC0415 - seldom needed
    import mimetypes  # noqa: PLC0415

    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(document.images[name]).decode()}"


def _whole(language: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _written(file: Path) -> dt.datetime:
    """The date of the file itself, so that the same file gives the same PDF."""
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).replace(microsecond=0)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        out.write_text(text, "utf-8")


def _copy(pdf: Path, out: Path | None) -> None:
    if out is not None:
        shutil.copyfile(pdf, out)
    elif sys.stdout.isatty():
        raise click.UsageError("A PDF does not go on a screen: give --out.")
    else:
        sys.stdout.buffer.write(pdf.read_bytes())
