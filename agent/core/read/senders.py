"""Who writes: a person, a tracking system, a scheduler, a bulk sender or a mail server (P6, P20)."""

from __future__ import annotations

import re

from agent.core.read import manner
from agent.core.read.displays import tenant
from agent.core.read.fitting import SUFFIXES
from agent.core.read.letters import small
from agent.core.read.reading import SenderKind
from agent.core.values import Address, Message

NO_REPLY = re.compile(
    r"^(?:no-?_?\.?repl(?:y|ies)|do-?_?\.?not-?_?\.?reply|donotreply|noanswer|no-?response|ne-?pas-?repondre|nepasrepondre|no-?responder|nicht-?antworten|nao-?responda|noresponda|ei-?vastauksia|ala-?vastaa|svara-?(?:ej|inte)|ikke-?svar|nie-?odpowiadaj|neodpovidat|nu-?raspunde|nincs-?valasz|yanitlamayin|niet-?(?:antwoorden|beantwoorden)|geen-?antwoord|avisos?|notificaciones|notificacoes|notificações|notificazioni|benachrichtigung(?:en)?|mitteilung(?:en)?|notifications?|notify|notifier|alerts?|mailer|automated|automatic|auto|system|bounces?|"
    r"mailer-daemon|postmaster|updates?|news|newsletters?|digest|invitations?|reminders?|calendar-notification|confirmations?|messages?|robot|bot|schedul(?:ing|er)|surveys?|service-?desk|ticket(?:s|ing)?|workflow)(?:[-_.+\d].*)?$|(?:^|[-_.+])(?:no-?reply|notifications?|alerts)(?:$|[-_.+])|noreply",
    re.I,
)
SYSTEM_DOMAIN = re.compile(
    r"(?:^|\.)(?:greenhouse|lever|ashbyhq|workable|smartrecruiters|myworkday|workday|icims|taleo|jobvite|bamboohr|personio|recruitee|teamtailor|breezy|successfactors|avature|jazzhr|rippling|pinpointhq|softgarden|applytojob|hire)\b",
    re.I,
)
# Of a domain in small letters.
SCHEDULER = re.compile(
    r"calendly|calslot|cal\.com|doodle|goodtime|modernloop|youcanbookme|savvycal|acuity|scheduler|scheduling|bookings?|appointments?|slot",
)
DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mda?emon)", re.I)
# Of a text in small letters.
UNREAD = re.compile(
    r"(?:this (?:mailbox|inbox|address|e-?mail address|account) is(?: not|n['’]t) (?:monitored|watched|read|attended|checked)|repl(?:y|ies) to this (?:address|message|e-?mail|mail) (?:are|is|will) not|do not reply|don['’]t reply|not (?:reply to|answer) this|unmonitored|"
    r"(?:cannot|(?:does|do|can|will)(?: not|n['’]t)) (?:receive|accept|take) (?:incoming |any )?(?:repl|messages|e-?mails?\b|mail\b)|repl(?:y|ies)[^.;!?]{1,30} undeliverable|automated (?:message|e-?mail|mail|notification)|automatically generated|system[- ]generated|auto-generated|sent (?:automatically|by .{1,40} on behalf of)|powered by|mensaje (?:autom[aá]tico|generado)|(?:por favor,? )?no respond(?:er\b|a (?:a )?este)|message automatique|(?:ne pas|n['’]y) r[eé]pond(?:re|ez)|automatisch (?:generiert|erstellt|verschickt|versandt|verzonden|gegenereerd)|nicht auf diese (?:e-?mail|nachricht)|automatisch bericht|messaggio automatico|non rispond(?:ere|ete)|mensagem autom[aá]tica|n[aã]o respond(?:a|er)|wygenerowan[aoy]|automatiskt (?:meddelande|genererat)|autom?atisk (?:besked|melding)|viestiin ei voi vastata|älä vastaa tähän|ne válaszol|svara inte på|inte besvaras|ikke besvares|ikke svar|nie odpowiada|neodpovíde|nu r[aă]spunde|yanitlamay|niet (?:te )?(?:be)?antwoord|nobody reads|replies (?:are|go) (?:not read|nowhere|unread)|not read by)",
)
LIST_PRECEDENCE = frozenset(("bulk", "list", "junk"))


