"""MTG-05 supplements, whose numbers go on; and re-issues, in which no published page is ever renumbered."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.manifest import read
from moothall.core.packs.order import Variant
from tests.packs.packs import labels_of, make, papers_of, put, report


def listed(*names: str, number: int = 1) -> str:
    papers = ", ".join(f'"{name}"' for name in names)
    return f'[[item]]\nnumber = {number}\ntitle = "Business {number}"\npapers = [{papers}]\n'


@pytest.fixture
def first(tmp_path):
    """A pack: front pages 1 to 6, then three papers of 3, 2 and 5 pages."""
    papers = {
        "a.html": report("Alder", pages=3),
        "b.html": report("Birch", pages=2),
        "c.html": report("Cedar", pages=5),
    }
    meeting = put(tmp_path / "first", papers, listed("a.html", "b.html") + listed("c.html", number=2))
    return make(meeting, tmp_path / "first" / "out", cache=tmp_path / "cache")


def later(tmp_path: Path, name: str, papers: dict[str, str], items: str, **how: object):
    meeting = put(tmp_path / name, papers, items)
    return make(meeting, tmp_path / name / "out", cache=tmp_path / "cache", **how)


def manifest_of(made) -> Path:
    return made.folder / "manifest.json"


def stamps(pdf: Path) -> list[str]:
    """The number printed at the foot of every page."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return [re.findall(r"^\s*Page (\w+)\s*$", page, re.MULTILINE)[-1] for page in text.split("\f")[:-1]]


