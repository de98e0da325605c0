"""The addresses of the website."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "website"
urlpatterns: list[URLPattern] = []
