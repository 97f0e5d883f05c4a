"""Messages for the mailbox tests, with CRLF line ends."""

from __future__ import annotations


def letter(
    number: int | str = 1,
    subject: str = "Hello",
    body: str = "Hello.\r\n",
    sender: str = "dana@acme.example",
    more: str = "",
) -> bytes:
    """A plain message; `number` makes its Message-ID, `more` are further header lines."""
    return (
        f"From: Dana Park <{sender}>\r\nTo: sam@rivera.example\r\nSubject: {subject}\r\n"
        f"Date: Mon, 16 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{number}@acme.example>\r\n{more}\r\n{body}"
    ).encode()


def ours(number: int | str = 1) -> bytes:
    """A draft as the agent writes one."""
    return letter(number, "Thank you", "Dear Dana,\r\n\r\nthank you.\r\n", "sam@rivera.example")


def multipart(parts: list[tuple[str, str]], kind: str = "mixed", boundary: str = "=-cut") -> str:
    """(MIME header lines, content) of each part -> a multipart's body."""
    made = "".join(f"--{boundary}\r\n{head}\r\n\r\n{content}\r\n" for head, content in parts)
    return f"{made}--{boundary}--\r\n"


def compound(number: int | str, parts: list[tuple[str, str]], kind: str = "mixed") -> bytes:
    """A multipart message."""
    more = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind};\r\n boundary="=-cut"\r\n'
    return letter(number, body=multipart(parts), more=more)
