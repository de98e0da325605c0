"""Makes the pages in front of the papers, and the sheets between them, out of the meeting and its page map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt

from moothall.core.clocks import say
from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.list_labels import with_lists
from moothall.core.documents.tree import Block, Document, Inline, Link, Paragraph, Strong, Text
from moothall.core.openness import paragraph_wording
from moothall.core.packs import publication_context
from moothall.core.packs.meeting import Exemption, Item, Meeting, Member, Numbering, Role
from moothall.core.packs.order import Standing
from moothall.core.packs.page_labels import Placed, Series, page_range, series_of
from moothall.core.pdf.typeset.front_pages import (
    AgendaItem,
    Contact,
    ExemptSheet,
    Front,
    Group,
    Letter,
    Note,
    PaperLine,
    SupplementCover,
)

FRONT = "front"
EXEMPT = "Exempt"
Places = Mapping[str, Placed]

_GROUPS = (
    ("Councillors", (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.SUBSTITUTE)),
    ("Co-opted Voting Members", (Role.COOPTED_VOTING,)),
    ("Co-opted Non-Voting Members", (Role.COOPTED_NON_VOTING,)),
    ("Cabinet Member", (Role.CABINET_MEMBER,)),
    ("Officers", (Role.OFFICER,)),
)
_MARKS = {Role.CHAIR: "Chair", Role.VICE_CHAIR: "Vice-Chair", Role.SUBSTITUTE: "Substitute"}


def front(meeting: Meeting, standings: Sequence[Standing], places: Places) -> Front:
    """Letter, notes and agenda; ``places`` gives the page ranges that the agenda prints."""
    return Front(
        title=f"{meeting.body}: {say(publication_context.start(meeting).date())}",
        body=meeting.body,
        where=f"{publication_context.when(meeting)}, {meeting.place}",
        letter=_letter(meeting),
        notes=_notes(meeting),
        items=agenda(meeting, standings, places),
        closing=_closing(meeting),
    )


def agenda(meeting: Meeting, standings: Sequence[Standing], places: Places) -> tuple[AgendaItem, ...]:
    """The agenda's lines, each with the pages that stand behind it."""
    return tuple(
        _line(item, [each for each in standings if each.item == index], places)
        for index, item in enumerate(meeting.items)
    )


def supplement_cover(
    meeting: Meeting, standings: Sequence[Standing], places: Places, *, name: str, reason: str
) -> SupplementCover:
    """The cover of a supplement, ``name`` being "Supplement 1": only the items that have papers in it."""
    lines = agenda(meeting, standings, places)
    return SupplementCover(
        council=meeting.council,
        meeting=meeting.body,
        where=f"{publication_context.when(meeting)}, {meeting.place}",
        number=name,
        reason=reason,
        items=tuple(line for line in lines if line.key),
        date=say(meeting.published) if meeting.published else "",
        contact=Contact(meeting.contact.name, _ways(meeting)) if meeting.contact.name else None,
    )


def exempt_sheet(meeting: Meeting, item: Item, exemptions: Sequence[Exemption]) -> ExemptSheet:
    """The sheet in place of an item's exempt papers: the item as the agenda names it, paragraph and reason."""
    numbers = sorted({each.paragraph for each in exemptions})
    reasons = list(dict.fromkeys(each.reason for each in exemptions))
    return ExemptSheet(
        council=meeting.council,
        meeting=f"{meeting.body}, {say(publication_context.start(meeting).date())}",
        item_number=str(item.number),
        item_title=item.title,
        paragraph=paragraphs_named(numbers),
        wording=" ".join(paragraph_wording(number) for number in numbers),
        interest=" ".join(reasons),
    )


def paragraphs_named(numbers: Sequence[int]) -> str:
    """ "paragraph 3", "paragraphs 1 and 2"."""
    if len(numbers) == 1:
        return f"paragraph {numbers[0]}"
    return f"paragraphs {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def span_of(standings: Sequence[Standing], places: Places, series: Series = Series.MAIN) -> tuple[str, ...]:
    """Every label behind an item in one series, blank pages too, in order."""
    found = (places[each.key] for each in standings if each.key in places)
    return tuple(label for placed in found for label in placed.all_labels if series_of(label) is series)


