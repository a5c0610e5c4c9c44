"""Codes from a real IMAP mailbox: the newest message since it was asked, from the expected sender only."""

import pytest
from mail_server import SENDER, Server

from authwright.channels.mailbox import mailbox_at
from authwright.core.ports import MailboxError


def test_the_newest_message_since_it_was_asked(imap: Server) -> None:
    mailbox = mailbox_at(imap.address)
    imap.put("Your code is 111111.")
    mailbox.expect()
    assert mailbox.newest_code() == ""
    imap.put("Your code is 222222.")
    imap.put("Your code is 333333.")
    imap.put("Your code is 444444.", sender="somebody@else.example")
    assert mailbox.newest_code() == "333333"
    assert mailbox.newest_code() == "", "a message is used once"
    imap.put("Your code is 555555.")
    assert mailbox.newest_code() == "555555"


@pytest.mark.parametrize(
    ("subject", "text", "subtype"),
    [
        ("Sign-in", "Hello,\nyour code: 492 817\nCall 1-800-555-0100. Copyright 2026.", "plain"),
        ("492817 is your passcode", "It is good for 10 minutes.", "plain"),
        ("Sign-in", "<style>p{width:6000px}</style><p>Enter <b>492817</b></p><p>(c) us</p>", "html"),
    ],
)
def test_the_number_that_is_the_code(imap: Server, subject: str, text: str, subtype: str) -> None:
    mailbox = mailbox_at(imap.address)
    mailbox.expect()
    imap.put(text, subject=subject, subtype=subtype)
    assert mailbox.newest_code() == "492817"


def test_two_numbers_that_may_be_it_are_no_code(imap: Server) -> None:
    mailbox = mailbox_at(imap.address)
    mailbox.expect()
    imap.put("Code 123456 or code 654321")
    with pytest.raises(MailboxError, match="no number, or several"):
        mailbox.newest_code()


@pytest.mark.parametrize("change", [("demopass", "wrong"), ("127.0.0.1", "127.0.0.2"), ("?", "/None?")])
def test_a_mailbox_that_cant_be_read_says_so_without_the_password(
    imap: Server, change: tuple[str, str]
) -> None:
    with pytest.raises(MailboxError, match=r"the mailbox at 127\.0\.0\.. can't be read") as raised:
        mailbox_at(imap.address.replace(*change)).expect()
    assert "wrong" not in str(raised.value) and "demopass" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "lacking"),
    [
        ("mail.example", "imaps:// or imap://, the user name"),
        ("imaps://pat:key@mail.example", "from= with the sender"),
        (f"imaps://mail.example?from={SENDER}", "the user name, the password"),
    ],
)
def test_an_address_that_lacks_something(address: str, lacking: str) -> None:
    with pytest.raises(ValueError, match=lacking.replace("?", r"\?")) as raised:
        mailbox_at(address)
    assert "key" not in str(raised.value)


def test_what_an_address_says() -> None:
    found = mailbox_at(f"imaps://desk%40clinic.example:p%2Fw@mail.example/Codes?from={SENDER}")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example",
        993,
        "desk@clinic.example",
        "p/w",
    )
    assert (found.folder, found.tls, found.sender) == ("Codes", True, SENDER)
    assert "p/w" not in repr(found)
