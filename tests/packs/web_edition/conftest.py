"""The web pages under test: those of the demo, and of a meeting with exempt, uploaded and awkward papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from moothall.core.packs.meeting_file import load
from moothall.core.packs.pack import build
from moothall.core.pdf.cache import Store
from tests.packs.packs import make, png, put, report, untagged_pdf
from tests.shared import ROOT

AWKWARD = """
[[item]]
number = "1/a"
title = "Lease & <depot> \\"of\\" ḋéjà 🙂"
text = "Read **this** <script>alert(1)</script> and [that](https://avonmere.example/a?b=1&c=2)."
papers = ["a b.html", "scan.pdf", { path = "secret.html", exempt = { paragraph = 3, reason = "Bids < & >." } }]

[[item]]
number = "1-a"
title = "A number that shares its file name"
papers = ["p.png"]

[[item]]
number = "é"
title = "مرحبا Croeso"
to_follow = ["Plan"]

[[item]]
number = 4
title = "Table"
papers = ["wide.html"]
"""


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    file = load(ROOT / "demo" / "avonmere" / "2014-11-24" / "meeting.toml")
    return build(file, tmp_path_factory.mktemp("demo"), store=Store(tmp_path_factory.mktemp("cache"))).folder


@pytest.fixture(scope="session")
def awkward(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("awkward")
    untagged_pdf(folder / "scan.pdf", word="<b>Bold</b> &", pages=2)
    heads = "".join(f"<th>{'wide' * 4} {number}</th>" for number in range(14))
    cells = "".join(f"<td>{number * 1000:,}</td>" for number in range(14))
    papers = {
        "a b.html": report("A & B", '<img src="p.png" alt="A &quot;grey&quot; picture">', pages=2),
        "wide.html": f"<h1>Wide</h1><table><tr>{heads}</tr><tr>{cells}</tr></table>",
        "p.png": png(0x55),
        "secret.html": report("Secret"),
    }
    (folder / "papers").mkdir()
    (folder / "scan.pdf").rename(folder / "papers" / "scan.pdf")
    return make(put(folder / "papers", papers, AWKWARD), folder / "out", cache=folder / "cache").folder
