"""The days of a year's tables: ``{% load months %}``. 365 of them by a template would take as long as all the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from moothall.website.calendar.months import Day

register = template.Library()
NO_DAY = SafeString("<td></td>")


@register.simple_tag
def week_cells(week: Iterable[Day | None], today: dt.date) -> SafeString:
    """The cells of a week; a day with meetings leads to them in the list below."""
    return mark_safe("".join(NO_DAY if day is None else _cell(day, today) for day in week))  # noqa: S308 - of safe cells


def _cell(day: Day, today: dt.date) -> SafeString:
    which = SafeString(' class="moot-month__today"' if day.day == today else "")
    if not day.meetings:
        return SafeString(f"<td{which}>{day.day.day}</td>")
    return format_html(
        '<td{}><a href="#{}">{}<span class="govuk-visually-hidden"> {}</span></a></td>',
        which,
        day.day.isoformat(),
        day.day.day,
        ", ".join(meeting.name for meeting in day.meetings),
    )
