"""The tables of meetings, one file a subject."""

from moothall.meetings.models.deadlines import Act, Evaluation
from moothall.meetings.models.meetings import Address, Meeting
from moothall.meetings.models.places import Period, Room

__all__ = ["Act", "Address", "Evaluation", "Meeting", "Period", "Room"]
