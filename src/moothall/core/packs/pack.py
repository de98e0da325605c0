"""A meeting's papers become one pack: the press from end to end.

Papers are made ready, laid out, bound, and written beside each other; the manifest comes last, so that a folder
with a manifest in it is a whole pack. What is exempt never enters the public pack's making at all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moothall.core.documents.errors import CacheFault, CannotRead, MeetingFileError
from moothall.core.documents.warnings import Caution
from moothall.core.packs import front_matter, manifest, publication_context, web_edition
from moothall.core.packs.hidden_content import require_confirmation
from moothall.core.packs.layout import CHANGES, Issue, Layout, created, front_is_stamped, lay_out_variants
from moothall.core.packs.manifest import Manifest, Output
from moothall.core.packs.manifest_writer import record
from moothall.core.packs.meeting import Item
from moothall.core.packs.meeting_file import MeetingFile
from moothall.core.packs.order import Standing, Variant, order, recognised
from moothall.core.packs.output_folder import MANIFEST, keep_clear, publishing
from moothall.core.packs.page_labels import Placed
from moothall.core.packs.prepared_papers import Progress, prepare
from moothall.core.packs.previous_publication import Occasion, check_occasion
from moothall.core.packs.web_edition.content import show
from moothall.core.pdf.cache import Store, file_digest
from moothall.core.pdf.merge import Bound, Part, Volume, bind
from moothall.core.pdf.typeset import SetPart
from moothall.core.pdf.typeset.front_pages import Blank


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was written: the manifest that leads, and those of each variant."""

    folder: Path
    manifests: tuple[Manifest, ...]

    @property
    def leading(self) -> Manifest:
        """The manifest at the top of the folder."""
        return self.manifests[0]


def _silent(stage: str, done: int, of: int) -> None:
    """No progress is shown."""


def build(
    file: MeetingFile,
    out: Path,
    *,
    store: Store,
    variants: Sequence[Variant] = tuple(Variant),
    which: Occasion | None = None,
    progress: Progress = _silent,
    alone: bool = False,
) -> Made:
    """Make the pack of ``file`` in the folder ``out``.

    ``alone`` says that this process does nothing else, as a command does not: others are forked from it to help.
    Raises PressError when a paper cannot be read, the meeting file is wrong, or a paper of the public pack has hidden
    content that is not confirmed; then nothing in ``out`` changes.
    """
    meeting = file.meeting
    keep_clear(out, [paper.path for paper in file.papers])
    prepared = prepare(
        file.papers,
        store=store,
        created=created(meeting),
        language=meeting.language,
        progress=progress,
        alone=alone,
    )
    if Variant.PUBLIC in variants:
        require_confirmation(meeting, prepared)
    which = which or Occasion()
    standings = order(meeting, prepared)
    if which.earlier and which.reissue:
        standings = recognised(standings, which.earlier.leading.manifest)
    issue = Issue(meeting, standings, store, created(meeting), which)
    check_occasion(issue.which, meeting, issue.standings, variants)
    progress("Laying out", 0, 1)
    layouts = lay_out_variants(issue, [each for each in Variant if each in variants])
    with publishing(out) as making:
        manifests = _write_variants(issue, layouts, making, progress)
        (making / MANIFEST).write_bytes(manifest.encode(manifests[0]))
    return Made(out, tuple(manifests))


def _write_variants(issue: Issue, layouts: Sequence[Layout], making: Path, progress: Progress) -> list[Manifest]:
    """Each variant written. Where the variants show the same, they are bound once."""
    same = len(layouts) > 1 and layouts[0].same_as(layouts[1])
    manifests: list[Manifest] = []
    cautions: Sequence[Caution] = ()
    for layout in layouts:
        folder = making if layout.variant is Variant.FULL else making / "public"
        folder.mkdir(exist_ok=True)
        if same and manifests:
            shutil.copyfile(making / "pack.pdf", folder / "pack.pdf")
            shutil.copytree(making / "html", folder / "html")
        else:
            progress(f"Binding ({layout.variant})", 0, 1)
            cautions = _write_variant(issue, layout, folder)
            progress(f"Binding ({layout.variant})", 1, 1)
        manifests.append(record(issue, layout, tuple(_outputs(folder, making)), cautions))
        if folder != making:
            (folder / MANIFEST).write_bytes(manifest.encode(manifest.seen_from(manifests[-1], folder.name)))
    return manifests


