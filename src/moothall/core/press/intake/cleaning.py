"""Making a PDF safe: what a pack may hold is kept, everything else goes, and what matters is reported."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Pdf, PdfError

from moothall.core.press.intake.annotations import settle_annotations
from moothall.core.press.intake.appearances import complete_appearances
from moothall.core.press.intake.catalog import about, claim, claims_accessible, settle_catalog
from moothall.core.press.intake.destinations import Destinations
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.geometry import settle_geometry
from moothall.core.press.intake.layers import Layers, remove_hidden_layers
from moothall.core.press.intake.mending import Report, describe, mend
from moothall.core.press.intake.opening import was_damaged
from moothall.core.press.intake.outlines import settle_outlines
from moothall.core.press.intake.streams import mend_streams
from moothall.core.press.intake.structure import settle_structure
from moothall.core.press.intake.sweeping import sweep

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself, as far as it is true."""

    tagged: bool
    title: str
    language: str


class CannotMend(Exception):
    """The mending stumbled over a document and left it half mended."""


def clean(pdf: Pdf, findings: Findings, scratch: Path, *, mending: bool = True) -> About:
    """Clean an opened PDF in place and say what it is; what was removed or mended goes into ``findings``.

    ``scratch`` names a file that does not exist; files like it are made beside it. Raises CannotMend: open the document
    anew then, and clean it without ``mending``.
    """
    title, language = about(pdf)
    claimed = claims_accessible(pdf)
    settle_geometry(pdf, findings)
    mend_streams(pdf, findings)
    complete_appearances(pdf, scratch)
    destinations, layers = Destinations(pdf), Layers(pdf)
    gone = settle_annotations(pdf, destinations, findings, layers)
    remove_hidden_layers(pdf, layers, findings)
    settle_outlines(pdf, destinations, findings)
    tagged = settle_structure(pdf, gone, findings)
    settle_catalog(pdf, findings, title=title, language=language)
    sweep(pdf, findings)
    whole = mending and _mend(pdf, findings, scratch, language if tagged else None)
    if not mending:
        findings.add("not-mended")
    if was_damaged(pdf) and not findings.count("repaired"):
        findings.add("repaired")
    if claimed and tagged and whole and not findings.cautions():
        claim(pdf, title)
    return About(tagged, title, language)


# What libraries raise over values of the wrong kind.
ODD = (PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError, OverflowError)


def _mend(pdf: Pdf, findings: Findings, scratch: Path, tags_in: str | None) -> bool:
    """True when there was nothing to mend. ``tags_in`` is a tagged document's language ("" for none), or None."""
    report = Report()
    try:
        describe(pdf, report)
        if tags_in is not None:
            mend(pdf, report, scratch, tags_in)
    except ODD as fault:
        _log.info("mending failed: %s: %s", type(fault).__name__, fault)
        raise CannotMend from fault
    findings.tell(report.cautions())
    return report.is_empty
