"""Only what the sender wrote now is read: no quoted history, no forwarded block, no signature, no footer (issue 3, section 1).

A rejection or a date in a quote is never read as new; each client quotes in its own way and language.
"""

from __future__ import annotations

import pytest

from agent.core.decode.hypertext import to_text
from agent.core.read.reading import Act
from tests.read.mail import message, reading

OWN = "Thank you, that is very kind of you."
OLD = "Unfortunately we have decided not to offer you the position. We will write again by 20 March."

QUOTES = {
    "gmail": f"On Tue, 3 Mar 2026 at 09:11, Ann Example <ann@post.example> wrote:\n\n> {OLD}\n",
    "gmail, German": f"Am Di., 3. März 2026 um 09:11 Uhr schrieb Ann Example <\nann@post.example>:\n\n> {OLD}\n",
    "gmail, French": f"Le mar. 3 mars 2026 à 09:11, Ann Example <ann@post.example> a écrit :\n\n> {OLD}\n",
    "gmail, Spanish": f"El mar, 3 mar 2026 a las 9:11, Ann Example (<ann@post.example>) escribió:\n\n> {OLD}\n",
    "gmail, Swedish": f"Den tis 3 mars 2026 kl 09:11 skrev Ann Example <ann@post.example>:\n\n> {OLD}\n",
    "apple": f"> On 3 Mar 2026, at 09:11, Ann Example <ann@post.example> wrote:\n> \n> {OLD}\n",
    "thunderbird": f"Am 03.03.26 um 09:11 schrieb Ann Example:\n> {OLD}\n",
    "outlook": f"From: Ann Example <ann@post.example>\nSent: 03 March 2026 09:11\nTo: Bo Boss\nSubject: RE: Tester\n\n{OLD}\n",
    "outlook, with a rule": "________________________________\nFrom: Ann Example <ann@post.example>\nSent: Tuesday, March 3, 2026 "
    f"9:11 AM\nTo: Bo Boss <bo@firm.example>\nSubject: RE: Tester\n\n{OLD}\n",
    "outlook, German": f"Von: Ann Example <ann@post.example>\nGesendet: Dienstag, 3. März 2026 09:11\nAn: Bo Boss\nBetreff: AW: Tester\n\n{OLD}\n",
    "outlook, French": f"De : Ann Example <ann@post.example>\nEnvoyé : mardi 3 mars 2026 09:11\nÀ : Bo Boss\nObjet : RE: Tester\n\n{OLD}\n",
    "outlook, Spanish": f"De: Ann Example <ann@post.example>\nEnviado el: martes, 3 de marzo de 2026 9:11\nPara: Bo Boss\nAsunto: RE: Tester\n\n{OLD}\n",
    "outlook, Portuguese": f"De: Ann Example <ann@post.example>\nEnviada em: terça-feira, 3 de março de 2026 09:11\nPara: Bo\nAssunto: RE: Tester\n\n{OLD}\n",
    "outlook, Italian": f"Da: Ann Example <ann@post.example>\nInviato: martedì 3 marzo 2026 09:11\nA: Bo Boss\nOggetto: R: Tester\n\n{OLD}\n",
    "outlook, Dutch": f"Van: Ann Example <ann@post.example>\nVerzonden: dinsdag 3 maart 2026 09:11\nAan: Bo Boss\nOnderwerp: RE: Tester\n\n{OLD}\n",
    "outlook, Swedish": f"Från: Ann Example <ann@post.example>\nSkickat: den 3 mars 2026 09:11\nTill: Bo Boss\nÄmne: SV: Tester\n\n{OLD}\n",
    "outlook, Polish": f"Od: Ann Example <ann@post.example>\nWysłano: wtorek, 3 marca 2026 09:11\nDo: Bo Boss\nTemat: RE: Tester\n\n{OLD}\n",
    "original message": f"-----Original Message-----\nFrom: Ann Example\nSent: Tuesday, March 3, 2026 9:11 AM\nTo: Bo Boss\nSubject: RE: Tester\n\n{OLD}\n",
    "quote marks only": f"> {OLD}\n",
    "with initials": f"BB> {OLD}\nBB> Kind regards\n",
    "quoted twice": f"On Tue, 3 Mar 2026 at 09:11, Ann wrote:\n\n> Hello\n>> {OLD}\n",
}


