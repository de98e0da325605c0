"""The folders of council business, and the modules that each may hold: found by their presence, registered nowhere."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@cache
def modules(name: str) -> tuple[ModuleType, ...]:
    """The module ``name`` (access, actions) of every folder that has one, lowest folder first."""
    found = [f"{config.name}.{name}" for config in apps.get_app_configs() if config.name.startswith("moothall.")]
    return tuple(import_module(each) for each in found if find_spec(each))
