"""Mending what an upload lacks for those who do not see it, as far as a machine can know it is true."""

from moothall.core.press.intake.mending.mender import describe, mend
from moothall.core.press.intake.mending.report import Report

__all__ = ["Report", "describe", "mend"]
