"""Folders: found by attribute and by name, made with the right separator below the right prefix, and read whatever they are called."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import FolderGone, Reach
from agent.shell.folders import NAMES, Role, layout, placed
from agent.shell.imap import Folder, Mailbox
from tests.servers import MailServer
from tests.servers.dovecot import Dovecot
from tests.servers.fake_imap import FakeImap
from tests.servers.scripted import Talk
from tests.shell.mailbox.conftest import WITH_SPECIAL_USE
from tests.shell.mailbox.letters import letter

APPROVED = "Afterword/Approved"


def folder(name: str, *attributes: str, separator: str = "/", prefix: str = "", foreign: bool = False) -> Folder:
    return Folder(name, frozenset(attributes), separator, prefix, foreign)


# ---------------------------------------------------------------------------------------------------------- discovery


def test_every_server_has_its_standard_folders_found(server: MailServer, mailbox: Mailbox) -> None:
    found = layout(mailbox.folders(), "INBOX", "", "", APPROVED)
    parts = (found.inbox, found.sent, found.drafts, found.trash, found.junk, found.archive)
    assert parts == ("INBOX", *(server.named(n) for n in ("Sent", "Drafts", "Trash", "Junk", "Archive")))


@pytest.mark.parametrize("server", WITH_SPECIAL_USE, indirect=True)
def test_special_use_attributes_are_read(server: MailServer, mailbox: Mailbox) -> None:
    """RFC 6154 §2."""
    attributes = {f.name: f.attributes for f in mailbox.folders()}
    for name in ("Drafts", "Sent", "Trash", "Junk", "Archive"):
        assert f"\\{name.lower()}" in attributes[name]


def test_an_attribute_wins_over_a_name_that_looks_right() -> None:
    """Outlook users who moved still have a "Sent" that nothing goes into."""
    there = [folder("INBOX"), folder("Sent"), folder("Gesendet", "\\sent"), folder("Drafts")]
    assert layout(there, "INBOX", "", "", APPROVED).sent == "Gesendet"


def test_what_the_owner_set_wins_over_everything() -> None:
    there = [folder("INBOX"), folder("Mine"), folder("Sent", "\\sent"), folder("Drafts", "\\drafts")]
    found = layout(there, "INBOX", "Mine", "", APPROVED)
    assert found.sent == "Mine"
    assert ("sent", "Mine (configured)") in found.how


@pytest.mark.parametrize(
    ("drafts", "sent", "trash"),
    [
        ("Drafts", "Sent Items", "Deleted Items"),
        ("Entwürfe", "Gesendete Elemente", "Papierkorb"),
        ("Brouillons", "Éléments envoyés", "Corbeille"),
        ("Borradores", "Elementos enviados", "Papelera"),
        ("Rascunhos", "Itens Enviados", "Lixeira"),
        ("Bozze", "Posta inviata", "Cestino"),
        ("Concepten", "Verzonden items", "Prullenbak"),
        ("Szkice", "Wysłane", "Kosz"),
        ("Utkast", "Skickat", "Papperskorgen"),
        ("Kladder", "Sendt post", "Papirkurv"),
        ("Luonnokset", "Lähetetyt", "Roskakori"),
        ("Koncepty", "Odeslaná pošta", "Koš"),
        ("Piszkozatok", "Elküldött elemek", "Törölt elemek"),
        ("Черновики", "Отправленные", "Корзина"),
        ("Чернетки", "Надіслані", "Кошик"),
        ("Taslaklar", "Gönderilmiş Öğeler", "Çöp Kutusu"),
        ("Πρόχειρα", "Απεσταλμένα", "Trash"),
        ("下書き", "送信済みアイテム", "ゴミ箱"),
        ("草稿箱", "已发送", "已删除"),
        ("임시보관함", "보낸편지함", "휴지통"),
        ("[Gmail]/Drafts", "[Gmail]/Sent Mail", "[Gmail]/Bin"),
        ("[Google Mail]/Drafts", "[Google Mail]/Sent Mail", "[Google Mail]/Trash"),
    ],
    ids=lambda name: str(name).encode("ascii", "ignore").decode() or None,
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("prefix", ["", "INBOX."])
def test_names_of_many_languages_are_known(drafts: str, sent: str, trash: str, form: str, prefix: str) -> None:
    """Without attributes; some clients write accents apart from their letters, some servers keep all below INBOX."""
    names = [prefix + unicodedata.normalize(form, n) for n in (drafts, sent, trash)]  # type: ignore[arg-type]
    there = [folder("INBOX"), *(folder(n, separator="." if prefix else "/") for n in names)]
    found = layout(there, "INBOX", "", "", APPROVED)
    assert [found.drafts, found.sent, found.trash] == names


def test_no_name_stands_for_two_parts() -> None:
    for one, two in combinations(NAMES, 2):
        assert not NAMES[one] & NAMES[two], (one, two)


def test_known_names_are_written_as_they_are_compared() -> None:
    for names in NAMES.values():
        assert names == {unicodedata.normalize("NFC", n).casefold() for n in names}


def test_the_shortest_of_several_known_names_is_taken() -> None:
    there = [folder("INBOX"), folder("Sent Items"), folder("Sent"), folder("Drafts")]
    assert layout(there, "INBOX", "", "", APPROVED).sent == "Sent"


@pytest.mark.parametrize("part", ["sent", "drafts"])
def test_a_part_that_is_not_found_says_how_to_name_it_and_what_is_there(part: str) -> None:
    there = [folder("INBOX"), folder("Post"), folder("Drafts" if part == "sent" else "Sent")]
    with pytest.raises(FolderGone) as raised:
        layout(there, "INBOX", "", "", APPROVED)
    assert f"[folders] {part}" in raised.value.hint
    assert "Post" in raised.value.hint
    assert raised.value.reach is Reach.FOLDER


def test_a_configured_folder_that_is_not_there_says_so() -> None:
    there = [folder("INBOX"), folder("Sent"), folder("Drafts")]
    with pytest.raises(FolderGone) as raised:
        layout(there, "INBOX", "Sent Mail", "", APPROVED)
    assert "Sent Mail" in raised.value.text


def test_a_folder_that_only_holds_others_is_no_part() -> None:
    there = [folder("INBOX"), folder("Sent", "\\noselect"), folder("Gesendet"), folder("Drafts")]
    found = layout(there, "INBOX", "", "", APPROVED)
    assert found.sent == "Gesendet"
    assert "Sent" not in found.searchable


def test_an_inbox_written_in_another_way_is_the_inbox() -> None:
    """RFC 3501 §5.1: INBOX in any case."""
    there = [folder("Inbox"), folder("Sent"), folder("Drafts")]
    assert layout(there, "INBOX", "", "", APPROVED).inbox == "Inbox"


# ------------------------------------------------------------------------------------------------- what is searched


def test_everything_is_searched_but_drafts_approved_and_trash() -> None:
    """I6: Junk, Archive and folders of the owner's included."""
    names = ("INBOX", "Sent", "Drafts", "Trash", "Junk", "Archive", "Jobs", "Jobs/Acme", "Afterword", APPROVED)
    found = layout([folder(n) for n in names], "INBOX", "", "", APPROVED)
    assert set(found.searchable) == {"INBOX", "Sent", "Junk", "Archive", "Jobs", "Jobs/Acme"}
    assert set(found.read_along) == {"Archive", "Jobs", "Jobs/Acme"}


