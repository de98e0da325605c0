"""``moothall pack``: a meeting's papers become one pack."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from moothall.cli.output import Progress, summary
from moothall.core.packs import manifest
from moothall.core.packs.hidden_content import OPTION, NeedsConfirmation, confirm_papers
from moothall.core.packs.meeting_file import load
from moothall.core.packs.order import Variant
from moothall.core.packs.pack import Made, build
from moothall.core.packs.previous_publication import Occasion, occasion_of, read_earlier, untold
from moothall.core.pdf.cache import Store
from moothall.core.pdf.cache_cleanup import tidy

VARIANTS = {"full": (Variant.FULL,), "public": (Variant.PUBLIC,), "both": (Variant.FULL, Variant.PUBLIC)}


def default_store() -> Path:
    """Where made parts are kept between builds: MOOTHALL_CACHE, or the user's cache folder."""
    if own := os.environ.get("MOOTHALL_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "moothall"


@click.command(name="pack")
@click.argument("meeting", type=click.Path(path_type=Path))
@click.option("--papers", type=click.Path(path_type=Path), help="The folder of papers (default: the meeting file's).")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write the pack into.")
@click.option("--variant", type=click.Choice(list(VARIANTS)), default="both", help="Whose pack (default: both).")
@click.option("--supplement-of", type=click.Path(path_type=Path), help="The manifest of the pack before this one.")
@click.option(
    "--reissue-of",
    type=click.Path(path_type=Path),
    help="The manifest of the pack or supplement that this one corrects.",
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The manifest of another pack published for the meeting, whose page numbers are taken. May be repeated.",
)
@click.option("--reason", default="", help="Why the papers are late, or why the pack is issued again.")
@click.option("--number", type=click.IntRange(1), help="The supplement's or issue's number, where not the next.")
@click.option("--cache", type=click.Path(path_type=Path), help="Where made parts are kept between builds.")
@click.option(
    OPTION,
    "confirmed",
    multiple=True,
    metavar="PAPER",
    help="A paper whose hidden content you have looked at and that may be published, as the meeting file names it. "
    "May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the manifest for machines, and nothing else.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def command(meeting: Path, out: Path, variant: str, cache: Path | None, **options: Any) -> int:
    """Make a meeting's papers into one pack.

    Writes pack.pdf, html/ and manifest.json into the folder --out, and the public pack into its folder public/.

    Example: moothall pack meeting.toml --out pack
    """
    began = time.monotonic()
    gc.freeze()  # what was loaded stays, and need not be looked through for garbage
    store = open_store(cache or default_store())
    which = _occasion(**{key: options[key] for key in ("supplement_of", "reissue_of", "beside", "reason", "number")})
    _hint(which, options["reissue_of"] or options["supplement_of"], out)
    file = confirm_papers(load(meeting, papers=options["papers"]), options["confirmed"])
    as_json, quiet = options["as_json"], options["quiet"]
    try:
        with Progress(shown=not (as_json or quiet)) as progress:
            made = build(
                file, out, store=store, variants=VARIANTS[variant], which=which, progress=progress.step, alone=True
            )
    except NeedsConfirmation as stop:
        if as_json:
            click.echo(json.dumps(stop.to_plain(), indent=2))
        click.echo(f"moothall: {stop}", err=True)
        return 1
    _tell(made, time.monotonic() - began, as_json=as_json, quiet=quiet)
    return 0


def open_store(root: Path) -> Store:
    """The store in ``root``, readable by its owner alone: it holds exempt papers too."""
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise click.ClickException(f"the cache folder {root} cannot be made: {error.strerror}.") from None
    store = Store(root)
    tidy(store)
    return store


def _occasion(
    *, supplement_of: Path | None, reissue_of: Path | None, beside: Sequence[Path], reason: str, number: int | None
) -> Occasion:
    path = reissue_of or supplement_of
    if path is None:
        if beside:
            raise click.UsageError("--beside goes with --supplement-of or --reissue-of.")
        return Occasion()
    if not reissue_of and not reason.strip():
        raise click.UsageError("A supplement needs --reason: why its papers are late (MTG-05).")
    earlier = read_earlier(path)
    if reissue_of and supplement_of and not earlier.leading.manifest.volume:
        raise click.UsageError(
            f"{reissue_of} is not the manifest of a supplement. To issue the pack again, leave --supplement-of out; "
            "name supplements that are published already with --beside."
        )
    others = [*beside, supplement_of] if reissue_of and supplement_of else beside
    told = [read_earlier(each) for each in others]
    return occasion_of(earlier, *told, reissue=bool(reissue_of), reason=reason.strip(), number=number)


def _hint(which: Occasion, near: Path | None, out: Path) -> None:
    for path in untold(which, near, out) if near else ():
        click.echo(
            f"Note: {path} is a further pack of the same meeting, and not taken account of. If it is published, "
            "name it too, with --beside.",
            err=True,
        )


def _tell(made: Made, seconds: float, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        click.echo(json.dumps(json.loads(manifest.encode(made.leading)), indent=2))
    elif not quiet:
        summary(made, seconds)
