"""Rules go by the actor's clock, and only `core/clocks` computes civil dates."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.source import (
    Rule,
    absolute_calls,
    calls,
    describe,
    django_modules,
    dotted,
    find_breaches,
    find_unused,
    imported,
    modules,
    nodes,
)

CLOCKS = {
    "foundation/actors.py": "the day of the moment at which an actor acts",
    "foundation/clock.py": "when an actor begins to act; in a demonstration, the same hour of its day",
    "foundation/audit/chain.py": "when an entry was written",
    "foundation/jobs/maintenance.py": "how long a worker holds a chore, and when it is due",
    "foundation/jobs/leases.py": "how long a worker holds a job",
    "foundation/jobs/queue.py": "when a job was queued",
    "foundation/jobs/recurrence.py": "when a recurring job is due",
    "foundation/jobs/heartbeats.py": "when a worker last reported",
    "sign_in/jobs.py": "which sessions have expired",
    "people/models/accounts.py": "when an account was made",
    "sign_in/reauthentication.py": "how many seconds ago a person last gave their password",
    "sign_in/session_expiry.py": "how many seconds a session has been idle",
}
MACHINE_CLOCKS = {
    "core/pdf/cache.py": "when a cached file was last used",
    "core/pdf/cache_cleanup.py": "how old a cached file is, unless the caller gives the time",
    "cli/backup.py": "the name of a backup has the moment at which it is made",
    "cli/verify.py": "the note of a log's end has the moment at which it was read",
}
DAYS_ELSEWHERE = {
    "core/documents/readers/word/media.py": (1, "a spreadsheet counts its dates from a first day"),
    "core/figures/quantities/scanner.py": (1, "a date as a number, to compare it with other figures"),
    "demo/meetings.py": (1, "how far ahead the demonstration's meetings are called"),
    "foundation/jobs/heartbeats.py": (1, "how long the record of a worker is kept"),
    "foundation/jobs/leases.py": (1, "how long an ended job is kept"),
    "foundation/jobs/queries.py": (1, "from what age a backup is reported as old"),
    "foundation/jobs/schedules.py": (1, "the next day on which a job recurs"),
    "meetings/ical.py": (1, "how far clock changes are described around a meeting"),
    "meetings/queries.py": (3, "a span wide enough for a query, and moments a day after a start"),
    "people/absences.py": (1, "how far back attendance is read"),
    "sign_in/actions.py": (1, "how long an invitation can be used"),
    "sign_in/well_known.py": (1, "how long security.txt is valid"),
    "website/bodies/pages.py": (1, "how far ahead a page shows meetings"),
    "website/home/pages.py": (1, "how far ahead a page shows meetings"),
    "website/people/pages.py": (1, "how far back a page shows attendance"),
    "workspace/council/pages.py": (1, "after how long the accessibility statement is to be reviewed"),
    "workspace/forward_plan/forms.py": (1, "meetings that began within the last 24 hours can be chosen"),
    "workspace/home/dashboard.py": (3, "how far the home page looks ahead and back"),
    "workspace/meetings/recurrence.py": (4, "the weekly and monthly days that are suggested"),
    "workspace/meetings/year_suggestions.py": (1, "the longest span that is suggested"),
    "workspace/page_context.py": (1, "how far ahead the menu counts deadlines"),
}
"""Modules outside `core/clocks` that compute dates: how often, and of what. This list may only shrink."""

ASKED = {"now", "today", "utcnow"}
ASKED_WITHOUT_ARGUMENTS = {"localtime", "gmtime"}


def find_questions_of_the_time(source: str) -> Iterator[str]:
    """Calls that give the time or the day it is, and such functions handed on without a call."""
    for name, call in absolute_calls(source):
        last = name.rpartition(".")[2]
        bare = last in ASKED_WITHOUT_ARGUMENTS and not call.args and not call.keywords
        of_the_database = last == "Now" and name.startswith("django.")
        if last in {*ASKED, "localdate"} or bare or of_the_database or name in {"time.time", "time.time_ns"}:
            yield describe(name, call)
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and node.attr in ASKED:
            owner = dotted(node.value).rpartition(".")[2]
            if owner in {"datetime", "date", "timezone"}:
                yield describe(dotted(node), node)


def find_date_arithmetic(source: str) -> Iterator[str]:
    """Days that are added or replaced. Hours, minutes and seconds are durations; zero is no day."""
    for name, call in calls(source):
        keywords = {keyword.arg for keyword in call.keywords}
        zero = [ast.unparse(each) for each in call.args] == ["0"]
        if (
            (name == "timedelta" and ((call.args and not zero) or keywords & {"days", "weeks"}))
            or (name == "replace" and keywords & {"day", "month", "year"})
            or name in {"relativedelta", "rrule", "toordinal", "fromordinal"}
        ):
            yield describe(dotted(call.func), call)
    for name, _ in imported(source):
        if name.startswith("moothall.core.clocks") and name.endswith("ONE_DAY"):
            yield name


SAMPLES = [
    pytest.param(find_questions_of_the_time, "import datetime\nday = datetime.date.today()", id="today"),
    pytest.param(find_questions_of_the_time, "import datetime as dt\ndt.datetime.now(dt.UTC)", id="now, aware"),
    pytest.param(find_questions_of_the_time, "import time\ntime.time()", id="time.time"),
    pytest.param(find_questions_of_the_time, "from time import time\ntime()", id="time by its own name"),
    pytest.param(find_questions_of_the_time, "timezone.localdate()", id="localdate"),
    pytest.param(find_questions_of_the_time, "timezone.localtime()", id="localtime"),
    pytest.param(find_questions_of_the_time, "joined = DateTimeField(default=timezone.now)", id="now as a default"),
    pytest.param(
        find_questions_of_the_time, "from django.db.models.functions import Now\nNow()", id="the clock of the database"
    ),
    pytest.param(find_date_arithmetic, "day - dt.timedelta(7)", id="days by place"),
    pytest.param(find_date_arithmetic, "WEEK = timedelta(days=7)", id="days"),
    pytest.param(find_date_arithmetic, "day + dt.timedelta(weeks=1)", id="weeks"),
    pytest.param(find_date_arithmetic, "day.replace(day=1)", id="replace"),
    pytest.param(find_date_arithmetic, "day + relativedelta(months=1)", id="relativedelta"),
    pytest.param(find_date_arithmetic, "date.fromordinal(day.toordinal() + 1)", id="ordinals"),
    pytest.param(find_date_arithmetic, "from moothall.core.clocks.calendar import ONE_DAY", id="ONE_DAY"),
]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_rule_of_clocks_finds_its_sample(rule: Rule, sample: str) -> None:
    assert list(rule(sample))


@pytest.mark.parametrize(
    "sample", ["start + dt.timedelta(minutes=90)", "dt.timedelta(0)", "name.replace('a', 'b')", "timedelta(hours=1)"]
)
def test_durations_are_free(sample: str) -> None:
    assert not list(find_date_arithmetic(sample))


@pytest.mark.parametrize("sample", ["time.monotonic()", "actor.today", "dt.time(12)", "timezone.localtime(entry.at)"])
def test_moments_that_are_given_are_free(sample: str) -> None:
    assert not list(find_questions_of_the_time(f"import time\nimport datetime as dt\n{sample}"))


def test_rules_go_by_the_actors_clock() -> None:
    assert find_breaches(find_questions_of_the_time, django_modules(), CLOCKS) == {}
    assert find_unused(find_questions_of_the_time, django_modules(), CLOCKS) == []


def test_core_and_command_line_ask_no_clock() -> None:
    others = {path: text for path, text in modules().items() if path.startswith(("core/", "cli/"))}
    assert find_breaches(find_questions_of_the_time, others, MACHINE_CLOCKS) == {}
    assert find_unused(find_questions_of_the_time, others, MACHINE_CLOCKS) == []


def test_only_the_core_clocks_compute_dates() -> None:
    others = {path: text for path, text in modules().items() if not path.startswith("core/clocks/")}
    found = {path: len(breaches) for path, breaches in find_breaches(find_date_arithmetic, others).items()}
    assert found == {path: count for path, (count, _) in DAYS_ELSEWHERE.items()}
