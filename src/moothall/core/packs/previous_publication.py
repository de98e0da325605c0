"""The pack that a supplement or a re-issue stands on: what its readers were given before, each variant its own.

The packs of one meeting: the first, its supplements, and the re-issues of each (MTG-05).

Each pack is a volume with page numbers that no other volume of the meeting has. A re-issue stands on the issue before
it; a supplement stands on whatever was published before it. What a manifest knows of the others travels on in
``Manifest.others``; what it cannot know, such as a supplement made after it, is told by ``Occasion.others``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from moothall.core.clocks import say
from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs import manifest, publication_context
from moothall.core.packs.manifest import Known, Manifest, read
from moothall.core.packs.meeting import ExemptNumbering, Meeting, Supplementing
from moothall.core.packs.order import Standing, Variant
from moothall.core.packs.page_labels import Series


@dataclass(frozen=True, slots=True)
class Before:
    """What one variant's readers had: a manifest and its sha-256 ("" where that variant was not published)."""

    manifest: Manifest
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A pack published before: the manifest that leads, and that of the public pack beside it, where there is one."""

    leading: Before
    public: Before | None = None

    def seen_by(self, variant: Variant, meeting: Meeting) -> Before:
        """What the readers of ``variant`` had before them.

        Raises MeetingFileError where that cannot be known from the manifests at hand.
        """
        leading = self.leading.manifest
        if variant is Variant.FULL or leading.variant == Variant.PUBLIC:
            return self.leading
        if self.public:
            return self.public
        if (leading.holds_exempt or leading.others) and meeting.pages.exempt is ExemptNumbering.CONTINUOUS:
            raise MeetingFileError(
                "the public pack has numbers of its own, and its manifest is needed: put public/manifest.json beside "
                "the manifest of the members' pack, as it was made."
            )
        return Before(leading.public())


def read_earlier(path: Path) -> Earlier:
    """The pack of the manifest ``path``, with its public twin in the folder ``public``. Raises MeetingFileError."""
    leading = _before(path)
    twin = path.parent / "public" / path.name
    if leading.manifest.variant == Variant.PUBLIC or not twin.is_file():
        return Earlier(leading)
    public = _before(twin)
    if _which(public.manifest) != _which(leading.manifest):
        raise MeetingFileError(f"{twin} is the manifest of another pack than {path}: build that pack again.")
    return Earlier(leading, public)


def _before(path: Path) -> Before:
    return Before(manifest.read(path), hashlib.sha256(path.read_bytes()).hexdigest())


def _which(of: Manifest) -> tuple[object, ...]:
    return (of.meeting, of.kind, of.number)


def same_meeting(meeting: Meeting, before: Manifest) -> None:
    """MeetingFileError when ``before`` is the pack of another meeting: its page numbers mean nothing here."""
    was, day = before.meeting, publication_context.start(meeting).date()
    if (was.council, was.body, was.start.date()) != (meeting.council, meeting.body, day):
        raise MeetingFileError(
            f"the manifest is of another meeting: {was.council}, {was.body}, {say(was.start.date())}. "
            f"This one is {meeting.council}, {meeting.body}, {say(day)}."
        )


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which pack of a meeting this is: the first, a supplement to the ``earlier`` one, or a re-issue of it.

    ``number`` counts supplements, or the issues of one pack. ``others`` are further packs of the meeting whose page
    numbers are not to be given away again.
    """

    earlier: Earlier | None = None
    reissue: bool = False
    number: int = 1
    reason: str = ""
    others: tuple[Earlier, ...] = ()

    @property
    def kind(self) -> str:
        """How a manifest names it."""
        if self.earlier is None:
            return "pack"
        return "re-issue" if self.reissue else "supplement"

    @property
    def supplement(self) -> int:
        """The number of the supplement that this is, in whatever issue; 0 for the meeting's first pack."""
        if self.earlier and self.reissue:
            return self.earlier.leading.manifest.volume
        return self.number if self.earlier else 0

    @property
    def issue(self) -> int:
        """Which issue this is, from 1."""
        return self.number if self.reissue else 1

    @property
    def name(self) -> str:
        """How its readers tell it from the meeting's other packs: "Supplement 1, issue 2", or nothing."""
        names = [f"Supplement {self.supplement}"] if self.supplement else []
        if self.issue > 1:
            names.append(f"{'issue' if names else 'Issue'} {self.issue}")
        return ", ".join(names)

    @property
    def lateness(self) -> str:
        """Why the papers of a supplement are late (MTG-05), also when it is issued again."""
        if self.earlier and self.reissue:
            return self.earlier.leading.manifest.lateness
        return self.reason if self.supplement else ""


def occasion_of(earlier: Earlier, *others: Earlier, reissue: bool, reason: str, number: int | None = None) -> Occasion:
    """A supplement to ``earlier``, or a re-issue of it, under the next free ``number`` unless another is given."""
    known = merged(_told([each.leading for each in (earlier, *others)]))
    before = earlier.leading.manifest.issue if reissue else max(each.supplement for each in known)
    return Occasion(earlier, reissue, number or before + 1, reason, others)


