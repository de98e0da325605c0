"""A product that says everything in other words: ``pytest -p tests.rewording`` runs the tests against it.

Every sentence of the product comes out in capitals, whether it goes through gettext or stands in the source. Tests
that assert codes, rules, fields, names and dates pass; a test that asserts a sentence fails. It is how we know that
the texts may be rewritten without touching a test.
"""

from __future__ import annotations

import ast
import importlib.machinery
import re
import sys

from tests.catalogue import catalogue

KEPT = re.compile(
    r"python -c \"[^\"]*\"|%\(\w+\)[a-z]|%[a-z]|\{[^{}]*\}|<[^<>]*>|&\w+;|https?://\S+|`[^`]*`"
    r"|Christmas Day|Good Friday|Easter Monday|Boxing Day"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b[A-Z][a-z]+ \d{4}\b"
    r"|\S*[\w-]\.[\w]\S*|(?<!\w)\.\w+|--?\w[\w-]*|\S*\w_\w\S*|\w*\d\w*"  # names of files, options, identifiers
)
WORDS = re.compile(r"[A-Za-z]{2,}")
SAID = {
    "_",
    "_now",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
SQL = re.compile(r"\b(SELECT|CREATE|INSERT|UPDATE|DELETE|BEGIN|DROP|ALTER|RAISE|PRAGMA)\b")


def reworded(text: str) -> str:
    """The text in capitals, but for the places of values and the names of things."""
    found, at = [], 0
    for match in KEPT.finditer(text):
        found += [_in_capitals(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*found, _in_capitals(text[at:])])


def _in_capitals(text: str) -> str:
    return WORDS.sub(lambda word: word[0].upper(), text)


def is_sentence(text: str, least: int = 2) -> bool:
    """Whether the text has words of its own, not only names and values."""
    return " " in text.strip() and len(WORDS.findall(KEPT.sub(" ", text))) >= least


class Rewriter(ast.NodeTransformer):
    """Puts the sentences of a module in capitals: what is raised or translated, and what reads like a sentence."""

    def __init__(self, least: int) -> None:
        self.least, self._depth = least, 0

    def _of_body(self, node):
        documented = ast.get_docstring(node, clean=False) is not None
        body = node.body[1:] if documented else node.body
        node.body = node.body[: len(node.body) - len(body)] + [self.visit(each) for each in body]
        return node

    visit_Module = visit_FunctionDef = visit_AsyncFunctionDef = _of_body  # noqa: N815

    def visit_ClassDef(self, node):
        """A class; the values of an enumeration are codes, and stay."""
        coded = any(ast.unparse(base).endswith(("Enum", "Choices")) for base in node.bases)
        return node if coded else self._of_body(node)

    def visit_Expr(self, node):  # a docstring of an attribute
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Raise(self, node):
        self._depth += 1
        self.generic_visit(node)
        self._depth -= 1
        return node

    def visit_Call(self, node):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        self._depth += name in SAID
        self.generic_visit(node)
        self._depth -= name in SAID
        return node

    def visit_JoinedStr(self, node):
        whole = "".join(each.value if isinstance(each, ast.Constant) else "{x}" for each in node.values)
        said = self._is_said(whole)
        for each in node.values:
            if isinstance(each, ast.Constant):
                each.value = reworded(each.value) if said else each.value
            else:
                self.visit(each.value)
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, str) and self._is_said(node.value):
            return ast.copy_location(ast.Constant(reworded(node.value)), node)
        return node

    def _is_said(self, text):
        if "\\" in text or "(?" in text or SQL.search(text) or "</" in text or "/>" in text or "=" in text:
            return False
        return is_sentence(text, 2 if self._depth else self.least)


class Loader(importlib.machinery.SourceFileLoader):
    """Loads the modules of Moothall with their sentences in other words."""

    def get_code(self, fullname):
        source = self.get_data(self.path)
        least = 99 if fullname.startswith("moothall.core.figures") else 4  # whose words are those of reports
        tree = Rewriter(least).visit(ast.parse(source))
        return compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the modules of Moothall."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] != "moothall":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def _reword_gettext() -> None:
    from django.utils.translation import trans_real  # noqa: PLC0415 - before anything asks for a text

    known = catalogue()

    def through(function, places):
        def said(*given):
            spoken = function(*given)
            return reworded(spoken) if given[places] in known and is_sentence(spoken) else spoken

        return said

    for name, place in (("gettext", 0), ("pgettext", 1), ("ngettext", 0), ("npgettext", 1)):
        setattr(trans_real, name, through(getattr(trans_real, name), place))


sys.meta_path.insert(0, Finder())
_reword_gettext()
