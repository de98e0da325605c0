"""The pack that a supplement or a re-issue stands on: what its readers were given before, each variant its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from moothall.core.clocks import say
from moothall.core.press import manifest, occasion
from moothall.core.press.errors import MeetingFileError
from moothall.core.press.manifest import Manifest
from moothall.core.press.meeting import ExemptNumbering, Meeting
from moothall.core.press.ordering import Variant


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
    was, day = before.meeting, occasion.start(meeting).date()
    if (was.council, was.body, was.start.date()) != (meeting.council, meeting.body, day):
        raise MeetingFileError(
            f"the manifest is of another meeting: {was.council}, {was.body}, {say(was.start.date())}. "
            f"This one is {meeting.council}, {meeting.body}, {say(day)}."
        )
