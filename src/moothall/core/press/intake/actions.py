"""Actions: which kinds there are, and what is reported of each when it is removed."""

from __future__ import annotations

from typing import Any

from pikepdf import ObjectSet

from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, elements, entry, name

CODES: dict[str, str] = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToR": "other-file",
    "/GoToE": "other-file",
    "/SubmitForm": "form-action",
    "/ResetForm": "form-action",
    "/ImportData": "form-action",
    "/Rendition": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/RichMediaExecute": "multimedia",
    "/GoTo3DView": "multimedia",
    "/URI": "automatic-action",
}
# Going to a page or turning it when a document opens is how a viewer is set up, nothing to report.
_HARMLESS = frozenset({"/GoTo", "/Named", "/GoToDp"})
_MOST = 10_000


def report_actions(holder: Any, findings: Findings, page: int = 0) -> None:
    """Report every action that is in ``holder``: an action, a dictionary of actions, or chains of them."""
    seen = ObjectSet()
    waiting = [holder]
    for _ in range(_MOST):
        if not waiting:
            return
        value = waiting.pop()
        if dictionary(value) is None or not seen.add(value):
            continue
        kind = name(entry(value, "/S"))
        if kind and kind not in _HARMLESS:
            findings.add(CODES.get(kind, "other-action"), page)
        waiting.extend(elements(entry(value, "/Next")) if kind else value.values())
