"""The figure checker: every figure of a pack against every other, with the reasons spelled out.

``read`` makes a ``Paper`` of any pack; ``check`` lists what cannot be true in it; ``documented`` gives the rules in
their own words. Nothing here needs a network, a database or a clock. See ``docs/developers/figure-checker.md``.
"""

from moothall.core.figures.documentation import document_rules
from moothall.core.figures.engine import check_paper
from moothall.core.figures.findings import Coverage, Finding, Report, Severity
from moothall.core.figures.model import Paper
from moothall.core.figures.readers import read_paper

__all__ = ["Coverage", "Finding", "Paper", "Report", "Severity", "check_paper", "document_rules", "read_paper"]
