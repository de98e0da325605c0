"""Accepted findings: by stable id, with who and why."""

import pytest

from moothall.core.documents.errors import CannotRead
from moothall.core.figures import check_paper, read_paper
from moothall.core.figures.accepted_findings import read_accepted_findings, remove_accepted_findings

WRONG = "The gap narrowed from 5% to 9%.\n\nThe rate fell from 20% to 30%.\n"


def accepting(tmp_path, text):
    file = tmp_path / "accepted.toml"
    file.write_text(text, "utf-8")
    return read_accepted_findings(file)


def test_an_accepted_finding_is_left_out_and_the_others_stay(tmp_path):
    report = check_paper(read_paper(WRONG))
    first, second = report.findings
    accepted = accepting(tmp_path, f'[[accepted]]\nid = "{first.id}"\nwho = "A. Clerk"\nwhy = "Restated later."\n')
    assert remove_accepted_findings(report, accepted).findings == (second,)


def test_who_and_why_are_kept(tmp_path):
    accepted = accepting(tmp_path, '[[accepted]]\nid = "abc"\nwho = "A. Clerk"\nwhy = "Restated."\n')["abc"]
    assert (accepted.who, accepted.why) == ("A. Clerk", "Restated.")


def test_an_id_survives_lines_put_in_above(tmp_path):
    before = check_paper(read_paper(WRONG)).findings
    after = check_paper(read_paper("A new opening paragraph, without figures.\n\n" + WRONG)).findings
    assert [finding.id for finding in before] == [finding.id for finding in after]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('[[accepted]]\nid = "abc"\nwhy = "so"\n', r"\b1\b(?=.*\bwho\b)(?!.*\b(id|why)\b)", id="nobody"),
        pytest.param(
            '[[accepted]]\nid = "abc"\nwho = "me"\nwhy = " "\n', r"\b1\b(?=.*\bwhy\b)(?!.*\b(id|who)\b)", id="no reason"
        ),
        pytest.param('[[accepted]]\nwhy = "so"\n', r"\b1\b(?=.*\bid\b)(?=.*\bwho\b)(?!.*\bwhy\b)", id="no id"),
        pytest.param('accepted = "abc"\n', r"\[\[accepted\]\]", id="no table"),
        pytest.param("accepted = [1]\n", r"\b1\b(?=.*\bid\b)(?=.*\bwho\b)(?=.*\bwhy\b)", id="a number"),
        pytest.param("[[accepted", r"\.toml\b", id="no TOML"),
    ],
)
def test_an_incomplete_list_is_refused_and_says_what_is_missing(tmp_path, text, said):
    with pytest.raises(CannotRead, match=said):
        accepting(tmp_path, text)
