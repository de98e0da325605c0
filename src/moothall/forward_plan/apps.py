"""The app of the forward plan."""

from django.apps import AppConfig


class ForwardPlan(AppConfig):
    """Forward plan and work plans."""

    name = "moothall.forward_plan"
