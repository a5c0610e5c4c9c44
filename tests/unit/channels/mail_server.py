"""pymap, a real IMAP server, with one account in memory."""

import imaplib
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage

SENDER = "no-reply@portal.example"


@dataclass
class Server:
    port: int

    @property
    def bare(self) -> str:
        return f"imap://demouser:demopass@127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.bare}?from={SENDER}"

    def put(self, text: str, sender: str = SENDER, subject: str = "Sign-in", subtype: str = "plain") -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Portal <{sender}>", "desk@clinic.example", subject
        mail.set_content(text, subtype=subtype)
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            if "STARTTLS" in client.capabilities:
                client.starttls(unchecked())
            client.login("demouser", "demopass")
            client.append("INBOX", "", "", bytes(mail))


def unchecked() -> ssl.SSLContext:
    """What a test puts into the mailbox needs no proof of whose it is."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def answers(port: int) -> bool:
    try:
        with imaplib.IMAP4("127.0.0.1", port, timeout=2):
            return True
    except OSError:
        return False


@contextmanager
def serving(*tls: str) -> Iterator[Server]:
    """`tls`: the options that name its certificate; without them it offers no TLS."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = ["-c", "from pymap.main import main; import sys; sys.exit(main())"]
    options = [*(tls or ["--no-tls"]), "--host", "127.0.0.1", "--port", str(port)]
    for service in ("admin", "managesieve"):
        options += ["--no-service", service]
    with subprocess.Popen([sys.executable, *start, *options, "dict", "--demo-data"]) as server:
        while not answers(port):
            assert server.poll() is None, "the mail server has ended"
        try:
            yield Server(port)
        finally:
            server.terminate()


@contextmanager
def behind_tls(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """A port that speaks TLS from the first byte and passes on to the plain one."""

    class Passing(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),
                socket.create_connection(("127.0.0.1", port)) as inside,
                context.wrap_socket(self.request, server_side=True) as outside,
            ):
                back = threading.Thread(target=pour, args=(inside, outside), daemon=True)
                back.start()
                pour(outside, inside)
                back.join()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Passing) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def pour(source: socket.socket, into: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            into.sendall(data)
        into.shutdown(socket.SHUT_WR)
