"""Bringing in spreadsheets: a file is read and rehearsed, its rows are shown, and only then is anything entered."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from moothall.foundation.actors import Request
from moothall.foundation.errors import NotThere, Refused
from moothall.foundation.permissions import require
from moothall.importers.import_rows import Doubted, bring_in, check_headings, doubts, rehearse
from moothall.importers.kinds import KINDS, Importing
from moothall.importers.spreadsheets import Row, SheetRefused, check_size, read
from moothall.workspace.decorators import given, page
from moothall.workspace.imports.forms import Spreadsheet

LASTS = 60 * 60
MADE_OF = {"people": "people", "bodies": "bodies", "memberships": "bodies", "calendar": "meetings"}


@page
def index(request: Request) -> HttpResponse:
    """What can be brought in."""
    return render(request, "workspace/imports/imports.html", {"kinds": KINDS.values()})


@page
def bring(request: Request, what: str) -> HttpResponse:
    """One kind of list: asks for the file, shows its rows, enters them."""
    kind = _kind(what)
    require(request.actor, kind.verb)
    if "rows" in request.POST:
        return _enter(request, kind)
    form = Spreadsheet(given(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (rows := _read(form, kind)) is not None:
        return _show(request, kind, rows)
    return render(request, "workspace/imports/import.html", {"kind": kind, "form": form})


@page
def sample(_request: Request, what: str) -> HttpResponse:
    """An empty list with its columns and one example."""
    kind = _kind(what)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind.name}.csv"'
    writer = csv.writer(answer)
    writer.writerow([column.name for column in kind.columns])
    writer.writerow([column.example for column in kind.columns])
    return answer


def _kind(what: str) -> Importing:
    if what not in KINDS:
        raise NotThere
    return KINDS[what]


def _read(form: Spreadsheet, kind: Importing) -> list[Row] | None:
    try:
        check_size(form.cleaned_data["file"].size)
        rows = read(form.cleaned_data["file"].name, form.cleaned_data["file"].read())
        check_headings(kind, rows)
    except SheetRefused as error:
        form.add_error("file", ValidationError(str(error), code=error.code))
        return None
    return rows


def _show(request: Request, kind: Importing, rows: list[Row], **also: Any) -> HttpResponse:
    told = also.pop("told", None) or rehearse(kind, rows, by=request.actor)
    kept = signing.dumps([[row.number, row.cells] for row in rows], salt=_salt(request, kind), compress=True)
    shown = {
        "kind": kind,
        "told": told,
        "kept": kept,
        "wrong": [each for each in told if each.error],
        "doubted": [each for each in told if each.doubt],
        "meant": doubts(told),
        **also,
    }
    return render(request, "workspace/imports/import_check.html", shown)


def _enter(request: Request, kind: Importing) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["rows"], salt=_salt(request, kind), max_age=LASTS)
    except signing.BadSignature:
        return redirect("workspace:import", kind.name)
    rows, confirmed = [Row(*each) for each in kept], request.POST.getlist("confirmed")
    try:
        told = bring_in(kind, rows, confirmed=confirmed, meant=request.POST.get("meant", ""), by=request.actor)
    except Doubted as error:
        return _show(request, kind, rows, told=error.told, unread=True)
    except Refused as error:
        return _show(request, kind, rows, missed=str(error), read=confirmed)
    if any(each.error for each in told):
        return _show(request, kind, rows, told=told)
    done = ngettext("%(n)d row is entered.", "%(n)d rows are entered.", len(rows)) % {"n": len(rows)}
    messages.success(request, done)
    return redirect(f"workspace:{MADE_OF[kind.name]}")


def _salt(request: Request, kind: Importing) -> str:
    return f"moothall.import.{kind.name}.{request.council.pk}.{request.actor.account_id}"
