"""Address -> the provider's servers, and what it wants to be told as password. A table; DNS for whoever is not in it.

Taken from the providers' own help pages in November 2026; docs/providers.md says the same in more words.
"""

from __future__ import annotations

from dataclasses import dataclass

BRIDGE = "Proton Mail needs its Bridge running on this machine: use the password that the Bridge shows, and export its certificate for ca_file."


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`advice` is one sentence on the password. `refuses`: no password is taken from a program like this one."""

    name: str
    imap: Server
    smtp: Server
    advice: str = ""
    refuses: str = ""


def of(name: str, imap: str, smtp: str, advice: str = "", refuses: str = "", smtp_port: int = 465) -> Provider:
    outgoing = Server(smtp, smtp_port, "tls" if smtp_port == 465 else "starttls")
    return Provider(name, Server(imap, 993, "tls"), outgoing, advice, refuses)


APP = "Make an app password, and use that instead of your own: "
GOOGLE = of("Google", "imap.gmail.com", "smtp.gmail.com", APP + "https://myaccount.google.com/apppasswords")
MICROSOFT = of(
    "Microsoft", "outlook.office365.com", "smtp.office365.com", smtp_port=587,
    refuses="Microsoft lets programs in by OAuth2 alone, which this version of Afterword cannot do",
)  # fmt: skip
FASTMAIL = of(
    "Fastmail", "imap.fastmail.com", "smtp.fastmail.com", APP + "Settings, Privacy & Security, app passwords."
)
ICLOUD = of(
    "iCloud", "imap.mail.me.com", "smtp.mail.me.com", APP + "https://account.apple.com, Sign-In and Security.", "", 587
)
YAHOO = of(
    "Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", APP + "Account Security, Generate and manage app passwords."
)
AOL = of("AOL", "imap.aol.com", "smtp.aol.com", APP + "Account Security, Generate and manage app passwords.")
ALLOW = "Allow IMAP first, in the settings of its web mail; with two-step login make an app password there."
PROTON = Provider("Proton Mail", Server("127.0.0.1", 1143, "starttls"), Server("127.0.0.1", 1025, "starttls"), BRIDGE)

BY_DOMAIN: dict[str, Provider] = {
    domain: provider
    for domains, provider in (
        ("gmail.com googlemail.com", GOOGLE),
        ("outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr live.com live.co.uk msn.com", MICROSOFT),
        ("icloud.com me.com mac.com", ICLOUD),
        (
            "yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.in yahoo.co.in yahoo.com.br"
            " yahoo.com.au ymail.com rocketmail.com",
            YAHOO,
        ),
        ("aol.com", AOL),
        ("fastmail.com fastmail.fm", FASTMAIL),
        ("gmx.de gmx.net gmx.at gmx.ch", of("GMX", "imap.gmx.net", "mail.gmx.net", ALLOW)),
        ("gmx.com gmx.co.uk gmx.us", of("GMX", "imap.gmx.com", "mail.gmx.com", ALLOW)),
        ("web.de", of("WEB.DE", "imap.web.de", "smtp.web.de", ALLOW, "", 587)),
        ("mailbox.org", of("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org")),
        ("posteo.de posteo.net", of("Posteo", "posteo.de", "posteo.de")),
        ("proton.me protonmail.com pm.me", PROTON),
    )
    for domain in domains.split()
}
# Own domains whose mail one of them keeps, by the end of the mail exchanger's name.
BY_EXCHANGER = {
    ".google.com": GOOGLE,
    ".googlemail.com": GOOGLE,
    ".mail.protection.outlook.com": MICROSOFT,
    ".messagingengine.com": FASTMAIL,
    ".mail.icloud.com": ICLOUD,
}


def provider_of(domain: str) -> Provider | None:
    """By the domain itself, its SRV records (RFC 6186), or who takes its mail; None where nothing is known."""
    from agent.shell.whereabouts import exchangers, service

    if domain in BY_DOMAIN:
        return BY_DOMAIN[domain]
    host = next(iter(exchangers(domain)), "")
    hosted = next((provider for end, provider in BY_EXCHANGER.items() if f".{host}".endswith(end)), None)
    if hosted is not None:
        return hosted
    incoming = service(domain, "_imaps._tcp")
    if incoming is None:
        return None
    outgoing = service(domain, "_submissions._tcp")  # RFC 8314 §3.3
    later = None if outgoing else service(domain, "_submission._tcp")
    smtp = (
        Server(outgoing.host, outgoing.port, "tls")
        if outgoing
        else Server(later.host, later.port, "starttls")
        if later
        else None
    )
    return Provider(domain, Server(incoming.host, incoming.port, "tls"), smtp or Server(incoming.host, 465, "tls"))
