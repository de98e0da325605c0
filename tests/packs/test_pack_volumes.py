"""MTG-05: the packs of one meeting, in every order in which they can follow one another, never share a page number."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from moothall.cli.pack import command
from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.manifest import Manifest
from moothall.core.packs.page_labels import Series, series_of
from tests.packs.packs import labels_of, make, papers_of, put, report

ROMAN = '[pages]\nnumbering = "papers"\n'
RESTART = '[pages]\nsupplement = "restart"\n'


@dataclass(frozen=True)
class Step:
    """One pack: what it stands on, what it is told of, and its papers as "name:pages", "!" before exempt ones."""

    name: str
    papers: str
    supplements: str = ""
    reissues: str = ""
    beside: tuple[str, ...] = ()
    expected: str = ""


M = Step("M", "a:3 b:2")
S1 = Step("S1", "d:3", supplements="M", expected="supplement 1")

CHAINS = {
    "two supplements, one on the other": (
        M,
        S1,
        Step("S2", "e:1", supplements="S1", expected="supplement 2"),
    ),
    "the second supplement on the pack, told of the first": (
        M,
        S1,
        Step("S2", "e:1", supplements="M", beside=("S1",), expected="supplement 2"),
    ),
    "a supplement issued again, longer, then a second one on it": (
        M,
        S1,
        Step("S1b", "d:7", reissues="S1", expected="supplement 1, issue 2"),
        Step("S2", "e:1", supplements="S1b", expected="supplement 2"),
    ),
    "a supplement issued again after the second one, on which a third stands": (
        M,
        S1,
        Step("S2", "e:2", supplements="S1", expected="supplement 2"),
        Step("S1b", "d:7 f:1", reissues="S1", beside=("S2",), expected="supplement 1, issue 2"),
        Step("S3", "g:1", supplements="S1b", expected="supplement 3"),
    ),
    "a third supplement on the second, after the first was issued again": (
        M,
        S1,
        Step("S2", "e:2", supplements="S1", expected="supplement 2"),
        Step("S1b", "d:7", reissues="S1", expected="supplement 1, issue 2"),
        Step("S3", "g:1", supplements="S2", expected="supplement 3"),
    ),
    "a supplement issued three times": (
        M,
        S1,
        Step("S1b", "d:5", reissues="S1", expected="supplement 1, issue 2"),
        Step("S1c", "d:8 h:1", reissues="S1b", expected="supplement 1, issue 3"),
    ),
    "the pack issued again between two supplements": (
        M,
        S1,
        Step("M2", "a:6 b:5 c:1", reissues="M", beside=("S1",), expected="issue 2"),
        Step("S2", "e:1", supplements="M2", expected="supplement 2"),
    ),
    "a second supplement on the first, after the pack was issued again without being told of it": (
        M,
        S1,
        Step("M2", "a:6 b:5 c:1", reissues="M", expected="issue 2"),
        Step("S2", "e:1", supplements="S1", expected="supplement 2"),
    ),
    "a supplement on the pack's second issue": (
        M,
        Step("M2", "a:6 b:2", reissues="M", expected="issue 2"),
        Step("S1", "d:1", supplements="M2", expected="supplement 1"),
        Step("M3", "a:8 b:4", reissues="M2", beside=("S1",), expected="issue 3"),
    ),
    "the pack gets its first exempt paper after a supplement had one": (
        M,
        Step("S1", "!x:3", supplements="M", expected="supplement 1"),
        Step("M2", "a:3 b:2 !y:2", reissues="M", beside=("S1",), expected="issue 2"),
        Step("S2", "!z:1", supplements="M2", expected="supplement 2"),
    ),
    "a supplement gets its first exempt paper after the pack had one": (
        Step("M", "a:3 !y:3"),
        S1,
        Step("M2", "a:3 !y:6", reissues="M", beside=("S1",), expected="issue 2"),
        Step("S1b", "d:3 !x:1", reissues="S1", beside=("M2",), expected="supplement 1, issue 2"),
    ),
    "an exempt paper of a supplement becomes public": (
        Step("M", "a:3 !y:3"),
        Step("S1", "!x:3", supplements="M", expected="supplement 1"),
        Step("S1b", "x:3", reissues="S1", expected="supplement 1, issue 2"),
        Step("S2", "!z:1", supplements="S1b", expected="supplement 2"),
    ),
    "a supplement is withdrawn, and the next does not take its numbers": (
        M,
        S1,
        Step("S1b", "", reissues="S1", expected="supplement 1, issue 2"),
        Step("S2", "e:1", supplements="S1b", expected="supplement 2"),
    ),
}
ROMAN_CHAINS = {
    "a paper put first into a supplement, where the pack grew at its end": (
        M,
        S1,
        Step("M2", "a:3 b:5", reissues="M", beside=("S1",), expected="issue 2"),
        Step("S1b", "c:1 d:3", reissues="S1", beside=("M2",), expected="supplement 1, issue 2"),
    ),
    "a pack without papers gets one after the supplement": (
        Step("M", ""),
        S1,
        Step("M2", "a:3", reissues="M", beside=("S1",), expected="issue 2"),
        Step("S2", "e:1", supplements="M2", expected="supplement 2"),
    ),
}
EVERY = [
    *(pytest.param((chain, ""), id=name) for name, chain in CHAINS.items()),
    *(pytest.param((chain, ROMAN), id=name) for name, chain in ROMAN_CHAINS.items()),
]


class Press:
    """Builds packs step by step in one folder."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder, self.more = folder, more
        self.manifests: dict[str, tuple[Manifest, ...]] = {}

    def manifest(self, name: str) -> Path | None:
        return self.folder / name / "out" / "manifest.json" if name else None

    def make(self, step: Step, **how: object):
        names = step.papers.split()
        papers = {f"{_name(each)}.html": report(_name(each), pages=int(each.partition(":")[2])) for each in names}
        meeting = put(self.folder / step.name, papers, _item(names), more=self.more)
        made = make(
            meeting,
            self.folder / step.name / "out",
            cache=self.folder / "cache",
            supplement_of=self.manifest(step.supplements),
            reissue_of=self.manifest(step.reissues),
            beside=[path for each in step.beside if (path := self.manifest(each))],
            reason=f"Reason of {step.name}.",
            **how,
        )
        self.manifests[step.name] = made.manifests
        return made


