"""What the commands show on a terminal: progress while it lasts, and a summary at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

from moothall.core.packs.manifest import Manifest, Warning_
from moothall.core.packs.pack import Made

PATIENCE = 1.0  # seconds before a bar appears: short work needs none


class Progress:
    """A bar on a terminal, once the work takes over a second; nothing elsewhere."""

    def __init__(self, *, shown: bool = True) -> None:
        self._began = time.monotonic()
        self._shown = shown and sys.stderr.isatty()
        self._bar: object | None = None
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()  # type: ignore[attr-defined]

    def step(self, stage: str, done: int, of: int) -> None:
        """``done`` of ``of`` pieces of ``stage`` are ready."""
        if not self._shown or time.monotonic() - self._began < PATIENCE:
            return
        from rich.console import Console  # noqa: PLC0415 - takes longer to import than a small pack to make
        from rich.progress import Progress as Bar  # noqa: PLC0415

        if self._bar is None:
            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
        assert isinstance(self._bar, Bar)
        if stage not in self._tasks:
            self._tasks[stage] = int(self._bar.add_task(stage, total=of))
        self._bar.update(self._bar.task_ids[self._tasks[stage]], completed=done, total=of)


def summary(made: Made, seconds: float) -> None:
    """Say what was made, where, how long it took, and what to look at."""
    leading = made.leading
    click.echo(click.style(f"{leading.meeting.body}, {leading.meeting.start:%-d %B %Y}", bold=True))
    for item in leading.items:
        pages = f"pages {item.first_page} - {item.last_page}" if item.first_page is not None else ""
        click.echo(f"  {item.number!s:>3}  {_short(item.title):<70} {pages}".rstrip())
    click.echo("")
    for manifest in made.manifests:
        _files(made, manifest)
    click.echo(f"  {made.folder / 'manifest.json'}")
    _warnings(made.manifests)
    click.echo(f"\nMade in {seconds:.2f} seconds.")


def _files(made: Made, manifest: Manifest) -> None:
    name = {"full": "members' pack", "public": "public pack"}[manifest.variant]
    pdf = next(each for each in manifest.outputs if each.path.endswith("pack.pdf"))
    click.echo(f"  {made.folder / pdf.path}  {name}, {manifest.pages} pages, {_size(pdf.bytes)}")
    click.echo(f"  {made.folder / pdf.path.replace('pack.pdf', 'html/index.html')}  the same as web pages")


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 100_000 else f"{max(number / 1e3, 1):.0f} kB"


def _warnings(manifests: tuple[Manifest, ...]) -> None:
    found: dict[Warning_, None] = {warning: None for manifest in manifests for warning in manifest.warnings}
    if not found:
        click.echo("\nNo warnings.")
        return
    click.echo(f"\n{len(found)} warning{'' if len(found) == 1 else 's'}:")
    for warning in found:
        where = f"{warning.place}: " if warning.place and warning.place not in warning.message else ""
        click.echo(click.wrap_text(f"- {where}{warning.message}", 100, "  ", "    "))


def _short(title: str) -> str:
    return title if len(title) <= 70 else f"{title[:67]}..."
