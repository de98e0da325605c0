"""What an entry says, held against what it must say; and what it still lacks (MTG-10 to MTG-14, SCR-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.core.clocks import FIRST_YEAR, LAST_YEAR
from moothall.core.openness import PARAGRAPHS
from moothall.forward_plan.models import Entry, Plan
from moothall.foundation.errors import RuleBroken
from moothall.meetings.models import Meeting
from moothall.meetings.states import MeetingState


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be considered; one that is not ``open`` is not listed in public, not even by its title."""

    title: str
    address: str = ""
    open: bool = True


def check(entry: Entry) -> None:
    """Raise RuleBroken for an entry that cannot be, published or not."""
    if entry.key and entry.plan.kind != Plan.Kind.DECISIONS:
        raise RuleBroken("MTG-14", _("Only the executive takes key decisions."), code="not-executive", field="key")
    if entry.month is not None and entry.month.day != 1:
        raise RuleBroken("", _("A month is given by its first day."), code="not-first-of-month", field="month")
    if entry.month is not None and not FIRST_YEAR < entry.month.year <= LAST_YEAR:
        raise RuleBroken(
            "CLK-01",
            _("Bank holidays are known from {first} to {last}: no notice can be counted for that month.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
            code="year-without-holidays",
            field="month",
        )
    if entry.meeting is not None:
        check_meeting(entry.meeting, entry)
    _check_private(entry)


def check_meeting(meeting: Meeting, entry: Entry) -> None:
    """Raise RuleBroken when an entry cannot come to a meeting."""
    if meeting.body_id != entry.plan.body_id:
        raise RuleBroken(
            "",
            _("That is a meeting of {other}, not of {body}.").format(other=meeting.body, body=entry.plan.body),
            code="meeting-of-other-body",
            field="meeting",
        )
    if meeting.state == MeetingState.CANCELLED:
        raise RuleBroken("", _("That meeting is cancelled."), code="meeting-cancelled", field="meeting")


def check_notifiable(entry: Entry) -> None:
    """Raise RuleBroken unless an entry says all that a notice must say (MTG-13, MTG-14)."""
    for field, said, otherwise in (
        ("matter", entry.matter, _("The notice must say what the matter is; the entry does not.")),
        ("decision_maker", entry.decision_maker, _("The notice must say who decides; the entry does not.")),
        ("meeting", entry.day, _("The notice must say the meeting or month; the entry does not.")),
    ):
        if not said:
            raise RuleBroken("MTG-14", otherwise, code="particulars-missing", field=field)
    if entry.key and not entry.plan.documents_from:
        raise RuleBroken(
            "MTG-14",
            _("The notice must say how documents can be asked for, and that others may follow: enter it in the plan."),
            code="documents-from-missing",
        )


def _check_private(entry: Entry) -> None:
    if not entry.private:
        if entry.paragraphs or entry.confidential:
            raise RuleBroken(
                "MTG-12",
                _("It is not to be dealt with in private: leave the ground out."),
                code="ground-without-private",
                field="private",
            )
        return
    unknown = [each for each in entry.paragraphs if each not in PARAGRAPHS]
    if unknown:
        raise RuleBroken(
            "MTG-10",
            _("There is no paragraph {number} of Schedule 12A.").format(number=unknown[0]),
            code="unknown-paragraph",
            field="paragraphs",
        )
    if not entry.paragraphs and not entry.confidential:
        raise RuleBroken(
            "MTG-12",
            _("Name the paragraph of Schedule 12A, or say confidential."),
            code="paragraph-missing",
            field="paragraphs",
        )
    if not entry.private_reason:
        raise RuleBroken(
            "MTG-13", _("Say why it is to be dealt with in private."), code="reason-missing", field="private_reason"
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an entry lacks, with the rule that asks for it; ``code`` names it, whatever the message says."""

    rule: str
    message: str
    code: str


def findings(entry: Entry) -> Sequence[Finding]:
    """What is missing from an entry: allowed, but flagged (SCR-04)."""
    authors = [each.person for each in entry.authors.all()]
    found = [] if authors else [Finding("SCR-04", _("No report author is named."), "no-author")]
    found += [
        Finding("SCR-04", _("{person} has no telephone number.").format(person=person.plain_name), "no-telephone")
        for person in authors
        if not person.phone
    ]
    if entry.lead is None:
        found.append(Finding("SCR-04", _("No lead director is named."), "no-lead"))
    if entry.plan.kind == Plan.Kind.DECISIONS and not entry.decision_maker:
        found.append(Finding("MTG-14", _("It does not say who decides."), "no-decision-maker"))
    if entry.key and not entry.key_note:
        found.append(Finding("MTG-14", _("It does not say why it is a key decision."), "no-key-reason"))
    return found