def _name(paper: str) -> str:
    return paper.partition(":")[0].removeprefix("!")


def _item(papers: list[str]) -> str:
    exempt = ', exempt = { paragraph = 3, reason = "Bids." }'
    entries = [f'{{ path = "{_name(each)}.html"{exempt if each.startswith("!") else ""} }}' for each in papers]
    return f'[[item]]\nnumber = 1\ntitle = "Business"\npapers = [{", ".join(entries)}]\n'


@pytest.fixture(scope="module", params=EVERY)
def built(request, tmp_path_factory):
    """A chain of packs: the steps, and the manifests of both variants by the step's name."""
    chain, more = request.param
    press = Press(tmp_path_factory.mktemp("chain"), more)
    for step in chain:
        press.make(step)
    return chain, press.manifests


@pytest.mark.parametrize("variant", [0, 1], ids=["members", "public"])
def test_no_page_number_stands_for_two_pages_of_a_meeting(built, variant):
    holders = defaultdict(set)
    for manifest in (each[variant] for each in built[1].values()):
        for part in manifest.parts:
            for label in part.labels + part.blanks:
                holders[label].add((manifest.volume, part.key))
    counted = {label: each for label, each in holders.items() if series_of(label) is not Series.FRONT}
    assert {label: each for label, each in counted.items() if len(each) > 1} == {}


@pytest.mark.parametrize("variant", [0, 1], ids=["members", "public"])
def test_every_issue_keeps_the_numbers_of_the_one_before(built, variant):
    chain, manifests = built
    for step in (each for each in chain if each.reissues):
        before, after = (labels_of(manifests[name][variant]) for name in (step.reissues, step.name))
        kept = {name for name in before.keys() & after.keys() if before[name][0][0] == after[name][0][0]}
        assert {name: after[name][: len(before[name])] for name in kept} == {name: before[name] for name in kept}


