"""The list of changes in front of a re-issue: every kind of change, and for the public nothing of what is exempt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.packs.changes import longest_rising, same_items
from moothall.core.packs.manifest import ItemRecord
from tests.packs.packs import labels_of, make, put, report, tree_of

BIDS = 'exempt = { paragraph = 3, reason = "Bids." }'
STAFF = 'exempt = { paragraph = 1, reason = "Names." }'


def paper(name: str, *, title: str = "", exempt: str = "") -> str:
    fields = [f'path = "{name}.html"', f'title = "{title}"' if title else "", exempt]
    return f"{{ {', '.join(each for each in fields if each)} }}"


def item(number: int, *papers: str, title: str = "") -> str:
    return f'[[item]]\nnumber = {number}\ntitle = "{title or f"Business {number}"}"\npapers = [{", ".join(papers)}]\n'


A, B, C = paper("a"), paper("b"), paper("c")
FILES = {f"{name}.html": report(name.upper(), pages=2) for name in "abcdef"}
BEFORE = item(1, A, B) + item(2, C)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def issue(
    folder: Path, cache: Path, items: str, *, files: dict[str, str] | None = None, reissue_of: Path | None = None
):
    meeting = put(folder, FILES | (files or {}), items, more='[pages]\nnumbering = "papers"\n')
    return make(meeting, folder / "out", cache=cache, reissue_of=reissue_of)


def changes_in(folder: Path) -> list[str]:
    html = (folder / "html" / "index.html").read_text().partition("What has changed</h2>")[2].partition("</ul>")[0]
    return [line.removeprefix("<li>").removesuffix("</li>") for line in html.splitlines() if line.startswith("<li>")]


LONGER = {"b.html": report("B", pages=4)}
# before (or "" for BEFORE), now, other files, the members' list, the public list (None: the same)
TABLE = {
    "nothing": ("", BEFORE, {}, [], None),
    "added": ("", item(1, A, B, paper("d")) + item(2, C), {}, ["Pages 4a - 4b: D. New paper."], None),
    "withdrawn": (
        "",
        item(1, A) + item(2, C),
        {},
        ["Pages 3 - 4: B. Withdrawn. These page numbers are not used again."],
        None,
    ),
    "replaced and longer": (
        "",
        BEFORE,
        LONGER,
        ["Pages 3 - 4b: B. Replaced. Pages 4a - 4b put in; every other page keeps its number."],
        None,
    ),
    "renamed": (
        "",
        item(1, A, paper("b", title="Birch")) + item(2, C),
        {},
        ["Pages 3 - 4: Birch. Renamed; before: “B”."],
        None,
    ),
    "moved to another item": (
        "",
        item(1, A) + item(2, C, B),
        {},
        ["Pages 3 - 4: B. Moved from item 1 (behind page 2) to item 2 (behind page 6)."],
        None,
    ),
    "moved within its item": (
        "",
        item(1, B, A) + item(2, C),
        {},
        ["Pages 3 - 4: B. Moved: it stands behind page iv now, and stood behind page 2."],
        None,
    ),
    "moved, renamed and replaced": (
        "",
        item(1, A) + item(2, C, paper("b", title="Birch")),
        LONGER,
        [
            "Pages 3 - 4b: Birch. Replaced. Pages 4a - 4b put in; every other page keeps its number. "
            "Moved from item 1 (behind page 2) to item 2 (behind page 6). Renamed; before: “B”."
        ],
        None,
    ),
    "a file under another name": (
        "",
        item(1, A, paper("folder/other")) + item(2, C),
        {"folder/other.html": FILES["b.html"]},
        [],
        None,
    ),
    "an item renamed": (
        "",
        item(1, A, B, title="Audit") + item(2, C),
        {},
        ["Agenda: Item 1, Audit. Renamed; before: “Business 1”."],
        None,
    ),
    "an item put in, which moves the numbers of those after it": (
        "",
        item(1, A, B) + item(2, title="Urgent") + item(3, C, title="Business 2"),
        {},
        ["Agenda: Item 2, Urgent. New item.", "Agenda: Item 3, Business 2. It was item 2."],
        None,
    ),
    "an item dropped": (
        "",
        item(1, A, B),
        {},
        [
            "Agenda: Item 2, Business 2. No longer on the agenda.",
            "Pages 5 - 6: C. Withdrawn. These page numbers are not used again.",
        ],
        None,
    ),
    "a paper becomes exempt": (
        "",
        item(1, A, paper("b", exempt=BIDS)) + item(2, C),
        {},
        ["Pages 3 - 4: B. Not for publication now (paragraph 3)."],
        ["Page 2a: Item 1, Business 1. Papers behind this item are not for publication now (paragraph 3)."],
    ),
    "a paper becomes exempt, under another name and title": (
        "",
        item(1, A, paper("folder/other", title="Other", exempt=BIDS)) + item(2, C),
        {"folder/other.html": FILES["b.html"]},
        ["Pages 3 - 4: Other. Renamed; before: “B”. Not for publication now (paragraph 3)."],
        ["Page 2a: Item 1, Business 1. Papers behind this item are not for publication now (paragraph 3)."],
    ),
    "another paper becomes exempt": (
        item(1, A, B, paper("d", exempt=BIDS)) + item(2, C),
        item(1, A, paper("b", exempt=BIDS), paper("d", exempt=BIDS)) + item(2, C),
        {},
        ["Pages 3 - 4: B. Not for publication now (paragraph 3)."],
        ["Page 5: Item 1, Business 1. A paper behind this item is not for publication now."],
    ),
    "exempt under another paragraph": (
        item(1, A, paper("b", exempt=BIDS)) + item(2, C),
        item(1, A, paper("b", exempt=STAFF)) + item(2, C),
        {},
        ["Pages E1 - E2: B. Exempt under paragraph 1 now; before: paragraph 3."],
        ["Page 3: Item 1, Business 1. Papers are kept back under paragraph 1 now; before: paragraph 3."],
    ),
    "no longer exempt": (
        item(1, A, paper("b", exempt=BIDS)) + item(2, C),
        BEFORE,
        {},
        ["Pages 2a - 2b: B. Open to the public now. It was on pages E1 - E2."],
        [
            "Agenda: Item 1, Business 1. No paper behind this item is kept back any more.",
            "Pages 2a - 2b: B. New paper.",
        ],
    ),
    "an exempt paper replaced, moved, renamed, added and withdrawn": (
        item(1, A, paper("b", exempt=BIDS), paper("e", exempt=BIDS), paper("f", exempt=BIDS)) + item(2, C),
        item(1, A, paper("d", exempt=BIDS), paper("f", exempt=BIDS), paper("b", title="Birch", exempt=BIDS))
        + item(2, C),
        LONGER,
        [
            "Pages E0a - E0b: D. New paper.",
            "Pages E5 - E6: F. Moved: it stands behind page E0b now, and stood behind page E4.",
            "Pages E1 - E2b: Birch. Replaced. Pages E2a - E2b put in; every other page keeps its number. "
            "Renamed; before: “B”.",
            "Pages E3 - E4: E. Withdrawn. These page numbers are not used again.",
        ],
        [],
    ),
}


@pytest.mark.parametrize(("before", "now", "files", "members", "public"), TABLE.values(), ids=list(TABLE))
def test_what_the_list_says(before, now, files, members, public, tmp_path, cache):
    first = issue(tmp_path / "first", cache, before or BEFORE)
    made = issue(tmp_path / "again", cache, now, files=files, reissue_of=first.folder / "manifest.json")
    assert changes_in(made.folder) == members
    assert changes_in(made.folder / "public") == (members if public is None else public)


def test_a_paper_is_known_again_under_another_name_and_keeps_its_numbers(tmp_path, cache):
    first = issue(tmp_path / "first", cache, BEFORE)
    files = {"folder/other.html": FILES["b.html"]}
    now = item(1, A, paper("folder/other")) + item(2, C)
    made = issue(tmp_path / "again", cache, now, files=files, reissue_of=first.folder / "manifest.json")
    assert labels_of(made.leading)["folder/other.html"] == labels_of(first.leading)["b.html"]


def test_two_copies_under_new_names_are_not_guessed_at(tmp_path, cache):
    first = issue(tmp_path / "first", cache, BEFORE)
    files = {f"{name}.html": FILES["b.html"] for name in ("x", "y")}
    now = item(1, A, paper("x"), paper("y")) + item(2, C)
    made = issue(tmp_path / "again", cache, now, files=files, reissue_of=first.folder / "manifest.json")
    assert not set(labels_of(first.leading)["b.html"]) & set(made.leading.labels)


def test_the_public_reissue_is_the_same_whatever_happens_to_exempt_papers(tmp_path, cache):
    """Two councils with the same open papers, and exempt ones that have nothing in common, before or after."""

    def twice(name: str, before: tuple[str, ...], now: tuple[str, ...], pages: int) -> dict[str, bytes]:
        secrets = {f"{each}.html": report(f"{name} {each}", pages=pages) for each in {*before, *now}}
        items = [item(1, A, *(paper(each, exempt=BIDS) for each in papers)) + item(2, C) for papers in (before, now)]
        first = issue(tmp_path / f"{name}1", cache, items[0], files=secrets)
        secrets |= {f"{now[0]}.html": report(f"{name} corrected", pages=pages + 1)}
        path = first.folder / "manifest.json"
        return tree_of(issue(tmp_path / f"{name}2", cache, items[1], files=secrets, reissue_of=path).folder / "public")

    assert twice("one", ("g", "h", "i"), ("i", "g"), 3) == twice("two", ("j",), ("k", "j", "m", "n"), 9)


def test_the_public_list_names_no_paper_that_became_exempt_in_any_byte(tmp_path, cache):
    files = {"b.html": report("Quillfeather", pages=2)}
    first = issue(tmp_path / "first", cache, BEFORE, files=files)
    now = item(1, A, paper("b", exempt=BIDS)) + item(2, C)
    made = issue(tmp_path / "again", cache, now, files=files, reissue_of=first.folder / "manifest.json")
    sha = next(each.sha256 for each in first.leading.items[0].papers if each.title == "Quillfeather")
    written = tree_of(made.folder / "public")
    assert {"pack.pdf", "manifest.json"} <= {str(name) for name in written}
    for name, content in written.items():
        assert b"Quillfeather" not in content, name
        assert sha.encode() not in content, name


def old(*items: tuple[int, str]) -> list[ItemRecord]:
    return [ItemRecord(number=number, title=title) for number, title in items]


SAME = {
    "the same": ([("1", "A"), ("2", "B")], {0: 0, 1: 1}),
    "a number changed": ([("1", "A"), ("3", "B")], {0: 0, 1: 1}),
    "a title changed": ([("1", "A"), ("2", "X")], {0: 0, 1: 1}),
    "swapped": ([("1", "B"), ("2", "A")], {0: 1, 1: 0}),
    "put in before": ([("1", "New"), ("2", "A"), ("3", "B")], {1: 0, 2: 1}),
    "two of one title": ([("1", "B"), ("2", "B")], {0: 0, 1: 1}),
}


@pytest.mark.parametrize(("now", "same"), SAME.values(), ids=list(SAME))
def test_which_item_is_which(now, same):
    assert same_items(now, old((1, "A"), (2, "B"))) == same


@given(st.permutations(range(9)))
def test_what_is_kept_of_an_order_rises_and_no_longer_run_does(numbers):
    kept = [number for place, number in enumerate(numbers) if place in longest_rising(numbers)]
    best = [1] * len(numbers)
    for place, number in enumerate(numbers):
        best[place] += max((best[other] for other in range(place) if numbers[other] < number), default=0)
    assert kept == sorted(kept)
    assert len(kept) == max(best)
