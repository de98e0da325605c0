"""The addresses of the website, for ever (docs/reference/addresses.md)."""

from __future__ import annotations

import datetime as dt

from django.urls import path, register_converter

from moothall.website.bodies import pages as body_pages
from moothall.website.calendar import pages as calendar_pages
from moothall.website.forward_plan import pages as plan_pages
from moothall.website.home import pages as home_pages
from moothall.website.meetings import pages as meeting_pages
from moothall.website.people import pages as people_pages


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
    path("", home_pages.home, name="home"),
    path("accessibility/", home_pages.accessibility, name="accessibility"),
    path("calendar/", calendar_pages.coming, name="calendar"),
    path("calendar.ics", calendar_pages.ics, name="calendar-ics"),
    path("calendar.json", calendar_pages.json, name="calendar-json"),
    path("calendar/<month:first>/", calendar_pages.month, name="month"),
    path("calendar/<year:number>/", calendar_pages.year, name="year"),
    path("bodies/", body_pages.index, name="bodies"),
    path("bodies.json", body_pages.index_json, name="bodies-json"),
    path("outside-bodies/", body_pages.outside, name="outside-bodies"),
    path("forward-plan/", plan_pages.index, name="plans"),
    path("people/", people_pages.index, name="people"),
    path("people.json", people_pages.index_json, name="people-json"),
    path("people/<slug:slug>/", people_pages.person, name="person"),
    path("people/<slug:slug>.json", people_pages.person_json, name="person-json"),
    path("people/<slug:slug>/meetings.ics", people_pages.person_ics, name="person-ics"),
    # below here the first part is the name of a body
    path("<slug:slug>/", body_pages.body, name="body"),
    path("<slug:slug>.json", body_pages.body_json, name="body-json"),
    path("<slug:slug>/meetings.ics", body_pages.body_ics, name="body-ics"),
    path("<slug:slug>/forward-plan/", plan_pages.plan, name="plan"),
    path("<slug:slug>/forward-plan.json", plan_pages.plan_json, name="plan-json"),
    path("<slug:slug>/forward-plan.csv", plan_pages.plan_csv, name="plan-csv"),
    path("<slug:slug>/forward-plan.pdf", plan_pages.plan_pdf, name="plan-pdf"),
    path("<slug:slug>/forward-plan.atom", plan_pages.plan_atom, name="plan-atom"),
    path("<slug:slug>/forward-plan/<number:number>/", plan_pages.entry, name="entry"),
    path("<slug:slug>/forward-plan/<number:number>.json", plan_pages.entry_json, name="entry-json"),
    path("<slug:body>/<date:slug>/", meeting_pages.meeting, name="meeting"),
    path("<slug:body>/<date:slug>.json", meeting_pages.meeting_json, name="meeting-json"),
    path("<slug:body>/<date:slug>.ics", meeting_pages.meeting_ics, name="meeting-ics"),
]
