"""Jobs on a page. ``{% load jobs %}``"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from moothall.design_system.templatetags.design import tag
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queries import trouble_of
from moothall.workspace.jobs import job_text

register = template.Library()
job_called = register.filter(job_text.job_called)
chore_called = register.filter(job_text.chore_called)


@register.filter
def state_tag(job: Job) -> SafeString:
    """How a job stands, as a tag."""
    return tag(*job_text.state_told(job))


@register.inclusion_tag("workspace/parts/trouble.html", takes_context=True)
def trouble(context: template.Context) -> dict[str, Any]:
    """What the administrator has to look after, if anything, with a link to the page of jobs."""
    return {"trouble": trouble_of(context["request"].actor), "linked": True}
