import pikepdf
import pytest
from msgspec.structs import replace

from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import SetPart, set_sheet
from moothall.core.pdf.typeset.front_pages import (
    AgendaItem,
    Blank,
    Change,
    ChangeList,
    Contact,
    ExemptSheet,
    Front,
    Group,
    Letter,
    Note,
    PaperLine,
    PaperNotice,
    Sheet,
    SupplementCover,
    TextPages,
)
from tests.pdf.typeset.reading import CREATED, blocks, printed_text, scopes, tags

ITEMS = (
    AgendaItem("1.", "Welcome"),
    AgendaItem(
        "8.",
        "School performance",
        pages="(Pages 21 - 36)",
        key="item-8",
        blurb=blocks("This report sets out the headlines."),
        papers=(PaperLine("Appendix 1", "(Pages 25 - 26)", "item-8-1"),),
    ),
    AgendaItem("16.", "Director's briefing", marks=("Verbal update",), heading="Part B"),
)
LETTER = Letter(
    council="Avonmere Council",
    office="Democratic Services",
    address=("Town Hall, Avonmere",),
    facts=(("Date", "14 November 2014"), ("E-mail", "clerk@avonmere.example")),
    addressed="To: all members of the panel",
    groups=(
        Group("Councillors", ("Ann Arkwright (Chair)", "Bashir Bello", "Carys Dŵr")),
        Group("Co-opted", ("Dev Das",)),
    ),
    others=("Press and public",),
    salutation="Dear Member",
    body=blocks("You are invited to a meeting."),
    close="Yours sincerely",
    signed_by="Mary Mason",
    signed_for="for Chief Executive",
    notice=("Ask for other formats.",),
)
NOTES = (Note("1.", "Inspection of papers", blocks("Any person may inspect them.")), Note("2.", "Recording"))
MEETING = "Children's Panel, 24 November 2014"
CONTACT = Contact("Mary Mason", ("01999 400412", "www.avonmere.example"))

FRONT = Front("Children's Panel: Monday 24 November 2014", "Children's Panel", "4.30 pm", LETTER, NOTES, ITEMS)
EXEMPT = ExemptSheet(
    "Avonmere Council", MEETING, "12", "Looked After Children", "paragraph 3", "Wording of it.", "Interest in it."
)
SHEETS: dict[str, Sheet] = {
    "front": FRONT,
    "exempt sheet": EXEMPT,
    "supplement cover": SupplementCover(
        "Avonmere Council", MEETING, "Guildhall", "1", "Figures came late.", ITEMS, "20 November 2014", CONTACT
    ),
    "change list": ChangeList(
        "Avonmere Council",
        MEETING,
        "2",
        "Others stay.",
        (Change("21a", "School performance", "A table added.", "item-8"),),
    ),
    "blank": Blank(),
    "paper notice": PaperNotice(
        "Avonmere Council", MEETING, "A letter", "37 - 38", "It is a scan.", "Ask us.", CONTACT
    ),
    "text pages": TextPages("A letter", "Text of the paper", (("Page 37", "Dear Sir\n\nThank you."),)),
}


def _set(sheet: Sheet, store: Store) -> SetPart:
    return set_sheet(sheet, store=store, created=CREATED)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_every_sheet_sets_as_pdf_ua(sheet: Sheet, store: Store) -> None:
    part = _set(sheet, store)
    assert b"pdfuaid" in part.pdf.read_bytes()
    assert not part.cautions


def _addresses(part: SetPart) -> list[str]:
    with pikepdf.open(part.pdf) as document:
        return [str(note.A.URI) for page in document.pages for note in page.get("/Annots", []) if "/A" in note]


def test_page_ranges_of_the_agenda_lead_to_their_parts(store: Store) -> None:
    part = _set(FRONT, store)
    assert "(Pages 21 - 36)" in printed_text(part.pdf)
    assert [uri for uri in _addresses(part) if uri.startswith("moothall:")] == [
        "moothall:part/item-8",
        "moothall:part/item-8-1",
    ]


def test_the_agenda_is_a_list_whose_labels_are_the_item_numbers(store: Store) -> None:
    found = tags(_set(FRONT, store).pdf)
    labels = [found[place:].split('"')[1] for place in range(len(found)) if found.startswith("Lbl", place)]
    assert labels == ["1.", "2.", "1.", "8.", "•", "16."]


def test_the_letter_notes_and_agenda_start_pages_of_their_own(store: Store) -> None:
    pages = printed_text(_set(FRONT, store).pdf).split("\f")
    assert ["Dear Member" in pages[0], "Notes" in pages[1], "Agenda" in pages[2]] == [True] * 3


def test_members_are_listed_under_their_role(store: Store) -> None:
    assert "Councillors: Ann Arkwright (Chair), Bashir Bello and Carys Dŵr" in printed_text(_set(FRONT, store).pdf)


def test_an_exempt_sheet_names_item_paragraph_wording_and_interest(store: Store) -> None:
    text = " ".join(printed_text(_set(EXEMPT, store).pdf).split())
    for part in ("Not for publication", "12", "Looked After Children", "paragraph 3 of Part 1 of Schedule 12A"):
        assert part in text
    assert text.index("Wording of it.") < text.index("Interest in it.")


def test_a_change_list_is_a_table_with_headers_both_ways(store: Store) -> None:
    assert scopes(_set(SHEETS["change list"], store).pdf) == ["/Row", "/Column", "/Column", "/Column", "/Row"]


def test_addresses_can_be_followed(store: Store) -> None:
    assert _addresses(_set(SHEETS["paper notice"], store)) == ["https://www.avonmere.example"]
    assert "mailto:clerk@avonmere.example" in _addresses(_set(FRONT, store))


def test_a_blank_page_is_one_page_with_its_sentence(store: Store) -> None:
    part = _set(Blank(), store)
    assert part.pages == 1
    assert printed_text(part.pdf).split() == ["This", "page", "is", "intentionally", "left", "blank"]


def test_a_front_without_notes_has_no_page_of_notes(store: Store) -> None:
    assert _set(replace(FRONT, notes=()), store).pages == 2


def test_a_sheet_can_speak_another_language(store: Store) -> None:
    part = set_sheet(Blank("Gadawyd y dudalen hon yn wag"), store=store, created=CREATED, language="cy")
    with pikepdf.open(part.pdf) as document:
        assert str(document.Root.Lang) == "cy"
