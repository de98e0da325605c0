"""Persons, groups, posts and accounts."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from moothall.foundation.actors import Request
from moothall.foundation.councils.queries import READS_LOG
from moothall.foundation.councils.scoping import holding
from moothall.foundation.errors import NotThere
from moothall.foundation.permissions import see, visible
from moothall.people.models import FormerGroupName, GroupMembership, Person, PoliticalGroup, Post, PostHolding
from moothall.workspace import csv_lists
from moothall.workspace.decorators import page, page_of
from moothall.workspace.filter_forms import FindPeople
from moothall.workspace.page_context import about_person, person_lines


@page
def index(request: Request) -> HttpResponse:
    """Everybody in the books, by surname, or those who are looked for."""
    form = FindPeople(request.GET, actor=request.actor)
    found = page_of(request, form.narrowed(visible(request.actor, Person)))
    lines = person_lines(list(found), request.actor)
    return render(request, "workspace/people/people.html", {"page": found, "lines": lines, "form": form})


@page
def people_csv(request: Request) -> HttpResponse:
    """The same list as a spreadsheet, all of it."""
    form = FindPeople(request.GET, actor=request.actor)
    rows = list(form.narrowed(visible(request.actor, Person)))
    return csv_lists.as_csv("people", csv_lists.PEOPLE, csv_lists.people(rows, request.actor))


@page
def person(request: Request, slug: str) -> HttpResponse:
    """One person."""
    found = see(request.actor, Person, slug=slug)
    return render(request, "workspace/people/person.html", about_person(found, request.actor))


@page
def groups(request: Request) -> HttpResponse:
    """The political groups."""
    of_today = visible(request.actor, GroupMembership).filter(holding(request.actor.today))
    rows = visible(request.actor, PoliticalGroup).prefetch_related(Prefetch("memberships", of_today, "of_today"))
    return render(request, "workspace/bodies/groups.html", {"page": page_of(request, rows)})


@page
def group(request: Request, slug: str) -> HttpResponse:
    """One group and everybody who is or was in it."""
    found = see(request.actor, PoliticalGroup, slug=slug)
    rows = visible(request.actor, GroupMembership).filter(group=found).select_related("person", "group")
    former = list(visible(request.actor, FormerGroupName).filter(group=found)) if found.renamed_on else []
    told = {"group": found, "memberships": list(rows), "former_names": former}
    return render(request, "workspace/bodies/group.html", told)


@page
def posts(request: Request) -> HttpResponse:
    """The posts of the staff, with who holds them."""
    of_today = visible(request.actor, PostHolding).filter(holding(request.actor.today)).select_related("person", "post")
    rows = visible(request.actor, Post).prefetch_related(Prefetch("holdings", of_today, "of_today"))
    return render(request, "workspace/people/posts.html", {"page": page_of(request, rows)})


@page
def accounts(request: Request) -> HttpResponse:
    """Who can sign in, and as what. For administrators and auditors only."""
    if not request.actor.holds(*READS_LOG):
        raise NotThere
    rows = visible(request.actor, Person).filter(account__isnull=False).select_related("account")
    found = page_of(request, rows.prefetch_related("grants", "body_grants__body"))
    return render(request, "workspace/people/accounts.html", {"page": found, "today": request.actor.today})
