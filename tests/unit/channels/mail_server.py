"""pymap, a real IMAP server, with one account in memory."""

import imaplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

SENDER = "no-reply@portal.example"


@dataclass
class Server:
    port: int

    @property
    def address(self) -> str:
        return f"imap://demouser:demopass@127.0.0.1:{self.port}?from={SENDER}"

    def put(self, text: str, sender: str = SENDER, subject: str = "Sign-in", subtype: str = "plain") -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Portal <{sender}>", "desk@clinic.example", subject
        mail.set_content(text, subtype=subtype)
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login("demouser", "demopass")
            client.append("INBOX", "", "", bytes(mail))


def answers(port: int) -> bool:
    try:
        with imaplib.IMAP4("127.0.0.1", port, timeout=2):
            return True
    except OSError:
        return False


@contextmanager
def serving() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = ["-c", "from pymap.main import main; import sys; sys.exit(main())"]
    options = ["--no-tls", "--host", "127.0.0.1", "--port", str(port)]
    for service in ("admin", "managesieve"):
        options += ["--no-service", service]
    with subprocess.Popen([sys.executable, *start, *options, "dict", "--demo-data"]) as server:
        while not answers(port):
            assert server.poll() is None, "the mail server has ended"
        yield Server(port)
        server.terminate()
