"""A meeting's papers become one pack: the press from end to end.

Papers are made ready, laid out, bound, and written beside each other; the manifest comes last, so that a folder
with a manifest in it is a whole pack. What is exempt never enters the public pack's making at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from moothall.core.press import fronting, html_pack, manifest, occasion
from moothall.core.press.binding import Part, Volume, bind
from moothall.core.press.cautions import Caution
from moothall.core.press.errors import MeetingFileError
from moothall.core.press.html_pack.showing import show
from moothall.core.press.issuing import CHANGES, Issue, Layout, Occasion, created, front_is_stamped, lay_out_variants
from moothall.core.press.manifest import Manifest, MeetingRecord, Output, PlacedPart, Warning_
from moothall.core.press.meeting import Item
from moothall.core.press.meeting_file import MeetingFile
from moothall.core.press.ordering import Standing, Variant, order
from moothall.core.press.pagemap import Placed
from moothall.core.press.preparing import Prepared, Progress, prepare
from moothall.core.press.recording import items_of
from moothall.core.press.setting import SetPart
from moothall.core.press.setting.sheets import Blank
from moothall.core.press.store import Store, file_digest

MANIFEST = "manifest.json"


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
) -> Made:
    """Make the pack of ``file`` in the folder ``out``.

    Raises PressError when a paper cannot be read or the meeting file is wrong; then nothing in ``out`` changes.
    """
    meeting = file.meeting
    prepared = prepare(file.papers, store=store, created=created(meeting), progress=progress)
    issue = Issue(meeting, order(meeting, prepared), store, created(meeting), which or Occasion())
    if not issue.standings and issue.which.kind == "supplement":
        raise MeetingFileError("no item of this supplement has a paper.")
    progress("Laying out", 0, 1)
    layouts = lay_out_variants(issue, variants)
    with _making(out) as making:
        manifests = _write_variants(issue, layouts, making, progress)
        leading = manifests[0]
        (making / MANIFEST).write_bytes(manifest.encode(leading))
        _publish(making, out)
    return Made(out, tuple(manifests))


def _write_variants(issue: Issue, layouts: Sequence[Layout], making: Path, progress: Progress) -> list[Manifest]:
    """Each variant written. Where nothing is exempt the variants are the same, and are bound once."""
    same = not any(each.exempt for each in issue.standings)
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
        manifests.append(_record(issue, layout, tuple(_outputs(folder, making)), cautions))
        if folder != making:
            (folder / MANIFEST).write_bytes(manifest.encode(manifest.seen_from(manifests[-1], folder.name)))
    return manifests


def _write_variant(issue: Issue, layout: Layout, folder: Path) -> tuple[Caution, ...]:
    bound = bind(_volume(issue, layout), folder / "pack.pdf")
    shown = show(issue, layout, pages=bound.pages)
    html_pack.write(shown.view, folder / "html", language=issue.meeting.language, files=shown.files)
    return (*_cautions(issue, layout), *bound.cautions)


def _cautions(issue: Issue, layout: Layout) -> list[Caution]:
    own = [caution for each in layout.standings if each.prepared for caution in each.prepared.cautions]
    awaited = [_awaited(item, title) for item in issue.meeting.items for title in item.to_follow]
    return [*occasion.timeliness(issue.meeting), *awaited, *layout.front.cautions, *own]


def _awaited(item: Item, title: str) -> Caution:
    return Caution("to-follow", f"Item {item.number} is without its paper {title}: publish it as a supplement.")


def _record(issue: Issue, layout: Layout, outputs: Sequence[Output], cautions: Sequence[Caution]) -> Manifest:
    meeting, which = issue.meeting, issue.which
    pages = sum(len(layout.places[key].all_labels) for key in layout.order)
    return Manifest(
        kind=which.kind,
        number=which.number,
        reason=which.reason,
        variant=layout.variant,
        follows=which.follows,
        meeting=MeetingRecord(
            council=meeting.council,
            body=meeting.body,
            start=occasion.start(meeting),
            place=meeting.place,
            published=meeting.published,
        ),
        pages=pages,
        parts=tuple(_placed(layout.places[key]) for key in layout.order),
        items=items_of(issue, layout),
        outputs=tuple(
            msgspec.structs.replace(each, pages=pages) if each.path.endswith("pack.pdf") else each for each in outputs
        ),
        warnings=tuple(Warning_(code=each.code, message=each.message, place=each.place) for each in cautions),
    )


def _placed(placed: Placed) -> PlacedPart:
    return PlacedPart(key=placed.key, labels=placed.labels, blanks=placed.blanks)


def _outputs(folder: Path, making: Path) -> Iterator[Output]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(making).as_posix()
        if folder == making and name.startswith("public/"):
            continue
        yield Output(path=name, sha256=file_digest(path), bytes=path.stat().st_size)


def _volume(issue: Issue, layout: Layout) -> Volume:
    meeting = issue.meeting
    view = f"{meeting.body}, {occasion.when(meeting)}"
    kind = {"supplement": f"Supplement {issue.which.number}: ", "re-issue": f"Issue {issue.which.number}: "}
    return Volume(
        parts=tuple(_parts(issue, layout)),
        title=f"{kind.get(issue.which.kind, '')}{view}",
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
    title = "Cover" if issue.which.kind == "supplement" else "Summons and agenda"
    yield from _generated(title, fronting.FRONT, layout.front, layout, blank, stamped=stamped)
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
        sheet = issue.set(fronting.exempt_sheet(issue.meeting, item, issue.exemptions(standing.item)))
        if sheet.pages != standing.pages:
            raise MeetingFileError(f"the reason why item {item.number} is exempt is too long for one page.")
        return Part(sheet.pdf, "Not for publication", standing.key, labels, outline)
    return _paper(standing.prepared, standing.key, labels, outline)


def _paper(prepared: Prepared, key: str, labels: tuple[str, ...], outline: tuple[str, ...]) -> Part:
    taken = prepared.taken
    return Part(
        prepared.pdf,
        prepared.title,
        key,
        labels,
        outline,
        clear=tuple(page.clear for page in taken.pages) if taken else (),
        text=tuple(page.text for page in taken.pages) if taken else (),
    )


@contextmanager
def _making(out: Path) -> Iterator[Path]:
    """A folder beside what is there already; it is gone afterwards, whatever happens."""
    if out.exists() and not out.is_dir():
        raise MeetingFileError(f"{out} is a file; the pack needs a folder.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=out))
    except OSError as error:
        raise MeetingFileError(f"the folder {out} cannot be written to: {error.strerror}.") from None
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _publish(making: Path, out: Path) -> None:
    """Put what was made in place of what was there. The manifest goes first and comes last: in between, no pack."""
    (out / MANIFEST).unlink(missing_ok=True)
    for name in ("public", "html", "pack.pdf"):
        _remove(out / name)
    for entry in sorted(making.iterdir(), key=lambda path: path.name == MANIFEST):
        os.replace(entry, out / entry.name)  # noqa: PTH105 - replaces, where rename would not on every system


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