def page_labels(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as opened:
        return [page.label for page in opened.pages]


def changes_of(made) -> str:
    html = (made.folder / "html" / "index.html").read_text()
    return html.partition("What has changed")[2].partition("</ul>")[0]


def test_a_supplement_goes_on_where_the_pack_ended(first, tmp_path):
    made = later(tmp_path, "second", {"d.html": report("Late")}, listed("d.html"), supplement_of=manifest_of(first))
    assert made.leading.labels[0] == str(first.leading.next_page())
    assert made.leading.kind == "supplement"
    assert stamps(made.folder / "pack.pdf") == page_labels(made.folder / "pack.pdf") == list(made.leading.labels)


def test_a_second_supplement_goes_on_where_the_first_ended(first, tmp_path):
    one = later(tmp_path, "s1", {"d.html": report("D", pages=3)}, listed("d.html"), supplement_of=manifest_of(first))
    two = later(tmp_path, "s2", {"e.html": report("E")}, listed("e.html"), supplement_of=manifest_of(one), number=2)
    assert int(two.leading.labels[0]) == int(one.leading.labels[-1]) + 1
    assert two.leading.follows


def test_exempt_pages_of_a_supplement_go_on_in_their_own_series(tmp_path):
    secret = '[[item]]\nnumber = 1\ntitle = "Lease"\npapers = ["{}"]\nexempt = {{ paragraph = 3, reason = "Bids." }}\n'
    one = later(tmp_path, "one", {"a.html": report("A", pages=3)}, secret.format("a.html"))
    two = later(tmp_path, "two", {"b.html": report("B")}, secret.format("b.html"), supplement_of=manifest_of(one))
    assert labels_of(one.leading)["a.html"] == ("E1", "E2", "E3")
    assert labels_of(two.leading)["b.html"] == ("E5",)


def test_a_supplement_of_nothing_is_refused(first, tmp_path):
    with pytest.raises(MeetingFileError, match="no item of this supplement has a paper"):
        later(tmp_path, "none", {}, listed(), supplement_of=manifest_of(first))


def test_the_cover_gives_the_reason_and_only_items_with_papers(first, tmp_path):
    items = listed(number=1) + listed("d.html", number=2)
    made = later(
        tmp_path, "s", {"d.html": report("D")}, items, supplement_of=manifest_of(first), reason="The figures came late."
    )
    text = subprocess.run(
        ["pdftotext", made.folder / "pack.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    cover = text.split("\f")[0]
    assert "The figures came late." in cover
    assert "Business 2" in cover
    assert "Business 1" not in cover


def reissue(tmp_path: Path, before, papers: dict[str, str], items: str, *, number: int = 2, name: str = "again"):
    return later(tmp_path, name, papers, items, reissue_of=manifest_of(before), number=number)


SAME = {
    "a.html": report("Alder", pages=3),
    "b.html": report("Birch", pages=2),
    "c.html": report("Cedar", pages=5),
}
ITEMS = listed("a.html", "b.html") + listed("c.html", number=2)


def test_a_reissue_without_a_change_keeps_every_label_and_lists_nothing(first, tmp_path):
    made = reissue(tmp_path, first, SAME, ITEMS)
    now, was = labels_of(made.leading), labels_of(first.leading)
    assert {key: labels for key, labels in now.items() if key != "changes"} == was
    assert "<li>" not in changes_of(made)
    text = subprocess.run(
        ["pdftotext", made.folder / "pack.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "No paper has changed." in text.split("\f")[0]


def test_a_longer_paper_takes_letters_and_every_other_page_keeps_its_number(first, tmp_path):
    made = reissue(tmp_path, first, SAME | {"a.html": report("Alder", pages=6)}, ITEMS)
    now, was = labels_of(made.leading), labels_of(first.leading)
    last = int(was["a.html"][-1]) + 1
    assert now["a.html"] == (*was["a.html"], str(last), f"{last}a", f"{last}b")
    assert {key: now[key] for key in ("b.html", "c.html")} == {key: was[key] for key in ("b.html", "c.html")}
    assert f"Pages {last}a - {last}b put in" in changes_of(made)
    assert "Birch" not in changes_of(made)


def test_letters_are_stamped_on_the_page_and_stand_in_the_page_labels(first, tmp_path):
    made = reissue(tmp_path, first, SAME | {"a.html": report("Alder", pages=6)}, ITEMS)
    pdf = made.folder / "pack.pdf"
    assert page_labels(pdf) == list(made.leading.labels)
    counted = [label for part in made.leading.parts if part.key != "changes" for label in part.labels + part.blanks]
    front_of_all = len(made.leading.labels) - len(counted)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    printed = [re.findall(r"^\s*Page (\w+)\s*$", page, re.MULTILINE)[-1:] for page in text.split("\f")[front_of_all:-1]]
    assert printed == [[label] for label in counted]


def test_a_shorter_paper_leaves_numbered_blank_pages(first, tmp_path):
    made = reissue(tmp_path, first, SAME | {"c.html": report("Cedar", pages=2)}, ITEMS)
    was = labels_of(first.leading)["c.html"]
    part = next(part for part in made.leading.parts if part.labels == was[:2])
    assert part.blanks[:3] == was[2:]
    assert f"Pages {was[2]} - {was[4]} left blank" in changes_of(made)


def test_a_new_paper_takes_letters_after_the_paper_before_it(first, tmp_path):
    items = listed("a.html", "new.html", "b.html") + listed("c.html", number=2)
    made = reissue(tmp_path, first, SAME | {"new.html": report("New")}, items)
    last = int(labels_of(first.leading)["a.html"][-1]) + 1
    assert labels_of(made.leading)["new.html"] == (f"{last}a",)
    assert "New paper" in changes_of(made)


def test_a_withdrawn_paper_is_named_and_its_numbers_never_come_back(first, tmp_path):
    without = {key: SAME[key] for key in ("a.html", "c.html")}
    second = reissue(tmp_path, first, without, listed("a.html") + listed("c.html", number=2))
    gone = labels_of(first.leading)["b.html"]
    assert "Birch. Withdrawn" in changes_of(second)
    assert set(gone) <= set(second.leading.retired)
    back = reissue(tmp_path, second, SAME, ITEMS, number=3, name="third")
    assert not set(gone) & set(back.leading.labels)


def test_letters_of_a_withdrawn_paper_are_not_given_to_another(first, tmp_path):
    def with_new(name: str) -> tuple[dict[str, str], str]:
        return SAME | {name: report(name)}, listed("a.html", name, "b.html") + listed("c.html", number=2)

    second = reissue(tmp_path, first, *with_new("new.html"))
    third = reissue(tmp_path, second, SAME, ITEMS, number=3, name="third")
    fourth = reissue(tmp_path, third, *with_new("other.html"), number=4, name="fourth")
    assert not set(labels_of(second.leading)["new.html"]) & set(fourth.leading.labels)


def test_a_supplement_after_the_last_paper_was_withdrawn_does_not_reuse_its_numbers(first, tmp_path):
    without = {key: SAME[key] for key in ("a.html", "b.html")}
    second = reissue(tmp_path, first, without, listed("a.html", "b.html") + listed(number=2))
    late = later(tmp_path, "late", {"d.html": report("D")}, listed("d.html"), supplement_of=manifest_of(second))
    assert int(late.leading.labels[0]) == int(first.leading.labels[-1]) + 1


def test_papers_in_another_order_keep_their_numbers(first, tmp_path):
    made = reissue(tmp_path, first, SAME, listed("b.html", "a.html") + listed("c.html", number=2))
    now, was = labels_of(made.leading), labels_of(first.leading)
    assert {key: now[key] for key in SAME} == {key: was[key] for key in SAME}
    assert list(papers_of(made.leading)) == ["b.html", "a.html", "c.html"]


def test_a_paper_that_becomes_exempt_leaves_the_public_pack_and_keeps_its_numbers_for_members(first, tmp_path):
    secret = '{ path = "b.html", exempt = { paragraph = 3, reason = "Bids." } }'
    items = f'[[item]]\nnumber = 1\ntitle = "Business 1"\npapers = ["a.html", {secret}]\n' + listed("c.html", number=2)
    made = reissue(tmp_path, first, SAME, items)
    members, public = (labels_of(each) for each in made.manifests)
    was = labels_of(first.leading)
    assert members["b.html"] == was["b.html"]
    assert "b.html" not in public
    assert set(was["b.html"]) <= set(made.manifests[1].retired)
    assert public["c.html"] == members["c.html"] == was["c.html"]


def test_a_paper_that_ceases_to_be_exempt_gets_public_numbers(tmp_path):
    def items(exempt: str) -> str:
        return f'[[item]]\nnumber = 1\ntitle = "Lease"\npapers = [{{ path = "a.html"{exempt} }}]\n' + listed(
            "b.html", number=2
        )

    papers = {"a.html": report("A", pages=3), "b.html": report("B")}
    one = later(tmp_path, "one", papers, items(', exempt = { paragraph = 3, reason = "Bids." }'))
    two = reissue(tmp_path, one, papers, items(""), name="two")
    members, public = (labels_of(each) for each in two.manifests)
    assert public["a.html"] == members["a.html"]
    assert not [label for label in public["a.html"] if label.startswith("E")]
    assert public["b.html"] == labels_of(one.manifests[1])["b.html"]


def holders(*manifests) -> dict[str, set[str]]:
    """Which parts had each label, over several issues; the lists of changes are of no matter."""
    parts = [part for each in manifests for part in each.parts if part.key != "changes"]
    return {
        label: {part.key for part in parts if label in part.labels + part.blanks}
        for part in parts
        for label in part.labels
    }


def test_a_members_agenda_that_is_longer_never_takes_a_number_that_a_public_page_gets_later(tmp_path):
    awaited = ", ".join(f'"Offer {number}"' for number in range(99))  # the public agenda does not name them
    exempt = 'exempt = { paragraph = 3, reason = "Bids." }'
    lease = f'[[item]]\nnumber = 1\ntitle = "Lease"\n{exempt}\nto_follow = [{awaited}]\npapers = ["x.html"]\n'
    papers = {"x.html": report("X"), "b.html": report("B"), "new.html": report("New")}
    one = later(tmp_path, "one", papers, lease + listed("b.html", number=2))
    two = reissue(tmp_path, one, papers, listed("new.html", number=3) + lease + listed("b.html", number=2))
    first, again = (labels_of(each.leading) for each in (one, two))
    assert first["front"][-1] == again["front"][-1] == "E1"
    assert again["new.html"] == labels_of(two.manifests[1])["new.html"] == ("4a",)
    for variant in (0, 1):
        held = holders(one.manifests[variant], two.manifests[variant])
        assert {label: keys for label, keys in held.items() if len(keys) > 1} == {}


def test_a_paper_that_became_exempt_and_longer_shares_no_number_with_a_new_public_one(tmp_path):
    papers = {"a.html": report("A"), "b.html": report("B"), "c.html": report("C")}
    one = later(tmp_path, "one", papers, listed("a.html"))
    two = reissue(tmp_path, one, papers, listed("a.html", "b.html"))
    exempt = '{ path = "b.html", exempt = { paragraph = 3, reason = "Bids." } }'
    items = f'[[item]]\nnumber = 1\ntitle = "Business 1"\npapers = ["a.html", {exempt}, "c.html"]\n'
    three = reissue(tmp_path, two, papers | {"b.html": report("B", pages=4)}, items, number=3, name="three")
    before, members = (labels_of(each.leading)["b.html"] for each in (two, three))
    assert members == (*before, f"{before[0][:-1]}b", "E1", "E2")
    assert len(set(three.leading.labels)) == len(three.leading.labels)


def test_the_manifest_of_another_meeting_is_refused(first, tmp_path):
    other = put(tmp_path / "other", {"d.html": report("D")}, listed("d.html"))
    other.write_text(other.read_text().replace("Audit Committee", "Planning Committee"))
    with pytest.raises(
        MeetingFileError, match="another meeting: Avonmere Council, Audit Committee, Monday 24 November"
    ):
        make(other, tmp_path / "x", cache=tmp_path / "cache", supplement_of=manifest_of(first))
    assert not (tmp_path / "x").exists()


def test_the_public_manifest_will_not_do_for_a_members_pack_with_exempt_papers(first, tmp_path):
    items = '[[item]]\nnumber = 1\ntitle = "Lease"\npapers = ["a.html"]\nexempt = { paragraph = 3, reason = "Bids." }\n'
    meeting = put(tmp_path / "again", {"a.html": report("A")}, items)
    public = first.folder / "public" / "manifest.json"
    with pytest.raises(MeetingFileError, match="name the members' one"):
        make(meeting, tmp_path / "x", cache=tmp_path / "cache", reissue_of=public, number=2)
    made = make(
        meeting, tmp_path / "x", cache=tmp_path / "cache", variants=(Variant.PUBLIC,), reissue_of=public, number=2
    )
    assert made.leading.follows


def test_each_variant_follows_its_own_manifest(first, tmp_path):
    made = reissue(tmp_path, first, SAME, ITEMS)
    assert len({each.follows for each in made.manifests}) == 2
    assert read(manifest_of(made)).follows == made.leading.follows


def test_a_reissue_over_the_pack_it_corrects_replaces_it(first, tmp_path):
    meeting = put(tmp_path / "again", SAME | {"a.html": report("Alder", pages=6)}, ITEMS)
    made = make(meeting, first.folder, cache=tmp_path / "cache", reissue_of=manifest_of(first), number=2)
    assert read(manifest_of(made)).kind == "re-issue"
