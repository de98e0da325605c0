"""What can be done, on a page: buttons that say why not, and links in tables. ``{% load workspace %}``"""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from moothall.bodies.balance import NO_GROUP
from moothall.foundation.translation import READER, say_date
from moothall.meetings.timeline import Standing
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.addresses import address_of
from moothall.workspace.council.forms import label_of, told
from moothall.workspace.log.log_text import verb_called

register = template.Library()

COLOURS = {
    Standing.OPEN: "blue",
    Standing.TODAY: "yellow",
    Standing.MET: "green",
    Standing.LATE: "red",
    Standing.MISSED: "red",
    Standing.AT_ONCE: "orange",
    Standing.RUNNING: "teal",
    "called": "blue",
    "held": "green",
    "postponed": "orange",
    "cancelled": "red",
    "active": "green",
    "proposed": "yellow",
}


@register.inclusion_tag("workspace/parts/actions.html", takes_context=True)
def actions(context: template.Context, thing: Any, *names: str) -> dict[str, Any]:
    """A button for each act that may be done to ``thing`` ("": to the council); those refused say why.

    Who may do none of them gets the reasons once, without buttons.
    """
    actor = context["request"].actor
    thing = thing or None
    found = [(act, act.verdict(actor, thing)) for act in (BY_NAME[name] for name in names)]
    buttons = [{"text": act.heading, "href": act.address(thing), "why_not": verdict.reason} for act, verdict in found]
    return {
        "open": [each for each in buttons if not each["why_not"]],
        "refused": [each for each in buttons if each["why_not"]],
        "reasons": list(dict.fromkeys(verdict.reason for _, verdict in found)),
    }


@register.filter
def said(value: Any) -> str:
    """A state, an aim or another word of the books, in the language of the page."""
    if hasattr(value, "said"):
        return str(value.said(READER))
    return gettext(str(value)) if value else ""


@register.filter
def group_named(name: str) -> str:
    """The name of a group, or that it is the members of none."""
    return gettext(NO_GROUP) if name == NO_GROUP else name


@register.filter
def explained(thing: Any) -> str:
    """How a deadline was found, in the language of the page."""
    return str(thing.explained(READER))


@register.simple_tag(takes_context=True)
def allowed(context: template.Context, name: str, rows: Any) -> bool:
    """Whether an act may be done to the rows of a table, judged by the first."""
    first = next(iter(rows), None)
    return first is not None and bool(BY_NAME[name].verdict(context["request"].actor, first))


@register.simple_tag
def act_link(name: str, thing: Any, text: str, about: Any = "") -> SafeString:
    """A link to an act in a row of a table; ``about`` names the row to those who do not see it."""
    return format_html(
        '<a class="govuk-link" href="{}" aria-label="{}: {}">{}</a>',
        BY_NAME[name].address(thing),
        text,
        about or thing,
        text,
    )


@register.filter
def colour_of(state: str) -> str:
    """The colour of a state."""
    return COLOURS.get(state, "grey")


@register.filter
def page_of(thing: Any) -> str:
    """The address of a thing's page."""
    return address_of(thing)


@register.filter
def option_label(key: str) -> str:
    """What an option of the council is called."""
    return str(label_of(key))


@register.filter
def option_told(value: Any) -> str:
    """A value of an option, in words."""
    return str(told(value))


register.filter(verb_called)


@register.filter
def lasting(row: Any) -> str:
    """From when to when something dated holds: “from 13 May 2014”, “13 May 2014 to 4 May 2015”."""
    first = say_date(row.first_day)
    if row.last_day is None:
        return gettext("from {day}").format(day=first)
    return gettext("{first} to {last}").format(first=first, last=say_date(row.last_day))


@register.simple_tag(takes_context=True)
def csv_link(context: template.Context, name: str, *which: str) -> SafeString:
    """A link to the list of a page as a spreadsheet; what is looked for on the page is looked for there too."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    address = reverse(f"workspace:{name}", args=which) + (f"?{query.urlencode()}" if query else "")
    return format_html(
        '<p class="moot-no-print"><a class="govuk-link" href="{}">{}</a></p>', address, gettext("This list as CSV")
    )
