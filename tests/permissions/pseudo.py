"""A language in which every text stands in brackets: what stands outside of them went past gettext."""

from __future__ import annotations

import re
from contextlib import contextmanager
from html.parser import HTMLParser

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import trans_real

OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-module-text")
SILENT = {"script", "style", "svg", "template"}
SAME = re.compile(r"https?://\S+|\b[A-Z]{3}-\d\d\b|\b[A-Z2-7]{16,}\b\b|[\w.+-]+@[\w.-]+")
"""The same in every language: addresses, numbers of rules, keys of authenticators."""


class Brackets(trans_real.DjangoTranslation):
    """Every text in brackets; ``asked`` collects what was asked for."""

    def __init__(self, asked):
        self.asked = asked
        super().__init__(settings.LANGUAGE_CODE)

    def gettext(self, message):
        self.asked.add(message)
        return f"{OPEN}{message.rpartition(chr(4))[2]}{CLOSE}"

    def ngettext(self, singular, plural, number):
        self.asked.add(singular)
        return f"{OPEN}{(singular if number == 1 else plural).rpartition(chr(4))[2]}{CLOSE}"


@contextmanager
def in_brackets():
    """Speaks in brackets; gives the texts asked for."""
    asked = set()
    before = trans_real.translation(settings.LANGUAGE_CODE)
    spoken = Brackets(asked)
    trans_real._translations[settings.LANGUAGE_CODE] = spoken
    trans_real._default, default = spoken, trans_real._default
    trans_real._active.value = spoken
    try:
        yield asked
    finally:
        trans_real._translations[settings.LANGUAGE_CODE] = before
        trans_real._default = default
        trans_real._active.value = before


class Spoken(HTMLParser):
    """The texts of a page that somebody reads or hears."""

    def __init__(self):
        super().__init__()
        self.page, self.spoken, self._silent = "", [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in SILENT
        told = dict(attrs)
        self.spoken += [told[name] for name in SPOKEN if told.get(name)]
        if tag == "input" and told.get("type") in {"submit", "button"}:
            self.spoken.append(told.get("value") or "")

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.page += f"{' '.join(data.split())}\n"


def outside(text, data):
    """The words of a text outside the brackets that are nobody's data, line by line."""
    while (fewer := INNERMOST.sub(" ", text)) != text:
        text = fewer
    text = SAME.sub(" ", text)
    for each in data:
        text = each.sub(" ", text)
    return {" ".join(words) for line in text.splitlines() if (words := LETTERS.findall(line))}


def entered():
    """Every text that the tables hold and that is nobody's word for it: names, titles, slugs; the longest first."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.CharField | models.TextField) and not field.choices:
                for value in model._base_manager.values_list(field.attname, flat=True):
                    found |= {line.strip() for line in str(value or "").splitlines()}
    return [re.compile(rf"(?<!\w){re.escape(each)}(?!\w)") for each in sorted(found, key=len, reverse=True) if each]


def untranslated(page, data):
    """The words of a page that went past gettext."""
    reading = Spoken()
    reading.feed(page)
    return sorted(set().union(*(outside(text, data) for text in (reading.page, *reading.spoken))))