def test_each_pack_knows_which_it_is(built):
    chain, manifests = built
    for step in chain:
        volume, issue = manifests[step.name][0].volume, manifests[step.name][0].issue
        names = [f"supplement {volume}"] * (volume > 0) + [f"issue {issue}"] * (issue > 1)
        assert ", ".join(names) == step.expected


def test_a_reissued_supplement_keeps_its_reason_gives_the_new_one_and_lists_changes_in_front(tmp_path):
    press = Press(tmp_path)
    press.make(M)
    press.make(S1)
    made = press.make(Step("S1b", "d:3 n:1", reissues="S1"))
    texts = subprocess.run(["pdftotext", made.folder / "pack.pdf", "-"], capture_output=True, check=True, text=True)
    pages = texts.stdout.split("\f")
    assert "What has changed" in pages[0]
    assert "Reason of S1b." in pages[0]
    cover = next(page for page in pages if "Supplementary papers" in page)
    assert "Supplement 1, issue 2" in cover
    assert "Reason of S1." in cover


def test_a_third_issue_of_a_supplement_still_gives_the_first_reason(tmp_path):
    press = Press(tmp_path)
    for step in CHAINS["a supplement issued three times"]:
        made = press.make(step)
    assert made.leading.lateness == "Reason of S1."
    index = (made.folder / "html" / "index.html").read_text()
    assert "Reason of S1." in index
    assert "Reason of S1c." in index
    assert "Supplement 1, issue 3" in index


