"""What the law and the council's scheme make of a meeting: its dates in words, and the notes for the public."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from moothall.core.clocks import LONDON, Calendar, Clock, Deadline, Local, counts_as, say
from moothall.core.documents.errors import MeetingFileError
from moothall.core.documents.warnings import Caution
from moothall.core.packs.meeting import Contact, Meeting, Note


def start(meeting: Meeting) -> dt.datetime:
    """When the meeting starts, aware: a time without a zone is the council's own, Europe/London."""
    return meeting.start if meeting.start.tzinfo else meeting.start.replace(tzinfo=LONDON)


def clock(meeting: Meeting) -> Clock:
    """The council's clock, as the meeting file sets it."""
    scheme = meeting.participation
    notice = Local(count=scheme.notice_days, time=scheme.notice_time)
    return Clock(
        Calendar(closure_days=frozenset(meeting.calendar.closure_days)),
        {"statement": notice, "question": notice, "answer": Local(count=scheme.answer_days)},
    )


def deadlines(meeting: Meeting) -> Mapping[str, Deadline]:
    """The meeting's deadlines by the name of their rule."""
    return {each.rule.id: each for each in clock(meeting).for_meeting(start(meeting).date())}


def dates_in_words(meeting: Meeting) -> dict[str, str]:
    """What a note may name in braces, such as {statement_deadline}, and what stands there when printed."""
    found = deadlines(meeting)
    begins = start(meeting)
    return {
        "statement_deadline": _by(found["statement"]),
        "question_deadline": _by(found["question"]),
        "answer_by": say(found["answer"].day),
        "agenda_deadline": say(found["agenda"].day),
        "meeting_day": say(begins.date()),
        "meeting_time": clock_time(begins.time()),
        "place": meeting.place,
        "body": meeting.body,
    }


def clock_time(time: dt.time) -> str:
    """A time as councils print it: 4.30 pm, 10.00 am, 12 noon."""
    if (time.hour, time.minute) == (12, 0):
        return "12 noon"
    return f"{time.hour % 12 or 12}.{time.minute:02d} {'am' if time.hour < 12 else 'pm'}"


def when(meeting: Meeting) -> str:
    """Day and time of the meeting in words: Monday 24 November 2014 at 4.30 pm."""
    begins = start(meeting)
    return f"{say(begins.date())} at {clock_time(begins.time())}"


def notes(meeting: Meeting) -> tuple[Note, ...]:
    """The notes for the public with the computed dates in them: the council's own, or the usual ones.

    Raises MeetingFileError for a name in braces that is not known.
    """
    words = dates_in_words(meeting)
    own = meeting.notes if meeting.notes is not None else usual_notes(meeting.contact)
    return tuple(Note(title=note.title, text=_filled(note, words)) for note in own)


def _filled(note: Note, words: Mapping[str, str]) -> str:
    def word(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise MeetingFileError(
                f"the note {note.title!r} names {{{found[1]}}}, which is not known. Known: {', '.join(sorted(words))}."
            )
        return words[found[1]]

    return re.sub(r"\{([a-z_]+)\}", word, note.text)


def _by(deadline: Deadline) -> str:
    return f"{clock_time(deadline.moment.time())} on {say(deadline.day)}"


def timeliness(meeting: Meeting) -> tuple[Caution, ...]:
    """A caution when the pack's date leaves fewer clear days than the law asks for (MTG-02, CLK-07)."""
    if meeting.published is None:
        return ()
    due = deadlines(meeting)["agenda"]
    counted = counts_as(dt.datetime.combine(meeting.published, dt.time(12), LONDON), clock(meeting).calendar)
    if counted <= due.day:
        return ()
    return (
        Caution(
            "agenda-late",
            f"This is dated {say(meeting.published)}; agenda and reports were due by {say(due.day)}. {due.explanation} "
            "An item may only be considered if the chair finds it urgent for reasons that the minutes give (MTG-04).",
        ),
    )


def usual_notes(contact: Contact) -> tuple[Note, ...]:
    """The notes that a council's agenda usually carries: inspection, speaking, recording, access, evacuation."""
    ask = _ask(contact)
    return (
        Note(
            title="Inspecting the papers",
            text="The agenda, the reports and the lists of background papers to them can be read by anyone before the "
            f"meeting. Please {ask} to see them, or to have any of them in another format.",
        ),
        Note(
            title="Speaking at the meeting",
            text="Anyone may make a statement, hand in a petition or lead a deputation on a matter that this meeting "
            "has power to deal with. Notice must reach us by **{statement_deadline}**.\n\nQuestions must reach us in "
            "writing by **{question_deadline}**. Where the answer is not ready at the meeting it is sent by "
            "{answer_by}.",
        ),
        Note(
            title="Filming and recording",
            text="Anyone may film, record or report what is said in public at this meeting. Please tell the chair "
            "beforehand if you do not wish to be filmed. Children are filmed only with the consent of a parent or "
            "guardian.",
        ),
        Note(
            title="Access",
            text=f"If you need help to take part in the meeting or to follow it, please {ask} as early as you can.",
        ),
        Note(
            title="If the alarm sounds",
            text="Leave by the nearest marked exit and go to the assembly point. Do not use the lifts. Staff will help "
            "anyone who needs it.",
        ),
    )


def _ask(contact: Contact) -> str:
    email = f"[{contact.email}](mailto:{contact.email})" if contact.email else ""
    ways = [way for way in (contact.phone, email) if way]
    who = contact.name or "the council's democratic services"
    return f"ask {who}" + (f" ({', '.join(ways)})" if ways else "")
