"""One-time codes that a portal sends by email, read from an IMAP mailbox.

A mailbox is written as an address: `imaps://USER:PASSWORD@HOST/FOLDER?from=SENDER` (TLS, port 993) or `imap://`
(port 143, TLS once connected; without TLS only on this machine). FOLDER is INBOX when left out; an @ in the
user name is written %40.
"""

import html
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from authwright.core.hosts import is_here
from authwright.core.ports import MailboxError

CONNECT_SECONDS = 10.0
PORTS = {"imaps": 993, "imap": 143}
FORM = "imaps://USER:PASSWORD@HOST/FOLDER?from=SENDER"
_NUMBER = re.compile(r"(?<![\w.,$#/-])(\d{4,8}|\d{3}[ -]\d{3})(?![\w/-]|[.,]\d)")
_SPOKEN_OF = re.compile(r"\b(code|passcode|pin|password|token)\b", re.IGNORECASE)


@dataclass(slots=True)
class ImapMailbox:
    """A core.ports.Mailbox. `sender` is the address that the portal's codes come from."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    folder: str = "INBOX"
    tls: bool = True
    """TLS from the first byte; else once connected."""
    _known: int = -1
    """The highest number of a message that is no answer to what was asked; -1 before anything was."""

    def expect(self) -> None:
        with self._opened() as (_, next_number):
            self._known = next_number - 1

    def newest_code(self) -> str:
        with self._opened() as (client, _):
            if self._known < 0:
                raise MailboxError("nobody looked into the mailbox before the code was asked for")
            for number in sorted(_after(client, self._known), reverse=True):
                mail = _message(client, number)
                if parseaddr(str(mail["From"]))[1].casefold() == self.sender.casefold():
                    self._known = number
                    return code_in(mail)
        return ""

    @contextmanager
    def _opened(self) -> Iterator[tuple[IMAPClient, int]]:
        """The folder, read only (nothing in it is marked as read), and the number its next message gets."""
        try:
            context = ssl.create_default_context()
            with IMAPClient(
                self.host, self.port, ssl=self.tls, ssl_context=context, timeout=CONNECT_SECONDS
            ) as client:
                if not self.tls and client.has_capability("STARTTLS"):
                    client.starttls(context)
                elif not self.tls and not is_here(self.host):
                    raise MailboxError(f"{self.host} offers no TLS: the password is not sent to it")
                client.login(self.user, self.password)
                yield client, int(client.select_folder(self.folder, readonly=True)[b"UIDNEXT"])
        except (IMAPClientError, OSError) as error:
            raise MailboxError(f"the mailbox at {self.host} can't be read: {_first_line(error)}") from error


def mailbox_at(address: str) -> ImapMailbox:
    """The mailbox of such an address. Raises ValueError, which never quotes it: it holds a password."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise ValueError(f"the mailbox's address can't be read; it is written {FORM}") from None
    sender = parse_qs(parts.query).get("from", [""])[0]
    lacking = [
        word
        for word, there in (
            ("imaps:// or imap://", port),
            ("the user name", parts.username),
            ("the password", parts.password),
            ("the host", parts.hostname),
            ("?from= with the sender's address", "@" in sender),
        )
        if not there
    ]
    if lacking:
        raise ValueError(f"the mailbox's address lacks {', '.join(lacking)}; it is written {FORM}")
    return ImapMailbox(
        parts.hostname or "",
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        sender,
        unquote(parts.path.strip("/")) or "INBOX",
        parts.scheme == "imaps",
    )


def code_in(mail: EmailMessage) -> str:
    """The one number of four to eight digits that may be the code; of several, the one on a line that
    speaks of a code. Raises MailboxError when there is none, or still more than one."""
    lines = [str(mail["Subject"] or ""), *_text(mail).splitlines()]
    for chosen in (lines, [line for line in lines if _SPOKEN_OF.search(line)]):
        found = {re.sub(r"\D", "", number) for line in chosen for number in _NUMBER.findall(line)}
        if len(found) == 1:
            return found.pop()
    raise MailboxError("the message from the sender has no number, or several, that may be the code")


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        text = re.sub(r"(?s)<(style|script|head)\b.*?</\1>", " ", text)
        text = re.sub(r"(?i)<(br|p|div|tr|td|li|h\d)\b[^>]*>", "\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return text


def _message(client: IMAPClient, number: int) -> EmailMessage:
    data = client.fetch([number], ["BODY.PEEK[]"])[number][b"BODY[]"]
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _after(client: IMAPClient, known: int) -> list[int]:
    """Numbers of the messages that came since; a range to `*` always holds the last one."""
    return [number for number in client.search(["UID", f"{known + 1}:*"]) if number > known]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
