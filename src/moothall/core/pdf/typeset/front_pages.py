"""The pages that the press writes itself: letter and agenda, covers, notices, blank pages.

Every date, time and range is a given text: nothing here knows what day it is, or how pages are counted. Texts in
English by default; each fixed word can be given in another language.
"""

from __future__ import annotations

import msgspec

from moothall.core.documents.tree import Block


class Group(msgspec.Struct, frozen=True):
    """People addressed under one role: "Councillors", "Co-opted voting members". Names as printed."""

    role: str
    names: tuple[str, ...]


class Contact(msgspec.Struct, frozen=True):
    """Who answers questions: name and how to reach them, each line as printed."""

    name: str
    lines: tuple[str, ...] = ()


class Letter(msgspec.Struct, frozen=True):
    """The summons. ``facts`` are label and value at the letterhead ("Date", "Telephone", "E-mail")."""

    council: str
    address: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    addressed: str
    groups: tuple[Group, ...]
    salutation: str
    body: tuple[Block, ...]
    close: str
    signed_by: str
    signed_for: str = ""
    office: str = ""
    others: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """A note for the public. ``number`` as printed, "4."."""

    number: str
    title: str
    blocks: tuple[Block, ...] = ()


class PaperLine(msgspec.Struct, frozen=True):
    """A paper under its agenda item; ``pages`` is "Pages 9 - 20" or ""; ``key`` the part it leads to, or ""."""

    title: str
    pages: str = ""
    key: str = ""


class AgendaItem(msgspec.Struct, frozen=True):
    """An item of business. ``pages`` is printed as it is, "(Pages 9 - 20)", as a link to part ``key``.

    ``marks`` are short words beside the title: "Exempt", "Verbal update", "To follow". ``papers`` are named below
    the item where it has more than one.
    """

    number: str
    title: str
    pages: str = ""
    key: str = ""
    blurb: tuple[Block, ...] = ()
    marks: tuple[str, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    heading: str = ""


class Front(msgspec.Struct, frozen=True):
    """Letter, notes and agenda: the pack's front pages.

    ``title`` is "Body: day, date"; ``where`` the line under the agenda's heading (day, time, place).
    """

    title: str
    body: str
    where: str
    letter: Letter
    notes: tuple[Note, ...]
    items: tuple[AgendaItem, ...]
    closing: tuple[Block, ...] = ()
    notes_heading: str = "Notes"
    agenda_heading: str = "Agenda"


class ExemptSheet(msgspec.Struct, frozen=True):
    """Stands for a paper that the public may not see. It names the item as the agenda does, and no paper.

    ``paragraph`` is "paragraph 3"; ``wording`` what the paragraph of Schedule 12A says; ``interest`` why the public
    interest in keeping it private outweighs that in showing it (MTG-06 to MTG-12).
    """

    council: str
    meeting: str
    item_number: str
    item_title: str
    paragraph: str
    wording: str
    interest: str
    heading: str = "Not for publication"
    act: str = "Part 1 of Schedule 12A to the Local Government Act 1972"


class SupplementCover(msgspec.Struct, frozen=True):
    """The cover of a later pack for the same meeting (MTG-05)."""

    council: str
    meeting: str
    where: str
    number: str
    reason: str
    items: tuple[AgendaItem, ...]
    date: str = ""
    contact: Contact | None = None
    heading: str = "Supplementary papers"
    reason_heading: str = "Why these papers are late"
    items_heading: str = "Papers in this supplement"
    empty: str = "None: every paper of this supplement was withdrawn."


class Change(msgspec.Struct, frozen=True):
    """One change of a re-issue: the pages concerned, the paper, and what was done."""

    pages: str
    paper: str
    change: str
    key: str = ""


class ChangeList(msgspec.Struct, frozen=True):
    """Stands in front of a re-issued pack: page by page what is different."""

    council: str
    meeting: str
    version: str
    explanation: str
    changes: tuple[Change, ...]
    date: str = ""
    heading: str = "What has changed in this pack"
    columns: tuple[str, str, str] = ("Pages", "Paper", "Change")
    empty: str = "No paper has changed."


class Blank(msgspec.Struct, frozen=True):
    """A blank side before the next paper."""

    text: str = "This page is intentionally left blank"


class PaperNotice(msgspec.Struct, frozen=True):
    """Announces an uploaded paper that screen readers cannot follow.

    ``explanation`` says what is wrong with it; ``asking`` where an accessible version may be asked for.
    """

    council: str
    meeting: str
    paper: str
    pages: str
    explanation: str
    asking: str
    contact: Contact | None = None
    heading: str = "About the next paper"
    labels: tuple[str, str] = ("Paper", "Pages")


class TextPages(msgspec.Struct, frozen=True):
    """The extracted text of an untagged paper, as real text: its paragraphs page by page."""

    paper: str
    heading: str
    pages: tuple[tuple[str, str], ...]


Sheet = Front | ExemptSheet | SupplementCover | ChangeList | Blank | PaperNotice | TextPages
