"""The line between browser and portal, which can be cut: a TCP proxy on a port of its own."""

import contextlib
import socket
import struct
import threading

RESET_AT_ONCE = struct.pack("ii", 1, 0)


class Line:
    """Forwards every connection to (host, port). While it is cut, connections that are open are reset and
    new ones are refused; `close` ends it for good."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            ends, self._open = self._open, set()
        for end in ends:
            _reset(end)

    def mend(self) -> None:
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        try:
            portal = socket.create_connection(self._to)
        except OSError:
            _reset(client)
            return
        with self._lock:
            refused = self._is_cut
            if not refused:
                self._open |= {client, portal}
        if refused:
            _reset(client)
            _reset(portal)
            return
        threading.Thread(target=self._carry, args=(portal, client), daemon=True).start()
        self._carry(client, portal)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        """Until one side has no more to say; then the other is told so."""
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            _reset(sink)
            _reset(source)
        with self._lock:
            self._open.discard(source)


def _reset(end: socket.socket) -> None:
    """Closed with a reset, as a line that breaks does."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
        end.shutdown(socket.SHUT_RDWR)
    end.close()
