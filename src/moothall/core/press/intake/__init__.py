"""PDF in: an uploaded PDF becomes a safe one and the facts about it, or a clear refusal."""

from moothall.core.press.intake.facts import Limits, PageFacts, TakenIn
from moothall.core.press.intake.taking import take_in, take_in_all

__all__ = ["Limits", "PageFacts", "TakenIn", "take_in", "take_in_all"]
