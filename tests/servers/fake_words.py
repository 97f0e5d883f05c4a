"""A command's bytes -> its words (RFC 3501 §9): atoms and strings as bytes, parenthesised lists as lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from imapclient.imap_utf7 import decode as from_utf7
from imapclient.imap_utf7 import encode as to_utf7

Word: TypeAlias = "bytes | list[Word]"

LITERAL = re.compile(rb"\{(\d+)(\+?)\}\r\n")
QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.S)
ATOM = re.compile(
    rb'(?:[^ ()\[\]"]|\[[^\]]*\])+'
)  # what stands in brackets belongs to it: BODY.PEEK[HEADER.FIELDS (TO)]


class No(Exception):
    """Answered as a tagged NO with this text."""


class Bad(Exception):
    """Answered as a tagged BAD with this text."""


def words(data: bytes) -> list[Word]:
    """All words of a command; literals stand in it as `{3}`, CRLF and their bytes."""
    found, end = group(data, 0)
    if end < len(data):
        raise Bad("Unexpected ')'")
    return found


def group(data: bytes, at: int) -> tuple[list[Word], int]:
    """Words up to a closing parenthesis -> (them, where it goes on)."""
    made: list[Word] = []
    while at < len(data):
        first = data[at : at + 1]
        if first == b" ":
            at += 1
        elif first == b")":
            return made, at + 1
        elif first == b"(":
            inner, at = group(data, at + 1)
            made.append(inner)
        else:
            word, at = single(data, at)
            made.append(word)
    return made, at


def single(data: bytes, at: int) -> tuple[bytes, int]:
    literal = LITERAL.match(data, at)
    if literal:
        end = literal.end() + int(literal[1])
        return data[literal.end() : end], end
    quoted = QUOTED.match(data, at)
    if quoted:
        return re.sub(rb"\\(.)", rb"\1", quoted[1]), quoted.end()
    atom = ATOM.match(data, at)
    if not atom:
        raise Bad("Invalid characters in atom")
    return atom[0], atom.end()


def one(word: Word) -> bytes:
    """A word that must not be a list."""
    if isinstance(word, list):
        raise Bad("Unexpected list")
    return word


def several(word: Word) -> list[bytes]:
    """A list of words, or one word in place of a list of it."""
    return [one(w) for w in word] if isinstance(word, list) else [word]


def numbers(text: bytes, highest: int) -> Callable[[int], bool]:
    """A sequence set (RFC 3501 §9) -> is this number in it? `*` is the highest one there is."""
    spans = []
    for span in text.split(b","):
        ends = [highest if end == b"*" else int(end) for end in span.split(b":")]
        spans.append((min(ends), max(ends)))
    return lambda number: any(low <= number <= high for low, high in spans)


def compact(found: list[int]) -> str:
    return ",".join(map(str, found))


def nstring(value: bytes | str | None) -> bytes:
    """NIL, a quoted string, or a literal where quotes cannot hold it."""
    if value is None:
        return b"NIL"
    data = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    if any(byte < 32 or byte > 126 for byte in data):
        return b"{%d}\r\n%s" % (len(data), data)
    return b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def folder_name(word: Word) -> str:
    """Modified UTF-7 (RFC 3501 §5.1.3) -> the name."""
    return str(from_utf7(one(word)))


def wire_name(name: str) -> bytes:
    """The name -> modified UTF-7 in quotes."""
    return b'"' + to_utf7(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
