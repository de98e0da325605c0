"""Page labels: what a reader shows as the page's number is what is printed on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pikepdf import Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.objects import make_tree

# A prefix and a plain number behind it: "21", "E1". "21a" has no number at its end and stands as it is.
SERIES = re.compile(r"(.*?)([1-9][0-9]{0,8})", re.DOTALL)


def page_labels(pdf: Pdf, labels: Sequence[str]) -> Object:
    """The number tree of ``/PageLabels``: one entry wherever the series of labels does not simply go on."""
    entries: list[tuple[int, Object]] = []
    prefix, following = "", -1
    for at, label in enumerate(labels):
        found = SERIES.fullmatch(label)
        if found is None:
            entries.append((at, Dictionary(P=String(label))))
            following = -1
            continue
        if found[1] != prefix or int(found[2]) != following:
            prefix = found[1]
            entry = Dictionary(S=Name.D, St=int(found[2]))
            if prefix:
                entry["/P"] = String(prefix)
            entries.append((at, entry))
        following = int(found[2]) + 1
    return make_tree(pdf, entries, "/Nums")
