"""The press's errors: few, and each with a message for the person who sees it.

PressError
├── CannotRead          a file that is not what it says, damaged beyond repair, too large or of an unknown kind
│   ├── PasswordNeeded  an encrypted file that an empty password does not open
│   └── TookTooLong     reading passed its time or memory limit
├── MeetingFileError    the meeting file is wrong: names the line and the mend
├── CannotSet           the setter refused the content
├── NeedsConfirmation   a paper's hidden content is not confirmed (in ``hidden_content``)
└── CacheFault          the cache cannot be used
"""

from __future__ import annotations


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


class CacheFault(PressError):
    """The folder of made parts cannot be written to, or what is in it is damaged."""
