"""Where a domain's mail is, asked of a name server on loopback: SRV (RFC 2782, RFC 6186), MX, and answers that are none."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.shell import whereabouts
from agent.shell.whereabouts import MX, SRV, Server, exchangers, name_servers, read_name, records, service

Answer = Callable[[bytes], bytes]


@contextmanager
def name_server(answer: Answer) -> Iterator[Server]:
    """Answers each question with `answer(question)` until the block ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                question, asker = listening.recvfrom(4096)
                if not question:
                    return
                listening.sendto(answer(question), asker)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
                ending.sendto(b"", listening.getsockname())
            thread.join(5)


def named(name: str) -> bytes:
    return b"".join(bytes([len(p)]) + p.encode() for p in name.split(".") if p) + b"\0"


def answering(*rows: tuple[int, bytes]) -> Answer:
    """A packet with these records (type, data), their names as pointers to the question (RFC 1035 §4.1.4)."""

    def answer(question: bytes) -> bytes:
        head = question[:2] + struct.pack("!5H", 0x8180, 1, len(rows), 0, 0)
        body = b"".join(b"\xc0\x0c" + struct.pack("!2HIH", kind, 1, 60, len(data)) + data for kind, data in rows)
        return head + question[12:] + body

    return answer


def srv(priority: int, port: int, host: str) -> tuple[int, bytes]:
    return SRV, struct.pack("!3H", priority, 0, port) + named(host)


def mx(preference: int, host: str) -> tuple[int, bytes]:
    return MX, struct.pack("!H", preference) + named(host)


def test_the_service_record_with_the_lowest_priority_is_taken() -> None:
    with name_server(answering(srv(20, 143, "slow.example"), srv(5, 993, "IMAP.acme.example"))) as server:
        found = service("acme.example", "_imaps._tcp", [server])
    assert found is not None
    assert (found.host, found.port) == ("imap.acme.example", 993)


def test_a_service_that_is_decidedly_not_offered_is_none() -> None:
    """RFC 2782: a target of "."."""
    with name_server(answering(srv(0, 0, ""))) as server:
        assert service("acme.example", "_imaps._tcp", [server]) is None


def test_the_question_asks_for_that_name_and_kind() -> None:
    asked = []

    def answer(question: bytes) -> bytes:
        asked.append(question)
        return answering()(question)

    with name_server(answer) as server:
        assert service("bücher.example", "_imaps._tcp", [server]) is None
    assert asked[0][12:] == named("_imaps._tcp.xn--bcher-kva.example") + struct.pack("!2H", SRV, 1)


def test_mail_exchangers_come_in_the_order_of_their_preference() -> None:
    with name_server(answering(mx(20, "b.example"), srv(1, 1, "no.example"), mx(10, "a.example"))) as server:
        assert exchangers("acme.example", [server]) == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda question: b"\0\0" + answering(mx(1, "evil.example"))(question)[2:], id="another question's answer"),
        pytest.param(lambda question: question[:2], id="two bytes"),
        pytest.param(lambda question: answering(mx(1, "a.example"))(question)[:-4], id="cut off"),
        pytest.param(lambda question: answering((MX, b"\0\1\xc0\x0c"))(question)[:12] + b"\xc0\x0c" * 8, id="a loop of pointers"),
        pytest.param(lambda question: answering()(question), id="no record"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_finds_nothing(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts.secrets, "randbelow", lambda most: most - 1)  # so that no number is 0 by chance
    with name_server(answer) as server:
        assert exchangers("acme.example", [server]) == []


def test_the_second_name_server_is_asked_where_the_first_talks_nonsense() -> None:
    with name_server(lambda question: question[:2]) as first, name_server(answering(mx(1, "a.example"))) as second:
        assert exchangers("acme.example", [first, second]) == ["a.example"]


@pytest.mark.parametrize("domain", ["", ".", "a..b", "x" * 70 + ".example", "…" * 70])
def test_what_is_no_domain_name_asks_nobody(domain: str) -> None:
    def answer(question: bytes) -> bytes:
        raise AssertionError("it was asked")

    with name_server(answer) as server:
        assert exchangers(domain, [server]) == []


@given(st.binary(max_size=300))
def test_no_packet_breaks_the_reader(data: bytes) -> None:
    """Only the errors that `asked` expects leave here."""
    try:
        for packet, start, _ in records(data, MX):
            read_name(packet, start)
    except (struct.error, IndexError, ValueError):
        return


def test_the_machines_name_servers_are_the_first_two_of_its_list(tmp_path: Path) -> None:
    file = tmp_path / "resolv.conf"
    file.write_text("# us\nsearch a.example\nnameserver 10.0.0.1\nnameserver ::1\nnameserver 10.0.0.3\n")
    assert name_servers(file) == [("10.0.0.1", 53), ("::1", 53)]
    assert name_servers(tmp_path / "none") == []
