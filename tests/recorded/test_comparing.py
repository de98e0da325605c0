"""What the comparison of two records finds, and what it lets pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.recorded.browser import Answer
from tests.recorded.compare import Difference, differences, is_about, matches, read_intended, report, sort_out
from tests.recorded.facts import days_in, facts_of
from tests.recorded.mapping import Mapping
from tests.recorded.walk import choose, kind_of

HERE = Path(__file__).parent
DECISIONS = HERE.parents[1] / "docs" / "decisions"
PAGE = {"pages": {"/council/": {"links": ["/a/", "/b/"], "numbers": ["1"]}}}


def changed(**facts: Any) -> dict[str, Any]:
    return {"pages": {"/council/": {**PAGE["pages"]["/council/"], **facts}}}


def test_records_that_are_equal_have_no_difference() -> None:
    assert differences(PAGE, changed()) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(changed(links=["/a/"]), [("-", "/b/")], id="a lost link"),
        pytest.param(changed(links=["/a/", "/b/", "/b/"]), [("+", "/b/")], id="a link twice"),
        pytest.param(changed(numbers=["2"]), [("-", "1"), ("+", "2")], id="another number"),
        pytest.param({"pages": {}}, [("-", json.dumps(PAGE["pages"]["/council/"]))], id="a lost page"),
        pytest.param(changed(dates=["2014-11-24"]), [("+", '["2014-11-24"]')], id="a new fact"),
    ],
)
def test_difference_is_found_with_its_sign_and_value(after: Any, expected: list[tuple[str, str]]) -> None:
    assert [(each.sign, each.value) for each in differences(PAGE, after)] == expected


def test_difference_in_the_order_of_a_list_is_found() -> None:
    assert len(differences(PAGE, changed(links=["/b/", "/a/"]))) == 2


def test_difference_that_is_listed_is_intended_and_others_are_left() -> None:
    found = differences(PAGE, changed(links=["/c/"], numbers=["2"]))
    entry = {"path": "pages › * › links", "lost": "/b/", "reason": "It moved.", "decision": "0001"}
    left, unused = sort_out(found, [entry])
    assert [each.value for each in left] == ["/a/", "/c/", "1", "2"]
    assert unused == []


def test_listed_difference_that_does_not_exist_is_named() -> None:
    entry = {"path": "walk › *", "reason": "It moved.", "decision": "0001"}
    assert sort_out([], [entry]) == ([], [entry])


def test_entry_about_a_file_of_another_record_is_left_to_that_record() -> None:
    assert is_about({"path": "pages › *"}, PAGE)
    assert not is_about({"path": "commands › *"}, PAGE)


def test_entry_about_what_is_found_does_not_cover_what_is_lost() -> None:
    lost = Difference(("pages", "/council/", "links"), "-", "/b/")
    assert not matches(lost, {"path": "pages › *", "found": "*"})


def test_report_groups_by_fact() -> None:
    text = report(differences(PAGE, changed(links=["/a/"])))
    assert text.splitlines()[0] == "pages › links: 1"


def test_intended_difference_without_a_decision_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "intended.toml"
    file.write_text('[[intended]]\npath = "walk › *"\nreason = "So."\n')
    with pytest.raises(ValueError, match="decision"):
        read_intended(file)


def test_every_intended_difference_names_a_decision_of_the_documentation() -> None:
    numbers = {file.name[:4] for file in DECISIONS.glob("[0-9]*.md")}
    assert {each["decision"] for each in read_intended(HERE / "intended.toml")} <= numbers


@pytest.mark.parametrize(("number", "expected"), [("1", 0), ("2", 1)])
def test_command_ends_with_1_if_records_differ(tmp_path: Path, number: str, expected: int) -> None:
    for name, value in (("a", "1"), ("b", number)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pages.json").write_text(json.dumps(changed(numbers=[value])))
    command = [sys.executable, str(HERE / "compare.py"), str(tmp_path / "a"), str(tmp_path / "b")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == expected


def answer(body: str) -> Answer:
    return Answer("/council/", 200, {"content-type": "text/html; charset=utf-8"}, body.encode(), Mapping())


def test_facts_of_a_page_stay_when_its_sentence_is_rewritten() -> None:
    before = answer('<main><p>Council meets on 24 November 2014 at 4.30pm, <a href="/x/">in room 7</a>.</p></main>')
    after = answer('<main><p><a href="/x/">Room 7</a>: 16:30, Monday 24 Nov 2014. Council.</p></main>')
    found = facts_of(before, ["Council"])
    assert found == facts_of(after, ["Council"])
    assert found == {
        "status": "200",
        "type": "text/html",
        "links": ["/x/"],
        "names": ["Council"],
        "dates": ["2014-11-24"],
        "times": ["16:30"],
        "numbers": ["7"],
    }


def test_days_of_a_text_are_sorted() -> None:
    assert days_in("on 3 March 2015 and 2014-11-24, not in May 2015") == ["2014-11-24", "2015-03-03"]


def test_renamed_address_is_sent_as_it_is_today_and_recorded_as_it_was() -> None:
    mapping = Mapping([("/workspace/people/{slug}/correct/", "/workspace/do/correct/{slug}/")])
    now = mapping.to_current_address("/workspace/people/anna/correct/?x=1")
    assert now == "/workspace/do/correct/anna/?x=1"
    assert mapping.to_recorded_address(now) == "/workspace/people/anna/correct/?x=1"
    assert mapping.to_recorded_address("/workspace/people/") == "/workspace/people/"


def test_renamed_field_is_sent_as_it_is_today_and_recorded_as_it_was() -> None:
    mapping = Mapping(words={"fields": {"first_day": "start"}})
    assert mapping.to_current("fields", "first_day") == "start"
    assert mapping.to_recorded("fields", "start") == "first_day"


def test_walk_takes_the_same_few_things_at_each_of_their_addresses() -> None:
    people = [f"/workspace/people/person-{letter}/" for letter in "abcdefghijklmnop"]
    chosen = choose([*people, *(f"{each}correct/" for each in people), "/workspace/log/"], ["/workspace/people"])
    pages = {each for each in chosen if each in people}
    assert 1 < len(pages) < len(people)
    assert set(chosen) == {*pages, *(f"{each}correct/" for each in pages), "/workspace/log/"}


def test_kind_of_an_address_leaves_out_names_and_numbers() -> None:
    assert kind_of("/workspace/people/anna-lee/role/?next=1", ["/workspace/people"]) == "/workspace/people/{}/role/"
    assert kind_of("/workspace/meetings/12/", []) == "/workspace/meetings/{}/"
    assert kind_of("/council/2014-11-24.ics", []) == "/council/{}.ics"
