"""What can be done with the council itself: its name, its domains, its days, the contents of its log."""

from django.utils.translation import gettext_lazy as _

from moothall.foundation.councils import actions
from moothall.foundation.councils.models import OwnDay
from moothall.workspace.action_forms import Confirming
from moothall.workspace.action_pages import Act, enter
from moothall.workspace.council import forms as council_forms

ACTS = enter(
    Act(
        name="rename-council",
        path="council/name/",
        verb=actions.rename_council,
        form=council_forms.CouncilName,
        heading=_("Rename the council"),
        submit=_("Save"),
        done=_("The council has another name. Its addresses stay."),
        list="options",
    ),
    Act(
        name="add-domain",
        path="council/domain/",
        verb=actions.add_domain,
        form=council_forms.NewDomain,
        heading=_("Add a host name"),
        submit=_("Add"),
        sensitive=True,  # letters with words that open accounts may lead there
        done=_("The council answers to one more host name."),
        list="options",
    ),
    Act(
        name="add-own-day",
        path="council/days/enter/",
        verb=actions.add_own_day,
        form=council_forms.NewOwnDay,
        heading=_("Enter a day that does not count"),
        submit=_("Enter"),
        done=_("The day is entered. Look below which deadlines it moves."),
        list="own-days",
        undo="remove-own-day",
    ),
    Act(
        name="remove-own-day",
        path="council/days/<int:pk>/remove/",
        kind=OwnDay,
        verb=actions.remove_own_day,
        form=Confirming,
        heading=_("Let the day count again"),
        submit=_("Take it out"),
        done=_("The day counts again. Look below which deadlines it moves."),
        grave=_("Deadlines may move by it. If it was a mistake, enter the day again."),
    ),
    Act(
        name="erase-contents",
        path="log/erase/",
        verb=actions.erase_contents,
        form=council_forms.Erasing,
        heading=_("Erase the contents of an entry"),
        submit=_("Erase"),
        sensitive=True,
        done=_("The contents are erased. Who did what, and when, stays."),
        grave=_("What the entry tells of a thing is erased for good. That it was, by whom and why, is logged."),
        list="log",
    ),
)
