"""The addresses of the website, for ever (docs/reference/addresses.md)."""

from __future__ import annotations

import datetime as dt

from django.urls import path, register_converter

from moothall.website.views import bodies, calendar, forward_plan, home, meetings, people


class Month:
    """A month: "2014-11", as its first day."""

    regex = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        """The first day."""
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        """The month of a day."""
        return f"{value:%Y-%m}"


class Year:
    """A year of four figures."""

    regex = r"(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        """Its number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it is written."""
        return str(value)


class Date:
    """The day of a meeting, numbered when there are two on one: "2014-11-24", "2014-11-24-2"."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,3})?"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class Number:
    """A number from 1 on, in the one way that it is written: so an entry has one address only."""

    regex = r"[1-9][0-9]*"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it is written."""
        return str(value)


register_converter(Month, "month")
register_converter(Number, "number")
register_converter(Year, "year")
register_converter(Date, "date")

app_name = "website"
urlpatterns = [
    path("", home.home, name="home"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("calendar/", calendar.coming, name="calendar"),
    path("calendar.ics", calendar.ics, name="calendar-ics"),
    path("calendar.json", calendar.json, name="calendar-json"),
    path("calendar/<month:first>/", calendar.month, name="month"),
    path("calendar/<year:number>/", calendar.year, name="year"),
    path("bodies/", bodies.index, name="bodies"),
    path("bodies.json", bodies.index_json, name="bodies-json"),
    path("outside-bodies/", bodies.outside, name="outside-bodies"),
    path("forward-plan/", forward_plan.index, name="plans"),
    path("people/", people.index, name="people"),
    path("people.json", people.index_json, name="people-json"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("people/<slug:slug>.json", people.person_json, name="person-json"),
    path("people/<slug:slug>/meetings.ics", people.person_ics, name="person-ics"),
    # below here the first part is the name of a body
    path("<slug:slug>/", bodies.body, name="body"),
    path("<slug:slug>.json", bodies.body_json, name="body-json"),
    path("<slug:slug>/meetings.ics", bodies.body_ics, name="body-ics"),
    path("<slug:slug>/forward-plan/", forward_plan.plan, name="plan"),
    path("<slug:slug>/forward-plan.json", forward_plan.plan_json, name="plan-json"),
    path("<slug:slug>/forward-plan.csv", forward_plan.plan_csv, name="plan-csv"),
    path("<slug:slug>/forward-plan.pdf", forward_plan.plan_pdf, name="plan-pdf"),
    path("<slug:slug>/forward-plan.atom", forward_plan.plan_atom, name="plan-atom"),
    path("<slug:slug>/forward-plan/<number:number>/", forward_plan.entry, name="entry"),
    path("<slug:slug>/forward-plan/<number:number>.json", forward_plan.entry_json, name="entry-json"),
    path("<slug:body>/<date:slug>/", meetings.meeting, name="meeting"),
    path("<slug:body>/<date:slug>.json", meetings.meeting_json, name="meeting-json"),
    path("<slug:body>/<date:slug>.ics", meetings.meeting_ics, name="meeting-ics"),
]