@pytest.mark.parametrize("quoted", [pytest.param(text, id=name) for name, text in QUOTES.items()])
def test_what_was_quoted_is_not_read(quoted: str) -> None:
    """LESSONS: a rejection in a quote is not new."""
    found = message(f"Dear Ann,\n\n{OWN}\n\nBo\n\n{quoted}")
    assert OWN in found.body.own
    assert "position" not in found.body.own
    understood = reading(f"Dear Ann,\n\n{OWN}\n\nBo\n\n{quoted}")
    assert understood.score(Act.REJECT) < 3
    assert understood.promise is None
    assert not understood.slots


@pytest.mark.parametrize(
    "quoted", [pytest.param(QUOTES[name], id=name) for name in ("gmail", "apple", "outlook", "outlook, German")]
)
def test_what_stands_above_the_quote_is_read(quoted: str) -> None:
    """The same words are a rejection where the writer wrote them."""
    assert reading(f"Dear Ann,\n\n{OLD}\n\nBo\n\n{quoted}").score(Act.REJECT) >= 5


def test_answers_between_quoted_lines_are_own_words() -> None:
    text = "On Tue, 3 Mar 2026 at 09:11, Ann wrote:\n\n> Is Thursday at 10 still possible?\n\nYes, Thursday at 10 is fine.\n\n> And who will be there?\n\nOnly me.\n"
    own = message(text).body.own
    assert "Yes, Thursday at 10 is fine." in own
    assert "Only me." in own
    assert "still possible" not in own


def test_places_in_the_form_of_a_header_block_are_own_words() -> None:
    """Rule 3 of `own`: "From: Berlin / To: Munich" is no header block."""
    own = message("Your ticket for the interview day:\n\nFrom: Berlin\nTo: Munich\n\nSee you on Thursday.").body.own
    assert "Munich" in own
    assert "Thursday" in own


FOOTERS = {
    "delimiter": "-- \nBo Boss\nHead of Tests\nFirm Ltd, 1 High Street\n+44 20 7946 0000",
    "legal": "Bo\n\nThis e-mail is confidential and intended solely for the person addressed. If you have received it in error, please delete it.",
    "phone": "Bo\n\nSent from my iPhone",
    "phone, German": "Bo\n\nVon meinem iPhone gesendet",
}


@pytest.mark.parametrize("footer", [pytest.param(text, id=name) for name, text in FOOTERS.items()])
def test_signatures_and_legal_footers_are_kept_apart(footer: str) -> None:
    own = message(f"Dear Ann,\n\n{OWN}\n\nKind regards\n{footer}\n").body.own
    assert OWN in own
    for word in ("High Street", "confidential", "iPhone", "7946"):
        assert word not in own


def test_a_forwarded_message_is_kept_apart_from_the_own_words() -> None:
    text = (
        "Ann, see below.\n\n---------- Forwarded message ---------\nFrom: Cy Chief <cy@firm.example>\n"
        f"Date: Tue, 3 Mar 2026 at 09:11\nSubject: Tester\nTo: Bo Boss <bo@firm.example>\n\n{OLD}\n"
    )
    body = message(text).body
    assert "position" not in body.own
    assert "position" in body.forwarded


def test_html_is_read_without_preheader_script_and_quote() -> None:
    """A tracking system's hidden first line is nobody's word."""
    html = (
        "<html><head><style>p{color:red}</style><script>var hired = 1</script></head><body>"
        '<div style="display:none">You are hired! Open to see more</div><p>Dear Ann,</p><p>Thank you, that is very kind of you.</p>'
        f'<blockquote class="gmail_quote"><p>{OLD}</p></blockquote></body></html>'
    )
    from email.message import EmailMessage

    from agent.core.decode.message import decode
    from tests.read.mail import BO, ME, OWNER

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BO, ME, "Tester"
    mail["Date"], mail["Message-ID"] = "Wed, 04 Mar 2026 10:12:41 +0000", "<only-html@firm.example>"
    mail.set_content(html, subtype="html")
    own = decode(mail.as_bytes(), OWNER.addresses).body.own
    assert OWN in own
    for word in ("hired", "color", "position"):
        assert word not in own


@pytest.mark.parametrize(
    "noise",
    [
        "<?tr ?>",
        '<?xml:namespace prefix = "o" ns = "urn:schemas-microsoft-com:office:office" />',
        "<!-- x -->",
        "<!doctype html>",
    ],
)
def test_what_is_no_element_of_html_is_passed_over(noise: str) -> None:
    """Processing instructions, comments and doctypes in the middle of a body, as old clients and damage leave them."""
    assert to_text(f"<html><body><p>before</p>{noise}<p>behind</p></body></html>").split() == ["before", "behind"]
