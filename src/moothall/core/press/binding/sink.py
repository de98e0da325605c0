"""A file for qpdf to write into that never fails while it writes."""

from __future__ import annotations

from io import RawIOBase
from typing import BinaryIO


class Sink(RawIOBase):
    """Passes everything on to ``file``. qpdf ends the whole process when a write fails (a full disk): the failure
    is kept here instead, and ``tell_failure`` raises it afterwards.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._failure: OSError | None = None

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: object, /) -> int:
        """Write ``data``, or keep the reason why that cannot be done."""
        view = memoryview(data)  # type: ignore[arg-type]
        try:
            if self._failure is None:
                self._file.write(view)
        except OSError as error:
            self._failure = error
        return view.nbytes

    def tell_failure(self) -> None:
        """Raises the OSError that a write met with."""
        if self._failure is not None:
            raise self._failure
