"""``moothall deadlines``: a meeting's deadlines, each with its rule, the days counted and the reason."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from moothall.core.clocks import OF_EXECUTIVE, Basis, Calendar, Clock, Deadline, Local, Nation, Sense, say


@click.command(name="deadlines")
@click.option("--body", default="", help="The body that meets, for the heading.")
@click.option("--on", "day", required=True, help="The day of the meeting, such as 2014-11-24.")
@click.option("--executive", is_flag=True, help="The cabinet meets: show its notices of 28 days and of five, too.")
@click.option(
    "--nation",
    type=click.Choice([each.value for each in Nation]),
    default=Nation.ENGLAND.value,
    show_default=True,
    help="Whose bank holidays count.",
)
@click.option("--closed", multiple=True, help="A day on which the council is closed; may be given again.")
@click.option("--holiday", multiple=True, help="A one-off bank holiday newly proclaimed; may be given again.")
@click.option("--agenda-days", type=click.IntRange(0, 60), help="Clear days for the agenda, where not the law's five.")
@click.option(
    "--agenda-basis",
    type=click.Choice([each.value for each in Basis]),
    help="Which days count for the agenda: working days (default); with s243_parish Saturdays too, as parish councils "
    "read section 243 of the 1972 Act; calendar counts every day.",
)
@click.option("--notice-days", type=click.IntRange(0, 60), help="Full days' notice that public speakers give.")
@click.option("--notice-time", help="The hour by which notice is due, such as 16:30.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(body: str, day: str, executive: bool, as_json: bool, **options: Any) -> None:
    """Show a meeting's deadlines, and how they are counted.

    Example: moothall deadlines --body "Scrutiny Panel" --on 2014-11-24
    """
    meeting = _date(day, "--on")
    try:
        found = _clock(**options).for_meeting(meeting)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    found = tuple(each for each in found if executive or each.rule.id not in OF_EXECUTIVE)
    if as_json:
        click.echo(json.dumps([_plain(each) for each in found], indent=2))
    else:
        _print(body, meeting, found)


def _clock(
    *,
    nation: str,
    closed: tuple[str, ...],
    holiday: tuple[str, ...],
    agenda_days: int | None,
    agenda_basis: str | None,
    notice_days: int | None,
    notice_time: str | None,
) -> Clock:
    calendar = Calendar(
        Nation(nation),
        frozenset(_date(each, "--closed") for each in closed),
        frozenset(_date(each, "--holiday") for each in holiday),
    )
    agenda = Local(count=agenda_days, basis=Basis(agenda_basis) if agenda_basis else None)
    notice = Local(count=notice_days, time=_time(notice_time) if notice_time else None)
    return Clock(calendar, {"agenda": agenda, "meeting-notice": agenda, "statement": notice, "question": notice})


def _date(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.ClickException(f"{option}: {text} is not a date. Write it as 2014-11-24.") from None


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise click.ClickException(f"--notice-time: {text} is not a time. Write it as 16:30.") from None


def _plain(each: Deadline) -> dict[str, Any]:
    rule = each.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "sense": rule.sense,
        "day": each.day.isoformat(),
        "by": each.by.isoformat(),
        "moment": each.moment.isoformat() if rule.time else None,
        "counted": [day.isoformat() for day in each.counted],
        "skipped": [{"day": skipped.day.isoformat(), "why": skipped.why} for skipped in each.skipped],
        "basis": rule.basis,
        "explanation": each.explanation,
        "source": rule.source,
        "handbook": rule.handbook,
        "local": rule.local,
        "calendar": each.calendar,
    }


def _print(body: str, meeting: dt.date, found: tuple[Deadline, ...]) -> None:
    click.echo(f"{body + ': ' if body else ''}meeting on {say(meeting)}\n")
    for each in found:
        until = "until " if each.rule.sense is Sense.UNTIL else ""
        hour = f", {each.rule.time:%H:%M}" if each.rule.time else ""
        click.echo(click.style(f"{until}{say(each.by)}{hour}  {each.rule.title}", bold=True))
        click.echo(click.wrap_text(each.explanation, 88, "  ", "  "))
        click.echo(click.wrap_text(f"Rule: {each.rule.source} [{', '.join(each.rule.handbook)}]", 88, "  ", "  "))
        click.echo("")
