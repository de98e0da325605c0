"""What reading a paper gives: its content, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from moothall.core.press.cautions import Caution
from moothall.core.press.tree.nodes import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper's content as a normalised tree, with the cautions that arose on the way."""

    document: Document
    cautions: tuple[Caution, ...] = ()
