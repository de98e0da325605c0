"""Forms that show what speaks against an act, and go ahead once each point of it has been read and ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import Checkboxes, refuse
from moothall.foundation.errors import Refused
from moothall.meetings.actions import NotConfirmed
from moothall.workspace.action_forms import Asking


class Read(forms.MultipleChoiceField):
    """What somebody has read: whatever was shown to them comes back, and is held against what there is now."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        """Anything: a point that no longer holds does no harm."""
        return True


class Confirmed(Asking):
    """A form whose verb may ask whether somebody has read what speaks against it."""

    confirmed = Read(required=False, widget=forms.MultipleHiddenInput)

    def refused(self, error: Refused) -> None:
        """Show each concern with a box to tick, or any other refusal where it belongs."""
        if isinstance(error, NotConfirmed):
            self.show((each.key, each.message) for each in error.concerns)
        else:
            refuse(self, error)

    def show(self, points: Iterable[tuple[str, str]]) -> None:
        """Ask for a tick at each point (its key, and what it says)."""
        field = self.fields["confirmed"]
        field.label = _("What speaks against it")
        field.help_text = _("Tick each one to go ahead all the same.")
        field.widget = Checkboxes(choices=list(points))
        self.add_error("confirmed", _now("Read what speaks against it, and tick it to go ahead"))


class Weighed(Confirmed):
    """A form that itself finds what speaks against what it asks for, before the verb is called."""

    def against(self) -> Iterable[str]:
        """What speaks against it, each in a sentence. Raises Refused."""
        raise NotImplementedError

    def weighed(self) -> bool:
        """Whether all that speaks against it now has been read; else it is shown. Raises Refused."""
        points = list(dict.fromkeys(self.against()))
        unread = set(points) - set(self.cleaned_data["confirmed"])
        if unread:
            self.show((each, each) for each in points)
        return not unread

    def values(self) -> dict[str, Any]:
        """What the verb is given: it is not told what was read."""
        return {name: value for name, value in super().values().items() if name != "confirmed"}
