"""Text of a message -> Body: own words, signature, quoted history, forwarded block.

Rule 1: what somebody else wrote earlier is never the sender's own word – a rejection or a date in a quote is not new.
Rule 2: answers between quoted lines, and below a quote, are own words.
Rule 3: "From: Berlin / To: Munich" is no header block: one needs a sender line and a date or subject line.
Rule 4: everything is found line by line with bounded patterns; no pattern spans the text.
"""

from __future__ import annotations

import re

from agent.core.values import Body

MOST_LINES = 4_000
LONGEST_LINE = 4_000

FROM_WORDS = "from|von|de|da|van|od|från|fra|lähettäjä|kimden|expéditeur|remitente|mittente|afzender|от|发件人|寄件者|差出人|보낸 사람"
SENT_WORDS = (
    "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviada em|fecha|data|inviato|verzonden|skickat|dato|sendt|wysłano|lähetetty|"
    "päivämäärä|gönderildi|tarih|отправлено|дата|发送时间|日期|送信日時|날짜|odesláno|küldve|trimis"
)
ABOUT_WORDS = "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|aihe|konu|тема|主题|主旨|件名|제목|předmět|tárgy|subiect"
FROM_LINE = re.compile(rf"^\W{{0,4}}(?:{FROM_WORDS})\s{{0,2}}\W{{0,2}}[:：]\W{{0,3}}\s{{0,4}}\S", re.I)
SENT_LINE = re.compile(rf"^\W{{0,4}}(?:{SENT_WORDS})\s{{0,2}}\W{{0,2}}[:：]", re.I)
ABOUT_LINE = re.compile(rf"^\W{{0,4}}(?:{ABOUT_WORDS})\s{{0,2}}\W{{0,2}}[:：]", re.I)