def _write_variant(issue: Issue, layout: Layout, folder: Path) -> tuple[Caution, ...]:
    bound = _bind(_volume(issue, layout), folder / "pack.pdf", issue.store)
    shown = show(issue, layout, pages=bound.pages)
    web_edition.write(shown.view, folder / "html", language=issue.meeting.language, files=shown.files)
    return (*_cautions(issue, layout), *bound.cautions)


def _bind(volume: Volume, path: Path, store: Store) -> Bound:
    """What is bound was made by Moothall itself, so a part that cannot be read was damaged where it is kept."""
    try:
        return bind(volume, path, store=store)
    except (CannotRead, ValueError) as error:
        raise CacheFault(
            f"a part in the cache {store.root} is damaged ({error}). Delete that folder, and build again."
        ) from error


def _cautions(issue: Issue, layout: Layout) -> list[Caution]:
    own = [caution for each in layout.standings if each.prepared for caution in each.prepared.cautions]
    meeting = issue.meeting_for(layout.variant)
    awaited = [_awaited(item, title) for item in meeting.items for title in item.to_follow]
    return [*publication_context.timeliness(issue.meeting), *awaited, *layout.front.cautions, *own]


def _awaited(item: Item, title: str) -> Caution:
    return Caution("to-follow", f"Item {item.number} is without its paper {title}: publish it as a supplement.")


def _outputs(folder: Path, making: Path) -> Iterator[Output]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(making).as_posix()
        if folder == making and name.startswith("public/"):
            continue
        yield Output(path=name, sha256=file_digest(path), bytes=path.stat().st_size)


def _volume(issue: Issue, layout: Layout) -> Volume:
    meeting = issue.meeting
    view = f"{meeting.body}, {publication_context.when(meeting)}"
    name = f"{issue.which.name}: " if issue.which.name else ""
    return Volume(
        parts=tuple(_parts(issue, layout)),
        title=f"{name}{view}",
        language=meeting.language,
        author=meeting.council,
        subject=f"Agenda and papers of the {meeting.body}",
        created=issue.date,
    )


def _parts(issue: Issue, layout: Layout) -> Iterator[Part]:
    blank = issue.set(Blank())
    stamped = front_is_stamped(issue.meeting)
    if layout.changes:
        yield from _generated("What has changed", CHANGES, layout.changes, layout, blank, stamped=False)
    title = "Cover" if issue.which.supplement else "Summons and agenda"
    yield from _generated(title, front_matter.FRONT, layout.front, layout, blank, stamped=stamped)
    for standing in layout.standings:
        yield _part(issue, standing, layout)
        yield from _blanks(layout.places[standing.key], blank, stamped=True)


def _generated(title: str, key: str, part: SetPart, layout: Layout, blank: SetPart, *, stamped: bool) -> Iterator[Part]:
    placed = layout.places[key]
    yield Part(part.pdf, title, key, placed.labels, stamped=stamped)
    yield from _blanks(placed, blank, stamped=stamped)


def _blanks(placed: Placed, blank: SetPart, *, stamped: bool) -> Iterator[Part]:
    for label in placed.blanks:
        yield Part(blank.pdf, "", f"blank-{label}", (label,), stamped=stamped)


def _part(issue: Issue, standing: Standing, layout: Layout) -> Part:
    item = issue.meeting.items[standing.item]
    outline = (f"{item.number}. {item.title}",)
    labels = layout.places[standing.key].labels
    if standing.prepared is None:
        sheet = issue.set(front_matter.exempt_sheet(issue.meeting, item, issue.exemptions(standing.item)))
        if sheet.pages != standing.pages:
            raise MeetingFileError(f"the reason why item {item.number} is exempt is too long for one page.")
        return Part(sheet.pdf, "Not for publication", standing.key, labels, outline)
    return standing.prepared.part(standing.key, labels, outline)
