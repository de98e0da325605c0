"""The components: ``{% load design %}``. docs/reference/components.md shows each with its markup."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from moothall.design_system.forms import PARTS, DateParts

register = template.Library()

CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "counted": "govuk-textarea govuk-js-character-count",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}
BAD = {"input": "govuk-input--error", "select": "govuk-select--error", "textarea": "govuk-textarea--error"}
COLOURS = {"", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}


@register.simple_tag
def kind_of(field: BoundField) -> str:
    """Which component a field is shown as."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.Textarea) and getattr(field.field, "max_length", None):
        return "counted"
    for kind, classes in _KINDS:
        if isinstance(widget, classes):
            return kind
    return "input"


_KINDS: tuple[tuple[str, Any], ...] = (
    ("date", DateParts),
    ("group", (forms.RadioSelect, forms.CheckboxSelectMultiple)),
    ("checkbox", forms.CheckboxInput),
    ("select", forms.Select),
    ("textarea", forms.Textarea),
    ("file", forms.FileInput),
    ("password", forms.PasswordInput),
)


@register.simple_tag
def control(field: BoundField, kind: str) -> SafeString:
    """The input, select, textarea, boxes … of a field, without its label and messages."""
    if kind == "group":
        return _choices(field)
    if kind == "date":
        return field.as_widget(attrs={"data-wrong": " ".join(_wrong_parts(field))})
    own = field.field.widget.attrs.get("class", "")
    bad = BAD.get({"counted": "textarea", "password": "input"}.get(kind, kind), "") if field.errors else ""
    attrs: dict[str, Any] = {"class": " ".join(filter(None, (CLASSES[kind], own, bad)))}
    if kind == "password":
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    if kind == "counted":
        # the browser's own limit would cut a pasted text without a word
        attrs |= {"maxlength": False, "aria-describedby": f"{field.aria_describedby} {field.auto_id}-info".strip()}
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(*shown: forms.BaseForm | None) -> dict[str, Any]:
    """Every message of one or more forms, each leading to its field; nothing when there is none."""
    return {"lines": [line for form in shown if form and form.is_bound for line in _lines(form)]}


@register.inclusion_tag("design/parts/button.html")
def button(
    text: str, *, href: str = "", kind: str = "", name: str = "", value: str = "", why_not: str = ""
) -> dict[str, Any]:
    """A button, or with ``href`` a link that looks like one. ``kind``: "", secondary, warning, inverse, start.

    With ``why_not`` it is disabled, stays in reach of the keyboard, and says why.
    """
    return {
        "text": text,
        "href": href,
        "kind": kind,
        "name": name,
        "value": value,
        "why_not": why_not,
        "id": f"button-{name or 'plain'}-{re.sub(r'[^a-z0-9]+', '-', f'{text}-{value}'.lower()).strip('-')}",
    }


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A state in a word; never by colour alone."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(f"A tag is never {colour}; it is one of {', '.join(sorted(COLOURS)[1:])}.")
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text)


