"""The setter: content trees and sheets become accessible PDF, through one fixed Typst template.

No markup is ever made from content. The template reads JSON and calls functions, so a text can hold anything.
"""

from moothall.core.pdf.typeset.typesetter import PaperJob, SetPart, SheetJob, set_many, set_paper, set_sheet

__all__ = ["PaperJob", "SetPart", "SheetJob", "set_many", "set_paper", "set_sheet"]