def test_a_withdrawn_supplement_says_what_was_withdrawn(tmp_path):
    press = Press(tmp_path)
    press.make(M)
    press.make(S1)
    made = press.make(Step("S1b", "", reissues="S1"))
    assert papers_of(made.leading) == {}
    assert "d. Withdrawn." in (made.folder / "html" / "index.html").read_text()
    cover = subprocess.run(
        ["pdftotext", made.folder / "pack.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "every paper of this supplement was withdrawn" in " ".join(cover.split())


def test_supplements_that_count_from_one_take_no_notice_of_each_other(tmp_path):
    press = Press(tmp_path, RESTART)
    press.make(M)
    one = press.make(S1)
    two = press.make(Step("S2", "e:1", supplements="S1"))
    again = press.make(Step("S1b", "d:3 f:1", reissues="S1", beside=("S2",)))
    assert one.leading.labels[0] == two.leading.labels[0] == "1"
    assert two.leading.volume == 2
    assert set(one.leading.labels) <= set(again.leading.labels)


def test_the_public_manifest_of_a_supplement_does_not_tell_how_many_exempt_pages_the_pack_has(tmp_path):
    press = Press(tmp_path)
    first = press.make(Step("M", "a:3 !y:5"))
    full, public = press.make(S1).manifests
    assert full.others[0].last_exempt == 6
    assert public.others[0].last_exempt == 0
    assert public.others[0].last_page == first.manifests[1].next_page() - 1
    assert public.others[0].sha256 not in {"", full.others[0].sha256}


REFUSED = {
    "a supplement under a number that is taken": (
        Step("X", "e:1", supplements="S1"),
        {"number": 1},
        "supplement 1 of this meeting is published already, and the next is number 2",
    ),
    "a supplement on the pack, told that number 1 is there": (
        Step("X", "e:1", supplements="M", beside=("S1",)),
        {"number": 1},
        "--reissue-of",
    ),
    "a re-issue of an issue that was replaced": (
        Step("X", "d:1", reissues="S1", beside=("S1b",)),
        {},
        "issue 2 of supplement 1 is published already: the next one corrects that",
    ),
    "a re-issue under a number that is taken": (
        Step("X", "d:1", reissues="S1b"),
        {"number": 2},
        "issue 2 is published already; the next is 3",
    ),
    "a supplement without papers": (Step("X", "", supplements="S1"), {}, "no item of this supplement has a paper"),
}


@pytest.mark.parametrize(("step", "how", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_follow_is_refused_and_nothing_is_written(step, how, message, tmp_path):
    press = Press(tmp_path)
    for each in (M, S1, Step("S1b", "d:5", reissues="S1")):
        press.make(each)
    with pytest.raises(MeetingFileError, match=message):
        press.make(step, **how)
    assert not (tmp_path / "X" / "out").exists()


def test_a_pack_of_another_meeting_does_not_stand_beside(tmp_path):
    press = Press(tmp_path)
    press.make(M)
    elsewhere = put(tmp_path / "other" / "M", {"a.html": report("a")}, _item(["a:1"]))
    elsewhere.write_text(elsewhere.read_text().replace("Audit Committee", "Planning Committee"))
    make(elsewhere, tmp_path / "O" / "out", cache=tmp_path / "cache")
    with pytest.raises(MeetingFileError, match="another meeting"):
        press.make(Step("X", "d:1", supplements="M", beside=("O",)))


def run(*words: object):
    return CliRunner().invoke(command, [str(word) for word in words])


WRONG_COMMANDS = {
    "beside alone": (["--beside", "{M}"], "--beside goes with --supplement-of or --reissue-of"),
    "the pack re-issued as if it were a supplement": (
        ["--reissue-of", "{M}", "--supplement-of", "{S1}"],
        "is not the manifest of a supplement. To issue the pack again, leave --supplement-of out",
    ),
    "a supplement without a reason": (["--supplement-of", "{M}"], "A supplement needs --reason"),
}


@pytest.mark.parametrize(("words", "message"), WRONG_COMMANDS.values(), ids=list(WRONG_COMMANDS))
def test_options_that_do_not_go_together_are_told_apart(words, message, tmp_path):
    press = Press(tmp_path)
    press.make(M)
    press.make(S1)
    named = [each.format(M=press.manifest("M"), S1=press.manifest("S1")) for each in words]
    result = run(tmp_path / "M" / "meeting.toml", "--out", tmp_path / "x", *named)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_a_supplement_is_issued_again_by_the_command(tmp_path):
    press = Press(tmp_path)
    press.make(M)
    press.make(S1)
    meeting = put(tmp_path / "again", {"d.html": report("d", pages=5)}, _item(["d:5"]))
    result = run(
        *(meeting, "--out", tmp_path / "S1b", "--cache", tmp_path / "cache", "--json"),
        *("--supplement-of", press.manifest("M"), "--reissue-of", press.manifest("S1"), "--reason", "A wrong total."),
    )
    assert result.exit_code == 0, result.output
    assert '"supplement": 1' in result.output
    assert '"kind": "re-issue"' in result.output


@pytest.fixture
def beside_each_other(tmp_path):
    """The command line for a supplement to the pack in a folder that holds another supplement already."""

    def built(name: str, paper: str, **how: Path):
        meeting = put(tmp_path / f"{name} papers", {f"{paper}.html": report(paper)}, _item([f"{paper}:1"]))
        return make(meeting, tmp_path / name, cache=tmp_path / "cache", reason="Late.", **how)

    built("pack", "a")
    built("supplement-1", "d", supplement_of=tmp_path / "pack" / "manifest.json")
    meeting = put(tmp_path / "late", {"e.html": report("e")}, _item(["e:1"]))
    before = ("--supplement-of", tmp_path / "pack" / "manifest.json", "--reason", "Late.")
    return (meeting, "--cache", tmp_path / "cache", "--out", tmp_path / "supplement-2", *before)


def test_a_supplement_that_nobody_mentioned_is_hinted_at_until_it_is(beside_each_other, tmp_path):
    one = tmp_path / "supplement-1" / "manifest.json"
    hinted = run(*beside_each_other)
    told = run(*beside_each_other, "--beside", one)
    assert (hinted.exit_code, told.exit_code) == (0, 0), hinted.output + told.output
    assert f"{one} is a further pack of the same meeting" in hinted.output
    assert "further pack" not in told.output


def test_the_folder_that_is_written_anew_is_not_hinted_at(beside_each_other, tmp_path):
    again = [tmp_path / "supplement-1" if each == tmp_path / "supplement-2" else each for each in beside_each_other]
    assert "further pack" not in run(*again).output
