"""The press's errors: few, and each with a message for the person who sees it.

PressError
├── CannotRead          a file that is not what it says, damaged beyond repair, too large or of an unknown kind
│   ├── PasswordNeeded  an encrypted file that an empty password does not open
│   └── TookTooLong     reading passed its time or memory limit
├── MeetingFileError    the meeting file is wrong: names the line and the mend
├── CannotSet           the setter refused the content
├── NeedsConfirmation   a paper's hidden content is not confirmed (in ``hidden_content``)
└── CacheFault          the cache cannot be used

WordsLost is no PressError: the user cannot mend it.
"""

from __future__ import annotations

from collections.abc import Sequence


class PressError(Exception):
    """Something a user can mend; ``str(error)`` is the message for them."""


class CannotRead(PressError):
    """A paper that cannot be read."""


class PasswordNeeded(CannotRead):
    """An encrypted paper that an empty password does not open."""


class TookTooLong(CannotRead):
    """Reading a paper passed its limit of time or memory."""


class MeetingFileError(PressError):
    """A meeting file with a mistake in it; ``line`` is 1-based, or None where no line can be named."""

    def __init__(self, message: str, *, line: int | None = None, file: str = "") -> None:
        where = ", ".join(filter(None, (file, f"line {line}" if line else "")))
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.line = line

    def of(self, file: str) -> MeetingFileError:
        """The same mistake, with the name of the file that has it."""
        return MeetingFileError(self.message, line=self.line, file=file)


class CannotSet(PressError):
    """Content that the setter refused."""


class WordsLost(Exception):
    """A fault of Moothall's own: words of ``paper`` are on no page of the PDF that was made of it."""

    def __init__(self, paper: str, words: Sequence[str]) -> None:
        super().__init__(paper, words)  # so that it can be passed on from a worker process
        self.paper = paper
        self.words = tuple(words)

    def __str__(self) -> str:
        """Name the paper and the first of its lost words."""
        words = [word if len(word) <= 60 else f"{word[:57]}..." for word in self.words]
        listed = ", ".join(words[:12]) + (f" and {len(words) - 12} more" if len(words) > 12 else "")
        return (
            f"{self.paper}: Moothall lost words when it made the PDF: {listed}. "
            "The paper is not at fault, and no PDF was made"
        )

    def of(self, paper: str) -> WordsLost:
        """Return the same fault with the name that the user gave the paper."""
        return WordsLost(paper, self.words)


class CacheFault(PressError):
    """The folder of made parts cannot be written to, or what is in it is damaged."""
