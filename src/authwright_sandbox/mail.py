"""What the portals send by email. Nothing leaves the machine: a test says where each message goes."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

Deliver = Callable[[EmailMessage], None]


def message(sender: str, to: str, subject: str, text: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mail.set_content(text)
    return mail


def into_folder(folder: Path) -> Deliver:
    """Each message becomes a file 0001.eml, 0002.eml, ..., whole at once for whoever reads."""

    def deliver(mail: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.eml"))) + 1
        half = folder / f"{number:04}.part"
        half.write_bytes(bytes(mail))
        half.rename(folder / f"{number:04}.eml")

    return deliver
