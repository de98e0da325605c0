"""The command ``moothall deadlines``, as a clerk calls it; and that help is there before anything is set up."""

import datetime as dt
import json
import re

import pytest
from click.testing import CliRunner

from moothall.cli import COMMANDS, commands
from moothall.cli.deadlines import command
from moothall.core.clocks.rules import rule


def said(*arguments):
    done = CliRunner().invoke(command, arguments)
    return done.exit_code, done.output


def test_mtg_13_and_14_the_clocks_of_the_executive_are_shown_where_it_meets():
    rules = [
        {each["rule"] for each in json.loads(said("--on", "2014-12-03", "--json", *more)[1])}
        for more in ((), ("--executive",))
    ]
    assert rules[1] - rules[0] == {"key-decision", "private-meeting", "private-meeting-second"}


def test_clk_07_what_is_due_on_a_sunday_stands_at_the_friday():
    _, told = said("--on", "2014-12-29", "--executive")
    title = rule("key-decision", dt.date(2014, 12, 29)).title
    assert f"Friday 28 November 2014  {title}" in told


@pytest.mark.parametrize(
    ("options", "agenda"),
    [
        pytest.param((), "2015-03-26", id="England"),
        pytest.param(("--nation", "scotland"), "2015-03-27", id="Scotland has no Easter Monday"),
        pytest.param(("--agenda-basis", "s243_parish", "--agenda-days", "3"), "2015-03-28", id="a parish"),
        pytest.param(("--closed", "2015-03-31"), "2015-03-25", id="a closure day"),
        pytest.param(("--holiday", "2015-03-31"), "2015-03-25", id="a proclaimed holiday"),
    ],
)
def test_clk_01_and_02_the_calendar_is_chosen_in_small_letters(options, agenda):
    code, told = said("--on", "2015-04-07", "--json", *options)
    assert code == 0
    assert next(each["day"] for each in json.loads(told) if each["rule"] == "agenda") == agenda


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(("--on", "24/11/2014"), r"--on\b.*24/11/2014.*2014-11-24", id="a date"),
        pytest.param(("--on", "2014-11-24", "--notice-time", "4.30pm"), r"--notice-time\b.*16:30", id="an hour"),
        pytest.param(("--on", "2014-11-24", "--nation", "france"), "'england', 'wales'", id="a nation"),
        pytest.param(("--on", "2099-01-05"), r"\b1990\b.*\b2045\b", id="too far away"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(options, message):
    code, told = said(*options)
    assert code != 0
    assert re.search(message, " ".join(told.split()))


WITHOUT_HELP = {"manage"}  # Django's own, which needs the installation
PATHS = [[name] for name in COMMANDS if name not in WITHOUT_HELP]
PATHS += [["backup", "check"]]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_is_there_before_anything_is_set_up(path, monkeypatch):
    def refuse() -> None:
        raise AssertionError("help asks for no settings")

    monkeypatch.setattr("moothall.cli.django_setup.start", refuse)
    done = CliRunner().invoke(commands, [*path, "--help"])
    assert done.exit_code == 0
    assert "Usage:" in done.output