def kind_of(message: Message) -> SenderKind:
    sender = message.sender
    if DAEMON.match(sender.local) or message.report:
        return SenderKind.DAEMON
    if message.list_id or message.precedence in LIST_PRECEDENCE and message.unsubscribable:
        return SenderKind.BULK
    no_reply = (
        NO_REPLY.search(sender.local) or "reply" in sender.domain and NO_REPLY.search(sender.domain.partition(".")[0])
    )
    if (message.events or no_reply) and SCHEDULER.search(small(sender.domain)):
        return SenderKind.SCHEDULER
    if no_reply or SYSTEM_DOMAIN.search(sender.domain):
        return SenderKind.BULK if message.unsubscribable else SenderKind.SYSTEM
    if tenant(message) and not manner.signature_name(message):
        return SenderKind.SYSTEM
    if machine_speaks(f"{message.body.own[-1500:]}\n{message.body.signature[-800:]}") and not by_name(sender):
        return SenderKind.SYSTEM
    if message.unsubscribable or message.precedence in LIST_PRECEDENCE and not message.auto_response:
        return SenderKind.BULK if not by_name(sender) else SenderKind.HUMAN
    return SenderKind.HUMAN


HINTS = (
    "repl",
    "monitor",
    "generated",
    "powered",
    "nobody",
    "unread",
    "not read",
    "not watched",
    "not attended",
    "not checked",
    "autom",
    "respond",
    "répond",
    "rispond",
    "wygenerowan",
    "vasta",
    "válasz",
    "svar",
    "odpow",
    "odpov",
    "raspund",
    "răspund",
    "yan",
    "antwoord",
    "nicht auf",
)


def machine_speaks(text: str) -> bool:
    """Does a footer say that a machine wrote this, or that nobody reads answers?"""
    lower = text.lower()
    return any(map(lower.__contains__, HINTS)) and bool(UNREAD.search(small(text)))


OF_A_TEAM = frozenset(
    "careers career jobs recruiting recruitment recruiter team talent hr people hiring applications".split()
)


def by_name(sender: Address) -> bool:
    """Is the address called after the person that the display name shows ("Dana Whitlock", dana.whitlock@…)?"""
    words = [w for w in re.split(r"[\W_]+", sender.name.lower()) if len(w) > 1]
    if not OF_A_TEAM.isdisjoint(words):
        return False
    local = re.sub(r"[\W_\d]", "", sender.local.lower())
    if words[1:] and words[-1] in SUFFIXES and words[-1] not in local:
        return False  # "Orrin Insurance Group" <orrin@…> is a house
    return any(w in local for w in words)


def automatic(message: Message, kind: SenderKind) -> bool:
    """P20: mail that nobody wrote for this occasion. Calendar invitations of a person go out by machine but count as what they say."""
    if message.auto_submitted not in ("", "no"):
        return True
    if (
        message.auto_response
        or message.report
        or message.precedence in ("auto_reply", "auto-reply", *LIST_PRECEDENCE)
        or message.list_id
    ):
        return True
    return kind is not SenderKind.HUMAN


# Of a subject in small letters.
BY_ITSELF = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|answer|notice|message)|out of (?:the )?office|ooo\b|abwesenheit|automatische antwort|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|autosvar|automatiskt svar|autoreply|absence|absent|away|[^:]{2,50}: (?:i am |i'm )?(?:not in|out of|away from) (?:the )?office)"
)


LONGEST_NOTICE = 500  # characters
SENT_BY_ITSELF = re.compile(
    r"\b(?:this|the)(?: (?:notice|message|mail|e-?mail|reply|answer|note))? (?:is|was|goes(?: out)?|has been) (?:being )?(?:sent |generated |written )?(?:automatic|by itself|by (?:a|the) machine)",
    re.I,
)
AWAY = re.compile(
    r"\b(?:away|on (?:\w+ )?(?:leave|holiday|vacation)|out of (?:the )?office|not in the office|absent|see no mail|(?:be|am|is) back)\b",
    re.I,
)


def answers_by_itself(message: Message) -> bool:
    """Out-of-office and other automatic replies, told from notices by their headers and subject (RFC 3834)."""
    if message.auto_submitted.startswith("auto-replied") or message.auto_response:
        return not message.report
    own = message.body.own[:LONGEST_NOTICE]
    if SENT_BY_ITSELF.search(own) and AWAY.search(own) and not message.events:
        return True
    return bool(BY_ITSELF.match(message.subject.lower())) or (
        message.auto_submitted == "auto-generated" and message.in_reply_to != "" and not message.events
    )
