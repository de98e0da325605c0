"""PDF in: an uploaded PDF becomes a safe one and the facts about it, or a clear refusal."""

from moothall.core.pdf.reader.facts import Limits, PageFacts, TakenIn
from moothall.core.pdf.reader.inspection import Inspection, readable
from moothall.core.pdf.reader.uploads import inspect, take_in, take_in_all

__all__ = ["Inspection", "Limits", "PageFacts", "TakenIn", "inspect", "readable", "take_in", "take_in_all"]
