"""A council's options: few, dated, each with its meaning and its rule.

The options of a day are read as one typed value, ``options(council, day)``. An option without a value has the
default below, which is what the law or, where the law is silent, common practice says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from moothall.foundation.councils.models import Council, OptionValue

Days = Annotated[int, msgspec.Meta(ge=0, le=60)]
Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$")]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """A council's options on one day."""

    clear_days_basis: Literal["working", "s243_parish", "calendar"] = "working"
    """Which days count in "clear days" for agendas and notices of meetings (CLK-02)."""

    clear_days: Annotated[int, msgspec.Meta(ge=1, le=60)] | None = None
    """Clear days for the agenda where they are not the law's five: three in a parish (MTG-02, MTG-03)."""

    notice_28_days_basis: Literal["working", "calendar"] = "calendar"
    """Which days count in the 28 days of key decisions and private meetings (MTG-16)."""

    notice_after_slipping: Literal["anew", "stands"] = "anew"
    """Whether 28 days' notice is given anew for a decision that slips to a day it did not state (MTG-13, MTG-14)."""

    speaking_notice_days: Days = 2
    """Full working days' notice that public speakers give (PUB-02)."""

    speaking_notice_time: dt.time = dt.time(16, 30)
    """The hour by which notice is due (PUB-02)."""

    publication_cut_off: dt.time = dt.time(17, 0)
    """Publication after this hour counts as the next working day (CLK-07)."""

    publication_days: Literal["working", "calendar"] = "working"
    """On which days a publication counts; done on another, it counts as the next (CLK-07)."""

    call_in_days: Days = 5
    """Clear working days for calling in a decision (SCR-03)."""

    minute_numbers_restart: Literal["municipal_year", "calendar_year", "never"] = "municipal_year"
    """When the running numbers of minutes begin again at 1 (MTG-27)."""

    maintains_church_of_england_schools: bool = True
    """Whether there is a maintained Church of England school, so that its diocese sends a representative (MTG-22)."""

    maintains_roman_catholic_schools: bool = True
    """Whether there is a maintained Roman Catholic school, so that its bishop sends a representative (MTG-22)."""

    second_factor: Literal["required", "offered"] = "required"
    """Whether a password alone lets somebody in; who signs in through the council's provider is asked there."""

    pack_template: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")] = "standard"
    """The template that packs are set in."""

    brand_colour: Colour = "#1d5b53"
    """The council's colour on pages and packs."""

    contact_email: Annotated[str, msgspec.Meta(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", max_length=254)] = ""
    """Where to write about the website and its accessibility (ACC-01)."""

    contact_phone: Annotated[str, msgspec.Meta(max_length=40)] = ""
    """Whom to ring about the website and its accessibility (ACC-01)."""

    statement_reviewed: dt.date | None = None
    """When the accessibility statement was last reviewed; every year is asked for (ACC-01)."""

    brand_tagline: Annotated[str, msgspec.Meta(max_length=200)] = ""
    """A line below the council's name."""


class BadOption(ValueError):
    """A value that the option cannot have."""


def options(council: Council, day: dt.date) -> Options:
    """The options of ``council`` in force on ``day``."""
    return _typed(dict(_chosen(council, day)))


def options_among(rows: Iterable[OptionValue], day: dt.date) -> Options:
    """The options in force on ``day``, of choices in the order of their days."""
    return _typed({row.key: row.value for row in rows if row.first_day <= day})


def checked(key: str, value: Any) -> Any:
    """``value`` as it is kept. Raises BadOption when there is no such option or it cannot have that value."""
    if key not in Options.__struct_fields__:
        raise BadOption(f"There is no option “{key}”. There are: {', '.join(Options.__struct_fields__)}.")
    return msgspec.to_builtins(getattr(_typed({key: msgspec.to_builtins(value)}), key))


def _chosen(council: Council, day: dt.date) -> Iterable[tuple[str, Any]]:
    rows = OptionValue.objects.of(council).filter(first_day__lte=day).order_by("first_day")
    return rows.values_list("key", "value")


def _typed(values: dict[str, Any]) -> Options:
    # an option that this version no longer knows is passed over; its history stays in the table
    known = {key: value for key, value in values.items() if key in Options.__struct_fields__}
    try:
        return msgspec.convert(known, Options)
    except msgspec.ValidationError as error:
        raise BadOption(f"That value cannot be used: {error}.") from None
