"""Something that can be done in the workspace: a verb, the form that asks for what it needs, and the words around it.

Every act is one page: it shows the thing, asks, does, tells what was done and goes back. When somebody else was
quicker, it shows what each of the two wants, and the next submission is about the newer version.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from moothall.foundation import permissions
from moothall.foundation.actors import Actor, Request
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.errors import NotAllowed, NotThere, Refused, StaleObject
from moothall.sign_in.reauthentication import ask_again
from moothall.workspace.action_forms import Asking
from moothall.workspace.addresses import PAGES, address_of
from moothall.workspace.decorators import View, given, page
from moothall.workspace.edit_conflicts import compared, taking_over
from moothall.workspace.warning_forms import Weighed

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Act:
    """One page on which one verb is done.

    ``name`` is that of its address, ``kind`` the thing acted upon, found by what ``path`` names (slug, pk); no kind:
    the council. ``grave`` warns of what is hard to take back; ``undo`` names the act that takes it back, ``then``
    those that usually come next; ``about`` says what it does, where that is not plain.
    What is ``sensitive`` asks for the password or a second factor again.
    """

    name: str
    path: str
    verb: Callable[..., Any]
    form: type[Asking]
    heading: Words
    submit: Words
    done: Words
    kind: type[Scoped] | None = None
    about: Words = ""
    grave: Words = ""
    sensitive: bool = False
    undo: str = ""
    then: tuple[str, ...] = ()
    list: str = ""

    @property
    def gate(self) -> str:
        """The verb's name in the table of the gate."""
        parts = self.verb.__module__.split(".")
        folder = parts[parts.index("actions") - 1]
        return f"{folder}.{self.verb.__name__}"

    def address(self, thing: Scoped | None = None) -> str:
        """Where it is done to a thing."""
        key = "slug" if "<slug:slug>" in self.path else "pk"
        return reverse(f"workspace:{self.name}", kwargs={key: getattr(thing, key)} if self.kind else None)

    def verdict(self, actor: Actor, thing: Scoped | None) -> permissions.Verdict:
        """Whether the actor may do it, and why not."""
        return permissions.may(actor, self.gate, thing)

    def back(self, thing: Scoped | None) -> str:
        """Where one comes from."""
        return reverse(f"workspace:{self.list or 'home'}") if thing is None else address_of(thing)

    def do(self, form: Asking, thing: Scoped | None, by: Actor) -> Any:
        """Do it with what the form was given. Raises Refused."""
        values = form.values()
        if "expected" in inspect.signature(self.verb).parameters:
            values["expected"] = form.cleaned_data["version"]
        return self.verb(*([thing] if thing is not None else []), **values, by=by)


def view_of(act: Act) -> View:
    """The page of an act."""

    def view(request: Request, **which: Any) -> HttpResponse:
        thing = permissions.see(request.actor, act.kind, **which) if act.kind else None
        _let_pass(act.verdict(request.actor, thing))
        if act.sensitive and (asked := ask_again(request)):
            return cast("HttpResponse", asked)
        once_more = {name: request.GET[name] for name in act.form.repeats if name in request.GET}
        form = act.form(given(request), actor=request.actor, thing=thing, initial=once_more)
        if "merge" in request.POST:
            return _show(request, act, taking_over(form, request.POST.getlist("take")), thing, merged=True)
        if request.method == "POST" and form.is_valid():
            return _do(request, act, form, thing)
        return _show(request, act, form, thing)

    view.__name__ = view.__qualname__ = act.name.replace("-", "_")
    view.__doc__ = str(act.heading)
    return page(view)


def _let_pass(verdict: permissions.Verdict) -> None:
    if not verdict.there:
        raise NotThere
    if not verdict:
        raise NotAllowed(verdict.reason, code=verdict.code)


def _do(request: Request, act: Act, form: Asking, thing: Scoped | None) -> HttpResponse:
    try:
        if isinstance(form, Weighed) and not form.weighed():
            return _show(request, act, form, thing)
        made = act.do(form, thing, request.actor)
    except NotThere:
        raise
    except StaleObject as error:
        return _show(request, act, form.renewed(), thing, error)
    except Refused as error:
        form.refused(error)
        return _show(request, act, form, thing)
    messages.success(request, _told(request.actor, act, made, thing, form))
    return redirect(act.back(thing) if thing is not None or act.list else address_of(made))


def _told(actor: Actor, act: Act, made: Any, thing: Scoped | None, form: Asking) -> str:
    """That it is done, how to take it back, and what usually comes next."""
    once_more = urlencode({name: form.cleaned_data[name] for name in form.repeats if form.cleaned_data[name]})
    undo = [(BY_NAME[act.undo].address(made), _("Undo"))] if act.undo else []
    following_on = []
    for following in (BY_NAME[name] for name in act.then):
        target = next((each for each in (made, thing) if following.kind and isinstance(each, following.kind)), None)
        if (target is not None or following.kind is None) and following.verdict(actor, target):
            again = f"?{once_more}" if following is act and once_more else ""
            following_on.append((following.address(target) + again, str(following.heading)))
    next_words = [_("Next:"), _links(following_on)] if following_on else []
    there = [_links([(address_of(made), str(made))])] if thing is not None and _has_page(made, thing) else []
    parts = [act.done, *there, *([_links(undo)] if undo else []), *next_words]
    return format_html_join(" ", "{}", ((each,) for each in parts))


def _has_page(made: Any, thing: Scoped) -> bool:
    """Whether what was made has a page, and it is another than the one that one comes back to."""
    return type(made) in PAGES and type(made) is not type(thing)


def _links(links: Sequence[tuple[str, str]]) -> SafeString:
    return format_html_join(" · ", '<a class="govuk-notification-banner__link" href="{}">{}</a>', links)


def _show(
    request: Request,
    act: Act,
    form: Asking,
    thing: Scoped | None,
    stale: StaleObject | None = None,
    *,
    merged: bool = False,
) -> HttpResponse:
    told = {
        "act": act,
        "form": form,
        "thing": thing,
        "stale": stale,
        "compared": compared(form) if stale else (),
        "merged": merged,
        "back": act.back(thing),
        "submit_kind": "warning" if act.grave else "",
    }
    return render(request, "workspace/act.html", told, status=409 if stale else 200)


BY_NAME: dict[str, Act] = {}
"""Every act, by the name of its address."""


def enter(*acts: Act) -> tuple[Act, ...]:
    """Put acts on the list by which pages find them."""
    for act in acts:
        if act.name in BY_NAME:
            raise ValueError(f"there are two acts of the name {act.name}")
        BY_NAME[act.name] = act
    return acts
