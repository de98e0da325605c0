"""What can be done with jobs."""

from django.utils.translation import gettext_lazy as _

from moothall.foundation.jobs import actions
from moothall.foundation.jobs.models import Job
from moothall.workspace.action_forms import Confirming
from moothall.workspace.action_pages import Act, enter

ACTS = enter(
    Act(
        name="wake-job",
        path="jobs/<int:pk>/again/",
        kind=Job,
        verb=actions.wake_job,
        form=Confirming,
        heading=_("Try the job again"),
        submit=_("Try again"),
        done=_("The job is in line again. A worker takes it up within seconds."),
    ),
    Act(
        name="drop-job",
        path="jobs/<int:pk>/give-up/",
        kind=Job,
        verb=actions.drop_job,
        form=Confirming,
        heading=_("Give the job up"),
        submit=_("Give up"),
        done=_("The job is given up. Nobody tries it any more."),
        grave=_("What the job was to do is not done. You can have it tried again for thirty days."),
        undo="wake-job",
    ),
)
