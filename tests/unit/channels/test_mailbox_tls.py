"""A mailbox over TLS, from the first byte or once connected; an unknown certificate is refused."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from mail_server import SENDER, Server, behind_tls, serving

from authwright.channels.mailbox import mailbox_at
from authwright.core.ports import MailboxError


@dataclass
class Guarded:
    """`authority` is the file of who vouches; `addresses` the mailbox by scheme."""

    server: Server
    authority: Path
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder, authority = tmp_path_factory.mktemp("tls"), trustme.CA()
    own = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "authority.pem")
    own.private_key_pem.write_to_path(folder / "key.pem")
    own.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.configure_cert(context)
    with (
        serving("--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")) as later,
        serving() as plain,
        behind_tls(plain.port, context) as port,
    ):
        at_once = f"imaps://demouser:demopass@127.0.0.1:{port}?from={SENDER}"
        yield Guarded(plain, folder / "authority.pem", {"imaps": at_once, "imap": later.address})


def trusted(monkeypatch: pytest.MonkeyPatch, authority: Path) -> None:
    """As when a clinic's machine has its own authority installed."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_mailbox_is_read_over_tls(guarded: Guarded, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    trusted(monkeypatch, guarded.authority)
    mailbox = mailbox_at(guarded.addresses[scheme])
    mailbox.expect()
    assert mailbox.newest_code() == ""


def test_a_code_comes_over_tls(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(monkeypatch, guarded.authority)
    mailbox = mailbox_at(guarded.addresses["imaps"])
    mailbox.expect()
    guarded.server.put("Your code is 246810.")
    assert mailbox.newest_code() == "246810"


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_certificate_that_nobody_vouches_for_gets_no_password(guarded: Guarded, scheme: str) -> None:
    with pytest.raises(MailboxError, match="certificate verify failed"):
        mailbox_at(guarded.addresses[scheme]).expect()