def _line(item: Item, behind: Sequence[Standing], places: Places) -> AgendaItem:
    here = [each for each in behind if each.key in places]
    main, exempt = span_of(here, places), span_of(here, places, Series.EXEMPT)
    ranges = [page_range(main)] if main else []
    if exempt:
        ranges.append(f"exempt {page_range(exempt).replace('Page', 'page')}")
    kept_back = any(each.prepared is None or each.exempt for each in behind)
    return AgendaItem(
        number=f"{item.number}.",
        title=item.title,
        pages=f"({'; '.join(ranges)})" if ranges else "",
        key=here[0].key if here else "",
        blurb=markdown(item.text).blocks if item.text else (),
        marks=((EXEMPT,) if kept_back else ()) + (("To follow",) if item.to_follow else ()),
        papers=(*_paper_lines(here, places), *(PaperLine(title, "to follow") for title in item.to_follow)),
    )


def _paper_lines(here: Sequence[Standing], places: Places) -> tuple[PaperLine, ...]:
    """The papers of an item by name, where there are several; a lone one is found by the item's own pages."""
    if len(here) < 2:
        return ()
    return tuple(
        PaperLine(each.prepared.title, page_range(places[each.key].labels), each.key) for each in here if each.prepared
    )


def _letter(meeting: Meeting) -> Letter:
    own = meeting.letter
    body = markdown(own.text).blocks if own.text else _invitation(meeting)
    return Letter(
        council=meeting.council,
        address=meeting.contact.address,
        facts=_facts(meeting),
        addressed=own.to[0] if own.to else f"All Members of the {meeting.body}",
        groups=member_groups(meeting),
        others=own.to[1:],
        salutation=own.salutation,
        body=body,
        close=own.close,
        signed_by=own.signed_by or meeting.contact.name,
        signed_for=own.on_behalf_of,
    )


def _invitation(meeting: Meeting) -> tuple[Block, ...]:
    return (
        Paragraph(
            (
                Text("You are summoned to a meeting of the "),
                Strong((Text(meeting.body),)),
                Text(" on "),
                Strong((Text(publication_context.when(meeting)),)),
                Text(". Place: "),
                Strong((Text(meeting.place),)),
                Text("."),
            )
        ),
        Paragraph((Text("The agenda is set out below."),)),
    )


def _facts(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    contact = meeting.contact
    facts = (
        ("Date", say(meeting.published) if meeting.published else ""),
        ("Contact", contact.name),
        ("Telephone", contact.phone),
        ("Email", contact.email),
        ("Website", contact.website),
    )
    return tuple(fact for fact in facts if fact[1])


def member_groups(meeting: Meeting) -> tuple[Group, ...]:
    """The body's people under their roles, as on the summons; a cabinet member under the portfolio (NAM-01)."""
    people = [each if isinstance(each, Member) else Member(name=each) for each in meeting.members]
    groups: dict[str, list[str]] = {}
    for title, roles in _GROUPS:
        for member in (each for each in people if each.role in roles):
            portfolio = member.title if member.role is Role.CABINET_MEMBER else ""
            groups.setdefault(portfolio or title, []).append(_named(member))
    return tuple(Group(title, tuple(names)) for title, names in groups.items())


def _named(member: Member) -> str:
    if member.role is Role.CABINET_MEMBER:
        return f"Councillor {member.name}"
    mark = _MARKS.get(member.role, member.title)
    return f"{member.name} ({mark})" if mark else member.name


def _notes(meeting: Meeting) -> tuple[Note, ...]:
    return tuple(
        Note(f"{number}.", note.title, markdown(note.text).blocks)
        for number, note in enumerate(publication_context.notes(meeting), start=1)
    )


def _closing(meeting: Meeting) -> tuple[Block, ...]:
    if not meeting.contact.name:
        return ()
    post = f", {meeting.contact.post}" if meeting.contact.post else ""
    line: list[Inline] = [Text(f"Contact for this meeting: {meeting.contact.name}{post}")]
    for sign, way in zip((": ", ", "), _ways(meeting), strict=False):
        line += [Text(sign), Link(f"mailto:{way}", (Text(way),)) if "@" in way else Text(way)]
    return (Paragraph(tuple(line)),)


def _ways(meeting: Meeting) -> tuple[str, ...]:
    return tuple(way for way in (meeting.contact.phone, meeting.contact.email) if way)


@cache
def markdown(text: str) -> Document:
    """A short Markdown text of the meeting file as a content tree."""
    document = parse_html(MarkdownIt("commonmark", {"html": False}).enable("table").render(text)).document
    return replace(document, blocks=with_lists(document.blocks))


def front_series(meeting: Meeting) -> Series:
    """Whether the front pages are counted with the papers, or for themselves in roman numerals."""
    return Series.MAIN if meeting.pages.numbering is Numbering.COVER else Series.FRONT