WROTE = re.compile(
    r"\b(wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|scrisse|schreef|skrev|napisał|napisała|pisze|napsal|kirjoitti|yazdı|írta|написал|a scris)\b|写道|のメール|님이 작성",
    re.I,
)
HAS_MOMENT = re.compile(r"\d{1,2}[:.h]\d{2}|\b(19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
DIVIDER = re.compile(
    r"^\s*(-{2,}|_{2,}|\*{2,}|={2,})\s*(original message|original-nachricht|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original|"
    r"messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|original meddelelse|wiadomość oryginalna|původní zpráva)\s*(-{2,}|_{2,}|\*{2,}|={2,})\s*$",
    re.I,
)
FORWARDED = re.compile(
    r"^\s*(-{2,}|_{2,}|={2,})?\s*(begin forwarded message|forwarded message|forwarded by|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|"
    r"mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|przekazana wiadomość)\b.{0,60}$",
    re.I,
)
RULE = re.compile(r"^\s*[_\-=*]{10,}\s*$")
QUOTE = re.compile(r"^\s{0,3}[A-Z]{0,4}>")  # "AB> " with the initials of who is quoted

PHONE = re.compile(
    r"^\W{0,3}(sent (from|via|with|using) (my |the )?\w|envoyé (de|depuis) (mon|ma|mes|l)|von meinem? \w+ gesendet|gesendet (von|mit)|enviado (desde|do|a partir do|de) (mi|meu|el)|"
    r"inviato da\b|verstuurd vanaf|verzonden (vanaf|met|van)|skickat från|sendt fra|wysłane z|wysłano z|lähetetty|odesláno z|απεστάλη|отправлено с|"
    r"get outlook for|download outlook|outlook (für|pour|para) |sent by .{0,20}phone|typed (on|with) (my )?|pardon (the )?(typos|brevity)|excuse (the )?(typos|brevity))",
    re.I,
)
LEGAL = re.compile(
    r"\b(confidential(ity)?( notice)?|intended (only |solely |exclusively )?for|(this|the information (contained )?in this) (e-?mail|message|electronic message|communication)|privileged|"
    r"if you (have )?(received|are not the)|avant d'imprimer|before printing|consider the environment|think before you print|disclaimer|vertraulich|diese e-?mail|ce message|"
    r"este (mensaje|correo|e-?mail)|questo messaggio|dit bericht|amtsgericht|geschäftsführ|handelsregister|registered (office|in england)|company (no|number|reg)|vat (no|reg)|"
    r"unsubscribe|view (this|it) (e-?mail )?in (your )?browser|mailing list|viruses?)\b",
    re.I,
)
SIGN_OFF = re.compile(
    r"^\W{0,3}((with |many |my |very |all (the |my )?|kind(est)?( |$)|warm(est)?( |$)|best( |$)|sincere(st)?( |$)|fond(est)?( |$)|friendly |respectfully|most )*"
    r"(regards?|wishes|greetings?|thanks( again| so much| a million| in advance)?|thank you( again| so much| very much)?|sincerely( yours)?|yours( truly| sincerely| faithfully| ever| respectfully| etc)?|"
    r"respectfully( yours)?|best|cheers|rgds|regs|kr|br|bw|cordially|cordialement|warmly|kindly|faithfully|truly|ciao|salut|love|xx?|tc|take care|all the best|ta|thx|tks|talk soon|speak soon|see you( soon| then)?|"
    r"mit freundlichen grüßen|mit besten grüßen|viele grüße|beste grüße|liebe grüße|herzliche grüße|freundliche grüsse|mfg|vg|lg|bien à vous|bien cordialement|bises|amitiés|salutations|"
    r"saludos( cordiales)?|un saludo|un abrazo|abrazos?|abraços?|atenciosamente|atentamente|att\.?|cumprimentos|cordiali saluti|distinti saluti|un caro saluto|saluti|met vriendelijke groet(en)?|groet(en|jes)?|"
    r"hälsningar|vänliga hälsningar|med vänlig hälsning|mvh|ha det( gott)?|hilsen|med vennlig hilsen|venlig hilsen|mvh\.?|pozdrawiam|z poważaniem|s pozdravem|terveisin|ystävällisin terveisin|"
    r"slán|le meas|le gach dea-ghuí|is mise|ngā mihi|nga mihi|mauri ora|kia ora|mahalo|aloha|shalom|namaste|asante( sana)?|sawubona|ngiyabonga|salamat( po)?|cofion( gorau| cynnes)?|hwyl( fawr)?|pob hwyl|groete|baie dankie|lijep pozdrav|srdačan pozdrav|lep pozdrav|üdvözlettel|saygılarımla|lugupidamisega|yours in \w+))"
    r"( from \w+)?[\s,.!:;–—~*🙂😊🌿☀️-]*$",
    re.I,
)


def split(text: str, *, flowed: bool = False, from_html: bool = False, writer: str = "") -> Body:
    """`text` as decoded; `flowed`: RFC 3676 format=flowed; `writer`: the sender's display name, to find where they sign."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\ufeff", "")
    lines = [line[:LONGEST_LINE].rstrip("\n") for line in text.split("\n")[:MOST_LINES]]
    if flowed:
        lines = unflowed(lines)
    lines = [line.rstrip() for line in lines]
    lines, forwarded = without_forwarded(lines)
    own, quoted = without_quotes(lines)
    own, signature = without_signature(own, writer)
    return Body(joined(own), joined(signature), joined(quoted), joined(forwarded), from_html)


def joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


def unflowed(lines: list[str]) -> list[str]:
    """RFC 3676 §4: a line that ends in a space goes on in the next one of the same quote depth; "-- " is a signature."""
    out: list[str] = []
    open_line = False
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        if open_line and depth == 0 and line != "-- ":
            out[-1] += line.removeprefix(" ")
        else:
            out.append(line)
        open_line = depth == 0 and line.endswith(" ") and line != "-- "
    return out


def without_forwarded(lines: list[str]) -> tuple[list[str], list[str]]:
    for at, line in enumerate(lines):
        if len(line) < 120 and not QUOTE.match(line) and FORWARDED.match(line) and header_block(lines, at + 1, 4):
            return lines[:at], lines[at:]
    return lines, []


def header_block(lines: list[str], start: int, within: int) -> int | None:
    """The line at which a block of quoted headers begins, at most `within` lines from `start`; None if there is none."""
    for at in range(start, min(start + within, len(lines))):
        if not FROM_LINE.match(unmarked(lines[at])):
            continue
        following = [unmarked(line) for line in lines[at + 1 : at + 8]]
        dated = any(SENT_LINE.match(line) and HAS_MOMENT.search(line) for line in following)
        named = any(ABOUT_LINE.match(line) for line in following)
        mailed = "@" in lines[at]
        if dated and (named or mailed) or named and mailed:
            return at
    return None


def unmarked(line: str) -> str:
    return line.lstrip("> *").replace("*", "")


def without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut at the first divider or header block; drop '>' lines and the attribution above them, keep what stands between."""
    cut = len(lines)
    for at, line in enumerate(lines):
        if DIVIDER.match(line) or (
            not QUOTE.match(line) and FROM_LINE.match(line) and header_block(lines, at, 1) is not None
        ):
            cut = at
            break
    while cut > 0 and cut < len(lines) and (RULE.match(lines[cut - 1]) or not lines[cut - 1].strip()):
        cut -= 1
    body, quoted_tail = lines[:cut], lines[cut:]
    dropped = attributions(body)
    own: list[str] = []
    quoted: list[str] = []
    for at, line in enumerate(body):
        if QUOTE.match(line) or at in dropped:
            quoted.append(line)
        else:
            own.append(line)
    return own, quoted + quoted_tail


def attributions(lines: list[str]) -> set[int]:
    """The numbers of lines like "On Tue, 3 Feb 2026 at 10:12, Dana <…> wrote:", in any language, one to three lines long."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if QUOTE.match(line) or not line.strip():
            continue
        ends = line.rstrip().endswith((":", "：")) or WROTE.search(line[-40:])
        if not ends:
            continue
        quote_follows = next_quoted(lines, at + 1)
        start = at
        said = line
        # the line may have been wrapped: take up to two lines above while the moment or the verb is still missing
        while (
            start > 0
            and at - start < 2
            and lines[start - 1].strip()
            and not (HAS_MOMENT.search(said) and ("<" in said or WROTE.search(said)))
        ):
            start -= 1
            said = f"{lines[start]} {said}"
        whole = len(said) < 400 and HAS_MOMENT.search(said)
        if whole and (
            quote_follows and ("@" in said or WROTE.search(said)) or WROTE.search(said[-60:]) and "@" in said
        ):
            found.update(range(start, at + 1))
            if not quote_follows:  # some clients attribute and then quote without marks: nothing below is own
                found.update(range(at + 1, len(lines)))
                break
    return found


def next_quoted(lines: list[str], at: int) -> bool:
    for line in lines[at : at + 4]:
        if line.strip():
            return bool(QUOTE.match(line))
    return False


def without_signature(lines: list[str], writer: str) -> tuple[list[str], list[str]]:
    """Own lines -> (what was said, signature and footers)."""
    lines = lines[:]
    while lines and not lines[-1].strip():
        lines.pop()
    for at, line in enumerate(lines):
        if line in ("--", "-- ", "---", "—", "___", "----", "__") and at > 0 and len(lines) - at <= 16:
            return sign_off(lines[:at], lines[at + 1 :], writer)
    tail: list[str] = []
    while lines and (PHONE.match(lines[-1]) or not lines[-1].strip() or RULE.match(lines[-1])):
        tail.insert(0, lines.pop())
    lines, legal = without_legal(lines)
    return sign_off(lines, legal + tail, writer)


def without_legal(lines: list[str]) -> tuple[list[str], list[str]]:
    """Trailing paragraphs of small print."""
    cut = len(lines)
    while True:
        start = cut
        while start > 0 and lines[start - 1].strip():
            start -= 1
        paragraph = " ".join(lines[start:cut])
        if (
            start > 0
            and paragraph
            and (len(LEGAL.findall(paragraph)) >= 2 or LEGAL.match(paragraph) or RULE.match(lines[start]))
        ):
            cut = start
            while cut > 0 and not lines[cut - 1].strip():
                cut -= 1
            continue
        return lines[:cut], lines[cut:]


def sign_off(lines: list[str], below: list[str], writer: str) -> tuple[list[str], list[str]]:
    """Cut where the writer takes leave ("Kind regards") or signs with their own name, within the last lines."""
    while lines and not lines[-1].strip():
        lines.pop()
    first = max(1, len(lines) - 14)
    for at in range(len(lines) - 1, first - 1, -1):
        line = lines[at].strip()
        if len(line) <= 60 and SIGN_OFF.match(line) and short_below(lines, at + 1):
            return lines[:at], lines[at:] + below
    for at in range(first, len(lines)):
        if (
            signs(lines[at].strip(), writer)
            and short_below(lines, at + 1)
            and (at + 1 == len(lines) or not ends_mid_sentence(lines, at))
        ):
            return lines[:at], lines[at:] + below
    return lines, below


def short_below(lines: list[str], at: int) -> bool:
    """Nothing but the short lines of a signature follows."""
    rest = [line.strip() for line in lines[at:] if line.strip()]
    return len(rest) <= 9 and all(len(line) <= 110 for line in rest) and not any(line.endswith("?") for line in rest)


def ends_mid_sentence(lines: list[str], at: int) -> bool:
    above = lines[at - 1].rstrip() if at else ""
    wrapped = len(above) > 55 and above[-1:].isalnum() and lines[at].rstrip().endswith(".")  # "… I am / Urs."
    return wrapped or bool(above) and above[-1] in ",;" and len(above) > 40


def signs(line: str, writer: str) -> bool:
    """Is this line nothing but the writer's name, given name or initials ("Dana", "S.", "M. E.", "/A", "– Bo")?"""
    bare = line.strip(" -–—/,.*~!:)(😊🙂🌿✌️👋xX").strip()
    if not bare or len(line) > 60:
        return False
    names = [n for n in re.split(r"[\s,.\"'()]+", writer) if n]
    words = re.split(r"[\s,./()]+", bare)
    if not names or len(words) > 6:
        return False
    lower = {n.lower() for n in names}
    if len(names) > 1 and re.match(rf"{re.escape(writer.lower())}\s*(?:$|[|,–•(/-])", bare.lower()):
        return True  # "Joanne Sinclair | Principal Consultant"
    if len(names) > 1 and bare.startswith(f"{writer} ") and LETTERS_BEHIND.fullmatch(bare, len(writer)):
        return True  # "Sinéad Hanratty MSCSI"
    if len(words) == 1 and len(bare) > 1 and bare[0].isupper() and any(short_of(bare.lower(), n) for n in lower):
        return True
    initials = "".join(n[0] for n in names).lower()
    squeezed = re.sub(r"[\W_]", "", bare).lower()
    if all(w.lower() in lower or (len(w) == 1 and w.lower() in initials) or w.lower() in TITLES for w in words if w):
        return bare[0].isupper() or line[0] in "-–—/~" or len(words) <= 2
    return 1 < len(squeezed) <= 4 and bare.isupper() and set(squeezed) <= set(initials)


LETTERS_BEHIND = re.compile(
    r"(?:,? \(?(?:PhD|[A-Z][a-z]?[A-Z]{1,5}[a-z]?)\)?(?: \(Hons\))?){1,5}"
)  # degrees and offices


def short_of(word: str, name: str) -> bool:
    """Is the word a short form of the name ("Jo" of Joanne, "Abby" of Abigail)?"""
    return name.startswith(word) or len(word) <= 6 and word.endswith(("y", "ie", "i")) and name[:3] == word[:3]


TITLES = frozenset(
    "col capt gen lt maj retd rtd rev hon eng sr jr dr prof mr mrs ms miss mx ing dipl phd md she her he him they them".split()
)
