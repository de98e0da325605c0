"""A plan as CSV (RFC 4180), for spreadsheets and programs."""

from __future__ import annotations

import csv
import io

from moothall.forward_plan.public import PublicContact, PublicEntry, PublicPlan

COLUMNS = (
    "ref",
    "date",
    "month",
    "decision_maker",
    "title",
    "matter",
    "report_authors",
    "author_phones",
    "author_emails",
    "lead_director",
    "key_decision",
    "key_reason",
    "private",
    "schedule_12a_paragraphs",
    "private_reason",
    "documents",
    "slippage",
    "requested_by",
    "address",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(plan: PublicPlan, *, base: str) -> bytes:
    """The entries to come, one a line, UTF-8 with a byte order mark for Excel; ``base`` is the root of the website."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in plan.entries:
        writer.writerow([safe(value) for value in _line(entry, base)])
    return out.getvalue().encode("utf-8-sig")


def _line(entry: PublicEntry, base: str) -> tuple[str, ...]:
    return (
        entry.ref,
        entry.day.isoformat() if entry.day else "",
        f"{entry.month:%Y-%m}" if entry.month else "",
        entry.decision_maker,
        entry.title,
        entry.matter,
        *_contacts(entry.authors),
        entry.lead,
        _yes(entry.key),
        entry.key_reason,
        _yes(entry.private),
        "; ".join(str(number) for number, _ in entry.paragraphs),
        entry.private_reason,
        "; ".join(each.title for each in entry.documents),
        entry.slipped,
        entry.asked_by,
        base + entry.address,
    )


def _contacts(authors: tuple[PublicContact, ...]) -> tuple[str, str, str]:
    return (
        "; ".join(each.name for each in authors),
        "; ".join(each.phone for each in authors if each.phone),
        "; ".join(each.email for each in authors if each.email),
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def safe(value: str) -> str:
    """A spreadsheet runs what begins like a formula: an apostrophe makes it text."""
    return f"'{value}" if value.startswith(FORMULA) else value