def test_what_another_client_calls_trash_is_not_read_for_mail() -> None:
    """What the owner threw away there is thrown away."""
    names = ("INBOX", "Sent", "Drafts", "Trash", "Deleted Items", "Entwürfe", "Jobs")
    found = layout([folder(n) for n in names], "INBOX", "", "", APPROVED)
    assert found.others == ("Jobs",)


def test_with_gmail_all_mail_stands_for_its_views() -> None:
    parts = [("[Gmail]/All Mail", "\\all"), ("[Gmail]/Sent Mail", "\\sent"), ("[Gmail]/Drafts", "\\drafts")]
    there = [folder("INBOX"), *(folder(n, a) for n, a in parts), folder("[Gmail]/Starred"), folder("Jobs")]
    found = layout(there, "INBOX", "", "", APPROVED)
    assert found.read_along == ("[Gmail]/All Mail",)
    assert "[Gmail]/Starred" not in found.searchable


def test_folders_of_other_people_are_no_part_and_are_not_searched() -> None:
    """RFC 2342: a colleague's Sent is not ours, nor is a public archive."""
    there = [
        folder("INBOX", separator="."),
        folder("user.kim.Sent", "\\sent", separator=".", foreign=True),
        folder("Shared.Archive", "\\archive", separator=".", foreign=True),
        folder("INBOX.Sent", separator=".", prefix="INBOX."),
        folder("INBOX.Drafts", separator=".", prefix="INBOX."),
    ]
    found = layout(there, "INBOX", "", "", APPROVED)
    assert (found.sent, found.approved) == ("INBOX.Sent", "INBOX.Afterword.Approved")
    assert set(found.searchable) == {"INBOX", "INBOX.Sent"}


