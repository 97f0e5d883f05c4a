"""The one error tree. An error carries the decision: its exit code, whether to try again, how far it reaches; no string matching.

Every message is one sentence for a person, `hint` the next step. No secret and no message text in either (I13).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Exit(IntEnum):
    """CONTRACT, "Exit codes"."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SERVER = 3
    INTERRUPTED = 130


class Again(StrEnum):
    AT_ONCE = "at once"  # a new connection is enough
    LATER = "later"  # with back-off
    NEVER = "never"  # not before something was changed


class Reach(StrEnum):
    MESSAGE = "message"
    FOLDER = "folder"
    CONNECTION = "connection"
    ACCOUNT = "account"


class AfterwordError(Exception):
    """Base of all errors that a person may see."""

    exit = Exit.FAILED

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.text}\n  {self.hint}" if self.hint else self.text


class UsageError(AfterwordError):
    """The command line or the configuration is wrong; the message names file, line or key, and what would be right."""

    exit = Exit.USAGE


class StateError(AfterwordError):
    """The state folder or database cannot be used as it is."""


class AlreadyRunning(StateError):
    """Another daemon holds this state."""


class ClockWrong(AfterwordError):
    """This machine's clock is behind the mail server's by so much that mail would be misunderstood."""


class ServerError(AfterwordError):
    """Base of what mail servers and the network do to us."""

    exit = Exit.SERVER
    again = Again.LATER
    reach = Reach.CONNECTION


class ConnectionLost(ServerError):
    """The connection broke, stalled or never came about. Whether the last command was carried out is unknown."""

    again = Again.AT_ONCE


class CertificateRefused(ServerError):
    """The server's certificate could not be verified."""

    again = Again.LATER
    reach = Reach.ACCOUNT


class LoginRefused(ServerError):
    again = Again.LATER
    reach = Reach.ACCOUNT


class FolderGone(ServerError):
    """A folder does not exist or cannot be opened."""

    reach = Reach.FOLDER


class FolderRefused(ServerError):
    """The server said NO to a change in a folder: read-only, no permission."""

    reach = Reach.FOLDER


class OverQuota(FolderRefused):
    """RFC 9208 §4.3: the mailbox is full."""


class CommandRefused(ServerError):
    """The server said NO or BAD to a command that it should have understood."""

    reach = Reach.MESSAGE


class Refused(ServerError):
    """SMTP refused the message for good (5xx), and did not take it."""

    again = Again.NEVER
    reach = Reach.MESSAGE


class Deferred(ServerError):
    """SMTP did not take the message now (4xx, no connection); it was surely not sent."""


class Unsure(ServerError):
    """SMTP may or may not have taken the message; never sent again by itself (I4)."""

    again = Again.NEVER
    reach = Reach.MESSAGE