_MOST_FOLDERS = 200


def untold(which: Occasion, near: Path, out: Path) -> tuple[Path, ...]:
    """Manifests of further packs of the meeting in folders beside that of the manifest ``near``, but for ``out``.

    They may be drafts, so this is for a hint and not for a refusal.
    """
    if which.earlier is None:
        return ()
    leading = [which.earlier.leading, *(each.leading for each in which.others)]
    known = {each.supplement: each.issue for each in merged(_told(leading))}
    meeting = which.earlier.leading.manifest.meeting
    folders = islice((each for each in near.absolute().parent.parent.iterdir() if each.is_dir()), _MOST_FOLDERS)
    return tuple(
        path
        for folder in sorted(folders)
        if (found := _manifest_in(path := folder / near.name, out))
        and (found.meeting.council, found.meeting.body, found.meeting.start)
        == (meeting.council, meeting.body, meeting.start)
        and found.issue > known.get(found.volume, 0)
    )


def _manifest_in(path: Path, out: Path) -> Manifest | None:
    if not path.is_file() or path.parent == out.absolute():
        return None
    try:
        return read(path)
    except MeetingFileError:
        return None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the meeting's other packs hold, as the readers of one variant know it."""

    known: tuple[Known, ...] = ()

    def next_page(self, series: Series) -> int:
        """The first whole number of ``series`` that none of them has, nor comes before."""
        exempt = series is Series.EXEMPT
        return max((each.last_exempt if exempt else each.last_page for each in self.known), default=0) + 1

    @property
    def lettered(self) -> Iterator[str]:
        """Every number with letters that one of them has."""
        return (label for each in self.known for label in each.lettered)


def elsewhere(which: Occasion, variant: Variant, meeting: Meeting) -> Elsewhere:
    """The other packs of the meeting as far as they are known: never the one that is issued again."""
    earlier = (which.earlier, *which.others) if which.earlier else which.others
    known = merged(_told([each.seen_by(variant, meeting) for each in earlier]))
    return Elsewhere(tuple(each for each in known if not (which.reissue and each.supplement == which.supplement)))


def numbers_elsewhere(which: Occasion, variant: Variant, meeting: Meeting) -> Elsewhere:
    """The page numbers that are given away already: none, for a council that counts each supplement from 1."""
    if meeting.pages.supplement is Supplementing.RESTART:
        return Elsewhere()
    return elsewhere(which, variant, meeting)


def _told(befores: Iterable[Before]) -> Iterator[Known]:
    """Each pack, and what it knew of others."""
    for before in befores:
        yield before.manifest.known(before.sha256)
        yield from before.manifest.others


def merged(known: Iterable[Known]) -> tuple[Known, ...]:
    """One entry for each volume, in order; of several issues the latest, with every number that any of them had."""
    found: dict[int, Known] = {}
    for each in known:
        found[each.supplement] = _both(found[each.supplement], each) if each.supplement in found else each
    return tuple(found[number] for number in sorted(found))


def _both(one: Known, other: Known) -> Known:
    later = other if other.issue > one.issue else one
    return msgspec.structs.replace(
        later,
        last_page=max(one.last_page, other.last_page),
        last_exempt=max(one.last_exempt, other.last_exempt),
        lettered=tuple(sorted({*one.lettered, *other.lettered})),
    )


def check_occasion(
    which: Occasion, meeting: Meeting, standings: Sequence[Standing], variants: Sequence[Variant]
) -> None:
    """MeetingFileError when this pack cannot stand on those before it. A re-issued supplement may be empty: it is
    how one is withdrawn."""
    if which.kind == "supplement" and not standings:
        raise MeetingFileError("no item of this supplement has a paper.")
    if which.earlier is None:
        return
    leading = [each.leading.manifest for each in (which.earlier, *which.others)]
    for before in leading:
        same_meeting(meeting, before)
    _check_number(which)
    members = Variant.FULL in variants and any(each.exempt for each in standings)
    if members and any(before.variant == Variant.PUBLIC for before in leading):
        raise MeetingFileError(
            "the manifest is that of a public pack, which knows nothing of exempt papers: name the members' one."
        )


def _check_number(which: Occasion) -> None:
    assert which.earlier
    known = merged(_told([each.leading for each in (which.earlier, *which.others)]))
    mine = next((each for each in known if each.supplement == which.supplement), None)
    if mine is None:
        return
    if not which.reissue:
        raise MeetingFileError(
            f"supplement {which.supplement} of this meeting is published already, and the next is number "
            f"{max(each.supplement for each in known) + 1}. To correct a supplement, issue it again: --reissue-of."
        )
    if mine.issue > which.earlier.leading.manifest.issue:
        what = f"supplement {mine.supplement}" if mine.supplement else "this pack"
        raise MeetingFileError(
            f"issue {mine.issue} of {what} is published already: the next one corrects that. Name its manifest."
        )
    if which.number <= mine.issue:
        raise MeetingFileError(f"issue {which.number} is published already; the next is {mine.issue + 1}.")