@register.inclusion_tag("design/parts/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:  # type: ignore[type-arg]
    """Links to the pages of a list, keeping the rest of the address's query."""
    query = context["request"].GET.copy()

    def to(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {"number": each, "href": to(each) if isinstance(each, int) else "", "here": each == page.number}
        for each in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "previous": to(page.previous_page_number()) if page.has_previous() else "",
        "next": to(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """The way here: ``{% breadcrumbs "Home" "/" "Bodies" bodies_url %}``; the page itself is not among them."""
    links = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{1}">{0}</a></li>',
        zip(steps[::2], steps[1::2], strict=True),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="{}">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        _("Breadcrumb"),
        links,
    )


@register.simple_tag
def back_link(href: str, text: str = "") -> SafeString:
    """One step back, where there is no way to show."""
    return format_html('<a class="govuk-back-link" href="{}">{}</a>', href, text or _("Back"))


@register.simple_tag(takes_context=True)
def nav_item(context: template.Context, text: str, href: str, *, exact: bool = False, beside: str = "") -> SafeString:
    """An entry of the navigation, marked when the page is within it, or in one of the folders ``beside`` it."""
    path = "" if context.get("nowhere") else context["request"].path  # a page not found is within nothing
    if path == href:
        marks = ' aria-current="page"'
    elif not exact and href != "/" and path.startswith((href, *_beside(href, beside))):
        marks = ' aria-current="true"'
    else:
        marks = ""
    inner = format_html('<strong class="govuk-service-navigation__active-fallback">{}</strong>', text)
    return format_html(
        '<li class="govuk-service-navigation__item{}">'
        '<a class="govuk-service-navigation__link" href="{}"{}>{}</a></li>',
        " govuk-service-navigation__item--active" if marks else "",
        href,
        mark_safe(marks),  # noqa: S308 - one of the three constants above
        inner if marks else text,
    )


def _beside(href: str, names: str) -> Iterator[str]:
    parent = href.rstrip("/").rpartition("/")[0]
    return (f"{parent}/{name}/" for name in names.split())


@register.simple_block_tag
def navigation(content: str, label: str) -> SafeString:
    """The bar of links below the header, of ``nav_item``; a menu button where the page is narrow."""
    return format_html(
        '<div class="govuk-service-navigation" data-module="govuk-service-navigation">'
        '<div class="govuk-width-container"><div class="govuk-service-navigation__container">'
        '<nav aria-label="{label}" class="govuk-service-navigation__wrapper">'
        '<button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" '
        'aria-controls="navigation" hidden aria-hidden="true">{menu}</button>'
        '<ul class="govuk-service-navigation__list" id="navigation">{content}</ul></nav></div></div></div>',
        label=label,
        menu=_("Menu"),
        content=content,
    )


@register.simple_tag
def row(key: str, value: Any, *, href: str = "", action: str = "") -> SafeString:
    """A row of a summary list; with ``href`` an action that names its row to those who do not see it."""
    link = (
        format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            href,
            action or _("Change"),
            str(key).lower(),
        )
        if href
        else ""
    )
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if href else " govuk-summary-list__row--no-actions",
        key,
        value,
        link,
    )


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A box that a wide table scrolls in; in reach of the keyboard, and named after its table."""
    return format_html('<div class="moot-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Something more for those who ask for it."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Something set apart from the text around it."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """What has consequences."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{}</span> {}</strong></div>',
        _("Warning"),
        content,
    )


@register.simple_block_tag
def notice(content: str, *, success: bool = False, title: str = "") -> SafeString:
    """A banner at the top of a page: what was just done, or what everybody should know."""
    return format_html(
        '<div class="govuk-notification-banner{}" role="{}" aria-labelledby="notice-title" '
        'data-module="govuk-notification-banner"><div class="govuk-notification-banner__header">'
        '<h2 class="govuk-notification-banner__title" id="notice-title">{}</h2></div>'
        '<div class="govuk-notification-banner__content">{}</div></div>',
        " govuk-notification-banner--success" if success else "",
        "alert" if success else "region",
        title or (_("Done") if success else _("Important")),
        content,
    )


@register.filter
def clock(moment: dt.datetime | dt.time) -> str:
    """An hour as people read it, in the zone that it has: "10am", "4:30pm", "midday"."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return _("midday") if moment.hour else _("midnight")
    minutes = f":{moment.minute:02}" if moment.minute else ""
    half = _("pm") if moment.hour >= 12 else _("am")
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{half}"


@register.inclusion_tag("design/parts/portrait.html")
def portrait(*, large: bool = False) -> dict[str, Any]:
    """A placeholder where somebody's photograph would be; it says nothing to a screen reader."""
    return {"large": large}


def _choices(field: BoundField) -> SafeString:
    widget = field.field.widget
    attrs = {"id": field.auto_id, **({"disabled": True} if field.field.disabled else {})}
    context = widget.get_context(field.html_name, field.value(), attrs)
    hints = getattr(widget, "hints", {})
    for _group, options, _index in context["widget"]["optgroups"]:
        for option in options:
            option["hint"] = hints.get(str(option["value"]), "")
    context["widget"] |= {
        "kind": "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios",
        "small": getattr(widget, "small", False),
        "inline": getattr(widget, "inline", False),
        "many": getattr(widget, "many", False),
    }
    return mark_safe(field.form.renderer.render("design/form/choices.html", context))  # noqa: S308 - a template's output


def _wrong_parts(field: BoundField) -> list[str]:
    data = field.form.errors.as_data().get(field.name, [])
    codes = " ".join(error.code or "" for error in data).split()
    return [part for part in PARTS if part in codes] or (list(PARTS) if data else [])


def _lines(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    for message in form.non_field_errors():
        yield "", str(message)
    for field in form:
        for message in field.errors:
            yield _address(field), str(message)


def _address(field: BoundField) -> str:
    kind = kind_of(field)
    if kind == "date":
        return f"#{field.auto_id}_{_wrong_parts(field)[0]}"
    if kind == "group":
        return f"#{field.auto_id}_0"
    return f"#{field.id_for_label}"