def test_a_shared_folder_is_used_where_the_owner_names_it() -> None:
    there = [folder("INBOX"), folder("Shared/Sent", foreign=True), folder("Drafts")]
    assert layout(there, "INBOX", "Shared/Sent", "", APPROVED).sent == "Shared/Sent"


# -------------------------------------------------------------------------------------------------------------- made


def test_the_folder_for_approved_drafts_can_be_made_and_used(server: MailServer, mailbox: Mailbox) -> None:
    """Its separator and its prefix are the server's; a second making does no harm."""
    name = layout(mailbox.folders(), "INBOX", "", "", APPROVED).approved
    assert name == server.named(APPROVED)
    with pytest.raises(FolderGone):
        mailbox.open(name)
    mailbox.create(name)
    mailbox.create(name)
    mailbox.append(name, letter(), ["\\Draft"])
    assert mailbox.open(name).exists == 1
    assert name in {f.name for f in mailbox.folders() if f.selectable}


def test_a_folder_that_cannot_be_made_is_told(fake: FakeImap) -> None:
    fake.fault("CREATE", "before", "no Permission denied")
    mailbox = Mailbox(fake.account)
    with pytest.raises(FolderGone):
        mailbox.create(APPROVED)
    mailbox.close()


@pytest.mark.parametrize(
    ("there", "name"),
    [
        ([folder("INBOX"), folder("Sent")], "Afterword/Approved"),
        ([folder("INBOX", separator="."), folder("Sent", separator=".")], "Afterword.Approved"),
        ([folder("INBOX", separator="."), folder("INBOX.Sent", separator=".")], "INBOX.Afterword.Approved"),
        ([folder("INBOX"), folder("mail/Sent", prefix="mail/")], "mail/Afterword/Approved"),
        ([folder("INBOX"), folder("Sent"), folder("INBOX/Old")], "Afterword/Approved"),
        ([folder("INBOX", separator="")], "Afterword/Approved"),
    ],
    ids=["root", "dots", "below INBOX", "namespace told", "both", "no hierarchy"],
)
def test_a_name_of_the_configuration_is_written_as_the_server_writes_it(there: list[Folder], name: str) -> None:
    assert placed(APPROVED, there) == name


def test_a_name_that_has_its_prefix_already_keeps_it() -> None:
    there = [folder("INBOX", separator="."), folder("INBOX.Sent", separator=".")]
    assert placed("INBOX.Waiting", there) == "INBOX.Waiting"


# ------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["Entwürfe", "下書き", "Tom & Jerry", "😀", "& – &", "2024", 'a "b" {5}'])
def test_a_folder_of_any_name_is_made_listed_filled_and_read(server: MailServer, mailbox: Mailbox, name: str) -> None:
    """Modified UTF-7 both ways (RFC 3501 §5.1.3)."""
    folder_name = server.named(name)
    mailbox.create(folder_name)
    assert folder_name in {f.name for f in mailbox.folders()}
    mailbox.append(folder_name, letter(), [])
    assert mailbox.open(folder_name).exists == 1


# Without a control character, and not what names mean something by: separators, wildcards, leading or trailing blanks.
letters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs"), exclude_characters="/%*~.\\")


@given(st.text(letters, min_size=1, max_size=12))
def test_any_name_comes_back_as_it_was_given(name: str) -> None:
    """Against the fake alone, whose names are compared as they are."""
    with FakeImap(folders=()) as fake:
        mailbox = Mailbox(fake.account)
        mailbox.create("x" + name)
        assert "x" + name in {f.name for f in mailbox.folders()}
        assert mailbox.open("x" + name).exists == 0
        mailbox.close()


