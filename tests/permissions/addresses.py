"""Every address of the project, as its URL configuration has it."""

from __future__ import annotations

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern


def routes():
    """The route of every page: ``people/<slug:slug>/``; a regular expression as it is."""
    return sorted(_routes(get_resolver().url_patterns, ""))


def _routes(patterns, before):
    for each in patterns:
        route = before + _said(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from _routes(each.url_patterns, route)


def _said(pattern):
    return str(pattern) if isinstance(pattern, RoutePattern) else str(pattern).removeprefix("^").removesuffix("$")
