"""Raw header values -> clean text, addresses, Message-IDs and dates. Total: nothing a sender writes raises here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mime
from email.utils import getaddresses, parsedate_tz

from agent.core.values import Address, Verdict

MOST_HEADER = 20_000  # characters of one header that we look at; a header bomb is cut
MOST_ADDRESSES = 200
MOST_REFERENCES = 100
SUBJECT_LENGTH = 300

# Bidirectional overrides, zero-width characters and the like change what a reader sees (I12); line ends would inject headers.
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u034f\u061c\u180e\ufff9-\ufffb\U000e0000-\U000e007f]"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ENCODED_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]*\?=")
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.?[^\s@<>()\[\],;:\"\\]+")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")


def clean(text: str, length: int = MOST_HEADER) -> str:
    """One line without control, zero-width and direction-changing characters, white space folded."""
    text = CONTROL.sub(" ", INVISIBLE.sub("", text[:MOST_HEADER]))
    return " ".join(text.split())[:length]


def decoded(raw: object) -> str:
    """A header value with its encoded words decoded (RFC 2047), whatever charset they claim; also inside quotes."""
    text = str(raw)[:MOST_HEADER]
    if "=?" not in text:
        return clean(text if text.isprintable() else surrogates(text))
    # RFC 2047 §6.2: white space between two encoded words is not part of the text.
    text = re.sub(r"(\?=)\s+(=\?)", r"\1\2", text)
    return clean(ENCODED_WORD.sub(lambda m: one_word(m.group()), surrogates(text)))


def one_word(word: str) -> str:
    try:
        parts = decode_header(word)
    except (HeaderParseError, ValueError, TypeError, AssertionError):
        return word
    return "".join(part if isinstance(part, str) else charset_decoded(part, charset) for part, charset in parts)


def charset_decoded(data: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def surrogates(text: str) -> str:
    """Raw 8-bit octets, which the parser keeps as surrogates, as the UTF-8 (or cp1252) that they probably are."""
    try:
        octets = text.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8", "replace")
    return charset_decoded(octets, "utf-8")


def value(mime: Mime, name: str) -> str:
    """The first header of that name, decoded and clean; empty when there is none."""
    return next((decoded(raw) for raw in raws(mime, name)), "")


def addresses(mime: Mime, name: str) -> tuple[Address, ...]:
    return tuple(parse_addresses(raws(mime, name)[:5]))


def raws(mime: Mime, name: str) -> list[str]:
    """All headers of that name as they were written. (`get` would give raw 8-bit octets, RFC 6532, as replacement characters.)"""
    wanted = name.lower()
    return [str(raw) for found, raw in mime.raw_items() if found.lower() == wanted]


ENCODED = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=(?:\s+=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)*")


def parse_addresses(raws: Iterable[str]) -> Iterable[Address]:
    """Mailboxes in the order written, each address once, at most MOST_ADDRESSES."""
    seen: set[str] = set()
    for raw in raws:
        text = CONTROL.sub(" ", surrogates(raw[:MOST_HEADER]))
        hidden = ENCODED.findall(text)  # encoded words may hold what divides addresses, though RFC 2047 §5 forbids it
        for n, word in enumerate(hidden):
            text = text.replace(word, f"Qzq{n}qzQ", 1)
        try:
            pairs = getaddresses([text])
        except (ValueError, IndexError, TypeError, RecursionError):  # the last: comments nested a thousand deep
            pairs = []
        if not any("@" in email for _, email in pairs):
            pairs = [("", found) for found in ADDRESS.findall(text)]
        for name, email in pairs:
            for number, word in enumerate(hidden):
                name = name.replace(f"Qzq{number}qzQ", word, 1)
            made = address(decoded(name), email)
            if made and made.email not in seen and len(seen) < MOST_ADDRESSES:
                seen.add(made.email)
                yield made


def address(name: str, email: str) -> Address | None:
    """A checked address, or None. A name that is only the address again is no name."""
    email = clean(email).strip("<>'\" ").lower()
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        return None
    name = clean(name, 120).strip("'\" ")
    return Address("" if name.lower() == email or ADDRESS.fullmatch(name) else name, email)


def owns(email: str, own_addresses: frozenset[str]) -> bool:
    """Is this one of the owner's addresses, a plus-address (RFC 5233) of one included?"""
    if email in own_addresses:
        return True
    local, _, domain = email.rpartition("@")
    return "+" in local and f"{local.partition('+')[0]}@{domain}" in own_addresses


def message_ids(text: str) -> tuple[str, ...]:
    """Message-IDs in their order, each once; the newest MOST_REFERENCES where there are more."""
    return tuple(dict.fromkeys(MESSAGE_ID.findall(text)))[-MOST_REFERENCES:]


def made_up_id(raw: bytes) -> str:
    """A stable Message-ID for a message that has none (CONTRACT: "a stable made-up one")."""
    return f"<{hashlib.sha256(raw).hexdigest()[:32]}@no-message-id.invalid>"


def written(raw: str) -> tuple[datetime, bool] | None:
    """Date header -> (aware moment in its own offset, whether that offset is only UTC); None when it is no date.

    RFC 5322 §3.3; "-0000" and a missing offset mean UTC with the zone unknown.
    """
    try:
        fields = parsedate_tz(raw[:200])
        if fields is None:
            return None
        offset = fields[9] or 0
        if abs(offset) > 15 * 3600:
            offset = 0
        moment = datetime(*fields[:6], tzinfo=timezone(timedelta(seconds=offset)))
    except (ValueError, TypeError, OverflowError):
        return None
    if not 1980 <= moment.year <= 2200:
        return None
    return moment, offset == 0


def received_moment(mime: Mime) -> datetime | None:
    """When the nearest server took it, from the topmost Received (RFC 5321 §4.4); for messages without a Date."""
    for raw in (mime.get_all("Received") or [])[:3]:
        found = written(decoded(raw).rpartition(";")[2].strip())
        if found:
            return found[0].astimezone(UTC)
    return None


def authentication(mime: Mime) -> Verdict:
    """RFC 8601, topmost header only: those below it may be forged by the sender. DMARC decides, else DKIM and SPF together."""
    raw = mime.get("Authentication-Results")
    if raw is None:
        return Verdict.NONE
    results = dict(re.findall(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", str(raw)[:2000].lower()))
    if results.get("dmarc") in ("pass", "fail"):
        return Verdict(results["dmarc"])
    if results.get("dkim") == "fail" and results.get("spf") != "pass":
        return Verdict.FAIL  # SPF alone fails for every forwarded message (RFC 7208 §11.3): that proves nothing
    return Verdict.PASS if "pass" in results.values() else Verdict.NONE


def plain_letters(text: str) -> str:
    """Lower case without accents, for comparing names: "Björkvik" -> "bjorkvik"."""
    if text.isascii():
        return text.lower()
    text = (
        text.replace("ß", "ss")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("đ", "d")
        .replace("ı", "i")
    )
    text = text.replace("æ", "ae").replace("Æ", "AE").replace("œ", "oe").replace("å", "a").replace("Å", "A")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
