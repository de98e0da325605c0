"""Our own check of a finished file: would a screen reader find everything, once, in order, with its meaning?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from moothall.core.documents.errors import CannotRead
from moothall.core.pdf.checks.content import check_content
from moothall.core.pdf.checks.document import (
    check_annotations,
    check_catalog,
    check_layers,
    check_metadata,
    check_tab_order,
)
from moothall.core.pdf.checks.flaws import Flaw
from moothall.core.pdf.checks.structure import (
    check_figures,
    check_headings,
    check_identifiers,
    check_links_of_tree,
    check_nesting,
    check_roles,
    check_tables,
)
from moothall.core.pdf.checks.tree import Grove

CHECKS: tuple[Callable[[Grove], Iterator[Flaw]], ...] = (
    check_catalog,
    check_metadata,
    check_layers,
    check_tab_order,
    check_links_of_tree,
    check_roles,
    check_headings,
    check_nesting,
    check_tables,
    check_figures,
    check_identifiers,
    check_annotations,
    check_content,
)


def check_ua(pdf: Path) -> tuple[Flaw, ...]:
    """The breaches of PDF/UA-1 in a file that a machine can find; what needs a person's eye is not looked at.

    Those that fail (``Flaw.fails``) break the standard; the others are advice, or for a person to judge. Reads every
    content stream: some seconds for a hundred pages. Raises CannotRead for a file that is no PDF.
    """
    try:
        with Pdf.open(pdf) as opened:
            return check_open(opened)
    except pikepdf.PdfError as error:
        raise CannotRead(f"{pdf.name} is not a readable PDF; save it again.") from error


def check_open(pdf: Pdf) -> tuple[Flaw, ...]:
    """The same of a file that is open already. Raises PdfError where it cannot be read."""
    grove = Grove(pdf)
    return tuple(flaw for check in CHECKS for flaw in check(grove))
