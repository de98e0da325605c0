"""A cabinet with its plan of key decisions, a panel with its work plan."""

import datetime as dt

import pytest

from moothall.bodies.models import Kind, Membership
from moothall.forward_plan import actions
from moothall.people.actions import create_person
from tests.meetings.conftest import enter, new_body, panel, room, sit

__all__ = ["enter", "new_body", "panel", "room", "sit"]

CABINET_DAY = dt.date(2014, 12, 3)
PANEL_DAY = dt.date(2015, 1, 26)
MONEY = {"key": "money", "key_note": "It spends £2 million.", "matter": "Whether to buy the mill."}
PRIVATE = {
    "private": True,
    "paragraphs": [3],
    "private_reason": "The price is being negotiated.",
    "matter": "The price of the mill.",
}


@pytest.fixture
def cabinet(new_body):
    """The executive."""
    return new_body("Cabinet", kind=Kind.CABINET)


@pytest.fixture
def decisions(cabinet, clerk):
    """The plan of key decisions and private meetings."""
    return actions.create_plan(
        cabinet,
        title="Forward plan of key decisions",
        prefix="E",
        documents_from="From the Guildhall; other documents may follow.",
        by=clerk,
    )


@pytest.fixture
def work(panel, clerk):
    """The panel's work plan."""
    return actions.create_plan(panel, title="Children Panel work plan", by=clerk)


@pytest.fixture
def cabinet_meeting(enter, cabinet):
    """The cabinet of Wednesday 3 December 2014."""
    return enter(CABINET_DAY, body=cabinet)


@pytest.fixture
def published(clerk):
    """Makes a published entry: ``published(plan, "Title", meeting=…)``."""

    def make(plan, title="Mill Lane", *, by=clerk, **values):
        return actions.publish_entry(actions.add_entry(plan, title=title, by=by, **values), by=by)

    return make


@pytest.fixture
def decision(decisions, cabinet_meeting, published):
    """A key decision planned for that cabinet."""
    return published(decisions, meeting=cabinet_meeting, **MONEY)


@pytest.fixture
def in_private(decisions, cabinet_meeting, published):
    """A matter that the cabinet is to deal with in private."""
    return published(decisions, "Mill Lane: price", meeting=cabinet_meeting, **PRIVATE)


@pytest.fixture
def scrutiny_chair(sit, panel):
    """The chair of the panel."""
    return sit("Cleo Day", panel, seat=Membership.Seat.CHAIR)


@pytest.fixture
def officer(clerk):
    """Makes an officer: ``officer("Sam Reed", phone="01225 555123")``."""

    def make(name, *, phone="", by=clerk):
        first, last = name.split()
        return create_person(first_names=first, last_name=last, phone=phone, by=by)

    return make
