"""What the public sees of an action on one meeting."""

from __future__ import annotations

from collections.abc import Collection

from moothall.foundation.councils.public_versions import body_subject, meeting_subject
from moothall.meetings.models import Act, Meeting


def shown_on_meeting(row: Meeting | Act) -> Collection[str]:
    """Return the subjects of a meeting and its body: the public effect of an action that leaves the day as it is.

    A forward plan shows the day and the address of each meeting that asked for something, also of another body's
    meeting (SCR-05). So an action that can change the day has an effect on the whole council.
    """
    meeting = row.meeting if isinstance(row, Act) else row
    body = meeting.body.slug
    addresses = meeting.addresses.values_list("slug", flat=True)
    return [body_subject(body), *(meeting_subject(body, each) for each in addresses)]
