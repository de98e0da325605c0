"""The tables of the forward plan, one file a subject."""

from moothall.forward_plan.models.entries import Author, Document, Entry, Slip
from moothall.forward_plan.models.notices import Evaluation, Notice, Representation
from moothall.forward_plan.models.plans import Plan, Request

__all__ = ["Author", "Document", "Entry", "Evaluation", "Notice", "Plan", "Representation", "Request", "Slip"]
