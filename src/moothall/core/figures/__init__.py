"""Find figures in a meeting pack that contradict each other.

``read_paper`` turns a pack into a ``Paper``. ``check_paper`` lists the contradictions. ``document_rules`` describes
the rules. The package needs no network, database or clock. See ``docs/developers/figure-checker.md``.
"""

from moothall.core.figures.documentation import document_rules
from moothall.core.figures.engine import check_paper
from moothall.core.figures.findings import Coverage, Finding, Report, Severity
from moothall.core.figures.model import Paper
from moothall.core.figures.readers import read_paper

__all__ = ["Coverage", "Finding", "Paper", "Report", "Severity", "check_paper", "document_rules", "read_paper"]
