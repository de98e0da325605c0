"""What a meeting file says: the meeting, its people, its agenda and its papers, as values.

The structs are also the source of the published JSON Schema (``meeting_schema``): a field is described once.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta


class _Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that refuses keys it does not know."""


_ONE_LINE = r"^[^\n\r\t]*\S[^\n\r\t]*$"
Line = Annotated[str, Meta(min_length=1)]
Title = Annotated[str, Meta(max_length=1000, pattern=_ONE_LINE)]
Number = Annotated[int, Meta(ge=0, le=99_999)] | Annotated[str, Meta(max_length=20, pattern=_ONE_LINE)]


class Role(StrEnum):
    """What a person is on the body (NAM-01)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    COOPTED_VOTING = "co-opted-voting"
    COOPTED_NON_VOTING = "co-opted-non-voting"
    CABINET_MEMBER = "cabinet-member"
    OFFICER = "officer"


class Kind(StrEnum):
    """What an agenda item is."""

    PROCEDURAL = "procedural"
    MINUTES = "minutes"
    REPORT = "report"
    BRIEFING = "briefing"
    VERBAL = "verbal"
    WORKPLAN = "workplan"


class Numbering(StrEnum):
    """Where page 1 is: the cover of the pack, or its first paper."""

    COVER = "cover"
    PAPERS = "papers"


class ExemptNumbering(StrEnum):
    """How exempt pages are numbered in the members' pack.

    ``own`` gives them a series of their own (E1, E2 ...), so that every public page carries the same number in
    both packs and the public one does not tell how long the exempt paper is.
    """

    OWN = "own"
    CONTINUOUS = "continuous"


class Supplementing(StrEnum):
    """Whether a supplement's pages continue from the pack before it (MTG-05) or start again at 1."""

    CONTINUE = "continue"
    RESTART = "restart"


class Member(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person on the summons: the name as it is to be printed, without "Councillor"."""

    name: Title
    role: Role = Role.MEMBER
    group: str = ""
    title: str = ""  # "Councillor" unless co-opted or an officer; a portfolio or post for those who have one


class Note(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note for the public; ``text`` is Markdown and may use the computed dates, such as {statement_deadline}."""

    title: Title
    text: Line


class Exemption(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a paper is not for publication: the paragraph of Schedule 12A (MTG-10) and the reason (MTG-11)."""

    paragraph: Annotated[int, Meta(ge=1, le=7)]
    reason: Line


class PaperEntry(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper behind an item. ``path`` is relative to the folder of papers and may not leave it."""

    path: Line
    title: Annotated[str, Meta(max_length=1000, pattern=r"^[^\n\r\t]*$")] = ""
    appendix: bool = False
    exempt: Exemption | None = None
    hidden_content_checked: bool = False  # the clerk has looked at what the paper hides, and it may be published


class Item(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agenda item. ``text`` is Markdown, printed under the title on the agenda."""

    number: Number
    title: Title
    kind: Kind | None = None
    text: str = ""
    papers: tuple[Line | PaperEntry, ...] = ()
    to_follow: tuple[Title, ...] = ()  # titles of papers that are not ready yet
    exempt: Exemption | None = None


class Contact(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to ask, and how."""

    name: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: tuple[str, ...] = ()


class Letter(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The summons; without ``text`` the press writes the invitation itself."""

    to: tuple[str, ...] = ()
    salutation: str = "Dear Member"
    text: str = ""
    close: str = "Yours sincerely"
    signed_by: str = ""
    on_behalf_of: str = ""


class Pages(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are numbered."""

    numbering: Numbering = Numbering.COVER
    start: Annotated[int, Meta(ge=1)] = 1
    exempt: ExemptNumbering = ExemptNumbering.OWN
    supplement: Supplementing = Supplementing.CONTINUE


class Participation(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The council's scheme for public speaking (PUB-02, PUB-03)."""

    notice_days: Annotated[int, Meta(ge=0, le=60)] = 2
    notice_time: dt.time = dt.time(16, 30)
    answer_days: Annotated[int, Meta(ge=0, le=60)] = 5


class Calendar(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days that are no working days here beyond weekends and bank holidays (CLK-01)."""

    closure_days: tuple[dt.date, ...] = ()


class Meeting(_Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole meeting file."""

    council: Title
    body: Title
    start: dt.datetime
    place: Title
    items: tuple[Item, ...] = msgspec.field(name="item")
    published: dt.date | None = None
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = "en-GB"
    title: str = ""
    members: tuple[Title | Member, ...] = ()
    notes: tuple[Note, ...] | None = None
    contact: Contact = Contact()
    letter: Letter = Letter()
    pages: Pages = Pages()
    participation: Participation = Participation()
    calendar: Calendar = Calendar()


def meeting_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a meeting file."""
    schema = msgspec.json.schema(Meeting)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Moothall meeting file",
        **schema,
    }
