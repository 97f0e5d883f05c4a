"""Large messages: what they say is fetched, what is attached to them is not."""

from __future__ import annotations

import base64
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

import pytest

from agent.core.decode.message import decode
from agent.shell.imap import Account, Mailbox
from agent.shell.large import TEXT_BYTES, pared
from tests.servers import MailServer
from tests.servers.fake_imap import FakeImap
from tests.servers.relay import Relay
from tests.shell.mailbox.letters import compound, letter, multipart

PDF = base64.encodebytes(b"\x00\xffpdf" * 60_000).decode().replace("\n", "\r\n")  # 400 kB
ATTACHED = 'Content-Type: application/pdf; name="offer.pdf"\r\nContent-Transfer-Encoding: base64'
PLAIN = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit'
INVITATION = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def only(server: MailServer, mailbox: Mailbox, raw: bytes) -> bytes:
    """The pared form of one message delivered to the inbox."""
    server.deliver(raw)
    mailbox.open("INBOX")
    (uid,) = mailbox.uids(["ALL"])
    return pared(mailbox, uid)


def parts(raw: bytes) -> list[Message]:
    return [p for p in message_from_bytes(raw, policy=compat32).walk() if not p.is_multipart()]


def shape(raw: bytes) -> list[tuple[str, str | None]]:
    return [(p.get_content_type(), p.get_filename()) for p in message_from_bytes(raw, policy=compat32).walk()]


def content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def test_the_text_comes_and_the_attachment_stays(server: MailServer, mailbox: Mailbox) -> None:
    raw = compound(1, [(PLAIN, "Grüße, see the attached.\r\n"), (ATTACHED, PDF)])
    found = only(server, mailbox, raw)
    assert len(found) < 2_000
    assert shape(found) == shape(raw)
    text, attached = parts(found)
    assert "Grüße, see the attached." in content(text).decode()
    assert content(attached).strip() == b""


def test_what_it_costs_is_its_text(server: MailServer, relay: Relay, through: Account) -> None:
    server.deliver(compound(1, [(PLAIN, "Short.\r\n"), (ATTACHED, PDF)]))
    mailbox = Mailbox(through)
    mailbox.open("INBOX")
    pared(mailbox, mailbox.uids(["ALL"])[0])
    assert relay.received < 20_000
    mailbox.close()


def test_headers_are_kept_but_for_the_boundary(server: MailServer, mailbox: Mailbox) -> None:
    raw = compound(1, [(PLAIN, "Short.\r\n"), (ATTACHED, PDF)])
    found, whole = (message_from_bytes(r, policy=compat32) for r in (only(server, mailbox, raw), raw))
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
        assert found.get_all(name) == whole.get_all(name)
    assert len(found.get_all("Content-Type", [])) == 1


def test_an_invitation_beside_a_large_attachment_is_read(server: MailServer, mailbox: Mailbox) -> None:
    alternative = multipart(
        [(PLAIN, "Join us.\r\n"), ('Content-Type: text/calendar; method="REQUEST"', INVITATION)], boundary="=-in"
    )
    inner = 'Content-Type: multipart/alternative; boundary="=-in"'
    found = only(server, mailbox, compound(1, [(inner, alternative), (ATTACHED, PDF)]))
    kinds = {p.get_content_type(): content(p) for p in parts(found)}
    assert b"METHOD:REQUEST" in kinds["text/calendar"]
    assert b"Join us." in kinds["text/plain"]


def test_an_invitation_that_only_its_name_gives_away_is_read(server: MailServer, mailbox: Mailbox) -> None:
    head = 'Content-Type: application/octet-stream; name="invite.ics"'
    found = only(server, mailbox, compound(1, [(PLAIN, "Hello.\r\n"), (head, INVITATION), (ATTACHED, PDF)]))
    assert any(b"BEGIN:VEVENT" in content(p) for p in parts(found))


