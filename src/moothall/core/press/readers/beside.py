"""The pictures that lie beside a paper in its own folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from moothall.core.press.tree.images import LARGEST


class Beside(Mapping[str, bytes]):
    """Pictures by the relative address that a paper gives them; never a file outside the paper's folder."""

    def __init__(self, paper: Path) -> None:
        self._folder = paper.parent.resolve()

    def __getitem__(self, address: str) -> bytes:
        try:
            file = (self._folder / unquote(address)).resolve()
            if not file.is_relative_to(self._folder) or not file.is_file() or file.stat().st_size > LARGEST:
                raise KeyError(address)
            return file.read_bytes()
        except (OSError, ValueError) as error:
            raise KeyError(address) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
