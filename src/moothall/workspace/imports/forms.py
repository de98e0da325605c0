"""A file that is brought in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import Form


class Spreadsheet(Form):
    """A CSV or Excel file."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("A .csv or .xlsx file of at most 1,000 rows and 2 MB"),
        widget=forms.FileInput,
    )
