"""A relay on loopback before a mail server: keeps the client's lines, counts the server's bytes, and can be cut."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading

HOST = "127.0.0.1"
AT_A_TIME = 65536
JOIN_SECONDS = 5.0


class Relay:
    """`with Relay(host, port) as relay:` listens on `relay.port`. One thread serves all its connections."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.host = HOST
        self.listener = socket.create_server((HOST, 0))
        self.port = int(self.listener.getsockname()[1])
        self.control, self.ordered = socket.socketpair()
        self.selector = selectors.DefaultSelector()
        self.peers: dict[socket.socket, socket.socket] = {}
        self.clients: set[socket.socket] = set()
        self.sent = bytearray()  # what clients have sent, in order of arrival
        self.received = 0  # bytes that the server has sent
        self.idle = threading.Event()
        self.thread = threading.Thread(target=self.run, name="relay", daemon=True)

    def __enter__(self) -> Relay:
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.selector.register(self.ordered, selectors.EVENT_READ)
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.control.send(b"q")
        self.thread.join(JOIN_SECONDS)
        for each in (self.listener, self.control, self.ordered):
            each.close()
        self.selector.close()

    def cut(self) -> None:
        """End all connections that there are now; returns when that is done."""
        self.idle.clear()
        self.control.send(b"c")
        assert self.idle.wait(JOIN_SECONDS)

    @property
    def lines(self) -> list[bytes]:
        """The lines that clients have sent so far."""
        return bytes(self.sent).split(b"\r\n")[:-1]

    def run(self) -> None:
        while True:
            for key, _ in self.selector.select():
                source = key.fileobj
                assert isinstance(source, socket.socket)
                if source is self.listener:
                    self.join(self.listener.accept()[0])
                elif source is self.ordered:
                    order = self.ordered.recv(1)
                    self.cut_all()
                    if order == b"q":
                        return
                elif source in self.peers:
                    self.pass_on(source)

    def join(self, client: socket.socket) -> None:
        server = socket.create_connection(self.target)
        self.clients.add(client)
        for one, other in ((client, server), (server, client)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.peers[one] = other
            self.selector.register(one, selectors.EVENT_READ)

    def pass_on(self, source: socket.socket) -> None:
        try:
            data = source.recv(AT_A_TIME)
            if source in self.clients:
                self.sent += data
            else:
                self.received += len(data)
            self.peers[source].sendall(data)
        except OSError:
            data = b""
        if not data:
            self.part(source)

    def part(self, source: socket.socket) -> None:
        for each in (source, self.peers[source]):
            self.selector.unregister(each)
            self.clients.discard(each)
            del self.peers[each]
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def cut_all(self) -> None:
        while self.peers:
            self.part(next(iter(self.peers)))
        self.idle.set()
