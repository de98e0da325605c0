"""Rows end and are not deleted with others."""

from django.apps import apps
from django.db import models


def test_foreign_keys_protect_and_no_model_is_many_to_many() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("moothall.")]
    keys = [field for model in ours for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    assert {str(key) for key in keys if key.remote_field.on_delete is not models.PROTECT} == set()
    assert [model for model in ours if model._meta.many_to_many] == []
