"""The addresses of what both doors look like."""

from __future__ import annotations

from django.urls import path, register_converter

from moothall.design_system import brand


class Colour:
    """Six hex digits."""

    regex = "[0-9a-fA-F]{6}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Colour, "colour")

urlpatterns = [path("brand/<colour:colour>.css", brand.stylesheet, name="brand")]
