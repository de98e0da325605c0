"""MTG-06 to MTG-12: nothing of an exempt paper is in the public output. Tested on the bytes.

The strongest test comes first: the public folder is the same, byte for byte, whatever the exempt papers are like.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import docx
import pikepdf
import pytest

from moothall.core.packs.order import Variant
from tests.packs.packs import BOTH, labels_of, make, papers_of, png, put, report, tree_of, untagged_pdf

WORD = "Quillfeather"
PICTURE = png(0x5A)
REASON = "Bids are still being weighed."

ITEMS = """
[[item]]
number = 1
title = "Minutes"
papers = ["minutes.html"]

[[item]]
number = 2
title = "Lease of the depot"
papers = [{mixed}]

[[item]]
number = 3
title = "Staffing"
exempt = {{ paragraph = 4, reason = "Talks with the unions go on." }}
papers = [{all_exempt}]

[[item]]
number = 4
title = "Workplan"
papers = ["workplan.html"]
"""

OPEN = {
    "minutes.html": report("Minutes", "All stood.", pages=3),
    "lease.html": report("Lease of the depot", "The open part.", pages=2),
    "map.html": report("Map"),
    "workplan.html": report("Workplan"),
}


def word_file(word: str, *, pages: int = 1) -> bytes:
    document = docx.Document()
    document.core_properties.title = document.core_properties.author = f"{word} property"
    document.add_heading(f"{word} heading", 1)
    for _ in range(pages):
        document.add_paragraph(f"The {word} settlement.")
        document.add_page_break()
    document.add_picture(io.BytesIO(PICTURE))
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def tagged_pdf(folder: Path, cache: Path, word: str, pages: int) -> bytes:
    """A PDF with tags, as our own setter makes them."""
    meeting = put(folder, {"p.html": report(f"{word} tagged", pages=pages)}, '[[item]]\nnumber = 1\ntitle = "I"\n')
    meeting.write_text(meeting.read_text() + 'papers = ["p.html"]\n')
    made = make(meeting, folder / "out", cache=cache, variants=(Variant.FULL,))
    return (made.folder / "pack.pdf").read_bytes()


def exempt_papers(folder: Path, cache: Path, word: str, *, pages: int) -> dict[str, bytes | str]:
    untagged_pdf(folder / "form.pdf", word=word, pages=pages)
    html = report(f"{word} offer", f'<img src="{word}.png" alt="{word} plan">', pages=pages)
    return {
        f"{word}-offer.html": html,
        f"{word}.png": PICTURE,
        f"{word}-terms.docx": word_file(word, pages=pages),
        f"{word}-tagged.pdf": tagged_pdf(folder / "tagged", cache, word, pages),
        f"{word}-form.pdf": (folder / "form.pdf").read_bytes(),
    }


def secret(name: str, paragraph: int = 3, title: str = "") -> str:
    return f'{{ path = "{name}", title = "{title}", exempt = {{ paragraph = {paragraph}, reason = "{REASON}" }} }}'


def meeting_of(folder: Path, exempt: dict[str, bytes | str], *, more: str = "") -> Path:
    """A mixed item and one whose papers are all exempt: the papers of ``exempt`` stand behind both."""
    names = [name for name in exempt if not name.endswith(".png")]
    half = (len(names) + 1) // 2
    listed = [secret(name, title=f"{WORD} titled" if name == names[0] else "") for name in names[:half]]
    mixed = ['"lease.html"', *listed, '{ path = "map.html", appendix = true }']
    behind = [f'"{name}"' for name in names[half:]]
    items = ITEMS.format(mixed=", ".join(mixed), all_exempt=", ".join(behind))
    return put(folder, OPEN | exempt, items, more=more)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def leaky(tmp_path_factory, cache):
    """A meeting whose exempt papers of every kind are full of the marked word, and its pack."""
    folder = tmp_path_factory.mktemp("leaky")
    made = exempt_papers(tmp_path_factory.mktemp("making"), cache, WORD, pages=3)
    meeting = meeting_of(folder, made)
    return make(meeting, folder / "pack", cache=cache)


NUMBERINGS = pytest.mark.parametrize(
    "more", ["", '[pages]\nexempt = "continuous"\n', '[pages]\nnumbering = "papers"\n']
)


@NUMBERINGS
def test_the_public_output_does_not_depend_on_the_exempt_papers_at_all(tmp_path, cache, more):
    long = {f"{WORD}-{number}.html": report(f"{WORD} {number}", pages=number) for number in range(1, 24)}
    short = {"a.html": report("A"), "b.html": report("B")}
    made = [
        make(meeting_of(tmp_path / name, exempt, more=more), tmp_path / name / "out", cache=cache)
        for name, exempt in (("long", long), ("short", short))
    ]
    first, second = (tree_of(each.folder / "public") for each in made)
    assert first == second
    assert made[0].leading.pages > made[1].leading.pages + 100


def test_the_public_pack_alone_is_the_same_as_beside_the_members_pack(leaky, tmp_path, cache):
    alone = make(leaky.folder.parent / "meeting.toml", tmp_path, cache=cache, variants=(Variant.PUBLIC,))
    assert tree_of(tmp_path / "public") == tree_of(leaky.folder / "public")
    assert WORD.lower().encode() not in (tmp_path / "manifest.json").read_bytes().lower()
    assert alone.leading.variant == "public"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "public"]


def test_the_members_pack_holds_the_exempt_papers(leaky):
    text = subprocess.run(["pdftotext", leaky.folder / "pack.pdf", "-"], capture_output=True, check=True).stdout
    assert text.count(WORD.encode()) > 15
    listed = papers_of(leaky.leading)
    assert len(listed) == 8
    assert {path: paper.exempt for path, paper in listed.items() if paper.exempt} == {
        f"{WORD}-offer.html": 3,
        f"{WORD}-terms.docx": 3,
        f"{WORD}-tagged.pdf": 4,
        f"{WORD}-form.pdf": 4,
    }


def every_byte(pdf_path: Path, folder: Path) -> list[bytes]:
    """Everything in a PDF: its raw bytes, qpdf's plain form, every stream decoded, and the text on its pages."""
    plain = folder / "plain.pdf"
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf_path, plain], check=True)
    found = [pdf_path.read_bytes(), plain.read_bytes()]
    with pikepdf.open(pdf_path) as pdf:
        for thing in pdf.objects:
            found.append(repr(thing).encode())
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_raw_bytes())
                found.append(thing.read_bytes(pikepdf.StreamDecodeLevel.all))
    commands = (["pdftotext", pdf_path, "-"], ["pdfinfo", "-struct-text", pdf_path], ["pdfinfo", "-meta", pdf_path])
    found.extend(subprocess.run(command, capture_output=True, check=True).stdout for command in commands)
    return found


def forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: plain, UTF-16 either way, in hex."""
    raw = [word.lower().encode(coding) for coding in ("utf-8", "utf-16-be", "utf-16-le")]
    return [*raw, *(each.hex().encode() for each in raw)]


def test_no_byte_of_the_public_pdf_tells_of_an_exempt_paper(leaky, tmp_path):
    whole = every_byte(leaky.folder / "public" / "pack.pdf", tmp_path)
    for marked in forms(WORD):
        assert not [each for each in whole if marked in each.lower()]


def test_the_search_would_find_the_word_where_it_is(leaky, tmp_path):
    whole = every_byte(leaky.folder / "pack.pdf", tmp_path)
    assert sum(WORD.lower().encode() in each.lower() for each in whole) > 5


def test_no_web_page_nor_file_name_nor_manifest_of_the_public_tells_of_an_exempt_paper(leaky):
    secrets = [paper for paper in papers_of(leaky.leading).values() if paper.exempt]
    marks = [mark for word in (WORD, *(paper.sha256 for paper in secrets)) for mark in forms(word)]
    marks += [hashlib.sha256(PICTURE).hexdigest().encode(), *(paper.key.encode() for paper in secrets)]
    written = tree_of(leaky.folder / "public")
    assert len(secrets) > 1
    assert len(written) > 5
    for name, content in written.items():
        assert not [mark for mark in marks if mark in content.lower() or mark in name.lower().encode()]


def test_no_picture_of_an_exempt_paper_is_in_the_public_output(leaky):
    with pikepdf.open(leaky.folder / "public" / "pack.pdf") as pdf:
        images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert not images
    assert not [name for name in tree_of(leaky.folder / "public") if name.endswith(".png")]
    assert [name for name in tree_of(leaky.folder) if name.endswith(".png")]


def is_container(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") in {"/ObjStm", "/XRef"}


def test_the_public_pdf_holds_no_object_that_nothing_refers_to(leaky):
    with pikepdf.open(leaky.folder / "public" / "pack.pdf") as pdf:
        count = len(pdf.objects)
        reached: set[tuple[int, int]] = set()
        waiting = [pdf.trailer]
        while waiting:
            thing = waiting.pop()
            if thing.is_indirect:
                if thing.objgen in reached:
                    continue
                reached.add(thing.objgen)
            if isinstance(thing, pikepdf.Array):
                waiting += [each for each in thing if isinstance(each, pikepdf.Object)]
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                waiting += [each for each in dict(thing.items()).values() if isinstance(each, pikepdf.Object)]
        # Where the objects are kept, and the table of where, are found by their place in the file.
        kept = {each.objgen for each in pdf.objects if not is_container(each)}
    unreached = kept - reached
    assert count > 100
    assert not unreached


def test_a_sheet_names_the_item_the_paragraph_and_the_reason(leaky):
    pdf = leaky.folder / "public" / "pack.pdf"
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    sheets = [page for page in text.split("\f") if "Not for publication" in page and "Schedule 12A" in page]
    assert len(sheets) == 2
    assert "Lease of the depot" in sheets[0]
    assert "paragraph 3" in sheets[0]
    assert REASON in " ".join(sheets[0].split())
    assert "Staffing" in sheets[1]
    assert "paragraph 4" in sheets[1]


def test_public_pages_bear_the_same_numbers_in_both_packs(leaky):
    members, public = (labels_of(each) for each in leaky.manifests)
    assert set(public) - set(members) == set()
    assert {path: labels for path, labels in members.items() if path in public} == public
    exempt = [labels for path, labels in members.items() if path not in public]
    assert all(label.startswith("E") for labels in exempt for label in labels)


def test_numbers_are_continuous_in_each_pack_where_the_council_wants_it_so(tmp_path, cache):
    exempt = {"a.html": report("A", pages=3), "b.html": report("B", pages=5)}
    meeting = meeting_of(tmp_path, exempt, more='[pages]\nexempt = "continuous"\n')
    for manifest in make(meeting, tmp_path / "out", cache=cache).manifests:
        assert [str(number + 1) for number in range(manifest.pages)] == list(manifest.labels)


def test_an_item_with_two_paragraphs_has_one_sheet_that_names_both(tmp_path, cache):
    items = f'[[item]]\nnumber = 1\ntitle = "Claim"\npapers = [{secret("a.html", 5)}, {secret("b.html", 1)}]\n'
    meeting = put(tmp_path, {"a.html": report("A"), "b.html": report("B")}, items)
    made = make(meeting, tmp_path / "out", cache=cache)
    assert made.manifests[1].items[0].exempt_paragraphs == (1, 5)
    html = (made.folder / "public" / "html" / "item-1.html").read_text()
    assert html.count("paragraphs 1 and 5") == 1


def test_the_public_is_not_told_the_title_of_an_exempt_paper_to_follow(tmp_path, cache):
    items = (
        f'[[item]]\nnumber = 1\ntitle = "Claim"\nto_follow = ["{WORD} opinion"]\n'
        f'exempt = {{ paragraph = 5, reason = "{REASON}" }}\n'
        '[[item]]\nnumber = 2\ntitle = "Open"\nto_follow = ["Plan of works"]\n'
    )
    made = make(put(tmp_path, {}, items), tmp_path / "out", cache=cache)
    public = tree_of(made.folder / "public")
    assert not [name for name, content in public.items() if WORD.encode() in content]
    text = subprocess.run(
        ["pdftotext", made.folder / "public" / "pack.pdf", "-"], capture_output=True, check=True
    ).stdout
    assert WORD.encode() not in text
    assert b"Plan of works" in text
    assert WORD.encode() in (made.folder / "manifest.json").read_bytes()


def supplemented(folder: Path, cache: Path, exempt: dict[str, bytes | str]) -> Path:
    """A pack with exempt papers, a supplement with others, and a re-issue; gives the folder of all three."""
    meeting = meeting_of(folder / "papers", exempt)
    make(meeting, folder / "first", cache=cache)
    late = {"late.html": report("Late")} | {f"late-{name}": content for name, content in exempt.items()}
    listed = ", ".join(['"late.html"', *(secret(name) for name in late if name != "late.html")])
    second = put(folder / "late", late, f'[[item]]\nnumber = 4\ntitle = "Workplan"\npapers = [{listed}]\n')
    first = folder / "first" / "manifest.json"
    make(second, folder / "second", cache=cache, supplement_of=first, reason="Late.")
    longer = {name: report("Longer", pages=7) for name in list(exempt)[:-2]}
    make(meeting_of(folder / "again", longer), folder / "third", cache=cache, reissue_of=first, number=2)
    return folder


def test_supplements_and_reissues_do_not_depend_on_the_exempt_papers_either(tmp_path, cache):
    long = {f"{WORD}-{number}.html": report(f"{WORD} {number}", pages=5) for number in range(1, 20)}
    short = {name: report(name) for name in ("a.html", "b.html", "c.html", "d.html")}
    one, other = (supplemented(tmp_path / name, cache, each) for name, each in (("long", long), ("short", short)))
    for folder in ("first", "second", "third"):
        assert tree_of(one / folder / "public") == tree_of(other / folder / "public"), folder


def test_a_reissue_without_its_exempt_papers_names_none_of_them_to_the_public(tmp_path, cache):
    exempt = {f"{WORD}.html": report(WORD), f"{WORD}-2.html": report(WORD)}
    make(meeting_of(tmp_path / "one", exempt), tmp_path / "first", cache=cache)
    open_now = put(tmp_path / "two", OPEN, ITEMS.format(mixed='"lease.html", "map.html"', all_exempt=""))
    made = make(open_now, tmp_path / "second", cache=cache, reissue_of=tmp_path / "first" / "manifest.json", number=2)
    assert WORD.encode() in (made.folder / "html" / "index.html").read_bytes()
    public = made.folder / "public"
    assert not [name for name, content in tree_of(public).items() if WORD.encode() in content]
    text = subprocess.run(["pdftotext", public / "pack.pdf", "-"], capture_output=True, check=True).stdout
    assert WORD.encode() not in text
    assert b"E1" not in text


@pytest.mark.parametrize("variants", [BOTH, (Variant.PUBLIC,)], ids=["both", "public"])
def test_a_pack_made_with_fewer_variants_leaves_no_members_pack_of_before(leaky, tmp_path, cache, variants):
    shutil.copytree(leaky.folder, tmp_path / "pack")
    make(leaky.folder.parent / "meeting.toml", tmp_path / "pack", cache=cache, variants=variants)
    assert (tmp_path / "pack" / "pack.pdf").exists() == (Variant.FULL in variants)
