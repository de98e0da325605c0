"""What is cleared away of signing in: sessions that are over, and with them from where somebody had signed in."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from moothall.jobs.recurring import Chore
from moothall.jobs.times import Daily
from moothall.signing_in.models import Remembered


def clear() -> None:
    """Take away sessions that are over, the addresses and browsers kept with them, and attempts that count no more.

    Addresses are personal data: they are kept no longer than the session that a person can see and end.
    """
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(living)).delete()
    Remembered.objects.filter(expires__lt=now).delete()


CHORES = (Chore("sessions", Daily(dt.time(3)), clear),)
