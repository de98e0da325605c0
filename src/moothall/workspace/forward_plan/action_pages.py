"""What can be done with forward plans: entries, notices, exceptions, requests from minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body
from moothall.forward_plan import actions
from moothall.forward_plan.models import Entry, Plan, Request
from moothall.workspace.action_forms import Asking, Confirming
from moothall.workspace.action_pages import Act, Words, enter
from moothall.workspace.forward_plan import forms

PLANS = enter(
    Act(
        name="create-plan",
        path="bodies/<slug:slug>/plan/",
        kind=Body,
        verb=actions.create_plan,
        form=forms.NewPlan,
        heading=_("Begin the body's plan"),
        submit=_("Begin"),
        done=_("The plan is begun."),
        then=("add-entry",),
    ),
    Act(
        name="amend-plan",
        path="forward-plan/<int:pk>/amend/",
        kind=Plan,
        verb=actions.amend_plan,
        form=forms.PlanAsItIs,
        heading=_("Change what stands around the entries"),
        submit=_("Save"),
        done=_("The plan is changed."),
    ),
    Act(
        name="add-entry",
        path="forward-plan/<int:pk>/entry/",
        kind=Plan,
        verb=actions.add_entry,
        form=forms.NewEntry,
        heading=_("Draft an entry"),
        submit=_("Save the draft"),
        done=_("The entry is drafted. The public sees it once it is published."),
        then=(
            "publish-entry",
            "add-entry",
        ),
    ),
    Act(
        name="record-request",
        path="forward-plan/<int:pk>/request/",
        kind=Plan,
        verb=actions.record_request,
        form=forms.Asked,
        heading=_("A minute asks for something"),
        submit=_("Save"),
        done=_("The request is recorded, and stands on the plan."),
    ),
    Act(
        name="close-request",
        path="requests/<int:pk>/close/",
        kind=Request,
        verb=actions.close_request,
        form=forms.Outcome,
        heading=_("Say what became of the request"),
        submit=_("Save"),
        done=_("The request is closed."),
        undo="reopen-request",
    ),
    Act(
        name="reopen-request",
        path="requests/<int:pk>/reopen/",
        kind=Request,
        verb=actions.reopen_request,
        form=Confirming,
        heading=_("Take the request up again"),
        about=_("It stands among the open requests again; what was said of it stays in the log."),
        submit=_("Take it up"),
        done=_("The request is open again."),
    ),
    Act(
        name="reevaluate-notices",
        path="forward-plan/anew/",
        verb=actions.reevaluate_notices,
        form=Confirming,
        heading=_("Compute the notice clocks anew"),
        about=_("Each notice clock that has moved gets a new answer. The old one is kept beside it."),
        submit=_("Compute anew"),
        done=_("The notice clocks are computed anew. What was kept before stays beside it."),
        list="plans",
    ),
)

ENTRIES = enter(
    Act(
        name="amend-entry",
        path="entries/<int:pk>/amend/",
        kind=Entry,
        verb=actions.amend_entry,
        form=forms.EntryAsItIs,
        heading=_("Change what the entry says"),
        submit=_("Save"),
        done=_("The entry is changed."),
    ),
    Act(
        name="publish-entry",
        path="entries/<int:pk>/publish/",
        kind=Entry,
        verb=actions.publish_entry,
        form=Confirming,
        heading=_("Publish the entry"),
        submit=_("Publish"),
        done=_("The entry is on the published plan."),
        grave=_("Anybody can read it from now on, and every move is kept and shown."),
        then=("give-key-notice",),
    ),
    Act(
        name="reschedule-entry",
        path="entries/<int:pk>/move/",
        kind=Entry,
        verb=actions.reschedule_entry,
        form=forms.Rescheduling,
        heading=_("Move the entry"),
        submit=_("Move"),
        done=_("The entry is moved."),
    ),
    Act(
        name="take-entry",
        path="entries/<int:pk>/taken/",
        kind=Entry,
        verb=actions.take_entry,
        form=forms.Taken,
        heading=_("The entry was dealt with"),
        submit=_("Record it"),
        done=_("That the entry was dealt with is recorded."),
        grave=_("This cannot be undone."),
    ),
    Act(
        name="withdraw-entry",
        path="entries/<int:pk>/withdraw/",
        kind=Entry,
        verb=actions.withdraw_entry,
        form=forms.Withdrawing,
        heading=_("Withdraw the entry"),
        submit=_("Withdraw"),
        done=_("The entry is withdrawn."),
        grave=_("A published entry stays at its address and says why. This cannot be undone."),
    ),
)


def _recorded(name: str, verb: Callable[..., Any], form: type[Asking], heading: Words, done: Words) -> Act:
    """A notice of an entry, or what stands in for one: it was published, and is recorded here for good."""
    return Act(
        name=name,
        path=f"entries/<int:pk>/{name.partition('-')[2]}/",
        kind=Entry,
        verb=verb,
        form=form,
        heading=heading,
        submit=_("Record it"),
        done=done,
        grave=_("A notice that is recorded is kept for good and shown to anybody."),
    )


NOTICE = _("The notice is recorded.")
NOTICES = enter(
    _recorded(
        "give-key-notice",
        actions.give_key_notice,
        forms.Published,
        _("Notice of the key decision was published"),
        NOTICE,
    ),
    _recorded(
        "give-private-notice",
        actions.give_private_notice,
        forms.Published,
        _("Notice of the private meeting was published"),
        NOTICE,
    ),
    _recorded(
        "give-second-notice",
        actions.give_second_notice,
        forms.SecondNotice,
        _("The second notice was published"),
        _("The second notice is recorded."),
    ),
    _recorded(
        "claim-general-exception",
        actions.claim_general_exception,
        forms.GeneralException,
        _("General exception"),
        _("The general exception is recorded."),
    ),
    _recorded(
        "claim-special-urgency",
        actions.claim_special_urgency,
        forms.Urgency,
        _("Special urgency"),
        _("The special urgency is recorded."),
    ),
    _recorded(
        "agree-private-urgency",
        actions.agree_private_urgency,
        forms.Urgency,
        _("A private meeting is urgent"),
        _("The agreement is recorded."),
    ),
    Act(
        name="record-representation",
        path="entries/<int:pk>/representation/",
        kind=Entry,
        verb=actions.record_representation,
        form=forms.Represented,
        heading=_("Somebody objects to a private meeting"),
        submit=_("Save"),
        done=_("The representation is entered."),
    ),
)

ACTS = (*PLANS, *ENTRIES, *NOTICES)
