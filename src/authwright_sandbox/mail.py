"""What the portals send by email. Nothing leaves the machine: a test says where each message goes."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import unquote, urlsplit

Deliver = Callable[[EmailMessage], None]


def message(sender: str, to: str, subject: str, text: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mail.set_content(text)
    return mail


def into_mailbox(address: str) -> Deliver:
    """Each message is put into a mailbox of this machine: `imap://USER:PASSWORD@HOST:PORT/FOLDER`, no TLS."""
    where = urlsplit(address)

    def deliver(mail: EmailMessage) -> None:
        with IMAP4(where.hostname or "127.0.0.1", where.port or 143) as server:
            server.login(unquote(where.username or ""), unquote(where.password or ""))
            server.append(where.path.strip("/") or "INBOX", "", "", bytes(mail))

    return deliver


def into_folder(folder: Path) -> Deliver:
    """Each message becomes a file 0001.eml, 0002.eml, ..., whole at once for whoever reads."""

    def deliver(mail: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.eml"))) + 1
        half = folder / f"{number:04}.part"
        half.write_bytes(bytes(mail))
        half.rename(folder / f"{number:04}.eml")

    return deliver