def listing(*lines: str) -> Talk:
    return Talk().client("LIST*").server(*lines).ok()


def listed(talk: Talk) -> tuple[Folder, ...]:
    with talk:
        mailbox = Mailbox(talk.account)
        found = mailbox.folders()
        mailbox.close()
    return found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('* LIST () "/" 2024', "2024"),
        ('* LIST () "/" {6}\r\nBo"x"s', 'Bo"x"s'),
        ('* LIST () "/" "Bo\\"x\\\\s"', 'Bo"x\\s'),
        ("* LIST () NIL Alone", "Alone"),
        ('* LIST () "/" "&AOQ-&APY-"', "äö"),
        ('* LIST () "/" "&AOQ"', "ä"),
        ('* LIST () "/" "Entwürfe"', "Entwürfe"),
        ('* LIST () "/" "&broken"', "&broken"),
    ],
    ids=["number", "literal", "quoted", "no separator", "two shifts", "no end of shift", "raw UTF-8", "no UTF-7"],
)
def test_a_name_written_strangely_is_listed_and_hides_no_other(line: str, name: str) -> None:
    """One name that cannot be decoded must not make the agent blind (I9)."""
    found = listed(listing('* LIST (\\HasNoChildren) "/" INBOX', line, '* LIST (\\Sent) "/" Sent'))
    assert [f.name for f in found] == ["INBOX", name, "Sent"]


def test_a_strange_name_is_opened_as_the_server_wrote_it() -> None:
    """&AOQ-&APY- and &AOQA9g- are the same letters, and two names to a server that compares bytes."""
    talk = listing('* LIST () "/" "&AOQ-&APY-"').client('EXAMINE "&AOQ-&APY-"').server("* 0 EXISTS").ok("[READ-ONLY]")
    with talk:
        mailbox = Mailbox(talk.account)
        (found,) = mailbox.folders()
        assert mailbox.open(found.name).exists == 0
        mailbox.close()


# --------------------------------------------------------------------------------------------------------- namespaces


def test_namespaces_tell_whose_a_folder_is() -> None:
    """RFC 2342 §6, as Cyrus has it."""
    talk = Talk("NAMESPACE").client("NAMESPACE")
    talk = talk.server('* NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))').ok().client("LIST*")
    names = ("INBOX", "INBOX.Sent", "user.kim", "public.jobs")
    found = listed(talk.server(*(f'* LIST () "." "{n}"' for n in names)).ok())
    assert {f.name: (f.foreign, f.prefix) for f in found} == {
        "INBOX": (False, ""),
        "INBOX.Sent": (False, "INBOX."),
        "user.kim": (True, ""),
        "public.jobs": (True, ""),
    }


@pytest.mark.parametrize("answer", ["* NAMESPACE NIL NIL NIL", "* NAMESPACE (((", "* 5 EXISTS"])
def test_a_namespace_that_tells_nothing_or_nonsense_changes_nothing(answer: str) -> None:
    talk = Talk("NAMESPACE").client("NAMESPACE").server(answer).ok().client("LIST*").server('* LIST () "/" Sent').ok()
    assert listed(talk) == (folder("Sent"),)


def test_the_namespace_of_a_real_server_is_used(bare_dovecot_server: Dovecot) -> None:
    mailbox = Mailbox(bare_dovecot_server.mailbox().account)
    assert {f.prefix for f in mailbox.folders() if f.name != "INBOX"} == {"INBOX."}
    mailbox.close()


def test_attributes_that_a_server_keeps_back_are_asked_for() -> None:
    """RFC 6154 §2: LIST need not show them without RETURN (SPECIAL-USE)."""
    talk = Talk("SPECIAL-USE LIST-EXTENDED").client('LIST "" "*"').server('* LIST () "/" Post').ok()
    talk = talk.client('LIST "" "*" RETURN (SPECIAL-USE)').server('* LIST (\\Sent) "/" Post').ok()
    (found,) = listed(talk)
    assert Role.SENT.value in found.attributes