def test_a_bounce_with_a_large_original_tells_what_bounced(server: MailServer, mailbox: Mailbox) -> None:
    """P24, RFC 3464: the report, and whom the returned message was to."""
    status = "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; dana@acme.example\r\nAction: failed\r\n"
    original = letter("ours", "Thank you", PDF).decode()
    raw = compound(
        1,
        [(PLAIN, "Not delivered.\r\n"), ("Content-Type: message/delivery-status", status), ("Content-Type: message/rfc822", original)],
        'report; report-type="delivery-status"',
    )  # fmt: skip
    found = only(server, mailbox, raw)
    assert len(found) < 60_000
    whole = message_from_bytes(found, policy=compat32)
    assert (whole.get_content_type(), whole.get_param("report-type")) == ("multipart/report", "delivery-status")
    assert b"Final-Recipient: rfc822; dana@acme.example" in found
    assert b"Message-ID: <ours@acme.example>" in found


def test_a_large_text_alone_is_cut_at_the_end_of_a_line(server: MailServer, mailbox: Mailbox) -> None:
    """No letter, base64 group or escape is cut in two."""
    lines = "".join(f"{n}: Grüße aus Köln\r\n" for n in range(30_000))
    found = only(server, mailbox, letter(1, body=lines, more=PLAIN + "\r\n"))
    assert TEXT_BYTES - 100 < len(found) < TEXT_BYTES + 1_000
    assert found.endswith("Köln\r\n".encode())
    content(message_from_bytes(found, policy=compat32)).decode()


def test_a_large_base64_text_is_cut_so_that_it_can_be_read(server: MailServer, mailbox: Mailbox) -> None:
    text = "".join(f"{n}: good day\n" for n in range(40_000))
    encoded = base64.encodebytes(text.encode()).decode().replace("\n", "\r\n")
    head = "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64"
    found = only(server, mailbox, compound(1, [(head, encoded), (ATTACHED, PDF)]))
    assert text.startswith(content(parts(found)[0]).decode())
    assert len(content(parts(found)[0])) > 100_000


def test_a_large_single_attachment_is_a_message_still(server: MailServer, mailbox: Mailbox) -> None:
    found = only(server, mailbox, letter(1, body=PDF, more=f"{ATTACHED}\r\n"))
    assert len(found) < TEXT_BYTES + 2_000
    assert message_from_bytes(found, policy=compat32).get_content_type() == "application/pdf"


def test_of_hundreds_of_parts_the_first_are_read(server: MailServer, mailbox: Mailbox) -> None:
    found = only(server, mailbox, compound(1, [(PLAIN, f"Part {n}.\r\n") for n in range(100)]))
    texts = [content(p) for p in parts(found)]
    assert texts[0].startswith(b"Part 0.")
    assert len(texts) <= 40


def test_an_endless_header_is_cut_and_the_text_is_read(server: MailServer, mailbox: Mailbox) -> None:
    """100 kB of header lines do not swallow the body."""
    more = "".join(f"X-Trace-{n}: {'x' * 60}\r\n" for n in range(3_000))
    found = only(server, mailbox, letter(1, body="The text.\r\n", more=more))
    message = message_from_bytes(found, policy=compat32)
    assert message["Subject"] == "Hello"
    assert message.get_payload() == "The text.\r\n"


@pytest.mark.parametrize("fault", ["no it is broken", "bad what"])
def test_a_pared_message_is_understood_like_a_whole_one(fake: FakeImap, fault: str) -> None:
    """And where a server cannot tell the structure, the beginning of the text is what there is."""
    raw = compound(1, [(PLAIN, "Your interview is on 3 December.\r\n"), (ATTACHED, PDF)])
    fake.deliver(raw)
    mailbox = Mailbox(fake.account)
    mailbox.open("INBOX")
    whole, small = (decode(r, ()) for r in (raw, pared(mailbox, 1)))
    assert (small.message_id, small.body, small.attachments) == (whole.message_id, whole.body, whole.attachments)
    fake.fault("FETCH", "before", lambda: fake.fault("FETCH", "before", fault))  # the second: BODYSTRUCTURE
    assert b"Your interview is on 3 December." in pared(mailbox, 1)
    mailbox.close()


def test_a_message_that_is_gone_is_empty(server: MailServer, mailbox: Mailbox) -> None:
    mailbox.open("INBOX")
    assert pared(mailbox, 77) == b""
