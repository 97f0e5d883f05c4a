"""A mail domain -> which host serves its mail, by DNS: SRV records (RFC 6186) and MX. One question in one UDP packet (RFC 1035 §4).

Rule 1: what is found is a proposal; DNS proves nothing, so a person confirms the host before a password goes there (RFC 6186 §6).
Rule 2: nobody answers, or something odd does: nothing was found. No error leaves here.
"""

from __future__ import annotations

import secrets
import socket
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MX, SRV, IN = 15, 33, 1
PORT = 53
SECONDS = 2.0
LARGEST = 4096
MOST_LABELS = 130  # a name has at most 127; a loop of pointers has more

Server = tuple[str, int]  # address and port of a name server


@dataclass(frozen=True, slots=True)
class Place:
    """A host and port, `preference` as the record has it: the lowest comes first."""

    host: str
    port: int
    preference: int


def service(domain: str, name: str, servers: Sequence[Server] | None = None) -> Place | None:
    """The SRV record of a service like `_imaps._tcp`; None where there is none, or it says that the service is not offered."""
    found = [
        Place(host, port, priority)
        for data, start, _ in asked(f"{name}.{domain}", SRV, servers)
        for priority, _, port in [struct.unpack_from("!HHH", data, start)]
        for host in [read_name(data, start + 6)[0]]
    ]
    best = min(found, key=lambda p: p.preference, default=None)
    return best if best is not None and best.host else None  # RFC 2782: a target of "." means decidedly not here


def exchangers(domain: str, servers: Sequence[Server] | None = None) -> list[str]:
    """The hosts of the MX records, the preferred one first."""
    found = [
        Place(read_name(data, start + 2)[0], 25, *struct.unpack_from("!H", data, start))
        for data, start, _ in asked(domain, MX, servers)
    ]
    return [p.host for p in sorted(found, key=lambda p: p.preference)]


def name_servers(file: Path = Path("/etc/resolv.conf")) -> list[Server]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [(parts[1], PORT) for parts in map(str.split, lines) if len(parts) > 1 and parts[0] == "nameserver"][:2]


def asked(name: str, kind: int, servers: Sequence[Server] | None) -> list[tuple[bytes, int, int]]:
    """(packet, start of the record's data, its length) for each answer of this kind."""
    number = secrets.randbelow(65536)
    try:
        question = query(number, name, kind)
    except (UnicodeError, struct.error):
        return []
    for server in name_servers() if servers is None else servers:
        family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as connection:
                connection.settimeout(SECONDS)
                connection.connect(server)
                connection.send(question)
                data = connection.recv(LARGEST)
            if data[:2] == question[:2]:
                return list(records(data, kind))
        except (OSError, struct.error, IndexError, ValueError):
            continue
    return []


def query(number: int, name: str, kind: int) -> bytes:
    """RFC 1035 §4.1: a header that wants recursion, and one question."""
    labels = [
        label.encode("ascii") if label.isascii() else label.encode("idna") for label in name.strip(".").split(".")
    ]
    if any(not 0 < len(label) < 64 for label in labels):
        raise UnicodeError("no domain name")
    text = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + text + struct.pack("!2H", kind, IN)


def records(data: bytes, kind: int) -> Iterator[tuple[bytes, int, int]]:
    """The answers of one kind. Raises struct.error, IndexError or ValueError on a broken packet."""
    _, _, questions, answers, _, _ = struct.unpack_from("!6H", data)
    at = 12
    for _ in range(questions):
        at = read_name(data, at)[1] + 4
    for _ in range(answers):
        at = read_name(data, at)[1]
        found, _, _, length = struct.unpack_from("!2HIH", data, at)
        at += 10
        if at + length > len(data):
            raise ValueError("the packet is cut off")
        if found == kind:
            yield data, at, length
        at += length


def read_name(data: bytes, at: int) -> tuple[str, int]:
    """A name, pointers followed (RFC 1035 §4.1.4) -> (the name in lower case without its last dot, where it ended)."""
    labels: list[str] = []
    end = 0
    for _ in range(MOST_LABELS):
        length = data[at]
        if length & 0xC0 == 0xC0:
            end = end or at + 2
            at = (length & 0x3F) << 8 | data[at + 1]
        elif length == 0:
            return ".".join(labels).lower(), end or at + 1
        else:
            labels.append(data[at + 1 : at + 1 + length].decode("ascii", "replace"))
            at += 1 + length
    raise ValueError("a name without an end")
