"""Hidden content: what a paper contains out of sight. A public pack needs the clerk's confirmation for each such paper.

Readers report what they find as cautions. To make a new kind stop the public pack, add its code to ``HIDDEN``.
"""

from __future__ import annotations

import difflib
import json
import shlex
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moothall.core.documents.errors import MeetingFileError, PressError
from moothall.core.documents.warnings import Caution
from moothall.core.packs.meeting import Meeting
from moothall.core.packs.meeting_file import MeetingFile
from moothall.core.packs.prepared_papers import Prepared

KEY = "hidden_content_checked"
OPTION = "--hidden-content-checked"
HIDDEN = frozenset(
    {
        "hidden-text-dropped",
        "blacked-out-text-dropped",
        "invisible-text-dropped",
        "hidden-layer",
        "redaction-not-applied",
    }
)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A paper with hidden content that is not confirmed: the meeting file's path for it, and its item's number."""

    path: str
    item: str
    found: tuple[Caution, ...]


class NeedsConfirmation(PressError):
    """The public pack has papers whose hidden content is not confirmed."""

    code = "hidden-content-not-checked"

    def __init__(self, papers: Sequence[Unconfirmed]) -> None:
        super().__init__("\n".join(_explain(papers)))
        self.papers = tuple(papers)

    def to_plain(self) -> dict[str, Any]:
        """Return the same as JSON values."""
        return {"error": self.code, "message": str(self), "papers": [_paper_to_plain(paper) for paper in self.papers]}


def find_hidden(prepared: Prepared) -> tuple[Caution, ...]:
    """Return the cautions of a paper that report hidden content."""
    return tuple(caution for caution in prepared.cautions if caution.code in HIDDEN)


def confirm_papers(file: MeetingFile, paths: Collection[str]) -> MeetingFile:
    """Return ``file`` with the papers at ``paths`` confirmed. Raises MeetingFileError for a path that is not in it."""
    known = {paper.listed_as for paper in file.papers}
    for path in paths:
        if path not in known:
            near = difflib.get_close_matches(path, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise MeetingFileError(f"{OPTION}: the meeting file has no paper {path}.{hint}")
    papers = (
        replace(paper, hidden_content_checked=True) if paper.listed_as in paths else paper for paper in file.papers
    )
    return replace(file, papers=tuple(papers))


def require_confirmation(meeting: Meeting, papers: Sequence[Prepared]) -> None:
    """Raise NeedsConfirmation unless every public paper with hidden content is confirmed."""
    found = [
        Unconfirmed(each.paper.listed_as, str(meeting.items[each.paper.item].number), hidden)
        for each in papers
        if not (each.paper.exempt or each.paper.hidden_content_checked) and (hidden := find_hidden(each))
    ]
    if found:
        raise NeedsConfirmation(found)


def _explain(papers: Sequence[Unconfirmed]) -> list[str]:
    lines = ["the public pack was not made. These papers have hidden content that must not be published by mistake:"]
    for paper in papers:
        lines.append(f"  {paper.path} (item {paper.item})")
        lines += [f"    - {_describe(caution, paper.path)}" for caution in paper.found]
    example = papers[0].path
    entry = f"{{ path = {json.dumps(example, ensure_ascii=False)}, {KEY} = true }}"
    return [
        *lines,
        "Remove what is hidden, or look at each paper and confirm that it may be published as it is.",
        f"To confirm a paper, write {entry} in the meeting file, or add the option {OPTION} {shlex.quote(example)}.",
        "Nothing was written. To make only the members' pack, use --variant full.",
    ]


def _describe(caution: Caution, path: str) -> str:
    where = caution.place.removeprefix(path).removeprefix(", ")
    told = f"{where}: " if where and where not in caution.message else ""
    excerpt = f" It begins “{caution.excerpt}”." if caution.excerpt else ""
    name = path.rpartition("/")[2]
    return f"{told}{caution.message.removeprefix(f'{name}: ')}{excerpt}"


def _paper_to_plain(paper: Unconfirmed) -> dict[str, Any]:
    found = [
        {"code": each.code, "message": each.message, "place": each.place, "excerpt": each.excerpt}
        for each in paper.found
    ]
    return {"path": paper.path, "item": paper.item, "found": found}
