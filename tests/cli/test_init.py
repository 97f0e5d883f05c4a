"""`afterword init`: questions answered by typing -> a configuration that loads, private, checked at once, never over another one."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from agent.cli import providers
from agent.cli.check import next_step
from agent.cli.providers import BY_DOMAIN, provider_of
from agent.config import load
from agent.paths import default_path
from agent.shell import whereabouts
from agent.shell.whereabouts import Place
from tests.cli.home import Said, afterword
from tests.servers.fake_imap import FakeImap


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The network's names: none, unless a test adds some."""
    known: dict[str, list[str]] = {}
    monkeypatch.setattr(whereabouts, "exchangers", lambda domain: known.get(domain, []))
    monkeypatch.setattr(whereabouts, "service", lambda domain, name: None)
    return known


def typing(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def init(monkeypatch: pytest.MonkeyPatch, file: Path, *lines: object) -> Said:
    typing(monkeypatch, *lines)
    return afterword("init", "-c", file)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_asked_becomes_a_configuration_that_is_checked_at_once(
    fake: FakeImap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "new" / "config.toml"
    said = init(
        monkeypatch, file, "Sam@Rivera.example", 'Sam "S." Rivera', "sam@old.example", "127.0.0.1", fake.port, "none", "sam",
        "Europe/Lisbon", "pt", "1", "secret",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "ok    IMAP login" in said.out
    assert "secret" not in said.out
    made = load(file)
    assert made.owner.name == 'Sam "S." Rivera'
    assert made.owner.addresses == ("sam@rivera.example", "sam@old.example")
    assert (made.owner.timezone, made.owner.country) == ("Europe/Lisbon", "PT")
    assert (made.imap.host, made.imap.port, made.imap.security) == ("127.0.0.1", fake.port, "none")
    assert made.delivery.mode == "draft"


def test_the_file_and_the_password_are_the_owners_alone_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I13."""
    file = tmp_path / "new" / "config.toml"
    init(monkeypatch, file, "a@b.example", "A", "", "127.0.0.1", 9, "none", "a", "UTC", "", "1", "hunter2")
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert mode(file.parent / "imap-password") == 0o600
    assert (file.parent / "imap-password").read_text() == "hunter2\n"
    assert "hunter2" not in file.read_text()


def test_it_goes_to_the_default_place_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "a@b.example", "A", "", "127.0.0.1", 9, "none", "a", "UTC", "", "2", "pass show a")
    said = afterword("init")
    assert said.code == 1, "nobody listens there, which check says"
    assert load(default_path()).imap.password_command == "pass show a"


def test_a_configuration_that_is_there_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text("mine")
    said = init(monkeypatch, file, "a@b.example")
    assert said.code == 2
    assert said.out == ""
    assert str(file) in said.err
    assert file.read_text() == "mine"


def test_a_password_file_that_is_there_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "imap-password"
    secret.write_text("old")
    secret.chmod(0o600)
    init(monkeypatch, tmp_path / "config.toml", "a@b.example", "A", "", "127.0.0.1", 9, "none", "a", "UTC", "", "1")
    assert secret.read_text() == "old"


@pytest.mark.parametrize(
    ("way", "typed", "key", "value"),
    [
        ("2", ['pass show "a b"'], "password_command", 'pass show "a b"'),
        ("3", ["MAIL_SECRET"], "password_env", "MAIL_SECRET"),
        ("3", [""], "password_env", "AFTERWORD_PASSWORD"),
        ("4", [], "password_keyring", True),
    ],
)
def test_each_source_of_the_password_can_be_chosen(
    way: str, typed: list[str], key: str, value: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    init(monkeypatch, file, "a@b.example", "A", "", "127.0.0.1", 9, "none", "a", "UTC", "", way, *typed)
    assert getattr(load(file).imap, key) == value
    assert not (tmp_path / "imap-password").exists()


def test_a_wrong_answer_is_explained_and_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    said = init(
        monkeypatch, file, "nobody", "a@b.example", "", "A", "x@", "", "127.0.0.1", "99999", 9, "ssl", "none", "a",
        "Nowhere/Land", "UTC", "XX", "", "7", "3", "P",
    )  # fmt: skip
    for part in (
        "no e-mail address",
        "this is needed",
        "no port",
        "'ssl' is none of them",
        "no time zone",
        "no known holidays",
        "four numbers",
    ):
        assert part in said.out
    assert load(file).imap.port == 9


def test_answers_that_end_too_soon_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "new" / "config.toml"
    said = init(monkeypatch, file, "a@b.example", "A", "", "127.0.0.1", 9, "none", "a", "UTC", "", "1")
    assert said.code == 2
    assert "config.example.toml" in said.err
    assert not file.parent.exists()


def test_a_password_is_never_sent_unencrypted_to_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    said = init(monkeypatch, file, "a@b.example", "A", "", "imap.b.example", 1143, "none")
    assert said.code == 2
    assert not file.exists()


def test_a_known_provider_fills_in_its_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gmail: the rest is taken as proposed. The command fails, so nothing is connected to."""
    file = tmp_path / "config.toml"
    said = init(monkeypatch, file, "sam@gmail.com", "Sam", "", "", "", "UTC", "", "2", "false")
    assert "app password" in said.out
    made = load(file)
    assert (made.imap.host, made.imap.port, made.imap.username) == ("imap.gmail.com", 993, "sam@gmail.com")
    assert '# host = "smtp.gmail.com"' in file.read_text()


def test_the_smtp_section_can_be_switched_on_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    init(monkeypatch, file, "sam@icloud.com", "Sam", "", "", "", "UTC", "", "2", "false")
    text = file.read_text()
    head, mark, rest = text.partition("# [smtp]")
    file.write_text(
        head + "[smtp]" + rest.replace("# host", "host").replace("# port", "port").replace("# security", "security")
    )
    made = load(file).smtp
    assert mark
    assert made is not None
    assert (made.host, made.port, made.security) == ("smtp.mail.me.com", 587, "starttls")


def test_a_provider_that_takes_no_password_is_told_before_one_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = init(monkeypatch, tmp_path / "config.toml", "sam@outlook.com", "Sam", "", "")
    assert said.code == 1
    assert "OAuth2" in said.err
    assert not (tmp_path / "config.toml").exists()


@pytest.mark.parametrize(
    ("exchanger", "host"),
    [
        ("aspmx.l.google.com", "imap.gmail.com"),
        ("smtp.google.com", "imap.gmail.com"),
        ("in1-smtp.messagingengine.com", "imap.fastmail.com"),
        ("mx01.mail.icloud.com", "imap.mail.me.com"),
        ("acme-example.mail.protection.outlook.com", "outlook.office365.com"),
    ],
)
def test_an_own_domain_is_known_by_who_takes_its_mail(
    exchanger: str, host: str, no_names: dict[str, list[str]]
) -> None:
    no_names["acme.example"] = [exchanger]
    found = provider_of("acme.example")
    assert found is not None
    assert found.imap.host == host


@pytest.mark.parametrize("exchanger", ["mx.acme.example", "notgoogle.com", "google.com.evil.example"])
def test_any_other_exchanger_says_nothing(exchanger: str, no_names: dict[str, list[str]]) -> None:
    no_names["acme.example"] = [exchanger]
    assert provider_of("acme.example") is None


def test_service_records_name_the_servers_of_any_other_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 6186; submission with STARTTLS where there is none with TLS (RFC 8314 §3.3)."""
    rows = {"_imaps._tcp": Place("mail.acme.example", 993, 0), "_submission._tcp": Place("out.acme.example", 587, 0)}
    monkeypatch.setattr(whereabouts, "service", lambda domain, name: rows.get(name))
    found = provider_of("acme.example")
    assert found is not None
    assert found.imap == providers.Server("mail.acme.example", 993, "tls")
    assert found.smtp == providers.Server("out.acme.example", 587, "starttls")


def test_every_provider_is_reached_encrypted() -> None:
    for provider in BY_DOMAIN.values():
        for server in (provider.imap, provider.smtp):
            assert server.security in ("tls", "starttls")


def test_the_next_step_is_about_the_very_file_that_was_checked() -> None:
    assert next_step(None) == next_step(default_path()) == "afterword run"
    assert next_step(Path("my box.toml")) == "afterword run -c 'my box.toml'"
    assert next_step(Path("/", *["deep"] * 20)) == "afterword run, with this same -c"
