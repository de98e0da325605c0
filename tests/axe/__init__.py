"""axe-core 4.14.1, as its makers give it out (npm, MPL-2.0: LICENSE beside this file); for tests only.

Where to get a newer one: ``npm pack axe-core``; put its ``axe.min.js`` and licences here, and change the digest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

DIGEST = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def source():
    """The script; it is the one that was looked at."""
    script = Path(__file__).with_name("axe.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == DIGEST
    return script.decode()


def violations(page):
    """What axe-core finds on a page of Playwright's: the rule, and the first element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(source())
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
