"""Mending what an upload lacks for those who do not see it, as far as a machine can know it is true."""

from moothall.core.pdf.repair.mender import describe, mend
from moothall.core.pdf.repair.report import Report

__all__ = ["Report", "describe", "mend"]
