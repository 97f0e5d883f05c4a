"""What a draft says, as one hash: it changes with whatever a person can see, and not with what clients and servers rewrite (I4, I7)."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.core.content import content_of

TEXT = "Dear Dana,\r\n\r\nthank you for the talk about Kubernetes on 3 March.\r\n\r\nKind regards\r\nSam Rivera\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"


def draft(
    text: str = TEXT, to: str = "Dana Park <dana@acme.example>", subject: str = "Sam Rivera =?utf-8?q?=E2=80=93?= Thank you", extra: str = "",
    kind: bytes = PLAIN, encoded: Callable[[bytes], bytes] = bytes, encoding: str = "8bit",
) -> bytes:  # fmt: skip
    head = (
        f"From: Sam Rivera <sam@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <1@example.com>\r\n"
        f"In-Reply-To: <first@acme.example>\r\nReferences: <zeroth@acme.example> <first@acme.example>\r\n{extra}"
        f"MIME-Version: 1.0\r\nContent-Transfer-Encoding: {encoding}\r\n"
    )
    return head.encode() + kind + b"\r\n" + encoded(text.encode())


def html(text: str) -> bytes:
    return draft(text, kind=b"Content-Type: text/html; charset=utf-8\r\n")


def with_file(name: str = "CV.pdf", data: bytes = b"%PDF-1.4 one") -> bytes:
    parts = (
        PLAIN + b"\r\n" + TEXT.encode(),
        b'Content-Type: application/pdf; name="' + name.encode() + b'"\r\nContent-Disposition: attachment; filename="' + name.encode()
        + b'"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + base64.encodebytes(data),
    )  # fmt: skip
    body = b"".join(b"--m\r\n" + part + b"\r\n" for part in parts) + b"--m--\r\n"
    return draft("", kind=b'Content-Type: multipart/mixed; boundary="m"\r\n', encoded=lambda _: body, encoding="7bit")


SAME = content_of(draft()).hash


@pytest.mark.parametrize(
    "other",
    [
        draft(to="Dana Park <dana@acme.example>, Lee <lee@acme.example>"),
        draft(to="Dana Park <dana@acne.example>"),
        draft(extra="Cc: lee@acme.example\r\n"),
        draft(extra="Bcc: lee@acme.example\r\n"),
        draft(subject="Sam Rivera =?utf-8?q?=E2=80=93?= Thanks"),
        draft(TEXT.replace("3 March", "4 March")),
        draft(TEXT + "\r\nPS: and one more thing"),
        draft(TEXT.replace("Kubernetes", "[[something]]")),
        draft().replace(b"From: Sam Rivera <sam@example.com>", b"From: Sam <sam@other.example>"),
        with_file(),
    ],
    ids=[
        "one-more",
        "other-address",
        "cc",
        "bcc",
        "subject",
        "a-digit",
        "postscript",
        "a-blank",
        "sender",
        "attachment",
    ],
)
def test_whatever_a_person_can_change_changes_the_hash(other: bytes) -> None:
    """I4: what was confirmed is bound to it."""
    assert content_of(other).hash != SAME


def test_to_cc_and_bcc_are_not_the_same() -> None:
    """A recipient moved from To to Bcc is another letter."""
    ways = {content_of(draft(extra=f"{name}: lee@acme.example\r\n")).hash for name in ("Cc", "Bcc")}
    ways.add(content_of(draft(to="dana@acme.example, lee@acme.example")).hash)
    assert len(ways) == 3


def test_an_attachments_name_and_content_count() -> None:
    made = {
        content_of(with_file(*file)).hash for file in (("CV.pdf", b"one"), ("CV.pdf", b"two"), ("Letter.pdf", b"one"))
    }
    assert len(made) == 3


@pytest.mark.parametrize(
    "other",
    [
        draft().replace(b"\r\n", b"\n"),
        draft(TEXT.replace("\r\n", "  \r\n")),
        draft(TEXT + "\r\n\r\n"),
        draft(extra="X-Mozilla-Draft-Info: internal\r\nX-Identity-Key: id1\r\nUser-Agent: Some Client\r\n"),
        draft().replace(b"In-Reply-To: <first@acme.example>\r\nReferences: <zeroth@acme.example> <first@acme.example>\r\n", b""),
        draft().replace(b"Message-ID: <1@example.com>\r\n", b"Message-ID: <client-made@example.com>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n"),
        draft(encoded=lambda raw: quopri.encodestring(raw), encoding="quoted-printable"),
        draft(encoded=base64.encodebytes, encoding="base64"),
        draft(subject="=?utf-8?q?Sam_Rivera_=E2=80=93?=\r\n =?utf-8?q?_Thank_you?="),
        draft(to="dana@acme.example"),
        draft(to='"Park, Dana" <Dana@ACME.example>'),
        draft(TEXT.replace("the talk", "the\xa0talk")),
        b"\r\n".join(sorted(draft().partition(b"\r\n\r\n")[0].split(b"\r\n"))) + b"\r\n\r\n" + TEXT.encode(),
    ],
    ids=["LF", "trailing-blanks", "empty-lines", "client-headers", "no-references", "other-id", "quoted-printable", "base64",
         "encoded-subject", "no-name", "other-name", "hard-blank", "header-order"],
)  # fmt: skip
def test_what_clients_and_servers_rewrite_by_themselves_does_not(other: bytes) -> None:
    """I7: some drop References or X- headers, some write another Message-ID, all choose their own encoding."""
    assert content_of(other).hash == SAME


# Found by this test: the parser gives a header of raw 8-bit octets as a Header object, and `str` of that has "\ufffd" for each of them, so
# subjects and names that are not RFC 2047-encoded lose their letters (in all mail, not only in drafts).
def test_a_header_of_raw_octets_is_read_as_the_text_that_it_is() -> None:
    """RFC 6532 §3.2; many clients and servers write so without asking."""
    made = content_of(draft(subject="Sam Rivera – Thank you", to="Jürgen <dana@acme.example>"))
    assert made.subject == "Sam Rivera – Thank you"
    assert made.to[0].name == "Jürgen"
    assert made.hash == SAME


def test_the_order_of_recipients_does_not_matter() -> None:
    one, other = "dana@acme.example, lee@acme.example", "lee@acme.example,\r\n dana@acme.example"
    assert content_of(draft(to=one)).hash == content_of(draft(to=other)).hash


@pytest.mark.parametrize(
    "text",
    [
        "Dear Dana, [[one thing you liked]] Sam",
        "Dear Dana, [[one thing\r\nyou liked]] Sam",
        "Dear Dana, [[ one   thing you liked\t]] Sam",
        "Dear Dana, [[one thing you\xa0liked]] Sam",
        "> Dear Dana, [[one thing you liked]]",
    ],
    ids=["plain", "wrapped", "spaced", "hard-blank", "quoted"],
)
def test_a_blank_is_found_however_its_lines_were_wrapped(text: str) -> None:
    """P7."""
    assert content_of(draft(text)).blanks == ("one thing you liked",)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Dear Dana,</p><p>[[one thing you liked]]</p>",
        "<p>[[one <b>thing</b> you <i>liked</i>]]</p>",
        "<p>[<span>[</span>one thing you liked]<span>]</span></p>",
        "<p>[[one&nbsp;thing<br>you liked]]</p>",
        "<p>&#91;&#91;one thing you liked&#93;&#93;</p>",
        "<div>[[one thing</div><div>you liked]]</div>",
        "<p>[[one thing\r\n   you liked]]</p>",
        "<blockquote>[[one thing you liked]]</blockquote>",
        "<table><tr><td>[[one thing you liked]]</td></tr></table>",
    ],
    ids=["plain", "inner-tags", "split-brackets", "br", "entities", "two-lines", "source-wrap", "quote", "table"],
)
def test_a_blank_is_found_in_an_html_draft_whatever_tags_split_it(text: str) -> None:
    """P7: clients that write HTML put tags where they like."""
    assert content_of(html(f"<html><body>{text}</body></html>")).blanks == ("one thing you liked",)


def test_a_blank_in_either_part_or_in_the_subject_counts() -> None:
    """P7, rule 2 of the module: also in the part that this client does not show."""
    parts = PLAIN + b"\r\nAll is filled in.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>[[still open]]</p>\r\n--a--\r\n"
    both = draft(
        "", kind=b'Content-Type: multipart/alternative; boundary="a"\r\n', encoded=lambda _: b"--a\r\n" + parts
    )
    assert content_of(both).blanks == ("still open",)
    assert content_of(draft("All is filled in.", subject="About [[the role]]")).blanks == ("the role",)


def test_no_blank_is_seen_where_there_is_none() -> None:
    assert content_of(draft("An array[0][1] and [one] and [ [two] ]")).blanks == ()


def test_an_html_draft_changes_with_its_words_and_not_with_its_tags() -> None:
    """A client that is only opened and closed on a draft writes other tags."""
    one = content_of(html("<p>Dear Dana,</p><p>thank you.</p>")).hash
    assert content_of(html("<div style='x'><p>Dear Dana,</p>\r\n<p>thank <span>you</span>.</p></div>")).hash == one
    assert content_of(html("<p>Dear Dana,</p><p>thank you!</p>")).hash != one


def test_a_delivered_message_is_told_from_a_draft() -> None:
    assert not content_of(draft()).delivered
    assert content_of(b"Return-Path: <sam@example.com>\r\n" + draft()).delivered


@settings(max_examples=80, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes_have_a_content(raw: bytes) -> None:
    """Total; and nothing equals a draft of ours by accident."""
    made = content_of(raw)
    assert made.hash == content_of(raw).hash
    assert made.hash != SAME
    assert isinstance(made.blanks, tuple)


@settings(max_examples=60, deadline=None)
@given(
    where=st.integers(0, len(TEXT.split()) - 1),
    word=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8),
)
def test_any_word_put_into_the_text_is_seen(where: int, word: str) -> None:
    """I4, wherever it is put."""
    words = TEXT.split(" ")
    assert content_of(draft(" ".join([*words[:where], word, *words[where:]]))).hash != SAME
